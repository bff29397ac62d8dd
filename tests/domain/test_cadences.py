"""How often something is owed: the rule, or a stricter local document from its day on."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.cadences import LocalCadence, demands, times_a_year
from branchbook.domain.checklists import Cadence
from branchbook.services.rules import shipped_rulebook
from tests.domain.rosters import identity

BRANCH = identity("organisation", "一支部")
QUARTERLY = shipped_rulebook().find("B-09")
MONTHLY = LocalCadence("general_meeting", Cadence.MONTHLY, "某县组〔2026〕1号")


def owed(*local, year=2026):
    assert QUARTERLY is not None
    return demands("general_meeting", QUARTERLY, local, BRANCH, year)


@pytest.mark.parametrize(
    "cadence,times,occasions",
    [("monthly", 1, 12), ("monthly", 2, 24), ("quarterly", 1, 4), ("half_yearly", 3, 6), ("yearly", 1, 1)],
)
def test_occasions_in_a_year(cadence, times, occasions):
    assert times_a_year(Cadence(cadence), times) == occasions


def test_the_rule_alone():
    """支部工作条例 第十一条: 一般每季度召开 1 次."""
    first = owed()[0]
    assert (first.period.label, first.times, first.words) == ("2026年第一季度", 1, "每季")
    assert len(owed()) == 4


def test_of_several_local_documents_the_strictest_is_followed():
    twice = replace(MONTHLY, times=2, source="某镇〔2026〕2号")
    found = owed(MONTHLY, twice)
    assert {(each.times, each.source) for each in found} == {(2, "某镇〔2026〕2号")}


def test_as_often_as_the_rule_is_not_stricter():
    assert owed(replace(MONTHLY, cadence=Cadence.QUARTERLY)) == owed()
    assert owed(replace(MONTHLY, cadence=Cadence.HALF_YEARLY, times=2)) == owed()


def test_another_requirement_and_a_later_year_change_nothing():
    assert owed(replace(MONTHLY, requirement="party_lesson")) == owed()
    assert owed(replace(MONTHLY, from_on=date(2027, 1, 1))) == owed()
    assert len(owed(replace(MONTHLY, from_on=date(2027, 1, 1)), year=2027)) == 12


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_beginning_within_the_year_nothing_is_owed_twice(from_on):
    found = owed(replace(MONTHLY, from_on=from_on))
    days = [day for each in found for day in (each.period.start, each.period.end)]
    assert days == sorted(days)
    assert all(each.period.start >= from_on for each in found if each.source)
    assert all(not each.source for each in found if each.period.start < from_on)
