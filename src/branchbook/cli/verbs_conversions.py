"""conversions: every probationary member, when the probation ends and what is missing."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import day_argument, organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.services.conversions import ConversionLine, conversions_on


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    conversions = verbs.add_parser("conversions", help="列出预备党员：预备期满日、还有几天、还缺什么")
    conversions.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    conversions.add_argument("--on", type=day_argument, metavar="DATE", help="以哪一天为今天，默认当天")
    conversions.add_argument("--branch", metavar="NAME", help="只看这个支部")
    conversions.add_argument("--json", action="store_true", help="以 JSON 输出")
    conversions.accept_passphrase()
    conversions.set_defaults(run=run_conversions)


def run_conversions(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Who ends soonest comes first; someone without a day of acceptance before all."""
    day: date = arguments.on or around.now.date()
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        branch = organisation_named(reading.roster(), arguments.branch, day) if arguments.branch else None
        lines = conversions_on(reading, day, branch.id if branch else None)
    if arguments.json:
        around.report([_as_json(each) for each in lines])
        return 0
    for each in lines:
        around.say(_in_words(each))
    around.say(f"{day:%Y-%m-%d}：预备党员 {len(lines)} 名")
    return 0


def _in_words(line: ConversionLine) -> str:
    place = f"{line.name}  {line.organisation_name}"
    if line.probation is None or line.days_left is None:
        return f"{place}  没有登记支部大会接收日期，预备期无法推算"
    left = f"还有 {line.days_left} 天" if line.days_left >= 0 else f"已满 {-line.days_left} 天"
    missing = "、".join(each.words for each in line.missing)
    parts = (place, f"{line.probation.ends_on} 期满", left, f"缺：{missing}" if missing else "", line.article)
    return "  ".join(part for part in parts if part)


def _as_json(line: ConversionLine) -> dict[str, Any]:
    probation = line.probation
    return {
        "name": line.name,
        "person_id": str(line.person_id),
        "organisation": line.organisation_name,
        "accepted_on": probation.accepted_on.isoformat() if probation else None,
        "ends_on": probation.ends_on.isoformat() if probation else None,
        "extended": probation is not None and probation.extension is not None,
        "days_left": line.days_left,
        "missing": [
            {
                "need": each.need.value,
                "due_on": each.due_on.isoformat(),
                "overdue": each.overdue,
                "article": each.article,
            }
            for each in line.missing
        ],
        "article": line.article,
        "procedure": str(line.procedure_id) if line.procedure_id else None,
    }
