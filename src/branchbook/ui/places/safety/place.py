"""The Safety place: backups at the left, the history and the recycle bin at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.history import Changes
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.safekeeping import BackupMeans
from branchbook.services.workshop import Workshop
from branchbook.ui.place import FileChooser, Place, PlaceContext
from branchbook.ui.places.safety.backup_column import BackupColumn
from branchbook.ui.places.safety.exchange_card import ExchangeCard
from branchbook.ui.places.safety.handover_card import HandoverCard
from branchbook.ui.places.safety.history_list import HistoryList
from branchbook.ui.places.safety.lists_card import ListsCard
from branchbook.ui.places.safety.recycle_list import RecycleList
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips


class Safety(Place):
    """``backed_up`` tells the window that the age of the last backup changed.

    ``restore_over_asked`` gives the backup that shall take the open book's place.
    """

    key = "safety"
    backed_up = Signal()
    restore_over_asked = Signal(object)

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
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
        self.history.open(self)
        self.bin.open(self)

    def reload(self, changes: Changes) -> None:
        """Every change is a line of history."""
        self.history.reload()
        self.bin.reload()

    def _left_column(self) -> QVBoxLayout:
        """Backups, or what is handed on; each fills the column."""
        self.backups = BackupColumn(self, self._workshop, self._means, self._files)
        self.backups.backed_up.connect(self.backed_up)
        self.backups.over_asked.connect(self.restore_over_asked)
        self.exchange = ExchangeCard(self, self._workshop, self._files)
        self.lists = ListsCard(self, self._workshop, self._files)
        self.handover = HandoverCard(self, self._workshop, self._files)
        handing_on = QWidget()
        cards = QVBoxLayout(handing_on)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(16)
        for card in (self.handover, self.exchange, self.lists):
            cards.addWidget(card)
        cards.addStretch(1)
        self.left_pages = QStackedWidget()
        self.left_pages.addWidget(self.backups)
        self.left_pages.addWidget(handing_on)
        chips = Chips()
        chips.set_chips([("backups", self.tr("备份")), ("handing_on", self.tr("交换与交接"))])
        chips.chosen.connect(lambda key: self.left_pages.setCurrentIndex(0 if key == "backups" else 1))
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(chips)
        column.addWidget(self.left_pages, 1)
        return column

    def _right_card(self) -> Card:
        card = Card(self.tr("修改记录"), self.tr("谁在何时改了什么；只增不减"), padding=0)
        self.pages = QStackedWidget()
        self.history = HistoryList()
        self.bin = RecycleList()
        self.pages.addWidget(self.history)
        self.pages.addWidget(self.bin)
        chips = Chips()
        chips.set_chips([("history", self.tr("修改记录")), ("bin", self.tr("回收站"))])
        chips.chosen.connect(lambda key: self.pages.setCurrentIndex(0 if key == "history" else 1))
        card.add_action(chips)
        card.add(self.pages, 1)
        return card
