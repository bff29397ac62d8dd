"""Dates that follow from other dates (发展党员工作细则, 党章 第七条, 关于党的基层组织任期的意见)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.deadlines import (
    acceptance_approval_due_on,
    conversion_approval_due_on,
    extended_until,
    postponed_until,
    probation_ends_on,
    term_ends_on,
)
from branchbook.domain.problems import RefusedProblem
from tests.domain.rulebooks import BEFORE_ALL, ON_2026, rules_on


def test_a_village_branch_elected_in_2023_ends_in_2028():
    """任期意见 一: five years in villages and communities, three elsewhere."""
    elected = date(2023, 11, 24)
    assert term_ends_on(elected, 5) == date(2028, 11, 24)
    assert term_ends_on(elected, 3) == date(2026, 11, 24)


def test_probation_runs_from_the_meeting_and_not_from_the_approval():
    """党章 第七条: the day of the higher organisation's approval does not matter."""
    assert probation_ends_on(date(2025, 11, 23), rules_on()) == date(2026, 11, 23)
    assert probation_ends_on(date(2024, 2, 29), rules_on()) == date(2025, 2, 28)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_probation_ends_on_the_anniversary_or_the_end_of_its_month(accepted_on):
    ends = probation_ends_on(accepted_on, rules_on())
    assert (ends.year, ends.month) == (accepted_on.year + 1, accepted_on.month)
    assert ends.day == accepted_on.day or (accepted_on.month, accepted_on.day, ends.day) == (2, 29, 28)


@pytest.mark.parametrize(
    "months,until", [(6, date(2027, 5, 23)), (12, date(2027, 11, 23)), (9, date(2027, 8, 23))]
)
@pytest.mark.parametrize("day", [date(2025, 11, 23), ON_2026])
def test_probation_is_extended_by_six_to_twelve_months(months, until, day):
    """细则2014 第三十二条; kept as a default under the revision."""
    assert extended_until(date(2026, 11, 23), months, rules_on(day)) == until


@pytest.mark.parametrize("months", [0, 3, 5, 13, 18])
def test_a_shorter_or_longer_extension_is_refused_with_the_article(months):
    with pytest.raises(RefusedProblem) as caught:
        extended_until(date(2026, 11, 23), months, rules_on())
    assert "细则（2014） 第三十二条" in caught.value.where


def test_approvals_count_calendar_months_and_not_ninety_days():
    """细则2014 第三十四条; 接收 special cases six months."""
    assert conversion_approval_due_on(date(2025, 11, 30), rules_on()) == date(2026, 2, 28)
    assert acceptance_approval_due_on(date(2025, 3, 1), rules_on()) == date(2025, 6, 1)
    assert acceptance_approval_due_on(date(2025, 3, 1), rules_on(), special=True) == date(2025, 9, 1)
    assert acceptance_approval_due_on(date(2026, 6, 1), rules_on(ON_2026), special=True) == date(2026, 12, 1)


def test_someone_transferred_in_may_wait_six_months():
    """发展党员工作细则（2014）: the discussion may wait, the day of conversion does not move."""
    assert postponed_until(date(2025, 11, 23), rules_on()) == date(2026, 5, 23)


def test_before_the_rules_nothing_is_made_up():
    with pytest.raises(RefusedProblem) as caught:
        probation_ends_on(date(2007, 3, 1), rules_on(BEFORE_ALL))
    assert caught.value.what == "该日期无规则依据"
