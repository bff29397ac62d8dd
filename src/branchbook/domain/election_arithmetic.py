"""The numbers of an election, each by its rule in 基层组织选举工作条例. Every function takes the rulebook in force."""

from __future__ import annotations

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import DecisionKind
from branchbook.domain.rulebook import NO_RULEBOOK, Rule, Rulebook
from branchbook.domain.thresholds import majority_needed, share_of
from branchbook.domain.voting import Quorum, quorum


def quorum_election(due: int, present: int, rulebook: Rulebook) -> Quorum:
    """Whether enough voters came: not fewer than four fifths of those due (E-17)."""
    return quorum(DecisionKind.ELECTION, due, present, rulebook)


def min_candidates(seats: int, rulebook: Rulebook) -> int:
    """The least number of candidates for a committee: a fifth more than the seats, rounded up (E-11, 第十三条)."""
    rule = _rule(rulebook, "E-11")
    return seats + max(rule.number("least"), share_of(rule, seats))


def votes_to_be_elected(base: int, rulebook: Rulebook) -> int:
    """How many votes elect: more than half of the base, invalid ballots and abstentions included (E-28)."""
    return majority_needed(_rule(rulebook, "E-28"), base)


def is_elected(votes: int, base: int, rulebook: Rulebook) -> bool:
    """Whether the votes are more than half of the base; exactly half is not (E-28)."""
    return votes >= votes_to_be_elected(base, rulebook)


def bases_disagree(votes: int, due: int, present: int, rulebook: Rulebook) -> bool:
    """Whether someone is over half of those present but not of those due.

    The texts do not agree on the base (待核实); the program then says 两种口径结果不同，请报上级确认.
    """
    return is_elected(votes, present, rulebook) != is_elected(votes, due, rulebook)


def is_void(returned: int, voters: int) -> bool:
    """Whether the election is void: more ballots came back than there were voters (E-26)."""
    return returned > voters


def ballot_is_valid(picks: int, seats: int) -> bool:
    """Whether a ballot counts: it names no more persons than there are seats (E-27)."""
    return picks <= seats


def seats_may_be_reduced(consenting: int, voters: int, rulebook: Rulebook) -> bool:
    """Whether half or more of the voters agree to leave the missing seats unfilled (E-33)."""
    return voters > 0 and consenting >= share_of(_rule(rulebook, "E-33"), voters)


def _rule(rulebook: Rulebook, rule_id: str) -> Rule:
    rule = rulebook.find(rule_id)
    if rule is None:
        raise RefusedProblem(NO_RULEBOOK, rule_id, "选举的规则自 2020 年 7 月 13 日起可用")
    return rule
