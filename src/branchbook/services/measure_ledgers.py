"""Rows of ledgers as facts: each ledger of a book is a source, shipped or the user's own, with its fields as cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from branchbook.domain.amounts import decimals_of
from branchbook.domain.dates import Period
from branchbook.domain.fields import PERSON_TYPES, FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerRow, is_overdue, within
from branchbook.domain.measure_parsing import CellKind, SourceFields
from branchbook.domain.measures import Cell, Fact
from branchbook.domain.organisations import Organisation
from branchbook.services.measure_sources import Source, Span

PREFIX = "ledger:"
_KINDS: Mapping[FieldType, CellKind] = {
    FieldType.NUMBER: CellKind.NUMBER,
    FieldType.MONEY: CellKind.NUMBER,
    FieldType.DATE: CellKind.DAY,
    FieldType.YES_NO: CellKind.YES_NO,
}
_DERIVED: Mapping[str, CellKind] = {
    "month": CellKind.TEXT,
    "of_organisation": CellKind.TEXT,
    "done": CellKind.YES_NO,
    "overdue": CellKind.YES_NO,
}
"""Cells that no field holds: the month of the day, whose row it is, and how it stands on the period's last day."""


def ledger_sources(ledgers: Iterable[Ledger]) -> Mapping[str, Source]:
    """A source for each ledger by ``ledger:<key>``; a user's own ledger is found by its name too.

    Fields that are hidden are counted as well, since their values are kept. Files are not: a row's photos are no
    number.
    """
    found: dict[str, Source] = {}
    for ledger in ledgers:
        source = _source(ledger)
        found[source.fields.key] = source
        if ledger.own:
            found.setdefault(PREFIX + ledger.name, source)
    return found


def _source(ledger: Ledger) -> Source:
    own = {spec.key: _KINDS.get(spec.type, CellKind.TEXT) for spec in ledger.fields if _is_counted(spec)}
    fields = SourceFields(
        PREFIX + ledger.key,
        ledger.name,
        {**_DERIVED, **own},
        dated=True,
        carries=bool(ledger.done_field and ledger.date_field),
    )
    return Source(fields, partial(_facts, ledger))


def _is_counted(spec: FieldSpec) -> bool:
    return spec.type is not FieldType.ATTACHMENT


def _facts(ledger: Ledger, span: Span) -> Iterator[Fact]:
    """The rows of the period by the ledger's own day, or by the one asked for; rows without that day do not count.

    A ledger without a day has the rows of all times, as they are on the period's last day.
    """
    places = {each.id: each for each in span.roster.organisations}
    by = span.date_field or ledger.date_field
    cells = _reader(ledger, places)
    for row in span.reading.ledger_rows(ledger.key, tuple(span.organisations)):
        day = row.day(by) if by else span.period.end
        if day is not None and _belongs(ledger, row, day, span):
            yield Fact("ledger_row", row.id, row.organisation_id, day, cells(row, day, span.period))


def _belongs(ledger: Ledger, row: LedgerRow, day: date, span: Span) -> bool:
    if span.carried and not span.date_field:
        return within(ledger, row, span.period.start, span.period.end)
    return span.period.contains(day)


_Cells = Callable[[LedgerRow, date, Period], Mapping[str, Cell]]


def _reader(ledger: Ledger, places: Mapping[UUID, Organisation]) -> _Cells:
    """What gives the cells of a row; each field's way is chosen once."""
    readers = [(spec.key, _cell_of(spec, places)) for spec in ledger.fields if _is_counted(spec)]

    def cells(row: LedgerRow, day: date, period: Period) -> Mapping[str, Cell]:
        place = places.get(row.organisation_id)
        done = row.day(ledger.done_field) if ledger.done_field else None
        found: dict[str, Cell] = {
            "month": day.isoformat()[:7],
            "of_organisation": place.name_on(day) if place else None,
            "done": done is not None and done <= period.end,
            "overdue": _was_overdue(ledger, row, done, period.end),
        }
        for key, read in readers:
            found[key] = read(row)
        return found

    return cells


def _was_overdue(ledger: Ledger, row: LedgerRow, done: date | None, day: date) -> bool:
    """Whether it was overdue on that day, though it may have been done since."""
    if done is not None and done > day:
        due = row.day(ledger.due_field) if ledger.due_field else None
        return due is not None and day > due
    return is_overdue(ledger, row, day)


def _cell_of(spec: FieldSpec, places: Mapping[UUID, Organisation]) -> Callable[[LedgerRow], Cell]:
    key = spec.key
    if spec.type in PERSON_TYPES:
        return lambda row: tuple(each.name for each in row.people.get(key, ()))
    if spec.type in (FieldType.NUMBER, FieldType.MONEY):
        return partial(_number, key, decimals_of(spec))
    if spec.type is FieldType.DATE:
        return lambda row: row.day(key)
    if spec.type is FieldType.ORGANISATION:
        names = {str(each.id): each.name for each in places.values()}
        return lambda row: names.get(row.text(key), row.text(key))
    return partial(_plain, key)


def _number(key: str, decimals: int, row: LedgerRow) -> Cell:
    """An amount in its whole unit: yuan, hours; exact."""
    units = row.units(key)
    return None if units is None else Decimal(units).scaleb(-decimals)


def _plain(key: str, row: LedgerRow) -> Cell:
    value = row.values.get(key)
    if isinstance(value, str | bool):
        return value
    return tuple(map(str, value)) if isinstance(value, Sequence) else None
