"""Whether everything in an exchange file refers to something: in the file itself, or in the book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from branchbook.domain.checklists import Checklist, ChecklistTick
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.services.codec import ENTITY_TYPES, entity_name
from branchbook.services.kept_contents import contents_of
from branchbook.services.store import Reading, Setting

_Reference = tuple[str, UUID]
_OWNER_TYPES = ("record", "procedure", "ledger_row", "person", "organisation")
_OWNERS = "record、procedure、ledger_row、person 或 organisation"


class ReferenceCheck:
    """Collects ids and references while a file passes by; asks the book only about what the file lacks."""

    def __init__(self, reading: Reading, contents: frozenset[str]) -> None:
        self._reading = reading
        self._contents = contents
        self._present: set[_Reference] = set()
        self._wanted: dict[_Reference, str] = {}
        self._wanted_contents: dict[str, str] = {}

    def add(self, value: Any) -> None:
        """Note a value and what it refers to."""
        for sha256 in contents_of(value):
            self._wanted_contents.setdefault(sha256, _file_words(value))
        if isinstance(value, Setting):
            return
        name = entity_name(type(value))
        self._present.add((name, value.id))
        for reference in references_of(value):
            self._wanted.setdefault(reference, f"{name} {value.id}")

    def missing(self) -> list[str]:
        """What is referred to and is nowhere, in words, each with the value that refers to it."""
        found = [
            f"{by} → {_OWNERS if name == 'owner' else name} {identity}"
            for (name, identity), by in self._wanted.items()
            if not self._is_there(name, identity)
        ]
        found += [
            f"{by}的内容 {sha256[:12]}…"
            for sha256, by in self._wanted_contents.items()
            if sha256 not in self._contents and self._reading.content(sha256) is None
        ]
        return found

    def _is_there(self, name: str, identity: UUID) -> bool:
        names = _OWNER_TYPES if name == "owner" else (name,)
        if any((each, identity) in self._present for each in names):
            return True
        return any(self._reading.get(ENTITY_TYPES[each], identity) is not None for each in names)


def _file_words(value: Any) -> str:
    return f"附件“{value.file_name}”" if isinstance(value, Attachment) else "封存的手册"


def references_of(value: Any) -> Iterator[_Reference]:
    """(type name, id) of what a value cannot stand without. "owner" is whatever an attachment hangs on."""
    if isinstance(value, Organisation):
        yield from _some("organisation", value.parent_id, *value.predecessor_ids)
    elif isinstance(value, Term):
        yield "organisation", value.organisation_id
    elif isinstance(value, PersonFact):
        yield "person", value.person_id
        yield from _some("organisation", value.organisation_id)
    elif isinstance(value, Record):
        yield from _of_record(value)
    elif isinstance(value, Procedure):
        yield "organisation", value.organisation_id
        yield from bound_to(value)
        yield from _some("person", *_named_by(value))
    elif isinstance(value, Assessment):
        yield "procedure", value.procedure_id
        yield from _some("person", value.person_id, *(each.by.person_id for each in value.criticisms))
    elif isinstance(value, LedgerRow):
        yield "organisation", value.organisation_id
        yield from _some("person", *(ref.person_id for refs in value.people.values() for ref in refs))
    elif isinstance(value, Attachment):
        yield "owner", value.record_id
    elif isinstance(value, Checklist):
        yield from _some("organisation", *value.organisation_ids)
    elif isinstance(value, ChecklistTick):
        yield "checklist", value.checklist_id
        yield "organisation", value.organisation_id
    elif not isinstance(value, Person | LedgerDefinition):
        raise TypeError(type(value))


def bound_to(procedure: Procedure) -> Iterator[_Reference]:
    """The people and records without which a procedure cannot stand."""
    yield from _some("person", procedure.subject_id)
    yield from _some("record", *(each.record_id for each in procedure.steps))
    for people in (procedure.voters, procedure.candidates, procedure.assignments, procedure.participants):
        yield from (("person", each.person_id) for each in people)


def _named_by(procedure: Procedure) -> Iterator[UUID | None]:
    """Whom its steps name (chair, scrutineers), and who was written on ballots."""
    for entry in procedure.steps:
        yield from (each.person_id for people in entry.people.values() for each in people)
    for voting in procedure.rounds:
        yield from (each.person_id for each in voting.lines)
        yield from (each.person_id for each in voting.write_ins)
    for graded in procedure.grade_rounds:
        yield from (each.person_id for each in graded.lines)


def _some(name: str, *identities: UUID | None) -> Iterator[_Reference]:
    return ((name, identity) for identity in identities if identity is not None)


def _of_record(record: Record) -> Iterator[_Reference]:
    yield "organisation", record.organisation_id
    for line in record.attendance:
        yield "person", line.person_id
    for exclusion in record.exclusions:
        yield "person", exclusion.person_id
    named = [*record.observers, *(ref for refs in record.people.values() for ref in refs)]
    for item in record.agenda:
        yield from _some("person", *(speech.person_id for speech in item.speeches))
        named += [ref for resolution in item.resolutions for ref in resolution.responsible]
    yield from _some("person", *(ref.person_id for ref in named))
