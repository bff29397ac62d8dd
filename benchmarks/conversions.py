"""The list of everyone on the way of joining, with what is due: 5,000 people in all five stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

from benchmarks.books import SPACE, TODAY, write
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.app import Workshop
from branchbook.catalogue.procedures.joining import STEPS
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.joining import Stage, StageLine, stages_on
from branchbook.services.store import Book, Entity

MOST_MILLISECONDS = 100.0
PEOPLE = 5_000
BRANCHES = 100
_FOUNDED = date(2012, 7, 1)
_WAY = tuple(step.key for step in STEPS if step.key not in ("candidate_notice", "filed_above"))
_DONE = {
    Stage.APPLICANT: "talk",
    Stage.ACTIVIST: "cultivation_6",
    Stage.DEVELOPMENT_CANDIDATE: "political_review",
    Stage.ACCEPTANCE: "form",
    Stage.PROBATIONARY: "approval",
}
"""Up to which step people of a stage have come."""

_STANDINGS = {
    Stage.APPLICANT: Standing.APPLICANT,
    Stage.ACTIVIST: Standing.ACTIVIST,
    Stage.DEVELOPMENT_CANDIDATE: Standing.DEVELOPMENT_CANDIDATE,
    Stage.ACCEPTANCE: Standing.DEVELOPMENT_CANDIDATE,
    Stage.PROBATIONARY: Standing.PROBATIONARY,
}


def measure(folder: Path, runs: int, people: int = PEOPLE) -> list[Line]:
    """The list of all, and that of one branch among them, each with its own reading of the book."""
    path = folder / "joining.branchbook"
    fill(path, people)
    book = Workshop().shelf.open(path, None, writable=False, holder="测量")
    try:
        same_stages(view(book, None), people)
        one = branch_id(0)
        took = in_turns({"all": partial(view, book, None), "branch": partial(view, book, one)}, runs * 4)
    finally:
        book.close()
    shown = f"{people:,} people in five stages, {BRANCHES} branches"
    return [
        Line("due list of joining, all", took["all"].wall * 1000, "ms", MOST_MILLISECONDS, shown),
        Line("due list of joining, one branch", took["branch"].wall * 1000, "ms", None, "of the same book"),
    ]


def view(book: Book, organisation_id: UUID | None) -> tuple[StageLine, ...]:
    """The list as the screen asks for it: a fresh reading each time."""
    with book.reading() as reading:
        return stages_on(reading, organisation_id, TODAY)


def same_stages(lines: tuple[StageLine, ...], people: int) -> None:
    """Refuse to measure a list that lacks someone or a stage."""
    if len(lines) != people or {each.stage for each in lines} != set(Stage):
        raise AssertionError("not everyone is in the list")


def fill(path: Path, people: int) -> None:
    """A book with so many people, evenly in all stages, each with the steps of the way so far."""
    book = Workshop().shelf.create(path, "测量")
    try:
        write(book, tuple(_branches()))
        write(book, (value for number in range(people) for value in _values(number)))
    finally:
        book.close()


def branch_id(number: int) -> UUID:
    """Which branch a number stands for."""
    return uuid5(SPACE, f"joining branch {number}")


def _branches() -> Iterator[Entity]:
    for number in range(BRANCHES):
        names = (DatedName(f"示例第{number}支部", _FOUNDED),)
        yield Organisation(branch_id(number), OrganisationKind.BRANCH, names, _FOUNDED, position=number)


def _values(number: int) -> Iterator[Entity]:
    stage = tuple(Stage)[number % len(Stage)]
    person_id = uuid5(SPACE, f"joining person {number}")
    accepted_on = TODAY - timedelta(days=number % 400) if stage is Stage.PROBATIONARY else None
    yield Person(person_id, f"示例{number}", "sl", accepted_on=accepted_on, position=number)
    since = date(2024, 3, 1)
    for kind, value, place in (
        (FactKind.MEMBERSHIP, MembershipChange.ON_RECORD, branch_id(number // 7 % BRANCHES)),
        (FactKind.STANDING, _STANDINGS[stage], None),
    ):
        key = uuid5(person_id, kind)
        yield PersonFact(key, person_id, kind, value, since, organisation_id=place)
    yield _procedure(number, person_id, stage)


def _procedure(number: int, person_id: UUID, stage: Stage) -> Procedure:
    entries = []
    day = date(2023, 3, 1) + timedelta(days=number % 200)
    for key in _WAY:
        entries.append(StepEntry(key, day, {"outcome": "批准"} if key == "approval" else {}))
        day += timedelta(days=30)
        if key == _DONE[stage]:
            break
    procedure = Procedure(
        uuid5(person_id, "joining"), "joining", branch_id(number // 7 % BRANCHES), date(2023, 3, 1)
    )
    return replace(procedure, subject_id=person_id, steps=tuple(entries))
