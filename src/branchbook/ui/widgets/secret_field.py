"""A field for a passphrase: covered, with a button that shows it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.fields import LineField


class SecretField(QWidget):
    """``edited`` while it is typed. Uncovered, an input method may write in it: a covered field takes none."""

    edited = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineField("", placeholder, self)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.show_button = Button("", "eye", self)
        self.show_button.clicked.connect(lambda: self.set_covered(not self.covered))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        self.line.textChanged.connect(self.edited)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_covered(True)

    @property
    def covered(self) -> bool:
        """Whether dots are shown for what is typed."""
        return self.line.echoMode() == QLineEdit.EchoMode.Password

    def set_covered(self, covered: bool) -> None:
        """Cover or show what is typed."""
        mode = QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal
        self.line.setEchoMode(mode)
        self.show_button.setText(self.tr("显示") if covered else self.tr("遮住"))
        self.show_button.setAccessibleName(self.tr("显示口令") if covered else self.tr("遮住口令"))
        self.show_button.setToolTip(self.tr("口令里有汉字时，先显示，再用输入法输入"))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its line: where room is short, the place scrolls."""
        return QSize(super().minimumSizeHint().width(), self.line.sizeHint().height())

    def setAccessibleName(self, name: str) -> None:
        """The line's name too: it is what is read aloud."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def value(self) -> str:
        """What was typed."""
        return self.line.value()

    def clear(self) -> None:
        """Nothing, covered, and nothing to undo to."""
        self.line.clear()
        self.set_covered(True)
