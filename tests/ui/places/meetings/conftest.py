"""The Meetings place on the small book, and what its tests do with it."""

from __future__ import annotations

from uuid import UUID

import pytest

from branchbook.domain.records import Record
from tests.services.small_book import FIRST_BRANCH, TODAY
from tests.ui.places.meetings.meetings_place import Hand, open_place


@pytest.fixture
def book(context):
    return context.book


@pytest.fixture
def place(shown, context, settled):
    return open_place(shown, context, settled)


@pytest.fixture
def settle(place, settled):
    """Wait until every answer has arrived."""
    return lambda: settled(place.context.commands)


@pytest.fixture
def hand(settle):
    return Hand(settle)


@pytest.fixture
def show(place, settle):
    """Show a stored record; gives its body."""

    def open_record(record: Record):
        place.open_record(record.id)
        settle()
        return place.editing.body_area

    return open_record


@pytest.fixture
def begin(place, settle):
    """Begin a record of some kinds; gives its body."""

    def begin_record(*kinds: str, whose: UUID | None = FIRST_BRANCH, day=TODAY):
        place.begin(kinds, whose, day)
        settle()
        return place.editing.body_area

    return begin_record
