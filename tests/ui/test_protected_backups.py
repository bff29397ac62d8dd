"""Backups of a protected book in the window: made, restored over it, and none before it is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchbook.services.operations import Actor
from branchbook.services.safekeeping import back_up_now
from branchbook.storage.shelf import Shelf
from tests.storage.backups import add_person
from tests.ui.conftest import NOW
from tests.ui.running_program import PATIENCE_MS
from tests.ui.running_program import kept as kept
from tests.ui.running_program import program as program
from tests.ui.test_book_care import backups, means, on_thread
from tests.ui.test_book_care import stick as stick
from tests.ui.test_locking import PASSPHRASE, asked, give
from tests.ui.test_locking import kept_protected as kept_protected
from tests.ui.test_locking import protected as protected


@pytest.fixture
def book(protected) -> Path:
    """What the stick of ``test_book_care`` is chosen for."""
    return Path(protected)


@pytest.fixture
def opened(program, book, qtbot):
    asked(program, qtbot, book)
    give(program, qtbot, PASSPHRASE)
    return program


def test_a_backup_takes_the_place_of_the_open_book_by_its_key(stick, opened, book, qtbot):
    session = opened.application.session
    made = on_thread(opened, lambda: back_up_now(means(opened), session.book, Actor("甲", NOW))).result
    assert made.protected
    on_thread(opened, lambda: add_person(session.book))
    with qtbot.waitSignal(opened.application.ready, timeout=PATIENCE_MS):
        opened.application.restore_over(made.path)
    assert opened.application.session.book.protected
    (kept_book,) = book.parent.glob("*恢复前*.branchbook")
    people = [Shelf().check(each, PASSPHRASE).contents.people for each in (kept_book, made.path)]
    assert people[0] == people[1] + 1


def test_locking_waits_for_no_backup(stick, opened, book, qtbot):
    """What is to be hidden is hidden at once; closing the book is another matter."""
    on_thread(opened, lambda: add_person(opened.application.session.book))
    opened.application.window.lock_asked.emit()
    qtbot.waitUntil(lambda: opened.application.session is None)
    assert backups(stick) == []
    Shelf().open(book, PASSPHRASE, writable=True, holder="").close()
