"""Two books beside each other, by ids and by history, whatever their versions: for the preview of a restore."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from branchbook.services.backup_shelf import BooksCompared, OnlyThere, RecordName
from branchbook.storage.check import contents_of
from branchbook.storage.driver import Connection

_NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class _Holdings:
    """What a book has, by id; ``touched`` maps a record to the operation that changed it last."""

    records: Mapping[str, RecordName]
    people: Mapping[str, str]
    organisations: Mapping[str, str]
    procedures: frozenset[str]
    operations: frozenset[str]
    touched: Mapping[str, str]


def compare(backup: Connection, book: Connection) -> BooksCompared:
    """What the backup has and the book has not, the other way round, and which records differ in both."""
    there, here = _holdings(backup), _holdings(book)
    changed = [
        name
        for key, name in there.records.items()
        if key in here.records and there.touched.get(key) != here.touched.get(key)
    ]
    return BooksCompared(_beyond(there, here), _beyond(here, there), _by_date(changed), contents_of(book))


def _beyond(one: _Holdings, other: _Holdings) -> OnlyThere:
    return OnlyThere(
        _by_date(name for key, name in one.records.items() if key not in other.records),
        tuple(sorted(name for key, name in one.people.items() if key not in other.people)),
        tuple(sorted(name for key, name in one.organisations.items() if key not in other.organisations)),
        len(one.procedures - other.procedures),
        len(one.operations - other.operations),
    )


def _by_date(names: Any) -> tuple[RecordName, ...]:
    return tuple(sorted(names, key=lambda each: (each.held_on or _NO_DAY, each.subject), reverse=True))


def _holdings(connection: Connection) -> _Holdings:
    kinds: dict[str, list[str]] = {}
    for record, kind in _rows(connection, "record_kind", "SELECT record_id, kind FROM record_kind"):
        kinds.setdefault(record, []).append(kind)
    records = {
        key: RecordName(tuple(kinds.get(key, ())), date.fromisoformat(day) if day else None, subject)
        for key, day, subject in _rows(connection, "record", "SELECT id, held_on, subject FROM record")
    }
    names = _rows(
        connection,
        "organisation_name",
        "SELECT organisation_id, name FROM organisation_name ORDER BY organisation_id, from_on",
    )
    touched = _rows(
        connection,
        "touch",
        "SELECT touch.entity_id, operation.id, max(operation.number) FROM touch JOIN operation "
        "ON operation.number = touch.operation_number WHERE touch.entity = 'record' GROUP BY touch.entity_id",
    )
    return _Holdings(
        records,
        dict(_rows(connection, "person", "SELECT id, name FROM person")),
        dict(names),
        frozenset(key for (key,) in _rows(connection, "procedure", 'SELECT id FROM "procedure"')),
        frozenset(key for (key,) in _rows(connection, "operation", "SELECT id FROM operation")),
        {key: operation for key, operation, _ in touched},
    )


def _rows(connection: Connection, table: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows, none where the book's version does not have the table."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return connection.execute(statement).fetchall() if known.fetchone() else []
