"""Working days: the week under the State Council's notices (细则2026 第十三条 counts a notice in working days)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.working_days import HolidayTable, WorkCalendar

YEAR_2026 = HolidayTable(
    2026,
    frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    "国办发明电〔2025〕7号",
)
CALENDAR = WorkCalendar.of([YEAR_2026])


@pytest.mark.parametrize(
    "from_on, count, ends_on",
    [
        (date(2026, 9, 28), 5, date(2026, 10, 9)),  # rules.md case 59: National Day does not count
        (date(2026, 9, 28), 3, date(2026, 9, 30)),
        (date(2026, 9, 19), 2, date(2026, 9, 21)),  # Sunday the 20th is a day of work
        (date(2026, 10, 1), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 2, date(2026, 10, 10)),
    ],
)
def test_days_off_do_not_count_and_days_of_work_do(from_on, count, ends_on):
    found = CALENDAR.last_day(from_on, count)
    assert found.day == ends_on
    assert not found.provisional
    assert found.notices == ("国办发明电〔2025〕7号",)
    assert CALENDAR.working_days(from_on, ends_on) == count


def test_a_year_without_a_table_is_counted_by_the_week_and_marked():
    found = CALENDAR.last_day(date(2026, 12, 30), 5)
    assert (found.day, found.provisional) == (date(2027, 1, 5), True)
    assert found.words == "2027-01-05（暂算）"


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_the_last_day_is_a_working_day_and_the_count_agrees(from_on, count):
    found = CALENDAR.last_day(from_on, count)
    assert CALENDAR.is_working_day(found.day)
    assert CALENDAR.working_days(from_on, found.day) == count
    assert found.provisional == any(
        not CALENDAR.knows(from_on + timedelta(days=number))
        for number in range((found.day - from_on).days + 1)
    )
