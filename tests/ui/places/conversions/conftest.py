"""A branch with one probationary member and three before the acceptance, and the place opened on it."""

from __future__ import annotations

import pytest

from branchbook.services.undo import next_undo, undo
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from tests.services.conversion_book import conversion_book
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.conversions.conversions_place import Chosen, Screen, add_wayfarers, make_place


@pytest.fixture
def book():
    """Six full members, 褚示例 whose probation ends on 2026-10-20, and three on the way."""
    made = conversion_book()
    add_wayfarers(made)
    return made


@pytest.fixture
def files():
    """What the file dialogs answer."""
    return Chosen()


@pytest.fixture
def screen(shown, book, files, settled, qapp):
    """The place opened on the book; what a test put into ``book`` before is there."""

    def undo_last():
        with book.reading() as reading:
            operation = next_undo(reading)
        assert operation is not None
        return undo(book, operation.head.id, actor(60), actor(-600).now)

    place = shown(make_place(files))
    commands = Commands(AtOnce(), lambda: NOW, undo_last, undo_last, place)
    commands.changed.connect(place.reload)
    place.resize(1190, 672)
    made = Screen(place, lambda: settled(commands))
    place.open(PlaceContext(book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW))
    made.settle()
    return made
