"""Weeks, bars, the board and what a week leaves over: tables of cases, and properties for any days."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.plans import (
    Bar,
    PlannedCount,
    Task,
    TaskState,
    WeekEntry,
    bar_of,
    board_of,
    column_of,
    due_in_week,
    left_over,
    months_of,
    moved,
    planned_in,
    week_of,
    weeks_of,
)

TODAY = date(2026, 5, 20)  # a Wednesday
WEEKS = weeks_of(2026)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MAYBE = st.none() | DAYS


def task(begin=None, due=None, done=None, **given):
    state = given.pop("state", TaskState.WAITING)
    state = TaskState.DONE if done else state
    return Task(UUID(int=given.pop("number", 1)), "任务", "", state, begin, due, done, **given)


def entry(week, **given):
    return WeekEntry(UUID(int=given.pop("number", 1)), week, "事项", **given)


def at(day):
    return column_of(WEEKS, day)


class TestWeeks:
    @given(st.integers(1990, 2100))
    def test_weeks_follow_each_other_and_hold_every_day_of_the_year(self, year):
        weeks = weeks_of(year)
        assert all(after - before == timedelta(days=7) for before, after in itertools.pairwise(weeks))
        assert column_of(weeks, date(year, 1, 1)) == 0
        assert column_of(weeks, date(year, 12, 31)) == len(weeks) - 1
        assert len(weeks) in (53, 54)

    @given(DAYS)
    def test_a_week_begins_on_the_monday_before_and_is_its_own_week(self, day):
        monday = week_of(day)
        assert monday.weekday() == 0
        assert timedelta(0) <= day - monday <= timedelta(days=6)
        assert week_of(monday) == monday

    def test_months_begin_in_the_week_of_their_first_day(self):
        months = months_of(2026, WEEKS)
        assert months[0] == 0
        assert list(months) == sorted(months)
        assert WEEKS[months[5]] == date(2026, 6, 1)  # a Monday


class TestBars:
    @pytest.mark.parametrize(
        "given, last, late_from",
        [
            ({"due": date(2026, 6, 30)}, date(2026, 6, 30), None),  # not due yet: to the day due
            (
                {"due": date(2026, 4, 30)},
                TODAY,
                date(2026, 5, 4),
            ),  # late: to today, marked from the week after
            ({"due": date(2026, 5, 18)}, TODAY, None),  # late within the week in which it was due
            ({"due": date(2026, 6, 30), "done": date(2026, 5, 8)}, date(2026, 5, 8), None),  # done early
            ({"due": date(2026, 4, 30), "done": date(2026, 5, 8)}, date(2026, 5, 8), date(2026, 5, 4)),
            ({}, TODAY, None),  # no due day: as far as it has come
        ],
    )
    def test_reach_as_far_as_the_task_did(self, given, last, late_from):
        bar = bar_of(task(date(2026, 3, 2), **given), WEEKS, TODAY)
        assert bar == Bar(at(date(2026, 3, 2)), at(last), at(late_from) if late_from else None)

    def test_are_cut_where_the_year_ends(self):
        bar = bar_of(task(date(2025, 10, 1), date(2027, 2, 1)), WEEKS, TODAY)
        assert bar == Bar(0, len(WEEKS) - 1)

    def test_are_missing_where_a_task_has_no_day_or_lies_in_another_year(self):
        assert bar_of(task(), WEEKS, TODAY) is None
        assert bar_of(task(date(2027, 3, 1), date(2027, 4, 1)), WEEKS, TODAY) is None
        assert bar_of(task(date(2025, 3, 1), date(2025, 4, 1), date(2025, 3, 9)), WEEKS, TODAY) is None

    @given(MAYBE, MAYBE, MAYBE, DAYS)
    def test_stay_within_the_year_and_are_late_only_behind_the_due_day(self, begin, due, done, today):
        made = task(begin, due, done)
        bar = bar_of(made, WEEKS, today)
        if bar is None:
            return
        assert 0 <= bar.first <= bar.last < len(WEEKS)
        if bar.late_from is not None:
            assert bar.first <= bar.late_from <= bar.last
            assert due is not None
            assert WEEKS[bar.late_from] > due

    @given(DAYS, st.integers(0, 400), DAYS)
    def test_of_what_is_not_done_never_shrink_as_days_go_by(self, begin, days, today):
        made = task(begin, begin + timedelta(days=days))
        now, later = (bar_of(made, WEEKS, day) for day in (today, today + timedelta(days=9)))
        if now is not None:
            assert later is not None
            assert later.last >= now.last


class TestLateness:
    @pytest.mark.parametrize(
        "due, done, days, late",
        [
            (date(2026, 5, 20), None, 0, False),  # on its day it is not late
            (date(2026, 5, 19), None, 1, True),
            (date(2026, 5, 10), date(2026, 5, 13), 3, False),  # was late, and is not any more
            (None, None, 0, False),
        ],
    )
    def test_begins_on_the_day_after_and_ends_when_done(self, due, done, days, late):
        made = task(date(2026, 1, 5), due, done)
        assert (made.days_late(TODAY), made.is_late(TODAY)) == (days, late)


class TestTheBoard:
    def test_has_every_state_with_late_tasks_first(self):
        later = task(due=date(2026, 9, 1), number=1)
        undated = task(number=2)
        late = task(due=date(2026, 5, 1), number=3)
        doing = task(due=date(2026, 8, 1), number=4, state=TaskState.DOING)
        board = board_of([undated, later, late, doing], TODAY)
        assert list(board) == list(TaskState)
        assert board[TaskState.WAITING] == (late, later, undated)
        assert board[TaskState.DOING] == (doing,)
        assert board[TaskState.DONE] == ()

    @given(st.lists(st.tuples(MAYBE, MAYBE, st.sampled_from(TaskState)), max_size=12))
    def test_loses_and_doubles_nothing(self, given):
        tasks = [
            task(due=due, done=done, state=state, number=number)
            for number, (due, done, state) in enumerate(given)
        ]
        shown = [each.id for column in board_of(tasks, TODAY).values() for each in column]
        assert sorted(shown) == sorted(each.id for each in tasks)

    @pytest.mark.parametrize(
        "state, step, after",
        [
            (TaskState.WAITING, 1, TaskState.DOING),
            (TaskState.DOING, 1, TaskState.DONE),
            (TaskState.DONE, 1, TaskState.DONE),
            (TaskState.WAITING, -1, TaskState.WAITING),
            (TaskState.DONE, -1, TaskState.DOING),
        ],
    )
    def test_is_moved_in_by_one_column_and_not_beyond_its_ends(self, state, step, after):
        assert moved(state, step) is after


class TestWhatIsLeftOver:
    def test_is_neither_done_nor_carried_on_and_the_oldest_first(self):
        old, before, now = date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)
        waiting = entry(before, number=1)
        older = entry(old, result="部分完成", number=2)
        others = [
            entry(before, done_on=date(2026, 5, 12), number=3),
            entry(before, result="已完成", number=4),
            entry(old, carried_to=before, number=5),
            entry(now, number=6),
        ]
        assert left_over([waiting, older, *others], now) == (older, waiting)

    def test_of_tasks_is_what_is_due_by_the_end_of_the_week(self):
        sunday = task(due=date(2026, 5, 24))
        others = [task(due=date(2026, 5, 25)), task(due=date(2026, 5, 20), done=date(2026, 5, 19)), task()]
        assert due_in_week([sunday, *others], date(2026, 5, 18)) == (sunday,)


class TestPlannedAgainstHeld:
    def test_sums_what_tasks_of_the_year_plan(self):
        this_year = date(2026, 1, 5)
        tasks = [
            task(this_year, activity="党课", planned=3),
            task(this_year, activity="党课", planned=1),
            task(this_year, activity="主题党日", planned=0),
            task(this_year, activity="谈心谈话"),
            task(this_year, planned=7),
            task(date(2025, 12, 1), activity="党课", planned=9),
        ]
        assert planned_in(tasks, 2026) == {"党课": 4, "主题党日": 0}

    @given(st.integers(0, 99), st.none() | st.integers(0, 99))
    def test_lacks_what_was_not_held_and_never_less_than_nothing(self, planned, held):
        lacking = PlannedCount("党课", planned, held).lacking
        assert lacking >= 0
        assert lacking == planned if held is None else lacking + held >= planned
