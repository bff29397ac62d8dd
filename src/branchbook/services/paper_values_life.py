"""The values of papers about organisational life meetings: what each person said and heard, and the problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from branchbook.catalogue.kinds import RecordKind
from branchbook.catalogue.papers.life_meetings import EXAMINATIONS
from branchbook.catalogue.papers.measures import CONTENT_KEY
from branchbook.domain.life_meetings import Examination, examinations, other_items
from branchbook.domain.papers import GridRows, Value
from branchbook.domain.records import Record, Speech
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_minutes import minutes_of, votes_of
from branchbook.services.paper_values_record import record_values

GROUP_FIELDS = ("committee_examination", "group_examination")
SELF = "自查"


def life_meeting_values(binding: Binding, record: Record, kind: RecordKind) -> Mapping[str, Value]:
    """As any record's, with everyone's examination in a table and only the other items among the minutes."""
    values = dict(record_values(binding, record, kind))
    rest = replace(record, agenda=other_items(record))
    values[CONTENT_KEY] = minutes_of(rest, votes_of(rest, binding.rulebook))
    values[EXAMINATIONS.key] = examination_rows(record)
    return values


def speeches_values(_binding: Binding, record: Record, _kind: RecordKind) -> Mapping[str, Value]:
    """Only the table of what each person said and heard."""
    return {EXAMINATIONS.key: examination_rows(record)}


def examination_rows(record: Record) -> GridRows:
    """A row for each person, in the order of the meeting."""
    return tuple(
        {
            "speaker": each.name,
            "self_criticism": _said(each.self_criticism, each.name),
            "criticisms": _said(each.criticisms, ""),
            "reply": _said(each.reply, each.name),
        }
        for each in examinations(record)
    )


def problem_values(_binding: Binding, record: Record, _kind: RecordKind) -> Mapping[str, Value]:
    """A6-1: the problems as they were told, of the group and then of each person; measures are written by hand."""
    rows = (*_of_group(record), *(row for each in examinations(record) for row in _of_person(each)))
    return {"rows": tuple({"number": str(number), **row} for number, row in enumerate(rows, 1))}


def _of_group(record: Record) -> Iterator[Mapping[str, str]]:
    for key in GROUP_FIELDS:
        for line in str(record.fields.get(key, "")).splitlines():
            if line.strip():
                yield {"whose": "班子", "problem": line.strip(), "source": SELF}


def _of_person(each: Examination) -> Iterator[Mapping[str, str]]:
    for speech in (*each.self_criticism, *each.criticisms):
        if speech.text.strip():
            source = SELF if speech in each.self_criticism else speech.name
            yield {"whose": each.name, "problem": speech.text.strip(), "source": source}


def _said(speeches: Iterable[Speech], own: str) -> str:
    """The texts one under another; whoever is not the person of the row is named before the text."""
    parts = ((speech.name.strip(), speech.text.strip()) for speech in speeches)
    return "\n".join(f"{name}：{text}" if name and name != own else text for name, text in parts if text)
