"""The agenda of records: items with their vote and resolutions, three tables deep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from branchbook.domain.records import AgendaItem, Resolution, Vote
from branchbook.storage.driver import Connection
from branchbook.storage.owned_rows import OwnedRows
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.statements import Chosen, Selection, insert_rows

ITEMS = RowCodec(AgendaItem, ("vote", "resolutions"))
VOTES = RowCodec(Vote)
RESOLUTIONS = RowCodec(Resolution)


class AgendaRows(OwnedRows):
    """``Record.agenda``; an item's vote and resolutions come and go with it."""

    def __init__(self) -> None:
        """The item's own columns; the rest is added here."""
        super().__init__("agenda", "agenda_item", "record_id", ITEMS.names, ITEMS.to_row, ITEMS.from_rows)
        owner = "agenda_item_id"
        self._votes = Selection("vote", (*VOTES.names, owner), owner, owner)
        self._resolutions = Selection("resolution", (*RESOLUTIONS.names, owner), owner, f"{owner}, line")

    def load(self, connection: Connection, chosen: Chosen) -> Mapping[str, tuple[AgendaItem, ...]]:
        """Agendas by record."""
        rows = self._selection.rows(connection, chosen)
        if not rows:
            return {}
        position = ITEMS.names.index("id")
        ids: Chosen = None if chosen is None else [row[position] for row in rows]
        votes = {row[-1]: VOTES.from_row(row) for row in self._votes.rows(connection, ids)}
        resolutions: dict[str, list[Resolution]] = defaultdict(list)
        for row in self._resolutions.rows(connection, ids):
            resolutions[row[-1]].append(RESOLUTIONS.from_row(row))
        found: dict[str, list[AgendaItem]] = defaultdict(list)
        for row in rows:
            key = row[position]
            item = ITEMS.from_row(row, vote=votes.get(key), resolutions=tuple(resolutions.get(key, ())))
            found[row[-1]].append(item)
        return {key: tuple(items) for key, items in found.items()}

    def insert(self, connection: Connection, values: Mapping[str, Sequence[AgendaItem]]) -> None:
        """Write agendas of records that have none in the tables."""
        super().insert(connection, values)
        votes: list[dict[str, Any]] = []
        resolutions: list[dict[str, Any]] = []
        for item in (item for items in values.values() for item in items):
            key = str(item.id)
            if item.vote is not None:
                votes.append({"agenda_item_id": key, **VOTES.to_row(item.vote)})
            resolutions += (
                {"agenda_item_id": key, "line": line, **RESOLUTIONS.to_row(each)}
                for line, each in enumerate(item.resolutions)
            )
        insert_rows(connection, "vote", votes)
        insert_rows(connection, "resolution", resolutions)
