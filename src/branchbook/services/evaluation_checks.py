"""When a step of an evaluation may be called done (支部工作条例 第十七、十八条): what it rests on, or a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluation_participants import is_on_ballot
from branchbook.domain.evaluations import Assessment, Audience
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.evaluation_reading import assessments_by_person, counted_round
from branchbook.services.evaluation_words import cited
from branchbook.services.store import Reading

MOST_NAMED = 8
"""So many people are named in a refusal; of more only the number is said."""


def check_evaluation_step(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Asked before a step is kept; a step that is not called done is kept as it is.

    Raises RefusedProblem where what the step rests on is missing, ReasonProblem where a reason may stand instead.
    """
    check = _CHECKS.get(entry.step)
    if entry.done_on is not None and check is not None:
        check(reading, procedure, entry)


def check_evaluation_abandoned(procedure: Procedure) -> None:
    """Refuse to give up a round whose grades were decided: they stand until the step is opened again."""
    if procedure.is_done("grading"):
        raise RefusedProblem(
            "等次已经评定", f"{procedure.done_on('grading')}", "请办结；评定有误的，先重开“评定等次”这一步"
        )


def _participants(_: Reading, procedure: Procedure, __: StepEntry) -> None:
    if not any(each.takes_part for each in procedure.participants):
        raise RefusedProblem("还没有核定参评人员", "核定参评人员", "请先按当日名册核定")


def _ballot(_: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """The step rests on a confirmed count of the members' ballots; where nobody is on the ballot there is none."""
    if procedure.participants and not any(map(is_on_ballot, procedure.participants)):
        return
    left = [each for each in procedure.grade_rounds if not each.is_confirmed]
    if left:
        raise RefusedProblem(f"{left[0].held_on} 的测评还没有确认", "民主测评", "请先确认计票，或删去这一轮")
    counted = counted_round(procedure, Audience.MEMBERS)
    if counted is None:
        raise RefusedProblem("还没有确认的党员测评", "民主测评", "请先录入测评票并确认计票")
    if entry.done_on is not None and entry.done_on < counted.held_on:
        raise RefusedProblem(f"本步日期早于测评的 {counted.held_on}", f"{entry.done_on}", "请核对日期")


def _grading(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Everyone graded has a grade, and no grade contradicts its own rules; a reason may stand for who has none."""
    found = assessments_by_person(reading, procedure.id)
    listed = {each.person_id: each for each in procedure.participants}
    strange = [
        each.name
        for key, each in found.items()
        if each.grade is not None and not (key in listed and listed[key].graded)
    ]
    if strange:
        said = f"{_names(strange)}不评定等次，却已有等次"
        day = entry.done_on or procedure.begun_on
        raise RefusedProblem(cited(reading, day, "V-06", said), "评定等次", "请把等次留空，或更正参评名单")
    without = [each.name for key, each in listed.items() if each.graded and not _grade(found, key)]
    _ask(without, "还没有评定等次", "评定等次", entry)


def _feedback(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    found = assessments_by_person(reading, procedure.id)
    without = [
        each.name
        for each in procedure.participants
        if _grade(found, each.person_id) and found[each.person_id].fed_back_on is None
    ]
    _ask(without, "还没有登记反馈", "反馈结果", entry)


def _use(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """不合格 opens a follow-up: what was done or decided is written down (V-08)."""
    found = assessments_by_person(reading, procedure.id)
    names = [each.name for each in found.values() if each.grade == Grade.UNQUALIFIED]
    if names and not entry.text("remarks").strip():
        said = f"{_names(names)}评定为不合格，没有写教育转化或组织处置情况"
        day = entry.done_on or procedure.begun_on
        raise RefusedProblem(cited(reading, day, "V-08", said), "结果运用", "请在“运用情况”中写明")


def _grade(found: Mapping[UUID, Assessment], person_id: UUID) -> Grade | None:
    return found[person_id].grade if person_id in found else None


def _ask(names: Iterable[str], what: str, where: str, entry: StepEntry) -> None:
    listed = list(names)
    if listed and not entry.reason.strip():
        raise ReasonProblem(f"{_names(listed)}{what}", where, "请补上；确有原因的，写明原因")


def _names(names: list[str]) -> str:
    more = f"等 {len(names)} 人" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


_CHECKS: Mapping[str, Callable[[Reading, Procedure, StepEntry], None]] = {
    "participants": _participants,
    "ballot": _ballot,
    "grading": _grading,
    "feedback": _feedback,
    "use": _use,
}
"""By step; the others may be called done as they are."""
