"""The year's lists as a spreadsheet: written for WPS and Excel, and read back with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.services.list_export import all_tables, export_lists
from branchbook.services.list_import import ListFile, ListPreview, import_lists, open_lists, preview_lists
from branchbook.services.workshop import Workshop
from branchbook.ui.place import FileChooser
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

NOTES_SHOWN = 3


class ListsCard(Card):
    """Records, resolutions, attendance and missing evidence of the branch and year chosen in the window."""

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        super().__init__("", "", place)
        self.set_title(self.tr("年度列表"), self.tr("会议、决议、考勤、缺件存为 Excel；改好的可以读回"))
        self._place, self._workshop, self._files = place, workshop, files
        self._chosen: ListFile | None = None
        self.preview_text = Text("", "dim", self, wrap=True)
        self.preview_text.hide()
        self.add(self._buttons())
        self.add(self.preview_text)

    def _buttons(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.export_button = Button(self.tr("存为 Excel"), "upload", holder)
        self.import_button = Button(self.tr("读回"), "download", holder)
        self.confirm_button = Button(self.tr("确认读回"), "check", holder)
        self.export_button.clicked.connect(self.export)
        self.import_button.clicked.connect(self.choose)
        self.confirm_button.clicked.connect(self.confirm)
        self.confirm_button.hide()
        for button in (self.export_button, self.import_button, self.confirm_button):
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def reset(self) -> None:
        """Another book, branch or year is shown: forget the file that was chosen."""
        self._chosen = None
        self.preview_text.hide()
        self.confirm_button.hide()

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
            self._place.banner.say(Tone.OK, words)

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
        self.reset()
        self._place.do(
            lambda: import_lists(book, file, actor),
            lambda _: self._place.banner.say(Tone.OK, self.tr("已读回，可按 Ctrl+Z 撤销")),
        )

    def _show(self, found: tuple[ListFile, ListPreview]) -> None:
        file, preview = found
        changed, refused = len(preview.changed), len(preview.refused)
        words = self.tr("更新 {changed} 行，未变 {same} 行，不能采用 {refused} 行").format(
            changed=changed, same=len(preview.rows) - changed - refused, refused=refused
        )
        self.preview_text.setText("\n".join((words, *preview.notes[:NOTES_SHOWN])))
        self.preview_text.show()
        self._chosen = file if changed else None
        self.confirm_button.setVisible(bool(changed))
