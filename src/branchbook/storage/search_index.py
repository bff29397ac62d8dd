"""The search index: written in the transaction of the value, read with snippets from the value.

The index keeps words only (contentless), so it can't contradict what it shows. Each entry's number
begins with the day of its value: "the latest first" is then the index's own order, and a common word
among 24,000 minutes costs no more than a rare one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from branchbook.services.store import SearchHit
from branchbook.storage import driver
from branchbook.storage.driver import Connection
from branchbook.storage.mapping import mappings
from branchbook.storage.search_documents import documents
from branchbook.storage.search_hits import hits
from branchbook.storage.search_words import query_of
from branchbook.storage.statements import delete_by, in_parts, insert_rows, places

SEARCHED = ("person", "record", "procedure", "assessment", "ledger_row", "attachment")
"""Kinds of values that can be found."""

_PER_DAY = 1 << 24
_MATCH = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"
_LAST_NUMBER = "SELECT max(number) FROM search_entry WHERE number >= ? AND number < ?"


def index_values(
    connection: Connection, entity: str, ids: Sequence[str], known: Mapping[str, Any] | None = None
) -> None:
    """Bring the entries of some values up to date; values that are gone lose theirs.

    ``known`` holds values that need not be read again.
    """
    for part in in_parts(ids):
        found = documents(connection, entity, part, known)
        _replace_entries(
            connection, entity, part, {key: (each.day, each.words) for key, each in found.items()}
        )


def search(connection: Connection, words: str, limit: int) -> tuple[SearchHit, ...]:
    """Values that contain all words: people first, then the latest."""
    query = query_of(words)
    if not query:
        return ()
    numbers = [row[0] for row in connection.execute(_MATCH, (query, limit))]
    if not numbers:
        return ()
    sql = f"SELECT number, entity, entity_id FROM search_entry WHERE number IN ({places(numbers)})"
    found = {row[0]: (row[1], row[2]) for row in connection.execute(sql, numbers)}
    return hits(connection, [found[number] for number in numbers], words)


def rebuild_index(connection: Connection) -> None:
    """Throw the index away and write it anew from the values."""
    connection.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    connection.execute("DELETE FROM search_entry")
    for entity in SEARCHED:
        index_values(connection, entity, list(mappings()[entity].load(connection, None)))


def index_differs(connection: Connection) -> bool:
    """True when an entry is missing, left over, or not what its value says today."""
    rows = connection.execute("SELECT entity, entity_id, number, digest FROM search_entry")
    entries = {(entity, key): (number, digest) for entity, key, number, digest in rows}
    rows = connection.execute("SELECT id FROM search_index_docsize")
    if {number for number, _ in entries.values()} != {row[0] for row in rows}:
        return True
    seen = 0
    for entity in SEARCHED:
        for key, found in documents(connection, entity, None).items():
            seen += 1
            number, digest = entries.get((entity, key), (0, ""))
            if digest != _digest(found.words) or number // _PER_DAY != found.day:
                return True
    return seen != len(entries)


def _replace_entries(
    connection: Connection, entity: str, ids: Sequence[str], words: Mapping[str, tuple[int, str]]
) -> None:
    """Rewrite the entries that changed."""
    sql = (
        "SELECT entity_id, number, digest FROM search_entry"
        f" WHERE entity = ? AND entity_id IN ({places(ids)})"
    )
    present = {row[0]: (row[1], row[2]) for row in connection.execute(sql, (entity, *ids))}
    changed = {}
    for key, (day, text_of_key) in words.items():
        digest = _digest(text_of_key)
        number, earlier = present.get(key, (-1, ""))
        if digest != earlier or number // _PER_DAY != day:
            changed[key] = (day, text_of_key, digest)
    stale = [number for key, (number, _) in present.items() if key in changed or key not in words]
    if stale:
        delete_by(connection, "search_index", "rowid", stale)
        delete_by(connection, "search_entry", "number", stale)
    if changed:
        _insert_entries(connection, entity, changed)


def _insert_entries(connection: Connection, entity: str, changed: Mapping[str, tuple[int, str, str]]) -> None:
    """Give each entry the next number of its day and write it."""
    following: dict[int, int] = {}
    entries: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for key, (day, text_of_key, digest) in changed.items():
        number = following.get(day) or _next_number(connection, day)
        following[day] = number + 1
        entries.append({"number": number, "entity": entity, "entity_id": key, "digest": digest})
        words.append({"rowid": number, "words": text_of_key})
    insert_rows(connection, "search_entry", entries)
    insert_rows(connection, "search_index", words)


def _next_number(connection: Connection, day: int) -> int:
    """The first free number of a day."""
    first = day * _PER_DAY
    last = driver.number(connection, _LAST_NUMBER, (first, first + _PER_DAY))
    return max(first, last) + 1


def _digest(words: str) -> str:
    """Tells whether an entry is up to date; the words themselves are not kept."""
    return hashlib.blake2b(words.encode(), digest_size=12).hexdigest()
