"""The rail at the left: the program's name, then the places with icon, word, and digit key or badge.

Where the text is so large that the places need the room, the icons alone stay; the words are in their tips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from branchbook.ui.icons import pixmap
from branchbook.ui.place import PlaceSpec
from branchbook.ui.theme import Look
from branchbook.ui.widgets.labels import Elided, Text

WIDTH = 176
NARROW_WIDTH = 56
NARROW_FROM = 175
"""Percent of text size from which the rail shows no words."""


def is_narrow() -> bool:
    """Whether the text is so large that the rail shows icons only."""
    return Look.current().text_scale >= NARROW_FROM


class RailButton(QPushButton):
    """One place: ``pressed_key`` gives its key to open it; checked, it is the one that is open."""

    pressed_key = Signal(str)

    def __init__(self, spec: PlaceSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._badge = 0
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.pressed_key.emit(spec.key))
        self._name()

    def set_badge(self, number: int) -> None:
        """A number that asks for attention; 0 shows the digit key again."""
        self._badge = number
        self._name()
        self.update()

    @property
    def badge(self) -> int:
        """The number shown, 0 where there is none."""
        return self._badge

    def _name(self) -> None:
        key = f"Ctrl+{self.spec.digit}" if self.spec.digit else ""
        todo = self.tr("{n} 件待办").format(n=self._badge) if self._badge else ""
        self.setAccessibleName("，".join(part for part in (self.spec.title, todo) if part))
        self.setToolTip("  ".join(part for part in (self.spec.title, key, todo) if part))

    def sizeHint(self) -> QSize:
        """35 px high at 100 %."""
        look = Look.current()
        return QSize(look.px((NARROW_WIDTH if is_narrow() else WIDTH) - 17), look.px(35))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground comes from the stylesheet; icon, word and digit are drawn on it."""
        super().paintEvent(event)
        look = Look.current()
        painter = QPainter(self)
        colour = look.tokens.on("accent", "selection") if self.isChecked() else look.tokens.text
        colour = colour if self.isEnabled() else look.tokens.dim
        side = look.px(18)
        shown = pixmap(self.spec.icon, colour, side, self.devicePixelRatioF())
        left = (self.width() - side) // 2 if is_narrow() else look.px(10)
        painter.drawPixmap(left, (self.height() - side) // 2, shown)
        if not is_narrow():
            painter.setFont(look.font(14))
            painter.setPen(colour)
            words = self.rect().adjusted(look.px(38), 0, -look.px(28), 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.spec.title)
            self._paint_digit(painter, look)
        elif self._badge:
            self._paint_dot(painter, look)
        painter.end()

    def _paint_dot(self, painter: QPainter, look: Look) -> None:
        """The number is in the tip; the dot says that there is one."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("bad"))
        side = look.px(6)
        painter.drawEllipse(self.width() - side - look.px(4), look.px(5), side, side)

    def _paint_digit(self, painter: QPainter, look: Look) -> None:
        font = look.font(12)
        painter.setFont(font)
        text = str(self._badge) if self._badge else self.spec.digit
        width = max(QFontMetrics(font).horizontalAdvance(text) + look.px(10), look.px(20))
        right = self.width() - look.px(6 if self._badge else 8)
        area = QRect(right - width, (self.height() - look.px(19)) // 2, width, look.px(19))
        if self._badge:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("bad_ground"))
            painter.drawRoundedRect(QRectF(area), look.px(9), look.px(9))
            painter.setPen(look.tokens.on("bad", "bad_ground"))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
        else:
            painter.setPen(look.colour("dim"))
            painter.drawText(area.adjusted(0, 0, -2, 0), int(_RIGHT), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a place as space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Rail(QFrame):
    """``chosen`` gives the key of the place that was pressed."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[PlaceSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._program = Text(self.tr("支部手册"), "program", self)
        self._owner = Elided("", "dim", self)
        self.buttons = {spec.key: RailButton(spec, self) for spec in specs}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 9, 12)
        column.setSpacing(2)
        names = QVBoxLayout()
        names.setContentsMargins(10, 0, 4, 12)
        names.setSpacing(0)
        names.addWidget(self._program)
        names.addWidget(self._owner)
        column.addLayout(names)
        for spec in specs:
            if not spec.at_bottom:
                column.addWidget(self.buttons[spec.key])
        column.addStretch(1)
        for spec in specs:
            if spec.at_bottom:
                column.addWidget(self.buttons[spec.key])
        for button in self.buttons.values():
            button.pressed_key.connect(self.chosen)
        self._measure()

    def set_owner(self, name: str) -> None:
        """The general branch (or the branch) whose book is open; empty while none is."""
        self._owner.setText(name)

    def set_current(self, key: str) -> None:
        """Show which place is open; "" shows that none is."""
        for each, button in self.buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(each == key)
            button.setAutoExclusive(True)

    def set_usable(self, usable: bool) -> None:
        """Without a book the places can be seen but not opened."""
        for button in self.buttons.values():
            button.setEnabled(usable)
            if not usable:
                button.set_badge(0)  # what is due in a book that is closed or locked is nobody's business

    def is_used(self) -> bool:
        """Whether the keyboard is in the rail, moving from place to place."""
        return any(button.hasFocus() for button in self.buttons.values())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        narrow = is_narrow()
        self._program.setVisible(not narrow)
        self._owner.setVisible(not narrow)
        self.setFixedWidth(Look.current().px(NARROW_WIDTH if narrow else WIDTH))
