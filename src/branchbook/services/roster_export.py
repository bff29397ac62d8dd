"""The roster as a list for a spreadsheet, such that importing it again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

from branchbook.domain.identity_number import mask
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Person
from branchbook.domain.roster import Roster
from branchbook.services.exchange_files import ListColumn, ListTable, TableFiles
from branchbook.services.roster_columns import COLUMNS
from branchbook.services.roster_facts import post_words, read_post
from branchbook.services.roster_words import words_of
from branchbook.services.words import word_of

_Cell = Callable[[Roster, Person, date], str]


def roster_table(
    roster: Roster, on: date, organisation_id: UUID | None = None, *, masked: bool = False
) -> ListTable:
    """Everyone who belongs to an organisation (None: to any branch of the book) on a day.

    ``masked`` hides the middle of identity numbers; such a cell changes nothing when read again.
    """
    columns = tuple(ListColumn(column.label, column.width) for column in COLUMNS)
    cells = {**_CELLS, "identity_number": _masked_number} if masked else _CELLS
    rows = tuple(
        tuple(cells[column.key](roster, person, on) for column in COLUMNS)
        for person in _belonging(roster, on, organisation_id)
    )
    return ListTable("党员花名册", columns, rows)


def export_roster(
    files: TableFiles,
    path: Path,
    roster: Roster,
    on: date,
    organisation_id: UUID | None = None,
    *,
    masked: bool = False,
) -> int:
    """Write the roster as xlsx; returns the number of people. Raises UnreadableProblem where it cannot."""
    table = roster_table(roster, on, organisation_id, masked=masked)
    files.write(path, [table])
    return len(table.rows)


def _belonging(roster: Roster, on: date, organisation_id: UUID | None) -> list[Person]:
    """In the order of branches and of the roster; applicants on the branch's list too."""
    place = roster.organisation_by_id[organisation_id] if organisation_id else None
    branches = {branch.id: index for index, branch in enumerate(_branches(roster, on, place))}
    found = []
    for person in roster.people:
        branch = roster.branch_of(person.id, on)
        if branch is None or branch.id not in branches:
            continue
        if place is not None and place.kind is OrganisationKind.GROUP:
            group = roster.group_of(person.id, on)
            if group is None or group.id != place.id:
                continue
        found.append((branches[branch.id], person.position, person.name, str(person.id), person))
    return [each[-1] for each in sorted(found, key=lambda each: each[:-1])]


def _branches(roster: Roster, on: date, place: Organisation | None) -> tuple[Organisation, ...]:
    if place is None or place.kind is OrganisationKind.GENERAL_BRANCH:
        return roster.branches_on(on)
    if place.kind is OrganisationKind.GROUP and place.parent_id is not None:
        return (roster.organisation_by_id[place.parent_id],)
    return (place,)


def _name_of(organisation: Organisation | None, on: date) -> str:
    return organisation.name_on(on) if organisation else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _standing(roster: Roster, person: Person, on: date) -> str:
    standing = roster.standing_on(person.id, on)
    return word_of(standing) if standing else ""


def _posts(roster: Roster, person: Person, on: date) -> str:
    return post_words(read_post(fact, roster) for fact in roster.posts_on(person.id, on))


def _posts_since(roster: Roster, person: Person, on: date) -> str:
    """The day of the posts where they all began together; several days do not fit into one cell."""
    days = {fact.from_on for fact in roster.posts_on(person.id, on)}
    return _day(next(iter(days))) if len(days) == 1 else ""


def _member_since(roster: Roster, person: Person, on: date) -> str:
    held = roster.facts_on(person.id, FactKind.MEMBERSHIP, on)
    came = [fact for fact in held if fact.value == MembershipChange.TRANSFERRED_IN]
    return _day(came[-1].from_on) if came else ""


def _masked_number(_roster: Roster, person: Person, _on: date) -> str:
    return mask(person.identity_number) if person.identity_number else ""


def _plain(key: str) -> _Cell:
    def cell(_roster: Roster, person: Person, _on: date) -> str:
        value = getattr(person, key)
        return value.isoformat() if isinstance(value, date) else str(value or "")

    return cell


_CELLS: Mapping[str, _Cell] = {
    **{column.key: _plain(column.key) for column in COLUMNS},
    "sex": lambda _roster, person, _on: word_of(person.sex) if person.sex else "",
    "branch": lambda roster, person, on: _name_of(roster.branch_of(person.id, on), on),
    "group": lambda roster, person, on: _name_of(roster.group_of(person.id, on), on),
    "standing": _standing,
    "posts": _posts,
    "posts_since": _posts_since,
    "member_since": _member_since,
    "marks": lambda roster, person, on: words_of(roster.marks_on(person.id, on)),
    "restrictions": lambda roster, person, on: words_of(roster.restrictions_on(person.id, on)),
}
