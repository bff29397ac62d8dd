"""花名册: how identity numbers show, and which column of a spreadsheet is what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.services.roster_columns import COLUMN_BY_KEY
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.ui.models.rows import Column
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.spec_rows import SpecRows, specs_of
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

GROUP = "花名册"
KEY = "roster_columns"


class RosterPage(Page):
    """The remembered columns are listed; each can be forgotten, or all of them."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        card = Card(self.tr("身份证号"))
        self.rows = SpecRows(self, specs_of(GROUP))
        card.add(self.rows)
        self.add(card)
        self.add(self._columns_card(), 1)

    def _columns_card(self) -> Card:
        spec = SPEC_BY_KEY[KEY]
        card = Card(spec.label, spec.help, padding=0)
        self.forget_button = Button(self.tr("忘记所选"), "trash-2")
        self.forget_button.clicked.connect(self.forget)
        self.forget_all_button = Button(self.tr("全部忘记"))
        self.forget_all_button.clicked.connect(lambda: self.reset(KEY))
        card.add_action(self.forget_button)
        card.add_action(self.forget_all_button)
        self.table: Table[tuple[str, str]] = Table(
            (
                Column(self.tr("表格里的列名"), lambda each: each[0], 260),
                Column(self.tr("对应哪一项"), self._column_word),
            ),
            self,
            key=lambda each: each[0],
        )
        self.table.setAccessibleName(spec.label)
        self.table.setMinimumHeight(240)
        self.nothing = EmptyState(
            "file-spreadsheet",
            self.tr("还没有记住的列"),
            self.tr("导入花名册时对应过的列会记在这里，下次同样的表格不用再对应。"),
        )
        card.add(self.table, 1)
        card.add(self.nothing, 1)
        return card

    def show_view(self, view: SettingsView) -> None:
        """Show what is remembered, by the name of the column."""
        super().show_view(view)
        self.rows.show_view(view)
        remembered = sorted(view.settings.roster_columns.items())
        self.table.set_rows(remembered)
        self.table.setVisible(bool(remembered))
        self.nothing.setVisible(not remembered)
        self.forget_button.setEnabled(bool(remembered))
        self.forget_all_button.setEnabled(bool(remembered))

    def forget(self) -> None:
        """Forget the chosen columns."""
        heads = {head for head, _ in self.table.selected_rows}
        if not heads:
            self.place.banner.say(Tone.WARN, self.tr("请先选中要忘记的一行"))
            return
        assert self.view is not None
        kept = {head: key for head, key in self.view.settings.roster_columns.items() if head not in heads}
        self.change(KEY, kept)

    def _column_word(self, remembered: tuple[str, str]) -> str:
        column = COLUMN_BY_KEY.get(remembered[1])
        return column.label if column else self.tr("（不读取这一列）")
