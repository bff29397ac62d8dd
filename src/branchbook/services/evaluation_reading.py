"""What a book knows of its evaluations: assessments by member, counts that stand, the cap, grades over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.evaluation import FAMILY
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.evaluation_count import Cap, Grade, GradeCount
from branchbook.domain.evaluation_participants import base_of, cap_for
from branchbook.domain.evaluations import Assessment, Audience, Elsewhere, GradeRound, Participant
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.requirements import RoundHeld
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

EVALUATION = "democratic_evaluation"
"""The requirement of the yearly evaluation (B-29)."""


@dataclass(frozen=True, slots=True)
class YearGrade:
    """A member's grade of one year, from a round that ended."""

    year: int
    grade: Grade
    organisation_id: UUID
    procedure_id: UUID


def assessments_by_person(reading: Reading, procedure_id: UUID) -> Mapping[UUID, Assessment]:
    """The assessments of a round by member."""
    return {each.person_id: each for each in reading.assessments((procedure_id,))}


def grades_over_years(reading: Reading, person_id: UUID) -> tuple[YearGrade, ...]:
    """A member's final grades, the latest year first: those of rounds that ended, in whatever branch."""
    found = []
    for each in reading.assessments(person_ids=(person_id,)):
        procedure = reading.get(Procedure, each.procedure_id)
        if each.grade is None or procedure is None or not is_ended_evaluation(procedure):
            continue
        found.append(YearGrade(procedure.year, each.grade, procedure.organisation_id, procedure.id))
    return tuple(sorted(found, key=lambda each: (-each.year, str(each.procedure_id))))


def evaluations_in(reading: Reading) -> tuple[Procedure, ...]:
    """Every round of the book, the latest year first."""
    found = (each for each in reading.all(Procedure) if is_evaluation(each))
    return tuple(sorted(found, key=lambda each: (each.year, each.begun_on), reverse=True))


def rounds_held(reading: Reading, organisation_ids: Sequence[UUID], year: int) -> tuple[RoundHeld, ...]:
    """What the rounds of a year satisfied: the life meeting that was held, the evaluation that gave its grades."""
    return tuple(
        RoundHeld(requirement, each.organisation_id, each.year, day, each.id, each.entry(step).record_id)
        for each in evaluations_in(reading)
        if each.year == year and each.organisation_id in organisation_ids
        if each.state != ProcedureState.ABANDONED
        for step, requirement in _SATISFIES.items()
        if (day := each.done_on(step)) is not None
    )


def counted_elsewhere(
    reading: Reading, organisation_ids: Sequence[UUID], year: int
) -> frozenset[tuple[str, UUID]]:
    """(requirement, record) that rounds of other years took up, so that last year's meeting is not this year's too."""
    return frozenset(
        (requirement, entry.record_id)
        for each in evaluations_in(reading)
        if each.year != year and each.organisation_id in organisation_ids
        if each.state != ProcedureState.ABANDONED
        for entry in each.steps
        if entry.record_id is not None
        for requirement in (_SATISFIES["life_meeting"], EVALUATION)
        if (entry.step == "life_meeting") == (requirement != EVALUATION)
    )


_SATISFIES = {"life_meeting": "organisational_life_meeting", "grading": EVALUATION}
"""The requirement that a step of a round satisfies."""


def is_evaluation(procedure: Procedure) -> bool:
    """Whether a procedure is a round."""
    shape = SHAPE_BY_KEY.get(procedure.shape)
    return shape is not None and shape.family == FAMILY


def is_ended_evaluation(procedure: Procedure) -> bool:
    """Whether a procedure is an evaluation whose grades are final."""
    return procedure.state in (ProcedureState.FINISHED, ProcedureState.CORRECTED) and is_evaluation(procedure)


def participant_in(procedure: Procedure, person_id: UUID) -> Participant | None:
    """A member's line in the list, None for someone who is not in it."""
    return next((each for each in procedure.participants if each.person_id == person_id), None)


def rules_day(procedure: Procedure, today: date) -> date:
    """The day whose rules a round is judged by: that of grading, else of the ballot, else today."""
    return procedure.done_on("grading") or procedure.done_on("ballot") or today


def cap_of_round(reading: Reading, procedure: Procedure, today: date) -> Cap:
    """How many may be 优秀, by the list as it stands and the base that the book chose (V-04, V-05)."""
    rules = rulebook_of(reading).on(rules_day(procedure, today))
    return cap_for(procedure.participants, rules, base_of(rules))


def excellent_of(procedure: Procedure, assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Those graded 优秀 who count for the cap: not a guest, who is counted where the membership is (V-05)."""
    guests = {each.person_id for each in procedure.participants if each.elsewhere == Elsewhere.SENT}
    return tuple(
        each for each in assessments if each.grade == Grade.EXCELLENT and each.person_id not in guests
    )


def count_of(
    procedure: Procedure, person_id: UUID, audience: Audience = Audience.MEMBERS
) -> GradeCount | None:
    """A member's totals in the last confirmed round of an audience."""
    counted = counted_round(procedure, audience)
    line = counted.line_of(person_id) if counted else None
    return line.count if line else None


def leading_grades(count: GradeCount) -> frozenset[Grade]:
    """The grade that most ballots give, several where they are equal; empty without a graded ballot."""
    numbers: dict[Grade, int] = {grade: getattr(count, grade.value) for grade in Grade}
    most = max(numbers.values())
    return frozenset(grade for grade, number in numbers.items() if number == most) if most else frozenset()


def counted_round(procedure: Procedure, audience: Audience = Audience.MEMBERS) -> GradeRound | None:
    """The last confirmed round of an audience, None where none is confirmed."""
    found = [each for each in procedure.grade_rounds if each.audience == audience and each.is_confirmed]
    return found[-1] if found else None
