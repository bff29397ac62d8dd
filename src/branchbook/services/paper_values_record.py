"""The values of a record's paper: only what the record says, in the words in which it says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchbook.catalogue.kinds import RecordKind
from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.papers.measures import CONTENT_KEY
from branchbook.domain.dates import chinese_date
from branchbook.domain.fields import FieldType
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.domain.records import Attendance, FieldValue, FrozenCount, Presence, Record
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_minutes import (
    agenda_lines,
    minutes_of,
    resolution_lines_of,
    vote_rows,
    votes_of,
)
from branchbook.services.paper_words import meeting_name, named, named_with_posts, paragraphs, time_of
from branchbook.services.privacy import WITHHELD
from branchbook.services.subjects import subject_under
from branchbook.services.vote_lines import cited, tight
from branchbook.services.words import word_of

_NAME_ONLY = frozenset({"chair", "minute_taker"})


def record_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """Every value that a paper of this record may ask for, printed under one of its kinds."""
    values: dict[str, Value] = {
        "subject": subject_under(record, kind),
        "occasion": record.occasion,
        "time": time_of(record),
        "venue": record.venue,
        "group": binding.names.organisation,
        "meeting": meeting_name(kind.name, binding.names),
        "observers": _observers(record),
        "exclusions": _exclusions(record),
        "correction": _correction(record),
        **_counts(record),
        **_people(record),
        **_fields(record, kind),
    }
    if binding.withholds(record):
        values["content"] = (Paragraph(f"（{WITHHELD}）", ParagraphStyle.PLAIN),)
    if kind.has_agenda:
        votes = votes_of(record, binding.rulebook)
        values["agenda"] = agenda_lines(record)
        values[CONTENT_KEY] = minutes_of(record, votes)
        values["votes"] = vote_rows(record, votes)
        values["resolutions"] = resolution_lines_of(record.agenda)
    values["remark"] = _remark(record)
    return values


def _people(record: Record) -> Mapping[str, str]:
    return {
        key: named(people) if key in _NAME_ONLY else named_with_posts(people)
        for key, people in record.people.items()
    }


def _fields(record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """The kind's own fields; long texts as paragraphs."""
    style = {"opinions": ParagraphStyle.PLAIN}  # its label stands beside it, in a narrow cell
    types = {spec.key: spec.type for spec in kind.fields}
    return {
        key: paragraphs(str(value), style.get(key, ParagraphStyle.BODY))
        if types.get(key) == FieldType.LONG_TEXT
        else _field_text(value, types.get(key))
        for key, value in record.fields.items()
    }


def _field_text(value: FieldValue, kind: FieldType | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind == FieldType.DATE and isinstance(value, str) and value:
        return chinese_date(date.fromisoformat(value))
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _counts(record: Record) -> Mapping[str, Value]:
    """Numbers from the frozen count; a draft's from its grid, and blank where it has none."""
    values: dict[str, Value] = {"absent": _absent(record)}
    frozen = record.frozen
    if frozen is not None:
        values |= {
            "due": str(frozen.due),
            "present": str(frozen.present),
            "due_votes": str(frozen.due_votes),
            "present_votes": str(frozen.present_votes),
            "on_leave": str(frozen.on_leave),
            "quorum": _quorum(frozen),
            "majority": _majority(frozen),
        }
    elif record.attendance:
        due = [line for line in record.attendance if line.presence != Presence.EXCLUDED]
        values |= {
            "due": str(len(due)),
            "present": str(_number_of(record, Presence.PRESENT)),
            "on_leave": str(_number_of(record, Presence.ON_LEAVE)),
        }
    return values


def _number_of(record: Record, presence: Presence) -> int:
    return sum(1 for line in record.attendance if line.presence == presence)


def _majority(frozen: FrozenCount) -> str:
    """Whether half of the committee came (支部工作条例 第十二条), with the arithmetic."""
    answer = "是" if frozen.quorum_met else "否"
    return f"{answer}。{_quorum(frozen)}" if frozen.sentence else answer


def _quorum(frozen: FrozenCount) -> str:
    """The sentence of arithmetic as it was frozen, with its article."""
    return f"{tight(frozen.sentence)}。{cited(frozen.article)}" if frozen.sentence else ""


def _absent(record: Record) -> str:
    """Each name with its reason; 无 where everyone came, blank where nobody was counted."""
    away = [line for line in record.attendance if line.presence in (Presence.ON_LEAVE, Presence.ABSENT)]
    if not away:
        return "无" if record.attendance else ""
    return "；".join(f"{line.name}（{_reason(line)}）" for line in away)


def _reason(line: Attendance) -> str:
    kind = word_of(line.presence)
    reason = line.reason.strip()
    said = f"{kind}：{reason}" if reason and reason != kind else kind
    return f"{said}；补课：{line.make_up.strip()}" if line.make_up.strip() else said


def _observers(record: Record) -> str:
    if record.observers:
        return named_with_posts(record.observers)
    return "无" if record.attendance else ""


def _exclusions(record: Record) -> str:
    """Approved exclusions by name, with what the higher organisation wrote and whether the meeting agreed."""
    names = {line.person_id: line.name for line in record.attendance}
    found = []
    for exclusion in record.exclusions:
        parts = [exclusion.code]
        if exclusion.consent_document:
            parts.append(f"上级同意：{exclusion.consent_document}")
        if exclusion.consented_on:
            parts.append(chinese_date(exclusion.consented_on))
        if exclusion.approved_by_meeting:
            parts.append("经大会通过")
        found.append(f"{names.get(exclusion.person_id, '')}（{'，'.join(parts)}）")
    return "；".join(found)


def _correction(record: Record) -> str:
    return f"定稿后作过更正，原因：{record.correction_reason}" if record.correction_reason else ""


def _remark(record: Record) -> tuple[Paragraph, ...]:
    """The remark as typed, and that the record was entered late."""
    remark = paragraphs(str(record.fields.get("remark", "")), ParagraphStyle.PLAIN)
    if not record.late_entry:
        return remark
    entered = f"，补记日期：{chinese_date(record.created_at.date())}" if record.created_at else ""
    return (*remark, Paragraph(f"本记录为补记{entered}。", ParagraphStyle.PLAIN))


def printed_kind(record: Record, wanted: str = "") -> RecordKind:
    """The kind under which a record prints: the one wanted, else its main kind."""
    return kind_of(wanted or record.kind)
