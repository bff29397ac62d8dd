"""What a round holds of each member: saved while it is open, corrected with a reason later, told over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.evaluations import Assessment, assessment_id
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.assessment_checks import check_assessment, check_grades
from branchbook.services.evaluation_reading import YearGrade, assessments_by_person, grades_over_years
from branchbook.services.evaluation_words import suggested_use
from branchbook.services.guards import clean_text, cleaned, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.store import Book, Writing

__all__ = [
    "YearGrade",
    "assessments_by_person",
    "correct_assessment",
    "correct_assessments",
    "grades_over_years",
    "save_assessment",
    "save_assessments",
    "suggested_use",
]


def save_assessment(book: Book, assessment: Assessment, actor: Actor) -> Outcome[Assessment]:
    """Keep what is known of one member in an open round, creating or replacing it; its identity is the book's own.

    Raises RefusedProblem for a round that is not open, someone who is not in its list, and a grade for a member who
    is not graded (V-06); ReasonProblem for more 优秀 than the cap (V-04) and a grade that departs from the ballots
    (V-07), unless ``departure_reason`` says why.
    """
    saved = save_assessments(book, (assessment,), actor)
    return Outcome(saved.value[0], saved.changes)


def save_assessments(
    book: Book, assessments: Sequence[Assessment], actor: Actor
) -> Outcome[tuple[Assessment, ...]]:
    """Keep several members of one round as one operation: all of them, or none. See ``save_assessment``."""
    assessments = tuple(cleaned(each) for each in assessments)
    names = _named(assessments)
    with operate(book, actor, f"填写评议：{names}") as operating:
        writing = operating.writing
        procedure = open_in(writing, assessments[0].procedure_id)
        kept = _put(writing, procedure, assessments, actor.today)
    return Outcome(kept, operating.changes)


def correct_assessment(book: Book, assessment: Assessment, reason: str, actor: Actor) -> Outcome[Assessment]:
    """Change a member's assessment in a round that ended; the earlier state stays in the history.

    Raises RefusedProblem without a reason, for a round that is still open or was abandoned, and as
    ``save_assessment`` does.
    """
    corrected = correct_assessments(book, (assessment,), reason, actor)
    return Outcome(corrected.value[0], corrected.changes)


def correct_assessments(
    book: Book, assessments: Sequence[Assessment], reason: str, actor: Actor
) -> Outcome[tuple[Assessment, ...]]:
    """Change several members' assessments in a round that ended, as one operation. See ``correct_assessment``."""
    assessments = tuple(cleaned(each) for each in assessments)
    names, reason = _named(assessments), clean_text(reason, "更正原因").strip()
    if not reason:
        raise RefusedProblem("更正需要写明原因", names, "写一句话即可；原因会打印")
    with operate(book, actor, f"更正评议：{names}", reason=reason) as operating:
        writing = operating.writing
        procedure = still_there(writing, Procedure, assessments[0].procedure_id, "这次评议")
        if procedure.state not in (ProcedureState.FINISHED, ProcedureState.CORRECTED):
            raise RefusedProblem("这次评议没有办结", names, "没有办结的可以直接修改，不用更正")
        stored = assessments_by_person(writing, procedure.id)
        kept = _put(writing, procedure, assessments, actor.today)
        if any(each != stored.get(each.person_id) for each in kept):
            writing.put(replace(procedure, state=ProcedureState.CORRECTED, correction_reason=reason))
    return Outcome(kept, operating.changes)


def _named(assessments: Sequence[Assessment]) -> str:
    """赵示例; of several 3 人. Raises RefusedProblem unless all are of one round."""
    if len({each.procedure_id for each in assessments}) != 1:
        raise RefusedProblem("没有可保存的评议内容", "", "请选择同一次评议的党员")
    return assessments[0].name if len(assessments) == 1 else f"{len(assessments)} 人"


def _put(
    writing: Writing, procedure: Procedure, assessments: Sequence[Assessment], today: date
) -> tuple[Assessment, ...]:
    """Within an operation: check and put, each under the one identity of a member's assessment in this round."""
    before = assessments_by_person(writing, procedure.id)
    kept = tuple(_tidied(each, before.get(each.person_id)) for each in assessments)
    for each in kept:
        check_assessment(writing, procedure, each, before.get(each.person_id), today)
    check_grades(writing, procedure, before, {each.person_id: each for each in kept}, today)
    for each in kept:
        if each != before.get(each.person_id):
            writing.put(each)
    for each in (*kept, *assessments):
        writing.drop_draft(each.id)
    return kept


def _identity(assessment: Assessment, stored: Assessment | None) -> UUID:
    return stored.id if stored else assessment_id(assessment.procedure_id, assessment.person_id)


def _tidied(assessment: Assessment, stored: Assessment | None) -> Assessment:
    """Without criticisms that say nothing; ``use`` follows a grade while nobody wrote it otherwise."""
    said = tuple(each for each in assessment.criticisms if each.text.strip() or each.reply.strip())
    kept = replace(assessment, criticisms=said, id=_identity(assessment, stored))
    before = suggested_use(stored.grade) if stored else ""
    if kept.use == before and (stored is None or kept.grade != stored.grade):
        return replace(kept, use=suggested_use(kept.grade))
    return kept
