"""The pieces of the counting card and where they stand; what they do is told by the panel."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.ui.places.elections.counting.count_table import CountTable
from branchbook.ui.places.elections.counting.next_steps import NextSteps
from branchbook.ui.places.elections.counting.number_tiles import TYPED, NumberTiles
from branchbook.ui.places.elections.counting.write_in_row import WriteInRow
from branchbook.ui.theme import Look
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import WrongNumbers

_ICONS_ONLY = 150


class PanelLayout(Card):
    """Head with its buttons, six tiles, the verdict, the table, the ballot in hand, warnings, what follows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.by_ballot = self._head_button("list-checks", self.tr("逐票录入"), "F2")
        self.by_totals = self._head_button("sigma", self.tr("录入合计"), "F3")
        self.projecting = self._head_button("monitor", self.tr("大字显示"), "F5")
        self.revealing = self._head_button("eye", self.tr("显示结果"), "F6")
        self.tiles = NumberTiles(self)
        self.wrong = WrongNumbers(self)
        self.verdict = Banner(self, closable=False)
        self.table = CountTable(self)
        self.write_in = WriteInRow(self)
        self.line = Banner(self, closable=False)
        self.hint = Text("", "dim", self, wrap=True)
        self.warning = Banner(self, closable=False)
        self.unconfirmed = Banner(self, closable=False)
        self.steps = NextSteps(self)
        for name in TYPED:
            self.wrong.follow(self.tiles.field(name))
        self._lay_out()
        self._order_tabs()

    def _head_button(self, icon: str, words: str, key: str) -> Button:
        button = Button(words, icon, self)
        button.setCheckable(True)
        button.setProperty("toggle", True)
        button.setToolTip(f"{words} {key}")
        button.setAccessibleName(words)
        self.add_action(button)
        return button

    def _lay_out(self) -> None:
        body = ScrolledBody(self)
        column = body.column
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(10)
        above: tuple[QWidget, ...] = (self.tiles, self.wrong, self.verdict, self.line, self.write_in)
        below = (self.hint, self.warning, self.unconfirmed, self.steps)
        for widget in above:
            column.addWidget(_indented(widget, self))
        column.addWidget(self.table, 1000)
        for widget in below:
            column.addWidget(_indented(widget, self))
        column.addStretch(1)
        self.body.addWidget(body, 1)
        self.scrolled = body

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        fields = [self.tiles.field(name) for name in TYPED]
        return [
            self.by_ballot, self.by_totals, self.projecting, self.revealing, *fields,
            self.table, self.write_in.picker, self.steps.fewer, self.steps.confirm,
        ]  # fmt: skip

    def _order_tabs(self) -> None:
        for one, other in pairwise(self.stops()):
            QWidget.setTabOrder(one, other)

    def changeEvent(self, event: QEvent) -> None:
        """Where the text is large the buttons of the head show their icons alone."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "steps"):
            self._name_buttons()

    def _name_buttons(self) -> None:
        bare = Look.current().text_scale >= _ICONS_ONLY
        for button in (self.by_ballot, self.by_totals, self.projecting, self.revealing):
            button.setText("" if bare else button.accessibleName())


def _indented(widget: QWidget, parent: QWidget) -> QWidget:
    """A widget 14 px in from the card's edge; it takes no room while its widget is hidden."""
    holder = _Indented(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(14, 0, 14, 0)
    column.addWidget(widget)
    holder.follow(widget)
    return holder


class _Indented(QWidget):
    def follow(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        self.setVisible(not widget.isHidden())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return False
