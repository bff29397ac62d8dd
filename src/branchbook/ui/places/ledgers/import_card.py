"""Import of a ledger, inside the place: what the file would do row by row, then take it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from branchbook.domain.problems import Problem
from branchbook.services.ledger_import import (
    LedgerFile,
    LedgerPreview,
    import_ledger,
    open_ledger,
    preview_ledger,
)
from branchbook.services.operations import Outcome
from branchbook.services.roster_plan import LineStatus
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.import_preview import PreviewPage

if TYPE_CHECKING:
    from branchbook.services.workshop import Workshop
    from branchbook.ui.commands import Progress
    from branchbook.ui.place import Place

Read = tuple[LedgerFile, LedgerPreview]


class LedgerImportCard(Card):
    """``opened`` when a file could be read; ``ended`` when it was taken in or the user gave up."""

    opened = Signal()
    ended = Signal()

    def __init__(self, place: Place, workshop: Workshop) -> None:
        super().__init__(place.tr("导入预览"), "", place, padding=0)
        self._place = place
        self._workshop = workshop
        self.file: LedgerFile | None = None
        self.page = PreviewPage(places=False, named=self.tr("内容"))
        self.body.setContentsMargins(0, 10, 0, 0)
        self.add(self.page, 1)
        self.give_up = Button(self.tr("放弃"), "x")
        self.give_up.clicked.connect(self.ended)
        self.take_in = Button(self.tr("导入"), "check", primary=True)
        self.take_in.clicked.connect(self.import_now)
        self.add_action(self.give_up)
        self.add_action(self.take_in)

    def read(self, path: Path, ledger: str) -> None:
        """Read a file; what is wrong with it is said in the place's banner and nothing else changes."""
        context, tables = self._place.context, self._workshop.tables
        book, scope, actor = context.book, context.scope, context.actor()

        def job(_: Progress) -> Read:
            with book.reading() as reading:
                file = open_ledger(tables, path, reading, ledger)
                return file, preview_ledger(reading, file, actor, scope.organisation_id)

        self._place.work(self.tr("读取表格"), job, self._show)

    def import_now(self) -> None:
        """Take the file in as one operation."""
        assert self.file is not None
        context, file = self._place.context, self.file
        book, scope, actor = context.book, context.scope, context.actor()
        self.take_in.setEnabled(False)

        def job(_: Progress) -> Outcome[LedgerPreview]:
            return import_ledger(book, file, actor, scope.organisation_id)

        context.commands.work(
            self.tr("导入台账"), job, self._imported, owner=self._place, failed=self._refused
        )

    # ------------------------------------------------------------------------------------ inside

    def _show(self, read: Read) -> None:
        self.file, preview = read
        self._place.banner.clear()
        self.page.show_preview(preview)
        self.set_title(self.tr("导入预览"), f"{self.file.path.name}：{preview.summary}")
        some = any(line.status is not LineStatus.REFUSED for line in preview.lines)
        self.take_in.setEnabled(some)
        self.opened.emit()
        (self.take_in if some else self.give_up).setFocus()

    def _imported(self, value: object) -> None:
        """``work`` hands over the outcome's value."""
        assert isinstance(value, LedgerPreview)
        text = self.tr("已导入：{summary}").format(summary=value.summary)
        self._place.banner.say(Tone.OK, text, more=self.tr("按 Ctrl+Z 可以整批撤销。"))
        self.ended.emit()

    def _refused(self, problem: Problem) -> None:
        self.take_in.setEnabled(True)
        self._place.banner.show_problem(problem)
