"""What tests of services ask of the book in memory, and what they say to it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.operations import operate
from branchbook.services.store import Entity
from tests.fakes import FakeBook
from tests.services.small_book import actor


def refused(book: FakeBook, said: str, change: Callable[[], object]) -> None:
    """A change is refused with these words and leaves the book exactly as it was."""
    before = book.state
    with pytest.raises(RefusedProblem, match=said):
        change()
    assert book.state is before


def roster_of(book: FakeBook) -> Roster:
    """The roster as the book holds it now."""
    with book.reading() as reading:
        return reading.roster()


def last(book: FakeBook) -> UUID:
    """The id of the latest operation."""
    return book.state.operations[-1].head.id


def put(book: FakeBook, *values: Entity, label: str = "准备", minutes: int = 0) -> UUID:
    """Write values in one operation; gives its id."""
    with operate(book, actor(minutes), label) as operating:
        operating.writing.put_all(values)
    return last(book)
