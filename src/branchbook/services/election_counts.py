"""The ballots of an election as its papers tell them: totals, who is elected, and the arithmetic with its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from branchbook.domain import ballots
from branchbook.domain.ballot_counts import count_that_elects
from branchbook.domain.ballots import BallotRound
from branchbook.domain.election_arithmetic import seats_may_be_reduced
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally import (
    Ballot,
    Count,
    Finding,
    Level,
    Outcome,
    TallyResult,
    tally,
)
from branchbook.services.election_facts import BallotCount, Nominee, ResultLine
from branchbook.services.settings_table import BookSettings
from branchbook.services.stroke_order import in_stroke_order

FIRST_MEETING = "first_meeting"
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.ELECTED: "当选",
    Outcome.OVER_HALF_NOT_SEATED: "未当选",
    Outcome.TIED: "票数相等",
    Outcome.NOT_OVER_HALF: "未过半数",
    Outcome.UNDECIDED: "",
}
_NOT_COUNTED = "不计"
"""Of someone written in who could not be elected, or whom nobody found in the roster."""

_SAID = frozenset({"E-17", "E-26"})
"""Rules whose arithmetic is printed as it was found: who came, and whether the ballots fit."""


def ballot_counts(
    procedure: Procedure, rulebook: Rulebook, settings: BookSettings
) -> tuple[BallotCount, ...]:
    """Every ballot in the order in which it was held; one that is not counted yet has no results.

    Those elected into a committee are named by strokes (E-34).
    """
    counts = (_ballot_count(each, rulebook) for each in procedure.rounds)
    return tuple(
        replace(each, elected=in_stroke_order(each.elected, str, settings))
        if each.office == ballots.ElectionKind.COMMITTEE
        else each
        for each in counts
    )


def _ballot_count(held: BallotRound, rulebook: Rulebook) -> BallotCount:
    counted = held.is_confirmed or held.returned > 0
    result = tally(count_that_elects(held), rulebook)
    given = BallotCount(
        held.kind,
        held.ballot,
        seats=held.seats,
        candidates=tuple(Nominee(each.name, (held.kind,)) for each in held.lines),
        due=held.due,
        present=held.present,
        quorum_needed=result.quorum.needed,
        held_on=held.held_on,
        in_first_meeting=held.step == FIRST_MEETING,
        warnings=_warnings(result.findings) if counted else (),
    )
    return _with_result(given, held, result, rulebook.on(held.held_on)) if counted else given


def _with_result(given: BallotCount, held: BallotRound, result: TallyResult, rules: Rulebook) -> BallotCount:
    words = {each.name: OUTCOME_WORDS[each.outcome] for each in result.results}
    return replace(
        given,
        issued=held.issued,
        returned=held.returned,
        valid=held.valid,
        invalid=held.invalid,
        results=tuple(
            ResultLine(
                each.name,
                each.votes_for,
                each.votes_against,
                each.abstentions,
                each.illegible,
                words.get(each.name, ""),
            )
            for each in held.lines
        ),
        write_ins=tuple(
            ResultLine(each.name, each.votes_for, outcome=words.get(each.name, _NOT_COUNTED))
            for each in held.write_ins
        ),
        elected=result.elected,
        tied=result.tie,
        vacant=result.vacant,
        fewer_seats=_fewer_seats(held, result, rules),
        sentences=tuple(_sentences(count_that_elects(held), result)),
        stands=result.valid,
    )


def _fewer_seats(held: BallotRound, result: TallyResult, rules: Rulebook) -> int | None:
    """How many agreed to leave the vacant seats unfilled, where they were asked and are enough (E-33)."""
    agreed = held.consenting
    enough = agreed is not None and seats_may_be_reduced(agreed, held.present, rules)
    return agreed if enough and result.vacant else None


def _sentences(count: Count, result: TallyResult) -> Iterable[str]:
    """Who came and whether the ballots fit, the base that was used, and what everybody's votes come to on it."""
    for each in result.findings:
        if each.level == Level.ERROR or (each.level == Level.INFO and each.rule in _SAID):
            yield _cited(each.text, each.article)
    persons = next((each for each in result.findings if each.rule in ("E-28", "E-31")), None)
    if persons is None:
        return
    if count.ballot == Ballot.TIE:
        yield _cited("就票数相等的被选举人再次投票，赞成票多的当选，不要求超过半数", persons.article)
    else:
        base = f"{result.base_words} {result.base} 名"
        yield _cited(f"计票以{base}为基数，赞成票超过半数、即 {result.needed} 票以上的当选", persons.article)
    yield "；".join(_verdicts(count, result)) + "。"


_OVER, _UNDER = "超过半数", "未超过半数"
_VERDICTS: Mapping[Outcome, str] = {
    Outcome.ELECTED: "当选",
    Outcome.OVER_HALF_NOT_SEATED: "名额已满，未当选",
    Outcome.TIED: "票数相等，不能确定",
    Outcome.NOT_OVER_HALF: "不当选",
}


def _verdicts(count: Count, result: TallyResult) -> Iterable[str]:
    """丁一 17 票、王小五 15 票，超过半数，当选: everybody, those with the same outcome together."""
    groups: dict[str, list[str]] = {}
    for each in sorted(result.results, key=lambda each: -each.votes_for):
        verdict = _VERDICTS.get(each.outcome, "")
        if count.ballot != Ballot.TIE:
            reached = _OVER if each.votes_for >= result.needed else _UNDER
            reached = "正好半数" if 2 * each.votes_for == result.base else reached
            verdict = f"{reached}，{verdict}"
        groups.setdefault(verdict, []).append(f"{each.name} {each.votes_for} 票")
    return (f"{'、'.join(people)}，{verdict}" for verdict, people in groups.items())


def _warnings(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What must be looked at: above all where the two bases give two answers for someone."""
    return tuple(_cited(each.text, each.article) for each in findings if each.level == Level.WARNING)


def _cited(text: str, article: str) -> str:
    """A sentence with its article in brackets; 待核实 stands within the same brackets."""
    cited = article.replace("（待核实）", "，待核实")
    return f"{text}（{cited}）。" if cited else f"{text}。"
