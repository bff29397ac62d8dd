"""What follows a ballot: 基层组织选举工作条例, E-26 (void), E-30 (tie), E-32 (further), E-33 (fewer seats)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballot_sequence import HeldRound, current, elected_in, following, open_seats
from branchbook.domain.ballots import Ballot, BallotLine, BallotRound, ElectionKind
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally import CandidateCount, Count, tally
from branchbook.services.rules import shipped_rulebook
from tests.domain.elections import NAMES, ON
from tests.domain.rosters import identity

RULES = shipped_rulebook().on(ON)
PRESENT = 20


def held(
    votes: list[int],
    seats: int,
    ballot: Ballot = Ballot.MAIN,
    names: tuple[str, ...] = NAMES,
    *,
    reduced: bool = False,
    **more: int,
) -> HeldRound:
    """A confirmed round of twenty voters in which whoever is not for someone is against."""
    numbers: dict[str, Any] = {
        "due": PRESENT,
        "present": PRESENT,
        "issued": PRESENT,
        "returned": PRESENT,
    } | more
    back = numbers["returned"]
    standing = list(zip(names, votes, strict=False))
    count = Count(
        ElectionKind.COMMITTEE,
        ON,
        invalid=0,
        seats=seats,
        ballot=ballot,
        candidates=tuple(CandidateCount(name, each, back - each) for name, each in standing),
        **numbers,
    )
    voting = BallotRound(
        identity("round", ballot, votes),
        "count",
        ElectionKind.COMMITTEE,
        ON,
        seats,
        ballot=ballot,
        lines=tuple(BallotLine(name, None, each, back - each) for name, each in standing),
        confirmed_on=ON,
        **numbers,
    )
    return HeldRound(voting, tally(count, shipped_rulebook()), reduced)


@pytest.mark.parametrize(
    "votes, seats, more, expected",
    [
        ([16, 15, 14, 3], 3, {}, None),
        ([16, 13, 12, 12], 3, {}, (Ballot.TIE, 1, ("丙", "丁"))),
        ([12, 12, 12, 12, 1], 3, {}, (Ballot.TIE, 3, ("甲", "乙", "丙", "丁"))),
        ([16, 15, 10, 9], 3, {}, (Ballot.FURTHER, 1, ("丙", "丁"))),
        ([10, 10, 10, 10], 3, {}, (Ballot.FURTHER, 3, ("甲", "乙", "丙", "丁"))),
        ([16, 15, 14, 3], 3, {"returned": 21}, (Ballot.MAIN, 3, ("甲", "乙", "丙", "丁"))),
        (
            [12, 12, 12, 3],
            3,
            {"present": 15, "issued": 15, "returned": 15},
            (Ballot.MAIN, 3, ("甲", "乙", "丙", "丁")),
        ),
        ([16, 15, 14, 3], 3, {"issued": 21}, (Ballot.MAIN, 3, ("甲", "乙", "丙", "丁"))),
        ([16, 15, 14, 3], 3, {"present": 21, "issued": 21}, None),
        ([16, 15, 14], 3, {}, None),
        ([20, 20, 20, 20], 3, {}, None),
    ],
)
def test_what_follows_a_main_ballot(
    votes: list[int], seats: int, more: dict, expected: tuple[Ballot, int, tuple[str, ...]] | None
) -> None:
    """§12 cases 13, 19, 23, 25, 27; a margin too small or sums that do not fit are put right first."""
    chain = [held(votes, seats, **more)]
    found = following(chain, NAMES[: len(votes)], RULES)
    assert (found and (found.ballot, found.seats, found.names)) == expected
    if found is not None:
        assert "基层组织选举工作条例" in found.sentence


def test_seats_given_up_ask_for_nothing_more() -> None:
    votes = [16, 15, 10, 9]
    assert following([held(votes, 3, reduced=True)], NAMES[:4], RULES) is None
    assert open_seats([held(votes, 3, reduced=True)]) == 0
    assert open_seats([held(votes, 3)]) == 1
    assert open_seats([]) == 0


def test_a_void_further_ballot_is_repeated_as_a_further_ballot() -> None:
    main = held([16, 15, 10, 9], 3)
    void = held([12, 8], 1, Ballot.FURTHER, ("丙", "丁"), returned=21)
    found = following([main, void], NAMES[:4], RULES)
    assert found is not None
    assert (found.ballot, found.seats, found.names) == (Ballot.FURTHER, 1, ("丙", "丁"))


def test_a_void_main_ballot_is_replaced_by_the_next() -> None:
    void, main = held([16, 15, 14, 3], 3, returned=21), held([16, 15, 14, 3], 3)
    assert current([void]) == (void,)
    assert current([void, main]) == (main,)
    assert current([]) == ()
    assert [name for _, name in elected_in(current([void, main]))] == ["甲", "乙", "丙"]


def test_whoever_withdrew_is_not_on_the_further_ballot() -> None:
    found = following([held([16, 15, 10, 9], 3)], ("甲", "乙", "丁"), RULES)
    assert found is not None
    assert found.names == ("丁",)


def test_a_refused_reduction_is_said() -> None:
    main = held([16, 15, 10, 9], 3)
    asked = replace(main, voting=replace(main.voting, consenting=9))
    found = following([asked], NAMES[:4], RULES)
    assert found is not None
    assert "同意减少名额的 9 名，不足实到 20 名的半数" in found.sentence


def test_without_rules_nothing_follows() -> None:
    assert following([], NAMES, Rulebook(())) is None


VOTES = st.lists(st.integers(0, PRESENT), min_size=4, max_size=6)


@given(VOTES, st.integers(1, 3))
def test_seats_and_people_always_add_up(votes: list[int], seats: int) -> None:
    """Elected and open seats are all seats; what follows is for the open ones, among those not elected."""
    main = held(votes, seats)
    found = following([main], NAMES[: len(votes)], RULES)
    elected = [name for _, name in elected_in([main])]
    if not main.result.valid:
        assert elected == []
        assert found is None
        return
    assert len(elected) + main.open_seats == seats
    assert (found is None) == (main.open_seats == 0)
    if found is not None:
        assert found.seats == main.open_seats
        assert not set(found.names) & set(elected)
        assert len(found.names) > found.seats or found.ballot == Ballot.FURTHER
        best = max((votes[NAMES.index(name)] for name in found.names), default=0)
        assert all(votes[NAMES.index(name)] >= best for name in elected)


@given(VOTES, st.integers(1, 3), st.lists(st.integers(0, PRESENT), min_size=6, max_size=6))
def test_however_it_goes_on_nobody_is_elected_twice_and_the_seats_are_never_exceeded(
    votes: list[int], seats: int, later: list[int]
) -> None:
    chain = [held(votes, seats)]
    for _ in range(4):
        found = following(chain, NAMES[: len(votes)], RULES)
        if found is None:
            break
        chain.append(held(later, found.seats, found.ballot, found.names))
        later = later[1:] + later[:1]
        elected = [name for _, name in elected_in(chain)]
        assert len(elected) == len(set(elected)) <= seats
