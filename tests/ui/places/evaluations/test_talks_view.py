"""The matrix of talks: who talked with whom, what is missing, everything by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.people import FactKind, Mark, PersonFact
from branchbook.domain.records import PRIVATE, PersonRef
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.record_defaults import new_record
from branchbook.ui.models.talk_matrix import CELL_ROLE, CellState
from branchbook.ui.place import BeginRecord, Destination, ScopeChoice, ShowPaper, ShowRecord
from branchbook.ui.places.evaluations.talks import TalksView
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, named
from tests.ui.conftest import changes
from tests.ui.places.evaluations.view_host import hosted
from tests.ui.places.meetings.meetings_place import elect_committee

HEADS = ["赵示例", "钱示例", "孙示例", "李示例", "周示例"]


def talk(
    book, talker: str, *others: str, day: date = date(2026, 3, 5), final: bool = True, private: bool = False
):
    with book.reading() as reading:
        fresh = new_record(reading, "heart_to_heart_talk", FIRST_BRANCH, day, actor())
    people = {
        "talker": (PersonRef(talker, named(talker)),),
        "talked_with": tuple(PersonRef(each, named(each)) for each in others),
    }
    record = replace(fresh, people=people, subject="谈思想", fields={"content": "谈工作", PRIVATE: private})
    save_record(book, record, actor())
    if final:
        finalise(book, record.id, actor())
    return record.id


@pytest.fixture
def book(context):
    elect_committee(context.book)
    return context.book


@pytest.fixture
def opened(book, shown, context, settled):
    """Show the view as the book now is; gives its host."""
    return lambda scope=context.scope: hosted(shown, replace(context, scope=scope), settled, TalksView())


def texts(view: TalksView) -> dict[str, list[str]]:
    """The text of each row's cells, by the row's name."""
    model = view.matrix.matrix
    return {
        person.name: [model.text_of(model.cell(row, column)) for column in range(1, model.columnCount())]
        for row, person in enumerate(model.rows)
    }


def put_cursor(view: TalksView, name: str, column: int) -> None:
    row = [each.name for each in view.matrix.matrix.rows].index(name)
    view.matrix.setFocus()
    view.matrix.setCurrentIndex(view.matrix.matrix.index(row, column))


def test_members_stand_against_the_committee(book, opened):
    talk(book, "赵示例", "钱示例")
    talk(book, "赵示例", "吴示例", day=date(2026, 4, 6))
    talk(book, "吴示例", "赵示例", day=date(2026, 5, 7))
    view = opened().view
    model = view.matrix.matrix
    assert [model.headerData(each, Qt.Orientation.Horizontal) for each in range(7)] == [
        "党员", *HEADS, "党员之间"
    ]  # fmt: skip
    found = texts(view)
    assert list(found) == [*HEADS, "吴示例"]
    assert found["赵示例"] == ["", "03-05", "缺", "缺", "缺", "·"]
    assert found["吴示例"] == ["05-07 ×2", "·", "·", "·", "·", "·"], "one of the committee is enough"


def test_what_is_missing_is_listed_by_name_and_a_badge_does_not_rest_on_colour(book, opened):
    view = opened().view
    names = [view._found.sentence(each) for each in view.missing.rows_model.rows]
    assert names[0] == "赵示例 与 钱示例"
    assert "吴示例 与委员" in names
    model = view.matrix.matrix
    row = [each.name for each in model.rows].index("吴示例")
    assert model.index(row, 1).data(CELL_ROLE).state == CellState.ANY
    assert "还没有委员" in model.index(row, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "支部工作条例" in view._article.text()


def test_drafts_count_when_they_are_asked_for(book, opened, settled):
    talk(book, "赵示例", "钱示例", final=False)
    host = opened()
    assert texts(host.view)["赵示例"][1] == "缺"
    QTest.keyClick(host.view.drafts, Qt.Key.Key_Space)
    settled(host.context.commands)
    assert texts(host.view)["赵示例"][1] == "03-05"
    assert host.view.matrix.matrix.cell(0, 2).state == CellState.DRAFT


def test_enter_opens_the_talk_of_a_cell(book, opened):
    made = talk(book, "赵示例", "钱示例")
    host = opened()
    put_cursor(host.view, "赵示例", 2)
    QTest.keyClick(host.view.matrix, Qt.Key.Key_Return)
    assert host.asked == [Destination("meetings", ShowRecord(made))]


def test_enter_in_an_empty_cell_begins_a_talk_with_both_filled_in(book, opened):
    host = opened()
    put_cursor(host.view, "吴示例", 2)
    QTest.keyClick(host.view.matrix, Qt.Key.Key_Space)
    people = (("talker", (named("钱示例"),)), ("talked_with", (named("吴示例"),)))
    begin = BeginRecord(("heart_to_heart_talk",), FIRST_BRANCH, TODAY, people, (("talk_kind", "委员与党员"),))
    assert host.asked == [Destination("meetings", begin)]


def test_several_talks_are_offered_with_the_keyboard_in_the_menu(book, opened):
    first = talk(book, "赵示例", "钱示例")
    talk(book, "钱示例", "赵示例", day=date(2026, 6, 7), private=True)
    host = opened()
    put_cursor(host.view, "赵示例", 2)
    QTest.keyClick(host.view.matrix, Qt.Key.Key_Return)
    offered = [each.text() for each in host.view.menu.actions() if each.text()]
    assert offered == ["2026-03-05 赵示例、钱示例 谈思想", "2026-06-07 钱示例、赵示例", "再记一次"], (
        "a private talk tells no subject"
    )
    assert host.view.menu.activeAction() is host.view.menu.actions()[0]
    host.view.menu.actions()[0].trigger()
    host.view.menu.hide()
    assert host.asked[-1] == Destination("meetings", ShowRecord(first))


def test_nobody_talks_with_themselves(book, opened):
    host = opened()
    put_cursor(host.view, "赵示例", 1)
    QTest.keyClick(host.view.matrix, Qt.Key.Key_Return)
    assert host.asked == []


def test_ctrl_n_begins_a_further_talk_where_the_cursor_is(book, opened):
    talk(book, "赵示例", "钱示例")
    host = opened()
    put_cursor(host.view, "赵示例", 2)
    QTest.keyClick(host.view.matrix, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    [asked] = host.asked
    assert asked.subject.people == (("talker", (named("钱示例"),)), ("talked_with", (named("赵示例"),)))


def test_a_missing_talk_begins_from_its_list(book, opened):
    host = opened()
    row = next(
        number
        for number, each in enumerate(host.view.missing.rows_model.rows)
        if host.view._found.sentence(each) == "吴示例 与委员"
    )
    host.view.missing.setFocus()
    host.view.missing.selectRow(row)
    QTest.keyClick(host.view.missing, Qt.Key.Key_Return)
    [asked] = host.asked
    assert asked.subject.people == (("talked_with", (named("吴示例"),)),), (
        "the secretary is filled in by the record"
    )
    host.view.missing_button.click()
    assert host.asked[-1] == asked


def test_who_waits_for_a_talk_is_listed_and_begun_with_the_occasion(book, opened):
    hardship = PersonFact(named("困难"), named("吴示例"), FactKind.MARK, Mark.HARDSHIP, date(2026, 9, 1))
    with operate(book, actor(), "标记") as operating:
        operating.writing.put(hardship)
    host = opened()
    [waiting] = host.view.waiting.rows_model.rows
    assert (waiting.name, waiting.arose_on) == ("家庭变故、生活困难", date(2026, 9, 1))
    host.view.waiting_button.click()
    [asked] = host.asked
    assert asked.subject.fields == (("talk_occasion", "家庭变故、生活困难"),)
    assert asked.subject.people == (("talked_with", (named("吴示例"),)),)


def test_a_new_talk_is_shown_at_once(book, opened, settled):
    host = opened()
    talk(book, "赵示例", "钱示例")
    host.reload(changes("printed"))
    assert texts(host.view)["赵示例"][1] == "缺"
    host.reload(changes("record"))
    settled(host.context.commands)
    assert texts(host.view)["赵示例"][1] == "03-05"


def test_within_the_general_branch_a_branch_is_chosen(book, opened, settled):
    host = opened(ScopeChoice(GENERAL_BRANCH, 2026))
    view = host.view
    assert view.branch.isVisible()
    assert view._found.branch_id == FIRST_BRANCH
    view.branch.set_value(SECOND_BRANCH)
    view.branch.value_changed.emit(SECOND_BRANCH)
    settled(host.context.commands)
    assert view._found.branch_id == SECOND_BRANCH
    assert [each.name for each in view.matrix.matrix.rows] == ["郑示例", "王示例", "冯示例", "陈示例"]


def test_a_group_is_shown_by_itself_with_the_committee(book, opened):
    host = opened()
    view = host.view
    assert [view.group.itemText(each) for each in range(view.group.count())] == [
        "全部党员", "第一小组", "第二小组"
    ]  # fmt: skip
    view.group.setCurrentIndex(1)
    view.group.activated.emit(1)
    assert [each.name for each in view.matrix.matrix.rows] == HEADS, "吴示例 is in the second group"


def test_another_year_begins_without_a_day(book, opened):
    host = opened(ScopeChoice(FIRST_BRANCH, 2025))
    put_cursor(host.view, "吴示例", 1)
    QTest.keyClick(host.view.matrix, Qt.Key.Key_Return)
    assert host.asked[0].subject.held_on is None


def test_the_table_of_the_year_is_printed_elsewhere(book, opened):
    host = opened()
    host.view.print_button.click()
    assert host.asked == [Destination("print", ShowPaper("talk_summary"))]


def test_fifty_members_fit_by_scrolling_down_alone(book, opened):
    host = opened()
    matrix = host.view.matrix
    assert matrix.horizontalScrollBar().maximum() == 0, "seven columns stand beside the lists at 1100 px"
