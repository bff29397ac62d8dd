"""The Desk: what is due at the left, the year grid at the right, what a cell holds below it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.dates import chinese_date
from branchbook.domain.history import Changes
from branchbook.domain.requirements import Finding
from branchbook.services.desk import DeskView, DueItem, desk, line_title
from branchbook.services.resolutions import ResolutionLine
from branchbook.services.year_grid import CellState, GridCell
from branchbook.ui.due_ways import way_of
from branchbook.ui.models.year_grid import YearLine
from branchbook.ui.place import (
    BeginRecord,
    Destination,
    Place,
    PlaceContext,
    ShowRecord,
)
from branchbook.ui.places.desk.checklist_card import ChecklistCard
from branchbook.ui.places.desk.draft_notice import DraftNotice
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.due_list import DueItem as DueRow
from branchbook.ui.widgets.due_list import DueList
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.year_grid import YearGridView, YearLegend

_TONES = {"bad": Tone.BAD, "warn": Tone.WARN, "quiet": Tone.QUIET}
_TOUCHING = (
    "record",
    "procedure",
    "person",
    "person_fact",
    "organisation",
    "term",
    "checklist",
    "checklist_tick",
    "setting",
    "ledger_row",
    "ledger_definition",
)


class Desk(Place):
    """Shows one organisation's year; everything on it opens or begins the record it speaks of."""

    key = "desk"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: DeskView | None = None
        self.drafts = DraftNotice(self)
        self.content.addLayout(self._left_column(), 40)
        self.content.addLayout(self._right_column(), 74)

    def open(self, context: PlaceContext) -> None:
        """Load the organisation's year."""
        super().open(context)
        self.checklists.hide()
        self._load()
        self.drafts.look()

    def reload(self, changes: Changes) -> None:
        """Anything that the rules look at may change what is due."""
        if changes.touches(*_TOUCHING):
            self._load()

    def _left_column(self) -> QVBoxLayout:
        self.due_card = Card(self.tr("要办的事"), padding=0)
        self.due = DueList()
        self.due.acted.connect(self._act)
        self.nothing_due = EmptyState(
            "circle-check", self.tr("眼下没有要办的事"), self.tr("到期和逾期的工作会出现在这里。")
        )
        self.due_card.add(self.due, 1)
        self.due_card.add(self.nothing_due, 1)
        self.first_step = EmptyState(
            "users",
            self.tr("先导入花名册"),
            self.tr("有了党员，才算得出谁应到、该开哪些会。可以从 Excel 导入，也可以一个一个添加。"),
            self.tr("去导入"),
        )
        self.first_step.acted.connect(lambda: self.go.emit(Destination("members")))
        self.due_card.add(self.first_step, 1)
        self.resolution_card = Card(self.tr("决议待落实"), padding=0)
        self.resolutions = DueList()
        self.resolutions.acted.connect(self._open_record)
        self.resolution_card.add(self.resolutions, 1)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.due_card, 3)
        column.addWidget(self.resolution_card, 1)
        return column

    def _right_column(self) -> QVBoxLayout:
        self.grid_card = Card(self.tr("组织生活"), self.tr("点格子查看或开始记录"), padding=0)
        self.grid_card.add_action(YearLegend())
        self.grid = YearGridView()
        self.grid.opened.connect(self._open_cell)
        self.grid_card.add(self.grid, 1)
        self.summary = Text("", "dim", wrap=True)
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(14, 10, 14, 12)
        row.addWidget(self.summary)
        self.grid_card.add(below)
        self.checklists = ChecklistCard(self)
        self.checklists.hide()
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.grid_card, 1)
        column.addWidget(self.checklists)
        return column

    # -------------------------------------------------------------------------------- loading

    def _load(self) -> None:
        book, scope, today = self.context.book, self.context.scope, self.context.today

        def question() -> DeskView:
            with book.reading() as reading:
                return desk(reading, scope.organisation_id, scope.year, today)

        self.ask(question, self._show, key="desk")

    def _show(self, view: DeskView) -> None:
        self.view = view
        today = chinese_date(self.context.today)
        self.due_card.set_title(self.tr("要办的事"), self.tr("今天 {today}").format(today=today))
        self.due.set_items([_due_row(number, item) for number, item in enumerate(view.due)])
        self.first_step.setVisible(not view.members)
        self.due.setVisible(bool(view.due and view.members))
        self.nothing_due.setVisible(bool(not view.due and view.members))
        self.badge_changed.emit(sum(1 for item in view.due if item.tone == "bad"))
        self.resolution_card.setVisible(bool(view.resolutions))
        count = self.tr("{n} 项").format(n=len(view.resolutions))
        self.resolution_card.set_title(self.tr("决议待落实"), count)
        self.resolutions.set_items([self._resolution_row(line) for line in view.resolutions])
        title = self.tr("{year} 年组织生活").format(year=self.context.scope.year)
        self.grid_card.set_title(title, self.tr("点格子查看或开始记录"))
        self.grid.set_lines(_year_lines(view))
        self.summary.setText(view.summary)
        self.checklists.refresh()

    def _resolution_row(self, line: ResolutionLine) -> DueRow:
        passed = line.passed
        due_on = passed.resolution.due_on
        badge = self.tr("逾期") if line.overdue else ""
        parts = [
            line.responsible,
            self.tr("{day}前").format(day=chinese_date(due_on)) if due_on else "",
            self.tr("{day}通过").format(day=chinese_date(passed.held_on)) if passed.held_on else "",
        ]
        title = passed.resolution.text.splitlines()[0] if passed.resolution.text else ""
        detail = " · ".join(part for part in parts if part)
        tone = Tone.BAD if line.overdue else Tone.WARN
        return DueRow(passed.record_id, title, detail, badge, tone, self.tr("查看"))

    # --------------------------------------------------------------------------------- acting

    def _act(self, number: int) -> None:
        """The button of a due item: open its record, election, evaluation, checklist or person, or begin one."""
        assert self.view is not None
        item = self.view.due[number]
        way = way_of(item)
        if way is not None:
            self.go.emit(way)
        elif item.finding is not None:
            self._open_finding(item.finding)
        else:
            self.go.emit(Destination("members", None))

    def _open_record(self, record_id: object) -> None:
        self.go.emit(Destination("meetings", ShowRecord(record_id)))  # type: ignore[arg-type]

    def _open_cell(self, line: YearLine, month: int) -> None:
        """A click on the grid: the record held in that month, else what is owed there."""
        cell: GridCell = line.cells[month - 1]
        if cell.record_ids and not _is_checklist(cell.finding):
            self._open_record(cell.record_ids[0])
        elif cell.finding is not None and cell.state != CellState.NOT_REQUIRED:
            self._open_finding(cell.finding)

    def _open_finding(self, finding: Finding) -> None:
        if _is_checklist(finding):
            self.checklists.show_finding(finding)
        elif finding.records:
            self._open_record(finding.records[0])
        else:
            inside = finding.period_start <= self.context.today <= finding.period_end
            begun = BeginRecord(
                finding.kinds, finding.organisation_id, self.context.today if inside else None
            )
            self.go.emit(Destination("meetings", begun))


def _is_checklist(finding: Finding | None) -> bool:
    return finding is not None and finding.requirement.startswith("checklist:")


def _due_row(number: int, item: DueItem) -> DueRow:
    detail = f"{item.detail} · {item.article}" if item.article else item.detail
    return DueRow(number, item.title, detail, item.badge, _TONES[item.tone], item.action)


def _year_lines(view: DeskView) -> list[YearLine]:
    """Lines of the grid; the organisation's name stands in the title where it is not the branch's own."""
    words = view.place_words
    titles = {(each.requirement, each.organisation_id): line_title(each, words) for each in view.findings}
    return [
        YearLine(
            titles[line.requirement, line.organisation_id],
            line.cadence,
            line.cells,
            line.done,
            line.owed,
            line,
        )
        for line in view.grid
    ]
