"""evaluation: the yearly rounds of a book, with steps, members, ballots, grades and findings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.parsing import year_argument
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.verbs_election import LEVEL_NAMES, STEP_NAMES
from branchbook.domain.evaluation_count import Cap, GradeCount
from branchbook.domain.evaluation_participants import place_words
from branchbook.domain.evaluations import GradeRound
from branchbook.domain.procedures import StepStanding
from branchbook.domain.tally_findings import Finding
from branchbook.services.evaluations import EvaluationView, MemberRow, evaluation_view, rounds_of
from branchbook.services.store import Reading
from branchbook.services.words import word_of


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    evaluation = verbs.add_parser(
        "evaluation",
        help="写出一个年度的民主评议：步骤、参评人员、测评、等次和提示",
        description=(
            "写出一本簿里一个年度的组织生活会和民主评议党员：各步骤、谁参加谁评定等次、测评票数、支部评定的等次、还缺什么"
            "和规定的提示。表册用 print BOOK evaluation:… --year N 打印。"
        ),
    )
    evaluation.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    evaluation.add_argument("--year", type=year_argument, metavar="N", required=True, help="评议年度")
    evaluation.add_argument("--branch", metavar="NAME", help="只看这个支部（或党总支所属支部）")
    evaluation.add_argument("--on", type=day_argument, metavar="DATE", help="以哪一天为今天，默认当天")
    evaluation.add_argument("--json", action="store_true", help="以 JSON 输出")
    evaluation.accept_passphrase()
    evaluation.set_defaults(run=run_evaluation)


def run_evaluation(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Exit 0 whatever is found, also without a round; 1 where the book has no such branch."""
    today: date = arguments.on or around.now.date()
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        views = _views(reading, arguments, today)
        names = [_place_name(reading, view) for view in views]
    if arguments.json:
        rounds = [_view_as_json(view, name) for view, name in zip(views, names, strict=True)]
        around.report({"year": arguments.year, "rounds": rounds})
        return 0
    for view, name in zip(views, names, strict=True):
        for line in _lines(view, name):
            around.say(line)
    around.say(f"{arguments.year} 年度：评议 {len(views)} 次")
    return 0


def _views(reading: Reading, arguments: argparse.Namespace, today: date) -> list[EvaluationView]:
    roster = reading.roster()
    wanted = None
    if arguments.branch:
        wanted = roster.branches_within(organisation_named(roster, arguments.branch, today).id)
    order = {each.id: (each.position, each.name) for each in roster.organisations}
    found = [
        each
        for each in rounds_of(reading)
        if each.year == arguments.year and (wanted is None or each.organisation_id in wanted)
    ]
    found.sort(key=lambda each: (order[each.organisation_id], each.begun_on))
    return [evaluation_view(reading, each.id, today) for each in found]


def _place_name(reading: Reading, view: EvaluationView) -> str:
    procedure = view.procedure
    return reading.roster().organisation_by_id[procedure.organisation_id].name_on(procedure.begun_on)


def _lines(view: EvaluationView, name: str) -> Iterator[str]:
    procedure = view.procedure
    yield f"{name}  {procedure.year} 年度  {procedure.begun_on} 开始  {word_of(procedure.state)}"
    for step in view.steps:
        said = step.entry.done_on or (f"{step.due_on} 前" if step.due_on else "")
        late = "  逾期" if step.overdue else ""
        yield f"{STEP_NAMES[step.state]}  {step.spec.name}  {said}{late}".rstrip()
    for voting in procedure.grade_rounds:
        yield _round_words(voting)
    for row in view.rows:
        yield _row_words(row)
    for each in view.findings:
        yield f"{LEVEL_NAMES[each.level]}：{each.text}  {each.article}".rstrip()


def _round_words(voting: GradeRound) -> str:
    people = f"应到 {voting.due}，实到 {voting.present}"
    papers = f"{people}；发出 {voting.issued}，收回 {voting.returned}，有效 {voting.valid}"
    state = f"{voting.confirmed_on} 确认" if voting.confirmed_on else "未确认"
    return f"{word_of(voting.audience)}  {voting.held_on}  {papers}  {state}"


def _row_words(row: MemberRow) -> str:
    assessment, count = row.assessment, row.members_count
    grade = word_of(assessment.grade) if assessment and assessment.grade else ""
    parts = [
        row.participant.name,
        place_words(row.participant),
        row.participant.reason,
        row.participant.article,
    ]
    if count is not None:
        parts.append(
            f"优秀 {count.excellent}，合格 {count.qualified}，基本合格 {count.basically_qualified}，"
            f"不合格 {count.unqualified}，弃权 {count.blank}，作废 {count.void}"
        )
    parts.append(f"评定 {grade}" if grade else "")
    parts.append(f"缺：{'、'.join(row.missing)}" if row.missing else "")
    return "  " + "  ".join(part for part in parts if part)


def _view_as_json(view: EvaluationView, name: str) -> dict[str, Any]:
    procedure = view.procedure
    return {
        "id": str(procedure.id),
        "organisation": name,
        "year": procedure.year,
        "begun_on": procedure.begun_on.isoformat(),
        "state": procedure.state.value,
        "ended_on": _day(procedure.ended_on),
        "steps": [_step_as_json(each) for each in view.steps],
        "ballots": [_round_as_json(each) for each in procedure.grade_rounds],
        "members": [_row_as_json(each) for each in view.rows],
        "cap": _cap_as_json(view.cap),
        "other_cap": _cap_as_json(view.other_cap),
        "findings": [_finding_as_json(each) for each in view.findings],
    }


def _step_as_json(step: StepStanding) -> dict[str, Any]:
    return {
        "key": step.spec.key,
        "name": step.spec.name,
        "state": step.state.value,
        "done_on": _day(step.entry.done_on),
        "due_on": _day(step.due_on),
        "overdue": step.overdue,
        "reason": step.entry.reason,
    }


def _round_as_json(voting: GradeRound) -> dict[str, Any]:
    return {
        "audience": voting.audience.value,
        "form": voting.form.value,
        "held_on": voting.held_on.isoformat(),
        "confirmed_on": _day(voting.confirmed_on),
        "due": voting.due,
        "present": voting.present,
        "issued": voting.issued,
        "returned": voting.returned,
        "invalid": voting.invalid,
        "valid": voting.valid,
    }


def _row_as_json(row: MemberRow) -> dict[str, Any]:
    participant, assessment = row.participant, row.assessment
    return {
        "name": participant.name,
        "standing": participant.standing.value,
        "takes_part": participant.takes_part,
        "graded": participant.graded,
        "reason": participant.reason,
        "article": participant.article,
        "elsewhere": participant.elsewhere.value if participant.elsewhere else None,
        "members_count": _count_as_json(row.members_count),
        "masses_count": _count_as_json(row.masses_count),
        "grade": assessment.grade.value if assessment and assessment.grade else None,
        "departure_reason": assessment.departure_reason if assessment else "",
        "fed_back_on": _day(assessment.fed_back_on) if assessment else None,
        "missing": list(row.missing),
    }


def _count_as_json(count: GradeCount | None) -> dict[str, int] | None:
    if count is None:
        return None
    return {
        "excellent": count.excellent,
        "qualified": count.qualified,
        "basically_qualified": count.basically_qualified,
        "unqualified": count.unqualified,
        "blank": count.blank,
        "void": count.void,
    }


def _cap_as_json(cap: Cap) -> dict[str, Any]:
    return {"n": cap.number, "base": cap.base.value, "max": cap.most}


def _finding_as_json(each: Finding) -> dict[str, str]:
    return {"level": each.level.value, "rule": each.rule, "article": each.article, "text": each.text}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
