"""The desk's list: what is due, why, and a button that opens or begins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.labels import Elided


@dataclass(frozen=True, slots=True)
class DueItem:
    """``key`` comes back from ``acted``; ``detail`` names date and article; ``action`` is the button's word."""

    key: Any
    title: str
    detail: str
    badge: str = ""
    tone: Tone = Tone.QUIET
    action: str = ""


class _Dot(QWidget):
    """The state as a dot; the badge beside it says it in a word."""

    def __init__(self, tone: Tone, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = tone

    def sizeHint(self) -> QSize:
        side = Look.current().px(8)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour({Tone.QUIET: "dim"}.get(self._tone, self._tone.value)))
        side = look.px(8)
        painter.drawEllipse(QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side))


class _DueRow(QFrame):
    def __init__(self, item: DueItem, parent: DueList) -> None:
        super().__init__(parent)
        self.item = item
        self.setProperty("role", "row")
        first = QHBoxLayout()
        first.setSpacing(6)
        self._title = title = Elided(item.title, "", self)
        first.addWidget(title)
        badge = Badge(item.badge, item.tone, self)
        first.addWidget(badge)
        first.addStretch(1)
        first.setStretchFactor(title, 100)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(Elided(item.detail, "dim", self))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(_Dot(item.tone, self))
        row.addLayout(words, 1)
        self.button = Button(item.action, "", self)
        self.button.setVisible(bool(item.action))
        spoken = "，".join(part for part in (item.action, item.title, item.badge, item.detail) if part)
        self.button.setAccessibleName(spoken)
        self.button.clicked.connect(lambda: parent.acted.emit(item.key))
        row.addWidget(self.button)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(Look.current().px(58))
        metrics = self._title.fontMetrics()
        self._title.setMaximumWidth(metrics.horizontalAdvance(self.item.title) + 2)


class DueList(ScrolledBody):
    """Overdue first is the caller's order. Up and Down move between the buttons."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(0)
        self.column.addStretch(1)
        self._rows: list[_DueRow] = []

    @property
    def items(self) -> tuple[DueItem, ...]:
        """What is shown."""
        return tuple(row.item for row in self._rows)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons from top to bottom."""
        return tuple(row.button for row in self._rows)

    def set_items(self, items: Sequence[DueItem]) -> None:
        """Show these."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_DueRow(item, self) for item in items]
        for number, row in enumerate(self._rows):
            self.column.insertWidget(number, row)

    def content_height(self) -> int:
        """The height at which nothing scrolls, for cards that are as high as their list."""
        return sum(row.sizeHint().height() for row in self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the buttons."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        focused = [number for number, button in enumerate(self.buttons) if button.hasFocus()]
        if not step or not focused:
            super().keyPressEvent(event)
            return
        target = min(max(focused[0] + step, 0), len(self._rows) - 1)
        self.buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self._rows[target], 0, 0)
