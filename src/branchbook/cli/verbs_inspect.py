"""inspect: everything that is owed, missing or inconsistent in a period."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import organisation_named
from branchbook.cli.surroundings import Surroundings
from branchbook.cli.verbs_measures import add_period, period_of
from branchbook.cli.writing import write_whole
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.inspection import InspectionLine, inspection, inspection_booklet, summary_words


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    inspect = verbs.add_parser("inspect", help="迎检清单：一段时间里欠缺、缺失和不一致的事项")
    inspect.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    add_period(inspect)
    inspect.add_argument("--json", action="store_true", help="以 JSON 输出")
    inspect.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="另存一份可以打印的 PDF")
    inspect.accept_passphrase()
    inspect.set_defaults(run=run_inspect)


def run_inspect(arguments: argparse.Namespace, around: Surroundings) -> int:
    """Every line under its heading; the branch named, else the general branch or the only branch."""
    period = period_of(arguments, around)
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        roster = reading.roster()
        name = arguments.scope or _whole(roster)
        place = organisation_named(roster, name, period.end)
        view = inspection(reading, place.id, period, around.now.date())
    if arguments.pdf:
        booklet = inspection_booklet(view, place.name_on(period.end))
        write_whole(arguments.pdf, around.workshop.press.press(booklet).pdf)
    if arguments.json:
        around.report([_as_json(each) for each in view.lines])
        return 0
    group = None
    for each in view.lines:
        if each.group is not group:
            group = each.group
            around.say(group.value)
        parts = (str(each.on or ""), each.place, each.what, each.detail, each.article)
        around.say(f"  {'　'.join(part for part in parts if part)}")
    around.say(summary_words(view))
    return 0


def _whole(roster: Roster) -> str:
    own = roster.general_branch() or next(iter(roster.organisations), None)
    if own is None:
        raise RefusedProblem("簿里还没有支部", "", "请先建立支部")
    return own.name


def _as_json(line: InspectionLine) -> dict[str, Any]:
    return {
        "group": line.group.value,
        "place": line.place,
        "what": line.what,
        "on": line.on.isoformat() if line.on else None,
        "detail": line.detail,
        "article": line.article,
        "entity": line.entity,
        "id": str(line.id) if line.id else None,
    }
