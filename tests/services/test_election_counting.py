"""A count while it is typed: kept ballot by ballot, found after a crash, saved as one line of history."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import BallotLine, BallotRound, WriteInLine
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.election_rounds import (
    confirm_round,
    discard_round,
    found_count,
    keep_count,
    round_result,
    save_round,
)
from branchbook.services.operations import operate
from branchbook.services.store import Book, Draft
from branchbook.services.undo import redo, undo
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.services.asking import last, refused
from tests.services.election_book import MEETING, counted, stored
from tests.services.election_counts import (
    FOUR,
    LI,
    QIAN,
    SUN,
    WU,
    ZHAO,
    confirmed,
    enter,
    issue,
    outcome,
    ready,
)
from tests.services.small_book import actor, named

START = actor(-60).now


@pytest.fixture
def real_book(tmp_path: Path) -> Iterator[Book]:
    """An empty book on the disk."""
    book = Shelf().create(tmp_path / "选举.branchbook", "李操作")
    yield book
    book.close()


def one_more(voting: BallotRound) -> BallotRound:
    """One more ballot, for everyone."""
    lines = tuple(replace(each, votes_for=each.votes_for + 1) for each in voting.lines)
    return replace(voting, returned=voting.returned + 1, lines=lines)


def found(book: Book, procedure_id: UUID) -> BallotRound | None:
    with book.reading() as reading:
        return found_count(reading, procedure_id)


def test_totals_are_kept_without_history_and_found_after_a_crash() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    assert found(book, procedure_id) is None
    lines = len(book.state.operations)
    for _ in range(3):
        voting = one_more(voting)
        keep_count(book, procedure_id, voting, actor())
    assert len(book.state.operations) == lines
    assert found(book, procedure_id) == voting
    assert stored(book, procedure_id).rounds[-1].returned == 0
    save_round(book, procedure_id, voting, actor())
    assert found(book, procedure_id) is None
    assert book.state.drafts == {}
    assert stored(book, procedure_id).rounds[-1] == voting
    assert len(book.state.operations) == lines + 1


def test_a_count_in_progress_is_no_draft_of_a_record() -> None:
    book, procedure_id = ready()
    keep_count(book, procedure_id, one_more(issue(book, procedure_id)))
    assert found_drafts(book) == ()
    with book.reading() as reading:
        person = reading.roster().people[0]
    keep_draft(book, replace(person, note="改"), actor())
    assert [each.value.id for each in found_drafts(book)] == [person.id]


def test_a_damaged_draft_is_passed_over() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    book.save_draft(Draft(voting.id, "ballot_round", "{}", actor().now))
    assert found(book, procedure_id) is None


def test_no_count_is_kept_for_a_round_that_is_not_there_or_is_confirmed() -> None:
    book, procedure_id = ready()
    voting = confirmed(book, procedure_id, {ZHAO: 17, QIAN: 15, SUN: 10})
    refused(book, "计票已经确认", lambda: keep_count(book, procedure_id, one_more(voting)))
    other = replace(voting, id=named("另一轮"))
    refused(book, "这一轮投票已不在簿中", lambda: keep_count(book, procedure_id, other))
    refused(book, "这项办理事项已不在簿中", lambda: keep_count(book, named("另一项"), voting))


def test_a_discarded_round_leaves_no_draft() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    keep_count(book, procedure_id, one_more(voting))
    discard_round(book, procedure_id, voting.id, actor())
    assert book.state.drafts == {}


def test_entering_and_confirming_are_undone_and_done_again() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    enter(book, procedure_id, voting, {ZHAO: 17, QIAN: 15, SUN: 10})
    confirm_round(book, procedure_id, voting.id, MEETING, actor())
    done, after = last(book), book.state.values
    undo(book, done, actor(1), START)
    assert outcome(book, procedure_id).committee == ()
    redo(book, last(book), actor(2), START)
    assert book.state.values == after


@pytest.mark.parametrize(
    "name, person",
    [(WU, named(WU)), ("没有这个人", None), ("同名示例", None)],
)
def test_a_name_written_in_is_found_where_it_is_the_only_one(name: str, person: UUID | None) -> None:
    book, procedure_id = _with_two_of_a_name()
    voting = issue(book, procedure_id)
    made = enter(book, procedure_id, voting, {ZHAO: 17}, write_ins={name: 2})
    assert made.write_ins == (WriteInLine(name, 2, person),)


def _with_two_of_a_name() -> tuple[FakeBook, UUID]:
    book, procedure_id = ready()
    with operate(book, actor(), "改名") as operating:
        for each in operating.writing.roster().people:
            if each.id in (named("郑示例"), named("王示例")):
                operating.writing.put(replace(each, name="同名示例"))
    return book, procedure_id


def test_of_two_of_one_name_one_has_to_be_chosen_before_the_count_is_confirmed() -> None:
    book, procedure_id = _with_two_of_a_name()
    voting = issue(book, procedure_id)
    typed = enter(book, procedure_id, voting, {ZHAO: 17, QIAN: 15}, write_ins={"同名示例": 11})
    refused(
        book,
        "同名的有 2 人，要选定是哪一位（另选他人 同名示例）",
        lambda: confirm_round(book, procedure_id, voting.id, MEETING, actor()),
    )
    chosen = WriteInLine("同名示例", 11, named("王示例"))
    save_round(book, procedure_id, replace(typed, write_ins=(chosen,)), actor())
    assert stored(book, procedure_id).rounds[-1].write_ins == (chosen,)
    confirm_round(book, procedure_id, voting.id, MEETING, actor())
    assert named("王示例") in {each.person_id for each in outcome(book, procedure_id).committee}


def test_empty_lines_of_names_written_in_go() -> None:
    book, procedure_id = ready()
    voting = replace(issue(book, procedure_id), write_ins=(WriteInLine(""), WriteInLine(" ", 2)))
    save_round(book, procedure_id, voting, actor())
    assert stored(book, procedure_id).rounds[-1].write_ins == (WriteInLine("", 2),)


NUMBERS = st.integers(-10, 10**9)


@given(
    NUMBERS,
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=4, max_size=4),
)
def test_whatever_is_typed_is_kept_and_never_elects_where_it_does_not_fit(
    present: int, issued: int, returned: int, invalid: int, marks: list
) -> None:
    """Issue 3 §6: nothing is lost, and an impossible count elects nobody."""
    book, procedure_id = TYPED
    voting = stored(book, procedure_id).rounds[-1]
    lines = tuple(
        BallotLine(each.name, each.person_id, *given) for each, given in zip(voting.lines, marks, strict=True)
    )
    typed = replace(voting, present=present, issued=issued, returned=returned, invalid=invalid, lines=lines)
    kept = save_round(book, procedure_id, typed, actor()).value
    assert kept.rounds[-1] == typed
    with book.reading() as reading:
        result = round_result(reading, kept, typed)
    fits = all(sum(each) == returned - invalid and min(each) >= 0 for each in marks)
    assert not result.valid or (fits and 0 <= invalid <= returned <= issued <= present <= 23)
    assert result.valid or (result.elected, result.tie) == ((), ())
    assert len(result.elected) <= typed.seats


def _typed() -> tuple[FakeBook, UUID]:
    book, procedure_id = ready()
    issue(book, procedure_id)
    return book, procedure_id


TYPED = _typed()
"""One election for all examples: what is typed replaces what was typed before."""


def test_a_real_book_keeps_every_part_of_an_election(real_book: Book) -> None:
    """The same promises on the disk: voters, candidates, the round, its draft, and who was elected."""
    book, procedure_id = ready(book=real_book)
    voting = issue(book, procedure_id)
    keep_count(book, procedure_id, one_more(voting))
    assert found(book, procedure_id) == one_more(voting)
    typed = counted(voting, {ZHAO: 17, QIAN: 15, SUN: 10, LI: 3}, write_ins={WU: 5})
    save_round(book, procedure_id, typed, actor())
    assert found(book, procedure_id) is None
    confirm_round(book, procedure_id, voting.id, MEETING, actor())
    assert [each.name for each in outcome(book, procedure_id).committee] == [SUN, ZHAO, QIAN]
    assert len(stored(book, procedure_id).voters) == 23
    assert {each.name for each in stored(book, procedure_id).candidates} == set(FOUR)
