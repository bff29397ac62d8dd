"""关于: what the program is and is not, and the licences of all its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from branchbook import __version__
from branchbook.ui.models.rows import Column
from branchbook.ui.places.settings.notices import Part, parts
from branchbook.ui.places.settings.page import Page
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconLabel
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings


class AboutPage(Page):
    """The licence of the chosen part stands beside the list, in its own language."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self.add(self._program_card())
        self.add(self._parts_card(), 1)
        self.table.selectRow(0)

    def _program_card(self) -> Card:
        card = Card()
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(Text(self.tr("支部手册"), "program"))
        self.version = Text(self.tr("版本 {version}").format(version=__version__), "dim")
        heading.addWidget(self.version)
        heading.addStretch(1)
        card.body.addLayout(heading)
        for icon, text in self._sentences():
            card.add(_sentence(icon, text))
        return card

    def _sentences(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                "book-open",
                self.tr(
                    "记录和打印党支部应有的各项记录：会开了没有，应到多少、实到多少，还欠什么、依据哪一条。"
                ),
            ),
            (
                "monitor",
                self.tr("不联网：不上传、不更新、不统计，没有账号。内容只在您自己的簿文件和备份里。"),
            ),
            (
                "info",
                self.tr(
                    "规则均注明出处，未核实的标有“待核实”，一切以正式文件为准。本程序不是任何党组织的官方软件。"
                ),
            ),
        )

    def _parts_card(self) -> Card:
        card = Card(self.tr("所用部件与许可"), self.tr("许可文本保持原文"), padding=0)
        self.table: Table[Part] = Table(
            (
                Column(self.tr("部件"), lambda each: each.name),
                Column(self.tr("许可"), lambda each: each.licence, 138),
            ),
            self,
            key=lambda each: each.name,
        )
        self.table.setAccessibleName(self.tr("所用部件"))
        self.table.chosen.connect(self.show_part)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("readOnly", True)
        self.text.setTabChangesFocus(True)
        self._measure()
        Look.current().changed.connect(self._measure)
        self.text.setAccessibleName(self.tr("许可文本"))
        self.origin = Text("", "dim", wrap=True)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 8, 14, 8)
        column.addWidget(self.origin)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.table, 2)
        row.addWidget(beside, 3)
        card.body.addLayout(row, 1)
        card.setMinimumHeight(Look.current().px(320))
        self.table.set_rows(parts())
        return card

    def show_part(self, part: Part) -> None:
        """Show the licence of a part."""
        self.origin.setText(self.tr("{purpose}。{origin}").format(purpose=part.purpose, origin=part.origin))
        self.text.setPlainText(part.licence_text())

    def _measure(self) -> None:
        """Small, so that the lines of a licence stand as they were set."""
        self.text.setFont(Look.current().font(12))


def _sentence(icon: str, text: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon))
    row.addWidget(Text(text, "", wrap=True), 1)
    return holder
