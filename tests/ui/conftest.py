"""What every test of the window stands on: one look, no preedit left over, a book in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from branchbook.domain.history import Changes
from branchbook.domain.problems import RefusedProblem
from branchbook.services.operations import Outcome
from branchbook.ui import preedit
from branchbook.ui.commands import Commands
from branchbook.ui.fonts import screen_families
from branchbook.ui.place import PlaceContext, ScopeChoice
from branchbook.ui.theme import Look, ThemeChoice
from branchbook.ui.widgets.fields import LineField
from tests.services.small_book import FIRST_BRANCH, small_book
from tests.ui.executors import AtOnce

NOW = datetime(2026, 11, 24, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def look(qapp):
    """The light look at 100 %, whatever the test before left."""
    found = qapp.findChild(Look, "look")
    if found is None:
        found = Look.install(qapp, ThemeChoice.LIGHT, 100, screen_families())
    preedit.install(qapp)
    if (found.choice, found.text_scale) != (ThemeChoice.LIGHT, 100):
        found.choose(ThemeChoice.LIGHT, 100)
    return found


def nothing_to_undo() -> Outcome[None]:
    raise RefusedProblem("没有可以撤销的操作")


@pytest.fixture
def commands(qapp):
    """The boundary, carrying everything out at once."""
    made = Commands(AtOnce(), lambda: NOW, nothing_to_undo, nothing_to_undo)
    yield made
    made.deleteLater()


@pytest.fixture
def context(commands):
    """The small invented book, its first branch, 2026."""
    return PlaceContext(small_book(), commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW)


@pytest.fixture
def settled(qtbot):
    """Call with commands: wait until nothing is under way and every answer has arrived."""

    def wait(commands: Commands) -> None:
        qtbot.waitUntil(lambda: commands.idle)
        QApplication.processEvents()

    return wait


@pytest.fixture
def compose():
    """Send preedit text to a widget as an input method does; ``commit`` ends it with that text."""

    def send(widget, preedit_text: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit_text, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(widget, event)

    return send


@pytest.fixture
def shown(qtbot):
    """Show a window, wait until it has the keyboard, and close it after the test; gives it back."""
    windows = []

    def show(window: QWidget) -> QWidget:
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


@pytest.fixture
def beside(shown, qtbot):
    """Show an editor with the keyboard in it; gives another field, to leave it for."""

    def show(editor: QWidget) -> QWidget:
        window = QWidget()
        other = LineField()
        column = QVBoxLayout(window)
        column.addWidget(editor)
        column.addWidget(other)
        shown(window)
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        return other

    return show


def changes(*entities: str) -> Changes:
    """What an operation touched: one value of each type."""
    return Changes(UUID(int=1), "试一试", frozenset((entity, str(UUID(int=2))) for entity in entities))
