"""Rectification: problems that a meeting, an evaluation or an inspection found, each with who mends it by when.

The rows of the ledger 整改台账; what is done with them otherwise is done as with those of every ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.services.evaluation_reading import assessments_by_person
from branchbook.services.guards import still_there
from branchbook.services.ledger_values import LINK_PROCEDURE, LINK_RECORD, link_to
from branchbook.services.ledgers import put_new
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, Reading, Writing

RECTIFICATION = "rectification"
"""The key of the ledger."""

FROM_MEETING, FROM_EVALUATION, FROM_INSPECTION, FROM_SELF_CHECK = (
    "组织生活会",
    "民主评议",
    "巡视巡察",
    "自查",
)
"""Sources, as the ledger's field offers them."""
FROM_ELSEWHERE = "其他"
_LIFE_MEETINGS = frozenset({"organisational_life_meeting", "democratic_life_meeting"})


def add_rectification(
    book: Book,
    organisation_id: UUID,
    problem: str,
    source: str,
    actor: Actor,
    *,
    record_id: UUID | None = None,
    procedure_id: UUID | None = None,
    person_id: UUID | None = None,
    due_on: date | None = None,
) -> Outcome[LedgerRow]:
    """Enter a problem as found today, with the meeting or procedure in which it was found, and whom it is about.

    Raises RefusedProblem whose ``where`` is a field's label: no problem written, an unknown source, a record,
    procedure or person that is gone.
    """
    with operate(book, actor, "登记整改台账") as operating:
        row = put_rectification(
            operating.writing,
            organisation_id,
            problem,
            source,
            actor,
            record_id=record_id,
            procedure_id=procedure_id,
            person_id=person_id,
            due_on=due_on,
        )
    return Outcome(row, operating.changes)


def put_rectification(
    writing: Writing,
    organisation_id: UUID,
    problem: str,
    source: str,
    actor: Actor,
    *,
    record_id: UUID | None = None,
    procedure_id: UUID | None = None,
    person_id: UUID | None = None,
    due_on: date | None = None,
) -> LedgerRow:
    """As ``add_rectification`` within an operation, for what finds several problems at once."""
    values: dict[str, FieldValue] = {
        "source": source,
        "problem": problem,
        "found_on": actor.today.isoformat(),
        "due_on": due_on.isoformat() if due_on else "",
        "meeting": link_to(LINK_RECORD, record_id) if record_id else "",
        "procedure": link_to(LINK_PROCEDURE, procedure_id) if procedure_id else "",
    }
    people: dict[str, tuple[PersonRef, ...]] = {}
    if person_id is not None:
        person = still_there(writing, Person, person_id, "这个人")
        people["member"] = (PersonRef(person.name, person.id),)
    row = LedgerRow(uuid4(), RECTIFICATION, organisation_id, values, people, created_at=actor.now)
    return put_new(writing, row, actor)


def source_of(kinds: Sequence[str]) -> str:
    """The source that a meeting of these kinds is."""
    if "democratic_evaluation" in kinds:
        return FROM_EVALUATION
    return FROM_MEETING if _LIFE_MEETINGS.intersection(kinds) else FROM_ELSEWHERE


def rectifications_of(reading: Reading, procedure_id: UUID) -> tuple[LedgerRow, ...]:
    """The problems that a procedure found, in order of entry."""
    return _linked(reading, "procedure", link_to(LINK_PROCEDURE, procedure_id))


def rectifications_of_record(reading: Reading, record_id: UUID) -> tuple[LedgerRow, ...]:
    """The problems that a meeting found, in order of entry."""
    return _linked(reading, "meeting", link_to(LINK_RECORD, record_id))


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """What an evaluation found of a member: the problems that the branch named, else that the grade is 不合格."""

    person_id: UUID
    name: str
    problem: str


def found_problems(reading: Reading, procedure: Procedure) -> tuple[FoundProblem, ...]:
    """What a round found and what does not stand in the ledger as its yet, in the order of its list."""
    assessments = assessments_by_person(reading, procedure.id)
    there = {
        (ref.person_id, row.text("problem").strip())
        for row in rectifications_of(reading, procedure.id)
        for ref in row.people.get("member", ())
    }
    found = []
    for each in procedure.participants:
        assessment = assessments.get(each.person_id)
        if assessment is None:
            continue
        unqualified = assessment.grade == Grade.UNQUALIFIED
        words = f"{procedure.year}年度民主评议评定为不合格" if unqualified else ""
        problem = assessment.problems.strip() or words
        if problem and (each.person_id, problem) not in there:
            found.append(FoundProblem(each.person_id, each.name, problem))
    return tuple(found)


def enter_found_problems(book: Book, procedure_id: UUID, actor: Actor) -> Outcome[tuple[LedgerRow, ...]]:
    """Enter what a round found of its members (see ``found_problems``), as one operation.

    Raises RefusedProblem where everything stands in the ledger already.
    """
    with operate(book, actor, "列入整改台账") as operating:
        writing = operating.writing
        procedure = still_there(writing, Procedure, procedure_id, "这次评议")
        found = found_problems(writing, procedure)
        if not found:
            raise RefusedProblem("没有还要列入的问题", "整改台账", "评议中指出的问题写在各人的“主要问题”里")
        rows = tuple(
            put_rectification(
                writing,
                procedure.organisation_id,
                each.problem,
                FROM_EVALUATION,
                actor,
                procedure_id=procedure_id,
                person_id=each.person_id,
            )
            for each in found
        )
    return Outcome(rows, operating.changes)


def _linked(reading: Reading, key: str, link: str) -> tuple[LedgerRow, ...]:
    return tuple(row for row in reading.ledger_rows(RECTIFICATION) if row.text(key) == link)
