"""The Safety place: backups at the left, the history and the recycle bin at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.history import Changes
from branchbook.domain.recovery_code import RecoveryKey
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.safekeeping import BackupState, back_up_now, backup_state
from branchbook.services.workshop import BackupResult, CheckResult, Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.models.rows import Column
from branchbook.ui.place import FileChooser, Place, PlaceContext
from branchbook.ui.places.safety.checks_page import ChecksPage, step_of
from branchbook.ui.places.safety.exchange_card import ExchangeCard
from branchbook.ui.places.safety.history_list import HistoryList
from branchbook.ui.places.safety.lists_card import ListsCard
from branchbook.ui.places.safety.protection_card import ProtectionCard
from branchbook.ui.places.safety.recycle_list import RecycleList
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table


class Safety(Place):
    """``backed_up`` tells the window that the age of the last backup changed, ``protection_changed`` that there is
    another passphrase or none, ``lock_asked`` that the book is to be locked."""

    key = "safety"
    backed_up = Signal()
    restore_asked = Signal()
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
        self._files = files
        self.content.addLayout(self._left_column(), 40)
        self.content.addWidget(self._right_card(), 60)

    def open(self, context: PlaceContext) -> None:
        """Show backups, history and bin of the open book."""
        super().open(context)
        self.back_up_button.setEnabled(True)
        self._load_backups()
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
        self.backup_card = Card(self.tr("备份"))
        self.back_up_button = Button(self.tr("立即备份"), "save", primary=True)
        self.back_up_button.clicked.connect(self.back_up)
        self.backup_card.add_action(self.back_up_button)
        self.state_text = Text("", "", wrap=True)
        self.folder_text = Text("", "dim", wrap=True)
        self.backup_card.add(self.state_text)
        self.backup_card.add(self.folder_text)
        self.backup_card.add(self._backup_buttons())
        self.list_card = Card(self.tr("这个文件夹里的备份"), padding=0)
        self.backups: Table[BackupResult] = Table(_backup_columns(self), self, key=lambda each: each.path)
        self.backups.setAccessibleName(self.tr("备份列表"))
        self.no_backups = EmptyState(
            "hard-drive", self.tr("这里会列出备份"), self.tr("备份后可以校验，也可以恢复成新文件。")
        )
        self.list_card.add(self.backups, 1)
        self.list_card.add(self.no_backups, 1)
        self.exchange = ExchangeCard(self, self._workshop, self._files)
        self.lists = ListsCard(self, self._workshop, self._files)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.backup_card)
        column.addWidget(self.list_card, 1)
        column.addWidget(self.exchange)
        column.addWidget(self.lists)
        self.protection = ProtectionCard(self, self._workshop, self._settings_file, self._files)
        column.addWidget(self.protection)
        self.protection_changed.connect(self._load_backups)
        return column

    def _backup_buttons(self) -> QWidget:
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        for text, icon, slot in (
            (self.tr("更换文件夹"), "folder-open", self.choose_folder),
            (self.tr("校验本簿"), "shield-check", self.verify_book),
            (self.tr("校验所选备份"), "check", self.verify_backup),
            (self.tr("恢复成新文件"), "rotate-ccw", self.restore),
        ):
            button = Button(text, icon)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        return row_widget

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

    # -------------------------------------------------------------------------------- backups

    def back_up(self) -> None:
        """Back up now; the folder is asked for the first time only."""
        state = backup_state(self._settings_file, self.context.book.path)
        folder = Path(state.folder) if state.folder and Path(state.folder).is_dir() else self._ask_folder()
        if folder is None:
            return
        book, actor, shelf = self.context.book, self.context.actor(), self._workshop.shelf
        settings_file = self._settings_file

        def job(progress: Progress) -> BackupResult:
            def step(done: int, total: int) -> bool:
                progress.report(done, total)
                return True

            return back_up_now(shelf, settings_file, book, folder, actor, step)

        self.work(self.tr("备份"), job, self._backed_up)

    def choose_folder(self) -> None:
        """Choose another folder and back up into it at once, so that the choice is proved."""
        folder = self._ask_folder()
        if folder is not None:
            self.work(self.tr("备份"), lambda _: self._into(folder), self._backed_up)

    def _into(self, folder: Path) -> BackupResult:
        context = self.context
        return back_up_now(self._workshop.shelf, self._settings_file, context.book, folder, context.actor())

    def _ask_folder(self) -> Path | None:
        return self._files.folder(self.tr("备份放到哪个文件夹（最好是U盘）"))

    def _backed_up(self, result: BackupResult) -> None:
        text = self.tr("已备份并校验：{name}").format(name=result.path.name)
        self.banner.say(Tone.OK, text, more=str(result.path.parent))
        self._load_backups()
        self.backed_up.emit()

    def _load_backups(self) -> None:
        state = backup_state(self._settings_file, self.context.book.path)
        self.state_text.setText(self._state_words(state))
        folder = state.folder or self.tr("还没有选定备份文件夹")
        self.folder_text.setText(self.tr("备份文件夹：{folder}").format(folder=folder))
        shelf = self._workshop.shelf
        if state.folder:
            self.ask(lambda: shelf.backups_in(Path(state.folder)), self._show_backups, key="backups")
        else:
            self._show_backups(())

    def _show_backups(self, found: tuple[BackupResult, ...]) -> None:
        self.backups.set_rows(found)
        self.backups.setVisible(bool(found))
        self.no_backups.setVisible(not found)

    def _state_words(self, state: BackupState) -> str:
        days = state.age_days(self.context.now())
        if days is None:
            return self.tr("本簿还没有在这台电脑上备份过。请插上U盘，点“立即备份”。")
        when = self.tr("今天") if days == 0 else self.tr("{n} 天前").format(n=days)
        return self.tr("最近一次备份：{when}，已校验。").format(when=when)

    # ------------------------------------------------------------------------- verify, restore

    def verify_book(self) -> None:
        """A full check of the open book's file."""
        path, secret, shelf = self.context.book.path, self._secret(), self._workshop.shelf
        self.work(
            self.tr("校验"), lambda progress: shelf.check(path, secret, step_of(progress)), self._checked
        )

    def _secret(self) -> RecoveryKey | None:
        """The key of the open book, which opens the backups made since its passphrase was set."""
        return self._workshop.locksmith.key_in_use(self.context.book)

    def verify_backup(self) -> None:
        """A full check of the backup chosen in the list."""
        chosen = self.backups.current_row
        if chosen is None:
            self.banner.say(Tone.WARN, self.tr("请先在列表中选一份备份"))
            return
        path, secret, shelf = chosen.path, self._secret(), self._workshop.shelf
        self.work(
            self.tr("校验"), lambda progress: shelf.check(path, secret, step_of(progress)), self._checked
        )

    def _checked(self, result: CheckResult) -> None:
        self.checks.show_check(result)
        if not result.whole:
            self.show_page("checks")
        if result.whole:
            words = self.tr("{name} 完好：记录 {records} 份，人员 {people} 名，附件 {files} 个")
            contents = result.contents
            text = words.format(
                name=result.path.name,
                records=contents.records,
                people=contents.people,
                files=contents.attachments,
            )
            self.banner.say(Tone.OK, text)
        else:
            advice = self.tr("请不要继续在这个文件上工作；先用最近一份完好的备份恢复成新文件")
            self.banner.say(Tone.BAD, "；".join(result.findings[:3]), more=advice)

    def restore(self) -> None:
        """Restore the chosen backup into a new file; the open book is not touched."""
        chosen = self.backups.current_row
        if chosen is None:
            self.banner.say(Tone.WARN, self.tr("请先在列表中选一份备份"))
            return
        target = self._files.save_file(
            self.tr("恢复成哪个新文件"),
            self.tr("支部手册 (*.branchbook)"),
            f"{chosen.path.stem} 恢复.branchbook",
        )
        if target is not None:
            shelf, secret = self._workshop.shelf, self._secret()
            self.work(
                self.tr("恢复"),
                lambda _: shelf.restore(chosen.path, target, secret),
                lambda _: self.banner.say(
                    Tone.OK, self.tr("已恢复为 {name}，可在起始页打开").format(name=target.name)
                ),
            )


def _backup_columns(place: Safety) -> tuple[Column[BackupResult], ...]:
    return (
        Column(place.tr("时间"), lambda each: f"{each.created_at:%Y-%m-%d %H:%M}", 148),
        Column(place.tr("大小"), lambda each: f"{each.size / 1048576:.1f} MB", 72, right=True),
        Column(place.tr("记录"), lambda each: str(each.contents.records), 52, right=True),
        Column(place.tr("最近会议"), _last_meeting),
    )


def _last_meeting(backup: BackupResult) -> str:
    last = backup.contents.last_meeting_on
    return f"{last:%Y-%m-%d}" if last else ""
