"""Organisations over time: names, existence, and a founding that nobody wrote down."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.organisations import FOUNDING_UNKNOWN, DatedName, Organisation, OrganisationKind, Term
from tests.domain.rosters import identity


def branch(founded_on: date = date(2020, 3, 1), closed_on: date | None = None) -> Organisation:
    """A branch that was renamed in 2023."""
    names = (DatedName("旧名支部", founded_on), DatedName("新名支部", date(2023, 5, 1), "示例〔2023〕1号"))
    return Organisation(identity("branch"), OrganisationKind.BRANCH, names, founded_on, closed_on=closed_on)


@pytest.mark.parametrize(
    "day, name",
    [(date(2019, 1, 1), "旧名支部"), (date(2023, 4, 30), "旧名支部"), (date(2023, 5, 1), "新名支部")],
)
def test_the_name_is_the_one_of_that_day(day: date, name: str) -> None:
    assert branch().name_on(day) == name


@pytest.mark.parametrize(
    "day, exists",
    [
        (date(2020, 2, 29), False),
        (date(2020, 3, 1), True),
        (date(2024, 6, 29), True),
        (date(2024, 6, 30), False),
    ],
)
def test_it_exists_from_its_founding_until_the_day_it_is_closed(day: date, exists: bool) -> None:
    assert branch(closed_on=date(2024, 6, 30)).exists_on(day) is exists


def test_an_unknown_founding_is_no_date_and_lies_before_every_record() -> None:
    unknown = branch(FOUNDING_UNKNOWN)
    assert unknown.known_founding is None
    assert unknown.exists_on(date(1950, 1, 1))
    assert branch().known_founding == date(2020, 3, 1)


@pytest.mark.parametrize("day, runs", [(date(2024, 3, 14), False), (date(2024, 3, 15), True)])
def test_a_term_runs_from_the_elected_day(day: date, runs: bool) -> None:
    term = Term(identity("term"), identity("branch"), date(2024, 3, 15), 3, with_committee=True)
    assert term.runs_on(day) is runs
