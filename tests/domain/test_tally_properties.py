"""What holds of every election, whoever stands and however they vote."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from branchbook.domain.tally import (
    Ballot,
    BallotMark,
    CandidateCount,
    Count,
    ElectionBase,
    ElectionKind,
    Outcome,
    WriteIn,
    WriteInWithoutAgainst,
    add_ballot,
    count_ballots,
    tally,
)
from branchbook.services.rules import shipped_rulebook
from tests.domain.elections import ballots, count_of, empty_count

RULES = shipped_rulebook()


@st.composite
def meetings(draw, /, **fixed) -> tuple[Count, list]:
    """A meeting with its ballots, all returned: a count that reconciles, with or without its quorum."""
    given_ballots = draw(ballots(candidates=5))
    present = len(given_ballots)
    values = {
        "base": draw(st.sampled_from(ElectionBase)),
        "ballot": draw(st.sampled_from(Ballot)),
        "kind": draw(st.sampled_from(ElectionKind)),
        "seats": draw(st.integers(1, 6)),
        "due": present + draw(st.integers(0, 4)),
    } | fixed
    return empty_count(candidates=5, present=present, **values), given_ballots


def result(count: Count, given_ballots):
    return tally(count_ballots(count, given_ballots), RULES)


@given(meetings())
def test_the_elected_never_exceed_the_seats_and_the_tied_fill_none(meeting):
    found = result(*meeting)
    seats = meeting[0].seats
    assert len(found.elected) <= seats
    assert found.vacant == seats - len(found.elected)
    assert not found.tie or len(found.tie) > found.vacant > 0
    assert not set(found.elected) & set(found.tie)


@given(meetings())
def test_outcomes_say_what_the_lists_say(meeting):
    found = result(*meeting)
    assert found.elected == tuple(each.name for each in found.results if each.outcome == Outcome.ELECTED)
    assert found.tie == tuple(each.name for each in found.results if each.outcome == Outcome.TIED)
    assert found.valid == (not [each for each in found.findings if each.level == "error"])


@given(meetings())
def test_no_one_at_exactly_half_or_below_is_elected_but_in_a_tie_ballot(meeting):
    found = result(*meeting)
    assume(meeting[0].ballot != Ballot.TIE)
    for each in found.results:
        if each.outcome != Outcome.NOT_OVER_HALF:
            assert 2 * each.votes_for > found.base
        else:
            assert 2 * each.votes_for <= found.base


@given(meetings())
def test_nobody_elected_has_fewer_votes_than_someone_left(meeting):
    found = result(*meeting)
    assume(found.valid)
    names = {each.name for each in meeting[0].candidates}
    votes = {each.name: each.votes_for for each in found.results}
    left = [
        name
        for name in votes
        if name not in found.elected and (meeting[0].ballot != Ballot.TIE or name in names)
    ]
    for name in found.elected:
        assert all(votes[name] >= votes[other] for other in left)
        assert not any(votes[name] == votes[other] for other in found.tie)


@given(meetings())
def test_adding_a_voter_who_abstains_never_elects_anyone(meeting):
    """In a meeting that has its quorum; the base grows, and no one's votes do."""
    count, given_ballots = meeting
    before = result(count, given_ballots)
    assume(before.quorum.met)
    more = replace(count, due=count.due + 1, present=count.present + 1, issued=count.issued + 1)
    after = result(more, [*given_ballots, ({}, ())])
    assert set(after.elected) <= set(before.elected)


@given(meetings(), st.data())
def test_turning_a_for_into_an_abstention_never_elects_that_person(meeting, data):
    count, given_ballots = meeting
    places = [
        (at, name)
        for at, (marks, _) in enumerate(given_ballots)
        for name, mark in marks.items()
        if mark == BallotMark.FOR
    ]
    assume(places)
    at, name = data.draw(st.sampled_from(sorted(places)))
    marks, written = given_ballots[at]
    changed = list(given_ballots)
    changed[at] = ({**marks, name: BallotMark.ABSTAIN}, written)
    assume(name not in result(count, given_ballots).elected)
    assert name not in result(count, changed).elected


@given(meetings(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_never_matters(meeting, shuffling):
    count, given_ballots = meeting
    shuffled = list(given_ballots)
    shuffling.shuffle(shuffled)
    assert result(count, given_ballots) == result(count, shuffled)


@given(meetings(), st.sampled_from(WriteInWithoutAgainst))
def test_totals_and_ballots_give_the_same_result(meeting, setting):
    """The tellers' totals, made by hand from the same ballots, against ballots entered one by one."""
    empty, given_ballots = meeting
    entered = empty
    for marks, written in given_ballots:
        entered = add_ballot(entered, marks, written, write_in_without_against=setting)
    counted = [
        (marks, written if setting == "count" or BallotMark.AGAINST in marks.values() else ())
        for marks, written in given_ballots
    ]
    good = [
        (marks, written)
        for marks, written in counted
        if sum(mark == BallotMark.FOR for mark in marks.values()) + len(written) <= empty.seats
    ]

    def total(name: str, mark: BallotMark) -> int:
        return sum(marks.get(name, BallotMark.ABSTAIN) == mark for marks, _ in good)

    totals = replace(
        empty,
        returned=len(given_ballots),
        invalid=len(given_ballots) - len(good),
        candidates=tuple(
            CandidateCount(each.name, *(total(each.name, mark) for mark in BallotMark))
            for each in empty.candidates
        ),
        write_ins=tuple(
            WriteIn(name, times)
            for name in sorted({name for _, written in good for name in written})
            if (times := sum(name in written for _, written in good))
        ),
    )
    assert totals == entered
    assert tally(totals, RULES) == tally(entered, RULES)


@given(meetings(), st.integers(1, 5), st.booleans())
def test_void_is_void_whatever_else(meeting, more, at_the_door):
    """E-26: more issued than present, or more returned than issued, elects nobody."""
    count, given_ballots = meeting
    counted = count_ballots(count, given_ballots)
    if at_the_door:
        void = replace(counted, issued=counted.present + more)
    else:
        void = replace(counted, issued=counted.returned - 1)
        assume(counted.returned)
    found = tally(void, RULES)
    assert not found.valid
    assert (found.elected, found.tie, found.vacant) == ((), (), count.seats)
    assert "E-26" in [each.rule for each in found.findings if each.level == "error"]


@given(meetings())
def test_an_election_without_its_quorum_elects_nobody(meeting):
    count, given_ballots = meeting
    found = tally(replace(count_ballots(count, given_ballots), due=2 * count.present + 1), RULES)
    assert (found.valid, found.elected, found.quorum.met) == (False, (), False)


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_by_those_due_never_more_are_elected_than_by_those_present(present, votes, away):
    votes = min(votes, present)
    by_present, by_due = (
        tally(count_of({"甲": votes, "乙": 0}, 1, present, present + away, base=base), RULES)
        for base in ElectionBase
    )
    assert set(by_due.elected) <= set(by_present.elected)
    differ = [each for each in by_present.findings if each.rule == "E-28" and each.level == "warning"]
    assert bool(differ) == (2 * votes > present and 2 * votes <= present + away)
