"""measures: every number of a period, with the records behind it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.dates import Period
from branchbook.domain.measures import Figure
from branchbook.services.measures import FigurePair, compared


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    measures = verbs.add_parser("measures", help="统计一段时间的各项数字，每个数字都能追到记录")
    measures.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    measures.add_argument(
        "--from", dest="start", type=day_argument, metavar="D", help="开始日期，默认今年 1 月 1 日"
    )
    measures.add_argument("--to", dest="end", type=day_argument, metavar="D", help="结束日期，默认今天")
    measures.add_argument("--scope", metavar="NAME", help="只统计这个支部或党总支，默认整本簿")
    measures.add_argument("--json", action="store_true", help="以 JSON 输出：名称、数值、背后的记录")
    measures.accept_passphrase()
    measures.set_defaults(run=run_measures)


def run_measures(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Every measure in its order; a number without records behind it is blank."""
    end: date = arguments.end or around.now.date()
    period = Period(arguments.start or date(end.year, 1, 1), end)
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        place = organisation_named(reading.roster(), arguments.scope, end) if arguments.scope else None
        pairs = compared(reading, period, place.id if place else None)
    if arguments.json:
        around.report([_as_json(each.now) for each in pairs])
        return 0
    group = ""
    for each in pairs:
        if each.now.measure.group != group:
            group = each.now.measure.group
            around.say(group)
        around.say(_in_words(each))
    around.say(f"{period.start} 至 {period.end}")
    return 0


def _in_words(pair: FigurePair) -> str:
    measure, before = pair.now.measure, pair.before.value
    shown = "—" if pair.now.value is None else f"{pair.now.value} {measure.unit}"
    return f"  {measure.name}  {shown}（上期 {'—' if before is None else before}）"


def _as_json(figure: Figure) -> dict[str, Any]:
    value = figure.value
    return {
        "key": figure.measure.key,
        "name": figure.measure.name,
        "unit": figure.measure.unit,
        "definition": figure.measure.definition,
        "value": None
        if value is None
        else int(value)
        if value == value.to_integral_value()
        else float(value),
        "blank_reason": figure.blank_reason,
        "records": [
            {"entity": each.entity, "id": str(each.id), "on": each.on.isoformat()} for each in figure.facts
        ],
    }
