"""A row of filters of which one is chosen; arrows move within it, Tab enters and leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

from branchbook.ui.theme import Look
from branchbook.ui.widgets.wrapping_row import WrappingRow


class _Chip(QPushButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        group = self.group()
        buttons = group.buttons()
        buttons[(buttons.index(self) + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        buttons[(buttons.index(self) + step) % len(buttons)].click()


class Chips(QScrollArea):
    """``chosen`` tells the key of the chip that was chosen by the user.

    They scroll in one line, or, ``wrapping``, go on in the next: where nobody would look for what is hidden.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, wrapping: bool = False) -> None:
        super().__init__(parent)
        self._wrapped = WrappingRow(gap=6) if wrapping else None
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = self._wrapped or QWidget()
        inside.setProperty("role", "scrolled")
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        if self._wrapped is None:
            inside.setLayout(self._row)
        self.setWidget(inside)
        self._measure()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[str] = []
        self._group.idClicked.connect(self._tell)

    @property
    def current(self) -> str:
        """The key that is chosen, empty when there are no chips."""
        number = self._group.checkedId()
        return self._keys[number] if 0 <= number < len(self._keys) else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the chips from left to right."""
        return tuple(self._keys)

    def set_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these (key, text); the chosen key stays chosen where it still exists, else the first is."""
        before = self.current
        for button in self._group.buttons():
            self._group.removeButton(button)
            if self._wrapped is not None:
                self._wrapped.take(button)
            button.deleteLater()
        self._keys = [key for key, _ in chips]
        for number, (_, text) in enumerate(chips):
            chip = _Chip(text, self)
            self._group.addButton(chip, number)
            if self._wrapped is not None:
                self._wrapped.add(chip)
            else:
                self._row.insertWidget(number, chip)
        self._measure()
        self.choose(before if before in self._keys else next(iter(self._keys), ""))

    def stop(self) -> QWidget:
        """What Tab visits: the chip that is chosen."""
        return self._group.button(max(self._group.checkedId(), 0)) if self._keys else self

    def choose(self, key: str) -> None:
        """Choose without telling."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower row has more lines."""
        super().resizeEvent(event)
        if self._wrapped is not None:
            self._measure()

    def _measure(self) -> None:
        line = Look.current().px(24)
        lines = self._wrapped.heightForWidth(self.width()) if self._wrapped is not None else line
        self.setFixedHeight(max(line, lines))

    def _tell(self, number: int) -> None:
        button = self._group.button(number)
        self.ensureWidgetVisible(button, 12, 0)
        self.chosen.emit(self._keys[number])
