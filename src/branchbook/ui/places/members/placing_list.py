"""Where each of several people (or branches) goes: a name and a choice per line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from branchbook.ui.theme import Look
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.labels import Elided

COLUMNS = 2
MOST_HEIGHT = 230
"""Pixels at 100 %; what is longer scrolls."""


class PlacingList(ScrolledBody):
    """``placed`` gives the choice of each key. Tab goes from one to the next, arrows choose."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fields: dict[Any, ChoiceField] = {}
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(2 * column, 2)
            self._grid.setColumnStretch(2 * column + 1, 3)
        self.column.addWidget(self._inside)
        self.column.addStretch(1)

    def ask(self, lines: Sequence[tuple[Any, str]], choices: Sequence[tuple[Any, str]]) -> None:
        """Ask for each (key, name), beginning with the first choice."""
        for number, (key, name) in enumerate(lines):
            row, column = divmod(number, COLUMNS)
            field = ChoiceField(choices)
            field.set_value(choices[0][0] if choices else None)
            field.setAccessibleName(self.tr("{name}去向").format(name=name))
            self.fields[key] = field
            self._grid.addWidget(Elided(name), row, 2 * column)
            self._grid.addWidget(field, row, 2 * column + 1)
        rows = -(-len(lines) // COLUMNS)
        look = Look.current()
        self.setFixedHeight(min(rows * look.px(35) + 4, look.px(MOST_HEIGHT)))

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; what is chosen stays where it is still offered."""
        for field in self.fields.values():
            field.set_choices(choices)

    def placed(self) -> dict[Any, Any]:
        """What is chosen for each key."""
        return {key: field.value() for key, field in self.fields.items()}
