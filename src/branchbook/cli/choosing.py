"""Words of the command line to values: a day, an organisation by its name."""

from __future__ import annotations

import argparse
from datetime import date
from uuid import UUID

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

    Groups of several branches often have one name: 某支部/某小组 (or without the stroke) says which.
    Raises RefusedProblem listing the names there are.
    """
    present = [each for each in roster.organisations if name in _names_on(roster, each, day)]
    former = [each for each in roster.organisations if any(dated.name == name for dated in each.names)]
    found = present or former
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(sorted(_names_on(roster, each, day)[-1] for each in found))
        raise RefusedProblem("有同名的组织，分不清是哪一个", name, f"请写成其中一个：{names}")
    shown = sorted(
        (each for each in roster.organisations if each.kind != "group"),
        key=lambda each: (each.kind == "branch", each.position, each.founded_on),
    )
    names = "、".join(each.name_on(day) for each in shown)
    raise RefusedProblem(
        "没有这个名称的组织", name, f"可用的名称：{names}" if names else "这本簿里还没有组织"
    )


def organisation_or_all(roster: Roster, name: str | None, day: date) -> UUID:
    """The organisation named; else the general branch, else the only branch there is.

    Raises RefusedProblem for an unknown name, or where the book has no organisation yet.
    """
    if name:
        return organisation_named(roster, name, day).id
    top = roster.general_branch()
    branches = roster.branches_on(day)
    if top is None and not branches:
        raise RefusedProblem("这本簿里还没有组织", "", "请先建立支部")
    return top.id if top is not None else branches[0].id


def _names_on(roster: Roster, organisation: Organisation, day: date) -> tuple[str, ...]:
    """What an organisation may be called by; the last one tells it from any other."""
    own = organisation.name_on(day)
    above = roster.organisation_by_id.get(organisation.parent_id) if organisation.parent_id else None
    if organisation.kind != "group" or above is None:
        return (own,)
    return (own, f"{above.name_on(day)}{own}", f"{above.name_on(day)}/{own}")
