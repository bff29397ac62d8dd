"""Ledgers: lists that a branch keeps, described as data. A new one is a TOML file or a definition in the book.

A ``Ledger`` says which fields a row has and how the list is shown, summed and printed; a ``LedgerRow`` is one line
of it. What a user made of the ledgers is a ``LedgerDefinition``: one of their own, or changes to a shipped one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from branchbook.domain.fields import PERSON_TYPES, FieldSpec, FieldType
from branchbook.domain.records import FieldValue, PersonRef


class LedgerLayout(StrEnum):
    """How a ledger prints: all rows in one landscape grid, or each row on a page of its own."""

    GRID = "grid"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A field as a column; ``width_mm`` on paper, where all columns together fill the width."""

    field: str
    width_mm: float


@dataclass(frozen=True, slots=True)
class LedgerPaper:
    """The paper of a ledger. ``signatures`` stand under it; ``page_title`` on the pages of single rows."""

    layout: LedgerLayout = LedgerLayout.GRID
    row_height_mm: float = 10.0
    blank_rows: int = 14
    signatures: tuple[str, ...] = ()
    page_title: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger. ``code`` is its number in the forms list, ``owner`` the post that usually keeps it.

    ``sort`` are fields, "-" before one that descends. ``totals`` are summed. ``filters`` are fields by whose
    values the list is narrowed. ``date_field`` is that by which a period is asked for, ``due_field`` and
    ``done_field`` give the Desk what is overdue, ``title_field`` names a row. ``evidence`` are ATTACHMENT fields that
    a complete row has. ``hidden`` fields are kept in the rows and shown nowhere.
    """

    key: str
    name: str
    fields: tuple[FieldSpec, ...]
    columns: tuple[LedgerColumn, ...]
    title_field: str
    code: str = ""
    owner: str = ""
    note: str = ""
    sort: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    date_field: str = ""
    due_field: str = ""
    done_field: str = ""
    evidence: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    own: bool = False
    paper: LedgerPaper = LedgerPaper()

    def field(self, key: str) -> FieldSpec | None:
        """A field by its key, also a hidden one; None where there is none."""
        return next((each for each in self.fields if each.key == key), None)

    @property
    def shown(self) -> tuple[FieldSpec, ...]:
        """The fields that are not hidden, in order."""
        return tuple(each for each in self.fields if each.key not in self.hidden)

    @property
    def shown_columns(self) -> tuple[tuple[FieldSpec, float], ...]:
        """Columns that are not hidden: the field and its width in millimetres."""
        by_key = {each.key: each for each in self.shown}
        return tuple((by_key[each.field], each.width_mm) for each in self.columns if each.field in by_key)

    @property
    def summed(self) -> tuple[FieldSpec, ...]:
        """The fields that are summed and not hidden."""
        return tuple(each for each in self.shown if each.key in self.totals)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of a ledger: persons among ``people``, everything else among ``values``, both by field key.

    ``position`` is the order of entry within the ledger, from 0.
    """

    id: UUID
    ledger: str
    organisation_id: UUID
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[PersonRef, ...]] = field(default_factory=dict)
    position: int = 0
    created_at: datetime | None = None

    def text(self, key: str) -> str:
        """A value as text, empty where there is none."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """A date, None where none was entered, or where a file of other hands brought something else."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            return None

    def units(self, key: str) -> int | None:
        """A number or an amount in its smallest part, None where none was entered."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def has(self, spec: FieldSpec) -> bool:
        """Whether something is entered in a field; attachments are not asked for here."""
        found = self.people.get(spec.key) if spec.type in PERSON_TYPES else self.values.get(spec.key)
        return found is not None and found not in ("", ())


@dataclass(frozen=True, slots=True)
class LedgerDefinition:
    """What the user made of one ledger, by its ``key``.

    One of their own (``own``) has a name, all its fields, the fields that are summed and the roles of some; of a
    shipped one it holds the fields added, those hidden, other labels, and another name ("": the shipped one).
    """

    id: UUID
    key: str
    own: bool = False
    name: str = ""
    fields: tuple[FieldSpec, ...] = ()
    hidden: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    date_field: str = ""
    due_field: str = ""
    done_field: str = ""
    layout: LedgerLayout = LedgerLayout.GRID
    note: str = ""
    position: int = 0


_WIDTHS: Mapping[FieldType, float] = {
    FieldType.LONG_TEXT: 56.0,
    FieldType.DATE: 24.0,
    FieldType.NUMBER: 14.0,
    FieldType.YES_NO: 12.0,
    FieldType.MONEY: 20.0,
    FieldType.CHOICE: 20.0,
    FieldType.PERSON: 20.0,
    FieldType.PERSONS: 34.0,
    FieldType.ATTACHMENT: 18.0,
}


def column_for(spec: FieldSpec) -> LedgerColumn:
    """The column of a field for which nobody set a width."""
    return LedgerColumn(spec.key, _WIDTHS.get(spec.type, 32.0))


def own_ledger(definition: LedgerDefinition) -> Ledger:
    """A user's own ledger: every field is a column, dates ascend, numbers are not summed unless told."""
    fields = _labelled(definition.fields, definition)
    choosing = (FieldType.CHOICE, FieldType.ORGANISATION)
    return Ledger(
        key=definition.key,
        name=definition.name,
        fields=fields,
        columns=tuple(map(column_for, fields)),
        title_field=_naming(fields),
        note=definition.note,
        sort=(definition.date_field,) if definition.date_field else (),
        totals=definition.totals,
        filters=tuple(each.key for each in fields if each.type in choosing),
        date_field=definition.date_field,
        due_field=definition.due_field,
        done_field=definition.done_field,
        hidden=frozenset(definition.hidden),
        own=True,
        paper=LedgerPaper(definition.layout),
    )


_NAMES = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PERSON, FieldType.PERSONS})


def _naming(fields: tuple[FieldSpec, ...]) -> str:
    """The field that names a row of a user's own ledger: the first that holds words, a required one before others."""
    words = [each for each in fields if each.type in _NAMES]
    chosen = next((each for each in words if each.required), words[0] if words else None)
    return chosen.key if chosen else fields[0].key if fields else ""


def changed_ledger(shipped: Ledger, definition: LedgerDefinition) -> Ledger:
    """A shipped ledger with the user's changes. Keys that it no longer has are ignored: data outlive ledgers."""
    known = {each.key for each in shipped.fields}
    added = tuple(each for each in definition.fields if each.key not in known)
    return replace(
        shipped,
        name=definition.name or shipped.name,
        fields=_labelled((*shipped.fields, *added), definition),
        columns=(*shipped.columns, *map(column_for, added)),
        totals=(*shipped.totals, *(each for each in definition.totals if each not in shipped.totals)),
        hidden=frozenset(definition.hidden),
    )


def merged_definition(known: LedgerDefinition, added: LedgerDefinition) -> LedgerDefinition:
    """What two books made of one ledger, together: no field of either is lost.

    Of a user's own ledger ``added`` says the rest; of a shipped one ``known`` does, since it is this book's choice.
    """
    first, second = (added, known) if known.own else (known, added)
    keys = {each.key for each in first.fields}
    fields = (*first.fields, *(each for each in second.fields if each.key not in keys))
    return replace(
        first, fields=fields, labels={**second.labels, **first.labels}, name=first.name or second.name
    )


def _labelled(fields: Iterable[FieldSpec], definition: LedgerDefinition) -> tuple[FieldSpec, ...]:
    return tuple(replace(each, label=definition.labels.get(each.key) or each.label) for each in fields)


def sorted_rows(ledger: Ledger, rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """The rows in the ledger's order; those without a value last, equal ones in order of entry."""
    ordered = sorted(rows, key=lambda each: (each.position, str(each.id)))
    for key in reversed(ledger.sort):
        name, descends = key.removeprefix("-"), key.startswith("-")
        having = [each for each in ordered if _sort_value(each, name) is not None]
        without = [each for each in ordered if _sort_value(each, name) is None]
        having.sort(key=lambda each: _sort_value(each, name) or (0, ""), reverse=descends)
        ordered = [*having, *without]
    return tuple(ordered)


def _sort_value(row: LedgerRow, key: str) -> tuple[int, str] | None:
    value = row.values.get(key)
    if isinstance(value, int):
        return (value, "")
    people = row.people.get(key)
    text = people[0].name if people else value
    return (0, text) if isinstance(text, str) and text else None


def totals_of(ledger: Ledger, rows: Iterable[LedgerRow]) -> Mapping[str, int]:
    """The sum of each summed field in its smallest part; a field that no row has is missing, not 0."""
    found: dict[str, int] = {}
    for row in rows:
        for spec in ledger.summed:
            units = row.units(spec.key)
            if units is not None:
                found[spec.key] = found.get(spec.key, 0) + units
    return found


def within(ledger: Ledger, row: LedgerRow, from_on: date | None, to_on: date | None) -> bool:
    """Whether a row belongs to a period, both days included; without a date of its own it belongs to every one.

    What began before and was not done by then belongs to it too: what is left over is carried on.
    """
    day = row.day(ledger.date_field) if ledger.date_field else None
    if day is None:
        return True
    begun_in_time = to_on is None or day <= to_on
    if from_on is None or from_on <= day or not begun_in_time:
        return begun_in_time
    done = row.day(ledger.done_field) if ledger.done_field else day
    return done is None or done >= from_on


def is_open(ledger: Ledger, row: LedgerRow) -> bool:
    """Whether a row has something due that is not done."""
    due = ledger.due_field and row.text(ledger.due_field)
    return bool(due) and not (ledger.done_field and row.text(ledger.done_field))


def is_overdue(ledger: Ledger, row: LedgerRow, today: date) -> bool:
    """Whether what is due was not done by its day; from the day after."""
    due = row.day(ledger.due_field) if ledger.due_field else None
    return due is not None and is_open(ledger, row) and today > due


def people_named(rows: Sequence[LedgerRow]) -> frozenset[UUID]:
    """Everyone of the roster whom these rows name."""
    named = (ref for row in rows for refs in row.people.values() for ref in refs)
    return frozenset(ref.person_id for ref in named if ref.person_id is not None)
