"""规定与口径: how the program counts, stricter local cadences, all rules with their corrections, days off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.ui.places.settings.cadences_card import CadencesCard
from branchbook.ui.places.settings.holidays_card import HolidaysCard
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.rules_card import RulesCard
from branchbook.ui.places.settings.spec_rows import SpecRows, specs_of
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

GROUP = "规定与口径"
COUNTING, CADENCES, RULES, HOLIDAYS = "counting", "cadences", "rules", "holidays"


class RulesPage(Page):
    """Four parts, one shown at a time."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self.parts = Chips()
        self.parts.set_chips(
            [
                (COUNTING, self.tr("口径")),
                (CADENCES, self.tr("本地更严的频次")),
                (RULES, self.tr("规则一览与更正")),
                (HOLIDAYS, self.tr("节假日表")),
            ]
        )
        self.parts.chosen.connect(self.show_part)
        self.rows = SpecRows(self, specs_of(GROUP))
        self.cadences = CadencesCard(self)
        self.rules = RulesCard(self)
        self.holidays = HolidaysCard(self)
        self.stack = QStackedWidget()
        self._widgets: dict[str, QWidget] = {
            COUNTING: self._counting(),
            CADENCES: self.cadences,
            RULES: self.rules,
            HOLIDAYS: self._at_the_top(self.holidays),
        }
        for widget in self._widgets.values():
            self.stack.addWidget(widget)
        self.column.setSpacing(10)
        self.add(self.parts)
        self.add(self.stack, 1)

    def _counting(self) -> QWidget:
        card = Card(self.tr("口径"), self.tr("条例没有写明、各地做法不同的地方，在这里选定"))
        card.add(self.rows)
        return self._at_the_top(card)

    def _at_the_top(self, card: Card) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        return holder

    def show_part(self, key: str) -> None:
        """Show one of the parts."""
        self.parts.choose(key)
        self.stack.setCurrentWidget(self._widgets[key])

    def show_view(self, view: SettingsView) -> None:
        """Show the book's choices in all parts."""
        super().show_view(view)
        self.rows.show_view(view)
        self.cadences.show_view(view)
        self.rules.show_view(view)
        self.holidays.show_view(view)
