"""The Safety place: backups, passphrase and handing on at the left; history, recycle bin and checks at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.history import Changes
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.safekeeping import BackupMeans
from branchbook.services.workshop import CheckResult, Workshop
from branchbook.ui.place import FileChooser, Place, PlaceContext
from branchbook.ui.places.safety.backup_column import BackupColumn
from branchbook.ui.places.safety.checks_page import ChecksPage
from branchbook.ui.places.safety.exchange_card import ExchangeCard
from branchbook.ui.places.safety.handover_card import HandoverCard
from branchbook.ui.places.safety.history_list import HistoryList
from branchbook.ui.places.safety.lists_card import ListsCard
from branchbook.ui.places.safety.protection_card import ProtectionCard
from branchbook.ui.places.safety.recycle_list import RecycleList
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.chips import Chips


class Safety(Place):
    """``backed_up`` tells the window that the age of the last backup changed, ``protection_changed`` that there is
    another passphrase or none, ``lock_asked`` that the book is to be locked.

    ``restore_over_asked`` gives the backup that shall take the open book's place.
    """

    key = "safety"
    backed_up = Signal()
    restore_over_asked = Signal(object)
    protection_changed = Signal()
    lock_asked = Signal()

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._settings_file = settings_file
        self._means = BackupMeans(workshop.shelf, workshop.backups, settings_file)
        self._files = files
        self.content.addLayout(self._left_column(), 40)
        self.content.addWidget(self._right_card(), 60)

    def open(self, context: PlaceContext) -> None:
        """Show backups, history and bin of the open book."""
        super().open(context)
        self.backups.open()
        self.exchange.reset()
        self.lists.reset()
        self.protection.open()
        self.history.open(self)
        self.bin.open(self)
        self.checks.open(self)

    def reload(self, changes: Changes) -> None:
        """Every change is a line of history."""
        self.history.reload()
        self.bin.reload()

    def _left_column(self) -> QVBoxLayout:
        """Backups, the passphrase, or what is handed on; each fills the column."""
        self.backups = BackupColumn(self, self._workshop, self._means, self._files)
        self.backups.backed_up.connect(self.backed_up)
        self.backups.over_asked.connect(self.restore_over_asked)
        self.backups.checked.connect(self._show_check)
        self.protection = ProtectionCard(self, self._workshop, self._settings_file, self._files)
        self.protection_changed.connect(self.backups.load)
        self.exchange = ExchangeCard(self, self._workshop, self._files)
        self.lists = ListsCard(self, self._workshop, self._files)
        self.handover = HandoverCard(self, self._workshop, self._files)
        self.left_pages = QStackedWidget()
        self.left_pages.addWidget(self.backups)
        self.left_pages.addWidget(_stacked(self.protection))
        self.left_pages.addWidget(_stacked(self.handover, self.exchange, self.lists))
        self.left_chips = Chips()
        self.left_chips.set_chips(
            [
                ("backups", self.tr("备份")),
                ("protection", self.tr("口令")),
                ("handing_on", self.tr("交换与交接")),
            ]
        )
        self.left_chips.chosen.connect(self.show_left)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.left_chips)
        column.addWidget(self.left_pages, 1)
        self.show_left("backups")
        return column

    def show_left(self, key: str) -> None:
        """Show backups, the passphrase, or what is handed on."""
        self.left_chips.choose(key)
        self.left_pages.setCurrentIndex(("backups", "protection", "handing_on").index(key))

    def _show_check(self, result: CheckResult) -> None:
        """What a check found in full, at the right where there is something."""
        self.checks.show_check(result)
        if not result.whole:
            self.show_page("checks")

    def _right_card(self) -> Card:
        self.right_card = card = Card("", "", padding=0)
        self.pages = QStackedWidget()
        self.history = HistoryList()
        self.bin = RecycleList()
        self.pages.addWidget(self.history)
        self.pages.addWidget(self.bin)
        self.checks = ChecksPage(self._workshop, self._files)
        self.pages.addWidget(self.checks)
        self.chips = Chips()
        self.chips.set_chips(
            [
                ("history", self.tr("修改记录")),
                ("bin", self.tr("回收站")),
                ("checks", self.tr("校验与副本")),
            ]
        )
        self.chips.chosen.connect(self.show_page)
        card.add_action(self.chips)
        card.add(self.pages, 1)
        self.show_page("history")
        return card

    def show_page(self, key: str) -> None:
        """Show the history, the recycle bin, or what was checked."""
        self.chips.choose(key)
        titles = {
            "history": (self.tr("修改记录"), self.tr("谁在何时改了什么；只增不减")),
            "bin": (self.tr("回收站"), self.tr("删除的都在这里")),
            "checks": (self.tr("校验与副本"), ""),
        }
        self.right_card.set_title(*titles[key])
        self.pages.setCurrentIndex(tuple(titles).index(key))


def _stacked(*cards: Card) -> ScrolledBody:
    """Cards below each other; what does not fit is scrolled to."""
    holder = ScrolledBody()
    holder.column.setContentsMargins(0, 0, 0, 0)
    holder.column.setSpacing(16)
    for card in cards:
        holder.column.addWidget(card)
    holder.column.addStretch(1)
    return holder
