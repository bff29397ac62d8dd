"""The example's ledgers: each row entered on its day, by the same use case as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from branchbook.domain.fields import FieldType
from branchbook.domain.records import FieldValue
from branchbook.services.example_parts import Names, acting_on, place_named
from branchbook.services.ledger_reading import ledger_of
from branchbook.services.ledgers import add_row
from branchbook.services.operations import Actor
from branchbook.services.store import Book


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
    values = {
        key: str(place_named(roster, str(value)).id) if key in places else value
        for key, value in example.values.items()
    }
    people = {key: tuple(map(names.reference, each)) for key, each in example.people.items()}
    add_row(book, example.ledger, place.id, acting_on(actor, example.entered_on), values, people)
