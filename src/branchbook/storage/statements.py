"""Statements that are built once and run often: select by id, insert, update of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    update,
)

Chosen = Sequence[str] | Select[tuple[str]] | None
"""Which values: by id, by a query that gives ids, or all."""

_AT_ONCE = 1000
"""Ids in one statement."""


class Selection:
    """A SELECT whose rows can be limited by ids in ``column``.

    Building a statement costs more than running it, so the two common forms are built once.
    """

    def __init__(self, statement: Select[Any], column: ColumnElement[Any]) -> None:
        """``statement`` selects all rows, in the order wanted."""
        self._all = statement
        self._column = column
        self._one = statement.where(column == bindparam("one"))
        self._many = statement.where(column.in_(bindparam("many", expanding=True)))

    def rows(self, connection: Connection, chosen: Chosen) -> list[Sequence[Any]]:
        """The rows chosen."""
        if chosen is None:
            return list(connection.execute(self._all).fetchall())
        if isinstance(chosen, Select):
            return list(connection.execute(self._all.where(self._column.in_(chosen))).fetchall())
        if len(chosen) == 1:
            return list(connection.execute(self._one, {"one": chosen[0]}).fetchall())
        found: list[Sequence[Any]] = []
        for part in in_parts(chosen):
            found += connection.execute(self._many, {"many": part}).fetchall()
        return found


class Updates:
    """UPDATEs of single rows, of the columns that differ: an index on another column stays untouched."""

    def __init__(self, table: Table, key: Sequence[str]) -> None:
        """``key`` names the columns that identify a row and never change."""
        self._table = table
        self._key = tuple(key)
        self._statements: dict[tuple[str, ...], Update] = {}

    def collect(
        self,
        changed: dict[tuple[str, ...], list[dict[str, Any]]],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Add a row to ``changed`` under the names of the columns in which it differs, if any."""
        names = tuple(name for name, cell in after.items() if before[name] != cell)
        if names:
            row = {f"key_{name}": after[name] for name in self._key}
            changed.setdefault(names, []).append(row | {name: after[name] for name in names})

    def run(
        self, connection: Connection, changed: Mapping[tuple[str, ...], Sequence[Mapping[str, Any]]]
    ) -> None:
        """Write everything collected."""
        for names, rows in changed.items():
            if names not in self._statements:
                self._statements[names] = self._statement(names)
            connection.execute(self._statements[names], list(rows))

    def _statement(self, names: Sequence[str]) -> Update:
        where = (self._table.c[name] == bindparam(f"key_{name}") for name in self._key)
        return update(self._table).where(*where).values({name: bindparam(name) for name in names})


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _delete(column: Column[str]) -> Delete:
    return delete(column.table).where(column.in_(bindparam("ids", expanding=True)))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, if there are any."""
    if rows:
        connection.execute(_insert(table), list(rows))


def delete_by(connection: Connection, column: Column[str], ids: Sequence[str]) -> None:
    """Delete the rows whose ``column`` is among the ids."""
    for part in in_parts(ids):
        connection.execute(_delete(column), {"ids": part})


def in_parts(ids: Iterable[str]) -> list[list[str]]:
    """Ids in parts that fit one statement."""
    everything = list(ids)
    return [everything[start : start + _AT_ONCE] for start in range(0, len(everything), _AT_ONCE)]
