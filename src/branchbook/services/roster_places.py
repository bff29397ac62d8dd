"""Which branch and group the cells of a roster name; those that the book lacks are planned."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.organisations import FOUNDING_UNKNOWN, DatedName, Organisation, OrganisationKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster


class RosterPlaces:
    """Organisations by name as of one day. New branches are made in a general branch or an empty book."""

    def __init__(self, roster: Roster, on: date, branch_id: UUID | None = None) -> None:
        self._on = on
        self._general = roster.general_branch()
        self._empty = not roster.organisations
        self._branches = {_plain(each.name_on(on)): each for each in roster.branches_on(on)}
        self._groups = {
            (branch.id, _plain(group.name_on(on))): group
            for branch in self._branches.values()
            for group in roster.groups_of(branch.id, on)
        }
        self._default = self._default_branch(roster, branch_id)
        self.planned: list[Organisation] = []

    @property
    def general_branch(self) -> Organisation | None:
        """The general branch of the book."""
        return self._general

    def branch(self, name: str) -> Organisation:
        """The branch with this name; without a name, the one that the import is for.

        Raises RefusedProblem where it is unknown and cannot be made here.
        """
        if not name:
            if self._default is None:
                raise RefusedProblem("没有写所在支部", "", "请在文件中补填，或在导入时选择支部")
            return self._default
        found = self._branches.get(_plain(name))
        if found is None:
            found = self._branches[_plain(name)] = self._planned_branch(name)
        return found

    def group(self, branch: Organisation, name: str) -> Organisation:
        """The group of a branch with this name, planned where there is none."""
        key = (branch.id, _plain(name))
        if key not in self._groups:
            count = sum(1 for owner, _ in self._groups if owner == branch.id)
            names = (DatedName(name, branch.founded_on),)
            self._groups[key] = Organisation(
                uuid4(), OrganisationKind.GROUP, names, branch.founded_on, branch.id, position=count
            )
            self.planned.append(self._groups[key])
        return self._groups[key]

    def _planned_branch(self, name: str) -> Organisation:
        if self._general is None and not self._empty:
            known = "、".join(each.name for each in self._branches.values())
            raise RefusedProblem(
                f"簿中没有支部“{name}”", f"现有：{known}", "请改正支部名称，或先在“组织”中新建"
            )
        founded = self._general.founded_on if self._general else FOUNDING_UNKNOWN
        parent = self._general.id if self._general else None
        branch = Organisation(
            uuid4(),
            OrganisationKind.BRANCH,
            (DatedName(name, founded),),
            founded,
            parent,
            position=len(self._branches),
        )
        self.planned.append(branch)
        return branch

    def _default_branch(self, roster: Roster, branch_id: UUID | None) -> Organisation | None:
        if branch_id is not None:
            return roster.organisation_by_id[branch_id]
        return next(iter(self._branches.values())) if len(self._branches) == 1 else None


def _plain(name: str) -> str:
    return "".join(name.split())
