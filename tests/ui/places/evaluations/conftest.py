"""A branch of twelve with a probationary member, and the Evaluations place on it as it stands in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.services.undo import next_undo, undo
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from tests.services.evaluation_book import evaluation_book, is_probationary
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.elections.conftest import Hand
from tests.ui.places.evaluations.evaluations_place import Screen, make_place


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def book():
    """Eleven full members and 卫示例, who is probationary."""
    made = evaluation_book(12)
    is_probationary(made, "卫示例")
    return made


@pytest.fixture
def screen(shown, book, settled, qapp):
    """The place opened on the book; what a test put into ``book`` before is there."""

    def undo_last():
        with book.reading() as reading:
            operation = next_undo(reading)
        assert operation is not None
        return undo(book, operation.head.id, actor(60), actor(-600).now)

    place = shown(make_place())
    commands = Commands(AtOnce(), lambda: NOW, undo_last, undo_last, place)
    commands.changed.connect(place.reload)
    place.resize(1190, 672)
    made = Screen(place, lambda: settled(commands))
    place.open(PlaceContext(book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW))
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
