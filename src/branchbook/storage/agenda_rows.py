"""The agenda of records: items with their vote and resolutions, three tables deep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from branchbook.domain.records import AgendaItem, Resolution, Vote
from branchbook.storage.entity_rows import Chosen, OwnedRows, rows_of
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.tables import agenda_item, resolution, vote

ITEMS = RowCodec(AgendaItem, ("vote", "resolutions"))
VOTES = RowCodec(Vote)
RESOLUTIONS = RowCodec(Resolution)


class AgendaRows(OwnedRows):
    """``Record.agenda``; an item's vote and resolutions go and come with it."""

    def __init__(self) -> None:
        """The item's own columns; the rest is added here."""
        super().__init__("agenda", agenda_item, "record_id", ITEMS.names, ITEMS.to_row, ITEMS.from_row)

    def load(self, connection: Connection, chosen: Chosen) -> Mapping[str, tuple[AgendaItem, ...]]:
        """Agendas by record."""
        owner = agenda_item.c.record_id
        statement = select(owner, *(agenda_item.c[name] for name in ITEMS.names)).order_by(
            owner, agenda_item.c.line
        )
        rows = rows_of(connection, statement, owner, chosen)
        if not rows:
            return {}
        position = ITEMS.names.index("id") + 1
        ids: Chosen = None if chosen is None else [row[position] for row in rows]
        votes = _votes(connection, ids)
        resolutions = _resolutions(connection, ids)
        found: dict[str, list[AgendaItem]] = defaultdict(list)
        for row in rows:
            key = row[position]
            item = ITEMS.from_row(row[1:], vote=votes.get(key), resolutions=tuple(resolutions.get(key, ())))
            found[row[0]].append(item)
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
        if votes:
            connection.execute(insert(vote), votes)
        if resolutions:
            connection.execute(insert(resolution), resolutions)


def _votes(connection: Connection, items: Chosen) -> Mapping[str, Vote]:
    """Votes by agenda item."""
    statement = select(vote.c.agenda_item_id, *(vote.c[name] for name in VOTES.names))
    rows = rows_of(connection, statement, vote.c.agenda_item_id, items)
    return {row[0]: VOTES.from_row(row[1:]) for row in rows}


def _resolutions(connection: Connection, items: Chosen) -> Mapping[str, list[Resolution]]:
    """Resolutions by agenda item, in their order."""
    owner = resolution.c.agenda_item_id
    statement = select(owner, *(resolution.c[name] for name in RESOLUTIONS.names)).order_by(
        owner, resolution.c.line
    )
    found: dict[str, list[Resolution]] = defaultdict(list)
    for row in rows_of(connection, statement, owner, items):
        found[row[0]].append(RESOLUTIONS.from_row(row[1:]))
    return found
