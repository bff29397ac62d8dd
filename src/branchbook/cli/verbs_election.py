"""election: the elections of a book as a list, or one of them with its steps, ballots and findings."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.catalogue.procedures.elections import TERM_EXTENSION
from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.ballots import BallotRound
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure, StepStanding, StepState
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_results import round_result
from branchbook.services.elections import ElectionLine, ElectionView, election_view, elections_of
from branchbook.services.store import Reading

SHORTEST_ID = 4
"""So many characters of an identity are asked for at least, if not all of it."""

STEP_NAMES = {
    StepState.DONE: "已办",
    StepState.BEGUN: "已填",
    StepState.READY: "待办",
    StepState.WAITING: "未到",
    StepState.NOT_NEEDED: "不需要",
}
LEVEL_NAMES = {Level.ERROR: "错误", Level.WARNING: "注意", Level.INFO: "说明"}


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    election = verbs.add_parser(
        "election",
        help="列出选举，或写出一次选举的步骤、计票和提示",
        description="列出一本簿里的换届选举、补选和延期，或写出其中一次：各步骤、每次投票、当选人和规定的提示。",
    )
    election.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    what = election.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="列出全部选举，办理中的在前")
    what.add_argument("--show", metavar="ID", help="写出这一次选举；可只写编号开头的几位")
    election.add_argument("--branch", metavar="NAME", help="只列这个支部（或党总支及所属支部）")
    election.add_argument("--on", type=day_argument, metavar="DATE", help="以哪一天为今天，默认当天")
    election.add_argument("--json", action="store_true", help="以 JSON 输出")
    election.accept_passphrase()
    election.set_defaults(run=run_election)


def run_election(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Exit 0 whatever is found; 1 where the book has no such election or branch."""
    today: date = arguments.on or around.now.date()
    if arguments.show and arguments.branch:
        raise UnreadableProblem(
            "命令的写法不对", "--branch 只和 --list 一起用", "写出一次选举时不需要支部名称"
        )
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        if arguments.list:
            _list(reading, arguments, today, around)
        else:
            _show(reading, arguments, today, around)
    return 0


def _list(reading: Reading, arguments: argparse.Namespace, today: date, around: Surroundings) -> None:
    place = organisation_named(reading.roster(), arguments.branch, today).id if arguments.branch else None
    found = elections_of(reading, place, today)
    if arguments.json:
        around.report([_line_as_json(each) for each in found])
        return
    for each in found:
        step = f"  下一步：{_next_words(each.next)}" if each.next else ""
        around.say(
            f"{each.id}  {each.organisation_name}  {each.name}"
            f"  {each.begun_on:%Y-%m-%d} 开始  {each.state_words}{step}"
        )
    around.say(f"共 {len(found)} 项，办理中 {sum(each.is_open for each in found)} 项")


def _show(reading: Reading, arguments: argparse.Namespace, today: date, around: Surroundings) -> None:
    view = election_view(reading, _named(reading, arguments.show, today), today)
    procedure = view.view.procedure
    outcome = None if procedure.shape == TERM_EXTENSION.key else election_outcome(reading, procedure)
    if arguments.json:
        around.report(_view_as_json(reading, view, outcome))
        return
    around.say(f"{view.organisation_name}  {view.view.shape.name}  {view.state_words}")
    around.say(f"编号 {procedure.id}")
    if view.term_end and view.latest_on:
        around.say(f"任期 {view.term_end:%Y-%m-%d} 届满，最迟 {view.latest_on:%Y-%m-%d}")
    _say_findings(view.findings, around, "")
    for standing in view.view.steps:
        key = standing.spec.key
        said = view.summaries.get(key) or (f"{standing.due_on:%Y-%m-%d} 前" if standing.due_on else "")
        late = "  逾期" if standing.overdue else ""
        around.say(f"{STEP_NAMES[standing.state]}  {standing.spec.name}  {said}{late}".rstrip())
        _say_findings(view.step_findings.get(key, ()), around, "    ")
    if outcome is not None:
        around.say(_outcome_words(outcome))


def _named(reading: Reading, text: str, today: date) -> UUID:
    """The election whose id is, or begins with, the text. Raises RefusedProblem for none or several."""
    wanted = text.strip().lower()
    found = [each.id for each in elections_of(reading, None, today) if str(each.id).startswith(wanted)]
    if len(wanted) < SHORTEST_ID or not found:
        raise RefusedProblem("没有这项选举", text, f"请用 --list 查编号，至少写开头 {SHORTEST_ID} 位")
    if len(found) > 1:
        raise RefusedProblem("有几项选举的编号这样开头", text, "请多写几位")
    return found[0]


def _say_findings(findings: Iterable[Finding], around: Surroundings, indent: str) -> None:
    for each in findings:
        around.say(f"{indent}{LEVEL_NAMES[each.level]}：{each.text}  {each.article}".rstrip())


def _next_words(step: StepStanding) -> str:
    due = f"（{step.due_on:%Y-%m-%d} 前{'，逾期' if step.overdue else ''}）" if step.due_on else ""
    return f"{step.spec.name}{due}"


def _outcome_words(outcome: ElectionOutcome) -> str:
    if outcome.void:
        return "选举无效"
    parts = (
        ("委员", "、".join(each.name for each in outcome.committee)),
        ("书记", outcome.secretary.name if outcome.secretary else ""),
        ("副书记", "、".join(each.name for each in outcome.deputies)),
    )
    said = "；".join(f"{word}：{names}" for word, names in parts if names)
    return f"当选  {said}" if said else "还没有当选人"


def _line_as_json(line: ElectionLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "organisation": line.organisation_name,
        "shape": line.shape,
        "name": line.name,
        "begun_on": line.begun_on.isoformat(),
        "state": line.state.value,
        "state_words": line.state_words,
        "open": line.is_open,
        "next_step": line.next.spec.key if line.next else None,
        "due_on": _day(line.next.due_on if line.next else None),
        "overdue": line.next.overdue if line.next else False,
        "elected_on": _day(line.elected_on),
        "ended_on": _day(line.ended_on),
    }


def _view_as_json(reading: Reading, view: ElectionView, outcome: ElectionOutcome | None) -> dict[str, Any]:
    procedure = view.view.procedure
    return {
        "id": str(procedure.id),
        "organisation": view.organisation_name,
        "shape": procedure.shape,
        "name": view.view.shape.name,
        "begun_on": procedure.begun_on.isoformat(),
        "state": view.state.value,
        "state_words": view.state_words,
        "open": procedure.is_open,
        "ended_on": _day(procedure.ended_on),
        "term_end": _day(view.term_end),
        "latest_on": _day(view.latest_on),
        "next_step": view.view.next.spec.key if view.view.next and procedure.is_open else None,
        "findings": [_finding_as_json(each) for each in view.findings],
        "steps": [_step_as_json(view, each) for each in view.view.steps],
        "rounds": [_round_as_json(reading, procedure, each) for each in procedure.rounds],
        "outcome": _outcome_as_json(outcome),
    }


def _step_as_json(view: ElectionView, standing: StepStanding) -> dict[str, Any]:
    key = standing.spec.key
    return {
        "key": key,
        "name": standing.spec.name,
        "state": standing.state.value,
        "done_on": _day(standing.entry.done_on),
        "due_on": _day(standing.due_on),
        "overdue": standing.overdue,
        "reason": standing.entry.reason,
        "summary": view.summaries.get(key, ""),
        "findings": [_finding_as_json(each) for each in view.step_findings.get(key, ())],
    }


def _round_as_json(reading: Reading, procedure: Procedure, cast: BallotRound) -> dict[str, Any]:
    result = round_result(reading, procedure, cast)
    return {
        "id": str(cast.id),
        "step": cast.step,
        "kind": cast.kind.value,
        "ballot": cast.ballot.value,
        "held_on": cast.held_on.isoformat(),
        "confirmed_on": _day(cast.confirmed_on),
        "seats": cast.seats,
        "due": cast.due,
        "present": cast.present,
        "valid": result.valid,
        "elected": list(result.elected),
        "tie": list(result.tie),
        "vacant": result.vacant,
        "ballots": {
            "issued": cast.issued,
            "returned": cast.returned,
            "valid": cast.valid,
            "invalid": cast.invalid,
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
    }


def _outcome_as_json(outcome: ElectionOutcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {
        "committee": [each.name for each in outcome.committee],
        "secretary": outcome.secretary.name if outcome.secretary else None,
        "deputies": [each.name for each in outcome.deputies],
        "vacant": outcome.vacant,
        "void": outcome.void,
    }


def _finding_as_json(finding: Finding) -> dict[str, str]:
    return {
        "level": finding.level.value,
        "rule": finding.rule,
        "article": finding.article,
        "text": finding.text,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
