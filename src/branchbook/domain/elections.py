"""What a procedure says about its election: the day, the seats, and which posts are elected in which step."""

from __future__ import annotations

from datetime import date

from branchbook.domain.ballots import BallotRound, ElectionKind
from branchbook.domain.procedures import Procedure, ProcedureShape
from branchbook.domain.rulebook import Rulebook

GENERAL_MEETING = "count"
"""The step in which the general meeting casts its ballots."""

COMMITTEE_MEETING = "first_meeting"
"""The step in which the committee elects its secretary and deputies."""

HEADS = (ElectionKind.SECRETARY, ElectionKind.DEPUTY)
KIND_WORDS = {
    ElectionKind.COMMITTEE: "委员",
    ElectionKind.SECRETARY: "书记",
    ElectionKind.DEPUTY: "副书记",
}


def kinds_of(shape: ProcedureShape, step: str) -> tuple[ElectionKind, ...]:
    """What is elected in a step: a committee elects its own heads; without one the general meeting does (B-37)."""
    committee_meets = shape.step(COMMITTEE_MEETING)
    if step == COMMITTEE_MEETING:
        return HEADS if committee_meets else ()
    if step != GENERAL_MEETING:
        return ()
    if committee_meets is None:
        return HEADS
    return tuple(ElectionKind) if committee_meets.optional else (ElectionKind.COMMITTEE,)


def step_of(shape: ProcedureShape, kind: ElectionKind) -> str:
    """The step in which a kind is elected; where both can be, the committee's own meeting."""
    at_committee = kind in kinds_of(shape, COMMITTEE_MEETING)
    return COMMITTEE_MEETING if at_committee else GENERAL_MEETING


def meeting_day(procedure: Procedure) -> date | None:
    """The day of the general meeting, None until it is known."""
    return procedure.voters_frozen_on or procedure.done_on("opening") or procedure.done_on(GENERAL_MEETING)


def day_of(procedure: Procedure, step: str = GENERAL_MEETING) -> date:
    """The day whose rules and roster a step goes by: its meeting's, else the planned one, else the latest known."""
    if step == COMMITTEE_MEETING:
        held = [each.held_on for each in procedure.rounds if each.step == step]
        own = procedure.done_on(step) or (held[-1] if held else None)
        if own is not None:
            return own
    planned = procedure.entry("decision").day("planned_on")
    done = [each.done_on for each in procedure.steps if each.done_on is not None]
    return meeting_day(procedure) or max(filter(None, (planned, *done)), default=procedure.begun_on)


def seats_of(procedure: Procedure, kind: ElectionKind) -> int:
    """How many are to be elected: what the higher organisation replied, else what was decided; 0 where neither says.

    There is one secretary; deputies are as many as decided, one where there are candidates and no number.
    """
    if kind == ElectionKind.SECRETARY:
        return 1
    if kind == ElectionKind.DEPUTY:
        standing = any(each.kind == kind and not each.withdrawn_reason for each in procedure.candidates)
        return procedure.entry("decision").number("deputies") or int(standing)
    return procedure.entry("reply").number("seats") or procedure.entry("decision").number("seats")


def has_ballots(voting: BallotRound) -> bool:
    """Whether anything was counted in a round yet."""
    marks = (
        number
        for line in voting.lines
        for number in (line.votes_for, line.votes_against, line.abstentions, line.illegible)
    )
    return voting.is_confirmed or bool(voting.write_ins) or any((voting.returned, voting.invalid, *marks))


def cited(rules: Rulebook, rule_id: str, text: str) -> str:
    """A sentence with the article behind it; without one where the rulebook of the day has no such rule."""
    rule = rules.find(rule_id)
    return f"{text}（{rule.citation}）" if rule else text
