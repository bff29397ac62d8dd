"""Import of a roster, inside the place: choose a file, say what its columns are, look, take it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from branchbook.domain.problems import Problem
from branchbook.services.import_safety import keep_before_import
from branchbook.services.operations import Outcome
from branchbook.services.roster_import import RosterFile, import_roster, open_roster, preview_roster
from branchbook.services.roster_plan import LineStatus, RosterPreview
from branchbook.ui.places.members.import_mapping import MappingPage
from branchbook.ui.places.members.new_person import Vacancies, vacancies
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.import_preview import PreviewPage

if TYPE_CHECKING:
    from branchbook.services.workshop import Workshop
    from branchbook.ui.commands import Progress
    from branchbook.ui.place import Place


class ImportCard(Card):
    """``ended`` when the roster was taken in or the user gave up; ``opened`` when a file could be read."""

    opened = Signal()
    ended = Signal()

    def __init__(self, place: Place, workshop: Workshop) -> None:
        super().__init__(place.tr("导入花名册"), "", place, padding=0)
        self._place = place
        self._workshop = workshop
        self.file: RosterFile | None = None
        self.mapping_page = MappingPage()
        self.mapping_page.mapping_changed.connect(self._say_step)
        self.preview_page = PreviewPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.mapping_page)
        self.pages.addWidget(self.preview_page)
        self.body.setContentsMargins(0, 10, 0, 0)
        self.add(self.pages, 1)
        self.give_up = Button(self.tr("放弃"), "x")
        self.give_up.clicked.connect(self.ended)
        self.back = Button(self.tr("上一步"), "arrow-left")
        self.back.clicked.connect(self._go_back)
        self.forward = Button(self.tr("预览"), "eye", primary=True)
        self.forward.clicked.connect(self.preview)
        self.take_in = Button(self.tr("导入"), "check", primary=True)
        self.take_in.clicked.connect(self.import_now)
        for button in (self.give_up, self.back, self.forward, self.take_in):
            self.add_action(button)
        self._show_step(0)

    def read(self, path: Path) -> None:
        """Read a file; what is wrong with it is said in the place's banner and nothing else changes."""
        book, tables = self._place.context.book, self._workshop.tables
        scope, today = self._place.context.scope, self._place.context.today

        def job(_: Progress) -> tuple[RosterFile, Vacancies]:
            with book.reading() as reading:
                rooms = vacancies(reading, scope.organisation_id, today)
                return open_roster(tables, path, reading), rooms

        self._place.work(self.tr("读取表格"), job, self._show_file)

    def preview(self) -> None:
        """Ask what an import would do."""
        assert self.file is not None
        file, mapping, branch_id = self.file, self.mapping_page.mapping, self.mapping_page.branch_id
        book, actor = self._place.context.book, self._place.context.actor()

        def job(_: Progress) -> RosterPreview:
            with book.reading() as reading:
                return preview_roster(reading, file, mapping, actor, branch_id)

        self._place.work(self.tr("预览导入"), job, self._show_preview)

    def import_now(self) -> None:
        """Take everything in that was not refused, as one operation."""
        assert self.file is not None
        file, mapping, branch_id = self.file, self.mapping_page.mapping, self.mapping_page.branch_id
        book, actor = self._place.context.book, self._place.context.actor()
        self.take_in.setEnabled(False)

        def job(_: Progress) -> Outcome[RosterPreview]:
            keep_before_import(self._workshop, book, actor)
            return import_roster(book, file, mapping, actor, branch_id)

        self._place.context.commands.work(
            self.tr("导入花名册"), job, self._told, owner=self._place, failed=self._refused
        )

    # ------------------------------------------------------------------------------------ inside

    def _show_file(self, read: tuple[RosterFile, Vacancies]) -> None:
        self.file, rooms = read
        self._place.banner.clear()
        self.mapping_page.show_file(self.file, rooms)
        self._show_step(0)
        self.opened.emit()
        self.forward.setFocus()

    def _show_preview(self, preview: RosterPreview) -> None:
        self._place.banner.clear()
        self.preview_page.show_preview(preview)
        self._show_step(1)
        self.set_title(self.tr("导入预览"), preview.summary)
        some = any(line.status is not LineStatus.REFUSED for line in preview.lines)
        self.take_in.setEnabled(some)
        (self.take_in if some else self.back).setFocus()

    def _told(self, value: object) -> None:
        """``work`` hands over the outcome's value."""
        assert isinstance(value, RosterPreview)
        self._imported(value)

    def _imported(self, preview: RosterPreview) -> None:
        text = self.tr("已导入：{summary}").format(summary=preview.summary)
        more = self.tr("按 Ctrl+Z 可以整批撤销。")
        self._place.banner.say(Tone.OK, text, more=more)
        self.ended.emit()

    def _refused(self, problem: Problem) -> None:
        self.take_in.setEnabled(True)
        self._place.banner.show_problem(problem)

    def _go_back(self) -> None:
        self._place.banner.clear()
        self._show_step(0)

    def _show_step(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        self.back.setVisible(number == 1)
        self.take_in.setVisible(number == 1)
        self.forward.setVisible(number == 0)
        if number == 0:
            self._say_step()

    def _say_step(self) -> None:
        if self.file is None:
            return
        mapping = self.mapping_page.mapping
        text = self.tr("{file}，读取 {n} 列").format(file=self.file.path.name, n=self.mapping_page.recognised)
        self.set_title(self.tr("列的对应"), text)
        self.forward.setEnabled(mapping.head_row > 0)
