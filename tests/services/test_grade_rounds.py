"""The secret ballot of a round in the book: begun, typed, kept, confirmed and then frozen (V-02, V-03)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from branchbook.domain.evaluation_count import CapBase, Grade
from branchbook.domain.evaluations import Audience, BallotForm, GradeRound, ItemGrade
from branchbook.domain.grade_ballots import BALLOT_ITEMS, ItemMarks
from branchbook.domain.people import Mark
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attendance, Presence, Record, RecordState
from branchbook.services.drafts import found_drafts
from branchbook.services.evaluation_corrections import correct_round
from branchbook.services.evaluation_participants import change_participant, mark_attendance, set_participants
from branchbook.services.evaluation_reading import count_of, counted_round
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.grade_rounds import (
    begin_round,
    confirm_round,
    found_round,
    keep_round,
    remove_round,
    reopen_round,
    save_round,
    with_ballot,
)
from branchbook.services.operations import operate
from branchbook.services.procedures import finish_procedure, reopen_step, save_step
from tests.fakes import FakeBook
from tests.services.evaluation_book import (
    BEGUN,
    MEETING,
    NAMES,
    YEAR,
    actor,
    all_qualified,
    counted,
    evaluation_book,
    everyone_graded,
    is_probationary,
    listed,
    marked,
    step,
)
from tests.services.small_book import FIRST_BRANCH, TODAY, named

MEMBERS, MASSES, GRADES, ITEMS = Audience.MEMBERS, Audience.MASSES, BallotForm.GRADES, BallotForm.ITEMS


def opened(book: FakeBook, form: BallotForm = GRADES) -> tuple[Procedure, GradeRound]:
    """A round of ballots that was just begun for the list."""
    procedure = begin_round(book, listed(book).id, MEMBERS, form, MEETING, actor()).value
    return procedure, procedure.grade_rounds[0]


def typed(voting: GradeRound, ballots: int) -> GradeRound:
    """So many ballots of 合格 for everyone, all returned."""
    for _ in range(ballots):
        voting = with_ballot(voting, all_qualified(voting))
    return replace(voting, returned=ballots)


def test_a_round_names_those_graded_and_counts_those_who_take_part() -> None:
    book = evaluation_book(6)
    is_probationary(book, NAMES[0])
    marked(book, NAMES[1], Mark.FLOATING)
    _, voting = opened(book)
    assert [line.count.name for line in voting.lines] == list(NAMES[2:6])
    assert (voting.due, voting.present, voting.issued, voting.returned) == (5, 5, 5, 0)
    assert (voting.base, voting.most_excellent) == (CapBase.FULL_MEMBERS, 1)


def test_who_came_is_taken_from_the_list_or_from_the_meeting() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    mark_attendance(book, procedure.id, {named(name): at > 1 for at, name in enumerate(NAMES[:6])}, actor())
    voting = begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor()).value.grade_rounds[0]
    assert (voting.due, voting.present) == (6, 4)

    book = evaluation_book(6)
    grid = tuple(
        Attendance(named(name), name, Presence.PRESENT if at else Presence.ABSENT)
        for at, name in enumerate(NAMES[:6])
    )
    meeting = Record(
        uuid4(), ("general_meeting",), FIRST_BRANCH, MEETING, attendance=grid, state=RecordState.FINAL
    )
    with operate(book, actor(), "记录") as operating:
        operating.writing.put(meeting)
    procedure = listed(book)
    save_step(book, procedure.id, replace(procedure.entry("ballot"), record_id=meeting.id), actor())
    voting = begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor()).value.grade_rounds[0]
    assert (voting.due, voting.present) == (6, 5)


def test_the_masses_are_counted_apart_and_their_numbers_are_typed() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    procedure = counted(book, procedure, [all_qualified(procedure)] * 6)
    marks = {named(NAMES[0]): Grade.EXCELLENT}
    procedure = counted(book, procedure, [marks] * 3, MASSES)
    masses = counted_round(procedure, MASSES)
    assert masses is not None
    assert (masses.due, masses.valid) == (3, 3)
    first = count_of(procedure, named(NAMES[0]))
    other = count_of(procedure, named(NAMES[0]), MASSES)
    assert first is not None
    assert other is not None
    assert (first.qualified, first.excellent, other.excellent) == (6, 0, 3)


def test_item_by_item_each_item_is_counted() -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book, ITEMS)
    one = named(NAMES[0])
    items: ItemMarks = {
        one: {BALLOT_ITEMS[0]: ItemGrade.GOOD, BALLOT_ITEMS[1]: (ItemGrade.GOOD, ItemGrade.POOR)}
    }
    voting = replace(with_ballot(voting, {one: Grade.QUALIFIED}, items), returned=1)
    save_round(book, procedure.id, voting, actor())
    kept = confirm_round(book, procedure.id, voting.id, MEETING, actor()).value.grade_rounds[0]
    line = kept.line_of(one)
    assert line is not None
    assert (line.items[0].good, line.items[1].void, line.items[2].blank) == (1, 1, 1)


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda book: begun_without_list(book), "还没有核定参评人员"),
        (lambda book: begun_on(book, date(2026, 11, 1)), "测评日期应在开始办理"),
        (lambda book: begun_on(book, date(2026, 12, 1)), "测评日期应在开始办理"),
        (lambda book: twice(book), "还没有确认"),
    ],
)
def test_what_cannot_be_begun(call: Callable[[FakeBook], Any], said: str) -> None:
    with pytest.raises(RefusedProblem, match=said):
        call(evaluation_book(6))


def begun_without_list(book: FakeBook) -> None:
    procedure = begin_evaluation(book, FIRST_BRANCH, YEAR, BEGUN, actor()).value
    begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor())


def begun_on(book: FakeBook, day: date) -> None:
    begin_round(book, listed(book).id, MEMBERS, GRADES, day, actor())


def twice(book: FakeBook) -> None:
    procedure, _ = opened(book)
    begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor())


def test_a_second_ballot_wants_a_reason_and_then_counts() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    procedure = counted(book, procedure, [all_qualified(procedure)] * 6)
    with pytest.raises(ReasonProblem, match="已有一轮党员测评"):
        begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor())
    again = begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor(), reason="第一次秩序不好").value
    assert again.grade_rounds[1].note == "第一次秩序不好"
    assert counted_round(again) == again.grade_rounds[0]  # until the second is confirmed
    with pytest.raises(RefusedProblem, match="还没有确认"):
        step(book, procedure.id, "ballot")


def test_what_was_typed_is_kept_however_wrong_and_not_confirmed() -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book)
    wrong = replace(typed(voting, 5), returned=6, invalid=2)
    kept = save_round(book, procedure.id, wrong, actor()).value.grade_rounds[0]
    assert kept == wrong
    with pytest.raises(RefusedProblem, match=f"{NAMES[0]}的六项合计 5，不等于有效票 4") as refused:
        confirm_round(book, procedure.id, voting.id, MEETING, actor())
    assert "等 6 处" in str(refused.value)
    none = replace(voting, returned=0)
    save_round(book, procedure.id, none, actor())
    with pytest.raises(RefusedProblem, match="没有有效票"):
        confirm_round(book, procedure.id, voting.id, MEETING, actor())


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda voting: replace(voting, lines=voting.lines[1:]), "和发出的不同"),
        (lambda voting: replace(voting, returned=2**60), "数字太大"),
        (lambda voting: replace(voting, id=uuid4()), "已不在簿中"),
    ],
)
def test_another_ballot_than_the_one_issued_is_refused(change, said) -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book)
    with pytest.raises(RefusedProblem, match=said):
        save_round(book, procedure.id, change(voting), actor())


@pytest.mark.parametrize("day", [date(2026, 11, 11), date(2026, 11, 25)])
def test_a_count_is_confirmed_from_its_day_to_today(day) -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book)
    save_round(book, procedure.id, typed(voting, 6), actor())
    with pytest.raises(RefusedProblem, match="到今天之间"):
        confirm_round(book, procedure.id, voting.id, day, actor())


def test_a_confirmed_count_is_frozen_until_it_is_opened_again_with_a_reason() -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book)
    done = typed(voting, 6)
    save_round(book, procedure.id, done, actor())
    frozen = confirm_round(book, procedure.id, voting.id, MEETING, actor()).value.grade_rounds[0]
    for attempt in (save_round, keep_round):
        with pytest.raises(RefusedProblem, match="已经确认"):
            attempt(book, procedure.id, frozen, actor())
    with pytest.raises(RefusedProblem, match="已经确认"):
        remove_round(book, procedure.id, voting.id, actor())
    step(book, procedure.id, "ballot")
    with pytest.raises(RefusedProblem, match="写明原因"):
        reopen_round(book, procedure.id, voting.id, " ", actor())
    with pytest.raises(RefusedProblem, match="请先重开这一步"):
        reopen_round(book, procedure.id, voting.id, "录错一张", actor())
    reopen_step(book, procedure.id, "ballot", actor())
    again = reopen_round(book, procedure.id, voting.id, "录错一张", actor()).value.grade_rounds[0]
    assert again == replace(frozen, confirmed_on=None)
    assert remove_round(book, procedure.id, voting.id, actor()).value.grade_rounds == ()


def test_no_count_is_opened_behind_the_step_that_rests_on_it() -> None:
    """It would end unconfirmed with the round."""
    book = evaluation_book(6)
    procedure, voting = opened(book)
    save_round(book, procedure.id, typed(voting, 6), actor())
    confirm_round(book, procedure.id, voting.id, MEETING, actor())
    step(book, procedure.id, "ballot")
    with pytest.raises(RefusedProblem, match="请先重开这一步"):
        begin_round(book, procedure.id, MASSES, GRADES, MEETING, actor())
    reopen_step(book, procedure.id, "ballot", actor())
    assert len(begin_round(book, procedure.id, MASSES, GRADES, MEETING, actor()).value.grade_rounds) == 2


def test_a_count_being_typed_is_found_after_a_crash_and_holds_totals_only() -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book)
    half = typed(voting, 3)
    keep_round(book, procedure.id, half, actor())
    with book.reading() as reading:
        assert found_round(reading, procedure.id) == half
        (draft,) = reading.drafts()
    assert found_drafts(book) == ()  # it is given back with its round, not among the records
    assert "ballots" not in draft.payload
    save_round(book, procedure.id, half, actor())
    with book.reading() as reading:
        assert found_round(reading, procedure.id) is None
        assert reading.drafts() == ()


def test_the_list_may_change_until_ballots_are_typed() -> None:
    book = evaluation_book(6)
    procedure, voting = opened(book)
    away = replace(procedure.participants[0], takes_part=False, graded=False, reason="长期住院")
    changed = change_participant(book, procedure.id, away, actor()).value
    follows = changed.grade_rounds[0]
    assert ([line.count.name for line in follows.lines], follows.due) == (list(NAMES[1:6]), 5)
    save_round(book, procedure.id, typed(follows, 2), actor())
    with pytest.raises(RefusedProblem, match="测评票正在录入"):
        set_participants(book, procedure.id, procedure.participants, actor())
    present = {named(NAMES[1]): True}
    assert mark_attendance(book, procedure.id, present, actor()).value.grade_rounds[0].due == voting.due - 1


def test_two_of_one_name_are_told_apart_on_the_ballot() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    second = replace(procedure.participants[1], name=procedure.participants[0].name)
    change_participant(book, procedure.id, second, actor())
    voting = begin_round(book, procedure.id, MEMBERS, GRADES, MEETING, actor()).value.grade_rounds[0]
    assert [line.count.name for line in voting.lines][:2] == [NAMES[0], f"{NAMES[0]}（2）"]


def test_a_finished_count_is_only_corrected_with_a_reason_and_sums_that_fit() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    voting = procedure.grade_rounds[0]
    with pytest.raises(RefusedProblem, match="没有办结的事项可以直接修改"):
        correct_round(book, procedure.id, voting, "录错", actor())
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    finish_procedure(book, procedure.id, TODAY, actor())
    line = voting.lines[0]
    moved = replace(line, count=replace(line.count, qualified=9, excellent=1))
    right = replace(voting, lines=(moved, *voting.lines[1:]))
    with pytest.raises(RefusedProblem, match="不等于有效票"):
        correct_round(book, procedure.id, replace(right, returned=9), "录错", actor())
    with pytest.raises(RefusedProblem, match="更正需要写明原因"):
        correct_round(book, procedure.id, right, "", actor())
    kept = correct_round(book, procedure.id, right, "一张票录错", actor()).value
    assert (kept.grade_rounds[0], kept.correction_reason) == (right, "一张票录错")
