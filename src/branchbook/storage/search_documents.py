"""What the search index and a hit show of a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from branchbook.domain.people import Person, PersonFact
from branchbook.domain.records import Attachment, Record
from branchbook.storage.mapping import mappings
from branchbook.storage.search_texts import texts_of_attachment, texts_of_person, texts_of_record
from branchbook.storage.search_words import words_of
from branchbook.storage.statements import in_parts
from branchbook.storage.tables import person_fact, record

_PEOPLE_FIRST = 4_000_000
_UNDATED_NEXT = 3_900_000
"""Days later than any date (9999-12-31 is day 3,652,059): people, then drafts without a date."""

_NOT_SHOWN = frozenset({"attendance", "exclusions"})
"""What a record owns and search does not show; loading it would be most of a search's time."""


@dataclass(frozen=True, slots=True)
class Document:
    """One value as search sees it. ``hidden`` can be found although no snippet shows it.

    ``day`` puts it in its place: the greater, the further up.
    """

    title: str
    texts: tuple[str, ...]
    hidden: str
    held_on: date | None
    day: int

    @property
    def words(self) -> str:
        """The words to index."""
        return words_of((*self.texts, self.hidden))


def documents(
    connection: Connection,
    entity: str,
    ids: Sequence[str] | None,
    known: Mapping[str, Any] | None = None,
) -> dict[str, Document]:
    """The documents of some values of one kind, or of all; values that are gone have none.

    ``known`` holds values that need not be read again.
    """
    values = _values(connection, entity, ids, known or {})
    if entity == "person":
        return _of_people(connection, values, ids)
    if entity == "record":
        return {key: _of_record(value) for key, value in values.items()}
    return _of_attachments(connection, values)


def _values(
    connection: Connection, entity: str, ids: Sequence[str] | None, known: Mapping[str, Any]
) -> dict[str, Any]:
    without = _NOT_SHOWN if entity == "record" else frozenset()
    if ids is None:
        return mappings()[entity].load(connection, None, without)
    unknown = [key for key in ids if key not in known]
    found = {key: known[key] for key in ids if key in known}
    return found | (mappings()[entity].load(connection, unknown, without) if unknown else {})


def _of_people(
    connection: Connection, people: Mapping[str, Person], ids: Sequence[str] | None
) -> dict[str, Document]:
    chosen = None if ids is None else select(person_fact.c.id).where(person_fact.c.person_id.in_(ids))
    facts: dict[UUID, list[PersonFact]] = defaultdict(list)
    for fact in mappings()["person_fact"].load(connection, chosen).values():
        facts[fact.person_id].append(fact)
    return {
        key: Document(
            person.name, texts_of_person(person, facts[person.id]), person.initials, None, _PEOPLE_FIRST
        )
        for key, person in people.items()
    }


def _of_record(value: Record) -> Document:
    """A record without a subject is named by its first item."""
    title = value.subject or (value.agenda[0].title if value.agenda else "")
    if value.held_on is None:
        return Document(title, texts_of_record(value), "", None, _UNDATED_NEXT)
    held_on = value.held_on
    return Document(title, texts_of_record(value), held_on.isoformat(), held_on, held_on.toordinal())


def _of_attachments(connection: Connection, attachments: Mapping[str, Attachment]) -> dict[str, Document]:
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
        found[key] = Document(each.file_name, texts_of_attachment(each), "", held_on, 0)
    return found
