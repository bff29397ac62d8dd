"""Verify, compare and salvage: what came of it in lines to read, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import PassphraseProblem, Problem
from branchbook.domain.recovery_code import RecoveryKey, Secret
from branchbook.services.copies import comparison_words
from branchbook.services.salvage_words import salvage_words
from branchbook.services.workshop import CheckResult, StepProgress, Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.place import FileChooser
from branchbook.ui.places.safety.other_secret import OtherSecret
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

MOST_LINES = 400


class ChecksPage(QWidget):
    """The page 校验与副本 of the Safety place."""

    def __init__(self, workshop: Workshop, files: FileChooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workshop, self._files = workshop, files
        self._place: Place | None = None
        self.verify_button = Button(self.tr("校验本簿"), "shield-check", self)
        self.compare_button = Button(self.tr("与另一份副本比较"), "arrow-right-left", self)
        self.salvage_button = Button(self.tr("从损坏的簿中抢救"), "archive", self)
        self.index_button = Button(self.tr("重建搜索索引"), "rotate-ccw", self)
        self.verify_button.clicked.connect(self.verify)
        self.compare_button.clicked.connect(self.compare)
        self.salvage_button.clicked.connect(self.salvage)
        self.index_button.clicked.connect(self.rebuild_index)
        self.other = OtherSecret(self)
        self.lines = Text("", "body", self, wrap=True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 0)
        row.setSpacing(8)
        for button in (self.verify_button, self.compare_button, self.salvage_button, self.index_button):
            row.addWidget(button)
        row.addStretch(1)
        scrolled = ScrolledBody()
        scrolled.column.setContentsMargins(14, 10, 14, 14)
        scrolled.column.addWidget(self.lines)
        scrolled.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.other)
        column.addWidget(scrolled, 1)

    def open(self, place: Place) -> None:
        """Another book is shown: what was found in the one before is forgotten."""
        self._place = place
        self.other.shut()
        self.index_button.hide()
        self.show_lines(
            (
                self.tr("校验：逐页、逐条核对本簿，内容与操作记录不符的会逐项列出。"),
                self.tr("比较：打开本簿的另一份副本或备份，看哪份较新、各自多了什么、哪里不同。"),
                self.tr("抢救：从打不开或校验有问题的簿文件中，把读得出的内容存成一本新簿；原文件不动。"),
            )
        )

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show a report."""
        shown = list(lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            shown.append(self.tr("……共 {n} 行，全部内容可用命令行查看").format(n=len(lines)))
        self.lines.setText("\n".join(shown))

    # ------------------------------------------------------------------------------------- verify

    def verify(self) -> None:
        """A full check of the open book's file, with progress; it can be cancelled."""
        assert self._place is not None
        path, shelf = self._place.context.book.path, self._workshop.shelf
        self._place.work(
            self.tr("校验"),
            lambda progress: shelf.check(path, self._secret(), step_of(progress)),
            self.show_check,
        )

    def _secret(self) -> RecoveryKey | None:
        """The key of the open book, which opens its copies since its passphrase was set too. On the book's thread."""
        assert self._place is not None
        return self._workshop.locksmith.key_in_use(self._place.context.book)

    def show_check(self, result: CheckResult) -> None:
        """What a check found, and the way to mend the search index where that is all."""
        assert self._place is not None
        own = result.path == self._place.context.book.path
        alone = result.index_differs and len(result.findings) == 1
        self.index_button.setVisible(own and alone and not self._place.context.book.read_only)
        if result.whole:
            head = self.tr("{name} 完好：各页、内容、操作记录、附件和搜索索引都相符").format(
                name=result.path.name
            )
        else:
            head = self.tr("{name} 有 {n} 处问题：").format(name=result.path.name, n=len(result.findings))
        self.show_lines((head, *(f"　　{each}" for each in result.findings)))

    def rebuild_index(self) -> None:
        """Write the search index anew, and check again."""
        assert self._place is not None
        book, shelf = self._place.context.book, self._workshop.shelf
        self._place.ask(lambda: shelf.rebuild_index(book), lambda _: self.verify())

    # ------------------------------------------------------------------------------------- copies

    def compare(self) -> None:
        """Compare the open book with another copy, which is only read."""
        assert self._place is not None
        pattern = self.tr("支部手册 (*.branchbook)")
        other = self._files.open_file(self.tr("选择另一份副本或备份"), pattern)
        if other is None:
            return
        own, shelf = self._place.context.book.path, self._workshop.shelf
        names = (self.tr("本簿"), other.name)
        self.index_button.hide()
        self._with_secret(
            self.tr("比较"),
            lambda _, secret: comparison_words(shelf.compare(own, other, self._secret(), secret), *names),
            self.show_lines,
        )

    def _with_secret(
        self,
        title: str,
        job: Callable[[Progress, Secret | None], tuple[str, ...]],
        done: Callable[[tuple[str, ...]], None],
        secret: Secret | None = None,
    ) -> None:
        """Do ``job`` with the open book's own key, and where the other file has another passphrase ask for that."""
        assert self._place is not None
        place = self._place
        self.other.shut()

        def failed(problem: Problem) -> None:
            place.banner.show_problem(problem)
            if isinstance(problem, PassphraseProblem):
                self.other.ask(lambda given: self._with_secret(title, job, done, given))

        place.context.commands.work(
            title, lambda progress: job(progress, secret or self._secret()), done, owner=place, failed=failed
        )

    def salvage(self) -> None:
        """Save what can be read of a damaged file into a new one; neither is the open book."""
        assert self._place is not None
        pattern = self.tr("支部手册 (*.branchbook)")
        damaged = self._files.open_file(self.tr("选择损坏的簿文件"), pattern)
        if damaged is None:
            return
        suggestion = self.tr("{name} 抢救.branchbook").format(name=damaged.stem)
        target = self._files.save_file(self.tr("抢救成哪个新文件"), pattern, suggestion)
        if target is not None:
            self._salvage(damaged, target)

    def _salvage(self, damaged: Path, target: Path) -> None:
        assert self._place is not None
        place, shelf, actor = self._place, self._workshop.shelf, self._place.context.actor()
        self.index_button.hide()

        def told(lines: tuple[str, ...]) -> None:
            self.show_lines(lines)
            place.banner.say(Tone.OK, self.tr("已抢救为 {name}，可在起始页打开").format(name=target.name))

        self._with_secret(
            self.tr("抢救"),
            lambda progress, secret: salvage_words(
                shelf.salvage(damaged, target, secret, actor, step_of(progress))
            ),
            told,
        )


def step_of(progress: Progress) -> StepProgress:
    """How storage tells how far it is; Cancel ends the work there."""

    def step(done: int, total: int) -> bool:
        progress.report(done, total)
        return True

    return step
