"""A round from its beginning to its end, on a book in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import ProcedureState
from branchbook.services.assessments import (
    assessments_by_person,
    correct_assessment,
    grades_over_years,
    save_assessment,
)
from branchbook.services.evaluations import evaluation_view, round_of, rounds_of
from branchbook.services.procedures import finish_procedure
from tests.services.evaluation_book import MEETING, NAMES, actor, evaluation_book, everyone_graded, step
from tests.services.small_book import FIRST_BRANCH, TODAY, named


def test_a_round_is_walked_to_its_end_and_then_only_corrected() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    with book.reading() as reading:
        found = assessments_by_person(reading, procedure.id)
        assert grades_over_years(reading, named(NAMES[0])) == ()
    for each in found.values():
        save_assessment(book, replace(each, fed_back_on=MEETING, agrees=True), actor())
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    finish_procedure(book, procedure.id, TODAY, actor())
    one = replace(found[named(NAMES[0])], remark="补记", fed_back_on=MEETING, agrees=True)
    with pytest.raises(RefusedProblem, match="更正"):
        save_assessment(book, one, actor())
    correct_assessment(book, one, "漏记一项", actor())
    with book.reading() as reading:
        (year,) = grades_over_years(reading, named(NAMES[0]))
        assert (year.year, year.grade) == (2026, Grade.QUALIFIED)
        kept = round_of(reading, FIRST_BRANCH, 2026)
        assert kept is not None
        assert (kept.state, kept.correction_reason) == (ProcedureState.CORRECTED, "漏记一项")
        assert rounds_of(reading, FIRST_BRANCH) == (kept,)
        stored = reading.get(Assessment, one.id)
        assert stored is not None
        assert stored.remark == "补记"


def test_the_view_says_for_each_member_what_is_missing() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    with book.reading() as reading:
        view = evaluation_view(reading, procedure.id, TODAY)
    assert [each.missing for each in view.rows] == [("反馈",)] * 6
    assert [(each.number, each.most) for each in view.caps] == [(6, 2), (6, 2)]
    first = view.rows[0].members_count
    assert first is not None
    assert (first.qualified, first.all) == (10, 10)
