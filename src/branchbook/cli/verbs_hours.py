"""hours: the education hours of members in a year, and who is below the floor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import organisation_named
from branchbook.cli.parsing import year_argument
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.education_hours import StudyEntry
from branchbook.services.education_hours import HoursView, hours_of_year, hours_words
from branchbook.services.paper_values_hours import hours_note
from branchbook.services.store import Reading


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    hours = verbs.add_parser("hours", help="一年的党员教育培训学时：每人多少，谁没有达到")
    hours.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    hours.add_argument("--year", type=year_argument, metavar="N", help="哪一年，默认当年")
    hours.add_argument("--branch", metavar="NAME", help="只看这个支部")
    hours.add_argument("--json", action="store_true", help="以 JSON 输出：每人的学时和背后的记录")
    hours.accept_passphrase()
    hours.set_defaults(run=run_hours)


def run_hours(arguments: argparse.Namespace, around: Surroundings) -> int:
    """One part for each branch."""
    year = arguments.year or around.now.year
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        found = _of_branches(reading, arguments, around, year)
    if arguments.json:
        around.report([_as_json(each) for each in found])
        return 0
    for each in found:
        around.say(f"{each.branch} {each.year}年：{len(each.lines)} 名，未达到 {len(each.below)} 名")
        for line in each.lines:
            short = f"，还差 {hours_words(line.hours.missing)}" if line.hours.is_below else ""
            around.say(f"  {line.name}  {hours_words(line.hours.tenths)} / {line.hours.floor}{short}")
        around.say(f"  {hours_note(each)}")
    return 0


def _of_branches(
    reading: Reading, arguments: argparse.Namespace, around: Surroundings, year: int
) -> tuple[HoursView, ...]:
    roster, today = reading.roster(), around.now.date()
    named = (organisation_named(roster, arguments.branch, today),) if arguments.branch else ()
    branches = named or roster.branches_on(min(today, today.replace(year=year, month=12, day=31)))
    return tuple(hours_of_year(reading, each.id, year, today) for each in branches)


def _as_json(view: HoursView) -> dict[str, Any]:
    return {
        "branch": view.branch,
        "year": view.year,
        "on": view.day.isoformat(),
        "untimed_meetings": view.untimed,
        "members": [
            {
                "name": each.name,
                "hours": each.hours.tenths / 10,
                "floor": each.hours.floor,
                "below": each.hours.is_below,
                "article": each.hours.rule.citation if each.hours.rule else "",
                "records": [_entry_as_json(entry) for entry in each.hours.entries],
            }
            for each in view.lines
        ],
    }


def _entry_as_json(entry: StudyEntry) -> dict[str, Any]:
    return {
        "entity": entry.entity,
        "id": str(entry.id),
        "on": entry.on.isoformat(),
        "hours": entry.tenths / 10,
    }
