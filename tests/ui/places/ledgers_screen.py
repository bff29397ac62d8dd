"""The Ledgers place on a screen in memory, with a file chooser that answers by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from branchbook.domain.ledgers import LedgerRow
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from branchbook.ui.places.ledgers import Ledgers
from tests.services.small_book import FIRST_BRANCH
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.members_screen import Chooser, Screen, SettingsInMemory, SpreadsheetsOnly, write


class WithPhotos(SpreadsheetsOnly):
    """Pictures are kept as they are."""

    class photos:  # noqa: N801 - stands for the workshop's attribute
        @staticmethod
        def reduced(content: bytes) -> bytes:
            return content


class LedgersScreen(Screen):
    """The place with what a hand does at it."""

    place: Ledgers  # type: ignore[assignment]

    @property
    def titles(self) -> list[str]:
        """The rows shown, by what names them."""
        return [line.title for line in self.place.rows.table.rows_model.rows]

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """The rows of the ledger shown, as the book holds them."""
        with self.book.reading() as reading:
            return reading.ledger_rows(self.place.ledger)

    def field(self, key: str) -> Any:
        """The widget of a field."""
        return self.place.row.editors[key].widget

    def type_field(self, key: str, text: str) -> None:
        """Type into a field and leave it."""
        field = self.field(key)
        target = field if hasattr(field, "selectAll") else field.findChild(QWidget)
        target.setFocus()
        target.selectAll()
        write(target, text)
        QTest.keyClick(target, Qt.Key.Key_Tab)
        self.settle()

    def keep(self) -> None:
        """Press 保存, unless everything was kept already when the field was left."""
        if self.place.row.save_button.isEnabled():
            self.press(self.place.row.save_button)

    def pick_field(self, key: str, value: Any) -> None:
        """Choose in a field's list."""
        self.choose(self.field(key), value)

    def problem(self, key: str) -> str:
        """What is said to be wrong with a field."""
        return str(self.field(key).toolTip())


def on_screen(
    shown: Any, book: Any, undo: Any = None, scope: UUID = FIRST_BRANCH, size: tuple[int, int] = (1190, 716)
) -> LedgersScreen:
    """Show the place for an organisation of a book."""
    files = Chooser()
    place = Ledgers(WithPhotos(), SettingsInMemory(), files)
    commands = Commands(AtOnce(), lambda: NOW, undo, undo, place)
    commands.changed.connect(place.reload)
    place.resize(*size)
    shown(place)
    screen = LedgersScreen(place, book, files, commands)  # type: ignore[arg-type]
    place.open(PlaceContext(book, commands, ScopeChoice(scope, 2026), "李操作", lambda: NOW))
    screen.settle()
    return screen
