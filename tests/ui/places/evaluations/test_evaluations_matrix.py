"""The matrix members × opinions: arrows, grades by a key, texts, the cap, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.problems import ReasonProblem
from branchbook.services.undo import next_undo
from branchbook.ui.theme import Tone
from tests.services.election_book import NAMES
from tests.services.evaluation_book import counted, graded, listed
from tests.services.small_book import named

ON_BALLOT = [name for name in NAMES[:12] if name != "卫示例"]


def by_ballots(procedure, **excellent: int):
    """Ten ballots: everyone 合格, those named 优秀 in so many of them."""
    ballots = []
    for number in range(10):
        marks = {named(name): Grade.QUALIFIED for name in ON_BALLOT}
        marks |= {named(name): Grade.EXCELLENT for name, times in excellent.items() if number < times}
        ballots.append(marks)
    return ballots


@pytest.fixture
def at(book, screen, reopened):
    """A round with its list and ten confirmed ballots, at a step."""
    procedure = listed(book)
    counted(book, procedure, by_ballots(procedure, 赵示例=8, 钱示例=6, 孙示例=2))
    reopened()

    def show(step: str):
        screen.view.show_at(procedure.id, step)
        screen.settle()
        return screen

    return show


class TestSelfEvaluation:
    def test_everyone_of_the_list_has_a_row(self, at):
        screen = at("self_evaluation")
        assert len(screen.matrix.table.cells.rows) == 12
        assert screen.cell("卫示例", "grade") == "不评定"

    def test_a_summary_is_saved_when_its_field_is_left(self, at):
        screen = at("self_evaluation")
        screen.select("赵示例", "self")
        screen.type_into(screen.matrix.editor.own.summary, "一年来学习认真")
        assert screen.assessment("赵示例").summary == "一年来学习认真"
        assert screen.cell("赵示例", "self") == "已写"

    def test_a_digit_in_the_column_is_the_members_own_grade(self, at):
        screen = at("self_evaluation")
        screen.select("赵示例", "self")
        screen.key(Qt.Key.Key_2)
        assert screen.assessment("赵示例").self_grade == Grade.QUALIFIED
        assert screen.cell("赵示例", "self") == "合格"

    def test_text_still_composed_is_no_part_of_the_summary(self, at, compose):
        screen = at("self_evaluation")
        screen.select("赵示例", "self")
        field = screen.matrix.editor.own.summary
        field.setFocus()
        compose(field, "xuexi")
        screen.matrix.keeping.keep_draft()
        assert screen.matrix.keeping.value.summary == ""
        compose(field, "", "学习")
        assert screen.matrix.keeping.value.summary == "学习"

    def test_f8_goes_to_the_next_member_with_the_keyboard_in_the_same_field(self, at):
        screen = at("self_evaluation")
        screen.select("赵示例", "self")
        screen.key(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is screen.matrix.editor.own.summary
        screen.matrix.editor.own.summary.insertPlainText("赵的小结")
        screen.key(Qt.Key.Key_F8)
        assert screen.matrix.editor.name.text() == "钱示例"
        assert QApplication.focusWidget() is screen.matrix.editor.own.summary
        assert screen.assessment("赵示例").summary == "赵的小结"
        screen.key(Qt.Key.Key_F8, shift=True)
        assert screen.matrix.editor.own.summary.value() == "赵的小结"

    def test_a_summary_of_a_hundred_thousand_characters_is_kept(self, at):
        screen = at("self_evaluation")
        screen.select("赵示例", "self")
        screen.matrix.editor.own.summary.setFocus()
        screen.matrix.editor.own.summary.insertPlainText("学" * 100_000)
        screen.key(Qt.Key.Key_Tab)
        assert len(screen.assessment("赵示例").summary) == 100_000


class TestMutualEvaluation:
    def test_a_criticism_is_added_by_initials(self, at, hand):
        screen = at("mutual_evaluation")
        screen.select("赵示例", "mutual")
        screen.key(Qt.Key.Key_Return)
        hand.press("钱示例\n")
        screen.settle()
        hand.press("学习还要更主动")
        screen.key(Qt.Key.Key_Tab)
        (said,) = screen.assessment("赵示例").criticisms
        assert (said.by.name, said.text) == ("钱示例", "学习还要更主动")
        assert screen.cell("赵示例", "mutual") == "1"

    def test_nobody_criticises_themselves(self, at):
        screen = at("mutual_evaluation")
        screen.select("赵示例", "mutual")
        people = screen.matrix.editor.mutual.criticisms.picker._people.everyone
        assert named("赵示例") not in {each.id for each in people}

    def test_one_is_taken_away_again(self, at, hand):
        screen = at("mutual_evaluation")
        screen.select("赵示例", "mutual")
        screen.key(Qt.Key.Key_Return)
        hand.press("钱示例\n多联系群众")
        screen.key(Qt.Key.Key_Tab)
        screen.press(screen.matrix.editor.mutual.criticisms.rows[0].remove_button)
        assert screen.assessment("赵示例").criticisms == ()

    def test_the_filter_shows_who_has_none_yet(self, at):
        screen = at("mutual_evaluation")
        chips = screen.matrix.filters
        assert "互评意见" in chips.keys
        chips.choose("互评意见")
        chips.chosen.emit("互评意见")
        screen.settle()
        assert len(screen.matrix.table.cells.rows) == 12


class TestGrading:
    def test_the_ballots_stand_beside_the_grade(self, at):
        screen = at("grading")
        assert [screen.cell("赵示例", key) for key in ("excellent", "qualified", "void")] == ["8", "2", "·"]
        screen.select("赵示例", "grade")
        assert screen.matrix.editor.grading.ballots.text() == "党员测评：优秀 8，合格 2"

    def test_the_cap_is_told_in_both_readings_and_counts_live(self, at):
        """V-04, V-05: a third of 11 full members is 3, of 12 who take part 4."""
        screen = at("grading")
        assert screen.matrix.cap.text.startswith(
            "优秀 0/3 名（正式党员 11 名的三分之一；按参评党员 12 名为 4 名，待核实）"
        )
        screen.select("赵示例", "grade")
        screen.key(Qt.Key.Key_1)
        assert screen.matrix.cap.text.startswith("优秀 1/3 名")
        assert screen.assessment("赵示例").grade == Grade.EXCELLENT

    def test_a_grade_that_departs_from_the_ballots_wants_a_reason(self, at):
        """V-07: ballots do not decide, but a departure is explained."""
        screen = at("grading")
        screen.select("孙示例", "grade")
        screen.key(Qt.Key.Key_1)
        assert screen.assessment("孙示例") is None
        line = screen.matrix.editor.grading.departure
        assert line.isVisible()
        assert line.hasFocus()
        assert screen.matrix.refusal.isVisible()
        screen.type_into(line, "牵头完成重点任务，群众公认")
        assert screen.assessment("孙示例").grade == Grade.EXCELLENT
        assert not screen.matrix.refusal.isVisible()

    def test_more_than_the_cap_is_recorded_only_with_a_reason(self, at, book):
        screen = at("grading")
        graded(
            book, screen.procedure, dict.fromkeys(["李示例", "周示例", "吴示例"], Grade.EXCELLENT), "表现突出"
        )
        screen.place.open(screen.place.context)
        screen.settle()
        screen.select("赵示例", "grade")
        screen.key(Qt.Key.Key_1)
        assert screen.assessment("赵示例") is None
        assert screen.matrix.cap.tone == Tone.WARN
        screen.type_into(screen.matrix.editor.grading.departure, "上级同意增加一名")
        assert screen.assessment("赵示例").grade == Grade.EXCELLENT

    def test_a_probationary_member_gets_no_grade(self, at):
        """V-06."""
        screen = at("grading")
        screen.select("卫示例", "grade")
        screen.key(Qt.Key.Key_2)
        assert "不评定等次" in screen.matrix.refusal.text
        assert screen.assessment("卫示例") is None
        assert not screen.matrix.editor.grading.grade.isVisible()

    def test_sorted_by_ballots_decides_nothing(self, at):
        screen = at("grading")
        screen.press(screen.matrix.sorting)
        names = [each.participant.name for each in screen.matrix.table.cells.rows]
        assert names[:3] == ["赵示例", "钱示例", "孙示例"]
        assert names[-1] == "卫示例"
        assert screen.assessment("赵示例") is None

    def test_a_grade_is_taken_back_by_0(self, at):
        screen = at("grading")
        screen.select("赵示例", "grade")
        screen.key(Qt.Key.Key_1)
        screen.key(Qt.Key.Key_0)
        assert screen.assessment("赵示例").grade is None

    def test_what_was_refused_stays_while_another_member_is_shown(self, at):
        screen = at("grading")
        screen.select("孙示例", "grade")
        screen.key(Qt.Key.Key_1)
        screen.select("李示例", "grade")
        assert screen.cell("孙示例", "grade") == "优秀"
        screen.select("孙示例", "grade")
        assert screen.matrix.keeping.value.grade == Grade.EXCELLENT
        assert screen.assessment("孙示例") is None

    def test_a_grade_that_is_not_stored_says_so_until_it_has_its_reason(self, at):
        """Nobody takes 优秀 in the matrix for stored: the row says what is missing, also after others were stored."""
        screen = at("grading")
        screen.select("孙示例", "grade")
        screen.key(Qt.Key.Key_1)
        screen.select("李示例", "grade")
        line = screen.matrix.editor.grading.departure
        assert not line.isVisible()
        screen.key(Qt.Key.Key_2)
        assert screen.assessment("李示例").grade == Grade.QUALIFIED
        assert "理由" in screen.cell("孙示例", "missing").split("、")
        assert "孙示例测评得票最多的是" in screen.matrix.refusal.text
        screen.select("孙示例", "grade")
        assert line.isVisible()
        screen.type_into(line, "群众公认")
        assert screen.assessment("孙示例").grade == Grade.EXCELLENT
        assert "理由" not in screen.cell("孙示例", "missing")
        assert not screen.matrix.refusal.isVisible()

    def test_a_refusal_that_arrives_late_does_not_ask_the_next_member(self, at):
        """Who goes on quickly keeps the keyboard in the matrix."""
        screen = at("grading")
        screen.select("李示例", "grade")
        screen.matrix.keeping.refused.emit(ReasonProblem("孙示例要写理由"), named("孙示例"))
        assert screen.matrix.table.hasFocus()
        assert not screen.matrix.editor.grading.departure.isVisible()
        assert "孙示例" in screen.matrix.refusal.text


class TestFeedback:
    def test_day_consent_and_own_words(self, at, book):
        screen = at("feedback")
        graded(book, screen.procedure, {"赵示例": Grade.EXCELLENT})
        screen.place.open(screen.place.context)
        screen.settle()
        screen.select("赵示例", "feedback")
        page = screen.matrix.editor.feedback
        screen.key(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is page.fed_back_on
        screen.type_into(page.fed_back_on, "2026-11-20")
        screen.choose(page.agrees, False)
        screen.type_into(page.own_words, "认为互评意见已改正")
        found = screen.assessment("赵示例")
        assert (found.fed_back_on, found.agrees) == (date(2026, 11, 20), False)
        assert found.own_words == "认为互评意见已改正"
        assert screen.cell("赵示例", "feedback") == "不同意"

    def test_before_the_grade_there_is_nothing_to_tell(self, at):
        screen = at("feedback")
        screen.select("赵示例", "feedback")
        screen.type_into(screen.matrix.editor.feedback.fed_back_on, "2026-11-20")
        assert screen.matrix.refusal.isVisible()
        assert screen.assessment("赵示例") is None

    def test_the_column_chooses_the_page(self, at):
        screen = at("feedback")
        screen.select("赵示例", "mutual")
        assert screen.matrix.editor.page == "mutual"
        screen.key(Qt.Key.Key_Left)
        assert screen.matrix.editor.page == "self"


class TestUndo:
    def test_a_grade_is_undone_as_one_operation(self, at, book):
        screen = at("grading")
        screen.select("赵示例", "grade")
        screen.key(Qt.Key.Key_1)
        with book.reading() as reading:
            assert next_undo(reading).head.label == "填写评议：赵示例"
        screen.place.context.commands.undo()
        screen.settle()
        assert screen.cell("赵示例", "grade") == ""
