"""Chips that take no more room than they need: for a title line or a foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from branchbook.ui.widgets.chips import Chips


class SnugChips(Chips):
    """As wide as its chips where there is room; scrolls where there is not."""

    def __init__(self, chips: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_chips(chips)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The chips side by side."""
        return QSize(self.widget().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """About two chips' corners."""
        return QSize(self.fontMetrics().horizontalAdvance("国国国"), self.minimumHeight())
