"""The Settings place on a screen in memory: every step waits until its answer has arrived."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QScrollArea, QVBoxLayout, QWidget

from branchbook.domain.checklists import Checklist
from branchbook.forms.press import PdfPress
from branchbook.services.settings import book_settings
from branchbook.services.settings_table import BookSettings
from branchbook.services.undo import next_undo, undo
from branchbook.ui.commands import Commands
from branchbook.ui.place import Destination, PlaceContext, ScopeChoice
from branchbook.ui.places.settings import Settings
from branchbook.ui.widgets.fields import LineField
from tests.services.small_book import FIRST_BRANCH, actor, small_book
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.members_screen import Chooser, SettingsInMemory


class NoWorkshop:
    """Settings ask nothing of the outer rooms but the press, which shows what a ledger prints like."""

    press = PdfPress()

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the place asked for {name}")


class SettingsScreen:
    """The place, its book and the hands on it."""

    def __init__(self, settled: Any) -> None:
        self.book = small_book()
        self.files = Chooser()
        self.program = SettingsInMemory()
        self.commands = Commands(AtOnce(), lambda: NOW, lambda: None, lambda: None)  # type: ignore[arg-type,return-value]
        self.place = Settings(NoWorkshop(), self.program, self.files)
        self.commands.changed.connect(self.place.reload)
        self.gone: list[Destination] = []
        self.place.go.connect(self.gone.append)
        self.window = QWidget()
        self.elsewhere = LineField()
        column = QVBoxLayout(self.window)
        column.addWidget(self.place)
        column.addWidget(self.elsewhere)
        self.window.resize(1190, 760)
        self.settle = lambda: settled(self.commands)

    def open(self, operator: str = "李操作") -> None:
        scope = ScopeChoice(FIRST_BRANCH, 2026)
        self.place.open(PlaceContext(self.book, self.commands, scope, operator, lambda: NOW))
        self.settle()

    def page(self, key: str) -> Any:
        """Choose a group as a click in the list does; gives its page."""
        self.place.list.select(key)
        self.place.list.chosen.emit(key)
        self.settle()
        return self.place.page(key)

    # ------------------------------------------------------------------------------- the hands

    def press(self, button: QWidget) -> None:
        assert button.isVisible(), "only what can be seen can be pressed"
        assert button.isEnabled()
        if isinstance(button, QCheckBox):
            button.click()
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, field: Any, value: Any) -> None:
        """Choose a value in a list field, as the keyboard does."""
        field.set_value(value)
        field.activated.emit(field.currentIndex())
        self.settle()

    def type_over(self, field: Any, text: str, *, enter: bool = False) -> None:
        """Replace what a field holds, and leave it (or press Enter in it)."""
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        field.insert(text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
        else:
            self.leave()
        self.settle()

    def leave(self) -> None:
        """The keyboard goes to another field."""
        self.elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
        self.settle()

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        self.settle()

    # -------------------------------------------------------------------------------- the book

    @property
    def settings(self) -> BookSettings:
        with self.book.reading() as reading:
            return book_settings(reading)

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        with self.book.reading() as reading:
            return tuple(sorted(reading.all(Checklist), key=lambda each: each.position))

    @property
    def operations(self) -> int:
        return len(self.book.state.operations)

    def undo(self) -> None:
        """Undo the last operation, as the window does."""
        with self.book.reading() as reading:
            operation = next_undo(reading)
        assert operation is not None
        made = actor()
        self.commands.do(lambda: undo(self.book, operation.head.id, replace(made, now=NOW), NOW))
        self.settle()


def unnamed(place: QWidget) -> list[str]:
    """Controls on the screen that a screen reader could not name."""
    controls = [
        each
        for each in place.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return [
        type(each).__name__
        for each in controls
        if not isinstance(each, QScrollArea) and not (each.accessibleName() or getattr(each, "text", str)())
    ]
