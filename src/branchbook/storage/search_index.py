"""The search index: written in the transaction of the value, read with snippets from the value.

The index keeps words only (contentless), so it can't contradict what it shows. Each entry's number
begins with the day of its value: "the latest first" is then the index's own order, and a common word
among 24,000 minutes costs no more than a rare one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from branchbook.services.store import SearchHit
from branchbook.storage import driver
from branchbook.storage.driver import Connection
from branchbook.storage.mapping import mappings
from branchbook.storage.search_documents import Document, documents
from branchbook.storage.search_hits import hits
from branchbook.storage.search_words import query_of
from branchbook.storage.statements import delete_by, in_parts, insert_rows, places

SEARCHED = ("person", "record", "procedure", "assessment", "ledger_row", "attachment")
"""Kinds of values that can be found."""

_PER_DAY = 1 << 24
_LOOKED_UP = 4000
"""Words, and first characters, that are also searched for when the index is compared."""

_MATCH = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?"
_COUNT = "SELECT count(*) FROM search_index WHERE search_index MATCH ?"
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


def index_differs(connection: Connection, step: Callable[[int], None] = lambda _: None) -> bool:
    """True when an entry is missing, left over, or not what its value says today, or the words are others.

    Reads the whole book, some values at a time; ``step`` is told how many.
    """
    seen = _Words()
    rows = connection.execute("SELECT entity, count(*) FROM search_entry GROUP BY entity")
    left = {str(entity): int(count) for entity, count in rows}
    for entity in SEARCHED:
        for part in _ids(connection, entity):
            found = {key: each.words for key, each in _current(connection, entity, part).items()}
            if len(found) != len(part):
                return True
            for words in found.values():
                seen.add(words)
            left[entity] = left.get(entity, 0) - len(part)
            step(len(part))
    return any(left.values()) or _words_differ(connection, seen)


def _ids(connection: Connection, entity: str) -> Iterator[list[str]]:
    """The ids of all values of a kind, in parts."""
    rows = connection.execute(f"SELECT id FROM {entity} ORDER BY id").fetchall()
    yield from in_parts(row[0] for row in rows)


def _current(connection: Connection, entity: str, ids: Sequence[str]) -> dict[str, Document]:
    """The documents of these values whose entries are up to date; the others are missing."""
    sql = (
        "SELECT entity_id, number, digest FROM search_entry"
        f" WHERE entity = ? AND entity_id IN ({places(ids)})"
    )
    entries = {row[0]: (row[1], row[2]) for row in connection.execute(sql, (entity, *ids))}
    return {
        key: found
        for key, found in documents(connection, entity, ids).items()
        if (entry := entries.get(key)) is not None
        and entry[1] == _digest(found.words)
        and entry[0] // _PER_DAY == found.day
    }


class _Words:
    """How often each word occurs, in how many documents, and in how many each first character of a word."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()
        self.first: Counter[str] = Counter()

    def add(self, words: str) -> None:
        """The words of one document, separated by spaces."""
        cut = words.split(" ") if words else []
        self.count.update(cut)
        self.documents.update(set(cut))
        self.first.update({each[0] for each in cut})

    def sample(self) -> dict[str, int]:
        """Queries spread over the whole index, as the engine takes them, with the documents each should find."""
        found = {f'"{each}"': self.documents[each] for each in _spread(self.count)}
        return found | {f'"{each}" *': self.first[each] for each in _spread(self.first)}


def _words_differ(connection: Connection, seen: _Words) -> bool:
    """Whether the index holds other words than the values, or other numbers of them; or other entries."""
    entries = driver.number(connection, "SELECT count(*) FROM search_entry")
    sizes = "SELECT count(*) FROM search_index_docsize"
    known = f"{sizes} WHERE id IN (SELECT number FROM search_entry)"
    if not entries == driver.number(connection, sizes) == driver.number(connection, known):
        return True
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, search_index, row)"
    )
    number = 0
    for term, in_documents, count in connection.execute("SELECT term, doc, cnt FROM temp.search_words"):
        number += 1
        if seen.count[term] != count or seen.documents[term] != in_documents:
            return True
    # A search goes another way down to a word than the list of all words does.
    asked = seen.sample().items()
    return number != len(seen.count) or any(driver.number(connection, _COUNT, (q,)) != n for q, n in asked)


def _spread(words: Counter[str]) -> list[str]:
    return sorted(words)[:: len(words) // _LOOKED_UP + 1]


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
