"""Strips above a record or a step: a reason asked for in place. Nothing opens a window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from branchbook.ui.preedit import composing
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text


class Strip(QFrame):
    """Hidden until it is asked; Esc gives it up."""

    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape and not composing():
            self.give_up()
        else:
            super().keyPressEvent(event)

    def give_up(self) -> None:
        """Close it without doing anything."""
        self.hide()
        self.given_up.emit()


class ReasonStrip(Strip):
    """Asks for a reason in one line. ``confirmed`` gives it; Enter confirms."""

    confirmed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompt = Text("", "", self)
        self.reason = LineField("", "", self)
        self.reason.returnPressed.connect(self._confirm)
        self.confirm_button = Button("", "", self, primary=True)
        self.confirm_button.clicked.connect(self._confirm)
        self.cancel_button = Button(self.tr("取消"), "", self)
        self.cancel_button.clicked.connect(self.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.prompt)
        row.addWidget(self.reason, 1)
        row.addWidget(self.confirm_button)
        row.addWidget(self.cancel_button)

    def ask(self, prompt: str, placeholder: str, confirm: str, *, focus: bool = True) -> None:
        """Ask, with the keyboard in the line; without ``focus`` it stays where it is."""
        self.prompt.setText(prompt)
        self.reason.set_value("")
        self.reason.setPlaceholderText(placeholder)
        self.reason.setAccessibleName(prompt)
        self.confirm_button.setText(confirm)
        self.show()
        if focus:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if not composing(self.reason):
            self.confirmed.emit(self.reason.text())
