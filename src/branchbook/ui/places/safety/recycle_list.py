"""The recycle bin: what was deleted, and a button that brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.recycle_bin import BinLine, bin_lines, restore_removed
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class RecycleList(QWidget):
    """One line for each deletion; restoring it brings back everything that it took along."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self.table: Table[BinLine] = Table(
            (
                Column(self.tr("删除时间"), lambda each: f"{each.removed_at:%Y-%m-%d %H:%M}", 148),
                Column(self.tr("何人"), lambda each: each.who, 84),
                Column(self.tr("内容"), self._name),
                Column(self.tr("原因"), lambda each: each.reason, 150),
            ),
            self,
            key=lambda each: each.operation_id,
        )
        self.table.setAccessibleName(self.tr("回收站"))
        self.restore_button = Button(self.tr("恢复所选"), "undo-2")
        self.restore_button.clicked.connect(self.restore)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 8)
        foot.addStretch(1)
        foot.addWidget(self.restore_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def open(self, place: Place) -> None:
        """Show the bin of the place's book."""
        self._place = place
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        if self._place is None:
            return
        book = self._place.context.book

        def question() -> tuple[BinLine, ...]:
            with book.reading() as reading:
                return bin_lines(reading)

        self._place.ask(question, self.table.set_rows, key="bin")

    def restore(self) -> None:
        """Bring back what the chosen line removed."""
        assert self._place is not None
        chosen = self.table.current_row
        if chosen is None:
            self._place.banner.say(Tone.WARN, self.tr("请先选中要恢复的一行"))
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: restore_removed(book, chosen.operation_id, actor))

    def _name(self, line: BinLine) -> str:
        if not line.others:
            return line.name
        return self.tr("{name} 等 {n} 项").format(name=line.name, n=line.others + 1)
