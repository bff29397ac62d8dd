"""The votes of an election meeting that are not ballots: on exclusions, the election's own rules, scrutineers."""

from __future__ import annotations

from branchbook.domain.elections import day_of
from branchbook.domain.electorate import counts_of
from branchbook.domain.procedures import Procedure
from branchbook.domain.voting import Decision, decide, outcome_of
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading


def vote_decision(reading: Reading, procedure: Procedure, step: str, key: str) -> Decision | None:
    """The derived result of a vote of a step, None where no vote was entered.

    Exclusions count only once the meeting has passed them: the votes of the opening are measured by everyone
    with the right (支部工作条例 第十一条), later ones by 应到 of this election.
    """
    entry = procedure.entry(step)
    vote = entry.votes.get(key)
    if vote is None:
        return None
    with_right = [each for each in procedure.voters if each.has_right]
    counts = counts_of(procedure.voters)
    due, present = counts.due, counts.present
    if step == "opening":
        due, present = len(with_right), sum(each.present is True for each in with_right)
    rules = rulebook_of(reading).on(entry.done_on or day_of(procedure, step))
    return decide(vote, due, present, rules)


def vote_passed(reading: Reading, procedure: Procedure, step: str, key: str) -> bool | None:
    """Whether a vote of a step passed; None where it was not entered, or nothing can be said of it."""
    decision = vote_decision(reading, procedure, step, key)
    return None if decision is None else outcome_of(procedure.entry(step).votes[key], decision)
