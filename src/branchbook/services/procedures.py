"""Procedures of every kind: begin, do a step, finish, abandon, correct. What a kind adds is in its own module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.catalogue.procedures_list import SHAPE_BY_KEY, shape_of
from branchbook.domain.evaluations import Assessment
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import (
    Procedure,
    ProcedureShape,
    ProcedureState,
    StepEntry,
    StepStanding,
    next_step,
    out_of_order,
    standings,
)
from branchbook.domain.records import Attachment, Record
from branchbook.services.guards import clean_text, cleaned, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.rules import rulebook_of
from branchbook.services.step_checks import check_abandon, check_step
from branchbook.services.step_fields import refuse_faulty_fields
from branchbook.services.step_following import follow_step
from branchbook.services.store import Book, Reading, Writing


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """A procedure with its steps as a screen shows them. ``next`` is where work goes on."""

    procedure: Procedure
    shape: ProcedureShape
    steps: tuple[StepStanding, ...]
    next: StepStanding | None


def begin_procedure(
    book: Book,
    shape_key: str,
    organisation_id: UUID,
    begun_on: date,
    actor: Actor,
    subject_id: UUID | None = None,
) -> Outcome[Procedure]:
    """Begin a procedure. Raises RefusedProblem while another of its family is open there (for this person), and
    for a yearly one, which begins with its year (see ``evaluations.begin_evaluation``).
    """
    shape = shape_of(shape_key)
    if shape.yearly:
        raise RefusedProblem(
            f"{shape.name}按年度开始，还没有说是哪一年度", shape.name, "请在“民主评议”里开始"
        )
    with operate(book, actor, f"开始{shape.name}") as operating:
        procedure = begin_in(operating.writing, shape_key, organisation_id, begun_on, actor, subject_id)
    return Outcome(procedure, operating.changes)


def begin_in(
    writing: Writing,
    shape_key: str,
    organisation_id: UUID,
    begun_on: date,
    actor: Actor,
    subject_id: UUID | None = None,
) -> Procedure:
    """Within an operation: begin a procedure (see ``begin_procedure``)."""
    shape = shape_of(shape_key)
    place = still_there(writing, Organisation, organisation_id, "这个组织")
    if not place.exists_on(begun_on):
        raise RefusedProblem(f"“{place.name}”在 {begun_on} 不存在", "", "请核对开始日期")
    other = open_procedure(writing, shape.family, organisation_id, subject_id)
    if other is not None:
        raise RefusedProblem(
            f"“{place.name}”已有一项{shape_of(other.shape).name}正在办理（{other.begun_on} 开始）",
            shape.name,
            "请先办结或终止它",
        )
    procedure = Procedure(
        uuid4(),
        shape.key,
        organisation_id,
        begun_on,
        subject_id=subject_id,
        created_at=actor.now,
        shape_version=shape.version,
    )
    writing.put(procedure)
    return procedure


def open_procedure(
    reading: Reading, family: str, organisation_id: UUID, subject_id: UUID | None = None
) -> Procedure | None:
    """The open procedure of a family in an organisation (about a person), None where there is none."""
    for each in procedures_of(reading, organisation_id, family):
        if each.is_open and each.subject_id == subject_id:
            return each
    return None


def procedures_of(
    reading: Reading, organisation_id: UUID | None = None, family: str = ""
) -> tuple[Procedure, ...]:
    """Procedures of an organisation (None: of all) and family (empty: any), the latest begun first."""
    found = [
        each
        for each in reading.all(Procedure)
        if organisation_id in (None, each.organisation_id) and (not family or _family(each) == family)
    ]
    return tuple(sorted(found, key=lambda each: (each.begun_on, str(each.id)), reverse=True))


def procedure_view(
    reading: Reading, procedure_id: UUID, today: date, anchors: Mapping[str, date] | None = None
) -> ProcedureView:
    """A procedure with the standing of its steps. ``anchors`` are dates that its kind knows ("term_end")."""
    procedure = still_there(reading, Procedure, procedure_id, "这项办理事项")
    shape = shape_of(procedure.shape)
    steps = standings(shape, procedure, today, anchors or {}, rulebook_of(reading).on(today))
    return ProcedureView(procedure, shape, steps, next_step(steps))


def save_step(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """Keep what was entered for one step, done or not, with what follows from it, as one operation.

    Raises RefusedProblem for a procedure that is not open, a day after today, a step done before what must
    stand before it without a reason, and a required field left empty in a step that is done.
    """
    with operate(book, actor, step_label(book, procedure_id, entry.step)) as operating:
        procedure = open_in(operating.writing, procedure_id)
        changed = with_step(operating.writing, procedure, entry, actor)
        if changed != procedure:
            operating.writing.put(changed)
            changed = follow_step(operating.writing, entry.step, procedure, changed)
    return Outcome(changed, operating.changes)


def with_step(reading: Reading, procedure: Procedure, entry: StepEntry, actor: Actor) -> Procedure:
    """The procedure with one step entered, after the checks of all kinds (see ``save_step``) and of its own."""
    shape, entry = shape_of(procedure.shape), cleaned(entry)
    spec = shape.step(entry.step)
    if spec is None:
        raise RefusedProblem("没有这一步", entry.step, f"{shape.name}不包含这一步")
    if entry.record_id is not None and reading.get(Record, entry.record_id) is None:
        raise RefusedProblem("所选的会议记录已不在簿中", spec.name, "请重新选择")
    refuse_faulty_fields(spec, entry)
    if entry.done_on is not None:
        if entry.done_on > actor.today:
            raise RefusedProblem(f"{spec.day_label}在今天之后", spec.name, "办理之后再填写日期")
        missing = [
            each.label
            for each in spec.fields
            if each.required and not (entry.values.get(each.key) or entry.people.get(each.key))
        ]
        if missing:
            raise RefusedProblem(f"还缺：{'、'.join(missing)}", spec.name, "填好后再完成这一步")
        faults = out_of_order(shape, procedure, entry)
        if faults and not entry.reason.strip():
            raise ReasonProblem("；".join(faults), spec.name, "请核对日期；确需先办的，写明原因")
    check_step(reading, procedure, shape, entry)
    return procedure.with_entry(entry)


def reopen_step(book: Book, procedure_id: UUID, step: str, actor: Actor) -> Outcome[Procedure]:
    """Take back that a step is done; what was entered stays."""
    with book.reading() as reading:
        entry = still_there(reading, Procedure, procedure_id, "这项办理事项").entry(step)
    return save_step(book, procedure_id, replace(entry, done_on=None), actor)


def finish_procedure(book: Book, procedure_id: UUID, on: date, actor: Actor) -> Outcome[Procedure]:
    """Freeze a procedure once every step that it needs is done. Raises RefusedProblem naming those that are not."""
    with operate(book, actor, "办结") as operating:
        finished = finish_in(operating.writing, open_in(operating.writing, procedure_id), on)
    return Outcome(finished, operating.changes)


def finish_in(writing: Writing, procedure: Procedure, on: date) -> Procedure:
    """Within an operation: freeze a procedure. Raises RefusedProblem naming the steps that are not done."""
    shape = shape_of(procedure.shape)
    left = [
        each.name
        for each in shape.steps
        if not each.optional and each.is_needed(procedure) and not procedure.is_done(each.key)
    ]
    if left:
        raise RefusedProblem(f"还有步骤没有完成：{'、'.join(left)}", shape.name, "完成后再办结，或终止办理")
    finished = replace(procedure, state=ProcedureState.FINISHED, ended_on=on)
    writing.put(finished)
    return finished


def abandon_procedure(
    book: Book, procedure_id: UUID, on: date, reason: str, actor: Actor
) -> Outcome[Procedure]:
    """End a procedure that is not carried on.

    Raises RefusedProblem without a reason, and for one whose result stands in the roster already.
    """
    reason = clean_text(reason, "终止原因").strip()
    if not reason:
        raise RefusedProblem("终止办理需要写明原因", "", "写一句话即可")
    if on > actor.today:
        raise RefusedProblem("终止日期在今天之后", f"{on}", "请核对日期")
    with operate(book, actor, "终止办理", reason=reason) as operating:
        procedure = open_in(operating.writing, procedure_id)
        check_abandon(procedure, shape_of(procedure.shape))
        ended = replace(procedure, state=ProcedureState.ABANDONED, ended_on=on, ending_reason=reason)
        operating.writing.put(ended)
    return Outcome(ended, operating.changes)


def correct_procedure(book: Book, corrected: Procedure, reason: str, actor: Actor) -> Outcome[Procedure]:
    """Replace a finished procedure by a corrected one; the earlier state stays in the history.

    What changes in its steps is checked as when it was entered, and followed by the roster. Raises RefusedProblem
    without a reason, for a procedure that is not finished, and for a step that could not have been done so.
    """
    corrected, reason = cleaned(corrected), clean_text(reason, "更正原因").strip()
    if not reason:
        raise RefusedProblem("更正需要写明原因", "", "写一句话即可；原因会打印")
    with operate(book, actor, "更正办理事项", reason=reason) as operating:
        stored = still_there(operating.writing, Procedure, corrected.id, "这项办理事项")
        if stored.state not in (ProcedureState.FINISHED, ProcedureState.CORRECTED):
            raise RefusedProblem("没有办结的事项可以直接修改，不用更正")
        changed = _corrected_steps(operating.writing, stored, corrected, actor)
        kept = replace(
            corrected, state=ProcedureState.CORRECTED, correction_reason=reason, ended_on=stored.ended_on
        )
        operating.writing.put(kept)
        for step in changed:
            kept = follow_step(operating.writing, step, stored, kept)
    return Outcome(kept, operating.changes)


def _corrected_steps(
    reading: Reading, stored: Procedure, corrected: Procedure, actor: Actor
) -> tuple[str, ...]:
    """The steps that a correction changes, each checked like one that is entered; what was done stays done."""
    shape, checked = shape_of(stored.shape), stored
    places = {spec.key: at for at, spec in enumerate(shape.steps)}
    changed = [each for each in corrected.steps if each != stored.entry(each.step)]
    for entry in sorted(changed, key=lambda each: places.get(each.step, 0)):
        checked = with_step(reading, checked, entry, actor)
    undone = {each.step for each in stored.steps if each.done_on and not corrected.is_done(each.step)}
    names = [spec.name for spec in shape.steps if spec.key in undone]
    if names:
        raise RefusedProblem(f"已办结的步骤不能没有日期：{'、'.join(names)}", shape.name, "请填写办理的日期")
    return tuple(each.step for each in changed)


def remove_procedure(book: Book, procedure_id: UUID, actor: Actor, reason: str = "") -> Outcome[None]:
    """Move a procedure, its attachments and assessments to the recycle bin. One that is not open needs a reason.

    Raises RefusedProblem for an open one that may not be abandoned either: its result stands in the roster.
    """
    with operate(book, actor, "删除办理事项", reason=reason) as operating:
        writing = operating.writing
        procedure = still_there(writing, Procedure, procedure_id, "这项办理事项")
        if procedure.is_open and procedure.shape in SHAPE_BY_KEY:
            check_abandon(procedure, shape_of(procedure.shape))
        elif not procedure.is_open and not reason.strip():
            raise RefusedProblem("删除已办结的事项需要写明原因", "", "写一句话即可")
        for attachment in writing.attachments_of((procedure_id,)):
            writing.remove(Attachment, attachment.id)
        for assessment in writing.assessments((procedure_id,)):
            writing.remove(Assessment, assessment.id)
        writing.remove(Procedure, procedure_id)
    return Outcome(None, operating.changes)


def open_in(writing: Writing, procedure_id: UUID) -> Procedure:
    """The procedure, which must be open. Raises RefusedProblem for one that is frozen."""
    procedure = still_there(writing, Procedure, procedure_id, "这项办理事项")
    if not procedure.is_open:
        name = shape_of(procedure.shape).name
        raise RefusedProblem(f"这项{name}已经结束，不能再改", f"{procedure.ended_on}", "需要改动时请用“更正”")
    return procedure


def _family(procedure: Procedure) -> str:
    shape = SHAPE_BY_KEY.get(procedure.shape)
    return shape.family if shape else ""


def step_label(book: Book, procedure_id: UUID, step: str) -> str:
    """What the history calls the entering of a step."""
    with book.reading() as reading:
        procedure = still_there(reading, Procedure, procedure_id, "这项办理事项")
    spec = shape_of(procedure.shape).step(step)
    return f"填写“{spec.name if spec else step}”"
