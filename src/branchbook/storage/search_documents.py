"""What the search index holds of a value, and in which place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.storage.driver import Connection
from branchbook.storage.mapping import mappings
from branchbook.storage.record_queries import PRIVATE_RECORD
from branchbook.storage.search_texts import (
    texts_of_assessment,
    texts_of_attachment,
    texts_of_ledger_row,
    texts_of_person,
    texts_of_procedure,
    texts_of_record,
)
from branchbook.storage.search_words import words_of
from branchbook.storage.statements import Chosen, Query, in_parts, places

_PEOPLE_FIRST = 4_000_000
_UNDATED_NEXT = 3_900_000
"""Days later than any date (9999-12-31 is day 3,652,059): people, then drafts without a date."""

_NOT_INDEXED = {"record": frozenset({"attendance", "exclusions"})}
"""What a value owns and search does not look at, by kind."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of one value. ``day`` puts it in its place: the greater, the further up."""

    texts: tuple[str, ...]
    day: int

    @property
    def words(self) -> str:
        """The words to index."""
        return words_of(self.texts)


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
    if entity == "procedure":
        return _of_procedures(connection, values)
    if entity == "assessment":
        return _of_assessments(connection, values)
    if entity == "ledger_row":
        return {key: _of_ledger_row(value) for key, value in values.items()}
    hidden = _of_private_records(connection, values)
    return {key: _of_attachment(value, hidden=key in hidden) for key, value in values.items()}


def _of_private_records(connection: Connection, attachments: Mapping[str, Attachment]) -> frozenset[str]:
    """Which attachments belong to a private record: nothing of them can be found."""
    owners = sorted({str(each.record_id) for each in attachments.values()})
    private: set[str] = set()
    for part in in_parts(owners):
        sql = f"SELECT id FROM record WHERE id IN ({places(part)}) AND {PRIVATE_RECORD}"
        private.update(row[0] for row in connection.execute(sql, part))
    return frozenset(key for key, each in attachments.items() if str(each.record_id) in private)


def same_document(entity: str, before: Any, after: Any) -> bool:
    """Whether two states of a value are found by the same words in the same place.

    Comparing texts costs far less than cutting them into words. A person's facts are looked at by whoever
    changes them.
    """
    if entity == "person":
        return (texts_of_person(before, ()), before.initials) == (texts_of_person(after, ()), after.initials)
    if entity == "procedure":
        return (before.subject_id, _of_procedure(before, "")) == (after.subject_id, _of_procedure(after, ""))
    if entity == "assessment":
        return texts_of_assessment(before) == texts_of_assessment(after)
    if entity == "ledger_row":
        return _of_ledger_row(before) == _of_ledger_row(after)
    document = _of_record if entity == "record" else _of_attachment
    return document(before) == document(after)


def _values(
    connection: Connection, entity: str, ids: Sequence[str] | None, known: Mapping[str, Any]
) -> dict[str, Any]:
    without = _NOT_INDEXED.get(entity, frozenset())
    if ids is None:
        return mappings()[entity].load(connection, None, without)
    unknown = [key for key in ids if key not in known]
    found = {key: known[key] for key in ids if key in known}
    return found | (mappings()[entity].load(connection, unknown, without) if unknown else {})


def _of_people(
    connection: Connection, people: Mapping[str, Person], ids: Sequence[str] | None
) -> dict[str, Document]:
    chosen: Chosen = None
    if ids is not None:
        chosen = Query(f"SELECT id FROM person_fact WHERE person_id IN ({places(ids)})", tuple(ids))
    facts: dict[UUID, list[PersonFact]] = defaultdict(list)
    for fact in mappings()["person_fact"].load(connection, chosen).values():
        facts[fact.person_id].append(fact)
    return {
        key: Document((*texts_of_person(person, facts[person.id]), person.initials), _PEOPLE_FIRST)
        for key, person in people.items()
    }


def _of_record(value: Record) -> Document:
    """A record can also be found by its day."""
    if value.held_on is None:
        return Document(texts_of_record(value), _UNDATED_NEXT)
    return Document((*texts_of_record(value), value.held_on.isoformat()), value.held_on.toordinal())


def _of_procedures(connection: Connection, procedures: Mapping[str, Procedure]) -> dict[str, Document]:
    """A procedure holds no name of the person it is about: the roster does."""
    subjects = sorted({str(each.subject_id) for each in procedures.values() if each.subject_id is not None})
    names: dict[str, str] = {}
    for part in in_parts(subjects):
        sql = f"SELECT id, name FROM person WHERE id IN ({places(part)})"
        names.update((row[0], row[1]) for row in connection.execute(sql, part))
    return {key: _of_procedure(each, names.get(str(each.subject_id), "")) for key, each in procedures.items()}


def _of_procedure(value: Procedure, subject: str) -> Document:
    """A procedure stands at the day on which it was begun, and can be found by it."""
    texts = (*texts_of_procedure(value, subject), value.begun_on.isoformat())
    return Document(texts, value.begun_on.toordinal())


def _of_assessments(connection: Connection, assessments: Mapping[str, Assessment]) -> dict[str, Document]:
    """An assessment stands at the day on which its round was begun, which the round holds."""
    rounds = sorted({str(each.procedure_id) for each in assessments.values()})
    days: dict[str, date] = {}
    for part in in_parts(rounds):
        sql = f"SELECT id, begun_on FROM procedure WHERE id IN ({places(part)})"
        days.update((row[0], date.fromisoformat(row[1])) for row in connection.execute(sql, part))
    return {
        key: Document(texts_of_assessment(each), days[str(each.procedure_id)].toordinal())
        for key, each in assessments.items()
    }


def _of_ledger_row(value: LedgerRow) -> Document:
    """A row stands at the day on which it was entered: which of its dates is its own, only its ledger knows."""
    day = value.created_at.date().toordinal() if value.created_at else 1
    return Document(texts_of_ledger_row(value), day)


def _of_attachment(value: Attachment, *, hidden: bool = False) -> Document:
    """Attachments stand behind everything else."""
    return Document(() if hidden else texts_of_attachment(value), 0)
