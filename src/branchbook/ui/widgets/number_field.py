"""A count typed as digits."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from branchbook.domain.problems import RefusedProblem
from branchbook.ui.theme import Look
from branchbook.ui.widgets.fields import LineField, set_wrong

MOST = 99_999


class NumberField(LineField):
    """``counted`` gives the number while it is typed; nothing typed is 0, full-width digits are digits.

    What is no count gives ``before`` again, the number that stood here when the field was entered: of 10.5 or
    1000000000 the digits typed up to there are not a number that anyone meant.
    """

    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, width: int = 48) -> None:
        super().__init__("", "0", parent)
        self.before = 0
        self.setFixedWidth(Look.current().px(width))
        self.edited.connect(self._read)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember the number that stands here; coming back to what is wrong, it stays the last that was right."""
        super().focusInEvent(event)
        number = self.number()
        self.before = self.before if number is None else number

    def set_number(self, number: int) -> None:
        """Show another number, unless it is shown already or something that is no count is being typed."""
        if self.number() is None and self.being_typed:
            return
        if self.number() != number or not self.text():
            self.setText(str(number))
        set_wrong(self, None)

    def number(self) -> int | None:
        """What is typed, None where it is no count."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        if not plain:
            return 0
        return int(plain) if plain.isdecimal() and int(plain) <= MOST else None

    def _read(self) -> None:
        number = self.number()
        wrong = QCoreApplication.translate("Meetings", "请填整数")
        set_wrong(self, RefusedProblem(wrong, self.text()) if number is None else None)
        self.counted.emit(self.before if number is None else number)
