"""Dates as people write them, months that end early, and the periods in which work is owed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.checklists import Cadence
from branchbook.domain.dates import (
    Period,
    add_months,
    chinese_date,
    full_years,
    parse_date,
    period_of,
    periods_of_year,
)
from branchbook.domain.problems import RefusedProblem

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-3-5",
        "2026-03-05",
        "2026.3.5",
        "2026/3/5",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "2026年3月5号",
        "3月5日",
        "3-5",
        "3.5",
        "20260305",
        "２０２６－３－５",
        "２０２６年３月５日",
        "  2026-3-5 ",
    ],
)
def test_a_date_is_read_as_people_write_it(text):
    assert parse_date(text, TODAY) == date(2026, 3, 5)


def test_a_day_without_a_year_is_of_the_year_of_today():
    assert parse_date("2月29日", date(2024, 6, 1)) == date(2024, 2, 29)
    with pytest.raises(RefusedProblem) as caught:
        parse_date("2月29日", TODAY)
    assert caught.value.where == "2月29日"


@pytest.mark.parametrize("text", ["2026-2-30", "2026-13-1", "20260231", "2026年0月3日", "2026-4-31"])
def test_a_day_that_the_calendar_does_not_have_is_refused(text):
    with pytest.raises(RefusedProblem) as caught:
        parse_date(text, TODAY)
    assert caught.value.what == "没有这一天"
    assert caught.value.where == text
    assert caught.value.next_step


@pytest.mark.parametrize(
    "text", ["", "昨天", "2026", "2026-3", "202603", "2026-3-5-1", "三月五日", "26-3-5-", "２０２６"]
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(RefusedProblem) as caught:
        parse_date(text, TODAY)
    assert caught.value.where == text
    assert "2026-3-5" in caught.value.next_step


@pytest.mark.parametrize("text", ["0026-3-5", "1899-12-31", "2200-1-1", "99990101"])
def test_a_year_that_nobody_means_is_refused(text):
    with pytest.raises(RefusedProblem) as caught:
        parse_date(text, TODAY)
    assert "1900" in caught.value.what


@given(DAYS)
def test_every_day_is_read_back_from_each_way_of_writing_it(day):
    ways = (f"{day:%Y%m%d}", f"{day.year}-{day.month}-{day.day}", f"{day:%Y.%m.%d}", chinese_date(day))
    assert {parse_date(way, TODAY) for way in ways} == {day}


def test_months_are_clamped_to_the_end_of_the_month():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2026, 1, 15), -2) == date(2025, 11, 15)


@given(DAYS, st.integers(-300, 300))
def test_adding_months_lands_in_the_right_month_and_never_later_in_it(day, months):
    after = add_months(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day <= day.day
    assert after.day == day.day or (after + timedelta(days=1)).month != after.month


def test_full_years_count_anniversaries():
    assert full_years(date(1990, 6, 10), date(2026, 6, 9)) == 35
    assert full_years(date(1990, 6, 10), date(2026, 6, 10)) == 36
    assert full_years(date(2027, 1, 1), date(2026, 1, 1)) == 0


@pytest.mark.parametrize(
    "cadence,count", [("monthly", 12), ("quarterly", 4), ("half_yearly", 2), ("yearly", 1)]
)
@given(year=st.integers(1900, 2199))
def test_the_periods_of_a_year_fill_it_without_gap_or_overlap(cadence, count, year):
    periods = periods_of_year(year, Cadence(cadence))
    assert len(periods) == count
    assert (periods[0].start, periods[-1].end) == (date(year, 1, 1), date(year, 12, 31))
    for earlier, later in pairwise(periods):
        assert later.start - earlier.end == timedelta(days=1)
    assert sum(period.days for period in periods) == (date(year, 12, 31) - date(year, 1, 1)).days + 1


@given(DAYS, st.sampled_from(Cadence))
def test_a_day_lies_in_its_own_period_only(day, cadence):
    period = period_of(day, cadence)
    assert period.contains(day)
    assert [each for each in periods_of_year(day.year, cadence) if each.contains(day)] == [period]


@pytest.mark.parametrize(
    "cadence,label",
    [
        (Cadence.MONTHLY, "2026年8月"),
        (Cadence.QUARTERLY, "2026年第三季度"),
        (Cadence.HALF_YEARLY, "2026年下半年"),
        (Cadence.YEARLY, "2026年"),
    ],
)
def test_a_period_is_named_as_offices_name_it(cadence, label):
    assert period_of(date(2026, 8, 9), cadence).label == label


@pytest.mark.parametrize(
    "start, end, words",
    [
        (date(2026, 5, 1), date(2026, 5, 31), "2026年5月"),
        (date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        (date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026-02-01 至 2026-04-30"),
        (date(2026, 1, 1), date(2026, 11, 24), "2026-01-01 至 2026-11-24"),
        (date(2026, 1, 2), date(2026, 1, 31), "2026-01-02 至 2026-01-31"),
        (date(2025, 12, 1), date(2026, 2, 28), "2025-12-01 至 2026-02-28"),
        (date(2025, 7, 1), date(2026, 6, 30), "2025-07-01 至 2026-06-30"),
    ],
)
def test_a_period_without_a_name_is_called_by_both_days(start, end, words):
    assert Period(start, end).words == words


def test_a_period_knows_its_days():
    period = Period(date(2024, 2, 1), date(2024, 2, 29))
    assert period.days == 29
    assert not period.contains(date(2024, 3, 1))
