"""规定与口径: how the program counts, stricter local cadences, and all rules with their corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.ui.places.settings.cadences_card import CadencesCard
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.rules_card import RulesCard
from branchbook.ui.places.settings.spec_rows import SpecRows, specs_of
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

GROUP = "规定与口径"
COUNTING, CADENCES, RULES = "counting", "cadences", "rules"


class RulesPage(Page):
    """Three parts, one shown at a time."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self.parts = Chips()
        self.parts.set_chips(
            [
                (COUNTING, self.tr("口径")),
                (CADENCES, self.tr("本地更严的频次")),
                (RULES, self.tr("规则一览与更正")),
            ]
        )
        self.parts.chosen.connect(self.show_part)
        self.rows = SpecRows(self, specs_of(GROUP))
        self.cadences = CadencesCard(self)
        self.rules = RulesCard(self)
        self.stack = QStackedWidget()
        self._widgets: dict[str, QWidget] = {
            COUNTING: self._counting(),
            CADENCES: self.cadences,
            RULES: self.rules,
        }
        for widget in self._widgets.values():
            self.stack.addWidget(widget)
        self.column.setSpacing(10)
        self.add(self.parts)
        self.add(self.stack, 1)

    def _counting(self) -> QWidget:
        card = Card(self.tr("口径"), self.tr("条例没有写明、各地做法不同的地方，在这里选定"))
        card.add(self.rows)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        return holder

    def show_part(self, key: str) -> None:
        """Show one of the three parts."""
        self.parts.choose(key)
        self.stack.setCurrentWidget(self._widgets[key])

    def show_view(self, view: SettingsView) -> None:
        """Show the book's choices in all parts."""
        super().show_view(view)
        self.rows.show_view(view)
        self.cadences.show_view(view)
        self.rules.show_view(view)
