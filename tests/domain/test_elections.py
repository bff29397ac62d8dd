"""What a procedure says about its election: seats, days, and what is elected where (支部工作条例, B-37)."""

from datetime import date

import pytest

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballots import BallotLine, BallotRound, Candidate, ElectionKind, WriteInLine
from branchbook.domain.elections import cited, day_of, has_ballots, kinds_of, meeting_day, seats_of, step_of
from branchbook.domain.procedures import Procedure, StepEntry
from tests.domain.rosters import identity
from tests.domain.rulebooks import BEFORE_ALL, rules_on

COMMITTEE, SECRETARY, DEPUTY = ElectionKind.COMMITTEE, ElectionKind.SECRETARY, ElectionKind.DEPUTY
MARCH, MAY, LATER = date(2026, 3, 2), date(2026, 5, 20), date(2026, 5, 22)


def procedure(*entries: StepEntry, **more) -> Procedure:
    return Procedure(identity("p"), "term_election", identity("o"), MARCH, steps=entries, **more)


def voting(**more) -> BallotRound:
    return BallotRound(identity("r"), "first_meeting", SECRETARY, LATER, 1, 3, 3, issued=3, **more)


@pytest.mark.parametrize(
    "shape, general, committee",
    [
        ("term_election", (COMMITTEE,), (SECRETARY, DEPUTY)),
        ("general_branch_election", (COMMITTEE,), (SECRETARY, DEPUTY)),
        ("secretary_election", (SECRETARY, DEPUTY), ()),
        ("by_election", (COMMITTEE, SECRETARY, DEPUTY), (SECRETARY, DEPUTY)),
    ],
)
def test_who_elects_what(shape: str, general: tuple, committee: tuple) -> None:
    made = shape_of(shape)
    assert kinds_of(made, "count") == general
    assert kinds_of(made, "first_meeting") == committee
    assert kinds_of(made, "decision") == ()
    assert step_of(made, SECRETARY) == ("first_meeting" if committee else "count")


def test_the_reply_says_how_many_seats_before_the_decision_does() -> None:
    decided = StepEntry("decision", MARCH, {"seats": 3, "deputies": 2})
    replied = StepEntry("reply", MARCH, {"seats": 5})
    assert seats_of(procedure(), COMMITTEE) == 0
    assert seats_of(procedure(decided), COMMITTEE) == 3
    assert seats_of(procedure(decided, replied), COMMITTEE) == 5
    assert seats_of(procedure(), SECRETARY) == 1
    assert seats_of(procedure(decided), DEPUTY) == 2
    standing = Candidate(identity("甲"), "甲", DEPUTY)
    assert seats_of(procedure(), DEPUTY) == 0
    assert seats_of(procedure(candidates=(standing,)), DEPUTY) == 1


def test_the_day_is_the_meetings_else_the_planned_else_the_latest_known() -> None:
    planned = StepEntry("decision", MARCH, {"planned_on": MAY.isoformat()})
    opened = StepEntry("opening", LATER)
    assert day_of(procedure()) == MARCH
    assert day_of(procedure(StepEntry("reply", MAY))) == MAY
    assert day_of(procedure(planned)) == MAY
    assert day_of(procedure(planned, opened)) == LATER
    assert day_of(procedure(planned, opened, voters_frozen_on=MAY)) == MAY
    assert meeting_day(procedure(planned)) is None
    assert meeting_day(procedure(StepEntry("count", MAY))) == MAY


def test_the_committees_meeting_has_its_own_day() -> None:
    frozen = {"voters_frozen_on": MAY}
    assert day_of(procedure(**frozen), "first_meeting") == MAY
    assert day_of(procedure(rounds=(voting(),), **frozen), "first_meeting") == LATER
    own = StepEntry("first_meeting", date(2026, 5, 21))
    assert day_of(procedure(own, rounds=(voting(),), **frozen), "first_meeting") == date(2026, 5, 21)


@pytest.mark.parametrize(
    "more, expected",
    [
        ({}, False),
        ({"lines": (BallotLine("甲"),)}, False),
        ({"lines": (BallotLine("甲", illegible=1),)}, True),
        ({"returned": 1}, True),
        ({"invalid": 1}, True),
        ({"write_ins": (WriteInLine("乙", 1),)}, True),
        ({"confirmed_on": LATER}, True),
    ],
)
def test_a_round_has_ballots_once_anything_is_counted(more: dict, expected: bool) -> None:
    assert has_ballots(voting(**more)) is expected


def test_a_sentence_cites_its_article_where_the_day_has_one() -> None:
    assert cited(rules_on(), "E-11", "差额不足") == "差额不足（基层组织选举工作条例 第十三条）"
    assert cited(rules_on(BEFORE_ALL), "E-11", "差额不足") == "差额不足"
