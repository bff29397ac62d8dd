"""The search index: written in the transaction of the value, read with snippets from the value.

The index keeps words only (contentless), so it can't contradict what it shows. Each entry's number
begins with the day of its value: "the latest first" is then the index's own order, and a common word
among 24,000 minutes costs no more than a rare one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, text

from branchbook.domain.people import Person, PersonFact
from branchbook.domain.records import Attachment, Record
from branchbook.services.store import SearchHit
from branchbook.storage.entity_rows import in_parts
from branchbook.storage.mapping import mappings
from branchbook.storage.search_texts import texts_of_attachment, texts_of_person, texts_of_record
from branchbook.storage.search_words import query_of, snippet_of, words_of
from branchbook.storage.tables import person_fact, record, search_entry

SEARCHED = ("person", "record", "attachment")
"""Kinds of values that can be found."""

_PEOPLE_FIRST = 4_000_000
_UNDATED_NEXT = 3_900_000
"""Days later than any date (9999-12-31 is day 3,652,059): people, then drafts without a date."""

_PER_DAY = 1 << 24
_INSERT = text("INSERT INTO search_index(rowid, words) VALUES (:number, :words)")
_DELETE = text("DELETE FROM search_index WHERE rowid = :number")
_MATCH = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :query ORDER BY rowid DESC LIMIT :limit"
)
_ROWIDS = text("SELECT id FROM search_index_docsize")


@dataclass(frozen=True, slots=True)
class _Document:
    """What the index and a hit show of one value."""

    title: str
    texts: tuple[str, ...]
    hidden: str
    held_on: date | None
    day: int

    @property
    def words(self) -> str:
        """The words to index; ``hidden`` can be found although no snippet shows it."""
        return words_of((*self.texts, self.hidden))


def index_values(connection: Connection, entity: str, ids: Sequence[str]) -> None:
    """Bring the entries of some values up to date; values that are gone lose theirs."""
    for part in in_parts(ids):
        found = _documents(connection, entity, part)
        _replace_entries(
            connection, entity, part, {key: (each.day, each.words) for key, each in found.items()}
        )


def search(connection: Connection, words: str, limit: int) -> tuple[SearchHit, ...]:
    """Values that contain all words: people first, then the latest."""
    query = query_of(words)
    if not query:
        return ()
    numbers = [row[0] for row in connection.execute(_MATCH, {"query": query, "limit": limit})]
    statement = select(search_entry.c.number, search_entry.c.entity, search_entry.c.entity_id)
    entries = connection.execute(statement.where(search_entry.c.number.in_(numbers))).fetchall()
    wanted: dict[str, list[str]] = defaultdict(list)
    for _, entity, key in entries:
        wanted[entity].append(key)
    documents = {entity: _documents(connection, entity, keys) for entity, keys in wanted.items()}
    place = {number: (entity, key) for number, entity, key in entries}
    hits = []
    for number in numbers:
        entity, key = place[number]
        found = documents[entity][key]
        snippet, marks = snippet_of(found.texts, words)
        hits.append(SearchHit(entity, UUID(key), found.title, snippet, marks, found.held_on))
    return tuple(hits)


def rebuild_index(connection: Connection) -> None:
    """Throw the index away and write it anew from the values."""
    connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    connection.execute(delete(search_entry))
    for entity in SEARCHED:
        index_values(connection, entity, list(mappings()[entity].load(connection, None)))


def index_differs(connection: Connection) -> bool:
    """True when an entry is missing, left over, or not what its value says today."""
    entries = {
        (row.entity, row.entity_id): (row.number, row.digest)
        for row in connection.execute(select(search_entry))
    }
    if {number for number, _ in entries.values()} != {row[0] for row in connection.execute(_ROWIDS)}:
        return True
    seen = 0
    for entity in SEARCHED:
        for key, found in _documents(connection, entity, None).items():
            seen += 1
            number, digest = entries.get((entity, key), (0, ""))
            if digest != _digest(found.words) or number // _PER_DAY != found.day:
                return True
    return seen != len(entries)


def _replace_entries(
    connection: Connection, entity: str, ids: Sequence[str], words: Mapping[str, tuple[int, str]]
) -> None:
    """Rewrite the entries that changed."""
    statement = select(search_entry.c.entity_id, search_entry.c.number, search_entry.c.digest).where(
        search_entry.c.entity == entity, search_entry.c.entity_id.in_(ids)
    )
    present = {row[0]: (row[1], row[2]) for row in connection.execute(statement)}
    changed = {}
    for key, (day, text_of_key) in words.items():
        digest = _digest(text_of_key)
        number, earlier = present.get(key, (-1, ""))
        if digest != earlier or number // _PER_DAY != day:
            changed[key] = (day, text_of_key, digest)
    stale = [number for key, (number, _) in present.items() if key in changed or key not in words]
    if stale:
        connection.execute(_DELETE, [{"number": number} for number in stale])
        connection.execute(delete(search_entry).where(search_entry.c.number.in_(stale)))
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
        words.append({"number": number, "words": text_of_key})
    connection.execute(insert(search_entry), entries)
    connection.execute(_INSERT, words)


def _next_number(connection: Connection, day: int) -> int:
    """The first free number of a day."""
    number = search_entry.c.number
    first = day * _PER_DAY
    last = connection.execute(
        select(func.max(number)).where(number >= first, number < first + _PER_DAY)
    ).scalar()
    return first + 1 if last is None else int(last) + 1


def _digest(words: str) -> str:
    """Tells whether an entry is up to date; the words themselves are not kept."""
    return hashlib.blake2b(words.encode(), digest_size=12).hexdigest()


def _documents(connection: Connection, entity: str, ids: Sequence[str] | None) -> dict[str, _Document]:
    """What some values of one kind, or all, show to the index."""
    values = mappings()[entity].load(connection, ids)
    if entity == "person":
        return _documents_of_people(connection, values, ids)
    if entity == "record":
        return {key: _document_of_record(value) for key, value in values.items()}
    return _documents_of_attachments(connection, values)


def _documents_of_people(
    connection: Connection, people: Mapping[str, Person], ids: Sequence[str] | None
) -> dict[str, _Document]:
    chosen = None if ids is None else select(person_fact.c.id).where(person_fact.c.person_id.in_(ids))
    facts: dict[UUID, list[PersonFact]] = defaultdict(list)
    for fact in mappings()["person_fact"].load(connection, chosen).values():
        facts[fact.person_id].append(fact)
    return {
        key: _Document(
            person.name, texts_of_person(person, facts[person.id]), person.initials, None, _PEOPLE_FIRST
        )
        for key, person in people.items()
    }


def _document_of_record(value: Record) -> _Document:
    texts = texts_of_record(value)
    first_item = value.agenda[0].title if value.agenda else ""
    day = value.held_on.toordinal() if value.held_on else _UNDATED_NEXT
    dated = value.held_on.isoformat() if value.held_on else ""
    return _Document(value.subject or first_item, texts, dated, value.held_on, day)


def _documents_of_attachments(
    connection: Connection, attachments: Mapping[str, Attachment]
) -> dict[str, _Document]:
    """Attachments show the day of their record, and stand behind everything else."""
    owners = sorted({str(each.record_id) for each in attachments.values()})
    days: dict[str, str | None] = {}
    for part in in_parts(owners):
        rows = connection.execute(select(record.c.id, record.c.held_on).where(record.c.id.in_(part)))
        days.update((row[0], row[1]) for row in rows)
    found = {}
    for key, each in attachments.items():
        held = days.get(str(each.record_id))
        held_on = date.fromisoformat(held) if held else None
        found[key] = _Document(each.file_name, texts_of_attachment(each), "", held_on, 0)
    return found
