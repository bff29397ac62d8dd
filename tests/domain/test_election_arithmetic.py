"""基层组织选举工作条例, in numbers (cases of the design's table, and properties)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.election_arithmetic import (
    ballot_is_valid,
    bases_disagree,
    is_elected,
    is_void,
    min_candidates,
    quorum_election,
    seats_may_be_reduced,
    votes_to_be_elected,
)
from branchbook.domain.problems import RefusedProblem
from tests.domain.rulebooks import BEFORE_ALL, rules_on


@pytest.mark.parametrize("seats,least", [(1, 2), (3, 4), (5, 6), (6, 8), (7, 9), (10, 12), (11, 14)])
def test_candidates_exceed_the_seats_by_a_fifth_rounded_up(seats, least):
    """第十三条: three seats want four candidates."""
    assert min_candidates(seats, rules_on()) == least


@given(st.integers(1, 200))
def test_candidates_are_never_equal_to_the_seats(seats):
    """第十三条: a committee is never elected without a margin, and a fifth is reached, not passed by one."""
    least = min_candidates(seats, rules_on())
    assert 5 * (least - seats) >= seats
    assert least > seats
    assert 5 * (least - seats - 1) < seats or least == seats + 1


@pytest.mark.parametrize(
    "votes,present,elected",
    [(10, 19, True), (9, 19, False), (10, 20, False), (11, 20, True), (17, 19, True), (1, 1, True)],
)
def test_more_than_half_of_those_present_elects(votes, present, elected):
    """The article on being elected (number not known); a write-in counts like a candidate; exactly half does not."""
    assert is_elected(votes, present, rules_on()) is elected


@given(st.integers(1, 1000))
def test_exactly_half_never_elects_and_one_more_always_does(half):
    assert not is_elected(half, 2 * half, rules_on())
    assert is_elected(half + 1, 2 * half, rules_on())
    assert votes_to_be_elected(2 * half, rules_on()) == half + 1


@pytest.mark.parametrize("votes,disagree", [(9, False), (10, True), (11, True), (12, False)])
def test_the_two_readings_of_the_base_differ_only_in_a_narrow_window(votes, disagree):
    """23 due, 19 present: 10 or 11 votes are over half of one and not of the other."""
    assert bases_disagree(votes, 23, 19, rules_on()) is disagree


def test_more_ballots_than_voters_void_the_election():
    """21 ballots of 20 voters: the whole election is held again (article number not known)."""
    assert is_void(21, 20)
    assert not is_void(20, 20)
    assert not is_void(19, 20)


def test_a_ballot_with_more_names_than_seats_is_invalid():
    assert ballot_is_valid(3, 3)
    assert ballot_is_valid(0, 3)
    assert not ballot_is_valid(4, 3)


@pytest.mark.parametrize(
    "consenting,voters,may", [(10, 20, True), (9, 20, False), (10, 19, True), (9, 19, False), (0, 0, False)]
)
def test_half_of_the_voters_may_agree_to_fewer_seats(consenting, voters, may):
    """半数以上 includes half."""
    assert seats_may_be_reduced(consenting, voters, rules_on()) is may


@pytest.mark.parametrize(
    "due,present,met", [(23, 19, True), (23, 18, False), (25, 20, True), (3, 2, False), (21, 17, True)]
)
def test_four_fifths_make_the_quorum(due, present, met):
    """不少于五分之四."""
    assert quorum_election(due, present, rules_on()).met is met


def test_before_the_regulation_no_number_is_made_up():
    with pytest.raises(RefusedProblem) as caught:
        min_candidates(3, rules_on(BEFORE_ALL))
    assert caught.value.what == "该日期无规则依据"
