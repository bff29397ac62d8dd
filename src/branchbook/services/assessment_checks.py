"""What is refused when a member's assessment is kept, and what wants a reason (V-04, V-06, V-07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment, Participant
from branchbook.domain.people import Standing
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.services.evaluation_reading import (
    cap_of_round,
    count_of,
    excellent_of,
    leading_grades,
    participant_in,
    rules_day,
)
from branchbook.services.evaluation_words import cited
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading
from branchbook.services.words import word_of


def check_assessment(
    reading: Reading, procedure: Procedure, assessment: Assessment, stored: Assessment | None, today: date
) -> None:
    """Raise RefusedProblem for what cannot be: a stranger, a grade for someone not graded, a day to come."""
    participant = participant_in(procedure, assessment.person_id)
    if participant is None:
        raise RefusedProblem(f"{assessment.name}不在参评名单中", "核定参评人员", "请先重新核定参评人员")
    if assessment.grade is not None and not participant.graded:
        _refuse_ungraded(reading, participant, today)
    if any(each.by.person_id == assessment.person_id for each in assessment.criticisms):
        raise RefusedProblem(f"{assessment.name}不能评议自己", "互评意见", "自我批评请写在“自我批评”栏")
    for day, what in ((assessment.fed_back_on, "反馈日期"), (assessment.superior_on, "上级意见日期")):
        if day is not None and day > today:
            raise RefusedProblem(f"{what}在今天之后", f"{assessment.name} {day}", "请核对日期")
    fresh = stored is None or stored.fed_back_on != assessment.fed_back_on
    if assessment.fed_back_on is not None and fresh:
        _refuse_early_feedback(procedure, participant, assessment)


def check_grades(
    reading: Reading,
    procedure: Procedure,
    before: Mapping[UUID, Assessment],
    changed: Mapping[UUID, Assessment],
    today: date,
) -> None:
    """Raise ReasonProblem for 优秀 above the cap, and for a grade other than the ballots', without a reason.

    Only assessments whose grade is new are asked; what was kept with a reason stays.
    """
    new = [
        each
        for key, each in changed.items()
        if each.grade is not None and _asks(each, before.get(key)) and not each.departure_reason.strip()
    ]
    cap = cap_of_round(reading, procedure, today)
    excellent = excellent_of(procedure, {**before, **changed}.values())
    if len(excellent) > cap.most and excellent_of(procedure, new) and _has_cap(reading, procedure, today):
        words = word_of(cap.base)
        said = f"优秀 {len(excellent)} 名，超过{words} {cap.number} 名的三分之一（{cap.most} 名）"
        raise ReasonProblem(cited(reading, today, "V-04", said), "评定等次", "请调整等次，或写明理由")
    for each in new:
        count = count_of(procedure, each.person_id)
        leading = leading_grades(count) if count else frozenset()
        if leading and each.grade not in leading:
            assert each.grade is not None
            most = "、".join(word_of(grade) for grade in Grade if grade in leading)
            said = f"{each.name}测评得票最多的是{most}，评定为{word_of(each.grade)}"
            raise ReasonProblem(cited(reading, today, "V-07", said), "评定等次", "请写明与测评不同的理由")


def _asks(assessment: Assessment, stored: Assessment | None) -> bool:
    return (
        stored is None
        or stored.grade != assessment.grade
        or stored.departure_reason != assessment.departure_reason
    )


def _has_cap(reading: Reading, procedure: Procedure, today: date) -> bool:
    return rulebook_of(reading).on(rules_day(procedure, today)).find("V-04") is not None


def _refuse_ungraded(reading: Reading, participant: Participant, today: date) -> None:
    if participant.standing != Standing.FULL:
        said = cited(reading, today, "V-06", f"{participant.name}是预备党员，参加评议、不评定等次")
        raise RefusedProblem(said, "评定等次", "请把等次留空")
    why = f"（{participant.reason}）" if participant.reason else ""
    raise RefusedProblem(
        f"{participant.name}不评定等次{why}", "评定等次", "确需评定的，先在参评名单中改为评定等次并写明原因"
    )


def _refuse_early_feedback(procedure: Procedure, participant: Participant, assessment: Assessment) -> None:
    if participant.graded and assessment.grade is None:
        raise RefusedProblem(f"{participant.name}还没有评定等次", "反馈", "请先评定等次，再登记反馈")
    graded_on = procedure.done_on("grading")
    assert assessment.fed_back_on is not None
    if graded_on is not None and assessment.fed_back_on < graded_on:
        raise RefusedProblem(
            f"反馈日期 {assessment.fed_back_on} 早于评定等次的 {graded_on}", participant.name, "请核对日期"
        )
