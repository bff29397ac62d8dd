"""Older copies of a protected book that open without its passphrase, and what may be done with them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.locksmith import OlderCopy, OpensWith
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

_MOST_ROWS = 5


class CopiesList(QWidget):
    """Hidden while there are none. ``protect_asked`` and ``delete_asked`` give the chosen copies."""

    protect_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text("", "problem", self, wrap=True)
        self._opens = {
            OpensWith.NOTHING: self.tr("不用口令"),
            OpensWith.FORMER: self.tr("以前的口令"),
            OpensWith.UNKNOWN: self.tr("别的口令"),
        }
        self.table: Table[OlderCopy] = Table(
            (
                Column(self.tr("旧副本"), lambda each: each.path.name),
                Column(self.tr("在"), lambda each: str(each.path.parent), 150),
                Column(self.tr("打开它用"), self._how, 96),
            ),
            self,
            key=lambda each: each.path,
        )
        self.table.setAccessibleName(self.tr("不用现在的口令就能打开的旧副本"))
        self.protect_button = Button(self.tr("改用现在的口令"), "lock", self)
        self.delete_button = Button(self.tr("删除"), "trash-2", self)
        self.protect_button.clicked.connect(lambda: self.protect_asked.emit(self._protectable()))
        self.delete_button.clicked.connect(lambda: self.delete_asked.emit(self.table.selected_rows))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.protect_button)
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.table)
        column.addLayout(buttons)
        self.show_copies(())

    def show_copies(self, copies: tuple[OlderCopy, ...]) -> None:
        """Show others; all of them are chosen at first."""
        self.setVisible(bool(copies))
        words = self.tr("{n} 份旧副本不用现在的口令就能打开。逐份改用现在的口令，或删除：")
        self.words.setText(words.format(n=len(copies)))
        self.table.set_rows(copies)
        self.table.setFixedHeight(Look.current().px(34 * (1 + min(len(copies), _MOST_ROWS)) + 4))
        self.table.selectAll()
        self._enable()

    def _protectable(self) -> tuple[OlderCopy, ...]:
        return tuple(each for each in self.table.selected_rows if each.can_be_protected)

    def _enable(self) -> None:
        self.protect_button.setEnabled(bool(self._protectable()))
        self.delete_button.setEnabled(bool(self.table.selected_rows))

    def _how(self, copy: OlderCopy) -> str:
        return self.tr("未写完") if copy.unfinished else self._opens[copy.opens_with]
