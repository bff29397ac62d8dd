"""The count of an evaluation and its floor come to the same, on ballots so few that nothing is worth timing."""

import json

import pytest

from benchmarks import evaluations
from branchbook.domain.evaluation_count import Grade
from branchbook.services.tally_files import report_of

BALLOTS = evaluations.make_ballots(30)


def test_the_plain_loop_counts_what_we_count():
    evaluations.same_count(BALLOTS)


def test_every_sort_of_mark_is_there_and_the_six_numbers_are_the_ballots():
    totals = evaluations.plain_loop(BALLOTS)
    assert all(sum(each.values()) == len(BALLOTS) for each in totals.values())
    for key in ("excellent", "qualified", "basically_qualified", "unqualified", "blank", "void"):
        assert any(each[key] for each in totals.values())


def test_counts_that_differ_are_not_compared():
    """The loop takes a list of one mark for void, which it is not."""
    first = evaluations.names_of(1)[0]
    with pytest.raises(AssertionError, match="counts otherwise"):
        evaluations.same_count([{first: [Grade.EXCELLENT]}])


def test_the_file_is_one_that_is_read():
    report = report_of(json.dumps(evaluations.as_file(BALLOTS)), "count.json")
    assert report.valid
    assert report.json["cap"] == {"n": 30, "base": "full_members", "max": 10}
    assert evaluations.make_ballots(30) == BALLOTS
