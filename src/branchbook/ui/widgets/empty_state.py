"""An empty place explains itself and offers the first step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.ui.widgets.buttons import Button, IconLabel
from branchbook.ui.widgets.labels import Text


class EmptyState(QWidget):
    """Icon, title, a sentence, and a button when ``action`` is not empty; ``acted`` when it is pressed."""

    acted = Signal()

    def __init__(
        self, icon_name: str, title: str, text: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(IconLabel(icon_name, self, 28), 0, middle)
        heading = Text(title, "title", self)
        column.addWidget(heading, 0, middle)
        self._text = Text(text, "dim", self, wrap=True)
        self._text.setAlignment(middle)
        self._text.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._text)
        self.button = Button(action, "", self, primary=True)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.acted)
        column.addSpacing(4)
        column.addWidget(self.button, 0, middle)
        column.addStretch(3)
        self.setAccessibleName(title)

    def say(self, text: str) -> None:
        """Explain it otherwise."""
        self._text.setText(text)
