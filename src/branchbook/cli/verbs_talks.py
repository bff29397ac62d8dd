"""talks: who talked with whom in a year, what is missing by the rule, and who waits for a talk."""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import organisation_named
from branchbook.cli.parsing import year_argument
from branchbook.cli.surroundings import Surroundings
from branchbook.services.store import Reading
from branchbook.services.talks import CIRCLE_WORDS, TalksOfYear, talks_of_year


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    talks = verbs.add_parser("talks", help="一年的谈心谈话：谁与谁谈过，还缺什么，谁在等待谈话")
    talks.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    talks.add_argument("--year", type=year_argument, metavar="N", help="哪一年，默认当年")
    talks.add_argument("--branch", metavar="NAME", help="只看这个支部")
    talks.add_argument("--drafts", action="store_true", help="连同未定稿的谈话")
    talks.add_argument("--json", action="store_true", help="以 JSON 输出")
    talks.accept_passphrase()
    talks.set_defaults(run=run_talks)


def run_talks(arguments: argparse.Namespace, around: Surroundings) -> int:
    """One part for each branch; no subject and no content of any talk is told."""
    year = arguments.year or around.now.year
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        found = _of_branches(reading, arguments, around, year)
    if arguments.json:
        around.report([_as_json(each) for each in found])
        return 0
    for each in found:
        for line in _in_words(each):
            around.say(line)
    return 0


def _of_branches(
    reading: Reading, arguments: argparse.Namespace, around: Surroundings, year: int
) -> tuple[TalksOfYear, ...]:
    roster, today = reading.roster(), around.now.date()
    named = (organisation_named(roster, arguments.branch, today),) if arguments.branch else ()
    branches = named or roster.branches_on(min(today, today.replace(year=year, month=12, day=31)))
    return tuple(
        talks_of_year(reading, each.id, year, today, with_drafts=arguments.drafts) for each in branches
    )


def _in_words(found: TalksOfYear) -> list[str]:
    head = f"{found.branch} {found.year}年：{len(found.summaries)} 次谈话，还缺 {len(found.missing)} 项"
    lines = [f"{head}（{found.article}，建议）" if found.article else head]
    lines += [f"  缺 {CIRCLE_WORDS[each.circle]}：{found.sentence(each)}" for each in found.missing]
    lines += [
        f"  必谈 {each.name}：{found.name(each.person)}（{each.arose_on}，之后还没有谈话）"
        for each in found.waiting
    ]
    return lines


def _as_json(found: TalksOfYear) -> dict[str, Any]:
    return {
        "branch": found.branch,
        "year": found.year,
        "on": found.day.isoformat(),
        "article": found.article,
        "committee": [found.name(each) for each in found.matrix.committee],
        "members": [found.name(each) for each in found.matrix.members],
        "talks": [
            {
                "between": [found.name(one), found.name(other)],
                "circle": found.matrix.circle_of(one, other).value,
                "held_on": [str(found.summaries[each].held_on) for each in found.matrix.between(one, other)],
            }
            for one, other in combinations(found.matrix.members, 2)
            if found.matrix.between(one, other)
        ],
        "missing": [
            {
                "circle": each.circle.value,
                "person": found.name(each.person),
                "other": found.name(each.other) if each.other is not None else None,
                "held": each.held,
            }
            for each in found.missing
        ],
        "waiting": [
            {"person": found.name(each.person), "occasion": each.name, "arose_on": str(each.arose_on)}
            for each in found.waiting
        ],
    }
