"""The question for the passphrase of another file than the open book: a copy or a damaged one, under another one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.recovery_code import RecoveryGroupsProblem, Secret, secret_in
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.secret_field import SecretField


class OtherSecret(QWidget):
    """Hidden until ``ask``; what was typed is forgotten once it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go: Callable[[Secret], None] | None = None
        self.field = SecretField(self.tr("另一份的口令，或恢复单上的各组"), self)
        self.field.setAccessibleName(self.tr("另一份的口令"))
        self.field.line.returnPressed.connect(self.submit)
        self.button = Button(self.tr("继续"), "key-round", self)
        self.button.clicked.connect(self.submit)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.hide()

    def ask(self, go: Callable[[Secret], None]) -> None:
        """Ask; ``go`` gets what opens the other file."""
        self._go = go
        self.field.clear()
        self.show()
        self.field.setFocus()

    def shut(self) -> None:
        """Forget the question and what was typed."""
        self._go = None
        self.field.clear()
        self.hide()

    def submit(self) -> None:
        """Go on with what was typed; wrong groups of a recovery sheet are told in the field."""
        go, typed = self._go, self.field.value()
        if go is None or not typed:
            return
        try:
            secret = secret_in(typed)
        except RecoveryGroupsProblem as problem:
            self.field.line.setPlaceholderText(str(problem))
            self.field.clear()
            return
        self.shut()
        go(secret)
