"""Values and their rows: how every kind of value of a book is loaded, written and deleted.

All work on many values at once, so that the import of a large roster is a handful of statements; and
only what differs is written, so that finalising a meeting touches few pages of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from branchbook.services.codec import entity_id
from branchbook.storage.driver import Connection
from branchbook.storage.owned_rows import OwnedRows
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.statements import Chosen, Selection, Updates, delete_by, insert_rows

T = TypeVar("T")


class EntityRows(Generic[T]):
    """One kind of value: its table, and the tables of what it owns."""

    def __init__(
        self, value_type: type[T], table: str, owned: Sequence[OwnedRows] = (), key: str = "id"
    ) -> None:
        """``owned`` fields are left out of the main table unless they say that they stand there as well."""
        self._owned = tuple(owned)
        self._elsewhere = {each.field for each in self._owned if not each.also_in_row}
        self._codec = RowCodec(value_type, self._elsewhere)
        self._table = table
        self._key = key
        self._selection = Selection(table, self._codec.names, key, key)
        self._updates = Updates(table, (key,))

    def load(
        self, connection: Connection, chosen: Chosen, without: frozenset[str] = frozenset()
    ) -> dict[str, T]:
        """Values by id (all of them: in order of id); ids that are not there are missing.

        ``without`` names owned fields that the caller does not need; they come back empty.
        """
        rows = self._selection.rows(connection, chosen)
        if not rows:
            return {}
        position = self._codec.names.index(self._key)
        if not self._elsewhere:
            values = self._codec.from_rows(rows)
            return {row[position]: value for row, value in zip(rows, values, strict=True)}
        owned: dict[str, Mapping[str, tuple[Any, ...]]] = {
            each.field: {} if each.field in without else each.load(connection, chosen)
            for each in self._owned
            if each.field in self._elsewhere
        }
        return {
            row[position]: self._codec.from_row(
                row, **{field: found.get(row[position], ()) for field, found in owned.items()}
            )
            for row in rows
        }

    def write(self, connection: Connection, values: Sequence[T], before: Mapping[str, T]) -> None:
        """Insert new values and replace those in ``before``; ids are distinct."""
        new: list[dict[str, Any]] = []
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for value in values:
            row = self._codec.to_row(value)
            earlier = before.get(row[self._key])
            if earlier is None:
                new.append(row)
            else:
                self._updates.collect(changed, self._codec.to_row(earlier), row)
        insert_rows(connection, self._table, new)
        self._updates.run(connection, changed)
        for each in self._owned:
            each.write(
                connection,
                {entity_id(value): getattr(value, each.field) for value in values},  # type: ignore[arg-type]
                {key: getattr(value, each.field) for key, value in before.items()},
            )

    def delete(self, connection: Connection, ids: Sequence[str]) -> None:
        """Remove values; what they own goes with them."""
        delete_by(connection, self._table, self._key, ids)
