"""One of a few values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from branchbook.ui.theme import Look


class RoomyRows(QStyledItemDelegate):
    """The rows of a list that opens below a field: 28 px high."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """High enough to hit."""
        return QSize(super().sizeHint(option, index).width() + 12, Look.current().px(28))


class ChoiceField(QComboBox):
    """Shows texts, gives values. ``value_changed`` is emitted when the user chooses, not by `set_value`."""

    value_changed = Signal(object)

    def __init__(self, choices: Iterable[tuple[Any, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[Any] = []
        self.setItemDelegate(RoomyRows(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)
        self.activated.connect(self._tell)

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """The (value, text) to choose from; the value shown stays where it still exists."""
        before = self.value()
        given = list(choices)
        self.clear()
        self._values = [value for value, _ in given]
        self.addItems([text for _, text in given])
        self.set_value(before if before in self._values else next(iter(self._values), None))

    def add_choice(self, value: Any, text: str) -> None:
        """Offer one more, at the end."""
        self._values.append(value)
        self.addItem(text)

    def value(self) -> Any:
        """The value chosen, None where nothing is."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose without telling; a value that is not offered leaves the field empty."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel scrolls the page, it does not change a value in passing."""
        event.ignore()

    def _tell(self, index: int) -> None:
        self.value_changed.emit(self._values[index])
