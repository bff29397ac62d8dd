"""Strips above a record: a reason asked for in place, and advice before 定稿. Nothing opens a window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.leftovers import Leftover
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text

SHOWN = 6


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

    def ask(self, prompt: str, placeholder: str, confirm: str) -> None:
        """Ask, with the keyboard in the line."""
        self.prompt.setText(prompt)
        self.reason.set_value("")
        self.reason.setPlaceholderText(placeholder)
        self.reason.setAccessibleName(prompt)
        self.confirm_button.setText(confirm)
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if not composing(self.reason):
            self.confirmed.emit(self.reason.text())


class AdviceStrip(Strip):
    """What looks left over in a record, with 仍然定稿."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Text("", "", self, wrap=True)
        self.confirm_button = Button(self.tr("仍然定稿"), "", self)
        self.confirm_button.clicked.connect(self._confirm)
        self.back_button = Button(self.tr("回去修改"), "", self)
        self.back_button.clicked.connect(self.give_up)
        heading = Text(self.tr("定稿前请看一眼："), "title", self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(heading, 1)
        buttons.addWidget(self.confirm_button)
        buttons.addWidget(self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.lines)

    def advise(self, findings: Sequence[Leftover]) -> None:
        """Show the findings, with the keyboard on 仍然定稿."""
        lines = [self._line(each) for each in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(self.tr("……共 {n} 处").format(n=len(findings)))
        self.lines.setText("\n".join(lines))
        self.lines.setAccessibleName(self.lines.text())
        self.show()
        self.confirm_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, found: Leftover) -> str:
        if not found.found:
            return self.tr("· {text}").format(text=found.text)
        return self.tr("· {where}：“{found}” {text}").format(
            where=found.where, found=found.found, text=found.text
        )

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()
