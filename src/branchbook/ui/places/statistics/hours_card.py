"""The education hours of a branch's members in a year against the floor; who is below it stands out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.services.education_hours import HoursLine, HoursView, hours_words
from branchbook.services.paper_values_hours import hours_note
from branchbook.ui.models.rows import Column
from branchbook.ui.place import Destination, ShowPaper
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table


class HoursCard(Card):
    """``opened`` gives the line whose member is to be shown, ``go`` the ``Destination`` of the paper."""

    opened = Signal(object)
    go = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.set_title(self.tr("教育培训学时"))
        self.print_button = IconButton("printer", self.tr("打印学时统计表"))
        self.print_button.clicked.connect(
            lambda: self.go.emit(Destination("print", ShowPaper("education_hours")))
        )
        self.add_action(self.print_button)
        self.table: Table[HoursLine] = Table(
            (
                Column(self.tr("姓名"), lambda each: each.name),
                Column(self.tr("会议活动"), lambda each: _or_blank(each.meeting_tenths), 76, right=True),
                Column(self.tr("培训"), lambda each: _or_blank(each.training_tenths), 64, right=True),
                Column(self.tr("合计"), lambda each: _or_blank(each.hours.tenths), 64, right=True),
                Column(self.tr("应达到"), lambda each: str(each.hours.floor or ""), 64, right=True),
                Column(self.tr("还差"), lambda each: _or_blank(each.hours.missing), 64, right=True),
            ),
            self,
            key=lambda each: each.person_id,
        )
        self.table.setAccessibleName(self.tr("教育培训学时"))
        self.table.opened.connect(self.opened)
        self.note = Text("", "dim", wrap=True)
        self.note.setContentsMargins(14, 8, 14, 8)
        self.add(self.table, 1)
        self.add(self.note)

    def show_view(self, view: HoursView | None) -> None:
        """Show a branch's year; None for a general branch, whose branches are looked at one by one."""
        self.print_button.setVisible(view is not None)
        self.table.set_rows(() if view is None else view.lines)
        if view is None:
            self.set_title(self.tr("教育培训学时"))
            self.note.setText(self.tr("学时按党支部统计，请在窗口上方选择一个党支部。"))
            return
        below = self.tr("{year} 年，{n} 名未达到").format(year=view.year, n=len(view.below))
        self.set_title(self.tr("教育培训学时"), below if view.below else self.tr("全部达到"))
        self.note.setText(hours_note(view))


def _or_blank(tenths: int) -> str:
    return hours_words(tenths) if tenths else ""
