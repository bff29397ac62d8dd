"""SQL for what is asked of every table alike: select by id, insert, update of what differs, delete.

The text is put together here from names of tables and columns that stand in the code; what a user typed only
ever goes in as a parameter. The bare driver runs it: SQLAlchemy describes the tables (see ``tables``) and
upgrades them, but loading it would be a quarter of the time from a double click to the Desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from branchbook.storage.driver import Connection


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


Chosen = Sequence[str] | Query | None
"""Which values: by id, by a query that gives ids, or all."""

_AT_ONCE = 1000
"""Ids in one statement."""


class Where:
    """Conditions that must all hold, and their parameters in order."""

    def __init__(self) -> None:
        """No condition yet: everything is let through."""
        self._conditions: list[str] = []
        self.parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        """One more condition, with ``?`` for each parameter."""
        self._conditions.append(condition)
        self.parameters += parameters

    def add_among(self, expression: str, values: Sequence[Any]) -> None:
        """``expression`` must be one of the values."""
        self.add(f"{expression} IN ({places(values)})", *values)

    @property
    def sql(self) -> str:
        """The clause with a blank before it; empty where there is no condition."""
        return f" WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


class Selection:
    """A SELECT from one table whose rows can be limited by ids in ``column``."""

    def __init__(self, table: str, names: Iterable[str], column: str, order: str) -> None:
        """``names`` are the columns in the order of the cells wanted; ``order`` is that of the rows."""
        self._column = column
        self._select = f"SELECT {listed(names)} FROM {table}"
        self._order = f" ORDER BY {order}"

    def rows(self, connection: Connection, chosen: Chosen) -> list[tuple[Any, ...]]:
        """The rows chosen."""
        if chosen is None:
            return connection.execute(self._select + self._order).fetchall()
        if isinstance(chosen, Query):
            return self._among(connection, chosen.sql, chosen.parameters)
        found: list[tuple[Any, ...]] = []
        for part in in_parts(chosen):
            found += self._among(connection, places(part), part)
        return found

    def _among(self, connection: Connection, ids: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        sql = f"{self._select} WHERE {self._column} IN ({ids}){self._order}"
        return connection.execute(sql, parameters).fetchall()


class Updates:
    """UPDATEs of single rows, of the columns that differ: an index on another column stays untouched."""

    def __init__(self, table: str, key: Sequence[str]) -> None:
        """``key`` names the columns that identify a row and never change."""
        self._table = table
        self._key = tuple(key)

    def collect(
        self,
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Add a row to ``changed`` under the names of the columns in which it differs, if any."""
        names = tuple(name for name, cell in after.items() if before[name] != cell)
        if names:
            changed.setdefault(names, []).append(tuple(after[name] for name in (*names, *self._key)))

    def run(
        self, connection: Connection, changed: Mapping[tuple[str, ...], Sequence[tuple[Any, ...]]]
    ) -> None:
        """Write everything collected."""
        row = " AND ".join(f'"{name}" = ?' for name in self._key)
        for names, rows in changed.items():
            cells = ", ".join(f'"{name}" = ?' for name in names)
            connection.executemany(f"UPDATE {self._table} SET {cells} WHERE {row}", rows)


@cache
def _insert(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({listed(names)}) VALUES ({places(names)})"


def insert_rows(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, if there are any; all have the same columns in the same order."""
    if rows:
        connection.executemany(_insert(table, tuple(rows[0])), [tuple(row.values()) for row in rows])


def insert_row(connection: Connection, table: str, row: Mapping[str, Any]) -> int:
    """Insert one row; the number that the table gave it, where it gives numbers."""
    return connection.execute(_insert(table, tuple(row)), tuple(row.values())).lastrowid


def delete_by(connection: Connection, table: str, column: str, ids: Sequence[Any]) -> None:
    """Delete the rows whose ``column`` is among the ids."""
    for part in in_parts(ids):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({places(part)})", part)


def listed(names: Iterable[str]) -> str:
    """Names of columns, quoted: one of them may be a word of SQL (``values``)."""
    return ", ".join(f'"{name}"' for name in names)


def places(values: Sequence[Any]) -> str:
    """A place for each value in a list: ``?, ?, ?``."""
    return ", ".join("?" * len(values))


def in_parts(ids: Iterable[Any]) -> list[list[Any]]:
    """Ids in parts that fit one statement."""
    everything = list(ids)
    return [everything[start : start + _AT_ONCE] for start in range(0, len(everything), _AT_ONCE)]
