"""Values and their rows: how every kind of value of a book is loaded, written and deleted.

All work on many values at once, so that the import of a large roster is a handful of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from branchbook.services.codec import entity_id
from branchbook.storage.row_codec import RowCodec

T = TypeVar("T")
Chosen = Sequence[str] | Select[tuple[str]] | None
"""Which values: by id, by a query that gives ids, or all."""

_AT_ONCE = 1000
"""Ids in one statement."""


@dataclass(frozen=True)
class OwnedRows:
    """A field that is a tuple, kept in a table of its own: owner, line from 0, and the element.

    ``cells`` turns an element into its cells, ``element`` reads them back (the row holds the owner
    first, then the columns ``names``).
    """

    field: str
    table: Table
    owner: str
    names: tuple[str, ...]
    cells: Callable[[Any], Mapping[str, Any]]
    element: Callable[[Sequence[Any]], Any]

    def load(self, connection: Connection, chosen: Chosen) -> Mapping[str, tuple[Any, ...]]:
        """The tuples by owner; an owner without elements is missing."""
        owner = self.table.c[self.owner]
        statement = select(owner, *(self.table.c[name] for name in self.names)).order_by(
            owner, self.table.c.line
        )
        found: dict[str, list[Any]] = defaultdict(list)
        for row in rows_of(connection, statement, owner, chosen):
            found[row[0]].append(self.element(row[1:]))
        return {key: tuple(elements) for key, elements in found.items()}

    def insert(self, connection: Connection, values: Mapping[str, Sequence[Any]]) -> None:
        """Write the elements of owners that have none in the table."""
        rows = [
            {self.owner: owner, "line": line, **self.cells(element)}
            for owner, elements in values.items()
            for line, element in enumerate(elements)
        ]
        if rows:
            connection.execute(insert(self.table), rows)

    def delete(self, connection: Connection, owners: Sequence[str]) -> None:
        """Remove the elements of owners."""
        delete_by(connection, self.table.c[self.owner], owners)


def owned_values(field: str, table: Table, owner: str, value_type: type[Any]) -> OwnedRows:
    """A tuple of dataclasses."""
    codec = RowCodec(value_type)
    return OwnedRows(field, table, owner, codec.names, codec.to_row, codec.from_row)


def owned_cells(
    field: str, table: Table, owner: str, column: str, write: Callable[[Any], Any], read: Callable[[Any], Any]
) -> OwnedRows:
    """A tuple of plain values in one column."""
    return OwnedRows(
        field,
        table,
        owner,
        (column,),
        lambda element: {column: write(element)},
        lambda row: read(row[0]),
    )


class EntityRows(Generic[T]):
    """One kind of value: its table, and the tables of what it owns."""

    def __init__(
        self, value_type: type[T], table: Table, owned: Sequence[OwnedRows] = (), key: str = "id"
    ) -> None:
        """``owned`` fields are left out of the main table unless it has a column for them as well."""
        self._owned = tuple(owned)
        elsewhere = {each.field for each in self._owned if each.field not in table.c}
        self._codec = RowCodec(value_type, elsewhere)
        self._extra = elsewhere
        self._table = table
        self._key: Column[str] = table.c[key]
        self._select = select(*(table.c[name] for name in self._codec.names)).order_by(self._key)
        self._update = (
            update(table)
            .where(self._key == bindparam("_key"))
            .values({name: bindparam(name) for name in self._codec.names if name != key})
        )

    def load(self, connection: Connection, chosen: Chosen) -> dict[str, T]:
        """Values by id (all of them: in order of id); ids that are not there are missing."""
        rows = rows_of(connection, self._select, self._key, chosen)
        if not rows:
            return {}
        owned = {
            each.field: each.load(connection, chosen) for each in self._owned if each.field in self._extra
        }
        position = self._codec.names.index(self._key.name)
        return {
            row[position]: self._codec.from_row(
                row, **{field: found.get(row[position], ()) for field, found in owned.items()}
            )
            for row in rows
        }

    def write(self, connection: Connection, values: Sequence[T], before: Mapping[str, T]) -> None:
        """Insert new values and replace those in ``before``; ids are distinct."""
        new, changed = [], []
        for value in values:
            row = self._codec.to_row(value)
            if row[self._key.name] in before:
                changed.append({"_key": row.pop(self._key.name), **row})
            else:
                new.append(row)
        if new:
            connection.execute(insert(self._table), new)
        if changed:
            connection.execute(self._update, changed)
        for each in self._owned:
            self._write_owned(connection, each, values, before)

    def delete(self, connection: Connection, ids: Sequence[str]) -> None:
        """Remove values; what they own goes with them."""
        delete_by(connection, self._key, ids)

    @staticmethod
    def _write_owned(
        connection: Connection, owned: OwnedRows, values: Sequence[T], before: Mapping[str, T]
    ) -> None:
        """Rewrite the owned rows of the values in which they differ."""
        differing = {}
        for value in values:
            key = entity_id(value)  # type: ignore[arg-type]
            earlier = getattr(before[key], owned.field) if key in before else ()
            if (elements := getattr(value, owned.field)) != earlier:
                differing[key] = elements
        stale = [key for key in differing if key in before]
        if stale:
            owned.delete(connection, stale)
        owned.insert(connection, differing)


def rows_of(
    connection: Connection, statement: Select[Any], column: ColumnElement[Any], chosen: Chosen
) -> list[Sequence[Any]]:
    """The rows whose ``column`` is among the chosen ids."""
    if chosen is None:
        return list(connection.execute(statement).fetchall())
    if isinstance(chosen, Select):
        return list(connection.execute(statement.where(column.in_(chosen))).fetchall())
    if len(chosen) == 1:
        return list(connection.execute(statement.where(column == chosen[0])).fetchall())
    found: list[Sequence[Any]] = []
    for part in in_parts(chosen):
        found += connection.execute(statement.where(column.in_(part))).fetchall()
    return found


def delete_by(connection: Connection, column: Column[str], ids: Sequence[str]) -> None:
    """Delete the rows whose ``column`` is among the ids."""
    for part in in_parts(ids):
        connection.execute(delete(column.table).where(column.in_(part)))


def in_parts(ids: Iterable[str]) -> list[list[str]]:
    """Ids in parts that fit one statement."""
    everything = list(ids)
    return [everything[start : start + _AT_ONCE] for start in range(0, len(everything), _AT_ONCE)]
