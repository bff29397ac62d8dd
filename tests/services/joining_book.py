"""A small invented book with one applicant on the way to the acceptance, for the tests of joining."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.services.joining import begin_joining
from branchbook.services.operations import operate
from branchbook.services.procedures import save_step
from branchbook.services.store import Book
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, actor, named, small_book

APPLICANT = named("卫示例")
APPLIED_ON = date(2023, 3, 1)
MENTORS = (PersonRef("赵示例", named("赵示例")), PersonRef("钱示例", named("钱示例")))

WAY: tuple[tuple[str, date, Mapping[str, FieldValue]], ...] = (
    ("application", APPLIED_ON, {}),
    ("talk", date(2023, 3, 20), {}),
    ("activist", date(2023, 6, 1), {}),
    ("activist_filed", date(2023, 6, 10), {"document": "示组〔2023〕2号"}),
    ("mentors", date(2023, 6, 12), {}),
    ("candidate", date(2024, 7, 1), {}),
    ("candidate_filed", date(2024, 7, 15), {}),
    ("sponsors", date(2024, 7, 16), {}),
    ("political_review", date(2024, 9, 1), {}),
    ("training", date(2024, 10, 12), {"days": 3}),
    ("committee_review", date(2024, 11, 1), {}),
    ("preliminary_review", date(2024, 11, 20), {}),
    ("form", date(2024, 11, 25), {"number": "示例0001"}),
    ("meeting", date(2024, 12, 10), {}),
    ("interview", date(2025, 1, 8), {}),
    ("approval", date(2025, 2, 10), {"document": "示委〔2025〕1号", "outcome": "批准"}),
)
"""Every step on a day that the rules of 2014 allow."""


def joining_book(born_on: date = date(1999, 5, 4), since: date = date(2023, 3, 1)) -> FakeBook:
    """Six full members in the first branch, and 卫示例, an applicant there since March 2023."""
    book = small_book()
    add_applicant(book, born_on, since)
    return book


def add_applicant(book: Book, born_on: date = date(1999, 5, 4), since: date = date(2023, 3, 1)) -> None:
    """Put 卫示例 into any book that has the first branch."""
    facts = (
        (FactKind.MEMBERSHIP, MembershipChange.ON_RECORD, FIRST_BRANCH),
        (FactKind.STANDING, Standing.APPLICANT, None),
    )
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(Person(APPLICANT, "卫示例", "wsl", born_on=born_on, position=30))
        operating.writing.put_all(
            PersonFact(uuid5(APPLICANT, kind), APPLICANT, kind, value, since, None, place)
            for kind, value, place in facts
        )


def step(key: str, day: date, reason: str = "", **values: FieldValue) -> StepEntry:
    """A step as entered; mentors and sponsors are the two oldest members."""
    people = {key: MENTORS} if key in ("mentors", "sponsors") else {}
    return StepEntry(key, day, values, people, reason=reason)


def begun_joining(book: Book) -> UUID:
    """A joining begun with the application."""
    return begin_joining(book, APPLICANT, APPLIED_ON, actor(1)).value.id


def walked(book: Book, until: str = "approval") -> UUID:
    """A joining with every step up to ``until``."""
    procedure_id = begun_joining(book)
    for minute, (key, day, values) in enumerate(WAY, start=2):
        entry = replace(step(key, day), values=values)
        save_step(book, procedure_id, entry, actor(minute))
        if key == until:
            break
    return procedure_id


def kept(book: Book, procedure_id: UUID) -> Procedure:
    """The procedure as the book holds it."""
    with book.reading() as reading:
        found = reading.get(Procedure, procedure_id)
    assert isinstance(found, Procedure)
    return found
