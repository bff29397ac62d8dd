"""Plans: weeks of a year, where a task stands, its bar by weeks, and what a week leaves over.

A week begins on Monday and is named by that day. A week belongs to every year of which it has a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

WEEK = timedelta(days=7)
LAST_DAY = timedelta(days=6)


class TaskState(StrEnum):
    """The columns of the board; the values are the words that the ledger keeps."""

    WAITING = "未开始"
    DOING = "进行中"
    DONE = "已完成"


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a year's plan. ``activity`` with ``planned`` times, where it is to hold something so often.

    ``link`` is the record that did it, in words; ``place`` whose task it is, where several stand together.
    """

    id: UUID
    title: str
    category: str
    state: TaskState
    begin_on: date | None
    due_on: date | None
    done_on: date | None
    responsible: str = ""
    unit: str = ""
    outcome: str = ""
    link: str = ""
    activity: str = ""
    planned: int | None = None
    place: str = ""

    def days_late(self, today: date) -> int:
        """Days by which it is, or was when it was done, over its due day; 0 where it is not."""
        if self.due_on is None:
            return 0
        return max(((self.done_on or today) - self.due_on).days, 0)

    def is_late(self, today: date) -> bool:
        """Whether it is not done and its due day is over."""
        return self.done_on is None and self.days_late(today) > 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A task's bar: columns (weeks counted from 0) that are ``first`` to ``last``, both included.

    ``late_from`` is the first column that lies after the week in which it was due (None: none does), to ``last``.
    """

    first: int
    last: int
    late_from: int | None = None


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """A line of a week's plan. ``carried_to`` is the Monday of the week to which it was carried over.

    ``task`` is the link to the year's task from which it was taken, empty where it came from none.
    """

    id: UUID
    week: date
    content: str
    responsible: str = ""
    done_on: date | None = None
    result: str = ""
    outcome: str = ""
    carried_from: date | None = None
    carried_to: date | None = None
    task: str = ""
    place: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it was done: with a day, or called done."""
        return self.done_on is not None or self.result == TaskState.DONE

    @property
    def is_left_over(self) -> bool:
        """Whether it is neither done nor carried over."""
        return not self.is_done and self.carried_to is None


@dataclass(frozen=True, slots=True)
class PlannedCount:
    """One kind of activity in a year: how often it was planned, and held up to now.

    ``held`` None: nothing of the kind was entered, which is not the same as none held.
    """

    activity: str
    planned: int
    held: int | None

    @property
    def lacking(self) -> int:
        """How many are still to be held; never below 0."""
        return max(self.planned - (self.held or 0), 0)


def week_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def weeks_of(year: int) -> tuple[date, ...]:
    """The Mondays of the weeks that have a day in a year, 53 or 54 of them."""
    monday, last = week_of(date(year, 1, 1)), date(year, 12, 31)
    found = []
    while monday <= last:
        found.append(monday)
        monday += WEEK
    return tuple(found)


def column_of(weeks: Sequence[date], day: date) -> int:
    """The column of a day, which may lie before 0 or after the last."""
    return (week_of(day) - weeks[0]).days // 7


def months_of(year: int, weeks: Sequence[date]) -> tuple[int, ...]:
    """The column in which each month begins, January first."""
    return tuple(column_of(weeks, date(year, month, 1)) for month in range(1, 13))


def bar_of(task: Task, weeks: Sequence[date], today: date) -> Bar | None:
    """The bar of a task within these weeks; None where it has no day, or lies outside.

    It reaches from its beginning to its due day. What was done earlier ends there; what is late goes on to the
    day on which it was done, or to today. Without a due day it reaches to the day done, or to today.
    """
    begin = task.begin_on or task.due_on or task.done_on
    if begin is None or not weeks:
        return None
    end = max(begin, task.done_on or _expected_end(task, begin, today))
    first, last = column_of(weeks, begin), column_of(weeks, end)
    if last < 0 or first >= len(weeks):
        return None
    shown_first, shown_last = max(first, 0), min(last, len(weeks) - 1)
    late = column_of(weeks, task.due_on) + 1 if task.due_on else last + 1
    late_from = max(late, shown_first) if late <= shown_last else None
    return Bar(shown_first, shown_last, late_from)


def _expected_end(task: Task, begin: date, today: date) -> date:
    """Where a task that is not done ends as things stand."""
    return (
        max(task.due_on, today) if task.is_late(today) and task.due_on else task.due_on or max(begin, today)
    )


@dataclass(frozen=True, slots=True)
class TimeLineRow:
    """A task with its bar; ``bar`` None: nothing of it lies in the year."""

    task: Task
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A year by weeks, the same on screen and paper. ``months`` are the columns in which the twelve begin.

    ``today`` is asked for lateness; ``today_column`` None: it lies in another year, and has no line.
    """

    year: int
    weeks: tuple[date, ...]
    months: tuple[int, ...]
    today: date
    today_column: int | None
    rows: tuple[TimeLineRow, ...] = ()


def time_line_of(year: int, tasks: Sequence[Task], today: date) -> TimeLine:
    """The time line of a year: what begins first stands first, tasks without a day last."""
    weeks = weeks_of(year)
    ordered = sorted(tasks, key=lambda each: (each.begin_on or date.max, each.due_on or date.max))
    column = column_of(weeks, today)
    return TimeLine(
        year,
        weeks,
        months_of(year, weeks),
        today,
        column if 0 <= column < len(weeks) else None,
        tuple(TimeLineRow(each, bar_of(each, weeks, today)) for each in ordered),
    )


def board_of(tasks: Sequence[Task], today: date) -> Mapping[TaskState, tuple[Task, ...]]:
    """The tasks by state, every state a column: what is late first, then by due day, undated ones last."""

    def urgency(task: Task) -> tuple[bool, date, str]:
        return (not task.is_late(today), task.due_on or date.max, task.title)

    return {
        state: tuple(sorted((task for task in tasks if task.state is state), key=urgency))
        for state in TaskState
    }


def moved(state: TaskState, step: int) -> TaskState:
    """The state ``step`` columns to the right (left where negative); the first and last are the ends."""
    states = tuple(TaskState)
    return states[min(max(states.index(state) + step, 0), len(states) - 1)]


def left_over(entries: Sequence[WeekEntry], week: date) -> tuple[WeekEntry, ...]:
    """What the weeks before one left over, the oldest first: neither done nor carried on already."""
    waiting = (each for each in entries if each.week < week and each.is_left_over)
    return tuple(sorted(waiting, key=lambda each: each.week))


def due_in_week(tasks: Sequence[Task], week: date) -> tuple[Task, ...]:
    """Tasks that are not done and due by the end of a week, those of earlier weeks among them."""
    end = week + LAST_DAY
    return tuple(
        task for task in tasks if not task.done_on and task.due_on is not None and task.due_on <= end
    )


def planned_in(tasks: Sequence[Task], year: int) -> Mapping[str, int]:
    """How often each kind of activity is planned by the tasks that begin in a year; the others are missing."""
    found: dict[str, int] = {}
    for task in tasks:
        if task.activity and task.planned is not None and task.begin_on and task.begin_on.year == year:
            found[task.activity] = found.get(task.activity, 0) + task.planned
    return found
