"""Records from the first key to 定稿, and what may still happen to them afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.attendance import strictest
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment, Record, RecordState
from branchbook.services.counting import count_of, default_decision, unexplained_items
from branchbook.services.guards import clean_text, cleaned
from branchbook.services.mentions import procedures_on
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.record_defaults import attendance_for
from branchbook.services.store import Book, Reading, Writing

LATE_AFTER = timedelta(days=31)
"""A record begun later than this after the day it was held is marked 补记."""


def save_record(book: Book, record: Record, actor: Actor) -> Outcome[Record]:
    """Keep a draft as one operation, when a field is left. A record equal to the stored one leaves no line.

    Raises RefusedProblem for a record that is already final (it is corrected, with a reason), and for a
    text that no file can keep.
    """
    with operate(book, actor, f"填写{kind_of(record.kind).name}") as operating:
        kept = save_in(operating.writing, record, actor)
    return Outcome(kept, operating.changes)


def save_in(writing: Writing, record: Record, actor: Actor) -> Record:
    """As :func:`save_record`, within an operation that does more."""
    record = cleaned(record)
    stored = writing.get(Record, record.id)
    if stored is not None and stored.is_final:
        raise RefusedProblem("这份记录已经定稿", record.subject, "请用“更正”并写明原因")
    kept = _as_draft(record, actor)
    if kept != stored:
        writing.put(kept)
    writing.drop_draft(record.id)
    return kept


def with_day_changed(reading: Reading, record: Record, actor: Actor) -> Record:
    """The record with its attendance asked anew of the roster on its day; marks made are kept."""
    day = record.held_on or actor.today
    lines = attendance_for(reading.roster(), record.kinds, record.organisation_id, day, record.attendance)
    return replace(record, attendance=lines)


def finalise(book: Book, record_id: UUID, actor: Actor) -> Outcome[Record]:
    """定稿: freeze the counts.

    Raises RefusedProblem naming every required field that is empty, for a day after today or on which the
    organisation no longer existed, and for an outcome that contradicts its counts without a reason.
    """
    with operate(book, actor, "定稿") as operating:
        record = _stored(operating.writing, record_id)
        if record.is_final:
            raise RefusedProblem("这份记录已经定稿", record.subject, "需要改动时请用“更正”")
        missing = missing_fields(record)
        if missing:
            raise RefusedProblem(
                f"还缺：{'、'.join(missing)}", kind_of(record.kind).name, "填好后再定稿；草稿已保存"
            )
        _refuse_future(record, actor, "会议日期在今天之后，还不能定稿", "开会后再定稿")
        _refuse_closed(operating.writing, record)
        final = replace(_frozen(operating.writing, record), state=RecordState.FINAL, finalised_at=actor.now)
        _refuse_unexplained(operating.writing, final)
        operating.writing.put(final)
        operating.writing.drop_draft(record_id)
    return Outcome(final, operating.changes)


def correct(book: Book, record: Record, reason: str, actor: Actor) -> Outcome[Record]:
    """Replace a final record by a corrected one; the earlier text stays in the history.

    The numbers stay frozen but where the correction touches what they rest on; who was in the base of votes
    then stays in it. Raises RefusedProblem without a reason, for a draft, where a required field was emptied,
    for a day after today or on which the organisation no longer existed, for an outcome that contradicts its
    counts without a reason, and for a text that no file can keep.
    """
    record, reason = cleaned(record), clean_text(reason, "更正原因").strip()
    if not reason:
        raise RefusedProblem("更正需要写明原因", record.subject, "写一句话即可；原因会打印在记录上")
    with operate(book, actor, "更正记录", reason=reason) as operating:
        stored = _stored(operating.writing, record.id)
        if not stored.is_final:
            raise RefusedProblem("草稿可以直接修改，不用更正", record.subject)
        missing = missing_fields(record)
        if missing:
            raise RefusedProblem(f"更正后缺：{'、'.join(missing)}", record.subject, "请补齐")
        _refuse_future(record, actor, "更正后的日期在今天之后", "请核对日期")
        _refuse_closed(operating.writing, record)
        changed = _counts_changed(stored, record)
        recounted = _frozen(operating.writing, record, stored) if changed else _still_frozen(record, stored)
        corrected = replace(
            recounted,
            state=RecordState.CORRECTED,
            correction_reason=reason,
            created_at=stored.created_at,
            finalised_at=stored.finalised_at,
            late_entry=stored.late_entry,
        )
        _refuse_unexplained(operating.writing, corrected)
        operating.writing.put(corrected)
        operating.writing.drop_draft(record.id)
    return Outcome(corrected, operating.changes)


def remove_record(book: Book, record_id: UUID, actor: Actor, reason: str = "") -> Outcome[Record]:
    """Move a record and its attachments to the recycle bin. A final one needs a reason."""
    with operate(book, actor, "删除记录", reason=reason) as operating:
        record = _stored(operating.writing, record_id)
        if record.is_final and not reason.strip():
            raise RefusedProblem("删除已定稿的记录需要写明原因", record.subject, "写一句话即可")
        used = procedures_on(operating.writing, "record", record_id)
        if used:
            said = f"这份记录是办理事项的会议记录：{'；'.join(used)}"
            raise RefusedProblem(said, record.subject, "请先在那里改选另一份记录")
        for attachment in operating.writing.attachments_of((record_id,)):
            operating.writing.remove(Attachment, attachment.id)
        operating.writing.remove(Record, record_id)
        operating.writing.drop_draft(record_id)
    return Outcome(record, operating.changes)


def missing_fields(record: Record) -> tuple[str, ...]:
    """Labels of required fields that are empty, in the order of the editor."""
    return tuple(dict.fromkeys(_missing(record)))


def _missing(record: Record) -> Iterable[str]:
    if record.held_on is None:
        yield "日期"
    for kind in map(kind_of, record.kinds):
        if kind.subject_required and not record.subject.strip():
            yield kind.subject_label
        for spec in kind.fields:
            if spec.required and not (record.people.get(spec.key) or record.fields.get(spec.key)):
                yield spec.label
        if kind.has_agenda and not any(item.title.strip() for item in record.agenda):
            yield "议题"


def _as_draft(record: Record, actor: Actor) -> Record:
    created_at = record.created_at or actor.now
    is_late = record.held_on is not None and created_at.date() - record.held_on > LATE_AFTER
    return replace(
        record,
        state=RecordState.DRAFT,
        created_at=created_at,
        late_entry=is_late,
        frozen=None,
        finalised_at=None,
    )


def _frozen(reading: Reading, record: Record, stored: Record | None = None) -> Record:
    """The record with its counts, and each member's right to vote, frozen as of its day.

    For a correction, ``stored`` is the record as finalised: who was in the base then stays in it.
    """
    counted = count_of(reading, record, stored)
    attendance = tuple(replace(line, votes=counted.votes(line.person_id)) for line in record.attendance)
    return replace(record, attendance=attendance, frozen=counted.frozen)


def _still_frozen(record: Record, stored: Record) -> Record:
    """The record with the numbers and the rights to vote that were frozen with ``stored``."""
    votes = {line.person_id: line.votes for line in stored.attendance}
    lines = tuple(replace(line, votes=votes[line.person_id]) for line in record.attendance)
    return replace(record, attendance=lines, frozen=stored.frozen)


def _counts_changed(stored: Record, corrected: Record) -> bool:
    """Whether a correction touches what the counts rest on; else the frozen numbers stay."""
    return _basis(stored) != _basis(corrected)


def _basis(record: Record) -> tuple[object, ...]:
    """Day, kinds, exclusions, marks, and the kind of decision whose quorum the meeting is measured by."""
    marks = tuple((line.person_id, line.presence) for line in record.attendance)
    decision = strictest(record, default_decision(record))
    return (record.held_on, record.organisation_id, record.kinds, record.exclusions, marks, decision)


def _refuse_future(record: Record, actor: Actor, what: str, next_step: str) -> None:
    if record.held_on is not None and record.held_on > actor.today:
        raise RefusedProblem(what, f"{record.held_on:%Y-%m-%d}", next_step)


def _refuse_closed(reading: Reading, record: Record) -> None:
    """What was closed holds no meetings. A day before the founding is no hindrance: founding days of long
    ago are often guesses.
    """
    place = reading.roster().organisation_by_id[record.organisation_id]
    if place.closed_on is None or record.held_on is None or record.held_on < place.closed_on:
        return
    raise RefusedProblem(
        f"“{place.name}”已于 {place.closed_on} 撤销，{record.held_on} 不能再开会",
        record.subject,
        "请核对日期，或改为现在的组织",
    )


def _refuse_unexplained(reading: Reading, final: Record) -> None:
    """An outcome that contradicts the counts is recorded only with a reason, which prints."""
    titles = unexplained_items(reading, final)
    if titles:
        raise RefusedProblem(
            "记录的结果与票数不同，还没有写明原因", "；".join(titles), "请写明原因，或改为“结果按票数”"
        )


def _stored(reading: Reading, record_id: UUID) -> Record:
    record = reading.get(Record, record_id)
    if record is None:
        raise RefusedProblem("找不到这份记录", "", "它可能已移到回收站，请刷新列表")
    return record
