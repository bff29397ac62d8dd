"""A branch with a committee, and the Elections place on it, which hears of changes as it does in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.services.undo import next_undo, undo
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from tests.services.election_books import book_with_committee
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.elections.elections_place import Screen, make_place


@pytest.fixture
def term_book():
    """Twenty full members; the committee in office was elected on 2023-09-10 for three years."""
    return book_with_committee()


@pytest.fixture
def screen(shown, term_book, settled, qapp):
    """The place opened on the book; what a test put into ``term_book`` before is there."""

    def undo_last():
        with term_book.reading() as reading:
            operation = next_undo(reading)
        assert operation is not None
        return undo(term_book, operation.head.id, actor(60), actor(-600).now)

    place = shown(make_place())
    commands = Commands(AtOnce(), lambda: NOW, undo_last, undo_last, place)
    commands.changed.connect(place.reload)
    place.resize(1190, 672)
    made = Screen(place, lambda: settled(commands))
    place.open(PlaceContext(term_book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW))
    made.settle()
    return made


@pytest.fixture
def reopened(screen):
    """Show the place anew after a test wrote into the book behind it."""

    def reopen() -> Screen:
        screen.place.open(replace(screen.place.context))
        screen.settle()
        return screen

    return reopen
