"""The ballots of an election as its papers tell them: totals, who is elected, and the arithmetic with its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from branchbook.domain.ballot_sequence import HeldRound
from branchbook.domain.ballots import Ballot, BallotRound, ElectionKind
from branchbook.domain.elections import COMMITTEE_MEETING
from branchbook.domain.procedures import Procedure
from branchbook.domain.tally import Finding, Level, Outcome, TallyResult
from branchbook.services.election_facts import BallotCount, Nominee, ResultLine
from branchbook.services.election_results import held
from branchbook.services.settings_table import BookSettings
from branchbook.services.store import Reading
from branchbook.services.stroke_order import in_stroke_order

OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.ELECTED: "当选",
    Outcome.OVER_HALF_NOT_SEATED: "未当选",
    Outcome.TIED: "票数相等",
    Outcome.NOT_OVER_HALF: "未过半数",
    Outcome.UNDECIDED: "",
}
_SAID = frozenset({"E-17", "E-26"})
"""Rules whose arithmetic is printed as it was found: who came, and whether the ballots fit."""


def ballot_counts(reading: Reading, procedure: Procedure, settings: BookSettings) -> tuple[BallotCount, ...]:
    """Every ballot in the order in which it was held; one that is not counted yet has no results.

    Those elected into a committee are named by strokes (E-34).
    """
    counts = (_ballot_count(held(reading, procedure, each)) for each in procedure.rounds)
    return tuple(
        replace(each, elected=in_stroke_order(each.elected, str, settings))
        if each.office == ElectionKind.COMMITTEE
        else each
        for each in counts
    )


def _ballot_count(found: HeldRound) -> BallotCount:
    voting, result = found.voting, found.result
    given = BallotCount(
        voting.kind,
        voting.ballot,
        seats=voting.seats,
        candidates=tuple(Nominee(each.name, (voting.kind,)) for each in voting.lines),
        due=voting.due,
        present=voting.present,
        quorum_needed=result.quorum.needed,
        held_on=voting.held_on,
        in_first_meeting=voting.step == COMMITTEE_MEETING,
    )
    return _with_result(given, found) if voting.is_confirmed or voting.returned > 0 else given


def _with_result(given: BallotCount, found: HeldRound) -> BallotCount:
    voting, result = found.voting, found.result
    words = {each.name: OUTCOME_WORDS[each.outcome] for each in result.results}
    return replace(
        given,
        issued=voting.issued,
        returned=voting.returned,
        valid=voting.valid,
        invalid=voting.invalid,
        results=tuple(
            ResultLine(
                each.name,
                each.votes_for,
                each.votes_against,
                each.abstentions,
                each.illegible,
                words.get(each.name, ""),
            )
            for each in voting.lines
        ),
        write_ins=tuple(
            ResultLine(each.name, each.votes_for, outcome=words.get(each.name, NOT_COUNTED))
            for each in voting.write_ins
        ),
        elected=result.elected,
        tied=result.tie,
        vacant=result.vacant,
        fewer_seats=voting.consenting if found.reduced and result.vacant else None,
        sentences=tuple(_sentences(voting, result)),
        warnings=_warnings(result.findings),
        stands=result.valid,
    )


NOT_COUNTED = "不计"
"""Votes for someone written in who cannot be elected count for nobody (第五条)."""


def _sentences(voting: BallotRound, result: TallyResult) -> Iterable[str]:
    """Who came and whether the ballots fit, the base that was used, and what everybody's votes come to on it."""
    for each in result.findings:
        if each.level == Level.ERROR or (each.level == Level.INFO and each.rule in _SAID):
            yield _cited(each.text, each.article)
    persons = next((each for each in result.findings if each.rule in ("E-28", "E-31")), None)
    if persons is None:
        return
    if voting.ballot == Ballot.TIE:
        yield _cited("就票数相等的被选举人再次投票，赞成票多的当选，不要求超过半数", persons.article)
    else:
        base = f"{result.base_words} {result.base} 名"
        yield _cited(f"计票以{base}为基数，赞成票超过半数、即 {result.needed} 票以上的当选", persons.article)
    if result.valid:  # a count that is not valid says nothing about anybody
        yield "；".join(_verdicts(voting, result)) + "。"


_OVER, _UNDER = "超过半数", "未超过半数"
_VERDICTS: Mapping[Outcome, str] = {
    Outcome.ELECTED: "当选",
    Outcome.OVER_HALF_NOT_SEATED: "名额已满，未当选",
    Outcome.TIED: "票数相等，不能确定",
    Outcome.NOT_OVER_HALF: "不当选",
}


def _verdicts(voting: BallotRound, result: TallyResult) -> Iterable[str]:
    """丁一 17 票、王小五 15 票，超过半数，当选: everybody, those with the same outcome together."""
    groups: dict[str, list[str]] = {}
    for each in sorted(result.results, key=lambda each: -each.votes_for):
        verdict = _VERDICTS.get(each.outcome, "")
        if voting.ballot != Ballot.TIE:
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
