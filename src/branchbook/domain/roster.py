"""The roster: people, organisations and facts together, asked on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from branchbook.domain.organisations import Organisation, OrganisationKind, Term, by_position
from branchbook.domain.people import (
    COMMITTEE_POSTS,
    FactKind,
    Mark,
    Person,
    PersonFact,
    Post,
    Restriction,
    Standing,
)

MEMBER_STANDINGS = frozenset({Standing.PROBATIONARY, Standing.FULL})
_DAYS_KEPT = 8
_POST_ORDER = {post: index for index, post in enumerate(Post)}


@dataclass(frozen=True, slots=True)
class DayOfRoster:
    """Who stands where on one day: from one pass over all facts, for lists of many people.

    ``standings`` hold the fact that began the standing, ``branches`` the branch, both by person.
    """

    standings: Mapping[UUID, PersonFact]
    branches: Mapping[UUID, Organisation]


@dataclass(frozen=True)
class Roster:
    """Everything that decides who belonged where on a day. Built once, asked many times."""

    people: tuple[Person, ...]
    facts: tuple[PersonFact, ...]
    organisations: tuple[Organisation, ...]
    terms: tuple[Term, ...] = ()

    @cached_property
    def person_by_id(self) -> Mapping[UUID, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def organisation_by_id(self) -> Mapping[UUID, Organisation]:
        """Organisations by id."""
        return {organisation.id: organisation for organisation in self.organisations}

    @cached_property
    def _facts_by_person(self) -> Mapping[UUID, tuple[PersonFact, ...]]:
        grouped: dict[UUID, list[PersonFact]] = defaultdict(list)
        for fact in self.facts:
            grouped[fact.person_id].append(fact)
        return {key: tuple(sorted(each, key=lambda fact: fact.from_on)) for key, each in grouped.items()}

    @cached_property
    def _facts_by_kind(self) -> Mapping[tuple[UUID, FactKind], tuple[PersonFact, ...]]:
        grouped: dict[tuple[UUID, FactKind], list[PersonFact]] = defaultdict(list)
        for facts in self._facts_by_person.values():
            for fact in facts:
                grouped[fact.person_id, fact.kind].append(fact)
        return {key: tuple(each) for key, each in grouped.items()}

    @cached_property
    def _facts_by_place(self) -> Mapping[tuple[FactKind, UUID], tuple[PersonFact, ...]]:
        grouped: dict[tuple[FactKind, UUID], list[PersonFact]] = defaultdict(list)
        for fact in self.facts:
            if fact.organisation_id is not None:
                grouped[fact.kind, fact.organisation_id].append(fact)
        return {key: tuple(each) for key, each in grouped.items()}

    @cached_property
    def _days(self) -> dict[date, DayOfRoster]:
        return {}

    def on(self, day: date) -> DayOfRoster:
        """Everyone's standing and branch on ``day``, the later of two facts as elsewhere; kept for the next list."""
        if day not in self._days:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            self._days[day] = self._day(day)
        return self._days[day]

    def _day(self, day: date) -> DayOfRoster:
        standings: dict[UUID, PersonFact] = {}
        places: dict[UUID, PersonFact] = {}
        of_kind = {FactKind.STANDING: standings, FactKind.MEMBERSHIP: places}
        for fact in self.facts:
            found = of_kind.get(fact.kind)
            if found is None or not fact.holds_on(day):
                continue
            known = found.get(fact.person_id)
            if known is None or known.from_on <= fact.from_on:
                found[fact.person_id] = fact
        branches: dict[UUID, Organisation] = {}
        for person_id, fact in places.items():
            branch = self.organisation_by_id.get(fact.organisation_id) if fact.organisation_id else None
            if branch is not None:
                branches[person_id] = branch
        return DayOfRoster(standings, branches)

    def facts_of(self, person_id: UUID, kind: FactKind | None = None) -> tuple[PersonFact, ...]:
        """All facts of a person in order of ``from_on``, of one kind or of all."""
        if kind is None:
            return self._facts_by_person.get(person_id, ())
        return self._facts_by_kind.get((person_id, kind), ())

    def facts_on(self, person_id: UUID, kind: FactKind, day: date) -> tuple[PersonFact, ...]:
        """The facts of one kind that hold for a person on ``day``."""
        return tuple(fact for fact in self.facts_of(person_id, kind) if fact.holds_on(day))

    def standing_on(self, person_id: UUID, day: date) -> Standing | None:
        """The person's standing on ``day``, None where none is recorded."""
        held = self.facts_on(person_id, FactKind.STANDING, day)
        return Standing(held[-1].value) if held else None

    def restrictions_on(self, person_id: UUID, day: date) -> frozenset[Restriction]:
        """Restrictions in force for the person on ``day``."""
        held = self.facts_on(person_id, FactKind.RESTRICTION, day)
        return frozenset(Restriction(fact.value) for fact in held)

    def marks_on(self, person_id: UUID, day: date) -> frozenset[Mark]:
        """Marks of the person on ``day``."""
        return frozenset(Mark(fact.value) for fact in self.facts_on(person_id, FactKind.MARK, day))

    def branch_of(self, person_id: UUID, day: date) -> Organisation | None:
        """The branch to which the person belongs on ``day``."""
        return self._place_of(person_id, FactKind.MEMBERSHIP, day)

    def group_of(self, person_id: UUID, day: date) -> Organisation | None:
        """The group to which the person belongs on ``day``."""
        return self._place_of(person_id, FactKind.GROUP, day)

    def posts_on(self, person_id: UUID, day: date) -> tuple[PersonFact, ...]:
        """The posts that the person holds on ``day``, in order of rank."""
        held = self.facts_on(person_id, FactKind.POST, day)
        return tuple(sorted(held, key=lambda fact: _POST_ORDER[Post(fact.value)]))

    def members_on(self, organisation_id: UUID, day: date) -> tuple[Person, ...]:
        """Full and probationary members of a branch, group or whole general branch on ``day``.

        The order is the roster's: position, then name. Applicants are not members.
        """
        found = (
            self.person_by_id[person_id]
            for person_id in self._belonging_on(organisation_id, day)
            if self.standing_on(person_id, day) in MEMBER_STANDINGS
        )
        return tuple(sorted(found, key=lambda person: (person.position, person.name, str(person.id))))

    def committee_on(self, organisation_id: UUID, day: date) -> tuple[Person, ...]:
        """Members of the committee on ``day`` in order of post, each once; empty without a committee."""
        if not self.has_committee_on(organisation_id, day):
            return ()
        return self._holders(organisation_id, COMMITTEE_POSTS, day)

    def has_committee_on(self, organisation_id: UUID, day: date) -> bool:
        """Whether a committee is in office on ``day``: by the term, else by its members' posts."""
        term = self.term_on(organisation_id, day)
        if term is not None:
            return term.with_committee
        only_heads = {Post.SECRETARY, Post.DEPUTY_SECRETARY}
        return bool(self._holders(organisation_id, COMMITTEE_POSTS - only_heads, day))

    def term_on(self, organisation_id: UUID, day: date) -> Term | None:
        """The term of office that runs on ``day``."""
        running = [
            term for term in self.terms if term.organisation_id == organisation_id and term.runs_on(day)
        ]
        return max(running, key=lambda term: term.elected_on) if running else None

    def holder_of(self, organisation_id: UUID, post: Post, day: date) -> Person | None:
        """Who holds ``post`` in an organisation on ``day``; the longest-serving where there are several."""
        holders = self._holders(organisation_id, frozenset({post}), day)
        return holders[0] if holders else None

    def post_facts_on(self, organisation_id: UUID, day: date) -> tuple[PersonFact, ...]:
        """Every post held in an organisation on ``day``, in order of rank."""
        facts = self._facts_by_place.get((FactKind.POST, organisation_id), ())
        held = (fact for fact in facts if fact.holds_on(day))
        return tuple(sorted(held, key=lambda fact: (_POST_ORDER[Post(fact.value)], fact.from_on)))

    def children_of(
        self, organisation_id: UUID, day: date, kind: OrganisationKind | None = None
    ) -> tuple[Organisation, ...]:
        """Organisations directly below, existing on ``day``, in the book's order."""
        return by_position(
            each
            for each in self.organisations
            if each.parent_id == organisation_id and each.exists_on(day) and kind in (None, each.kind)
        )

    def groups_of(self, branch_id: UUID, day: date) -> tuple[Organisation, ...]:
        """Groups of a branch on ``day``."""
        return self.children_of(branch_id, day, OrganisationKind.GROUP)

    def branches_on(self, day: date) -> tuple[Organisation, ...]:
        """All branches that exist on ``day``, in the book's order."""
        branches = (each for each in self.organisations if each.kind == OrganisationKind.BRANCH)
        return by_position(each for each in branches if each.exists_on(day))

    def branches_within(self, organisation_id: UUID) -> frozenset[UUID]:
        """The branch itself, or every branch that a general branch ever had."""
        below = (each.id for each in self.organisations if each.parent_id == organisation_id)
        place = self.organisation_by_id.get(organisation_id)
        general = place is not None and place.kind == OrganisationKind.GENERAL_BRANCH
        return frozenset(below) if general else frozenset({organisation_id})

    def general_branch(self) -> Organisation | None:
        """The general branch of this book, if it has one."""
        found = [each for each in self.organisations if each.kind == OrganisationKind.GENERAL_BRANCH]
        return found[0] if found else None

    def _place_of(self, person_id: UUID, kind: FactKind, day: date) -> Organisation | None:
        held = self.facts_on(person_id, kind, day)
        if not held or held[-1].organisation_id is None:
            return None
        return self.organisation_by_id.get(held[-1].organisation_id)

    def _belonging_on(self, organisation_id: UUID, day: date) -> set[UUID]:
        organisation = self.organisation_by_id[organisation_id]
        if organisation.kind == OrganisationKind.GENERAL_BRANCH:
            branches = self.children_of(organisation_id, day, OrganisationKind.BRANCH)
            return {person for branch in branches for person in self._belonging_on(branch.id, day)}
        is_group = organisation.kind == OrganisationKind.GROUP
        kind = FactKind.GROUP if is_group else FactKind.MEMBERSHIP
        facts = self._facts_by_place.get((kind, organisation_id), ())
        return {fact.person_id for fact in facts if fact.holds_on(day)}

    def _holders(self, organisation_id: UUID, posts: Iterable[Post], day: date) -> tuple[Person, ...]:
        wanted = frozenset(posts)
        facts = self.post_facts_on(organisation_id, day)
        ids = dict.fromkeys(fact.person_id for fact in facts if Post(fact.value) in wanted)
        return tuple(self.person_by_id[person_id] for person_id in ids)
