"""The count and its floor come to the same, on ballots so few that nothing is worth timing."""

import json

import pytest

from benchmarks import tally
from branchbook.domain.tally import BallotMark
from branchbook.services.tally_files import report_of

BALLOTS = tally.make_ballots(40, tally.CANDIDATES)


@pytest.mark.parametrize("seats", [20, 24, 30])
def test_the_plain_loop_counts_what_we_count(seats):
    tally.same_count(BALLOTS, seats)


def test_some_ballots_are_invalid_and_some_names_are_not_marked():
    invalid, totals = tally.plain_loop([marks for marks, _ in BALLOTS], tally.SEATS)
    assert 0 < invalid < len(BALLOTS)
    assert any(len(marks) < tally.CANDIDATES for marks, _ in BALLOTS)
    assert all(sum(each.values()) == len(BALLOTS) - invalid for each in totals.values())


def test_counts_that_differ_are_not_compared():
    """The loop knows no write-ins: one pick more makes this ballot invalid for us alone."""
    names = list(BALLOTS[0][0])
    full = dict.fromkeys(names[:20], BallotMark.FOR) | {names[20]: BallotMark.AGAINST}
    with pytest.raises(AssertionError, match="counts otherwise"):
        tally.same_count([(full, ("戊",))], 20)


def test_ballots_are_the_same_in_every_run():
    assert tally.make_ballots(40, tally.CANDIDATES) == BALLOTS
    assert set(BALLOTS[0][0].values()) <= set(BallotMark)


def test_the_file_is_one_that_is_read():
    report = report_of(json.dumps(tally.as_file(BALLOTS)), "count.json")
    invalid, _ = tally.plain_loop([marks for marks, _ in BALLOTS], tally.SEATS)
    assert report.json["ballots"] == {
        "issued": 40,
        "returned": 40,
        "valid": 40 - invalid,
        "invalid": invalid,
    }
