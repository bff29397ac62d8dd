"""A week of the plan: its lines, done by one key; what is due in it; and the next one begun from what is left."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from branchbook.domain.plans import WEEK, Task, WeekEntry, week_of
from branchbook.services.due_items import short_date
from branchbook.services.paper_values_plans import carried_words, week_words
from branchbook.services.plans import Duty, WeekView
from branchbook.ui.places.ledgers.plan_board import duty_entry
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.entry_list import Entry, EntryList
from branchbook.ui.widgets.fields import LineField


class PressedList(EntryList):
    """``pressed_key`` on the space bar: what is done with the entry, where Enter opens it."""

    pressed_key = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does what the list is for."""
        if event.key() == Qt.Key.Key_Space and self.current_key is not None:
            self.pressed_key.emit(self.current_key)
            return
        super().keyPressEvent(event)


class PlanWeek(QWidget):
    """A week with what is due beside it.

    ``week_asked`` gives a Monday to show, ``carried`` that of the week to begin, ``added`` the words of a new line,
    ``finished`` a line's id and whether it is done now, ``taken_up`` a task's id, ``row_opened`` and ``duty_opened``
    what to show.
    """

    week_asked = Signal(object)
    finished = Signal(object, bool)
    taken_up = Signal(object)
    carried = Signal(object)
    added = Signal(str)
    row_opened = Signal(object)
    duty_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: WeekView | None = None
        self._today = date.min
        self.entries = PressedList()
        self.entries.setAccessibleName(self.tr("这一周的计划"))
        self.entries.activated_key.connect(self.row_opened)
        self.entries.pressed_key.connect(self._finish)
        self.due = PressedList()
        self.due.setAccessibleName(self.tr("到期的任务、决议和整改"))
        self.due.activated_key.connect(self._open_due)
        self.due.pressed_key.connect(self._take_up)
        self.due.chosen.connect(lambda _: self._offer_take_up())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._week_card(), 58)
        row.addWidget(self._due_card(), 42)

    def show_view(self, view: WeekView, today: date) -> None:
        """Show a week."""
        self.view, self._today = view, today
        done = sum(each.is_done for each in view.entries)
        words = self.tr("{n} 项，完成 {done} 项").format(n=len(view.entries), done=done)
        self.week_card.set_title(week_words(view.week), words)
        self.entries.set_entries([self._entry(each) for each in view.entries])
        tasks = [self._task(each) for each in view.due]
        duties = [duty_entry(number, each, today) for number, each in enumerate(view.duties)]
        self.due.set_entries([*tasks, *duties])
        self.due_card.set_title(self.tr("到本周末应办"), self.tr("{n} 项").format(n=len(tasks) + len(duties)))
        own = sum(each.is_left_over for each in view.entries)
        self._offer(self.here, self.tr("把前几周剩下的 {n} 项结转到这一周"), len(view.left_over))
        self._offer(self.next, self.tr("结转 {n} 项到下周"), own + len(view.left_over))
        self.earlier.setVisible(bool(view.left_over))
        for entries in (self.entries, self.due):
            if entries.current_key is None and entries.entries:
                entries.select(entries.entries[0].key)
        self._offer_take_up()

    def focus_first(self) -> None:
        """The keyboard into the week's lines."""
        (self.entries if self.entries.entries else self.due).setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------ inside

    def _week_card(self) -> Card:
        self.week_card = Card("", "", padding=0)
        self.week_card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.before = IconButton("chevron-left", self.tr("上一周"))
        self.this = Button(self.tr("本周"))
        self.after = IconButton("chevron-right", self.tr("下一周"))
        self.before.clicked.connect(lambda: self._ask(-1))
        self.this.clicked.connect(lambda: self.week_asked.emit(week_of(self._today)))
        self.after.clicked.connect(lambda: self._ask(1))
        for button in (self.before, self.this, self.after):
            self.week_card.add_action(button)
        self.line = LineField("", self.tr("写一件事，按回车列入这一周"))
        self.line.setAccessibleName(self.tr("新的计划事项"))
        self.line.returnPressed.connect(self._add)
        above = QWidget(self.week_card)
        beside = QHBoxLayout(above)
        beside.setContentsMargins(14, 8, 14, 8)
        beside.addWidget(self.line)
        self.week_card.add(above)
        self.week_card.add(self.entries, 1)
        self.done = Button(self.tr("完成"), "check")
        self.done.setToolTip(self.tr("记为今天完成，再按一次取消（空格键）"))
        self.done.clicked.connect(lambda: self._finish(self.entries.current_key))
        self.here, self.next = Button("", "arrow-right"), Button("", "arrow-right", primary=True)
        self.here.clicked.connect(lambda: self._carry(0))
        self.next.clicked.connect(lambda: self._carry(1))
        self.earlier = self.week_card.add_foot(self.here, QWidget(self))
        self.week_card.add_foot(self.done, self.next)
        return self.week_card

    def _due_card(self) -> Card:
        self.due_card = Card("", "", padding=0)
        self.due_card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.due_card.add(self.due, 1)
        self.take = Button(self.tr("任务列入这一周"), "plus")
        self.take.setToolTip(self.tr("空格键"))
        self.take.clicked.connect(lambda: self._take_up(self.due.current_key))
        self.due_card.add_foot(self.take, QWidget(self))
        return self.due_card

    @staticmethod
    def _offer(button: Button, words: str, count: int) -> None:
        button.setVisible(count > 0)
        button.setText(words.format(n=count))

    def _offer_take_up(self) -> None:
        self.take.setEnabled(isinstance(self.due.current_key, UUID))

    def _ask(self, step: int) -> None:
        if self.view is not None:
            self.week_asked.emit(self.view.week + step * WEEK)

    def _carry(self, step: int) -> None:
        if self.view is not None:
            self.carried.emit(self.view.week + step * WEEK)

    def _add(self) -> None:
        if words := self.line.text().strip():
            self.added.emit(words)

    def _finish(self, key: object) -> None:
        found = [each for each in self.view.entries if each.id == key] if self.view else []
        for entry in found:
            self.finished.emit(entry.id, not entry.is_done)

    def _take_up(self, key: object) -> None:
        """Tasks are taken up; resolutions and rectifications are kept where they are."""
        if isinstance(key, UUID):
            self.taken_up.emit(key)

    def _open_due(self, key: object) -> None:
        if isinstance(key, UUID):
            self.row_opened.emit(key)
        elif self.view is not None and isinstance(key, int):
            duty: Duty = self.view.duties[key]
            self.duty_opened.emit(duty)

    def _entry(self, entry: WeekEntry) -> Entry:
        """A line with a sign of how it ended, also in words."""
        icon, token, words = "circle", "dim", self.tr("未完成")
        if entry.is_done:
            icon, token, words = "circle-check", "ok", self.tr("已完成")
        elif entry.carried_to is not None:
            icon, token, words = "arrow-right", "dim", self.tr("已结转")
        day = f"{short_date(entry.done_on, self._today)}完成" if entry.done_on else entry.result
        parts = (entry.place, entry.responsible, day, carried_words(entry), entry.outcome)
        detail = " · ".join(" ".join(part.split()) for part in parts if part)
        return Entry(entry.id, entry.content, detail or words, icon=icon, icon_token=token, icon_words=words)

    def _task(self, task: Task) -> Entry:
        late = task.days_late(self._today)
        due = f"{short_date(task.due_on, self._today)}前" if task.due_on else ""
        parts = (task.place, self.tr("年度任务"), due, task.responsible)
        badge = self.tr("逾期 {n} 天").format(n=late) if late else ""
        return Entry(task.id, task.title, " · ".join(part for part in parts if part), "", badge, Tone.BAD)
