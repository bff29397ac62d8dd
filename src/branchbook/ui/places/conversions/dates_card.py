"""The dates sheet inside the place: read, look row by row at what it would do, take it in; write it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from branchbook.domain.problems import Problem
from branchbook.services.import_safety import keep_before_import
from branchbook.services.operations import Outcome
from branchbook.services.protection import unprotected_words
from branchbook.services.roster_columns import IGNORED
from branchbook.services.roster_plan import LineStatus
from branchbook.services.stage_dates import DatesFile, export_dates, import_dates, open_dates, preview_dates
from branchbook.services.stage_plan import DatesPreview
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.import_preview import PreviewPage
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.services.workshop import Workshop
    from branchbook.ui.commands import Progress
    from branchbook.ui.place import FileChooser, Place


class DatesCard(Card):
    """``ended`` when the dates were taken in or the user gave up; ``opened`` when a file could be read."""

    opened = Signal()
    ended = Signal()

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        super().__init__(place.tr("导入日期表"), "", place, padding=0)
        self._place = place
        self._workshop = workshop
        self._files = files
        self.file: DatesFile | None = None
        self.columns = Text("", "dim", self, wrap=True)
        self.columns.setContentsMargins(14, 0, 14, 0)
        self.preview_page = PreviewPage(places=False)
        self.body.setContentsMargins(0, 10, 0, 0)
        self.add(self.columns)
        self.add(self.preview_page, 1)
        self.give_up = Button(self.tr("放弃"), "x")
        self.give_up.clicked.connect(self.ended)
        self.take_in = Button(self.tr("导入"), "check", primary=True)
        self.take_in.clicked.connect(self.import_now)
        for button in (self.give_up, self.take_in):
            self.add_action(button)

    def choose(self) -> None:
        """Ask for a file, then read it."""
        pattern = self.tr("Excel 表格 (*.xlsx);;所有文件 (*)")
        path = self._files.open_file(self.tr("选择日期表"), pattern)
        if path is not None:
            self.read(path)

    def export(self) -> None:
        """Write the dates of everyone as a sheet that can be filled in and imported again."""
        context, tables = self._place.context, self._workshop.tables
        suggested = self.tr("发展党员日期表 {day}.xlsx").format(day=context.today)
        path = self._files.save_file(self.tr("导出日期表"), self.tr("Excel 表格 (*.xlsx)"), suggested)
        if path is None:
            return

        def job(_: Progress) -> int:
            with context.book.reading() as reading:
                return export_dates(tables, path, reading, context.today, context.scope.organisation_id)

        self._place.work(self.tr("导出日期表"), job, lambda count: self._exported(path, count))

    def _exported(self, path: Path, count: int) -> None:
        text = self.tr("已导出 {n} 人：{name}").format(n=count, name=path.name)
        warning = unprotected_words(self._place.context.book)
        self._place.banner.say(Tone.OK, text, more="；".join(filter(None, (str(path.parent), warning))))

    def read(self, path: Path) -> None:
        """Read a file; what is wrong with it is said in the place's banner and nothing else changes."""
        book, tables = self._place.context.book, self._workshop.tables
        actor = self._place.context.actor()

        def job(_: Progress) -> tuple[DatesFile, DatesPreview]:
            file = open_dates(tables, path)
            with book.reading() as reading:
                return file, preview_dates(reading, file, actor)

        self._place.work(self.tr("读取日期表"), job, self._show)

    def import_now(self) -> None:
        """Take everything in that was not refused, as one operation."""
        file = self.file
        if file is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self.take_in.setEnabled(False)

        def job(_: Progress) -> Outcome[DatesPreview]:
            keep_before_import(self._workshop, book, actor)
            return import_dates(book, file, actor)

        self._place.context.commands.work(
            self.tr("导入日期表"), job, self._told, owner=self._place, failed=self._refused
        )

    # ------------------------------------------------------------------------------------ inside

    def _show(self, read: tuple[DatesFile, DatesPreview]) -> None:
        self.file, preview = read
        self._place.banner.clear()
        self.preview_page.show_preview(preview)
        self.set_title(self.tr("导入预览"), preview.summary)
        self.columns.setText(self._columns(self.file))
        some = any(line.status in (LineStatus.NEW, LineStatus.CHANGED) for line in preview.lines)
        self.take_in.setEnabled(some)
        self.opened.emit()
        (self.take_in if some else self.give_up).setFocus()

    def _columns(self, file: DatesFile) -> str:
        mapping = file.mapping
        left_out = [
            head.strip()
            for head, key in zip(mapping.heads, mapping.keys, strict=False)
            if key == IGNORED and head.strip()
        ]
        read = sum(key != IGNORED for key in mapping.keys)
        words = self.tr("{file}，读取 {n} 列").format(file=file.path.name, n=read)
        passed = self.tr("；没有读取：{heads}").format(heads="、".join(left_out)) if left_out else ""
        return words + passed

    def _told(self, value: object) -> None:
        """``work`` hands over the outcome's value."""
        assert isinstance(value, DatesPreview)
        text = self.tr("已导入：{summary}").format(summary=value.summary)
        self._place.banner.say(Tone.OK, text, more=self.tr("按 Ctrl+Z 可以整批撤销。"))
        self.ended.emit()

    def _refused(self, problem: Problem) -> None:
        self.take_in.setEnabled(True)
        self._place.banner.show_problem(problem)
