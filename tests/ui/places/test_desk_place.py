"""The Desk on real widgets: what it shows, and where a press leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import AgendaItem, PersonRef, Resolution
from branchbook.services.codec import to_json
from branchbook.services.conversions import begin_conversion
from branchbook.services.drafts import discard_draft, keep_draft
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.record_defaults import new_record
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.store import Setting
from branchbook.services.transfers import transfer_out
from branchbook.ui.commands import Commands
from branchbook.ui.place import (
    BeginProcedure,
    BeginRecord,
    Destination,
    PlaceContext,
    ScopeChoice,
    ShowFoundDraft,
    ShowLedgerRow,
    ShowPerson,
    ShowProcedure,
    ShowRecord,
    ShowRules,
)
from branchbook.ui.places.desk import Desk
from tests.fakes import FakeBook
from tests.services.conversion_book import PROBATIONER, conversion_book
from tests.services.election_books import begun, book_with_committee
from tests.services.ledger_book import rectify
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    TODAY,
    actor,
    named,
    organisation,
    small_book,
)
from tests.ui.conftest import NOW, changes, nothing_to_undo
from tests.ui.executors import AtOnce


@pytest.fixture
def book() -> FakeBook:
    """The small book with one general meeting held in the first quarter and an open resolution."""
    made = small_book()
    with made.reading() as reading:
        record = new_record(reading, "general_meeting", FIRST_BRANCH, date(2026, 2, 10), actor())
    resolution = Resolution(uuid4(), "修缮资料室", due_on=date(2026, 3, 1))
    filled = replace(
        record,
        people={key: (PersonRef("赵示例", named("赵示例")),) for key in ("chair", "minute_taker")},
        agenda=(AgendaItem(uuid4(), "示例议题", resolutions=(resolution,)),),
    )
    save_record(made, filled, actor())
    finalise(made, filled.id, actor())
    return made


@pytest.fixture
def desk(look, qtbot, book, shown, settled):
    """The Desk of the first branch in 2026, with the destinations it asked for in ``gone``."""
    commands = Commands(AtOnce(), lambda: NOW, nothing_to_undo, nothing_to_undo)
    place: Any = Desk()
    place.gone = []
    place.go.connect(place.gone.append)
    commands.changed.connect(place.reload)
    shown(place)
    place.open(PlaceContext(book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW))
    settled(commands)
    place.settle = lambda: settled(commands)
    yield place
    place.close()


def test_overdue_work_stands_first_with_its_article(desk):
    items = desk.due.items
    assert items[0].badge.startswith("逾期")
    meeting = next(item for item in items if item.title == "第二季度支部党员大会")
    assert "支部工作条例 第十一条" in meeting.detail


def test_the_rail_counts_what_is_overdue(desk, qtbot):
    with qtbot.waitSignal(desk.badge_changed) as told:
        desk.open(desk.context)
    overdue = sum(1 for item in desk.view.due if item.tone == "bad")
    assert overdue > 0
    assert told.args == [overdue]


def test_an_overdue_meeting_begins_without_a_date(desk):
    number = next(index for index, item in enumerate(desk.due.items) if item.title == "第二季度支部党员大会")
    QTest.mouseClick(desk.due.buttons[number], Qt.MouseButton.LeftButton)
    assert desk.gone == [Destination("meetings", BeginRecord(("general_meeting",), FIRST_BRANCH, None))]


def test_an_open_one_begins_today(desk):
    number = next(index for index, item in enumerate(desk.due.items) if item.title == "第四季度支部党员大会")
    desk.due.buttons[number].setFocus()
    QTest.keyClick(desk.due.buttons[number], Qt.Key.Key_Space)
    assert desk.gone == [Destination("meetings", BeginRecord(("general_meeting",), FIRST_BRANCH, TODAY))]


def test_a_held_month_opens_its_record(desk):
    line = next(each for each in desk.grid.grid.lines if each.title == "支部党员大会")
    desk.grid.opened.emit(line, 2)
    (destination,) = desk.gone
    assert isinstance(destination.subject, ShowRecord)


def test_an_open_resolution_is_listed_and_opens_its_record(desk):
    (row,) = desk.resolutions.items
    assert row.title == "修缮资料室"
    assert row.badge == "逾期"
    QTest.mouseClick(desk.resolutions.buttons[0], Qt.MouseButton.LeftButton)
    assert isinstance(desk.gone[0].subject, ShowRecord)


def test_an_awaited_receipt_stands_on_the_desk_and_opens_its_person(desk, book):
    """教管条例 第二十五条: until a member is taken over the old branch stays responsible."""
    transfer_out(book, named("钱示例"), date(2026, 10, 1), "外单位党支部", "示信1号", actor())
    transfer_out(book, named("王示例"), date(2026, 10, 1), "外单位党支部", "示信2号", actor(1))
    desk.open(desk.context)
    desk.settle()
    (number,) = [index for index, each in enumerate(desk.due.items) if each.title.endswith("组织关系回执")]
    item = desk.due.items[number]
    assert (item.title, item.badge) == ("钱示例 转出组织关系回执", "已等 54 天")
    assert "示信1号" in item.detail
    QTest.mouseClick(desk.due.buttons[number], Qt.MouseButton.LeftButton)
    assert desk.gone == [Destination("members", ShowPerson(named("钱示例")))]


def test_a_correction_that_no_longer_fits_is_told_on_the_desk(desk, book):
    with operate(book, actor(), "旧版本的更正") as operating:
        kept = (RuleCorrection("B-09", "某通知", value="每旬"),)
        operating.writing.put(Setting("book.rule_corrections", to_json(kept)))
    desk.open(desk.context)
    desk.settle()
    assert desk.due.items[0].title == "1 处规则更正不再适用"
    QTest.mouseClick(desk.due.buttons[0], Qt.MouseButton.LeftButton)
    assert desk.gone == [Destination("settings", ShowRules())]


def test_what_an_earlier_run_left_unsaved_is_told_until_it_is_dealt_with(look, qtbot, book, shown, settled):
    with book.reading() as reading:
        typed = replace(
            new_record(reading, "general_meeting", FIRST_BRANCH, TODAY, actor()), subject="写到一半"
        )
    keep_draft(book, typed, actor())
    commands = Commands(AtOnce(), lambda: NOW, nothing_to_undo, nothing_to_undo)
    place = Desk()
    gone: list[Destination] = []
    place.go.connect(gone.append)
    shown(place)
    context = PlaceContext(book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW)
    for _ in range(2):
        place.open(context)
        settled(commands)
        assert "写到一半 2026-11-24" in place.banner.text
    place.banner.linked.emit()
    assert gone == [Destination("meetings", ShowFoundDraft())]
    discard_draft(book, typed)
    keep_draft(book, replace(typed, id=uuid4()), actor())
    place.open(context)
    settled(commands)
    assert not place.banner.isVisible(), "what is typed in this run was not found"


def test_a_rectification_that_is_overdue_stands_on_the_desk_and_opens_its_row(desk, book, qtbot):
    row = rectify(book, "资料没有归档", due_on="2026-11-01")
    desk.reload(changes("ledger_row"))
    qtbot.waitUntil(lambda: desk.context.commands.idle)
    qtbot.waitUntil(lambda: any(each.ledger_row_id for each in desk.view.due))
    (item,) = [each for each in desk.view.due if each.ledger_row_id is not None]
    assert (item.title, item.badge) == ("整改台账：资料没有归档", "逾期 23 天")
    desk.due.acted.emit(desk.view.due.index(item))
    assert desk.gone == [Destination("ledgers", ShowLedgerRow(row.id))]


def test_a_checklist_is_ticked_with_what_proves_it(desk, book):
    item = ChecklistItem(uuid4(), "政治学习")
    with operate(book, actor(), "清单") as operating:
        operating.writing.put(Checklist(uuid4(), "示例清单", Cadence.YEARLY, (item,), date(2026, 1, 1)))
    desk.open(desk.context)
    desk.settle()
    number = next(index for index, each in enumerate(desk.due.items) if each.title == "年度示例清单")
    QTest.mouseClick(desk.due.buttons[number], Qt.MouseButton.LeftButton)
    desk.settle()
    (row,) = desk.checklists.rows
    row.evidence.setText("学习记录本第3页")
    row.done.setFocus()
    QTest.keyClick(row.done, Qt.Key.Key_Return)
    desk.settle()
    assert desk.checklists._shut.hasFocus(), "the keyboard stays in the card"
    assert "年度示例清单" not in [each.title for each in desk.due.items]


def test_a_branch_without_members_shows_the_first_step_and_not_what_is_overdue(desk, book):
    empty = named("空支部")
    with operate(book, actor(), "新支部") as operating:
        operating.writing.put(organisation("空支部", OrganisationKind.BRANCH, GENERAL_BRANCH, 3))
    desk.open(replace(desk.context, scope=ScopeChoice(empty, 2026)))
    desk.settle()
    assert desk.first_step.isVisibleTo(desk)
    assert not desk.due.isVisibleTo(desk)
    QTest.mouseClick(desk.first_step.button, Qt.MouseButton.LeftButton)
    assert desk.gone == [Destination("members")]


class TestElections:
    """A term that ends is reminded of six months before (支部工作条例, B-40); its button leads to the election."""

    @pytest.fixture
    def book(self) -> FakeBook:
        return book_with_committee()

    def test_a_term_that_ends_begins_its_election(self, desk):
        number = next(at for at, item in enumerate(desk.view.due) if item.begin_procedure)
        desk.due.acted.emit(number)
        assert desk.gone == [Destination("elections", BeginProcedure("term_election", FIRST_BRANCH))]

    def test_an_election_under_way_is_opened(self, desk, book):
        procedure = begun(book, "term_election", date(2026, 3, 1))
        desk.open(desk.context)
        desk.settle()
        number = next(at for at, item in enumerate(desk.view.due) if item.procedure_id == procedure.id)
        desk.due.acted.emit(number)
        assert desk.gone == [Destination("elections", ShowProcedure(procedure.id))]

    def test_its_next_step_stands_on_the_desk_as_soon_as_it_is_begun(self, desk, book):
        begun(book, "term_election", date(2026, 3, 1))
        desk.reload(changes("procedure"))
        desk.settle()
        assert any("支委会研究" in item.title for item in desk.due.items)


def test_someone_probationary_is_begun_and_opened_in_the_place_of_those_who_join(
    qtbot, commands, shown, settled
):
    """A conversion that is not begun is offered there with its person; one under way is opened."""
    book = conversion_book()
    place: Any = Desk()
    gone: list[Destination] = []
    place.go.connect(gone.append)
    shown(place)
    context = PlaceContext(book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW)
    for begins in (True, False):
        place.open(context)
        settled(commands)
        number = next(at for at, each in enumerate(place.due.items) if "褚示例 转正" in each.title)
        QTest.mouseClick(place.due.buttons[number], Qt.MouseButton.LeftButton)
        if begins:
            procedure_id = begin_conversion(book, PROBATIONER, TODAY, actor(1)).value.id
    assert gone == [
        Destination("conversions", BeginProcedure("conversion", FIRST_BRANCH, PROBATIONER)),
        Destination("conversions", ShowProcedure(procedure_id)),
    ]
    place.close()
