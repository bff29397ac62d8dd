"""due, search, rules: the verbs that answer a question and change nothing."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.requirements import Finding
from branchbook.domain.rulebook import NO_RULEBOOK, Rule
from branchbook.services.due import default_organisations, year_findings
from branchbook.services.rules import rulebook_of, shipped_rulebook
from branchbook.services.search import lines_of_hits

STATE_NAMES = {
    "held": "已开",
    "held_not_final": "未定稿",
    "due": "应办",
    "overdue": "逾期",
    "not_yet": "未到",
    "not_required": "不要求",
}

_TITLED_BY_KEY = frozenset({"procedure", "ledger_row"})
"""Hits whose title is a key: in words they bear the name of their shape or ledger."""


def add_verbs(verbs: Any) -> None:
    """Add the three verbs to the parser's sub-commands."""
    due = verbs.add_parser("due", help="列出当年各期要求：已开、应办、逾期")
    due.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    due.add_argument("--on", type=day_argument, metavar="DATE", help="以哪一天为今天，默认当天")
    due.add_argument("--branch", metavar="NAME", help="只看这个支部（或党总支）")
    due.add_argument("--json", action="store_true", help="以 JSON 输出全部各期")
    due.accept_passphrase()
    due.set_defaults(run=run_due)
    search = verbs.add_parser("search", help="在全簿中搜索姓名、拼音首字母、内容、日期、文号")
    search.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    search.add_argument("words", nargs="+", metavar="WORDS", help="要找的词，须全部出现")
    search.add_argument("--json", action="store_true", help="以 JSON 输出")
    search.accept_passphrase()
    search.set_defaults(run=run_search)
    rules = verbs.add_parser("rules", help="列出某一天有效的规则及依据")
    rules.add_argument("--on", type=day_argument, metavar="DATE", help="哪一天，默认当天")
    rules.add_argument("--json", action="store_true", help="以 JSON 输出")
    rules.set_defaults(run=run_rules)


def run_due(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Every period of the calendar year as JSON; without it, what is owed and what is overdue."""
    today: date = arguments.on or around.now.date()
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        if arguments.branch:
            places: tuple[UUID, ...] = (organisation_named(reading.roster(), arguments.branch, today).id,)
        else:
            places = default_organisations(reading, today)
        found = year_findings(reading, places, today.year, today)
        ruled = bool(rulebook_of(reading).on(today).rules)
    if arguments.json:
        around.report([_finding_as_json(each) for each in found])
        return 0
    owed = [each for each in found if each.state.value in ("overdue", "due", "held_not_final")]
    for each in sorted(owed, key=lambda finding: (finding.state.value != "overdue", finding.period_end)):
        state = STATE_NAMES[each.state.value]
        around.say(f"{state}  {each.scope}  {each.period.label}{each.title}  {each.reason}  {each.article}")
    around.say(f"{today:%Y-%m-%d}：共 {len(owed)} 项待办" if ruled else f"{today:%Y-%m-%d}：{NO_RULEBOOK}")
    return 0


def run_search(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Up to fifty hits, each with a snippet; exit 0 also where nothing was found."""
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        hits = reading.search(" ".join(arguments.words))
        lines = lines_of_hits(reading, hits, around.now.date())
    if arguments.json:
        keys = ("entity", "title", "snippet")
        around.report(
            [
                {key: getattr(hit, key) for key in keys}
                | {"id": str(hit.entity_id), "held_on": hit.held_on.isoformat() if hit.held_on else None}
                for hit in hits
            ]
        )
        return 0
    for hit, line in zip(hits, lines, strict=True):
        found = line if hit.entity in _TITLED_BY_KEY else hit
        day = f"{found.held_on:%Y-%m-%d}  " if found.held_on else ""
        around.say(f"{day}{found.title}  {hit.snippet}")
    around.say(f"共 {len(hits)} 条")
    return 0


def run_rules(arguments: argparse.Namespace, around: Surroundings) -> int:
    """The rules in force on a day; before the earliest one it says that there are none."""
    day: date = arguments.on or around.now.date()
    rules = shipped_rulebook().on(day).rules
    if arguments.json:
        around.report([_rule_as_json(rule) for rule in rules])
        return 0
    for rule in rules:
        around.say(f"{rule.id}  {rule.text}  {rule.citation}")
    around.say(f"{day:%Y-%m-%d}：有效规则 {len(rules)} 条" if rules else f"{day:%Y-%m-%d}：{NO_RULEBOOK}")
    return 0


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "requirement": finding.requirement,
        "scope": finding.scope,
        "period_start": finding.period_start.isoformat(),
        "period_end": finding.period_end.isoformat(),
        "state": finding.state.value,
        "records": [str(each) for each in finding.records],
        "reason": finding.reason,
        "article": finding.article,
        "confidence": finding.confidence,
    }


def _rule_as_json(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "text": rule.text,
        "document": rule.document.title,
        "article": rule.article,
        "from_on": rule.document.from_on.isoformat(),
        "to_on": rule.document.to_on.isoformat() if rule.document.to_on else None,
        "confidence": rule.confidence.value,
        "unconfirmed": rule.unconfirmed,
        "values": {
            key: value.isoformat() if isinstance(value, date) else value for key, value in rule.values.items()
        },
    }
