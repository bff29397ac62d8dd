"""What the place shows: everyone at the left, and of one person the procedures with the step at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.domain.people import Person, Standing
from branchbook.domain.procedures import Procedure, StepStanding
from branchbook.domain.tally_findings import Finding
from branchbook.services.conversion_checks import CHECKS as CONVERSION_CHECKS
from branchbook.services.conversions import conversion_view
from branchbook.services.joining import joining_view
from branchbook.services.joining_checks import CHECKS as JOINING_CHECKS
from branchbook.services.moving_cases import FAMILIES
from branchbook.services.probations import family_of
from branchbook.services.procedures import ProcedureView
from branchbook.services.step_cases import warnings_of_step
from branchbook.services.store import Reading
from branchbook.ui.places.conversions.conversion_step import (
    MEETING,
    POSTPONE,
    ConversionStep,
    with_conversion,
)
from branchbook.ui.places.conversions.people_view import PeopleView, PersonLine, people_view
from branchbook.ui.places.procedures.step_view import step_view

_CHECKS = {joining.FAMILY: JOINING_CHECKS, conversion_steps.FAMILY: CONVERSION_CHECKS}


@dataclass(frozen=True)
class RecordOnScreen:
    """Someone's record. ``procedures`` are all of theirs, the latest first; ``view`` the one at hand with ``step``.

    ``may_begin`` is the family that can be begun now (empty: none).
    """

    person: Person
    line: PersonLine
    branch_id: UUID | None = None
    standing: Standing | None = None
    procedures: tuple[Procedure, ...] = ()
    view: ProcedureView | None = None
    step: ConversionStep | None = None
    may_begin: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is to be shown: a person, or a procedure, at a step; all empty shows who is due first."""

    person_id: UUID | None = None
    procedure_id: UUID | None = None
    step: str = ""


@dataclass(frozen=True)
class ConversionsOnScreen:
    """The list, and the record of the one who is chosen."""

    people: PeopleView
    record: RecordOnScreen | None = None


def conversions_on_screen(
    reading: Reading, organisation_id: UUID, wanted: Wanted, today: date
) -> ConversionsOnScreen:
    """Everyone of the branch, and the record that is wanted (else of the first in the list)."""
    people = people_view(reading, organisation_id, today)
    kept = reading.get(Procedure, wanted.procedure_id) if wanted.procedure_id else None
    person_id = kept.subject_id if kept is not None else wanted.person_id
    if kept is not None and people.find(person_id) is None:  # found by a search in another branch
        others = people_view(reading, kept.organisation_id, today)
        people = people if others.find(person_id) is None else others
    line = people.find(person_id) or next(iter(people.people), None)
    if line is None:
        return ConversionsOnScreen(people)
    return ConversionsOnScreen(people, _record(reading, line, wanted, today))


def _record(reading: Reading, line: PersonLine, wanted: Wanted, today: date) -> RecordOnScreen:
    roster = reading.roster()
    person = roster.person_by_id[line.person_id]
    own = [
        each
        for each in reading.all(Procedure)
        if each.subject_id == person.id and family_of(each) in FAMILIES
    ]
    own.sort(key=lambda each: (each.is_open, each.begun_on, str(each.id)), reverse=True)
    shown = next((each for each in own if each.id == wanted.procedure_id), next(iter(own), None))
    branch, standing = roster.branch_of(person.id, today), roster.standing_on(person.id, today)
    may_begin = _may_begin(standing, own) if branch is not None else ""
    view = step = None
    if shown is not None:
        converting = family_of(shown) == conversion_steps.FAMILY
        view = (
            conversion_view(reading, shown.id, today)
            if converting
            else joining_view(reading, shown.id, today)
        )
        view = _postponed(view, today) if converting else view
        step = _step(reading, view, wanted.step, today)
    return RecordOnScreen(
        person,
        line,
        branch.id if branch else None,
        Standing(standing) if standing else None,
        tuple(own),
        view,
        step,
        may_begin,
    )


def _may_begin(standing: str | None, own: list[Procedure]) -> str:
    """What fits the person now and is not under way; of a full member the conversion that is still to be entered."""
    if standing is None:
        return ""
    if standing == Standing.FULL:
        late = all(family_of(each) == joining.FAMILY for each in own)
        return conversion_steps.FAMILY if own and late else ""
    family = conversion_steps.FAMILY if standing == Standing.PROBATIONARY else joining.FAMILY
    return "" if any(each.is_open and family_of(each) == family for each in own) else family


def _step(reading: Reading, view: ProcedureView, wanted: str, today: date) -> ConversionStep:
    """The step that is wanted, else where work goes on, else the last."""
    usual = _observation_before(view) or view.next or view.steps[-1]
    at_hand = next((each for each in view.steps if each.spec.key == wanted), usual)
    found = _findings(reading, view.procedure, at_hand)
    return with_conversion(reading, step_view(reading, view, at_hand, found, today))


def _postponed(view: ProcedureView, today: date) -> ProcedureView:
    """The meeting is due when a postponed discussion is (D-21)."""
    until = view.procedure.entry(POSTPONE).day("until")
    if until is None:
        return view

    def moved(each: StepStanding) -> StepStanding:
        late = each.entry.done_on is None and until < today
        return replace(each, due_on=until, overdue=late) if each.spec.key == MEETING else each

    following = moved(view.next) if view.next else None
    return replace(view, steps=tuple(map(moved, view.steps)), next=following)


def _observation_before(view: ProcedureView) -> StepStanding | None:
    """Until the application the year is one of observations: optional by the article, but due before it (D-05)."""
    following = view.next
    if following is None or following.spec.key != "application" or following.due_on is None:
        return None
    for each in view.steps:
        due_on = each.due_on if each.spec.key.startswith("observation_") else None
        if due_on is not None and due_on < following.due_on and each.entry.done_on is None:
            return each
    return None


def _findings(reading: Reading, procedure: Procedure, standing: StepStanding) -> tuple[Finding, ...]:
    """What is worth a look about this step: each step is asked alone."""
    checks = _CHECKS[family_of(procedure)]
    return tuple(warnings_of_step(reading, procedure, standing.entry, checks))
