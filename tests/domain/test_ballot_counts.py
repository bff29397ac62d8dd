"""A round and single ballots: totals forwards and back, and nothing else of a ballot (第二十四条)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballot_counts import (
    OneBallot,
    WrittenName,
    ballots_read,
    count_of_round,
    read_ballot,
    with_ballot,
    with_total,
    without_ballot,
    without_idle_names,
)
from branchbook.domain.ballots import BallotLine, BallotRound, ElectionKind, WriteInLine
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.tally import BallotMark, WriteInWithoutAgainst, tally
from branchbook.services.rules import shipped_rulebook

NAMES = ("甲", "乙", "丙", "丁")
EMPTY = BallotRound(
    UUID(int=1), "count", ElectionKind.COMMITTEE, date(2026, 5, 20), 3, 23, 19, 19, 19,
    lines=tuple(BallotLine(name, UUID(int=10 + at)) for at, name in enumerate(NAMES)),
)  # fmt: skip

ballots = st.builds(
    OneBallot,
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(list(BallotMark))),
    st.lists(st.sampled_from(("子", "丑")), unique=True).map(
        lambda names: tuple(WrittenName(each, UUID(int=90)) for each in names)
    ),
    st.booleans(),
)
settings = st.sampled_from(list(WriteInWithoutAgainst))


@given(st.lists(ballots, max_size=19), settings)
def test_the_number_of_ballots_read_follows_from_the_totals(read, setting):
    made = EMPTY
    for each in read:
        made = with_ballot(made, each, setting)
    assert ballots_read(made) == len(read)
    assert (made.returned, made.issued) == (19, 19)


@given(st.lists(ballots, min_size=1, max_size=8), settings)
def test_a_ballot_taken_back_leaves_no_trace(read, setting):
    before = EMPTY
    for each in read[:-1]:
        before = with_ballot(before, each, setting)
    assert without_ballot(with_ballot(before, read[-1], setting), read[-1], setting) == before


@given(st.permutations([
    OneBallot({"甲": BallotMark.FOR, "乙": BallotMark.AGAINST}, (WrittenName("子"),)),
    OneBallot({"丙": BallotMark.FOR}),
    OneBallot({}, spoiled=True),
    OneBallot(dict.fromkeys(NAMES, BallotMark.FOR)),
    OneBallot({"丁": BallotMark.AGAINST}, (WrittenName("丑"),)),
]))  # fmt: skip
def test_the_order_of_ballots_shows_nowhere(order):
    made, usual = EMPTY, EMPTY
    for each in order:
        made = with_ballot(made, each)
    for each in sorted(order, key=str):
        usual = with_ballot(usual, each)
    assert made == usual


def test_a_ballot_for_more_than_the_seats_is_invalid():
    """E-27."""
    every = OneBallot(dict.fromkeys(NAMES, BallotMark.FOR))
    assert not read_ballot(EMPTY, every).valid
    assert with_ballot(EMPTY, every) == replace(EMPTY, invalid=1)


def test_a_ballot_spoiled_as_a_whole_is_invalid_whatever_is_marked():
    spoiled = OneBallot({"甲": BallotMark.FOR}, spoiled=True)
    assert not read_ballot(EMPTY, spoiled).valid
    assert with_ballot(EMPTY, spoiled) == replace(EMPTY, invalid=1)


def test_a_ballot_that_the_totals_do_not_hold_is_not_taken_back():
    for ballot in (OneBallot({"甲": BallotMark.FOR}), OneBallot({}, spoiled=True)):
        with pytest.raises(RefusedProblem):
            without_ballot(EMPTY, ballot)


def test_a_candidate_can_not_be_written_in():
    with pytest.raises(UnreadableProblem):
        with_ballot(EMPTY, OneBallot({"乙": BallotMark.AGAINST}, (WrittenName("甲"),)))


def test_totals_that_disagree_tell_no_number_of_ballots():
    lines = (replace(EMPTY.lines[0], votes_for=3), *EMPTY.lines[1:])
    assert ballots_read(replace(EMPTY, lines=lines)) is None


def test_a_round_and_its_count_give_the_same_result():
    """§12, case 19: seventeen, fifteen, ten and nine of nineteen."""
    votes = dict(zip(NAMES, (17, 15, 10, 9), strict=True))
    lines = tuple(
        replace(each, votes_for=votes[each.name], votes_against=19 - votes[each.name]) for each in EMPTY.lines
    )
    result = tally(count_of_round(replace(EMPTY, lines=lines)), shipped_rulebook())
    assert result.elected == ("甲", "乙", "丙")


def test_a_total_is_changed_in_its_row_and_nowhere_else():
    made = replace(EMPTY, write_ins=(WriteInLine("子", 1, UUID(int=90)),))
    changed = with_total(with_total(made, 1, "abstentions", 4), 4, "votes_for", 3)
    assert changed.lines == (EMPTY.lines[0], replace(EMPTY.lines[1], abstentions=4), *EMPTY.lines[2:])
    assert changed.write_ins == (WriteInLine("子", 3, UUID(int=90)),)
    assert with_total(made, 5, "votes_for", 3) == made


def test_names_without_a_vote_go():
    made = replace(EMPTY, write_ins=(WriteInLine("子"), WriteInLine("丑", 2)))
    assert without_idle_names(made).write_ins == (WriteInLine("丑", 2),)
