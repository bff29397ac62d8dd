"""What a value owns: a tuple kept in a table of its own, by owner and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from branchbook.storage.driver import Connection
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.statements import Chosen, Selection, Updates, delete_by, insert_rows

E = TypeVar("E")


class OwnedRows:
    """The rows of one field. ``owner`` names the column that holds the owner's id.

    ``cells`` turns an element into its columns ``names``; ``elements`` turns rows of these columns back.
    ``also_in_row``: the field has a column in the owner's table as well, from which it is read.
    """

    def __init__(
        self,
        field: str,
        table: str,
        owner: str,
        names: Sequence[str],
        cells: Callable[[Any], Mapping[str, Any]],
        elements: Callable[[Sequence[Sequence[Any]]], Sequence[Any]],
        *,
        also_in_row: bool = False,
    ) -> None:
        """See the class."""
        self.field = field
        self.also_in_row = also_in_row
        self._table = table
        self._owner = owner
        self._names = tuple(names)
        self._cells = cells
        self._elements = elements
        # Where elements have ids of their own, two may change places: such rows are written anew.
        self._by_line = "id" not in self._names
        self._updates = Updates(table, (owner, "line"))
        self._selection = Selection(table, (*self._names, owner), owner, f"{owner}, line")

    def load(self, connection: Connection, chosen: Chosen) -> Mapping[str, tuple[Any, ...]]:
        """The tuples by owner; an owner without elements is missing."""
        rows = self._selection.rows(connection, chosen)
        found: dict[str, list[Any]] = defaultdict(list)
        for row, element in zip(rows, self._elements(rows), strict=True):
            found[row[-1]].append(element)
        return {key: tuple(elements) for key, elements in found.items()}

    def write(
        self,
        connection: Connection,
        values: Mapping[str, Sequence[Any]],
        before: Mapping[str, Sequence[Any]],
    ) -> None:
        """Make the rows of each owner in ``values`` what it says; ``before`` is what they are."""
        differing = {key: rows for key, rows in values.items() if rows != before.get(key, ())}
        present = {key: before[key] for key in differing if before.get(key)}
        if present and self._by_line:
            self._rewrite_lines(connection, {key: differing.pop(key) for key in present}, present)
        elif present:
            delete_by(connection, self._table, self._owner, list(present))
        self.insert(connection, differing)

    def insert(self, connection: Connection, values: Mapping[str, Sequence[Any]]) -> None:
        """Write the elements of owners that have none in the table."""
        insert_rows(connection, self._table, [row for key in values for row in self._rows(key, values[key])])

    def _rewrite_lines(
        self,
        connection: Connection,
        values: Mapping[str, Sequence[Any]],
        before: Mapping[str, Sequence[Any]],
    ) -> None:
        """Line by line: update what differs, add at the end, cut at the end."""
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        added: list[dict[str, Any]] = []
        for key, elements in values.items():
            old, new = self._rows(key, before[key]), self._rows(key, elements)
            for earlier, later in zip(old, new, strict=False):
                self._updates.collect(changed, earlier, later)
            added += new[len(old) :]
            if len(old) > len(new):
                self._cut(connection, key, len(new))
        self._updates.run(connection, changed)
        insert_rows(connection, self._table, added)

    def _rows(self, key: str, elements: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {self._owner: key, "line": line, **self._cells(element)} for line, element in enumerate(elements)
        ]

    def _cut(self, connection: Connection, key: str, length: int) -> None:
        connection.execute(f"DELETE FROM {self._table} WHERE {self._owner} = ? AND line >= ?", (key, length))


def owned_values(field: str, table: str, owner: str, value_type: type[Any]) -> OwnedRows:
    """A tuple of dataclasses."""
    codec = RowCodec(value_type)
    return OwnedRows(field, table, owner, codec.names, codec.to_row, codec.from_rows)


def owned_cells(
    field: str,
    table: str,
    owner: str,
    column: str,
    write: Callable[[Any], Any],
    read: Callable[[Any], Any],
    *,
    also_in_row: bool = False,
) -> OwnedRows:
    """A tuple of plain values in one column."""
    return OwnedRows(
        field,
        table,
        owner,
        (column,),
        lambda element: {column: write(element)},
        lambda rows: [read(row[0]) for row in rows],
        also_in_row=also_in_row,
    )
