"""Questions across records: lists, the yearly attendance, resolutions. Each uses an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from branchbook.domain.records import Record, RecordState, RecordSummary
from branchbook.services.privacy import PRIVATE_JSON
from branchbook.services.store import AttendanceLine, OpenResolution, RecordQuery
from branchbook.storage.agenda_rows import RESOLUTIONS
from branchbook.storage.driver import Connection
from branchbook.storage.mapping import mappings
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.statements import Query, Where, places

SUMMARIES = RowCodec(RecordSummary)
PRIVATE_RECORD = f"instr(record.fields, '{PRIVATE_JSON}') > 0"
"""The condition that finds private records, without reading their JSON."""

_OPEN_SUBJECT = f"CASE WHEN {PRIVATE_RECORD} THEN '' ELSE subject END"
_COLUMNS = (_OPEN_SUBJECT if name == "subject" else name for name in SUMMARIES.names)
_SUMMARY = f"SELECT {', '.join(_COLUMNS)} FROM record"


def summaries(connection: Connection, query: RecordQuery) -> tuple[RecordSummary, ...]:
    """Without a date first (in order of id), then the latest."""
    rows: list[Sequence[Any]] = []
    if query.undated:
        where = _matching(query)
        where.add("held_on IS NULL")
        rows += connection.execute(f"{_SUMMARY}{where.sql} ORDER BY id", where.parameters)
    where = _matching(query)
    where.add(*_between(query))
    rows += connection.execute(f"{_SUMMARY}{where.sql} ORDER BY held_on DESC, id DESC", where.parameters)
    return tuple(SUMMARIES.from_rows(rows))


def records(connection: Connection, query: RecordQuery) -> tuple[Record, ...]:
    """The earliest first, then those without a date."""
    where = _matching(query)
    condition, *days = _between(query)
    where.add(f"({condition} OR held_on IS NULL)" if query.undated else condition, *days)
    chosen = Query(f"SELECT id FROM record{where.sql}", tuple(where.parameters))
    found: list[Record] = list(mappings()["record"].load(connection, chosen).values())
    return tuple(
        sorted(found, key=lambda each: (each.held_on is None, each.held_on or date.min, str(each.id)))
    )


def attendance_lines(
    connection: Connection, organisation_ids: Sequence[UUID], year: int
) -> tuple[AttendanceLine, ...]:
    """In order of day, record and line."""
    where = Where()
    where.add_among("organisation_id", [str(each) for each in organisation_ids])
    where.add("held_on BETWEEN ? AND ?", *_ends(year))
    where.add("state <> ?", RecordState.DRAFT.value)
    sql = (
        "SELECT record.id, person_id, kinds, held_on, presence"
        " FROM record JOIN attendance ON attendance.record_id = record.id"
        f"{where.sql} ORDER BY held_on, record.id, line"
    )
    people: dict[str, UUID] = {}
    about: dict[str, tuple[UUID, tuple[str, ...], date]] = {}
    lines = []
    for record_id, person_id, kinds, held_on, presence in connection.execute(sql, where.parameters):
        if record_id not in about:
            decoded = msgspec.json.decode(kinds, type=tuple[str, ...])
            about[record_id] = (UUID(record_id), decoded, date.fromisoformat(held_on))
        if person_id not in people:
            people[person_id] = UUID(person_id)
        key, record_kinds, day = about[record_id]
        lines.append(AttendanceLine(key, people[person_id], record_kinds, day, presence))
    return tuple(lines)


def first_day(connection: Connection) -> date | None:
    """The earliest day in the table, found by its index."""
    row = connection.execute("SELECT min(held_on) FROM record").fetchone()
    return date.fromisoformat(row[0]) if row and row[0] else None


def resolutions(
    connection: Connection,
    organisation_ids: Sequence[UUID],
    open_only: bool,
    years: Sequence[int] | None = None,
) -> tuple[OpenResolution, ...]:
    """The latest first, those of records without a date last; within a record the last first."""
    where = Where()
    where.add_among("organisation_id", [str(each) for each in organisation_ids])
    if open_only:
        where.add("done_on IS NULL")
    if years is not None:
        of_years = " OR ".join(["held_on BETWEEN ? AND ?"] * len(years)) or "1 = 0"
        where.add(f"({of_years})", *(day for year in years for day in _ends(year)))
    columns = ", ".join(f"resolution.{name}" for name in RESOLUTIONS.names)
    sql = (
        f"SELECT record.id, organisation_id, held_on, agenda_item.line, agenda_item.title, {columns}"
        " FROM resolution JOIN agenda_item ON agenda_item.id = resolution.agenda_item_id"
        f" JOIN record ON record.id = agenda_item.record_id{where.sql}"
        " ORDER BY held_on IS NULL, held_on DESC, record.id DESC, agenda_item.line DESC, resolution.line DESC"
    )
    return tuple(_open_resolution(row) for row in connection.execute(sql, where.parameters))


def _open_resolution(row: Sequence[Any]) -> OpenResolution:
    record_id, organisation_id, held_on, line, title = row[:5]
    return OpenResolution(
        RESOLUTIONS.from_row(row[5:]),
        UUID(record_id),
        UUID(organisation_id),
        date.fromisoformat(held_on) if held_on else None,
        line + 1,
        title,
    )


def _matching(query: RecordQuery) -> Where:
    """Limit by organisation, kind and id; the dates are left to the caller."""
    where = Where()
    if query.organisation_ids:
        where.add_among("organisation_id", [str(each) for each in query.organisation_ids])
    if query.ids:
        where.add_among("id", [str(each) for each in query.ids])
    if query.kinds:
        of_kind = f"SELECT record_id FROM record_kind WHERE kind IN ({places(query.kinds)})"
        where.add(f"id IN ({of_kind})", *query.kinds)
    return where


def _between(query: RecordQuery) -> list[str]:
    """Limit by day: the condition, then its parameters. Records without a day are not let through."""
    limits, days = ["held_on IS NOT NULL"], []
    for limit, day in (("held_on >= ?", query.from_on), ("held_on <= ?", query.to_on)):
        if day is not None:
            limits.append(limit)
            days.append(day.isoformat())
    return [f"({' AND '.join(limits)})", *days]


def _ends(year: int) -> tuple[str, str]:
    """The first and the last day of a year."""
    return f"{year:04}-01-01", f"{year:04}-12-31"
