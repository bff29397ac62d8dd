"""The result of an election out of its count: who is elected, who is tied, what is left, and why (rules E-11 to E-33).

The rulebook of the count's day decides. Before the earliest rules of election (13 July 2020) the numbers are
checked and nothing else: nobody is derived as elected, every outcome is undecided, all seats are vacant, and
the count is valid as long as its numbers do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from branchbook.domain.election_arithmetic import bases_disagree, quorum_election, votes_to_be_elected
from branchbook.domain.rulebook import Rule, Rulebook
from branchbook.domain.tally_ballots import BallotReading, add_ballot, count_ballots, one_ballot, take_back
from branchbook.domain.tally_count import (
    MOST_COUNTED,
    Ballot,
    BallotMark,
    CandidateCount,
    Count,
    ElectionBase,
    ElectionKind,
    WriteIn,
    WriteInWithoutAgainst,
    check_count,
)
from branchbook.domain.tally_findings import Finding, Level, checks, finding
from branchbook.domain.thresholds import share_of
from branchbook.domain.voting import Quorum

__all__ = [
    "MOST_COUNTED", "Ballot", "BallotCount", "BallotMark", "BallotReading", "CandidateCount", "Count", "ElectionBase",
    "ElectionKind", "Finding", "Level", "Outcome", "Result", "TallyResult", "WriteIn", "WriteInWithoutAgainst",
    "add_ballot", "check_count", "count_ballots", "one_ballot", "take_back", "tally",
]  # fmt: skip


class Outcome(StrEnum):
    """What a person's votes come to. In a count that is not valid nobody is elected or tied."""

    ELECTED = "elected"
    OVER_HALF_NOT_SEATED = "over_half_not_seated"
    TIED = "tied"
    NOT_OVER_HALF = "not_over_half"
    UNDECIDED = "undecided"  # only on a day without rules of election


@dataclass(frozen=True, slots=True)
class Result:
    """One person's votes and what they come to; a write-in has no votes against and no abstentions."""

    name: str
    votes_for: int
    votes_against: int
    abstentions: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class BallotCount:
    """The ballots: issued, returned, and of those returned the valid and the invalid ones."""

    issued: int
    returned: int
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class TallyResult:
    """The result of one ballot.

    ``valid`` is False when a finding is an error; then ``elected`` and ``tie`` are empty. ``vacant`` are the
    seats without someone elected, those of the tied included. ``needed`` votes elect (0 where no rule of the
    day says so): more than half of ``base``, which counts ``base_words``; in a tie ballot they are not asked for.
    ``results`` are candidates in the order of the ballot, then write-ins; ``elected`` and ``tie`` keep that order.
    """

    valid: bool
    elected: tuple[str, ...]
    tie: tuple[str, ...]
    vacant: int
    quorum: Quorum
    ballots: BallotCount
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    base: int
    base_words: str
    needed: int


def tally(count: Count, rulebook: Rulebook) -> TallyResult:
    """The result of a count under the rules of its day; ``rulebook`` may hold the rules of all times.

    Raises UnreadableProblem where the numbers are no count at all (``check_count``).
    """
    check_count(count)
    rules = rulebook.on(count.on)
    majority = rules.find("E-28")
    needed = votes_to_be_elected(count.base_number, rules) if majority else 0
    found = list(checks(count, rules, ruled=majority is not None))
    valid = all(each.level != Level.ERROR for each in found)
    outcomes = _outcomes(count, needed, valid=valid) if majority else {}
    if majority:
        found += _persons(count, rules, majority, needed, outcomes, valid=valid)
        found += _what_is_left(count, rules, outcomes) if valid else ()
    elected = _named(outcomes, Outcome.ELECTED)
    return TallyResult(
        valid=valid,
        elected=elected,
        tie=_named(outcomes, Outcome.TIED),
        vacant=count.seats - len(elected),
        quorum=quorum_election(count.due, count.present, rules),
        ballots=BallotCount(count.issued, count.returned, count.valid, count.invalid),
        results=tuple(_results(count, outcomes)),
        findings=tuple(found),
        base=count.base_number,
        base_words=count.base_words,
        needed=needed,
    )


def _named(outcomes: dict[str, Outcome], outcome: Outcome) -> tuple[str, ...]:
    return tuple(name for name, each in outcomes.items() if each == outcome)


def _outcomes(count: Count, needed: int, *, valid: bool) -> dict[str, Outcome]:
    """What each person's votes come to, in the order of the results."""
    elected, tied = _seated(count, needed) if valid else (frozenset(), frozenset())

    def outcome(name: str, votes: int) -> Outcome:
        if name in elected:
            return Outcome.ELECTED
        if name in tied:
            return Outcome.TIED
        return Outcome.OVER_HALF_NOT_SEATED if votes >= needed else Outcome.NOT_OVER_HALF

    return {name: outcome(name, votes) for name, votes in count.votes}


def _seated(count: Count, needed: int) -> tuple[frozenset[str], frozenset[str]]:
    """Who is elected and who is tied at the last seat: by votes among those over half (E-28, E-30).

    In a tie ballot more votes win without half (E-31, 待核实); there only the candidates stand, and nobody
    is elected by no vote at all.
    """
    if count.ballot == Ballot.TIE:
        standing = {each.name: each.votes_for for each in count.candidates}
    else:
        standing = {name: votes for name, votes in count.votes if votes >= needed}
    ranked = sorted(standing.values(), reverse=True)
    if len(ranked) <= count.seats:
        return frozenset(name for name, votes in standing.items() if votes), frozenset()
    last_seated, first_left = ranked[count.seats - 1], ranked[count.seats]
    elected = frozenset(name for name, votes in standing.items() if votes > first_left)
    tied = frozenset(name for name, votes in standing.items() if votes == last_seated == first_left)
    return elected, tied


def _results(count: Count, outcomes: dict[str, Outcome]) -> Iterator[Result]:
    for each in count.candidates:
        outcome = outcomes.get(each.name, Outcome.UNDECIDED)
        yield Result(each.name, each.votes_for, each.votes_against, each.abstentions, outcome)
    for written in count.write_ins:
        yield Result(written.name, written.votes_for, 0, 0, outcomes.get(written.name, Outcome.UNDECIDED))


def _persons(
    count: Count, rules: Rulebook, majority: Rule, needed: int, outcomes: dict[str, Outcome], *, valid: bool
) -> Iterator[Finding]:
    """Each person's votes as a sentence, and a warning where the two bases give two answers (E-28, 待核实)."""
    base = count.base_number
    required = f"须超过{count.base_words} {base} 名的{_share(majority, base)}，即 {needed} 票"
    for name, votes in count.votes:
        outcome = outcomes[name]
        verdict = _verdict(outcome, valid=valid, exactly=_is_exactly(majority, votes, base))
        if count.ballot == Ballot.TIE and valid:
            text = f"{name}：再次投票赞成 {votes} 票，票多者当选，不要求过半数；{_TIE_VERDICTS.get(outcome, '未当选')}"
            yield finding(Level.INFO, rules, "E-31", text)
            continue
        yield finding(Level.INFO, rules, "E-28", f"{name}：赞成 {votes} 票，{required}；{verdict}")
        if count.ballot != Ballot.TIE and bases_disagree(votes, count.due, count.present, rules):
            yield finding(Level.WARNING, rules, "E-28", _disagreement(name, votes, count, rules))


_TIE_VERDICTS = {Outcome.ELECTED: "当选", Outcome.TIED: "票数相等，不能确定"}


def _share(majority: Rule, base: int) -> str:
    """半数（9.5）; another fraction, where a user's document says so, as it is written."""
    numerator, denominator = majority.number("majority_numerator"), majority.number("majority_denominator")
    if (numerator, denominator) == (1, 2):
        return f"半数（{base // 2}{'.5' if base % 2 else ''}）"
    return f" {numerator}/{denominator}"


def _is_exactly(majority: Rule, votes: int, base: int) -> bool:
    return majority.number("majority_denominator") * votes == majority.number("majority_numerator") * base


def _verdict(outcome: Outcome, *, valid: bool, exactly: bool) -> str:
    if outcome == Outcome.NOT_OVER_HALF:
        return "正好达到而未超过，不当选" if exactly else "未超过，不当选"
    if not valid:
        return "已超过，但本次计票无效，不能当选"
    return {
        Outcome.ELECTED: "当选",
        Outcome.TIED: "票数相等，不能确定",
        Outcome.OVER_HALF_NOT_SEATED: "已超过，但名额已满，未当选",
    }[outcome]


def _disagreement(name: str, votes: int, count: Count, rules: Rulebook) -> str:
    def reading(words: str, base: int) -> str:
        needed = votes_to_be_elected(base, rules)
        return f"按{words} {base} 名须 {needed} 票，{'超过' if votes >= needed else '未超过'}"

    two = f"{reading('实到会', count.present)}；{reading('应到会', count.due)}"
    return f"{name}：赞成 {votes} 票，{two}；两种口径结果不同，请报上级确认"


def _what_is_left(count: Count, rules: Rulebook, outcomes: dict[str, Outcome]) -> Iterator[Finding]:
    """The seats that this ballot did not fill, and the way on: E-30 for a tie, else E-32 and E-33."""
    elected, tied = _named(outcomes, Outcome.ELECTED), _named(outcomes, Outcome.TIED)
    vacant = count.seats - len(elected)
    if tied:
        votes = dict(count.votes)[tied[0]]
        text = f"{'、'.join(tied)} 同为 {votes} 票，余下 {vacant} 个名额不能确定，须就票数相等者再次投票"
        yield finding(Level.WARNING, rules, "E-30", text)
    elif vacant:
        text = (
            f"应选 {count.seats} 名，当选 {len(elected)} 名，不足的 {vacant} 个名额须另行选举，不得按票数递补"
        )
        yield finding(Level.WARNING, rules, "E-32", text)
        rule = rules.find("E-33")
        if rule:
            consenting = share_of(rule, count.present)
            agree = f"实到 {count.present} 名中须有 {consenting} 名以上同意"
            text = f"接近应选名额时，可经半数以上选举人同意减少名额，不再选举：{agree}"
            yield finding(Level.INFO, rules, "E-33", text)
