"""The plan's board: a column for each state of tasks, and beside them what is open and how often things were held."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from branchbook.domain.plans import PlannedCount, Task, TaskState, board_of, moved
from branchbook.services.due_items import short_date
from branchbook.services.plans import Duty, PlanView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.entry_list import Entry, EntryList


class BoardColumn(EntryList):
    """``shifted`` on Ctrl with an arrow: the task goes so many columns; ``crossed`` without: the keyboard does."""

    shifted = Signal(int)
    crossed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right are between columns, up and down within one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.shifted.emit(step)
        else:
            self.crossed.emit(step)


class PlanBoard(QWidget):
    """``moved`` gives a task's id and its new state, ``task_opened`` its id, ``duty_opened`` a duty."""

    moved = Signal(object, object)
    task_opened = Signal(object)
    duty_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: UUID | None = None
        self._last: BoardColumn | None = None
        self._duties: tuple[Duty, ...] = ()
        self.columns = {state: BoardColumn() for state in TaskState}
        self.cards = {state: Card(state, "", padding=0) for state in TaskState}
        self.duties = BoardColumn()
        self.duties_card = Card("", "", padding=0)
        self.counts = EntryList()
        self.counts_card = Card("", "", padding=0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for state, column in self.columns.items():
            self._connect(state, column)
            self.cards[state].add(column, 1)
            row.addWidget(_sharing(self.cards[state]), 1)
        row.addLayout(self._beside(), 1)

    @property
    def current(self) -> tuple[UUID, TaskState] | None:
        """The task at hand with its state: that of the column where the keyboard was last."""
        for state, column in self.columns.items():
            if column is self._last and column.current_key is not None:
                return column.current_key, state
        return None

    def show_view(self, view: PlanView, today: date) -> None:
        """Show a year's tasks; a task that was just moved is at hand in its new column."""
        for state, tasks in board_of(view.tasks, today).items():
            self.columns[state].set_entries([_task_entry(each, today) for each in tasks])
            self.cards[state].set_title(state, self.tr("{n} 项").format(n=len(tasks)))
        self._duties = view.duties
        self.duties.set_entries([duty_entry(number, each, today) for number, each in enumerate(view.duties)])
        self.duties_card.set_title(self.tr("决议和整改"), self.tr("未落实 {n} 项").format(n=len(view.duties)))
        self.counts.set_entries([self._count_entry(each) for each in view.counts])
        self.counts_card.setVisible(bool(view.counts))
        if self._wanted is not None:
            self._take_hold(self._wanted)
            self._wanted = None

    def shift(self, step: int) -> None:
        """Move the task at hand by so many columns."""
        if self.current is None:
            return
        task_id, state = self.current
        after = moved(state, step)
        if after is not state:
            self._wanted = task_id
            self.moved.emit(task_id, after)

    def focus_first(self) -> None:
        """The keyboard into the first column that has a task."""
        filled = [column for column in self.columns.values() if column.entries]
        self._enter(filled[0] if filled else self.columns[TaskState.WAITING])

    # ------------------------------------------------------------------------------------ inside

    def _connect(self, state: TaskState, column: BoardColumn) -> None:
        column.setAccessibleName(state)
        column.shifted.connect(self.shift)
        column.crossed.connect(lambda step: self._cross(column, step))
        column.activated_key.connect(self.task_opened)
        column.chosen.connect(lambda _: self._note(column))
        column.clicked.connect(lambda _: self._note(column))

    def _beside(self) -> QVBoxLayout:
        self.duties.setAccessibleName(self.tr("决议和整改"))
        self.duties.activated_key.connect(lambda at: self.duty_opened.emit(self._duties[at]))
        self.duties.crossed.connect(lambda step: self._cross(self.duties, step))
        self.duties_card.add(self.duties, 1)
        self.counts_card.set_title(self.tr("计划与实际"), self.tr("本年次数"))
        self.counts.setAccessibleName(self.tr("计划与实际"))
        self.counts_card.add(self.counts, 1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(_sharing(self.duties_card), 1)
        column.addWidget(_sharing(self.counts_card), 1)
        return column

    def _note(self, column: BoardColumn) -> None:
        """Only the task at hand is marked, in the column where the keyboard is or was last."""
        self._last = column
        for other in self.columns.values():
            if other is not column:
                other.clearSelection()

    def _cross(self, column: BoardColumn, step: int) -> None:
        """To the next column that has something in it."""
        columns = [*self.columns.values(), self.duties]
        at = columns.index(column) + step
        while 0 <= at < len(columns):
            if columns[at].entries:
                self._enter(columns[at])
                return
            at += step

    def _enter(self, column: BoardColumn) -> None:
        column.setFocus(Qt.FocusReason.OtherFocusReason)
        if column.entries:
            column.select(column.current_key or column.entries[0].key)
        if column is not self.duties:
            self._note(column)

    def _take_hold(self, task_id: UUID) -> None:
        for column in self.columns.values():
            if column.select(task_id):
                self._enter(column)

    def _count_entry(self, count: PlannedCount) -> Entry:
        """Whether nothing was entered or nothing was held is told apart."""
        held = self.tr("没有记录") if count.held is None else self.tr("已开展 {n}").format(n=count.held)
        words = self.tr("计划 {n} · {held}").format(n=count.planned, held=held)
        lacking = self.tr("还差 {n}").format(n=count.lacking) if count.lacking else self.tr("已达到")
        tone = Tone.WARN if count.lacking else Tone.OK
        return Entry(count.activity, count.activity, words, "", lacking, tone)


def _sharing(card: Card) -> Card:
    """As wide as its share, whatever the words in it."""
    card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    return card


def _task_entry(task: Task, today: date) -> Entry:
    late = task.days_late(today)
    badge, tone = ("", Tone.QUIET)
    if task.is_late(today):
        badge, tone = (f"逾期 {late} 天", Tone.BAD)
    elif late:
        badge, tone = (f"晚 {late} 天", Tone.WARN)
    if task.done_on:
        day = f"{short_date(task.done_on, today)}完成"
    else:
        day = f"{short_date(task.due_on, today)}前" if task.due_on else "没有时限"
    parts = (task.place, day, task.responsible, task.link)
    return Entry(task.id, task.title, " · ".join(part for part in parts if part), "", badge, tone)


def duty_entry(number: int, duty: Duty, today: date) -> Entry:
    """A duty as a list shows it; its key is its number in the list."""
    late = duty.is_late(today)
    days = (today - duty.due_on).days if duty.due_on else 0
    due = f"{short_date(duty.due_on, today)}前" if duty.due_on else "没有时限"
    parts = (duty.place, duty.source, due, duty.responsible)
    badge = f"逾期 {days} 天" if late else ""
    return Entry(number, duty.title, " · ".join(part for part in parts if part), "", badge, Tone.BAD)
