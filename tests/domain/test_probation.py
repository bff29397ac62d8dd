"""The dates of a probation: 党章 第七条; 发展党员工作细则2014 第三十二条, 2026 第三十一条."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.probation import Extension, extension_fault, probation_of
from branchbook.services.shipped_rules import shipped_rulebook

RULES = shipped_rulebook()
ACCEPTANCE_DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    "accepted_on, ends_on, article",
    [
        (date(2025, 11, 23), date(2026, 11, 23), "第三十二条"),  # case 49
        (date(2024, 2, 29), date(2025, 2, 28), "第三十二条"),
        (date(2026, 6, 30), date(2027, 6, 30), "第三十一条"),
        (date(2009, 7, 1), date(2010, 7, 1), ""),  # before the text of 2014
    ],
)
def test_a_year_from_the_resolution(accepted_on, ends_on, article):
    found = probation_of(accepted_on, RULES)
    assert found.ends_on == ends_on
    assert (found.rule.article if found.rule else "") == article


@given(ACCEPTANCE_DAYS)
def test_the_end_is_the_anniversary_or_the_clamped_month_end(accepted_on):
    ends_on = probation_of(accepted_on, RULES).ends_on
    assert (ends_on.year, ends_on.month) == (accepted_on.year + 1, accepted_on.month)
    last = calendar.monthrange(ends_on.year, ends_on.month)[1]
    assert ends_on.day == min(accepted_on.day, last)


@given(ACCEPTANCE_DAYS, st.integers(6, 12))
def test_an_extension_begins_with_the_first_end_and_stays_within_a_year(accepted_on, months):
    first_end = probation_of(accepted_on, RULES).ends_on
    extended = probation_of(accepted_on, RULES, Extension(first_end, months))
    assert first_end < extended.ends_on <= probation_of(first_end, RULES).ends_on


@pytest.mark.parametrize(
    "months, extended_before, words",
    [
        (6, False, ""),
        (12, False, ""),
        (5, False, "6 至 12 个月"),
        (18, False, "6 至 12 个月"),  # case 53
        (3, False, "6 至 12 个月"),
        (6, True, "只能延长一次"),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 5, 17), date(2026, 5, 18)])
def test_once_and_for_six_to_twelve_months(months, extended_before, words, day):
    fault, rule = extension_fault(months, RULES.on(day), extended_before=extended_before)
    assert words in fault
    assert bool(fault) == bool(words)
    assert rule is not None


@pytest.mark.parametrize(
    "every, days",
    [
        (3, ["2026-02-23", "2026-05-23", "2026-08-23", "2026-11-23"]),
        (6, ["2026-05-23", "2026-11-23"]),
    ],
)
def test_observations_by_quarter_or_half_year(every, days):
    found = probation_of(date(2025, 11, 23), RULES).observations(every)
    assert [day.isoformat() for day in found] == days


def test_observations_of_an_extension_begin_with_it():
    extended = probation_of(date(2025, 11, 23), RULES, Extension(date(2026, 11, 23), 6))
    assert extended.observations(3) == (date(2027, 2, 23), date(2027, 5, 23))
    assert extended.application_on == date(2027, 4, 23)
