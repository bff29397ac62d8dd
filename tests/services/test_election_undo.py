"""Whatever is done at an election: what is refused writes nothing, and what is undone leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballots import Ballot, BallotRound, Candidate
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.election_candidates import set_candidates
from branchbook.services.election_rounds import (
    agree_to_fewer_seats,
    begin_round,
    confirm_round,
    discard_round,
    save_round,
)
from branchbook.services.election_voters import freeze_voters, reopen_voters
from branchbook.services.elections import election_view, elections_of
from branchbook.services.operations import Actor
from branchbook.services.procedures import finish_procedure, save_step
from branchbook.services.undo import undo
from tests.fakes import FakeBook
from tests.services.asking import last
from tests.services.election_book import COMMITTEE_DAY, MEETING, stored
from tests.services.election_counts import COMMITTEE, DEPUTY, FOUR, SECRETARY, ready
from tests.services.small_book import TODAY, actor, named

START = actor(-600).now
DAYS = st.sampled_from((MEETING, COMMITTEE_DAY, TODAY, MEETING - timedelta(1)))
KINDS = st.sampled_from((COMMITTEE, SECRETARY, DEPUTY))
STEPS = st.sampled_from(
    ("count", "first_meeting", "division", "result_report", "result_reply", "take_office", "filing")
)
VALUES = st.sampled_from(({}, {"outcome": "批准"}, {"outcome": "不批准"}))

Deed = Callable[[Actor], Any]


def typed(voting: BallotRound, votes: list[int], more: int) -> BallotRound:
    """A count of everyone present, perhaps with a ballot too many."""
    lines = tuple(
        replace(line, votes_for=min(given, voting.present), votes_against=max(voting.present - given, 0))
        for line, given in zip(voting.lines, votes, strict=False)
    )
    lines += voting.lines[len(lines) :]
    return replace(voting, returned=voting.present + more, lines=lines)


@st.composite
def deeds(draw: st.DrawFn, book: FakeBook, procedure: Procedure) -> Deed:
    """Something that can be tried at an election as it stands, sensible or not."""
    identity, kind, day = procedure.id, draw(KINDS), draw(DAYS)
    where = "count" if kind == COMMITTEE else "first_meeting"
    ballot = draw(st.sampled_from((Ballot.MAIN, Ballot.MAIN, *Ballot)))
    stands = (Candidate(named(draw(st.sampled_from(FOUR))), "", kind),)
    entry = StepEntry(draw(STEPS), day, draw(VALUES), reason=draw(st.sampled_from(("", "示例原因"))))
    possible: list[Deed] = [
        lambda who: begin_round(book, identity, where, kind, who, ballot, on=day),
        lambda who: save_step(book, identity, entry, who),
        lambda who: set_candidates(book, identity, kind, stands, who),
        lambda who: reopen_voters(book, identity, "示例原因", who),
        lambda who: freeze_voters(book, identity, day, who),
        lambda who: finish_procedure(book, identity, TODAY, who),
    ]
    if procedure.rounds:
        voting = draw(st.sampled_from(procedure.rounds[-2:]))
        votes = draw(st.lists(st.sampled_from((0, 9, 10, 11, 20)), max_size=4))
        counted = typed(voting, votes, draw(st.sampled_from((0, 0, 0, 1))))
        consenting = draw(st.sampled_from((0, 9, 10, 20)))
        possible += [
            lambda who: save_round(book, identity, counted, who),
            lambda who: confirm_round(book, identity, voting.id, voting.held_on, who),
            lambda who: agree_to_fewer_seats(book, identity, voting.id, consenting, who),
            partial(discard_round, book, identity, voting.id),
        ] * 2
    return draw(st.sampled_from(possible))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_done_is_kept_whole_shown_and_undone_without_a_trace(data: st.DataObject) -> None:
    book, procedure_id = ready(20, 20)
    minutes = count(10)
    for _ in range(data.draw(st.integers(1, 20))):
        before, operations = book.state.values, len(book.state.operations)
        try:
            data.draw(deeds(book, stored(book, procedure_id)))(actor(next(minutes)))
        except Problem:
            assert book.state.values == before
            continue
        with book.reading() as reading:
            election_view(reading, procedure_id, TODAY)
            elections_of(reading, None, TODAY)
        if len(book.state.operations) > operations and data.draw(st.booleans()):
            undo(book, last(book), actor(next(minutes)), START)
            assert book.state.values == before
        if not stored(book, procedure_id).is_open:
            return
