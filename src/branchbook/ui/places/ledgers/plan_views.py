"""The views that only plans have, beside their list: board, time line and week, with the row that chooses them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branchbook.domain.plans import Task, TaskState, time_line_of, week_of
from branchbook.domain.records import FieldValue
from branchbook.services.ledgers import add_row
from branchbook.services.plans import (
    PLAN_TASKS,
    WEEKLY_PLAN,
    Duty,
    PlanView,
    WeekView,
    carry_over,
    finish,
    move_task,
    plan_view,
    take_up,
    week_view,
)
from branchbook.ui.place import Destination, Place, ShowPaper, ShowRecord
from branchbook.ui.places.ledgers.plan_board import PlanBoard
from branchbook.ui.places.ledgers.plan_week import PlanWeek
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.time_line import TimeLineLegend, TimeLineView

ROWS, BOARD, TIME_LINE, THIS_WEEK = "rows", "board", "time_line", "week"
FIRST_VIEW = {PLAN_TASKS: BOARD, WEEKLY_PLAN: THIS_WEEK}
"""The ledgers that have these views, with the one that each begins with."""

LEDGER_OF_VIEW = {BOARD: PLAN_TASKS, TIME_LINE: PLAN_TASKS, THIS_WEEK: WEEKLY_PLAN}
"""Whose rows each of them shows."""

PAPERS = {BOARD: "plan_time_line", TIME_LINE: "plan_time_line", THIS_WEEK: "weekly_summary"}


class PlanViews(QStackedWidget):
    """``bar`` is put by the place above these views and above the list alike. ``view_asked`` gives the view that was
    chosen; ``row_opened`` a row to be shown in its ledger's list, ``add_asked`` the ledger to add one to."""

    view_asked = Signal(str)
    row_opened = Signal(object)
    add_asked = Signal(str)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self.week: date | None = None
        self._make_bar()
        self.board = PlanBoard()
        self.board.moved.connect(self._move)
        self.time_line = TimeLineView()
        self.weekly = PlanWeek()
        self._line_card = Card("", "", padding=0)
        self._line_card.add(self.time_line, 1)
        self._line_card.add_action(TimeLineLegend())
        self.nothing = Card(padding=0)
        words = self.tr("把年度工作要点分成一项项任务，写上责任人和时限，这里就有看板和时间线。")
        empty = EmptyState("list-checks", self.tr("还没有任务"), words, self.tr("登记第一项"))
        empty.acted.connect(lambda: self.add_asked.emit(PLAN_TASKS))
        self.nothing.add(empty, 1)
        for page in (self.board, self._line_card, self.weekly, self.nothing):
            self.addWidget(page)
        self._connect()

    @property
    def view(self) -> str:
        """The view that is chosen."""
        return self.bar_chips.current

    def choose(self, view: str) -> None:
        """Choose a view without telling."""
        self.bar_chips.choose(view)
        on_board = view == BOARD
        for mover in (self.left, self.right):
            mover.setVisible(on_board)
        self.print_button.setVisible(view != ROWS)
        self.add_button.setVisible(view not in (ROWS, THIS_WEEK))

    def load(self) -> None:
        """Ask for what the chosen view shows."""
        context, book = self._place.context, self._place.context.book
        scope, today = context.scope, context.today
        if self.view == THIS_WEEK:
            week = self.week or week_of(today)

            def asked_week() -> WeekView:
                with book.reading() as reading:
                    return week_view(reading, scope.organisation_id, week, today)

            self._place.ask(asked_week, self._show_week, key="plan")
        elif self.view != ROWS:

            def asked_plan() -> PlanView:
                with book.reading() as reading:
                    return plan_view(reading, scope.organisation_id, scope.year, today)

            self._place.ask(asked_plan, self._show_plan, key="plan")

    def focus_first(self) -> None:
        """The keyboard where the view's work begins."""
        {BOARD: self.board.focus_first, THIS_WEEK: self.weekly.focus_first}.get(
            self.view, self.time_line.setFocus
        )()

    # ------------------------------------------------------------------------------------ showing

    def _show_plan(self, plan: PlanView) -> None:
        today = self._place.context.today
        self.board.show_view(plan, today)
        self.time_line.show_line(time_line_of(plan.year, plan.tasks, today))
        late = sum(each.is_late(today) for each in plan.tasks)
        words = self.tr("共 {n} 项，逾期 {late} 项").format(n=len(plan.tasks), late=late)
        self._line_card.set_title(self.tr("{year} 年").format(year=plan.year), words)
        shown = {BOARD: self.board, TIME_LINE: self._line_card}.get(self.view, self.board)
        something = plan.tasks or (plan.duties and self.view == BOARD)
        self.setCurrentWidget(shown if something else self.nothing)

    def _show_week(self, week: WeekView) -> None:
        self.week = week.week
        self.weekly.show_view(week, self._place.context.today)
        self.setCurrentWidget(self.weekly)

    # ------------------------------------------------------------------------------------ doing

    def _move(self, task_id: UUID, state: TaskState) -> None:
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: move_task(book, task_id, state, actor))

    def _finish(self, entry_id: UUID, done: bool) -> None:
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.do(lambda: finish(book, entry_id, done, actor))

    def _take_up(self, task_id: UUID) -> None:
        book, actor, week = self._place.context.book, self._place.context.actor(), self.week
        assert week is not None
        self._place.do(lambda: take_up(book, task_id, week, actor))

    def _add_line(self, words: str) -> None:
        context, week = self._place.context, self.week
        book, actor, place = context.book, context.actor(), context.scope.organisation_id
        assert week is not None
        values: dict[str, FieldValue] = {"week_on": week.isoformat(), "content": words}
        self._place.do(lambda: add_row(book, WEEKLY_PLAN, place, actor, values), self._line_added)

    def _line_added(self, _row: object) -> None:
        """Only now, so that words that were refused are still there."""
        self.weekly.line.set_value("")

    def _carry(self, week: date) -> None:
        context = self._place.context
        book, actor, place = context.book, context.actor(), context.scope.organisation_id
        self._place.do(lambda: carry_over(book, place, week, actor), lambda _: self.show_week(week))

    def show_week(self, week: date) -> None:
        """Show another week."""
        self.week = week
        self.load()

    def _open_task(self, task: Task) -> None:
        self.row_opened.emit(task.id)

    def _open_duty(self, duty: Duty) -> None:
        if duty.record_id is not None:
            self._place.go.emit(Destination("meetings", ShowRecord(duty.record_id)))
        elif duty.row_id is not None:
            self.row_opened.emit(duty.row_id)

    def _print(self) -> None:
        day = self.week if self.view == THIS_WEEK else None
        self._place.go.emit(Destination("print", ShowPaper(PAPERS[self.view], day=day)))

    # ------------------------------------------------------------------------------------ layout

    def _connect(self) -> None:
        self.board.task_opened.connect(self.row_opened)
        self.board.duty_opened.connect(self._open_duty)
        self.time_line.opened.connect(self._open_task)
        self.weekly.week_asked.connect(self.show_week)
        self.weekly.finished.connect(self._finish)
        self.weekly.taken_up.connect(self._take_up)
        self.weekly.carried.connect(self._carry)
        self.weekly.added.connect(self._add_line)
        self.weekly.row_opened.connect(self.row_opened)
        self.weekly.duty_opened.connect(self._open_duty)

    def _make_bar(self) -> None:
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.bar_chips = Chips(self.bar)
        self.bar_chips.setAccessibleName(self.tr("看法"))
        words = (self.tr("列表"), self.tr("看板"), self.tr("时间线"), self.tr("本周"))
        keys = (ROWS, BOARD, TIME_LINE, THIS_WEEK)
        self.bar_chips.set_chips(list(zip(keys, words, strict=True)))
        self.bar_chips.chosen.connect(self.view_asked)
        row.addWidget(self.bar_chips, 1)
        self.left = IconButton("arrow-left", self.tr("移到左边一列（Ctrl+←）"))
        self.right = IconButton("arrow-right", self.tr("移到右边一列（Ctrl+→）"))
        self.left.clicked.connect(lambda: self.board.shift(-1))
        self.right.clicked.connect(lambda: self.board.shift(1))
        self.print_button = IconButton("printer", self.tr("打印"))
        self.print_button.clicked.connect(self._print)
        self.add_button = Button(self.tr("新增"), "plus", primary=True)
        self.add_button.setToolTip(self.tr("Ctrl+N"))
        self.add_button.clicked.connect(self.add)
        for button in (self.left, self.right, self.print_button, self.add_button):
            row.addWidget(button)

    def add(self) -> None:
        """A line of the week is written in its place, a task in the list."""
        if self.view == THIS_WEEK:
            self.weekly.line.setFocus()
        else:
            self.add_asked.emit(PLAN_TASKS)
