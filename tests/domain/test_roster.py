"""Every count asks "on that day": who belonged, who held which post, and whether a committee stood."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Mark, Post, Restriction, Standing
from tests.domain.rosters import LONG_AGO, RosterBuilder

DAY = date(2026, 5, 8)


def test_a_member_belongs_from_the_first_day_and_not_on_the_last() -> None:
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    build.member("甲", branch, from_on=date(2026, 1, 10), to_on=date(2026, 3, 1))
    roster = build.roster()
    found = {day: bool(roster.members_on(branch, day)) for day in (
        date(2026, 1, 9), date(2026, 1, 10), date(2026, 2, 28), date(2026, 3, 1))}  # fmt: skip
    assert list(found.values()) == [False, True, True, False]


def test_applicants_are_in_the_branch_and_are_not_members() -> None:
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    build.member("甲", branch)
    build.member("乙", branch, Standing.PROBATIONARY)
    build.member("丙", branch, Standing.APPLICANT)
    names = [person.name for person in build.roster().members_on(branch, DAY)]
    assert names == ["甲", "乙"]


def test_the_general_branch_counts_the_members_of_its_branches_once() -> None:
    build = RosterBuilder()
    top = build.organisation("示例总支", OrganisationKind.GENERAL_BRANCH)
    first = build.organisation("一支部", parent=top)
    second = build.organisation("二支部", parent=top)
    build.members(("甲", "乙"), first)
    build.members(("丙",), second)
    roster = build.roster()
    assert [person.name for person in roster.members_on(top, DAY)] == ["甲", "乙", "丙"]
    assert [each.name for each in roster.branches_on(DAY)] == ["一支部", "二支部"]


@pytest.mark.parametrize(
    "day, holder",
    [
        (date(2023, 6, 30), "甲"),
        (date(2023, 7, 1), "乙"),
        (date(2026, 5, 8), "乙"),
    ],
)
def test_who_was_secretary_on_that_day(day: date, holder: str) -> None:
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    first, second = build.members(("甲", "乙"), branch)
    build.fact(first, FactKind.POST, Post.SECRETARY, LONG_AGO, date(2023, 7, 1), branch)
    build.fact(second, FactKind.POST, Post.SECRETARY, date(2023, 7, 1), None, branch)
    person = build.roster().holder_of(branch, Post.SECRETARY, day)
    assert person is not None
    assert person.name == holder


def test_a_branch_with_only_a_secretary_has_no_committee() -> None:
    """支部工作条例: fewer than seven full members elect a secretary and no committee."""
    build = RosterBuilder()
    branch = build.organisation("三人支部")
    secretary, _, _ = build.members(("甲", "乙", "丙"), branch)
    build.fact(secretary, FactKind.POST, Post.SECRETARY, organisation=branch)
    roster = build.roster()
    assert not roster.has_committee_on(branch, DAY)
    assert roster.committee_on(branch, DAY) == ()


def test_the_term_decides_whether_a_committee_stands() -> None:
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    secretary, member = build.members(("甲", "乙"), branch)
    build.fact(secretary, FactKind.POST, Post.SECRETARY, organisation=branch)
    build.fact(member, FactKind.POST, Post.ORGANISATION_MEMBER, organisation=branch)
    build.term(branch, date(2021, 3, 1), with_committee=False)
    build.term(branch, date(2024, 3, 1), with_committee=True)
    roster = build.roster()
    assert not roster.has_committee_on(branch, date(2023, 1, 1))
    assert roster.has_committee_on(branch, date(2024, 3, 1))
    assert [person.name for person in roster.committee_on(branch, DAY)] == ["甲", "乙"]


def test_someone_with_two_posts_sits_in_the_committee_once() -> None:
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    secretary, member = build.members(("甲", "乙"), branch)
    build.fact(secretary, FactKind.POST, Post.SECRETARY, organisation=branch)
    build.fact(secretary, FactKind.POST, Post.DISCIPLINE_MEMBER, organisation=branch)
    build.fact(member, FactKind.POST, Post.ORGANISATION_MEMBER, organisation=branch)
    assert [person.name for person in build.roster().committee_on(branch, DAY)] == ["甲", "乙"]


def test_restrictions_and_marks_hold_only_in_their_time() -> None:
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    person = build.member("甲", branch)
    build.fact(
        person, FactKind.RESTRICTION, Restriction.DISCIPLINARY_PROBATION, date(2025, 1, 1), date(2026, 1, 1)
    )
    build.fact(person, FactKind.MARK, Mark.RETIRED, date(2026, 2, 1))
    roster = build.roster()
    assert roster.restrictions_on(person, date(2025, 12, 31)) == {Restriction.DISCIPLINARY_PROBATION}
    assert roster.restrictions_on(person, date(2026, 1, 1)) == frozenset()
    assert roster.marks_on(person, DAY) == {Mark.RETIRED}


@given(
    from_offset=st.integers(0, 3000),
    length=st.integers(1, 3000),
    asked=st.integers(-10, 7000),
)
def test_a_person_is_counted_exactly_while_the_membership_holds(
    from_offset: int, length: int, asked: int
) -> None:
    start = LONG_AGO + timedelta(days=from_offset)
    end = start + timedelta(days=length)
    day = LONG_AGO + timedelta(days=asked)
    build = RosterBuilder()
    branch = build.organisation("示例一支部")
    build.member("甲", branch, from_on=start, to_on=end)
    assert bool(build.roster().members_on(branch, day)) == (start <= day < end)
