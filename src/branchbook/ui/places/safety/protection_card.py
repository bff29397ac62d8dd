"""The passphrase: set, changed, taken away; the recovery sheet; what still opens without it; locking; the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.recovery_code import RecoveryKey
from branchbook.services.locksmith import OlderCopy
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.protection import UNPROTECTED, Protection, change_passphrase, known_folders
from branchbook.services.recovery_sheets import recovery_booklet
from branchbook.services.safekeeping import BackupMeans, backup_folder
from branchbook.services.store import Book
from branchbook.services.workshop import Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.dialogs import decide
from branchbook.ui.paper_output import Printers, PrintJob, system_printers, write_whole
from branchbook.ui.place import FileChooser
from branchbook.ui.places.safety.copies_list import CopiesList
from branchbook.ui.places.safety.passphrase_form import PassphraseForm
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.inline_form import FormHost
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.places.safety.place import Safety

Decide = Callable[[str, str, str], bool]
"""Asks before what can't be taken back: title, question, word of the action."""


@dataclass(frozen=True, slots=True)
class CardState:
    """What the card shows of the open book."""

    protected: bool
    copies: tuple[OlderCopy, ...]
    names: tuple[str, ...]


class ProtectionCard(Card):
    """Passive like its place: it asks, and shows what comes back. ``printers`` and ``decide`` are for tests."""

    def __init__(
        self,
        place: Safety,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        printers: Printers | None = None,
    ) -> None:
        super().__init__("", "", place)
        self._place, self._workshop, self._files = place, workshop, files
        self._settings_file = settings_file
        self._printers = printers or system_printers(self)
        self._former: RecoveryKey | None = None
        self._names: tuple[str, ...] = ()
        self.decide: Decide = partial(decide, self)
        self.state_text = Text("", "dim", self, wrap=True)
        self.host = FormHost(self)
        self.copies = CopiesList(self)
        self.copies.protect_asked.connect(self.protect_copies)
        self.copies.delete_asked.connect(self.delete_copies)
        self.set_title(self.tr("口令"))
        for widget in (self.state_text, self._buttons(), self.host, self.copies):
            self.add(widget)

    def _buttons(self) -> QWidget:
        """Two lines: the passphrase, and what else is done with the whole book."""
        self.set_button = self._button(self.tr("设置口令"), "key-round", self.ask_new)
        self.change_button = self._button(self.tr("更换"), "key-round", self.ask_change)
        self.remove_button = self._button(self.tr("去掉"), "lock-open", self.ask_removal)
        self.print_button = self._button(self.tr("打印恢复单"), "printer", self.print_sheet)
        self.save_button = self._button(self.tr("恢复单存为 PDF"), "file-down", self.save_sheet)
        self.lock_button = self._button(self.tr("立即锁定"), "lock", self._place.lock_asked.emit)
        self.lock_button.setToolTip("Ctrl+L")
        self.plain_button = self._button(self.tr("导出存档"), "archive", self.export_plain)
        self.plain_button.setToolTip(self.tr("把全簿导出为普通 SQLite 数据库，不加密，供长期存档"))
        first = (self.set_button, self.change_button, self.remove_button, self.print_button, self.save_button)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for buttons in (first, (self.lock_button, self.plain_button)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        return holder

    def _button(self, text: str, icon: str, slot: Callable[[], object]) -> Button:
        button = Button(text, icon, self)
        button.clicked.connect(lambda: slot())
        return button

    # ------------------------------------------------------------------------------- what it shows

    def open(self) -> None:
        """Show the place's book; a form and a former key of another book are forgotten."""
        self.host.shut()
        self._former = None
        self.load()

    def load(self) -> None:
        """Ask how the book is protected and what opens without its passphrase."""
        book, smith, former = self._book, self._workshop.locksmith, self._former
        folders = known_folders(self._settings_file.load())

        def question() -> CardState:
            with book.reading() as reading:
                names = tuple(person.name for person in reading.roster().people)
            return CardState(book.protected, smith.older_copies(book, folders, former), names)

        self._place.ask(question, self._show, key="protection")

    def _show(self, state: CardState) -> None:
        self._names = state.names
        words = (
            self.tr("已设口令：没有口令或恢复单，谁也打不开簿、备份和草稿。")
            if state.protected
            else self.tr("没有口令：谁拿到这个文件都能打开。U盘容易丢，存有身份证号的簿建议设口令。")
        )
        self.state_text.setText(words)
        self.set_button.setVisible(not state.protected)
        for button in (self.change_button, self.remove_button, self.print_button, self.save_button):
            button.setVisible(state.protected)
        self.lock_button.setVisible(state.protected)
        self.copies.show_copies(state.copies)

    @property
    def _book(self) -> Book:
        return self._place.context.book

    # ----------------------------------------------------------------------------- the passphrase

    def ask_new(self) -> None:
        """A first passphrase."""
        self._open_form(self.tr("设置口令"), self.tr("设置"), asks_present=False, asks_new=True)

    def ask_change(self) -> None:
        """Another one."""
        self._open_form(self.tr("更换口令"), self.tr("更换"), asks_present=True, asks_new=True)

    def ask_removal(self) -> None:
        """None any more."""
        self._open_form(self.tr("去掉口令"), self.tr("去掉"), asks_present=True, asks_new=False)

    def _open_form(self, title: str, action: str, *, asks_present: bool, asks_new: bool) -> None:
        form = PassphraseForm(
            self._place, title, action, asks_present=asks_present, asks_new=asks_new, known=self._names
        )
        form.submitted.connect(partial(self._change, form))
        self.host.open(form)

    def _change(self, form: PassphraseForm) -> None:
        folder = self._backup_folder()
        if folder is None:
            form.banner.show_problem(
                RefusedProblem(self.tr("要先备份一次"), "", self.tr("请选一个备份文件夹，再试"))
            )
            return
        context, smith, file = self._place.context, self._workshop.locksmith, self._settings_file
        book, actor = context.book, context.actor()
        present, wanted = form.present_secret(), form.wanted_passphrase()

        def job(progress: Progress) -> Any:  # an Outcome, which is told like that of any operation
            def step(done: int, total: int) -> bool:
                progress.report(done, total)
                return True

            return change_passphrase(smith, file, book, present, wanted, folder, actor, step)

        context.commands.work(
            form.title, job, self._changed, owner=self._place, failed=form.banner.show_problem
        )

    def _changed(self, done: Protection) -> None:
        self.host.shut()
        self._former = done.former
        if self._book.protected:
            text = self.tr("口令已生效，已先备份为 {name}").format(name=done.backup.path.name)
            more = self.tr("请现在就打印恢复单。以前打印的恢复单作废。")
        else:
            text, more = self.tr("已去掉口令，谁拿到文件都能打开"), ""
        self._place.banner.say(Tone.OK, text, more=more)
        self._place.protection_changed.emit()
        self._place.backed_up.emit()
        self.load()

    def _backup_folder(self) -> Path | None:
        means = BackupMeans(self._workshop.shelf, self._workshop.backups, self._settings_file)
        found = backup_folder(means, self._book.path)
        return found or self._files.folder(self.tr("先备份一次：放到哪个文件夹（最好是U盘）"))

    # -------------------------------------------------------------------------- the recovery sheet

    def print_sheet(self) -> None:
        """Straight to the printer, so that no file of it is left."""
        title = self.tr("恢复单")
        self._with_sheet(lambda pdf: self._printers.send(PrintJob(title, pdf), self._printed, self._refused))

    def save_sheet(self) -> None:
        """Into a file, for where there is no printer; it says what that file is."""
        path = self._files.save_file(self.tr("恢复单存为 PDF"), self.tr("PDF 文件 (*.pdf)"), "恢复单.pdf")
        if path is not None:
            self._with_sheet(lambda pdf: self._save(path, pdf))

    def _with_sheet(self, then: Callable[[bytes], None]) -> None:
        book, actor, workshop = self._book, self._place.context.actor(), self._workshop

        def question() -> bytes:
            return workshop.press.press(recovery_booklet(workshop.locksmith, book, actor)).pdf

        self._place.ask(question, then, key="recovery")

    def _save(self, path: Path, pdf: bytes) -> None:
        try:
            write_whole(path, pdf)
        except Problem as problem:
            self._refused(problem)
            return
        more = self.tr("这个 PDF 就是钥匙：打印后请立即删除它，纸张锁好。")
        self._place.banner.say(Tone.WARN, self.tr("已存为 {name}").format(name=path.name), more=more)

    def _printed(self) -> None:
        self._place.banner.say(Tone.OK, self.tr("恢复单已送去打印，请锁好"))

    def _refused(self, problem: Problem) -> None:
        self._place.banner.show_problem(problem)

    # ------------------------------------------------------------------------------- older copies

    def protect_copies(self, copies: tuple[OlderCopy, ...]) -> None:
        """Write the chosen copies again under the present passphrase."""
        book, smith, former = self._book, self._workshop.locksmith, self._former

        def job(progress: Progress) -> int:
            for number, copy in enumerate(copies):
                progress.report(number, len(copies), copy.path.name)
                smith.protect_copy(book, copy, former)
            return len(copies)

        words = self.tr("{n} 份旧副本已改用现在的口令")
        self._on_copies(self.tr("改用现在的口令"), job, words)

    def delete_copies(self, copies: tuple[OlderCopy, ...]) -> None:
        """Delete the chosen copies for good, once that was confirmed."""
        names = "\n".join(str(copy.path) for copy in copies[:8])
        question = self.tr("删除这 {n} 份旧副本？删除后不能恢复。\n{names}").format(
            n=len(copies), names=names
        )
        if not self.decide(self.tr("删除旧副本"), question, self.tr("删除")):
            return
        book, smith = self._book, self._workshop.locksmith
        folders = known_folders(self._settings_file.load())

        def job(progress: Progress) -> int:
            for number, copy in enumerate(copies):
                progress.report(number, len(copies), copy.path.name)
                smith.delete_copy(book, copy, folders)
            return len(copies)

        self._on_copies(self.tr("删除旧副本"), job, self.tr("已删除 {n} 份旧副本"))

    def _on_copies(self, title: str, job: Callable[[Progress], int], words: str) -> None:
        def done(number: int) -> None:
            self._place.banner.say(Tone.OK, words.format(n=number))
            self._place.protection_changed.emit()
            self.load()

        def failed(problem: Problem) -> None:
            self._refused(problem)
            self.load()

        self._place.context.commands.work(title, job, done, owner=self._place, failed=failed)

    # --------------------------------------------------------------------------------- the archive

    def export_plain(self) -> None:
        """Everything as a plain SQLite file; its hash is said, to be kept with it."""
        name = f"{self._book.path.stem}.sqlite"
        pattern = self.tr("SQLite 数据库 (*.sqlite)")
        target = self._files.save_file(self.tr("导出不加密的存档"), pattern, name)
        if target is None:
            return
        book, smith = self._book, self._workshop.locksmith
        words = self.tr("已导出 {name}；{warning}").format(name=target.name, warning=UNPROTECTED)
        self._place.work(
            self.tr("导出存档"),
            lambda _: smith.export_plain(book, target),
            lambda digest: self._place.banner.say(Tone.OK, words, more=f"SHA-256 {digest}"),
        )
