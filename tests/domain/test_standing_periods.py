"""Counting the days on which something stood, by its turning points alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.dates import Period
from branchbook.domain.standing_periods import stood_for

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_one_change_splits_the_period():
    assert stood_for(MARCH, [date(2026, 3, 11)], lambda day: day >= date(2026, 3, 11)) == 21
    assert stood_for(MARCH, [date(2026, 3, 11)], lambda day: day < date(2026, 3, 11)) == 10


def test_changes_outside_do_no_harm():
    outside = [date(2025, 1, 1), date(2026, 3, 1), date(2026, 4, 1)]
    assert stood_for(MARCH, outside, lambda day: True) == 31
    assert stood_for(MARCH, outside, lambda day: False) == 0


@given(st.sets(st.integers(-5, 40), max_size=8))
def test_it_equals_counting_day_by_day(turns):
    """Something that begins and ends by turns, asked once per stretch, as if asked on each day."""
    changes = sorted(MARCH.start + timedelta(days=turn) for turn in turns)

    def stands_on(day):
        return sum(1 for change in changes if change <= day) % 2 == 1

    days = [MARCH.start + timedelta(days=number) for number in range(MARCH.days)]
    assert stood_for(MARCH, changes, stands_on) == sum(1 for day in days if stands_on(day))
