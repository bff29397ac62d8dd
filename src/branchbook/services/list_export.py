"""Every list of a year as a table for a spreadsheet: records, resolutions, attendance, missing evidence.

The lists of records and of resolutions are read again by :mod:`~branchbook.services.list_import`; what was
not changed in them changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY, KINDS
from branchbook.domain.records import PersonRef, Presence, Record
from branchbook.domain.roster import Roster
from branchbook.services.evidence import missing_evidence, place_words, places_below
from branchbook.services.exchange_files import ListColumn, ListTable, TableFiles
from branchbook.services.list_columns import (
    EVIDENCE_FIELDS,
    RECORD_FIELDS,
    RESOLUTION_FIELDS,
    ListField,
)
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_values_year import attendance_values
from branchbook.services.privacy import open_part
from branchbook.services.resolutions import ResolutionLine, resolution_lines
from branchbook.services.store import Reading, RecordQuery
from branchbook.services.words import word_of

_ATTENDANCE_ENDS = (("on_leave", "请假", 6), ("absent", "缺席", 6), ("rate", "出勤率", 8))


def record_table(reading: Reading, organisation_id: UUID, year: int, today: date) -> ListTable:
    """The records of a year, drafts and undated ones too, by date: one row each with the fields of its head.

    Of an organisation and everything below it. ``today`` is asked of the roster where a record has no date.
    """
    roster = reading.roster()
    query = RecordQuery(
        places_below(roster, organisation_id), from_on=date(year, 1, 1), to_on=date(year, 12, 31)
    )
    rows = [record_cells(roster, each, today) for each in reading.records(query)]
    return _table(f"{year}年会议和记录", RECORD_FIELDS, rows)


def resolution_table(
    reading: Reading, organisation_id: UUID, year: int | None, today: date, *, open_only: bool = False
) -> ListTable:
    """The resolutions passed in a year (None: in all years), the latest first, with their follow-up."""
    roster = reading.roster()
    lines = resolution_lines(reading, places_below(roster, organisation_id), today, open_only=open_only)
    rows = [
        resolution_cells(roster, line, today)
        for line in lines
        if year is None or (line.passed.held_on is not None and line.passed.held_on.year == year)
    ]
    name = "决议台账" if year is None else f"{year}年决议台账"
    return _table(name, RESOLUTION_FIELDS, rows)


def attendance_table(reading: Reading, organisation_id: UUID, year: int, today: date) -> ListTable:
    """Per member, times present of times due under each kind that was held, as the yearly paper counts them."""
    request = PaperRequest("attendance_year", today, organisation_id=organisation_id, year=year)
    found = attendance_values(Binding(BookView(reading), request))["rows"]
    rows: list[Mapping[str, str]] = [row for row in found if isinstance(row, Mapping)]
    held = {key for row in rows for key in row}
    fields = (
        ListField("number", "序号", 6),
        ListField("name", "姓名", 14),
        *(ListField(kind.key, kind.name, 14) for kind in KINDS if kind.key in held),
        *(ListField(*each) for each in _ATTENDANCE_ENDS),
    )
    return _table(f"{year}年出勤统计", fields, rows)


def evidence_table(reading: Reading, organisation_id: UUID, year: int) -> ListTable:
    """Held records of a year that lack an attachment which the settings expect, and what they lack."""
    lines = missing_evidence(reading, organisation_id, year).lines
    rows = [
        {
            "held_on": each.held_on.isoformat(),
            "organisation": each.organisation,
            "kinds": each.kind,
            "subject": each.subject,
            "missing": each.missing_words,
        }
        for each in lines
    ]
    return _table(f"{year}年缺少佐证材料", EVIDENCE_FIELDS, rows)


def all_tables(reading: Reading, organisation_id: UUID, year: int, today: date) -> tuple[ListTable, ...]:
    """All lists of a year, for one workbook."""
    return (
        record_table(reading, organisation_id, year, today),
        resolution_table(reading, organisation_id, year, today),
        attendance_table(reading, organisation_id, year, today),
        evidence_table(reading, organisation_id, year),
    )


def export_lists(files: TableFiles, path: Path, tables: Sequence[ListTable]) -> int:
    """Write lists as one xlsx, a sheet each; returns the number of rows.

    Raises UnreadableProblem where the file cannot be written; one that was there then stays as it was.
    """
    files.write(path, tables)
    return sum(len(table.rows) for table in tables)


def record_cells(roster: Roster, record: Record, today: date) -> Mapping[str, str]:
    """The row of a record by column key."""
    due, present = _numbers(record)
    return {
        "kinds": kind_words(record),
        "held_on": day_words(record.held_on),
        "organisation": place_words(roster, record.organisation_id, record.held_on or today),
        "subject": open_part(record).subject,
        "venue": record.venue,
        "chair": name_words(record.people.get("chair", ())),
        "minute_taker": name_words(record.people.get("minute_taker", ())),
        "due": due,
        "present": present,
        "state": word_of(record.state),
        "id": str(record.id),
    }


def resolution_cells(roster: Roster, line: ResolutionLine, today: date) -> Mapping[str, str]:
    """The row of a resolution by column key."""
    passed, resolution = line.passed, line.passed.resolution
    return {
        "number": line.number,
        "organisation": place_words(roster, passed.organisation_id, passed.held_on or today),
        "held_on": day_words(passed.held_on),
        "item": passed.item_title,
        "text": resolution.text,
        "responsible": name_words(resolution.responsible),
        "due_on": day_words(resolution.due_on),
        "done_on": day_words(resolution.done_on),
        "outcome": resolution.outcome,
        "id": str(resolution.id),
    }


def kind_words(record: Record) -> str:
    """支部主题党日、党课: the kinds by their full names."""
    names = (KIND_BY_KEY[key].name if key in KIND_BY_KEY else key for key in record.kinds)
    return "、".join(names)


def name_words(people: Iterable[PersonRef]) -> str:
    """Names as written, joined by 、."""
    return "、".join(person.name for person in people)


def day_words(day: date | None) -> str:
    """2026-05-01; empty where there is none."""
    return day.isoformat() if day else ""


def _numbers(record: Record) -> tuple[str, str]:
    """Due and present: frozen where the record is final, else as marked so far."""
    if record.frozen is not None:
        return str(record.frozen.due), str(record.frozen.present)
    marks = [line.presence for line in record.attendance if line.presence is not Presence.EXCLUDED]
    return (str(len(marks)), str(marks.count(Presence.PRESENT))) if marks else ("", "")


def _table(name: str, fields: Sequence[ListField], rows: Iterable[Mapping[str, str]]) -> ListTable:
    columns = tuple(ListColumn(each.label, each.width) for each in fields)
    return ListTable(name, columns, tuple(tuple(row.get(each.key, "") for each in fields) for row in rows))
