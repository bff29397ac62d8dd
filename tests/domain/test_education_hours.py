"""Education hours: lengths of meetings, hours of study, the floor of the day."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.education_hours import (
    HoursOfYear,
    StudyEntry,
    StudyHour,
    distinct,
    floor_of,
    minutes_between,
    tenths_of,
)
from branchbook.services.shipped_rules import shipped_rulebook

RULES = shipped_rulebook()


@pytest.mark.parametrize(
    "start, end, minutes",
    [
        (time(15, 0), time(16, 30), 90),
        (time(9, 45), time(10, 5), 20),
        (time(15, 0), time(15, 0), None),
        (time(15, 0), time(14, 0), None),
        (None, time(14, 0), None),
        (time(15, 0), None, None),
    ],
)
def test_how_long_a_meeting_lasted(start, end, minutes):
    assert minutes_between(start, end) == minutes


@pytest.mark.parametrize(
    "minutes, length, tenths",
    [
        (90, StudyHour.SIXTY, 15),
        (90, StudyHour.FORTY_FIVE, 20),
        (90, StudyHour.FIFTY, 18),
        (3, StudyHour.SIXTY, 1),  # half a tenth rounds up
        (2, StudyHour.SIXTY, 0),
        (100, StudyHour.SIXTY, 17),
    ],
)
def test_minutes_as_hours_of_study(minutes, length, tenths):
    assert tenths_of(minutes, length) == tenths


@given(st.integers(0, 1440), st.integers(0, 1440), st.sampled_from(StudyHour))
def test_longer_meetings_never_give_less(one, more, length):
    assert tenths_of(one + more, length) >= tenths_of(one, length)
    assert abs(tenths_of(one, length) * int(length) - one * 10) * 2 <= int(length)


@pytest.mark.parametrize(
    "day, leads, floor, rule, unconfirmed",
    [
        (date(2026, 6, 1), False, 32, "M-01", False),
        (date(2026, 6, 1), True, 56, "M-02", True),  # the plan of 2024–2028 was not seen
        (date(2022, 6, 1), True, 56, "M-02", False),
        (date(2029, 6, 1), True, 32, "M-01", False),  # no plan known any more
        (date(2010, 6, 1), False, 0, None, False),
    ],
)
def test_the_floor_of_the_day_with_its_rule(day, leads, floor, rule, unconfirmed):
    hours, found = floor_of(RULES.on(day), leads=leads)
    assert (hours, found.id if found else None) == (floor, rule)
    assert bool(found and found.unconfirmed) is unconfirmed


def entry(number: int, tenths: int = 10) -> StudyEntry:
    return StudyEntry("record", UUID(int=number), date(2026, 3, number), "党课", tenths)


@pytest.mark.parametrize("tenths, missing, below", [(319, 1, True), (320, 0, False), (321, 0, False)])
def test_exactly_the_floor_is_enough(tenths, missing, below):
    """第二十条: 一般不少于 32 学时."""
    hours = HoursOfYear((entry(1, tenths),), 32, None)
    assert (hours.missing, hours.is_below) == (missing, below)


def test_a_record_counts_once():
    assert distinct([entry(2), entry(1), entry(2)]) == (entry(1), entry(2))
