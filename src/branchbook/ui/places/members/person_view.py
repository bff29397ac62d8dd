"""What the person's card shows, asked from the book in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.identity_number import faults
from branchbook.domain.people import FactKind, Person, PersonFact
from branchbook.domain.roster import Roster
from branchbook.services.person_page import PersonPage, person_page
from branchbook.services.store import Reading

Choices = tuple[tuple[UUID, str], ...]

NUMBER_SHARED = "身份证号与"


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's page with what its forms offer on that day.

    ``facts`` are the dated facts as they stand in the book, by id; ``groups`` are those of the own branch,
    ``committees`` where committee posts are held. ``number_warnings`` belong under the identity number.
    """

    page: PersonPage
    day: date
    facts: dict[UUID, PersonFact]
    branch_id: UUID | None
    group_id: UUID | None
    branches: Choices
    groups: Choices
    committees: Choices
    number_warnings: tuple[str, ...]
    other_warnings: tuple[str, ...]

    @property
    def person(self) -> Person:
        """The person, the identity number masked unless it was asked for."""
        return self.page.person

    @property
    def belongs(self) -> bool:
        """Whether the person belongs to a branch of the book on the day."""
        return self.branch_id is not None

    @property
    def summary(self) -> str:
        """第一支部 · 第一小组 · 正式党员 · 书记."""
        page = self.page
        return " · ".join(filter(None, (page.branch, page.group, page.standing, page.posts, self.departure)))

    @property
    def departure(self) -> str:
        """2026-09-01 转出, of someone who belongs to no branch on the day any more."""
        left = [line for line in self.page.facts_of(FactKind.MEMBERSHIP) if line.to_on]
        if self.belongs or not left:
            return ""
        return f"{left[0].to_on} {left[0].ending}".strip()


def person_view(reading: Reading, person_id: UUID, day: date, *, whole_number: bool = False) -> PersonView:
    """The view of a person on a day. Raises RefusedProblem where the person is in the recycle bin."""
    page = person_page(reading, person_id, day, whole_number=whole_number)
    roster = reading.roster()
    branch, group = roster.branch_of(person_id, day), roster.group_of(person_id, day)
    number = _number_warnings(roster.person_by_id[person_id], page.warnings)
    return PersonView(
        page,
        day,
        {fact.id: fact for fact in roster.facts_of(person_id)},
        branch.id if branch else None,
        group.id if group else None,
        tuple((each.id, each.name_on(day)) for each in roster.branches_on(day)),
        tuple((each.id, each.name_on(day)) for each in roster.groups_of(branch.id, day)) if branch else (),
        _committees(roster, branch.id if branch else None, day),
        number,
        tuple(each for each in page.warnings if each not in number),
    )


def _committees(roster: Roster, branch_id: UUID | None, day: date) -> Choices:
    """The own branch first, then the general branch."""
    found = [roster.organisation_by_id[branch_id]] if branch_id else []
    general = roster.general_branch()
    if general is not None and general.exists_on(day):
        found.append(general)
    return tuple((each.id, each.name_on(day)) for each in found)


def _number_warnings(person: Person, warnings: tuple[str, ...]) -> tuple[str, ...]:
    about = {fault.text for fault in faults(person.identity_number, person.born_on, person.sex)}
    return tuple(each for each in warnings if each in about or each.startswith(NUMBER_SHARED))
