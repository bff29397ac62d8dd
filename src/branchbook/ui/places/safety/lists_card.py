"""The year's lists as a spreadsheet: written for WPS and Excel, and read back with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.services.import_safety import keep_before_import
from branchbook.services.list_export import all_tables, export_lists
from branchbook.services.list_import import ListFile, ListPreview, import_lists, open_lists, preview_lists
from branchbook.services.operations import Outcome
from branchbook.services.protection import unprotected_words
from branchbook.services.workshop import Workshop
from branchbook.ui.commands import Progress
from branchbook.ui.place import FileChooser
from branchbook.ui.places.safety.two_step_card import TwoStepCard
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.ui.place import Place

NOTES_SHOWN = 3


class ListsCard(TwoStepCard):
    """Records, resolutions, attendance and missing evidence of the branch and year chosen in the window."""

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        self._chosen: ListFile | None = None
        super().__init__(place, workshop, files)
        self.set_title(self.tr("年度列表"), self.tr("会议、决议、考勤、缺件存为 Excel；改好的可以读回"))
        self.set_steps(
            (self.tr("存为 Excel"), self.export),
            (self.tr("读回"), self.choose),
            (self.tr("确认读回"), self.confirm),
        )

    def reset(self) -> None:
        """Forget the file that was chosen."""
        self._chosen = None
        super().reset()

    def export(self) -> None:
        """Write the lists of the branch and year that the window shows."""
        context = self._place.context
        year, today = context.scope.year, context.today
        suggestion = self.tr("{year}年列表.xlsx").format(year=year)
        path = self._files.save_file(self.tr("存到哪个文件"), self.tr("表格 (*.xlsx)"), suggestion)
        if path is None:
            return
        book, tables = context.book, self._workshop.tables

        def written() -> int:
            with book.reading() as reading:
                lists = all_tables(reading, context.scope.organisation_id, year, today)
            return export_lists(tables, path, lists)

        def told(rows: int) -> None:
            words = self.tr("已写出 {n} 行：{name}").format(n=rows, name=path.name)
            self._place.banner.say(Tone.OK, words, more=unprotected_words(book))

        self._place.ask(written, told, key="lists")

    def choose(self) -> None:
        """Choose a workbook that was written here, and show what reading it back would change."""
        path = self._files.open_file(self.tr("选择列表"), self.tr("表格 (*.xlsx)"))
        if path is None:
            return
        self.reset()
        context, tables = self._place.context, self._workshop.tables
        book, actor = context.book, context.actor()

        def question() -> tuple[ListFile, ListPreview]:
            file = open_lists(tables, path)
            with book.reading() as reading:
                return file, preview_lists(reading, file, actor)

        self._place.ask(question, self._show, key="lists")

    def confirm(self) -> None:
        """Take the changes as one operation that one undo takes back."""
        file = self._chosen
        if file is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        workshop = self._workshop
        self.reset()

        def job(_: Progress) -> Outcome[ListPreview]:
            keep_before_import(workshop, book, actor)
            return import_lists(book, file, actor)

        self._place.work(
            self.tr("读回"),
            job,
            lambda _: self._place.banner.say(Tone.OK, self.tr("已读回，可按 Ctrl+Z 撤销")),
        )

    def _show(self, found: tuple[ListFile, ListPreview]) -> None:
        file, preview = found
        changed, refused = len(preview.changed), len(preview.refused)
        words = self.tr("更新 {changed} 行，未变 {same} 行，不能采用 {refused} 行").format(
            changed=changed, same=len(preview.rows) - changed - refused, refused=refused
        )
        self._chosen = file if changed else None
        self.show_preview((words, *preview.notes[:NOTES_SHOWN]), can_confirm=bool(changed))
