"""The count of an election in a file: totals from paper or the ballots themselves, to its report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from branchbook.domain.names import matching_form
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.tally import (
    Ballot,
    BallotMark,
    CandidateCount,
    Count,
    ElectionBase,
    ElectionKind,
    TallyResult,
    WriteIn,
    WriteInWithoutAgainst,
    count_ballots,
    one_ballot,
    tally,
)
from branchbook.services.shipped_rules import shipped_rulebook
from branchbook.services.tally_reading import (
    Number,
    TallyReport,
    check_names,
    convert,
    findings_as_json,
    wrong,
)
from branchbook.services.tally_words import tally_lines

_MARKS = frozenset(mark.value for mark in BallotMark)
_WRITE_INS = "write_ins"

OneBallot = tuple[Mapping[str, BallotMark], list[str]]


class _Total(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    votes_for: Number = msgspec.field(name="for")
    votes_against: Number = msgspec.field(name="against")
    abstentions: Number = msgspec.field(name="abstain")
    illegible: Number = 0


class _WriteIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    votes_for: Number = msgspec.field(name="for")


class _Election(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    kind: ElectionKind
    on: date
    due: Number
    present: Number
    issued: Number
    returned: Number
    seats: Number
    candidates: list[str]
    base: ElectionBase = ElectionBase.PRESENT
    ballot: Ballot = Ballot.MAIN
    write_in_without_against: WriteInWithoutAgainst = WriteInWithoutAgainst.VOID_WRITE_IN


class _FromTotals(_Election, forbid_unknown_fields=True, kw_only=True):
    totals: list[_Total]
    invalid: Number
    write_ins: list[_WriteIn] = []


class _FromBallots(_Election, forbid_unknown_fields=True, kw_only=True):
    ballots: list[dict[str, Any]]


def read_election(content: Mapping[str, Any], where: str) -> TallyReport:
    """The report of an election's count. Raises UnreadableProblem naming key and place."""
    count = _count_of(content, where)
    result = tally(count, shipped_rulebook())
    return TallyReport(result.valid, election_as_json(result), tuple(tally_lines(count, result)))


def election_as_json(result: TallyResult) -> dict[str, Any]:
    """The result of an election with the documented keys."""
    quorum, ballots = result.quorum, result.ballots
    return {
        "valid": result.valid,
        "elected": list(result.elected),
        "tie": list(result.tie),
        "vacant": result.vacant,
        "quorum": {"needed": quorum.needed, "present": quorum.present, "met": quorum.met},
        "ballots": {
            "issued": ballots.issued,
            "returned": ballots.returned,
            "valid": ballots.valid,
            "invalid": ballots.invalid,
        },
        "results": [
            {
                "name": each.name,
                "for": each.votes_for,
                "against": each.votes_against,
                "abstain": each.abstentions,
                "outcome": each.outcome.value,
            }
            for each in result.results
        ],
        "findings": findings_as_json(result.findings),
    }


def _count_of(content: Mapping[str, Any], where: str) -> Count:
    if ("totals" in content) == ("ballots" in content):
        raise wrong(where, "totals、ballots", "须有其中一个键，且只有一个")
    if "totals" in content:
        return _from_totals(convert(content, _FromTotals, where), where)
    return _from_ballots(convert(content, _FromBallots, where), where)


def _from_totals(form: _FromTotals, where: str) -> Count:
    empty = _empty(form, where)
    totals = _totals_by_name(form, where)
    check_names((each.name for each in form.write_ins), where, _WRITE_INS)
    standing = {matching_form(name): name for name in totals}
    for at, written in enumerate(form.write_ins):
        if matching_form(written.name) in standing:
            raise wrong(where, f"{_WRITE_INS}[{at}]", f"“{written.name}”是候选人，不能又是另选他人")
    candidates = tuple(
        CandidateCount(name, each.votes_for, each.votes_against, each.abstentions, each.illegible)
        for name, each in totals.items()
    )
    write_ins = tuple(WriteIn(each.name, each.votes_for) for each in form.write_ins)
    return replace(
        empty,
        returned=form.returned,
        invalid=form.invalid,
        candidates=candidates,
        write_ins=write_ins,
    )


def _totals_by_name(form: _FromTotals, where: str) -> dict[str, _Total]:
    """The totals in the order of the candidates, of whom each has to have one."""
    check_names((each.name for each in form.totals), where, "totals")
    given = {each.name: each for each in form.totals}
    for at, each in enumerate(form.totals):
        if each.name not in form.candidates:
            raise wrong(where, f"totals[{at}]", f"“{each.name}”不在 candidates 里")
    for name in form.candidates:
        if name not in given:
            raise wrong(where, "totals", f"缺少候选人“{name}”的票数")
    return {name: given[name] for name in form.candidates}


def _from_ballots(form: _FromBallots, where: str) -> Count:
    if _WRITE_INS in form.candidates:
        raise wrong(where, "candidates", f"姓名不能是“{_WRITE_INS}”，选票上这个键留给另选他人")
    empty = _empty(form, where)
    spelled = {matching_form(name): name for name in form.candidates}
    ballots = [_one(each, at, where, spelled) for at, each in enumerate(form.ballots)]
    rule = form.write_in_without_against
    try:
        count = count_ballots(empty, ballots, write_in_without_against=rule)
    except UnreadableProblem as problem:
        raise _with_its_place(empty, ballots, where, problem) from problem
    return replace(count, returned=form.returned, entered=len(ballots))


def _one(ballot: dict[str, Any], at: int, where: str, spelled: dict[str, str]) -> OneBallot:
    """One ballot's marks and write-ins; the mapping is used up.

    A name written 戊　己 on one ballot and 戊己 on the next is one person: ``spelled`` keeps the first spelling.
    """
    written = ballot.pop(_WRITE_INS, [])
    if not isinstance(written, list) or not all(isinstance(name, str) for name in written):
        raise wrong(where, f"ballots[{at}].{_WRITE_INS}", "须是姓名的列表")
    if written:
        check_names(written, where, f"ballots[{at}].{_WRITE_INS}")
        written = [spelled.setdefault(matching_form(name), name) for name in written]
    if not _are_marks(ballot.values()):
        name = next(name for name, mark in ballot.items() if not _are_marks((mark,)))
        raise wrong(where, f"ballots[{at}].{name}", f"标记须是 {'、'.join(BallotMark)} 之一")
    return ballot, written


def _are_marks(values: Iterable[object]) -> bool:
    try:
        return _MARKS.issuperset(values)
    except TypeError:  # a list or an object is no mark, and has no hash
        return False


def _with_its_place(
    empty: Count, ballots: list[OneBallot], where: str, problem: UnreadableProblem
) -> UnreadableProblem:
    """The same problem, with the ballot on which it is."""
    for at, (marks, written) in enumerate(ballots):
        try:
            one_ballot(empty, marks, written)
        except UnreadableProblem as found:
            return wrong(where, f"ballots[{at}]", f"{found.what}“{found.where}”")
    return problem


def _empty(form: _Election, where: str) -> Count:
    check_names(form.candidates, where, "candidates")
    return Count(
        kind=form.kind,
        on=form.on,
        due=form.due,
        present=form.present,
        issued=form.issued,
        returned=0,
        invalid=0,
        seats=form.seats,
        base=form.base,
        ballot=form.ballot,
        candidates=tuple(map(CandidateCount, form.candidates)),
    )
