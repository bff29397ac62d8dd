"""Short forms for the tests of ledgers: rows in the small invented book."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.records import PersonRef
from branchbook.services.ledgers import add_row
from branchbook.services.store import Book
from tests.services.small_book import FIRST_BRANCH, actor, named

RECTIFICATION = "rectification"


def member(name: str) -> tuple[PersonRef, ...]:
    """One member of the small book, as a row names them."""
    return (PersonRef(name, named(name)),)


def rectify(book: Book, problem: str, place: UUID = FIRST_BRANCH, **values: Any) -> LedgerRow:
    """A row of the rectification ledger; persons are given as tuples of references."""
    people = {key: each for key, each in values.items() if isinstance(each, tuple)}
    plain = {key: each for key, each in values.items() if key not in people}
    given = {"source": "自查", "problem": problem, **plain}
    return add_row(book, RECTIFICATION, place, actor(), given, people).value
