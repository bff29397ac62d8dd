"""The Statistics place: figures of a period at the left; behind each its records, the charts, and the report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.history import Changes
from branchbook.domain.problems import Problem
from branchbook.services.education_hours import HoursView, branch_hours
from branchbook.services.measures import FigurePair
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.statistics import (
    CountedLine,
    StatisticsView,
    balance_words,
    counted_lines,
    difference,
    shown,
    statistics_booklet,
    statistics_view,
)
from branchbook.services.workshop import Workshop
from branchbook.ui.book_search import destination_for
from branchbook.ui.models.rows import Column
from branchbook.ui.paper_output import file_name, read_whole, write_whole
from branchbook.ui.place import Destination, FileChooser, Place, PlaceContext, ShowPerson
from branchbook.ui.places.statistics.blocks_card import BlocksCard
from branchbook.ui.places.statistics.counted_card import CountedCard
from branchbook.ui.places.statistics.hours_card import HoursCard
from branchbook.ui.places.statistics.inspection_card import InspectionCard
from branchbook.ui.places.statistics.period_row import PeriodRow
from branchbook.ui.places.statistics.report_card import ReportCard
from branchbook.ui.preview import Preview
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

_VIEWS = ("counted", "pages", "hours", "report", "blocks", "inspection")


class Statistics(Place):
    """Counts a period for the branch or general branch that the window shows."""

    key = "statistics"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workshop = workshop
        self.files = files
        self._settings_file = settings_file
        self.view: StatisticsView | None = None
        self.pdf = b""
        self.content.addWidget(self._figures_card(), 46)
        self.content.addLayout(self._right(), 54)

    def _figures_card(self) -> Card:
        card = Card("", "", padding=0)
        card.set_title(self.tr("统计"))
        self.period_row = PeriodRow()
        self.period_row.changed.connect(self._load)
        self.figures: Table[FigurePair] = Table(
            (
                Column(self.tr("指标"), lambda each: each.now.measure.name),
                Column(self.tr("本期"), lambda each: shown(each.now.value), 72, right=True),
                Column(self.tr("单位"), lambda each: each.now.measure.unit, 48),
                Column(self.tr("上期"), lambda each: shown(each.before.value), 72, right=True),
                Column(self.tr("增减"), difference, 72, right=True),
            ),
            self,
            key=lambda each: each.now.measure.key,
        )
        self.figures.setAccessibleName(self.tr("指标"))
        self.figures.chosen.connect(self._show_counted)
        self.balance = Text("", "dim", wrap=True)
        self.balance.setContentsMargins(14, 8, 14, 8)
        card.add(self.period_row)
        card.add(self.figures, 1)
        card.add(self.balance)
        return card

    def _right(self) -> QVBoxLayout:
        self.views = Chips(self)
        self.views.setAccessibleName(self.tr("显示"))
        words = (
            self.tr("依据的记录"),
            self.tr("统计表和图"),
            self.tr("学时"),
            self.tr("汇报材料"),
            self.tr("复制块"),
            self.tr("迎检清单"),
        )
        self.views.set_chips(list(zip(_VIEWS, words, strict=True)))
        self.views.chosen.connect(self._choose_view)
        self.counted = CountedCard()
        self.counted.opened.connect(self.open_line)
        self.pages = Card("", "", padding=0)
        self.pages.set_title(self.tr("统计表和图"))
        self.save_button = Button(self.tr("存为 PDF"), "file-down")
        self.save_button.clicked.connect(self._save_pages)
        self.pages.add_action(self.save_button)
        self.preview = Preview()
        self.pages.add(self.preview, 1)
        self.hours = HoursCard()
        self.hours.opened.connect(
            lambda each: self.go.emit(Destination("members", ShowPerson(each.person_id)))
        )
        self.hours.go.connect(self.go)
        self.report = ReportCard(self)
        self.blocks = BlocksCard(self)
        self.inspection = InspectionCard(self)
        self.stack = QStackedWidget()
        for each in (self.counted, self.pages, self.hours, self.report, self.blocks, self.inspection):
            self.stack.addWidget(each)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.views)
        column.addWidget(self.stack, 1)
        return column

    # ------------------------------------------------------------------------------------ the contract

    def open(self, context: PlaceContext) -> None:
        """Count for the organisation and year that the window shows."""
        super().open(context)
        self.period_row.open(context.scope.year, context.today)
        self.report.clear()
        self._load()

    def reload(self, changes: Changes) -> None:
        """Any change may change a number."""
        if not changes.touches("draft"):
            self._load()

    # ------------------------------------------------------------------------------------ figures

    def _load(self) -> None:
        period = self.period_row.period
        if period is None:
            return
        book, place, today = self.context.book, self.context.scope.organisation_id, self.context.today

        def question() -> StatisticsView:
            with book.reading() as reading:
                return statistics_view(reading, period, place, today)

        self.ask(question, self._show, key="figures")

    def _show(self, view: StatisticsView) -> None:
        self.view = view
        self.figures.set_rows(view.pairs)
        self.balance.setText(balance_words(view.balance))
        if view.faults:
            self.banner.show_problem(view.faults[0])
        if self.figures.current_row is None and view.pairs:
            self.figures.select(view.pairs[0].now.measure.key)
        current = self.figures.current_row
        if current is not None:
            self._show_counted(current)
        self._refresh()

    def _show_counted(self, pair: FigurePair) -> None:
        self.counted.show_figure(pair.now)
        book, facts = self.context.book, pair.now.facts

        def question() -> tuple[CountedLine, ...]:
            with book.reading() as reading:
                return counted_lines(reading, facts)

        self.ask(question, self.counted.show_lines, key="counted")

    def open_line(self, line: CountedLine) -> None:
        """Go to what a number counted."""
        self.go.emit(destination_for(line.entity, line.id, line.family, line.person_id))

    def _choose_view(self, key: str) -> None:
        self.stack.setCurrentIndex(_VIEWS.index(key))
        self._refresh()

    def _refresh(self) -> None:
        """Make anew what the view at the right shows of the period."""
        refresh = {
            "pages": self._press,
            "hours": self._load_hours,
            "report": self.report.fill,
            "blocks": self.blocks.refresh,
            "inspection": self.inspection.refresh,
        }.get(self.views.current)
        if refresh is not None:
            refresh()

    def _load_hours(self) -> None:
        """The hours of the year in which the period ends."""
        period, context = self.period_row.period, self.context
        if period is None:
            return

        def question() -> HoursView | None:
            with context.book.reading() as reading:
                place = context.scope.organisation_id
                return branch_hours(reading, place, period.end.year, context.today)

        self.ask(question, self.hours.show_view, key="hours")

    # ------------------------------------------------------------------------------------ pages

    def _press(self) -> None:
        view, workshop, book = self.view, self.workshop, self.context.book
        place = self.context.scope.organisation_id
        if view is None:
            return

        def question() -> bytes:
            with book.reading() as reading:
                title = reading.roster().organisation_by_id[place].name_on(view.period.end)
            return workshop.press.press(statistics_booklet(view, title)).pdf

        self.ask(question, self._show_pages, key="pages")

    def _show_pages(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.preview.show_pdf(pdf)

    def _save_pages(self) -> None:
        if self.pdf:
            name = file_name(self.tr("统计"), ".pdf")
            self.save(self.tr("存为 PDF"), "PDF (*.pdf)", name, self.pdf)

    # ------------------------------------------------------------------------------------ out

    def save(self, title: str, pattern: str, suggestion: str, content: bytes | Path) -> None:
        """Ask for a file and write it whole; of a path its content."""
        path = self.files.save_file(title, pattern, suggestion)
        if path is None:
            return
        try:
            write_whole(path, content if isinstance(content, bytes) else read_whole(content))
        except Problem as problem:
            self.banner.show_problem(problem)
            return
        self.banner.say(Tone.OK, self.tr("已存为 {path}").format(path=path))
