"""The example's ledgers: each row entered on its day, by the same use case as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from branchbook.domain.fields import FieldType
from branchbook.domain.records import FieldValue
from branchbook.services.example_parts import Names, acting_on, place_named
from branchbook.services.ledger_reading import ledger_of
from branchbook.services.ledger_values import LINK_RECORD, link_to
from branchbook.services.ledgers import add_row
from branchbook.services.operations import Actor
from branchbook.services.store import Book, RecordQuery


@dataclass(frozen=True, slots=True)
class ExampleLedgerRow:
    """One row, with people and organisations by name."""

    ledger: str
    organisation: str
    entered_on: date
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def enter_ledger_row(book: Book, example: ExampleLedgerRow, actor: Actor) -> None:
    """Enter one row. Raises Problem where its ledger refuses what the example says."""
    with book.reading() as reading:
        roster, ledger = reading.roster(), ledger_of(reading, example.ledger)
    place = place_named(roster, example.organisation)
    names = Names(roster, place.id, example.entered_on)
    places = {spec.key for spec in ledger.fields if spec.type is FieldType.ORGANISATION}
    links = {spec.key for spec in ledger.fields if spec.type is FieldType.LINK}
    values = {
        key: str(place_named(roster, str(value)).id) if key in places else value
        for key, value in example.values.items()
    }
    values |= {key: _link(book, place.id, str(values[key])) for key in links & values.keys()}
    people = {key: tuple(map(names.reference, each)) for key, each in example.people.items()}
    add_row(book, example.ledger, place.id, acting_on(actor, example.entered_on), values, people)


def _link(book: Book, organisation_id: UUID, words: str) -> str:
    """A link to a record that the example names by its day and kind: 2026-03-25 party_lesson."""
    day, _, kind = words.partition(" ")
    on = date.fromisoformat(day)
    with book.reading() as reading:
        (found,) = reading.summaries(
            RecordQuery((organisation_id,), (kind,), from_on=on, to_on=on, undated=False)
        )
    return link_to(LINK_RECORD, found.id)
