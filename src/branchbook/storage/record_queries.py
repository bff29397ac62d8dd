"""Questions across records: lists, the yearly attendance, resolutions. Each uses an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from branchbook.domain.records import Record, RecordState, RecordSummary
from branchbook.services.store import AttendanceLine, OpenResolution, RecordQuery
from branchbook.storage.agenda_rows import RESOLUTIONS
from branchbook.storage.mapping import mappings
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.tables import agenda_item, attendance, record, record_kind, resolution

SUMMARIES = RowCodec(RecordSummary)
_SUMMARY = select(*(record.c[name] for name in SUMMARIES.names))


def summaries(connection: Connection, query: RecordQuery) -> tuple[RecordSummary, ...]:
    """Without a date first (in order of id), then the latest."""
    undated: list[RecordSummary] = []
    if query.undated:
        statement = _matching(_SUMMARY, query).where(record.c.held_on.is_(None)).order_by(record.c.id)
        undated = [SUMMARIES.from_row(row) for row in connection.execute(statement).fetchall()]
    statement = _between(_matching(_SUMMARY, query), query)
    statement = statement.order_by(record.c.held_on.desc(), record.c.id.desc())
    return (*undated, *(SUMMARIES.from_row(row) for row in connection.execute(statement).fetchall()))


def records(connection: Connection, query: RecordQuery) -> tuple[Record, ...]:
    """The earliest first, then those without a date."""
    chosen = _between(_matching(select(record.c.id), query), query, undated=query.undated)
    found: list[Record] = list(mappings()["record"].load(connection, chosen).values())
    return tuple(
        sorted(found, key=lambda each: (each.held_on is None, each.held_on or date.min, str(each.id)))
    )


def attendance_lines(
    connection: Connection, organisation_ids: Sequence[UUID], year: int
) -> tuple[AttendanceLine, ...]:
    """In order of day, record and line."""
    statement = (
        select(record.c.id, attendance.c.person_id, record.c.kinds, record.c.held_on, attendance.c.presence)
        .join_from(record, attendance, attendance.c.record_id == record.c.id)
        .where(
            record.c.organisation_id.in_([str(each) for each in organisation_ids]),
            record.c.held_on.between(f"{year:04}-01-01", f"{year:04}-12-31"),
            record.c.state != RecordState.DRAFT.value,
        )
        .order_by(record.c.held_on, record.c.id, attendance.c.line)
    )
    people: dict[str, UUID] = {}
    about: dict[str, tuple[UUID, tuple[str, ...], date]] = {}
    lines = []
    for record_id, person_id, kinds, held_on, presence in connection.execute(statement).fetchall():
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
    day = connection.execute(select(func.min(record.c.held_on))).scalar()
    return day if day is None or isinstance(day, date) else date.fromisoformat(str(day))


def resolutions(
    connection: Connection,
    organisation_ids: Sequence[UUID],
    open_only: bool,
    years: Sequence[int] | None = None,
) -> tuple[OpenResolution, ...]:
    """The latest first, those of records without a date last; within a record the last first."""
    about = (
        record.c.id,
        record.c.organisation_id,
        record.c.held_on,
        agenda_item.c.line,
        agenda_item.c.title,
    )
    statement = (
        select(*about, *(resolution.c[name] for name in RESOLUTIONS.names))
        .select_from(resolution)
        .join(agenda_item, agenda_item.c.id == resolution.c.agenda_item_id)
        .join(record, record.c.id == agenda_item.c.record_id)
        .where(record.c.organisation_id.in_([str(each) for each in organisation_ids]))
        .order_by(
            record.c.held_on.is_(None),
            record.c.held_on.desc(),
            record.c.id.desc(),
            agenda_item.c.line.desc(),
            resolution.c.line.desc(),
        )
    )
    if open_only:
        statement = statement.where(resolution.c.done_on.is_(None))
    if years is not None:
        held = [record.c.held_on.between(f"{year}-01-01", f"{year}-12-31") for year in years]
        statement = statement.where(or_(false(), *held))
    return tuple(_open_resolution(row) for row in connection.execute(statement).fetchall())


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


def _matching(statement: Select[Any], query: RecordQuery) -> Select[Any]:
    """Limit by organisation, kind and id; the dates are left to the caller."""
    if query.organisation_ids:
        statement = statement.where(
            record.c.organisation_id.in_([str(each) for each in query.organisation_ids])
        )
    if query.ids:
        statement = statement.where(record.c.id.in_([str(each) for each in query.ids]))
    if query.kinds:
        of_kind = select(record_kind.c.record_id).where(record_kind.c.kind.in_(query.kinds))
        statement = statement.where(record.c.id.in_(of_kind))
    return statement


def _between(statement: Select[Any], query: RecordQuery, *, undated: bool = False) -> Select[Any]:
    """Limit by day; ``undated`` lets records without a day through."""
    day = record.c.held_on
    limits: list[ColumnElement[bool]] = [day.is_not(None)]
    if query.from_on is not None:
        limits.append(day >= query.from_on.isoformat())
    if query.to_on is not None:
        limits.append(day <= query.to_on.isoformat())
    return statement.where(or_(day.is_(None), and_(*limits)) if undated else and_(*limits))
