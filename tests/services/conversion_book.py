"""A small invented book with one probationary member, for the tests of conversions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.procedures import StepEntry
from branchbook.services.conversion_votes import begin_question, confirm_question, save_question
from branchbook.services.conversions import begin_conversion
from branchbook.services.operations import operate
from branchbook.services.procedures import save_step
from branchbook.services.store import Book
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, actor, named, small_book

ACCEPTED_ON = date(2025, 10, 20)
ENDS_ON = date(2026, 10, 20)
PROBATIONER = named("褚示例")


def conversion_book(
    accepted_on: date | None = ACCEPTED_ON, approved_on: date = date(2025, 12, 1)
) -> FakeBook:
    """Six full members in the first branch and 褚示例, accepted on a day in 2025."""
    book = small_book()
    add_probationer(book, accepted_on, approved_on)
    return book


def add_probationer(
    book: Book, accepted_on: date | None = ACCEPTED_ON, approved_on: date = date(2025, 12, 1)
) -> None:
    """Put 褚示例 into any book that has the first branch."""
    facts = (
        (FactKind.MEMBERSHIP, MembershipChange.ACCEPTED, FIRST_BRANCH),
        (FactKind.STANDING, Standing.PROBATIONARY, None),
    )
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(Person(PROBATIONER, "褚示例", "csl", accepted_on=accepted_on, position=20))
        operating.writing.put_all(
            PersonFact(uuid5(PROBATIONER, kind), PROBATIONER, kind, value, approved_on, None, place)
            for kind, value, place in facts
        )


def done(step: str, day: date, reason: str = "", **values: str | int) -> StepEntry:
    """A step as entered."""
    return StepEntry(step, day, values, reason=reason)


def begun(book: Book, day: date = date(2026, 10, 1)) -> UUID:
    """A conversion begun on a day."""
    return begin_conversion(book, PROBATIONER, day, actor(1)).value.id


def prepared(book: Book) -> UUID:
    """A conversion on which everything before the meeting was done."""
    procedure_id = begun(book)
    for minute, entry in enumerate(
        (
            done("application", date(2026, 10, 8)),
            done("opinions", date(2026, 10, 12), opinion="同意按期转正"),
            done("review", date(2026, 10, 16), conclusion="按期转正", opinion="提请大会讨论"),
        ),
        start=2,
    ):
        save_step(book, procedure_id, entry, actor(minute))
    return procedure_id


def voted(
    book: Book,
    procedure_id: UUID,
    question: Question = Question.CONVERT,
    votes_for: int = 6,
    held_on: date = date(2026, 10, 22),
    months: int = 0,
) -> QuestionRound:
    """A question put, counted and confirmed: all six came."""
    vote = begin_question(book, procedure_id, question, held_on, actor(10), months).value
    counted = replace(vote, votes_for=votes_for, votes_against=vote.present - votes_for)
    save_question(book, procedure_id, counted, actor(11))
    confirm_question(book, procedure_id, counted.id, held_on, actor(12))
    return counted


def reported(book: Book, procedure_id: UUID, day: date = date(2026, 10, 26)) -> None:
    """The meeting done and its result reported."""
    save_step(book, procedure_id, done("meeting", date(2026, 10, 22)), actor(13))
    save_step(book, procedure_id, done("report", day), actor(14))
