"""Cells of a list read again: a day, the names of people, and whether a cell says what the book says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import PersonRef
from branchbook.domain.roster import Roster
from branchbook.services.guards import clean_line
from branchbook.services.record_defaults import reference_to
from branchbook.services.roster_dates import Precision, read_date

NOTHING = "无"
"""What a user writes into a cell to empty what the book holds; an empty cell changes nothing."""

_BETWEEN_NAMES = re.compile(r"[、，,;；\n]+")
_CELL_LIMIT = 32_767
_UNSPOKEN = re.compile(r"[\s\x00-\x1f]+")


def says_the_same(cell: str, shown: str) -> bool:
    """Whether a cell still says what was written into it.

    A spreadsheet drops control characters and blanks at the ends, rewrites line breaks, and holds 32,767
    characters; none of that is a change by the user.
    """
    return _plain(cell[:_CELL_LIMIT]) == _plain(shown[:_CELL_LIMIT])


def read_day(text: str, latest: date = date.max) -> date:
    """A whole day, not later than ``latest``. Raises RefusedProblem for a month, a year or anything else."""
    read = read_date(text, latest)
    if read.precision is not Precision.DAY:
        raise RefusedProblem("要写到日", text, "例如 2026-05-08")
    return read.day


@dataclass(frozen=True)
class NameReader:
    """Reads names of people as an organisation knows them on a day."""

    roster: Roster
    organisation_id: UUID
    day: date

    def read(self, text: str, before: Sequence[PersonRef]) -> tuple[tuple[PersonRef, ...], tuple[str, ...]]:
        """The people named, and the names that nobody in the roster has.

        A name that stood there before keeps its reference. Raises RefusedProblem for a name that several
        people of the roster have.
        """
        if text.strip() == NOTHING:
            return (), ()
        known = {each.name: each for each in before}
        people, strangers = [], []
        for name in (clean_line(part, "姓名") for part in _BETWEEN_NAMES.split(text)):
            if not name:
                continue
            person = None if name in known else self._person(name)
            if name in known:
                people.append(known[name])
            elif person is not None:
                people.append(reference_to(self.roster, person, self.organisation_id, self.day))
            else:
                people.append(PersonRef(name))
                strangers.append(name)
        return tuple(people), tuple(strangers)

    def _person(self, name: str) -> Person | None:
        found = [person for person in self.roster.people if person.name == name]
        here = [person for person in found if self._belongs(person)]
        chosen = here or found
        if len(chosen) > 1:
            raise RefusedProblem("花名册里有多人同名，不能辨认", name, "请在程序中选择")
        return chosen[0] if chosen else None

    def _belongs(self, person: Person) -> bool:
        branch = self.roster.branch_of(person.id, self.day)
        group = self.roster.group_of(person.id, self.day)
        return self.organisation_id in {each.id for each in (branch, group) if each is not None}


def _plain(text: str) -> str:
    return _UNSPOKEN.sub("", text)
