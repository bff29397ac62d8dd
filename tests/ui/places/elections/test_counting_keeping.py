"""The book answers late and in its own words; what was counted meanwhile stays."""

from dataclasses import replace

import pytest

from branchbook.domain.ballots import WriteInLine
from branchbook.ui.places.elections.counting.round_keeping import RoundKeeping
from tests.ui.places.elections.rounds import NAMES, ON, person, round_of


@pytest.fixture
def keeping(qapp):
    """A round under way, and the list of what was given away."""
    made = RoundKeeping()
    given: list = []
    made.kept.connect(given.append)
    made.take(round_of())
    return made, given


def counted(keeping, votes):
    lines = tuple(replace(each, votes_for=votes) for each in keeping.round.lines)
    keeping.change(lambda ballots: replace(ballots, lines=lines), keep=True)


def test_what_is_kept_once_is_not_given_twice(keeping):
    made, given = keeping
    counted(made, 1)
    made.keep()
    assert len(given) == 1


def test_answers_in_order_end_at_the_newest(keeping):
    made, given = keeping
    for votes in (1, 2, 3):
        counted(made, votes)
    assert [made.take(each) for each in given] == [False, False, True]
    assert made.round.lines[0].votes_for == 3


def test_an_old_answer_again_is_still_old(keeping):
    made, given = keeping
    counted(made, 1)
    made.take(given[0])
    made.change(lambda ballots: replace(ballots, returned=18))
    assert not made.take(given[0])
    assert made.round.returned == 18


def test_a_name_for_which_the_book_found_a_person_is_the_same_answer(keeping):
    made, given = keeping
    made.change(lambda ballots: replace(ballots, write_ins=(WriteInLine("周明", 1),)), keep=True)
    found = replace(given[0], write_ins=(WriteInLine("周明", 1, person(7)),))
    counted(made, 2)
    assert not made.take(found)
    assert made.round.lines[0].votes_for == 2


def test_a_name_without_votes_is_nothing_to_keep(keeping):
    made, given = keeping
    made.change(lambda ballots: replace(ballots, write_ins=(WriteInLine("周明"),)), keep=True)
    assert given == []


def test_what_came_from_elsewhere_is_taken(keeping):
    made, _ = keeping
    counted(made, 1)
    other = round_of(dict.fromkeys(NAMES, (5, 0, 0)))
    assert made.take(other)
    assert made.round == other


def test_a_confirmed_round_does_not_change(keeping):
    made, given = keeping
    made.take(round_of(confirmed_on=ON))
    counted(made, 1)
    assert given == []
