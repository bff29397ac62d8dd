"""A card: one thing, with a title line, a quiet subtitle, and at most one primary button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from branchbook.ui.style import CARD_RADIUS
from branchbook.ui.theme import Look
from branchbook.ui.widgets.labels import Elided, Text


class Card(QFrame):
    """Add widgets to ``body``. ``padding`` is 0 for lists and grids that run to the card's edge."""

    def __init__(
        self, title: str = "", subtitle: str = "", parent: QWidget | None = None, *, padding: int = 14
    ) -> None:
        super().__init__(parent)
        self._head_height = 42
        self.setProperty("role", "card")
        self._title = Text(title, "title", self)
        self._subtitle = Elided(subtitle, "dim", self)
        self._head = QFrame(self)
        self._head.setProperty("role", "head")
        row = QHBoxLayout(self._head)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        row.addLayout(self._actions)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, padding and 12, padding, 12 if padding else CARD_RADIUS - 1)
        self.body.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        outer.addLayout(self.body, 1)
        self.set_title(title, subtitle)
        self._measure_head()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """The title line; it disappears when both are empty."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.setAccessibleName(title)
        self._head.setVisible(bool(title or subtitle))

    def add_action(self, widget: QWidget) -> None:
        """Put a button (or a legend) at the right end of the title line."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        if widget.property("primary") is not None:
            self._head_height = 51
            self._measure_head()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure_head()

    def _measure_head(self) -> None:
        self._head.setMinimumHeight(Look.current().px(self._head_height))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)

    def add_foot(self, *widgets: QWidget) -> QFrame:
        """A line under the body, parted from it, with widgets from left to right (the last at the end)."""
        foot = QFrame(self)
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(8)
        for widget in widgets[:-1]:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in widgets[-1:]:
            row.addWidget(widget)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(foot)
        return foot


class ScrolledBody(QScrollArea):
    """What is taller than its card scrolls in it: put widgets into ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self.viewport().setAutoFillBackground(False)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.setWidget(inside)
