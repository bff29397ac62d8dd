"""Backups at the left of the Safety place: the state, the list, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branchbook.services.backup_shelf import DrillResult, RestorePreview
from branchbook.services.program import BackupPlace
from branchbook.services.safekeeping import (
    BackedUp,
    BackupMeans,
    BackupState,
    back_up_now,
    backup_folder,
    backup_state,
    choose_backup_folder,
    listed_backups,
)
from branchbook.services.workshop import BackupResult, CheckResult, Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.place import FileChooser
from branchbook.ui.places.safety.backup_list import BackupList
from branchbook.ui.places.safety.checks_page import step_of
from branchbook.ui.places.safety.restore_card import RestoreCard
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.places.safety.place import Safety


class BackupColumn(QWidget):
    """``backed_up`` tells that the age of the last backup changed; ``over_asked`` gives the backup's path, ``checked``
    the ``CheckResult`` of the book or a backup."""

    backed_up = Signal()
    over_asked = Signal(object)
    checked = Signal(object)

    def __init__(self, place: Safety, workshop: Workshop, means: BackupMeans, files: FileChooser) -> None:
        super().__init__(place)
        self._place, self._workshop, self._means, self._files = place, workshop, means, files
        self.pages = QStackedWidget(self)
        self.list = BackupList(self)
        self.list.verify_asked.connect(self.verify_backup)
        self.list.drill_asked.connect(self.drill)
        self.list.pin_asked.connect(self.pin)
        self.list.restore_asked.connect(self.preview)
        self.restore_card = RestoreCard(self)
        self.restore_card.given_up.connect(lambda: self.pages.setCurrentWidget(self.list))
        self.restore_card.new_file_asked.connect(self.restore)
        self.restore_card.over_asked.connect(self.over_asked)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.restore_card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._state_card())
        column.addWidget(self.pages, 1)

    def _state_card(self) -> Card:
        card = Card(self.tr("备份"))
        self.back_up_button = Button(self.tr("立即备份"), "save", primary=True)
        self.back_up_button.clicked.connect(self.back_up)
        card.add_action(self.back_up_button)
        self.state_text = Text("", "", wrap=True)
        self.folder_text = Text("", "dim", wrap=True)
        card.add(self.state_text)
        card.add(self.folder_text)
        self.folder_button = Button(self.tr("更换文件夹"), "folder-open")
        self.folder_button.clicked.connect(self.choose_folder)
        self.verify_button = Button(self.tr("校验本簿"), "shield-check")
        self.verify_button.clicked.connect(self.verify_book)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder_button)
        row.addWidget(self.verify_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def open(self) -> None:
        """Show the backups of the open book."""
        self.pages.setCurrentWidget(self.list)
        self.load()

    # ------------------------------------------------------------------------------ backing up

    def back_up(self) -> None:
        """Back up now; the folder is asked for where none was chosen or its stick is not plugged in."""
        book = self._place.context.book.path
        if backup_folder(self._means, book) is None:
            self.choose_folder()
        else:
            self._back_up(None)

    def choose_folder(self) -> None:
        """Choose a folder and back up into it at once, so that the choice is proved."""
        folder = self._files.folder(self.tr("备份放到哪个文件夹（最好是U盘）"))
        if folder is not None:
            self._back_up(folder)

    def _back_up(self, folder: Path | None) -> None:
        means, book, actor = self._means, self._place.context.book, self._place.context.actor()

        def job(progress: Progress) -> tuple[BackedUp, str]:
            chosen: BackupPlace | None = None
            if folder is not None:
                chosen = choose_backup_folder(means, book.path, folder)
            done = back_up_now(means, book, actor, step_of(progress))
            return done, means.backups.place_warning(folder) if chosen and folder else ""

        self._place.work(self.tr("备份"), job, self._backed_up)

    def _backed_up(self, done: tuple[BackedUp, str]) -> None:
        made, warning = done
        verified = made.result.verified_at is not None
        words = (
            self.tr("已备份并校验：{name}") if verified else self.tr("已备份，但簿的内容没有通过校验：{name}")
        )
        text = words.format(name=made.result.path.name)
        more = [str(made.result.path.parent), *made.result.warnings, warning]
        if made.removed:
            more.append(self.tr("按轮换的份数删除了 {n} 份旧备份").format(n=len(made.removed)))
        tone = Tone.WARN if warning or made.result.warnings else Tone.OK
        tone = tone if verified else Tone.BAD
        self._place.banner.say(tone, text, more="；".join(each for each in more if each))
        self.load()
        self.backed_up.emit()

    def load(self) -> None:
        """Ask for the state and the list again."""
        book = self._place.context.book.path
        state = backup_state(self._means.settings_file, book)
        self.state_text.setText(self._state_words(state))
        self.folder_text.setText(self._folder_words(state))
        self._place.ask(lambda: listed_backups(self._means, book), self.list.show_backups, key="backups")

    def _state_words(self, state: BackupState) -> str:
        days = state.age_days(self._place.context.now())
        if days is None:
            return self.tr("本簿还没有在这台电脑上备份过。请插上U盘，点“立即备份”。")
        when = self.tr("今天") if days == 0 else self.tr("{n} 天前").format(n=days)
        return self.tr("最近一次备份：{when}，已校验。").format(when=when)

    def _folder_words(self, state: BackupState) -> str:
        if state.place is None:
            return self.tr("还没有选定备份文件夹")
        found = backup_folder(self._means, self._place.context.book.path)
        if found is None:
            return self.tr("备份文件夹：{folder}（现在找不到，U盘没有插？）").format(folder=state.folder)
        return self.tr("备份文件夹：{folder}").format(folder=found)

    # ------------------------------------------------------------------------------- verifying

    def verify_book(self) -> None:
        """A full check of the open book's file."""
        book, shelf, smith = self._place.context.book, self._workshop.shelf, self._workshop.locksmith

        def job(progress: Progress) -> CheckResult:
            return shelf.check(book.path, smith.key_in_use(book), step_of(progress))

        self._place.work(self.tr("校验"), job, self._checked)

    def verify_backup(self, backup: BackupResult) -> None:
        """A full check of the chosen backup, noted beside it."""
        book, now = self._place.context.book, self._place.context.now()

        def job(progress: Progress) -> CheckResult:
            return self._means.backups.verify(backup.path, now, None, book, step_of(progress))

        self._place.work(self.tr("校验"), job, self._verified)

    def _verified(self, result: CheckResult) -> None:
        self._checked(result)
        self.load()

    def _checked(self, result: CheckResult) -> None:
        self.checked.emit(result)
        if result.whole:
            words = self.tr("{name} 完好：记录 {records} 份，人员 {people} 名，附件 {files} 个")
            contents = result.contents
            text = words.format(
                name=result.path.name,
                records=contents.records,
                people=contents.people,
                files=contents.attachments,
            )
            self._place.banner.say(Tone.OK, text)
        else:
            advice = self.tr("请不要继续在这个文件上工作；先用最近一份完好的备份恢复成新文件")
            self._place.banner.say(Tone.BAD, "；".join(result.findings[:3]), more=advice)

    def drill(self, backup: BackupResult) -> None:
        """Try whether the chosen backup can be restored."""
        book, now = self._place.context.book, self._place.context.now()

        def job(progress: Progress) -> DrillResult:
            return self._means.backups.drill(backup.path, now, None, book, step_of(progress))

        self._place.work(self.tr("试恢复"), job, self._drilled)

    def _drilled(self, result: DrillResult) -> None:
        if result.passed:
            text = self.tr("这份备份能恢复：{name}").format(name=result.backup.name)
            self._place.banner.say(Tone.OK, text, more="；".join(each.words for each in result.steps))
        else:
            failed = "；".join(each.words for each in result.steps if not each.passed)
            advice = self.tr("请马上重新备份一次，并用别的备份再试")
            self._place.banner.say(Tone.BAD, failed, more=advice)

    def pin(self, backup: BackupResult) -> None:
        """Keep the chosen backup out of the rotation, or give it back to it."""
        self._place.ask(
            lambda: self._means.backups.pin(backup.path, not backup.pinned), lambda _: self.load()
        )

    # ------------------------------------------------------------------------------- restoring

    def preview(self, backup: BackupResult) -> None:
        """Show what the chosen backup holds beside the present book."""
        book = self._place.context.book
        self._place.ask(lambda: self._means.backups.preview(backup.path, book=book), self._show_preview)

    def _show_preview(self, preview: RestorePreview) -> None:
        self.restore_card.show_preview(preview)
        self.pages.setCurrentWidget(self.restore_card)

    def restore(self, backup: Path) -> None:
        """Restore into a new file; the open book is not touched."""
        target = self._files.save_file(
            self.tr("恢复成哪个新文件"),
            self.tr("支部手册 (*.branchbook)"),
            f"{backup.stem} 恢复.branchbook",
        )
        if target is None:
            return
        book, smith = self._place.context.book, self._workshop.locksmith

        def job(progress: Progress) -> CheckResult:
            return self._means.backups.restore(backup, target, smith.key_in_use(book), step_of(progress))

        self._place.work(self.tr("恢复"), job, lambda _: self._restored(target))

    def _restored(self, target: Path) -> None:
        self.pages.setCurrentWidget(self.list)
        words = self.tr("已恢复为 {name}，可在起始页打开").format(name=target.name)
        self._place.banner.say(Tone.OK, words)
