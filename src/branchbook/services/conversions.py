"""Conversions of a book: every probationary member with the end of the probation and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.conversion_steps import FAMILY
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import FactKind, Person, Standing
from branchbook.domain.probation import Probation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.conversion_needs import (
    OBSERVATION_MONTHS,
    MissingPart,
    missing_parts,
    parts_after_approval,
)
from branchbook.services.guards import still_there
from branchbook.services.moving_cases import finish_joining
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.probations import (
    EXTENDED_SHAPE,
    decided_question,
    family_of,
    probation_from,
    probation_in,
)
from branchbook.services.procedures import ProcedureView, begin_in, procedure_view, procedures_of
from branchbook.services.rule_choices import ObservationCadence
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading

__all__ = [
    "ConversionLine",
    "MissingPart",
    "begin_conversion",
    "conversion_anchors",
    "conversion_shape",
    "conversion_shape_of",
    "conversion_view",
    "conversions_on",
    "conversions_to_end",
    "decided_question",
    "probation_in",
]


@dataclass(frozen=True, slots=True)
class ConversionLine:
    """A probationary member on a day. ``probation`` is None where the day of acceptance is not entered.

    ``days_left`` is negative after the end. ``procedure_id`` is the conversion at hand, None before it is begun.
    """

    person_id: UUID
    name: str
    organisation_id: UUID | None = None
    organisation_name: str = ""
    probation: Probation | None = None
    days_left: int | None = None
    missing: tuple[MissingPart, ...] = ()
    article: str = ""
    procedure_id: UUID | None = None


def conversions_on(
    reading: Reading, day: date, organisation_id: UUID | None = None
) -> tuple[ConversionLine, ...]:
    """Everyone probationary on ``day``, who ends soonest first: of a branch, a general branch, or (None) the book."""
    roster, rulebook = reading.roster(), rulebook_of(reading)
    by_person = _by_person(reading.all(Procedure))
    every = OBSERVATION_MONTHS[book_settings(reading).observation_cadence]
    held, within = roster.on(day), roster.branches_within(organisation_id) if organisation_id else None
    found = []
    for person_id, fact in held.standings.items():
        branch = held.branches.get(person_id)
        if fact.value != Standing.PROBATIONARY or person_id not in roster.person_by_id:
            continue
        if branch is None or (within is not None and branch.id not in within):
            continue  # without a branch someone has left: the branch that took them in goes on (D-22)
        person = roster.person_by_id[person_id]
        found.append(_line(person, branch, by_person.get(person_id, ()), rulebook, day, every))
    return tuple(sorted(found, key=_soonest))


def conversions_to_end(
    reading: Reading, day: date, organisation_id: UUID | None = None
) -> tuple[ConversionLine, ...]:
    """Those whose approval is recorded and whose talk or file is still missing: they are probationary no more."""
    roster, rules = reading.roster(), rulebook_of(reading).on(day)
    found = []
    within = roster.branches_within(organisation_id) if organisation_id else None
    for procedure in procedures_of(reading, family=FAMILY):
        if within is not None and procedure.organisation_id not in within:
            continue
        person = roster.person_by_id.get(procedure.subject_id or UUID(int=0))
        approved_on = procedure.done_on("approval")
        if not procedure.is_open or person is None or approved_on is None or approved_on > day:
            continue
        missing = tuple(parts_after_approval(procedure, rules, day))
        if missing:
            place = roster.organisation_by_id[procedure.organisation_id]
            found.append(
                ConversionLine(
                    person.id,
                    person.name,
                    place.id,
                    place.name_on(day),
                    missing=missing,
                    article=missing[0].article,
                    procedure_id=procedure.id,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.missing[0].due_on, each.name)))


def begin_conversion(book: Book, person_id: UUID, day: date, actor: Actor) -> Outcome[Procedure]:
    """Begin the conversion of a probationary member: quarterly or half-yearly by the setting, or after an extension.

    The joining whose acceptance was approved is finished by it. Raises RefusedProblem for someone who is not
    probationary on the day, or without a day of acceptance.
    """
    with operate(book, actor, "开始预备党员转正") as operating:
        writing = operating.writing
        person = still_there(writing, Person, person_id, "这个人")
        roster = writing.roster()
        branch = roster.branch_of(person_id, day)
        if roster.standing_on(person_id, day) != Standing.PROBATIONARY or branch is None:
            raise RefusedProblem(f"{person.name}在 {day} 不是本簿的预备党员", "", "请核对身份和日期")
        shape = conversion_shape_of(writing, person)
        procedure = begin_in(writing, shape, branch.id, day, actor, person_id)
        finish_joining(writing, person_id, day)
    return Outcome(procedure, operating.changes)


def conversion_shape(reading: Reading, line: ConversionLine) -> str:
    """The shape with which this person's conversion begins; empty while the day of acceptance is not known."""
    return _shape(reading, line.probation) if line.probation else ""


def conversion_shape_of(reading: Reading, person: Person) -> str:
    """The shape with which a person's conversion begins. Raises RefusedProblem without a day of acceptance."""
    probation = probation_in(reading, person)
    if probation is None:
        raise RefusedProblem(
            f"{person.name}没有登记支部大会接收日期", "入党时间", "请先在“党员”里补上，预备期从那天算起"
        )
    return _shape(reading, probation)


def _shape(reading: Reading, probation: Probation) -> str:
    return EXTENDED_SHAPE if probation.extension else _SHAPES[book_settings(reading).observation_cadence]


_SHAPES = {
    ObservationCadence.QUARTERLY: "conversion",
    ObservationCadence.HALF_YEARLY: "conversion_half_yearly",
}


def conversion_view(reading: Reading, procedure_id: UUID, today: date) -> ProcedureView:
    """A conversion with the standing of its steps, dated from the acceptance and the end of the probation."""
    procedure = still_there(reading, Procedure, procedure_id, "这项办理事项")
    return procedure_view(reading, procedure_id, today, conversion_anchors(reading, procedure))


def conversion_anchors(reading: Reading, procedure: Procedure) -> Mapping[str, date]:
    """The dates on which a conversion's steps depend: acceptance, its approval, the end of the probation.

    Of the first conversion the first end, of the one after an extension the extended one.
    """
    person = reading.get(Person, procedure.subject_id) if procedure.subject_id else None
    probation = probation_in(reading, person) if person else None
    if person is None or probation is None:
        return {}
    anchors = {"accepted_on": probation.accepted_on, "probation_end": probation.first_end}
    if procedure.shape == EXTENDED_SHAPE:
        anchors = {"accepted_on": probation.first_end, "probation_end": probation.ends_on}
    for fact in reading.roster().facts_of(person.id, FactKind.STANDING):
        if fact.value == Standing.PROBATIONARY:
            anchors["acceptance_approved_on"] = fact.from_on
    return anchors


def _by_person(procedures: Sequence[Procedure]) -> dict[UUID, tuple[Procedure, ...]]:
    """The conversions of each person, one that is open before those that ended."""
    grouped: dict[UUID, tuple[Procedure, ...]] = {}
    for each in procedures:
        if each.subject_id is not None and family_of(each) == FAMILY:
            others = grouped.get(each.subject_id, ())
            grouped[each.subject_id] = (each, *others) if each.is_open else (*others, each)
    return grouped


def _line(
    person: Person,
    branch: Organisation,
    procedures: tuple[Procedure, ...],
    rulebook: Rulebook,
    day: date,
    every: int,
) -> ConversionLine:
    current = next((each for each in procedures if each.is_open), None)
    probation = probation_from(person, procedures, rulebook)
    rules = rulebook.on(day)
    return ConversionLine(
        person.id,
        person.name,
        branch.id,
        branch.name_on(day),
        probation,
        (probation.ends_on - day).days if probation else None,
        tuple(missing_parts(probation, procedures, rules, day, every)) if probation else (),
        probation.rule.citations if probation and probation.rule else "",
        current.id if current else None,
    )


def _soonest(line: ConversionLine) -> tuple[bool, int, str]:
    """Those without a day of acceptance first: nothing can be said about them."""
    return (line.days_left is not None, line.days_left or 0, line.name)
