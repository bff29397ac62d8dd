"""The example's conversions: entered step by step, each on its day, by the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from branchbook.domain.procedures import StepEntry
from branchbook.domain.records import FieldValue
from branchbook.services.conversions import begin_conversion
from branchbook.services.example_parts import Names, acting_on, place_named
from branchbook.services.operations import Actor
from branchbook.services.procedures import save_step
from branchbook.services.store import Book


@dataclass(frozen=True, slots=True)
class ExampleCaseStep:
    """One step with what is entered on its day; people by name."""

    step: str
    day: date
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExampleConversion:
    """The conversion of one probationary member, as far as it has come."""

    organisation: str
    name: str
    begun_on: date
    steps: tuple[ExampleCaseStep, ...]


def enter_conversion(book: Book, example: ExampleConversion, actor: Actor) -> None:
    """One conversion as a secretary would enter it. Raises Problem where a rule refuses what the example says."""
    with book.reading() as reading:
        roster = reading.roster()
    place = place_named(roster, example.organisation)
    person = Names(roster, place.id, example.begun_on).person(example.name)
    begun = begin_conversion(book, person.id, example.begun_on, acting_on(actor, example.begun_on)).value
    for told in example.steps:
        names = Names(roster, place.id, told.day)
        people = {key: tuple(map(names.reference, each)) for key, each in told.people.items()}
        entry = StepEntry(told.step, told.day, told.values, people)
        save_step(book, begun.id, entry, acting_on(actor, told.day))
