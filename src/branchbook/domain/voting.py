"""Quorum and majority: integers only, each kind of decision on its own base, each answer with its article."""

from __future__ import annotations

from dataclasses import dataclass

from branchbook.domain.records import DecisionKind, Vote
from branchbook.domain.rulebook import NO_RULEBOOK, Rule, Rulebook

QUORUM_RULES = {
    DecisionKind.ORDINARY: ("B-12",),
    DecisionKind.COMMITTEE: ("B-15",),
    DecisionKind.ACCEPTANCE: ("D-09", "D26-11"),
    DecisionKind.CONVERSION: ("D-09", "D26-11"),
    DecisionKind.DISPOSAL: ("B-12",),
    DecisionKind.ELECTION: ("E-17",),
}
MAJORITY_RULES = {
    DecisionKind.ORDINARY: ("B-13",),
    DecisionKind.COMMITTEE: ("B-17",),
    DecisionKind.ACCEPTANCE: ("D-09", "D26-11"),
    DecisionKind.CONVERSION: ("D-09", "D26-11"),
    DecisionKind.DISPOSAL: ("B-13",),
    DecisionKind.ELECTION: ("E-28",),
}
WRITTEN_OPINIONS_COUNT = frozenset({DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION})
"""Only here do opinions handed in before the meeting count as votes (细则2014 第二十条); never as presence."""

_NOUNS = {DecisionKind.COMMITTEE: "应到会委员", DecisionKind.ELECTION: "应到会有选举权"}


def at_least(numerator: int, denominator: int, total: int) -> int:
    """The smallest number not below the fraction of ``total`` (不少于, 以上)."""
    return -(-numerator * total // denominator)


def more_than(numerator: int, denominator: int, total: int) -> int:
    """The smallest number above the fraction of ``total`` (超过)."""
    return numerator * total // denominator + 1


def quorum_general(due: int) -> int:
    """半数以上: half is enough (支部工作条例 第十一条)."""
    return at_least(1, 2, due)


def quorum_admission(due: int) -> int:
    """超过半数: half is not enough (发展党员工作细则2014 第三十三条, 第二十条)."""
    return more_than(1, 2, due)


def quorum_election(due: int) -> int:
    """不少于五分之四 (基层组织选举工作条例)."""
    return at_least(4, 5, due)


def min_candidates(seats: int) -> int:
    """Seats and at least a fifth more, rounded up (选举条例 第十三条)."""
    return seats + max(1, at_least(1, 5, seats))


def exceeds_half(votes: int, base: int) -> bool:
    """超过半数: exactly half does not pass."""
    return 2 * votes > base


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough came. ``needed`` is 0 where no rule is in force: then only arithmetic is checked."""

    needed: int
    due: int
    present: int
    met: bool
    exactly_half: bool
    article: str
    noun: str = "应到会有表决权"

    @property
    def sentence(self) -> str:
        """应到会有表决权 23 名，需 12 名到会；实到 19 名，可以表决."""
        if not self.article:
            return f"{self.noun} {self.due} 名，实到 {self.present} 名；{NO_RULEBOOK}，只核对算术"
        verdict = "可以表决" if self.met else f"还差 {self.needed - self.present} 名，不能表决"
        if self.met and self.exactly_half:
            verdict += "（正好半数，请留意）"
        return f"{self.noun} {self.due} 名，需 {self.needed} 名到会；实到 {self.present} 名，{verdict}"


@dataclass(frozen=True, slots=True)
class Decision:
    """The result of a vote, derived. ``passed`` None: no quorum, or no rule in force, so nothing is decided.

    ``faults`` are Chinese sentences about numbers that cannot be. ``contradicts`` is True where the
    outcome recorded differs from the derived one; it then needs a reason.
    """

    passed: bool | None
    needed: int
    base: int
    votes_for: int
    article: str
    faults: tuple[str, ...] = ()
    contradicts: bool = False

    @property
    def sentence(self) -> str:
        """赞成 12 名，应到会有表决权 23 名的半数以上须 12 名，通过."""
        if not self.article:
            return f"赞成 {self.votes_for} 票；{NO_RULEBOOK}，只核对算术"
        verdict = {True: "通过", False: "未通过", None: "不能形成决议"}[self.passed]
        return f"赞成 {self.votes_for} 票，须超过应到会 {self.base} 名的半数，即 {self.needed} 票；{verdict}"


def rule_for(rulebook: Rulebook, ids: tuple[str, ...]) -> Rule | None:
    """The first of the named rules that the rulebook in force has."""
    return next((rule for rule in map(rulebook.find, ids) if rule is not None), None)


def quorum(decision: DecisionKind, due: int, present: int, rulebook: Rulebook) -> Quorum:
    """Whether ``present`` of ``due`` voters are enough for a kind of decision under the rules in force."""
    rule, noun = rule_for(rulebook, QUORUM_RULES[decision]), _NOUNS.get(decision, "应到会有表决权")
    if rule is None:
        return Quorum(0, due, present, True, False, "", noun)
    numerator, denominator = rule.number("quorum_numerator"), rule.number("quorum_denominator")
    strict = bool(rule.values.get("quorum_strict", False))
    needed = (more_than if strict else at_least)(numerator, denominator, due)
    met = present >= needed and present > 0
    return Quorum(needed, due, present, met, met and 2 * present == due, rule.citation, noun)


def decide(vote: Vote, due: int, present: int, rulebook: Rulebook) -> Decision:
    """The result of one vote. ``due`` and ``present`` count members with the right to vote.

    The base is those due, except in elections, where it is those present (选举条例; a setting later).
    Abstentions and invalid ballots stay in the base.
    """
    rule = rule_for(rulebook, MAJORITY_RULES[vote.decision])
    written = vote.written_for if vote.decision in WRITTEN_OPINIONS_COUNT else 0
    votes_for = vote.votes_for + written
    faults = count_faults(vote, due, present)
    base = present if vote.decision == DecisionKind.ELECTION else due
    if rule is None:
        return Decision(None, 0, base, votes_for, "", faults)
    needed = more_than(rule.number("majority_numerator"), rule.number("majority_denominator"), base)
    enough = quorum(vote.decision, due, present, rulebook).met
    passed = None if faults or not enough else votes_for >= needed
    contradicts = vote.recorded_passed is not None and vote.recorded_passed != bool(passed)
    return Decision(passed, needed, base, votes_for, rule.citation, faults, contradicts)


def count_faults(vote: Vote, due: int, present: int) -> tuple[str, ...]:
    """What cannot be about the numbers themselves, whatever the rules are."""
    counts = (vote.votes_for, vote.votes_against, vote.abstentions)
    cast, written = sum(counts), vote.written_for + vote.written_against
    found = []
    if min(*counts, vote.written_for, vote.written_against) < 0:
        found.append("票数不能是负数")
    if cast > present:
        found.append(f"赞成、不赞成、弃权合计 {cast} 票，多于到会有表决权的 {present} 名")
    if written and vote.decision not in WRITTEN_OPINIONS_COUNT:
        found.append("这类表决不计入缺席者的书面意见")
    elif written > due - present:
        found.append(f"书面意见 {written} 份，多于未到会的 {max(due - present, 0)} 名")
    return tuple(found)


def outcome_of(vote: Vote, decision: Decision) -> bool | None:
    """What is recorded as the result: the outcome typed with a reason, else the derived one."""
    if vote.recorded_passed is not None and vote.reason.strip():
        return vote.recorded_passed
    return decision.passed
