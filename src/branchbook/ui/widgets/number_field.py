"""A count typed as digits."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.ui.theme import Look
from branchbook.ui.widgets.fields import LineField, set_wrong
from branchbook.ui.widgets.labels import Text

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
        self._said = ""
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
        self._judge(None)

    def number(self) -> int | None:
        """What is typed, None where it is no count."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        if not plain:
            return 0
        return int(plain) if plain.isdecimal() and int(plain) <= MOST else None

    def clear(self) -> None:
        """Empty it; nothing typed is right."""
        super().clear()
        self._judge(None)

    def _judge(self, problem: RefusedProblem | None) -> None:
        """Mark it and tell what is wrong, once."""
        said, before = str(problem) if problem else "", self._said
        self._said = said
        set_wrong(self, problem)
        if said != before:
            self.judged.emit(problem)

    def _read(self) -> None:
        number = self.number()
        wrong = QCoreApplication.translate("Meetings", "请填 0 到 {n} 的整数").format(n=MOST)
        self._judge(RefusedProblem(wrong, self.text()) if number is None else None)
        self.counted.emit(self.before if number is None else number)


class WrongNumbers(Text):
    """What is wrong with some fields, in words beside them; it takes no room while every number is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "problem", parent, wrap=True)
        self._said: dict[str, str] = {}
        self.hide()

    def follow(self, field: NumberField) -> None:
        """Say what is wrong with this field too, by its accessible name."""
        field.judged.connect(lambda problem: self._show(field.accessibleName(), problem))

    def _show(self, name: str, problem: Problem | None) -> None:
        self._said.pop(name, None)
        if problem is not None:
            self._said[name] = f"{name}：{problem}"
        self.setText("；".join(self._said.values()))
        self.setVisible(bool(self._said))
