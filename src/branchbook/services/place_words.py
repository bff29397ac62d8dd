"""Short names of branches and groups, for a table in which those of a whole general branch stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from uuid import UUID

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.roster import Roster

LEAST_SHARED = 3
"""A beginning that all branches share is left out from this length on: 示例机关 of 示例机关第一党支部."""


def short_places(roster: Roster, places: Sequence[UUID], today: date) -> Mapping[UUID, str]:
    """第一支部, 第一支部第二小组, 总支, by id; for one branch alone nothing: it needs no name."""
    if len(places) < 2:
        return {}
    names = {each: roster.organisation_by_id[each].name_on(today) for each in places}
    branches = [each for each in places if _is(roster, each, OrganisationKind.BRANCH)]
    shared = _shared_beginning([names[each] for each in branches])
    words = {each: names[each][shared:].replace("党支部", "支部") for each in branches}
    words |= {each: "总支" for each in places if each not in words}
    for branch in branches:
        for group in roster.organisations:
            if group.parent_id == branch and group.kind == OrganisationKind.GROUP:
                words[group.id] = words[branch] + group.name_on(today).replace("党小组", "小组")
    return words


def _shared_beginning(names: Sequence[str]) -> int:
    """Its length; 第 stays with its number, and a name is never left empty."""
    if len(names) < 2:
        return 0
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    shared = "".join(letters[0] for letters in same).rstrip("第")
    return (
        len(shared) if len(shared) >= LEAST_SHARED and all(len(each) > len(shared) for each in names) else 0
    )


def _is(roster: Roster, place: UUID, kind: OrganisationKind) -> bool:
    return roster.organisation_by_id[place].kind == kind
