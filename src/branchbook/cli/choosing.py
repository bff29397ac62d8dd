"""Words of the command line to values: a day, an organisation by its name."""

from __future__ import annotations

import argparse
from datetime import date

from branchbook.domain.dates import parse_date
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.roster import Roster


def day_argument(text: str) -> date:
    """A date as people write it, with its year. Raises the parser's error for anything else."""
    try:
        return parse_date(text, date.today())
    except Problem as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def organisation_named(roster: Roster, name: str, day: date) -> Organisation:
    """The branch, general branch or group of that name, then by any former name.

    Raises RefusedProblem listing the names there are.
    """
    present = [each for each in roster.organisations if each.name_on(day) == name]
    former = [each for each in roster.organisations if any(dated.name == name for dated in each.names)]
    found = present or former
    if len(found) == 1:
        return found[0]
    shown = sorted(
        (each for each in roster.organisations if each.kind != "group"),
        key=lambda each: (each.kind == "branch", each.position, each.founded_on),
    )
    names = "、".join(each.name_on(day) for each in shown)
    what = "有同名的组织，分不清是哪一个" if found else "没有这个名称的组织"
    raise RefusedProblem(what, name, f"可用的名称：{names}" if names else "这本簿里还没有组织")
