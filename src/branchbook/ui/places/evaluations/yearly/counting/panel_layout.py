"""The pieces of the card that counts grades and where they stand; what they do is told by the panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.ui.places.elections.counting.number_tiles import NumberTiles
from branchbook.ui.places.evaluations.yearly.counting.grade_rows import GradeRow
from branchbook.ui.places.evaluations.yearly.counting.items_table import ItemsTable
from branchbook.ui.theme import Look
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.cell_table import CellTable
from branchbook.ui.widgets.labels import Elided, Text
from branchbook.ui.widgets.number_field import WrongNumbers

TYPED = ("due", "present", "issued", "returned", "invalid")
_ICONS_ONLY = 150
_MOST_ROWS = 9


class GradeLayout(Card):
    """Head with its buttons, six tiles, the sentence, the ballot in hand, the table, its keys, the confirmation.

    The ballot in hand stands over the table: however many members there are, both are in sight.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.by_ballot = self._head_button("list-checks", self.tr("逐票录入"), "F2")
        self.by_totals = self._head_button("sigma", self.tr("录入合计"), "F3")
        self.projecting = self._head_button("monitor", self.tr("大字显示"), "F5")
        self.revealing = self._head_button("eye", self.tr("显示结果"), "F6")
        self.revealing.hide()
        self.tiles = NumberTiles(self, can_be_typed=TYPED)
        self.wrong = WrongNumbers(self)
        self.verdict = Banner(self, closable=False)
        self.line = Banner(self, closable=False)
        self.table: CellTable[GradeRow] = CellTable(lambda row: row.person_id, self, most_rows=_MOST_ROWS)
        self.table.setAccessibleName(self.tr("测评计票"))
        self.items = ItemsTable(self)
        self.items.hide()
        self.hint = Text("", "dim", self, wrap=True)
        self.note = Elided("", "dim", self)
        self.confirm = Button(self.tr("监票人确认"), "check", self, primary=True)
        for name in TYPED:
            self.wrong.follow(self.tiles.field(name))
        self._lay_out()

    def _head_button(self, icon: str, words: str, key: str) -> Button:
        button = Button(words, icon, self)
        button.setCheckable(True)
        button.setProperty("toggle", True)
        button.setToolTip(f"{words} {key}")
        button.setAccessibleName(words)
        self.add_action(button)
        return button

    def _lay_out(self) -> None:
        above = QVBoxLayout()
        above.setContentsMargins(14, 12, 14, 0)
        above.setSpacing(8)
        for widget in (self.tiles, self.wrong, self.verdict, self.line):
            above.addWidget(widget)
        below = QVBoxLayout()
        below.setContentsMargins(14, 0, 14, 6)
        below.setSpacing(8)
        below.addWidget(self.items)
        below.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(self.confirm)
        below.addLayout(row)
        self.body.setSpacing(10)
        self.body.addLayout(above)
        self.body.addWidget(self.table)
        self.body.addLayout(below)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        fields = [self.tiles.field(name) for name in TYPED]
        heads = [self.by_ballot, self.by_totals, self.projecting, self.revealing]
        return [*heads, *fields, self.table, *self.items.stops(), self.confirm]

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size: words on the buttons only where there is room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "confirm"):
            self._name_buttons()

    @property
    def is_narrow(self) -> bool:
        """Whether the text is so large that words on buttons and over columns have no room."""
        return Look.current().text_scale >= _ICONS_ONLY

    def _name_buttons(self) -> None:
        bare = self.is_narrow
        for button in (self.by_ballot, self.by_totals, self.projecting, self.revealing):
            button.setText("" if bare else button.accessibleName())
