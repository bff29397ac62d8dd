"""A round that has ended: read only, and corrected with a reason, all of it or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from branchbook.domain.people import FactKind, Mark
from branchbook.domain.procedures import ProcedureState
from branchbook.services.procedures import finish_procedure
from tests.services.election_book import fact
from tests.services.evaluation_book import BEGUN, everyone_graded, step
from tests.services.small_book import actor, named
from tests.ui.places.evaluations.evaluations_place import Screen


@pytest.fixture
def ended(screen, book, reopened):
    """A round that was finished, opened for a correction at a step."""
    fact(book, "周示例", FactKind.MARK, Mark.FLOATING, BEGUN)
    procedure = everyone_graded(book)
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    finish_procedure(book, procedure.id, date(2026, 11, 24), actor())
    reopened()

    def show(key: str) -> Screen:
        screen.view.show_at(procedure.id, key)
        screen.settle()
        screen.view.step.endings.ask_correct()
        screen.settle()
        return screen

    return show


class TestEnded:
    def test_a_count_is_corrected_with_a_reason(self, ended, hand):
        screen = ended("ballot")
        assert screen.panel.is_open
        assert not screen.panel.by_ballot.isEnabled()
        screen.panel.focus_entry()
        screen.panel.totals.start()
        hand.press("1\n9\n")
        screen.settle()
        screen.press(screen.panel.confirm)
        screen.ballot.correcting.reason.setText("合计录错")
        screen.press(screen.ballot.correcting.confirm_button)
        (counted_again,) = screen.procedure.grade_rounds
        assert counted_again.lines[0].count.excellent == 1
        assert counted_again.is_confirmed

    def test_a_result_that_came_later_is_noted_with_a_reason(self, ended):
        screen = ended("participants")
        table = screen.participants.table
        table.setCurrentIndex(table.cells.index(table.cells.row_of(named("周示例")), 0))
        screen.settle()
        form = screen.participants.form
        assert form.reason.isReadOnly()
        screen.type_into(form.exchanged_on, "2026-11-24")
        screen.participants.correcting.reason.setText("流入地结果已到")
        screen.press(screen.participants.correcting.confirm_button)
        noted = next(each for each in screen.procedure.participants if each.name == "周示例")
        assert noted.exchanged_on == date(2026, 11, 24)

    def test_a_finished_round_is_read_only_until_it_is_corrected_with_a_reason(self, screen, book, reopened):
        procedure = everyone_graded(book)
        for key in ("feedback", "use", "rectification"):
            step(book, procedure.id, key)
        finish_procedure(book, procedure.id, date(2026, 11, 24), actor())
        reopened()
        screen.view.show_at(procedure.id, "grading")
        screen.settle()
        opinion = screen.matrix.editor.grading.opinion
        assert opinion.isReadOnly()
        screen.view.step.endings.ask_correct()
        screen.settle()
        assert not opinion.isReadOnly()
        screen.select("赵示例", "grade")
        screen.type_into(opinion, "补写支部意见")
        assert screen.assessment("赵示例").opinion == ""
        assert screen.matrix.correcting.isVisible()
        screen.matrix.correcting.reason.setText("漏写")
        screen.press(screen.matrix.correcting.confirm_button)
        assert screen.assessment("赵示例").opinion == "补写支部意见"
        assert screen.procedure.state == ProcedureState.CORRECTED

    def test_the_reason_over_the_step_writes_what_was_changed_of_members_too(self, ended):
        """One press writes all that the screen shows changed, and says nothing is corrected that is not."""
        screen = ended("grading")
        for name, words in (("赵示例", "补写意见"), ("钱示例", "也补写意见")):
            screen.select(name, "grade")
            screen.type_into(screen.matrix.editor.grading.opinion, words)
        over = screen.view.step.endings.correction
        over.reason.setText("漏写")
        screen.press(over.confirm_button)
        assert screen.assessment("赵示例").opinion == "补写意见"
        assert screen.assessment("钱示例").opinion == "也补写意见"
        assert screen.procedure.correction_reason == "漏写"
        assert not over.isVisible()
        assert not screen.matrix.correcting.isVisible()

    def test_a_corrected_count_stays_when_the_step_is_corrected_after_it(self, ended, hand):
        screen = ended("ballot")
        screen.panel.focus_entry()
        screen.panel.totals.start()
        hand.press("1\n9\n")
        screen.settle()
        over = screen.view.step.endings.correction
        over.reason.setText("合计录错")
        screen.press(over.confirm_button)
        assert screen.procedure.grade_rounds[0].lines[0].count.excellent == 1
        screen.view.step.endings.ask_correct()
        screen.settle()
        screen.type_into(screen.body.fields.day, "2026-11-13")
        over.reason.setText("日期写错")
        screen.press(over.confirm_button)
        assert screen.procedure.done_on("ballot") == date(2026, 11, 13)
        assert screen.procedure.grade_rounds[0].lines[0].count.excellent == 1

    def test_a_correction_that_is_given_up_leaves_nothing_changed(self, ended):
        screen = ended("grading")
        for name in ("赵示例", "钱示例"):
            screen.select(name, "grade")
            screen.key(Qt.Key.Key_3)
        assert screen.cell("赵示例", "grade") == "基本合格"
        screen.press(screen.view.step.endings.correction.cancel_button)
        assert [screen.cell(name, "grade") for name in ("赵示例", "钱示例")] == ["合格", "合格"]
        assert screen.procedure.state == ProcedureState.FINISHED

    def test_a_round_that_has_ended_opens_at_its_grades(self, ended, screen):
        """Not at 上报评议结果, which was not needed."""
        ended("ballot")
        screen.view.step.endings.correction.give_up()
        screen.view.show_step("")
        screen.settle()
        assert screen.step == "grading"
