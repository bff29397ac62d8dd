"""What the organisations' list and card show, each asked from the book in one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from branchbook.domain.organisations import Organisation, OrganisationKind, Term
from branchbook.domain.people import FactKind, PersonFact, Post, Standing
from branchbook.domain.roster import Roster
from branchbook.services.election_office import awaiting_approval
from branchbook.services.fact_words import value_words
from branchbook.services.guards import still_there
from branchbook.services.redrawing import people_of
from branchbook.services.store import Reading
from branchbook.services.words import word_of


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation in the tree. ``depth`` counts from 0; ``members`` are those of the day."""

    id: UUID
    name: str
    kind: OrganisationKind
    depth: int
    members: int
    founded_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post held in an organisation over time; ``awaits`` where someone is only elected to it (当选待批)."""

    fact_id: UUID
    person_id: UUID
    name: str
    post: str
    from_on: date
    to_on: date | None
    document: str
    awaits: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Someone who must be placed when an organisation is redrawn."""

    person_id: UUID
    name: str
    initials: str
    group: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as of ``day``; ``beside`` are its siblings of the same level on that day."""

    organisation: Organisation
    day: date
    parent: str
    full: int
    probationary: int
    people: tuple[Placed, ...]
    beside: tuple[tuple[UUID, str], ...]
    came_from: str
    terms: tuple[Term, ...]
    posts: tuple[PostLine, ...]

    @property
    def summary(self) -> str:
        """党支部 · 示例总支 · 正式党员 17 名，预备党员 2 名."""
        counted = f"正式党员 {self.full} 名，预备党员 {self.probationary} 名"
        return " · ".join(filter(None, (word_of(self.organisation.kind), self.parent, counted)))


def organisation_rows(reading: Reading, day: date) -> tuple[OrganisationRow, ...]:
    """The book's organisations that exist on a day, each followed by those below it."""
    roster = reading.roster()
    tops = [each for each in roster.organisations if each.parent_id is None and each.exists_on(day)]
    found: list[OrganisationRow] = []

    def add(organisation: Organisation, depth: int) -> None:
        members = len(roster.members_on(organisation.id, day))
        found.append(
            OrganisationRow(
                organisation.id,
                organisation.name_on(day),
                organisation.kind,
                depth,
                members,
                organisation.known_founding,
                organisation.closed_on,
            )
        )
        for child in roster.children_of(organisation.id, day):
            add(child, depth + 1)

    for top in tops:
        add(top, 0)
    return tuple(found)


def organisation_view(reading: Reading, organisation_id: UUID, day: date) -> OrganisationView:
    """The card of an organisation. Raises RefusedProblem where it is in the recycle bin."""
    organisation = still_there(reading, Organisation, organisation_id, "这个组织")
    roster = reading.roster()
    parent = roster.organisation_by_id.get(organisation.parent_id) if organisation.parent_id else None
    members = roster.members_on(organisation_id, day)
    full = sum(roster.standing_on(person.id, day) is Standing.FULL for person in members)
    siblings = roster.children_of(parent.id, day, organisation.kind) if parent else ()
    terms = (term for term in roster.terms if term.organisation_id == organisation_id)
    before = (roster.organisation_by_id[each] for each in organisation.predecessor_ids)
    return OrganisationView(
        organisation,
        day,
        parent.name_on(day) if parent else "",
        full,
        len(members) - full,
        _people(roster, organisation, day),
        tuple((each.id, each.name_on(day)) for each in siblings if each.id != organisation_id),
        "、".join(each.name for each in before),
        tuple(sorted(terms, key=lambda term: term.elected_on, reverse=True)),
        (*_awaiting(reading, organisation_id, day), *_posts(roster, organisation_id)),
    )


def _people(roster: Roster, organisation: Organisation, day: date) -> tuple[Placed, ...]:
    """Of a branch everyone on its list, applicants included; of another organisation its members."""
    if organisation.kind is OrganisationKind.BRANCH:
        found = [roster.person_by_id[each] for each in people_of(roster, organisation.id, day)]
        found.sort(key=lambda person: (person.position, person.name))
    else:
        found = list(roster.members_on(organisation.id, day))
    placed = []
    for person in found:
        group = roster.group_of(person.id, day)
        placed.append(Placed(person.id, person.name, person.initials, group.name_on(day) if group else ""))
    return tuple(placed)


_RANK = {post: number for number, post in enumerate(Post)}


def _awaiting(reading: Reading, organisation_id: UUID, day: date) -> Iterator[PostLine]:
    """Secretary and deputies whom the higher organisation has not approved yet (支部工作条例, B-38)."""
    for each in awaiting_approval(reading, organisation_id, day):
        key = uuid5(each.procedure_id, f"{each.person_id}:{each.post}:awaits")
        yield PostLine(key, each.person_id, each.name, each.words, each.elected_on, None, "", awaits=True)


def _posts(roster: Roster, organisation_id: UUID) -> tuple[PostLine, ...]:
    """Every post ever held here: those of today first, then the latest, in order of rank."""
    facts = [
        fact
        for fact in roster.facts
        if fact.kind is FactKind.POST and fact.organisation_id == organisation_id
    ]

    def order(fact: PersonFact) -> tuple[bool, int, int]:
        return fact.to_on is not None, -fact.from_on.toordinal(), _RANK[Post(fact.value)]

    return tuple(
        PostLine(
            fact.id,
            fact.person_id,
            roster.person_by_id[fact.person_id].name,
            value_words(fact),
            fact.from_on,
            fact.to_on,
            fact.document,
        )
        for fact in sorted(facts, key=order)
    )
