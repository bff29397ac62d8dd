"""The place as a whole: views by chips, a round begun, shown and found, and what a crash leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Audience
from branchbook.services.drafts import found_drafts
from branchbook.services.grade_rounds import found_round
from branchbook.services.meetings import save_record
from branchbook.services.procedures import abandon_procedure
from branchbook.services.record_defaults import new_record
from branchbook.services.search import search
from branchbook.ui.book_search import destination_of, place_of_family
from branchbook.ui.place import BeginProcedure, Destination, PlaceContext, ScopeChoice, ShowProcedure
from branchbook.ui.places.evaluations.views_list import VIEWS, ViewSpec
from tests.services.evaluation_book import BEGUN, begun, counted, everyone_graded, listed
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, actor, named
from tests.ui.conftest import NOW, changes
from tests.ui.places.evaluations.evaluations_place import Screen, make_place


class TestBeginning:
    def test_an_empty_place_offers_the_first_step(self, screen):
        screen.press(screen.view.nothing.button)
        form = screen.view.beginning
        assert form.year.number() == 2026
        screen.press(form.form.act)
        assert screen.step == "preparation"
        assert screen.procedure.year == 2026

    def test_another_place_asks_for_a_year(self, screen):
        screen.place.show_subject(BeginProcedure("yearly_evaluation", FIRST_BRANCH, year=2025))
        screen.settle()
        assert screen.view.beginning.year.number() == 2025

    def test_a_second_round_of_the_year_is_refused_where_it_is_begun(self, screen, book, reopened):
        begun(book)
        reopened()
        screen.view.begin()
        screen.settle()
        screen.press(screen.view.beginning.form.act)
        assert "2026 年度已有一次评议" in screen.view.beginning.form.banner.text

    def test_after_an_abandoned_one_the_reason_is_asked(self, screen, book, reopened):
        procedure = begun(book)
        abandon_procedure(book, procedure.id, BEGUN, "年底再办", actor())
        reopened()
        screen.view.begin()
        screen.settle()
        form = screen.view.beginning
        assert form.reason.isVisible()
        screen.type_into(form.reason, "上级要求补办")
        screen.press(form.form.act)
        assert screen.procedure.is_open

    def test_records_of_the_year_are_said_before_it_begins(self, screen, book):
        with book.reading() as reading:
            record = new_record(
                reading, "organisational_life_meeting", FIRST_BRANCH, date(2026, 11, 20), actor()
            )
        save_record(book, replace(record, subject="年度组织生活会"), actor())
        screen.view.begin()
        screen.settle()
        assert "年度组织生活会" in screen.view.beginning.records.text


class TestShowing:
    def test_a_search_hit_shows_the_round_at_the_member(self, screen, book, reopened):
        procedure = listed(book)
        reopened()
        screen.place.show_subject(ShowProcedure(procedure.id, person_id=named("孙示例")))
        screen.settle()
        assert screen.step == "self_evaluation"
        assert screen.matrix.editor.name.text() == "孙示例"

    def test_a_family_is_shown_in_its_place(self):
        families = ("evaluation", "conversion", "election")
        assert [place_of_family(each) for each in families] == ["evaluations", "conversions", "elections"]

    def test_the_title_tells_the_year_that_is_evaluated(self, screen, book, reopened):
        listed(book)
        reopened()
        assert screen.view.step.view.title == "2026 年组织生活会和民主评议党员"

    def test_another_year_of_the_window_shows_that_year(self, screen, book, reopened):
        procedure = begun(book)
        reopened()
        context = screen.place.context
        other = PlaceContext(book, context.commands, ScopeChoice(FIRST_BRANCH, 2025), "李操作", lambda: NOW)
        screen.place.open(other)
        screen.settle()
        assert screen.view.screen_shown.view is None
        assert screen.view.nothing.isVisible()
        screen.choose(screen.view.card.procedures, procedure.id)
        assert screen.procedure.id == procedure.id

    def test_the_general_branch_sees_those_of_its_branches(self, screen, book, reopened):
        begun(book)
        begun(book, SECOND_BRANCH)
        reopened()
        context = screen.place.context
        screen.place.open(
            PlaceContext(book, context.commands, ScopeChoice(GENERAL_BRANCH, 2026), "李操作", lambda: NOW)
        )
        screen.settle()
        card = screen.view.card.procedures
        told = [card.itemText(at) for at in range(card.count())]
        assert sorted(told) == ["第一支部 2026 年度 · 办理中", "第二支部 2026 年度 · 办理中"]
        assert screen.view.step.view.title.endswith("支部 2026 年组织生活会和民主评议党员")

    def test_a_hit_in_what_was_written_of_a_member_leads_to_that_member(self, book):
        procedure = everyone_graded(book)
        with book.reading() as reading:
            found = search(reading, "周示例一年来的小结", date(2026, 11, 24))
        (hit,) = [line for group in found.groups for line in group.lines if line.entity == "assessment"]
        wanted = Destination("evaluations", ShowProcedure(procedure.id, person_id=named("周示例")))
        assert destination_of(hit) == wanted

    def test_another_branch_has_its_own_rounds(self, screen, book, reopened):
        begun(book)
        reopened()
        context = screen.place.context
        screen.place.open(
            PlaceContext(book, context.commands, ScopeChoice(SECOND_BRANCH, 2026), "李操作", lambda: NOW)
        )
        screen.settle()
        assert not screen.view.card.isVisible()

    def test_what_another_place_changed_is_shown(self, screen, book, reopened):
        procedure = begun(book)
        reopened()
        screen.view.show_at(procedure.id, "participants")
        screen.settle()
        listed(book, procedure)
        screen.place.reload(changes("procedure"))
        screen.settle()
        assert len(screen.participants.table.cells.rows) == 12


class TestViews:
    def test_with_one_view_there_is_nothing_to_choose(self, screen):
        assert len(VIEWS) > 1 or not screen.place.chips.isVisible()

    def test_a_further_view_is_one_line(self, screen, book, shown):
        class Noted(QWidget):
            def __init__(self) -> None:
                super().__init__()
                self.opened: list[object] = []
                self.changes: list[object] = []

            def open(self, place) -> None:
                self.opened.append(place.context.scope)

            def reload(self, changes) -> None:
                self.changes.append(changes)

        noted = Noted()
        place = shown(make_place(ViewSpec("noted", lambda: "谈话", lambda _: noted)))
        place.open(screen.place.context)
        screen.settle()
        assert noted.opened == []
        place.show_view("noted")
        place.reload(changes("record"))
        assert noted.opened == [ScopeChoice(FIRST_BRANCH, 2026)]
        assert len(noted.changes) == 1
        place.show_subject(ShowProcedure(named("没有")))
        assert place.chips.current == "yearly"


@pytest.fixture
def after_crash(screen, shown):
    """Another program on the same book; nothing of the first one is left but what it kept."""

    def start() -> Screen:
        again = shown(make_place())
        again.open(screen.place.context)
        made = Screen(again, screen.settle)
        made.settle()
        return made

    return start


class TestAfterACrash:
    def test_what_was_typed_about_a_member_is_offered_and_saved_when_it_is_left(
        self, screen, book, reopened, after_crash, qtbot
    ):
        procedure = listed(book)
        reopened()
        screen.view.show_at(procedure.id, "self_evaluation")
        screen.settle()
        screen.select("钱示例", "self")
        screen.key(Qt.Key.Key_Return)
        screen.matrix.editor.own.summary.insertPlainText("还没有写完")
        qtbot.waitUntil(lambda: bool(found_drafts(book)), timeout=2000)
        assert screen.assessment("钱示例") is None
        again = after_crash()
        assert "填的内容还在" in again.place.banner.text
        again.place.banner.linked.emit()
        again.settle()
        assert again.step == "self_evaluation"
        assert again.matrix.editor.name.text() == "钱示例"
        assert again.matrix.editor.own.summary.value() == "还没有写完"
        again.view.leave()
        again.settle()
        assert again.assessment("钱示例").summary == "还没有写完"
        assert found_drafts(book) == ()

    def test_ballots_that_were_read_are_there(self, screen, book, reopened, after_crash, hand):
        procedure = listed(book)
        reopened()
        screen.view.show_at(procedure.id, "ballot")
        screen.settle()
        screen.press(screen.ballot.buttons[Audience.MEMBERS])
        hand.press("10\n6\n6\n61\n")
        screen.settle()
        with book.reading() as reading:
            typed = found_round(reading, procedure.id)
        assert typed is not None
        assert typed.lines[0].count.qualified == 2
        assert screen.procedure.grade_rounds[0].lines[0].count.all == 0
        again = after_crash()
        again.view.show_at(procedure.id, "ballot")
        again.settle()
        assert again.panel.keeping.round == typed


class TestBallots:
    def test_leaving_the_step_makes_the_count_an_operation(self, screen, book, reopened, hand):
        procedure = listed(book)
        reopened()
        screen.view.show_at(procedure.id, "ballot")
        screen.settle()
        screen.press(screen.ballot.buttons[Audience.MEMBERS])
        hand.press("10\n6\n")
        screen.go_to("grading")
        assert screen.procedure.grade_rounds[0].lines[0].count.qualified == 1
        assert found_drafts(book) == ()

    def test_the_masses_are_counted_apart(self, screen, book, reopened, hand):
        procedure = listed(book)
        counted(book, procedure, [{named("赵示例"): Grade.QUALIFIED}])
        reopened()
        screen.view.show_at(procedure.id, "ballot")
        screen.settle()
        screen.press(screen.ballot.buttons[Audience.MASSES])
        hand.press("5\n5\n5\n3\n")
        hand.press("6\n5\n6\n")
        screen.settle()
        screen.press(screen.panel.confirm)
        members, masses = screen.procedure.grade_rounds
        assert (masses.due, masses.returned, masses.is_confirmed) == (5, 3, True)
        assert members.lines[0].count.all == 1

    def test_a_confirmed_count_is_opened_again_with_a_reason(self, screen, book, reopened):
        procedure = listed(book)
        counted(book, procedure, [{named("赵示例"): Grade.QUALIFIED}])
        reopened()
        screen.view.show_at(procedure.id, "ballot")
        screen.settle()
        assert not screen.panel.is_open
        screen.press(screen.ballot.reopen_button)
        screen.ballot.reopening.reason.setText("合计录错")
        screen.press(screen.ballot.reopening.confirm_button)
        assert screen.panel.is_open

    def test_item_by_item_is_entered_as_totals(self, screen, book, reopened, hand):
        procedure = listed(book)
        reopened()
        screen.view.show_at(procedure.id, "ballot")
        screen.settle()
        screen.press(screen.body.fields.editor("item_by_item"))
        screen.press(screen.ballot.buttons[Audience.MEMBERS])
        hand.press("1\n")
        screen.settle()
        assert not screen.panel.by_ballot.isEnabled()
        assert screen.panel.items.isVisible()
        field = screen.panel.items.fields["理想信念", "good"]
        screen.type_into(field, "1")
        line = screen.panel.keeping.round.lines[0]
        assert line.items[0].good == 1


class TestLargeText:
    @pytest.mark.parametrize("scale", [100, 200])
    def test_no_table_needs_to_scroll_sideways(self, screen, book, reopened, look, scale):
        """Where there is no room for every column, those of the page stay whole."""
        procedure = listed(book)
        counted(book, procedure, [{named("赵示例"): Grade.QUALIFIED}])
        reopened()
        look.choose(look.choice, scale)
        for key in ("participants", "ballot", "self_evaluation", "grading", "feedback"):
            screen.view.show_at(procedure.id, key)
            screen.settle()
            QApplication.processEvents()
            tables = (screen.participants.table, screen.panel.table, screen.matrix.table)
            (table,) = [each for each in tables if each.isVisible()]
            shown = [at for at in range(len(table.cells.columns)) if not table.isColumnHidden(at)]
            assert sum(table.columnWidth(at) for at in shown) <= table.viewport().width() + 2, key
            assert table.cells.columns[shown[0]].key == "name"
