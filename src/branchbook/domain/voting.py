"""Quorum and majority: integers only, each kind of decision on its own base, each answer with its article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from branchbook.domain.records import DecisionKind, Vote
from branchbook.domain.rulebook import NO_RULEBOOK, Rulebook
from branchbook.domain.thresholds import majority_needed, quorum_needed

_ADMISSION_QUORUM = ("D-09", "D26-11-quorum")
_ADMISSION_MAJORITY = ("D-09", "D26-11")
QUORUM_RULES: Mapping[DecisionKind, tuple[str, ...]] = {
    DecisionKind.ORDINARY: ("B-12",),
    DecisionKind.COMMITTEE: ("B-15",),
    DecisionKind.ACCEPTANCE: _ADMISSION_QUORUM,
    DecisionKind.CONVERSION: _ADMISSION_QUORUM,
    DecisionKind.DISPOSAL: ("B-12",),
    DecisionKind.ELECTION: ("E-17",),
}
MAJORITY_RULES: Mapping[DecisionKind, tuple[str, ...]] = {
    DecisionKind.ORDINARY: ("B-13",),
    DecisionKind.COMMITTEE: ("B-17",),
    DecisionKind.ACCEPTANCE: _ADMISSION_MAJORITY,
    DecisionKind.CONVERSION: _ADMISSION_MAJORITY,
    DecisionKind.DISPOSAL: ("B-13",),
    DecisionKind.ELECTION: ("E-28",),
}
WRITTEN_OPINION_RULES = ("D-10", "D26-19")
ADMISSION = frozenset({DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION})
"""Only here do opinions handed in before the meeting count as votes; they never count as presence."""

_DUE_WORDS = {DecisionKind.COMMITTEE: "应到会委员", DecisionKind.ELECTION: "应到会有选举权"}
_PRESENT_BASE = "present"


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough came. ``needed`` is 0 where no rule is in force: then only arithmetic is checked."""

    needed: int
    due: int
    present: int
    met: bool
    exactly_half: bool
    article: str
    due_words: str = "应到会有表决权"

    @property
    def sentence(self) -> str:
        """应到会有表决权 23 名，需 12 名到会；实到 19 名，可以表决."""
        if not self.article:
            return f"{self.due_words} {self.due} 名；实到 {self.present} 名；{NO_RULEBOOK}，只核对人数"
        return f"{self.due_words} {self.due} 名，需 {self.needed} 名到会；实到 {self.present} 名，{self._verdict}"

    @property
    def _verdict(self) -> str:
        if not self.due:
            return "没有可以表决的人，不能表决"
        if not self.met:
            return f"还差 {self.needed - self.present} 名，不能表决"
        return "可以表决（正好半数，请留意）" if self.exactly_half else "可以表决"


@dataclass(frozen=True, slots=True)
class Decision:
    """The result of a vote, derived. ``passed`` None: no quorum, impossible numbers, or no rule in force.

    ``base`` is the number of which more than half is ``needed``, ``base_words`` what it counts.
    ``faults`` are Chinese sentences about numbers that cannot be, ``warnings`` about those to look at.
    ``contradicts`` is True where the outcome recorded differs from the derived one; it then needs a reason.
    """

    passed: bool | None
    needed: int
    base: int
    votes_for: int
    article: str
    faults: tuple[str, ...] = ()
    contradicts: bool = False
    base_words: str = "应到会"
    warnings: tuple[str, ...] = ()

    @property
    def exactly_half(self) -> bool:
        """Whether those in favour are exactly half of the base, which does not pass."""
        return self.base > 0 and 2 * self.votes_for == self.base

    @property
    def sentence(self) -> str:
        """赞成 12 票，须超过应到会 23 名的半数，即 12 票；通过."""
        if not self.article:
            return f"赞成 {self.votes_for} 票；{NO_RULEBOOK}，只核对票数"
        verdict = {True: "通过", False: "未通过", None: "不能形成决议"}[self.passed]
        if self.passed is False and self.exactly_half:
            verdict = "正好半数，未通过"
        required = f"须超过{self.base_words} {self.base} 名的半数，即 {self.needed} 票"
        return f"赞成 {self.votes_for} 票，{required}；{verdict}"


def quorum(decision: DecisionKind, due: int, present: int, rulebook: Rulebook) -> Quorum:
    """Whether ``present`` of ``due`` voters are enough for a kind of decision under the rules in force.

    Half is enough for ordinary decisions (支部工作条例 第十一、十二条) and worth a look; admissions want
    more than half (发展党员工作细则), elections four fifths (基层组织选举工作条例).
    """
    rule = rulebook.first_of(*QUORUM_RULES[decision])
    words = _DUE_WORDS.get(decision, "应到会有表决权")
    if rule is None:
        return Quorum(0, due, present, True, False, "", words)
    needed = quorum_needed(rule, due)
    met = due > 0 and present >= needed
    return Quorum(needed, due, present, met, met and 2 * present == due, rule.citation, words)


def decide(vote: Vote, due: int, present: int, rulebook: Rulebook) -> Decision:
    """The result of one vote. ``due`` and ``present`` count members with the right to vote.

    The base is what the rule's value ``base`` says: those due, in elections those present. Abstentions
    and invalid ballots stay in it. Before the earliest rule nothing is derived and nothing contradicted.
    """
    rule = rulebook.first_of(*MAJORITY_RULES[vote.decision])
    written, warnings = _written(vote, rulebook)
    votes_for = vote.votes_for + written
    faults = count_faults(vote, due, present)
    if rule is None:
        return Decision(None, 0, due, votes_for, "", faults)
    on_present = rule.values.get("base") == _PRESENT_BASE
    base = present if on_present else due
    needed = majority_needed(rule, base)
    enough = quorum(vote.decision, due, present, rulebook).met
    passed = None if faults or not enough else votes_for >= needed
    return Decision(
        passed,
        needed,
        base,
        votes_for,
        rule.citation,
        faults,
        contradicts=vote.recorded_passed is not None and vote.recorded_passed != bool(passed),
        base_words="实到会" if on_present else "应到会",
        warnings=warnings,
    )


def count_faults(vote: Vote, due: int, present: int) -> tuple[str, ...]:
    """What cannot be about the numbers themselves, whatever the rules are."""
    counts = (vote.votes_for, vote.votes_against, vote.abstentions)
    cast, written = sum(counts), vote.written_for + vote.written_against
    found = []
    if min(*counts, vote.written_for, vote.written_against) < 0:
        found.append("票数不能是负数")
    if cast > present:
        found.append(f"赞成、不赞成、弃权合计 {cast} 票，多于到会有表决权的 {present} 名")
    if written and vote.decision not in ADMISSION:
        found.append("这类表决不计入缺席者的书面意见")
    elif written > (away := max(due - present, 0)):  # more may be marked present than were due
        found.append(f"书面意见 {written} 份，多于未到会的 {away} 名")
    return tuple(found)


def outcome_of(vote: Vote, decision: Decision) -> bool | None:
    """What is recorded as the result: the outcome typed with a reason, else the derived one."""
    if vote.recorded_passed is not None and (vote.reason.strip() or not decision.contradicts):
        return vote.recorded_passed
    return decision.passed


def _written(vote: Vote, rulebook: Rulebook) -> tuple[int, tuple[str, ...]]:
    """Written opinions in favour that count, and what to say about them (发展党员工作细则2014 第二十条)."""
    rule = rulebook.first_of(*WRITTEN_OPINION_RULES) if vote.decision in ADMISSION else None
    if rule is None or not rule.values.get("written_opinions"):
        return 0, ()
    doubtful = rule.unconfirmed and vote.written_for + vote.written_against > 0
    return vote.written_for, ("书面意见是否计入票数待核实，暂按 2014 年的规定计入",) if doubtful else ()
