"""The Members place on a screen in memory, with a file chooser that answers by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.people import Person
from branchbook.domain.roster import Roster
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.program import ProgramSettings
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from branchbook.ui.places.members import Members
from tests.services.small_book import FIRST_BRANCH
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce


class Chooser:
    """Answers every question for a file with ``answer``; None gives up. Keeps what was suggested."""

    def __init__(self) -> None:
        self.answer: Path | None = None
        self.suggested = ""

    def open_file(self, title: str, pattern: str) -> Path | None:
        return self.answer

    def save_file(self, title: str, pattern: str, suggestion: str) -> Path | None:
        self.suggested = suggestion
        return self.answer

    def folder(self, title: str) -> Path | None:
        return self.answer


class SpreadsheetsOnly:
    """The workshop, of which this place asks for spreadsheets only."""

    tables = SpreadsheetFiles()

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the place asked for {name}")


class SettingsInMemory:
    """The program's settings."""

    def __init__(self) -> None:
        self.settings = ProgramSettings()

    def load(self) -> ProgramSettings:
        return self.settings

    def save(self, settings: ProgramSettings) -> None:
        self.settings = settings


def write(field: QWidget, text: str) -> None:
    """Type: what a keyboard has by its keys, everything else as an input method commits it."""
    if text.isascii():
        QTest.keyClicks(field, text)
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


@dataclass
class Screen:
    """The place with what a hand does at it; after each step every answer has arrived."""

    place: Members
    book: Any
    files: Chooser
    commands: Commands

    def settle(self) -> None:
        for _ in range(50):
            QApplication.processEvents()
            if self.commands.idle:
                QApplication.processEvents()
                return
        raise AssertionError("still something under way")

    def press(self, button: Any) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        button.click()
        self.settle()

    def type_into(self, field: QWidget, text: str) -> None:
        """Replace a field's text by typing, then leave it with Tab."""
        field.setFocus()
        field.selectAll()  # type: ignore[attr-defined]
        QTest.keyClick(field, Qt.Key.Key_Delete)
        write(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        self.settle()

    def choose(self, field: Any, value: Any) -> None:
        """Choose a value as the mouse would: only what is offered."""
        index = [field._values[number] for number in range(field.count())].index(value)
        field.setCurrentIndex(index)
        field.activated.emit(index)
        self.settle()

    def chip(self, chips: Any, key: str) -> None:
        """Press a chip."""
        chips._group.button(chips._keys.index(key)).click()
        self.settle()

    def show_person(self, person_id: UUID) -> None:
        self.place.show_person(person_id)
        self.settle()

    def names(self) -> list[str]:
        """The names in the list, from top to bottom."""
        return [row.name for row in self.place.people.table.rows_model.rows]

    def roster(self) -> Roster:
        with self.book.reading() as reading:
            return reading.roster()

    def person(self, person_id: UUID) -> Person:
        return self.roster().person_by_id[person_id]

    def labels(self) -> list[str]:
        """The labels of the book's operations, the latest first."""
        with self.book.reading() as reading:
            return [operation.head.label for operation in reading.operations(100)]


def on_screen(shown, book, undo=None, scope: UUID = FIRST_BRANCH, size=(1190, 716)) -> Screen:
    """Show the place for an organisation of a book; ``undo`` is what Ctrl+Z calls."""
    files = Chooser()
    place = Members(SpreadsheetsOnly(), SettingsInMemory(), files)
    commands = Commands(AtOnce(), lambda: NOW, undo, undo, place)
    commands.changed.connect(place.reload)
    place.resize(*size)
    shown(place)
    screen = Screen(place, book, files, commands)
    place.open(PlaceContext(book, commands, ScopeChoice(scope, 2026), "李操作", lambda: NOW))
    screen.settle()
    return screen


def other_scope(screen: Screen, scope: UUID) -> None:
    """The window's branch is changed."""
    context = screen.place.context
    screen.place.open(replace(context, scope=ScopeChoice(scope, 2026)))
    screen.settle()


def day(text: str) -> date:
    return date.fromisoformat(text)
