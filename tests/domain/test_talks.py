"""Who talked with whom: 支部工作条例 on 谈心谈话 (B-31), committee and committee, committee and members, members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.talks import (
    Circle,
    MissingTalk,
    Occasion,
    Talk,
    TalkMatrix,
    missing_talks,
    talk_matrix,
    unanswered,
)
from tests.domain.rosters import identity

PEOPLE = tuple(identity("person", name) for name in "甲乙丙丁戊己庚")
甲, 乙, 丙, 丁, 戊, 己, 庚 = PEOPLE
DAY = date(2026, 3, 5)


def talk(talker: UUID, *others: UUID, on: date = DAY) -> Talk:
    return Talk(identity("talk", talker, *others, on), on, frozenset({talker}), frozenset(others))


def matrix(talks: Iterable[Talk], **how: object) -> TalkMatrix:
    """甲 and 乙 on the committee, 丙 丁 戊 members."""
    return talk_matrix((甲, 乙), (甲, 乙, 丙, 丁, 戊), talks, **how)  # type: ignore[arg-type]


def words(missing: Iterable[MissingTalk]) -> set[tuple[Circle, frozenset[UUID]]]:
    return {(each.circle, frozenset(filter(None, (each.person, each.other)))) for each in missing}


COMMITTEE, MIXED, MEMBERS = Circle


@pytest.mark.parametrize(
    "talks, each, missing",
    [
        (
            (),
            False,
            {(COMMITTEE, 甲, 乙), *((kind, one) for kind in (MIXED, MEMBERS) for one in (丙, 丁, 戊))},
        ),
        ((talk(甲, 乙),), False, {(kind, one) for kind in (MIXED, MEMBERS) for one in (丙, 丁, 戊)}),
        ((talk(乙, 甲), talk(甲, 丙, 丁, 戊)), False, {(MEMBERS, 丙), (MEMBERS, 丁), (MEMBERS, 戊)}),
        ((talk(甲, 乙, 丙, 丁, 戊), talk(丙, 丁), talk(戊, 丁)), False, set()),
        ((talk(甲, 乙, 丙, 丁, 戊), talk(丙, 丁, 戊)), True, {(MIXED, 乙, one) for one in (丙, 丁, 戊)}),
        (
            (talk(丙, 甲), talk(丁, 乙), talk(戊, 乙), talk(甲, 乙)),
            False,
            {(MEMBERS, one) for one in (丙, 丁, 戊)},
        ),
    ],
)
def test_what_is_missing(talks, each, missing):
    expected = {(circle, frozenset(people)) for circle, *people in missing}
    assert words(missing_talks(matrix(talks, each=each))) == expected


def test_a_talk_that_members_had_twice_satisfies_a_local_rule_of_two_a_year():
    once, twice = [talk(甲, 乙)], [talk(甲, 乙), talk(乙, 甲, on=DAY + timedelta(40))]
    assert (COMMITTEE, frozenset({甲, 乙})) in words(missing_talks(matrix(once, times=2)))
    assert (COMMITTEE, frozenset({甲, 乙})) not in words(missing_talks(matrix(twice, times=2)))


def test_a_branch_of_one_ordinary_member_needs_no_talk_among_members():
    found = talk_matrix((甲,), (甲, 丙), ())
    assert words(missing_talks(found)) == {(MIXED, frozenset({丙}))}


def test_a_branch_without_a_committee_needs_only_talks_among_members():
    assert {each.circle for each in missing_talks(talk_matrix((), (丙, 丁), ()))} == {MEMBERS}


def test_nobody_talks_with_themselves_and_strangers_are_not_counted():
    found = matrix([talk(甲, 甲, 庚)])
    assert found.talks == {}
    assert found.between(甲, 甲) == ()


def test_a_committee_member_from_elsewhere_stands_in_the_matrix_all_the_same():
    found = talk_matrix((甲,), (丙, 丁), [talk(甲, 丙)])
    assert found.members == (甲, 丙, 丁)
    assert found.between(丙, 甲) == (talk(甲, 丙).id,)


def test_the_rule_wants_committee_pairs_and_by_the_stricter_reading_everyone_with_the_committee():
    loose, strict = matrix(()), matrix((), each=True)
    assert loose.is_wanted(甲, 乙)
    assert not loose.is_wanted(甲, 丙)
    assert strict.is_wanted(甲, 丙)
    assert not strict.is_wanted(丙, 丁)


TALKS = st.lists(
    st.builds(
        talk,
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)


@given(TALKS, st.booleans(), st.integers(1, 3))
def test_the_matrix_is_the_same_from_both_sides_and_in_any_order(talks, each, times):
    found = matrix(talks, each=each, times=times)
    assert found == matrix(reversed(talks), each=each, times=times)
    for one in PEOPLE:
        for other in PEOPLE:
            assert found.between(one, other) == found.between(other, one)
            ids = [held.id for held in talks if frozenset({one, other}) in held.pairs]
            counted = one != other and {one, other} <= set(found.members)
            assert set(found.between(one, other)) == (set(ids) if counted else set())


@given(TALKS, TALKS, st.booleans())
def test_a_further_talk_never_makes_more_missing(talks, further, each):
    before = words(missing_talks(matrix(talks, each=each)))
    more = {held.id: held for held in (*talks, *further)}
    assert words(missing_talks(matrix(more.values(), each=each))) <= before


@given(TALKS)
def test_the_stricter_reading_misses_whatever_the_other_does(talks):
    loose = {each.person for each in missing_talks(matrix(talks)) if each.circle == MIXED}
    strict = {each.person for each in missing_talks(matrix(talks, each=True)) if each.circle == MIXED}
    assert loose <= strict


def test_an_occasion_is_answered_by_a_talk_on_or_after_its_day():
    arisen = [Occasion(丙, "岗位变动", DAY), Occasion(丁, "预备党员转正", DAY), Occasion(戊, "岗位变动", DAY)]
    talks = [talk(甲, 丙), talk(丁, 乙, on=DAY + timedelta(1)), talk(甲, 戊, on=DAY - timedelta(1))]
    assert unanswered(arisen, talks) == (Occasion(戊, "岗位变动", DAY),)


@given(TALKS, st.lists(st.tuples(st.sampled_from(PEOPLE), st.dates(date(2026, 1, 1), date(2026, 12, 31)))))
def test_no_occasion_is_both_answered_and_waiting(talks, arisen):
    occasions = [Occasion(person, "岗位变动", day) for person, day in arisen]
    waiting = unanswered(occasions, talks)
    for each in occasions:
        later = any(each.person in held.people and held.held_on >= each.arose_on for held in talks)
        assert (each in waiting) is not later
