"""What the Desk says of the yearly evaluation, and which year a round satisfies (B-29, V-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.records import Record, RecordState
from branchbook.domain.requirements import FindingState
from branchbook.services.desk import desk
from branchbook.services.due import year_findings
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.operations import operate
from branchbook.services.procedures import abandon_procedure
from branchbook.services.store import Book
from tests.services.evaluation_book import (
    MEETING,
    YEAR,
    actor,
    begun,
    evaluation_book,
    everyone_graded,
    listed,
    step,
)
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, TODAY


@pytest.fixture
def book() -> Book:
    """Six members of the first branch."""
    return evaluation_book(6)


def shown(book: Book, today: date, year: int = YEAR) -> list[tuple[str, str, str, str]]:
    """What the Desk says of the yearly evaluation: title, badge, action, what is begun."""
    with book.reading() as reading:
        items = desk(reading, FIRST_BRANCH, year, today).due
    return [
        (each.title, each.badge, each.action, each.begin_procedure)
        for each in items
        if "评议" in each.title or each.year
    ]


def test_the_desk_begins_opens_and_ends_the_years_round(book) -> None:
    begins = ("2026年度民主评议党员", "还有 37 天", "开始评议", "yearly_evaluation")
    assert shown(book, TODAY) == [begins]
    late = ("2026年度民主评议党员", "逾期 10 天", "开始评议", "yearly_evaluation")
    assert shown(book, date(2027, 1, 10)) == [late]
    begun(book)
    assert shown(book, TODAY) == [("2026年度民主评议党员", "还有 37 天", "打开", "")]
    with book.reading() as reading:
        (item,) = [each for each in desk(reading, FIRST_BRANCH, YEAR, TODAY).due if each.year]
    assert item.detail == "12月31日前 · 下一步：学习准备"
    assert item.article.startswith("支部工作条例 第十八条")


def test_a_round_that_gave_its_grades_satisfies_its_year_and_goes_on_quietly(book) -> None:
    everyone_graded(book)
    (line,) = shown(book, TODAY)
    assert line[:3] == ("2026年度民主评议党员：反馈结果", "办理中", "打开")
    with book.reading() as reading:
        found = {each.requirement: each for each in year_findings(reading, (FIRST_BRANCH,), YEAR, TODAY)}
    for requirement in ("democratic_evaluation", "organisational_life_meeting"):
        one = found[requirement]
        assert (one.state, one.reason, one.held_on) == (FindingState.HELD, "已在年度评议中完成", MEETING)
        assert one.procedure_id is not None


def test_a_round_held_in_the_next_year_counts_for_its_own(book) -> None:
    last = begin_evaluation(book, FIRST_BRANCH, YEAR - 1, date(2026, 1, 5), actor()).value
    listed(book, last)
    step(book, last.id, "grading", reason="只作步骤测试")
    with book.reading() as reading:
        states = {
            year: next(
                each.state
                for each in year_findings(reading, (FIRST_BRANCH,), year, TODAY)
                if each.requirement == "democratic_evaluation"
            )
            for year in (YEAR - 1, YEAR)
        }
    assert states == {YEAR - 1: FindingState.HELD, YEAR: FindingState.DUE}


def test_a_meeting_that_last_years_round_took_up_is_not_this_years_too(book) -> None:
    """One meeting satisfies one year; as a general meeting it counts in its own quarter all the same."""
    kinds = ("general_meeting", "democratic_evaluation")
    meeting = Record(uuid4(), kinds, FIRST_BRANCH, date(2026, 1, 20), state=RecordState.FINAL)
    with operate(book, actor(), "记录") as operating:
        operating.writing.put(meeting)

    def states() -> dict[str, FindingState]:
        with book.reading() as reading:
            found = year_findings(reading, (FIRST_BRANCH,), YEAR, TODAY)
        return {each.requirement: each.state for each in found if each.period_start == date(YEAR, 1, 1)}

    assert states()["democratic_evaluation"] == FindingState.HELD
    last = begin_evaluation(book, FIRST_BRANCH, YEAR - 1, date(2026, 1, 25), actor()).value
    assert last.entry("ballot").record_id == meeting.id
    after = states()
    assert after["democratic_evaluation"] == FindingState.DUE
    assert after["general_meeting"] == FindingState.HELD


def test_a_planned_record_stays_a_record(book) -> None:
    """Who keeps simple records keeps them: what is planned is opened as before."""
    planned = Record(
        uuid4(), ("democratic_evaluation",), FIRST_BRANCH, date(2026, 12, 10), state=RecordState.DRAFT
    )
    with operate(book, actor(), "安排") as operating:
        operating.writing.put(planned)
    (line,) = shown(book, TODAY)
    assert line == ("年度民主评议党员", "已安排", "打开", "")


def test_the_round_of_another_branch_is_not_ours(book) -> None:
    begin_evaluation(book, SECOND_BRANCH, YEAR, date(2026, 11, 2), actor())
    assert [line[2] for line in shown(book, TODAY)] == ["开始评议"]
    with book.reading() as reading:
        (own,) = [each for each in desk(reading, SECOND_BRANCH, YEAR, TODAY).due if each.year]
    assert own.action == "打开"
    abandoned = begun(book)
    abandon_procedure(book, abandoned.id, TODAY, "没有开成", actor())
    assert [line[2] for line in shown(book, TODAY)] == ["开始评议"]
    with book.reading() as reading:
        kept = reading.get(Procedure, abandoned.id)
    assert kept == replace(
        abandoned, state=ProcedureState.ABANDONED, ended_on=TODAY, ending_reason="没有开成"
    )
