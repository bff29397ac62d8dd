"""备份与交换: where backups of this book go, and how large an exchange file may be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.services.program import BackupPlace, without_backup_place
from branchbook.services.safekeeping import BackupMeans, backup_state, choose_backup_folder
from branchbook.ui.place import Destination
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.spec_rows import SpecRows, specs_of
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.fields import FieldGrid, LineField

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

GROUP = "导入与交换"
BACKUPS = "备份"
LOCKING = "口令与锁定"


class BackupPage(Page):
    """The folder belongs to this computer: a path of one computer has no place in the book."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self.folder = LineField("", self.tr("还没有选定，第一次备份时会问"))
        self.folder.setReadOnly(True)
        self.choose_button = Button(self.tr("更换…"), "folder-open")
        self.choose_button.setAccessibleName(self.tr("更换备份文件夹"))
        self.choose_button.clicked.connect(self.choose_folder)
        self.forget_button = Button(self.tr("恢复默认"), "rotate-ccw")
        self.forget_button.setAccessibleName(self.tr("恢复默认：备份文件夹"))
        self.forget_button.clicked.connect(self._forget)
        self.add(self._folder_card())
        rotation = Card(self.tr("自动备份与轮换"), self.tr("保存在簿里，随簿带走"))
        self.backup_rows = SpecRows(self, specs_of(BACKUPS))
        rotation.add(self.backup_rows)
        self.add(rotation)
        limits = Card(self.tr("导入与交换"))
        self.rows = SpecRows(self, specs_of(GROUP))
        limits.add(self.rows)
        self.add(limits)
        locking = Card(LOCKING)
        self.locking_rows = SpecRows(self, specs_of(LOCKING))
        locking.add(self.locking_rows)
        self.add(locking)
        self.column.addStretch(1)

    def _folder_card(self) -> Card:
        card = Card(self.tr("备份"), self.tr("保存在这台电脑上，不随簿带走"))
        go = Button(self.tr("去备份"), "shield-check")
        go.clicked.connect(lambda: self.place.go.emit(Destination("safety")))
        card.add_action(go)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.forget_button)
        row.addWidget(self.choose_button)
        fields = FieldGrid(1, label_width=76)
        hint = self.tr("最好选U盘或另一个硬盘；和簿放在同一个盘上，盘坏了就一起没有了。")
        fields.add(self.tr("备份文件夹"), holder, hint=hint)
        self.folder.setAccessibleName(self.tr("备份文件夹"))
        card.add(fields)
        return card

    def show_view(self, view: SettingsView) -> None:
        """Show this computer's folder and the book's limits."""
        super().show_view(view)
        self.backup_rows.show_view(view)
        self.rows.show_view(view)
        self.locking_rows.show_view(view)
        self._show_folder()

    def _show_folder(self) -> None:
        folder = backup_state(self.place.settings_file, self.place.context.book.path).folder
        self.folder.set_value(folder)
        self.folder.setCursorPosition(0)
        self.forget_button.setVisible(bool(folder))

    def choose_folder(self) -> None:
        """Ask for another folder; the next backup goes there."""
        folder = self.place.files.folder(self.tr("备份放到哪个文件夹（最好是U盘）"))
        if folder is not None:
            means, book = self._means(), self.place.context.book.path
            self.place.ask(lambda: choose_backup_folder(means, book, folder), self._chosen)

    def _chosen(self, place: BackupPlace) -> None:
        self._show_folder()
        warning = self.place.workshop.backups.place_warning(Path(place.folder))
        if warning:
            self.place.banner.say(Tone.WARN, warning)

    def _forget(self) -> None:
        file = self.place.settings_file
        file.save(without_backup_place(file.load(), self.place.context.book.path))
        self._show_folder()

    def _means(self) -> BackupMeans:
        workshop = self.place.workshop
        return BackupMeans(workshop.shelf, workshop.backups, self.place.settings_file)
