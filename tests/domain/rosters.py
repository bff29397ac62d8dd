"""Small invented rosters for tests: people named 甲, 乙, …; nothing here is anyone's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind, Term
from branchbook.domain.people import FactKind, Person, PersonFact, Standing
from branchbook.domain.roster import Roster

NAMESPACE = UUID("00000000-0000-4000-8000-000000000001")
LONG_AGO = date(2020, 1, 1)


def identity(*parts: object) -> UUID:
    """The same UUID for the same words, so that failures read the same each run."""
    return uuid5(NAMESPACE, "/".join(map(str, parts)))


@dataclass
class RosterBuilder:
    """Builds a roster step by step: ``branch``, ``member``, ``fact``; then ``roster()``."""

    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    facts: list[PersonFact] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def organisation(
        self,
        name: str,
        kind: OrganisationKind = OrganisationKind.BRANCH,
        parent: UUID | None = None,
        founded_on: date = LONG_AGO,
    ) -> UUID:
        """Add an organisation; returns its id."""
        made = Organisation(
            identity("organisation", name), kind, (DatedName(name, founded_on),), founded_on, parent
        )
        self.organisations.append(made)
        return made.id

    def member(
        self,
        name: str,
        branch: UUID,
        standing: Standing = Standing.FULL,
        from_on: date = LONG_AGO,
        to_on: date | None = None,
    ) -> UUID:
        """Add a person who belongs to a branch; returns the id."""
        person = Person(identity("person", name), name, position=len(self.people))
        self.people.append(person)
        self.fact(person.id, FactKind.MEMBERSHIP, "on_record", from_on, to_on, branch)
        self.fact(person.id, FactKind.STANDING, standing.value, from_on, to_on)
        return person.id

    def members(self, names: Sequence[str], branch: UUID, standing: Standing = Standing.FULL) -> list[UUID]:
        """Add several members alike."""
        return [self.member(name, branch, standing) for name in names]

    def fact(
        self,
        person: UUID,
        kind: FactKind,
        value: str,
        from_on: date = LONG_AGO,
        to_on: date | None = None,
        organisation: UUID | None = None,
    ) -> None:
        """Add a dated fact."""
        key = identity("fact", person, kind, value, from_on, organisation)
        self.facts.append(PersonFact(key, person, kind, value, from_on, to_on, organisation))

    def term(self, organisation: UUID, elected_on: date, *, with_committee: bool, years: int = 3) -> None:
        """Add a term of office."""
        key = identity("term", organisation, elected_on)
        self.terms.append(Term(key, organisation, elected_on, years, with_committee))

    def roster(self) -> Roster:
        """What was built."""
        return Roster(tuple(self.people), tuple(self.facts), tuple(self.organisations), tuple(self.terms))
