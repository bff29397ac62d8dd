"""The start page: begin a book by a short guide, open one, look at the example, restore a backup.

It is no `Place`: it is there before any book is. It emits what the user wants; app does it and answers by
`show_problem`, `set_busy` or by opening the window's places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.ui.place import FileChooser
from branchbook.ui.places.new_book import NewBook
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.entry_list import Entry, EntryList
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.services.backup_shelf import RestorePreview
    from branchbook.ui.places.passphrase_prompt import PassphrasePrompt
    from branchbook.ui.places.safety.restore_card import RestoreCard
    from branchbook.ui.places.start_guide import NewBookGuide

BOOK_PATTERN = "支部手册 (*.branchbook)"
MOST_LINES = 12
"""Lines of a report above the page; the whole is in the Safety place and on the command line."""

BACKUP_PATTERN = "支部手册的备份 (*.branchbook)"

__all__ = ["NewBook", "RecentBook", "StartPage"]


@dataclass(frozen=True, slots=True)
class RecentBook:
    """A book opened before; ``there`` is False where its file is gone (a stick that is not plugged in)."""

    path: Path
    there: bool = True


class StartPage(QWidget):
    """``create_wanted`` gives a ``NewBook``, ``open_wanted``, ``preview_wanted`` and ``restore_wanted`` a ``Path``,
    ``forget_wanted`` the path of a recent book to forget, ``salvage_wanted`` that of a damaged one, ``secret_given``
    the ``Secret`` that `ask_passphrase` asked for; ``example_wanted`` gives nothing.

    A backup is looked at first: ``preview_wanted``, answered by `show_restore`, then ``restore_wanted``."""

    create_wanted = Signal(object)
    open_wanted = Signal(object)
    preview_wanted = Signal(object)
    restore_wanted = Signal(object)
    forget_wanted = Signal(object)
    secret_given = Signal(object)
    example_wanted = Signal()
    salvage_wanted = Signal(object)

    def __init__(self, files: FileChooser, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.banner = Banner(self)
        self._damaged = Path()
        self.banner.linked.connect(lambda: self.salvage_wanted.emit(self._damaged))
        self._today = today
        self.recent = EntryList(self)
        self.recent.setAccessibleName(self.tr("最近打开的"))
        self._pages = QStackedWidget(self)
        self._forget_button = Button(self.tr("从列表中去掉"), "", self)
        self._pages.addWidget(self._home())
        self._lay_out()
        self.recent.activated_key.connect(self._open_recent)
        self.set_recent(())

    @cached_property
    def guide(self) -> NewBookGuide:
        """The guide to a new book, built when it is first wanted: the window is painted without it."""
        from branchbook.ui.places.start_guide import NewBookGuide

        guide = NewBookGuide(self._files, self._today, self)
        self._pages.addWidget(guide)
        guide.finished.connect(self.create_wanted)
        guide.given_up.connect(lambda: self._show(0))
        return guide

    @cached_property
    def prompt(self) -> PassphrasePrompt:
        """The question for a passphrase, built when a protected book is first met."""
        from branchbook.ui.places.passphrase_prompt import PassphrasePrompt

        prompt = PassphrasePrompt(self)
        self._pages.addWidget(prompt)
        prompt.given.connect(self.secret_given)
        prompt.given_up.connect(lambda: self._show(0))
        return prompt

    @cached_property
    def restore_card(self) -> RestoreCard:
        """What a backup holds, before it is restored; built when a backup is first chosen."""
        from branchbook.ui.places.safety.restore_card import RestoreCard

        card = RestoreCard(self, over_present=False)
        self._pages.addWidget(card)
        card.new_file_asked.connect(self.restore_wanted)
        card.given_up.connect(lambda: self._show(0))
        return card

    def show_restore(self, preview: RestorePreview) -> None:
        """Show what a backup holds, and the button that restores it."""
        self.set_busy(False)
        self.restore_card.show_preview(preview)
        self._pages.setCurrentWidget(self.restore_card)
        self.restore_card.new_button.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(self._pages, 4)
        column.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 40, 16, 40)
        whole.addStretch(1)
        whole.addLayout(column, 6)
        whole.addStretch(1)

    def _home(self) -> QWidget:
        home = QWidget(self)
        self.create_button = Button(self.tr("新建"), "book-plus", home, primary=True)
        self.open_button = Button(self.tr("打开"), "folder-open", home)
        self.example_button = Button(self.tr("看看示例"), "eye", home)
        self.restore_button = Button(self.tr("从备份恢复"), "rotate-ccw", home)
        self.create_button.clicked.connect(lambda: self._show(1))
        self.open_button.clicked.connect(self._open)
        self.example_button.clicked.connect(self.example_wanted)
        self.restore_button.clicked.connect(self._restore)
        row = QHBoxLayout(home)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._begin_card(home), 1)
        row.addWidget(self._recent_card(home), 1)
        return home

    def _begin_card(self, home: QWidget) -> Card:
        card = Card(self.tr("开始"), self.tr("一个文件就是一本簿，只在这台电脑上"), home)
        card.body.setSpacing(14)
        steps = (
            (self.create_button, self.tr("写下支部名称，选好存放位置，再导入花名册")),
            (self.open_button, self.tr("打开已有的簿文件（*.branchbook）")),
            (self.example_button, self.tr("一本虚构的示例簿，随便改，不影响自己的簿")),
            (self.restore_button, self.tr("把备份恢复成一个新文件，原来的文件不动")),
        )
        for button, words in steps:
            button.setAccessibleDescription(words)
            line = QVBoxLayout()
            line.setSpacing(4)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            line.addWidget(Text(words, "dim", card, wrap=True))
            card.body.addLayout(line)
        card.body.addStretch(1)
        return card

    def _recent_card(self, home: QWidget) -> Card:
        card = Card(self.tr("最近打开的"), "", home, padding=0)
        self._no_recent = Text(self.tr("打开过的簿会列在这里"), "dim", card)
        self._no_recent.setContentsMargins(14, 12, 14, 12)
        self._no_recent.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.add(self._no_recent)
        card.add(self.recent, 1)
        self.recent.chosen.connect(lambda key: self._forget_button.setEnabled(key is not None))
        self.recent.clicked.connect(self._open_clicked)
        self._forget_button.clicked.connect(lambda: self.forget_wanted.emit(self.recent.current_key))
        self._foot = card.add_foot(self._forget_button)
        return card

    def set_recent(self, books: Sequence[RecentBook]) -> None:
        """Show books opened before, the latest first."""
        gone = self.tr("找不到文件")
        self.recent.set_entries(
            [
                Entry(each.path, each.path.stem, str(each.path.parent), badge="" if each.there else gone)
                for each in books
            ]
        )
        for widget in (self.recent, self._foot):
            widget.setVisible(bool(books))
        self._no_recent.setVisible(not books)
        self._forget_button.setEnabled(False)

    def set_busy(self, busy: bool) -> None:
        """While a book is being opened or made nothing else can be begun, and the page says why."""
        self._pages.setEnabled(not busy)
        if busy:
            self.banner.say(Tone.QUIET, self.tr("正在打开，请稍候…"))
        else:
            self.banner.clear()

    def show_problem(self, problem: Problem) -> None:
        """What went wrong with what was wanted, above the page."""
        self.set_busy(False)
        self.banner.show_problem(problem)

    def ask_passphrase(self, path: Path, problem: Problem | None = None, *, locked: bool = False) -> None:
        """Ask for what opens a book; ``problem`` is what was wrong with what was given before."""
        self.set_busy(False)
        self._pages.setCurrentWidget(self.prompt)
        self.prompt.ask(path, problem, locked=locked)

    def offer_salvage(self, problem: Problem, damaged: Path) -> None:
        """What is wrong with a damaged book, and the way to save what can be read of it."""
        self.set_busy(False)
        self._damaged = damaged
        more = self.tr("请先把这个文件复制一份留存。有完好的备份时用备份恢复；没有时可以抢救还能读出的内容。")
        self.banner.say(Tone.BAD, problem.what, more=more, link=self.tr("抢救成新簿"))

    def show_saved(self, lines: Sequence[str]) -> None:
        """What was saved of a damaged book."""
        self.set_busy(False)
        self.banner.say(Tone.OK, lines[0], more="\n".join(lines[1:MOST_LINES]))

    def show_home(self) -> None:
        """As it is first seen."""
        self.banner.clear()
        self.set_busy(False)
        if "guide" in self.__dict__:
            self.guide.clear()
        self._show(0)

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        (self.recent if self.recent.entries else self.create_button).setFocus()

    def _show(self, page: int) -> None:
        self.banner.clear()
        if page:
            self._pages.setCurrentWidget(self.guide)
            self.guide.focus_first()
        else:
            self._pages.setCurrentIndex(0)
            self.create_button.setFocus()

    def _open(self) -> None:
        path = self._files.open_file(self.tr("打开簿"), BOOK_PATTERN)
        if path is not None:
            self.open_wanted.emit(path)

    def _restore(self) -> None:
        path = self._files.open_file(self.tr("选择备份"), BACKUP_PATTERN)
        if path is not None:
            self.preview_wanted.emit(path)

    def _open_clicked(self, *_: object) -> None:
        self._open_recent(self.recent.current_key)

    def _open_recent(self, path: Path | None) -> None:
        if path is not None:
            self.open_wanted.emit(path)
