"""Advice before 定稿, in a strip above the record. Nothing opens a window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.leftovers import Leftover
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.strips import Strip

SHOWN = 6


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
