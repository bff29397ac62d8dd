"""What goes into an exchange file: the whole book, or one branch out of a general branch's book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from branchbook.domain.checklists import Checklist, ChecklistTick
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import Organisation, OrganisationKind, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.services.codec import ENTITY_TYPES, entity_id
from branchbook.services.exchange_references import references_of
from branchbook.services.kept_contents import CLOSED_HANDBOOK
from branchbook.services.noting import NOTED
from branchbook.services.settings_reading import PREFIX
from branchbook.services.store import Reading, RecordQuery, Setting
from branchbook.services.transfers import PREFIX as TRANSFERS

Values = Mapping[str, Iterable[Any]]
"""Values by type name."""


def selected_values(reading: Reading, organisation_id: UUID | None = None) -> Iterator[tuple[str, Any]]:
    """(type name, value) in the order of the file: by type, then by id.

    ``organisation_id`` None, or that of a general branch: everything. A branch: what belongs to it.
    Raises RefusedProblem for a group, and for an organisation that the book does not have.
    """
    chosen = everything(reading) if organisation_id is None else _of(reading, organisation_id)
    for name in ENTITY_TYPES:
        for value in sorted(chosen[name], key=entity_id):
            yield name, value


def everything(reading: Reading) -> Values:
    """All values of the book."""
    values = {name: reading.all(each) for name, each in ENTITY_TYPES.items() if name != "setting"}
    pairs = reading.settings().items()
    settings = tuple(Setting(key, value) for key, value in pairs if not key.startswith(NOTED))
    return {**values, "setting": settings}


def _of(reading: Reading, organisation_id: UUID) -> Values:
    place = reading.get(Organisation, organisation_id)
    if place is None:
        raise RefusedProblem("找不到要导出的支部", "", "请重新选择")
    if place.kind is OrganisationKind.GENERAL_BRANCH:
        return everything(reading)
    if place.kind is OrganisationKind.GROUP:
        raise RefusedProblem("党小组不能单独导出", place.name, "请导出它所在的支部")
    return _BranchSelection(reading, place).values()


class _BranchSelection:
    """One branch with its groups; everything is asked of the book once."""

    def __init__(self, reading: Reading, branch: Organisation) -> None:
        self._reading = reading
        groups = (each for each in reading.all(Organisation) if each.parent_id == branch.id)
        self._organisations = (replace(branch, parent_id=None), *groups)
        self._places = frozenset(each.id for each in self._organisations)

    def values(self) -> Values:
        """Everything that belongs to the branch, and the people whom its records name."""
        reading, places = self._reading, self._places
        records = reading.records(RecordQuery(tuple(places)))
        facts = reading.all(PersonFact)
        members = {each.person_id for each in facts if each.organisation_id in places}
        own_facts = tuple(
            each
            for each in facts
            if each.person_id in members and (each.organisation_id is None or each.organisation_id in places)
        )
        procedures = tuple(each for each in reading.all(Procedure) if each.organisation_id in places)
        assessments = reading.assessments([each.id for each in procedures])
        rows = tuple(each for each in reading.all(LedgerRow) if each.organisation_id in places)
        people = (
            members | _named_in(records) | _named_in(procedures) | _named_in(assessments) | _named_in(rows)
        )
        owners = {
            *places,
            *members,
            *(each.id for each in records),
            *(each.id for each in procedures),
            *(each.id for each in rows),
        }
        checklists = tuple(filter(None, map(self._checklist, reading.all(Checklist))))
        lists = {each.id for each in checklists}
        return {
            "organisation": tuple(map(self._organisation, self._organisations)),
            "term": tuple(each for each in reading.all(Term) if each.organisation_id in places),
            "person": tuple(each for each in reading.all(Person) if each.id in people),
            "person_fact": own_facts,
            "record": records,
            "procedure": procedures,
            "assessment": assessments,
            "ledger_definition": self._definitions({each.ledger for each in rows}),
            "ledger_row": rows,
            "attachment": tuple(each for each in reading.all(Attachment) if each.record_id in owners),
            "checklist": checklists,
            "checklist_tick": tuple(
                each
                for each in reading.all(ChecklistTick)
                if each.organisation_id in places and each.checklist_id in lists
            ),
            "setting": tuple(self._settings({each.id for each in own_facts})),
        }

    def _definitions(self, used: set[str]) -> tuple[LedgerDefinition, ...]:
        """What the user made of ledgers; of their own only those of which the branch has rows."""
        return tuple(each for each in self._reading.all(LedgerDefinition) if not each.own or each.key in used)

    def _organisation(self, organisation: Organisation) -> Organisation:
        """Without the organisations outside from which it was made; the reader's book keeps what it knows."""
        known = tuple(each for each in organisation.predecessor_ids if each in self._places)
        return replace(organisation, predecessor_ids=known)

    def _checklist(self, checklist: Checklist) -> Checklist | None:
        """A checklist that applies here, without the other branches to which it applies."""
        if not checklist.organisation_ids:
            return checklist
        here = tuple(each for each in checklist.organisation_ids if each in self._places)
        return replace(checklist, organisation_ids=here) if here else None

    def _settings(self, facts: set[UUID]) -> Iterator[Setting]:
        """The book's choices, and the notes about these organisations and these facts."""
        handbooks = tuple(f"{CLOSED_HANDBOOK}{each}." for each in self._places)
        transfers = tuple(f"{TRANSFERS}{each}." for each in facts)
        for key, value in self._reading.settings().items():
            if key.startswith((PREFIX, *handbooks, *transfers)):
                yield Setting(key, value)


def _named_in(values: Iterable[Record | Procedure | Assessment | LedgerRow]) -> set[UUID]:
    return {identity for value in values for name, identity in references_of(value) if name == "person"}
