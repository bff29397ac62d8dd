"""The rows of the Members table as of a day, and the filter that narrows them as one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.dates import full_years
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Person, Post, Sex, Standing
from branchbook.domain.roster import MEMBER_STANDINGS, Roster
from branchbook.services.election_office import AwaitingApproval, awaiting_by_person
from branchbook.services.fact_words import value_words
from branchbook.services.store import Reading
from branchbook.services.words import word_of


class Listed(StrEnum):
    """Whom the table lists."""

    MEMBERS = "members"  # full and probationary members
    APPLICANTS = "applicants"  # those on the way: applicants, activists, development candidates
    FORMER = "former"  # those who were here before the day and are no longer


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person as of a day. Words are ready to be shown; ids let the table open and filter.

    ``age`` and ``years_of_membership`` are completed years, None where the date is missing.
    ``distinction`` tells people of the same name apart; it is empty for a name that stands once.
    """

    person_id: UUID
    name: str
    initials: str
    sex: Sex | None
    standing: Standing | None
    branch_id: UUID | None
    branch: str
    group_id: UUID | None
    group: str
    posts: str
    age: int | None
    years_of_membership: int | None
    marks: str
    restrictions: str
    distinction: str = ""

    @property
    def shown_name(self) -> str:
        """The name, with what tells it apart where it stands twice."""
        return f"{self.name}（{self.distinction}）" if self.distinction else self.name


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What the filter above the table holds; empty parts do not limit.

    ``text`` is part of a name or of its pinyin initials; several words must all be found.
    """

    text: str = ""
    group_id: UUID | None = None
    standing: Standing | None = None


def member_rows(
    reading: Reading, organisation_id: UUID, day: date, listed: Listed = Listed.MEMBERS
) -> tuple[MemberRow, ...]:
    """The rows of an organisation on a day in the roster's order; of a general branch, all its branches'."""
    roster = reading.roster()
    awaiting = awaiting_by_person(reading, day)
    rows = tuple(
        _row(roster, person, day, awaiting.get(person.id, ()))
        for person in _people(roster, organisation_id, day, listed)
    )
    return _told_apart(roster, rows)


def matching(rows: Iterable[MemberRow], wanted: MemberFilter) -> tuple[MemberRow, ...]:
    """The rows that pass the filter, in their order."""
    words = wanted.text.lower().split()
    return tuple(
        row
        for row in rows
        if wanted.group_id in (None, row.group_id)
        and wanted.standing in (None, row.standing)
        and all(_found(word, row) for word in words)
    )


def _found(word: str, row: MemberRow) -> bool:
    if word in row.name.lower():
        return True
    return word.isascii() and any(initials.startswith(word) for initials in row.initials.split())


def _people(roster: Roster, organisation_id: UUID, day: date, listed: Listed) -> tuple[Person, ...]:
    if listed == Listed.MEMBERS:
        return roster.members_on(organisation_id, day)
    places = _places(roster, organisation_id)
    kind = roster.organisation_by_id[organisation_id].kind
    fact_kind = FactKind.GROUP if kind == OrganisationKind.GROUP else FactKind.MEMBERSHIP
    found = []
    for person in roster.people:
        here = [f for f in roster.facts_of(person.id, fact_kind) if f.organisation_id in places]
        belongs = any(fact.holds_on(day) for fact in here)
        if listed == Listed.FORMER:
            fits = not belongs and any(fact.from_on <= day for fact in here)
        else:
            standing = roster.standing_on(person.id, day)
            fits = belongs and standing not in MEMBER_STANDINGS
        if fits:
            found.append(person)
    return tuple(sorted(found, key=lambda person: (person.position, person.name, str(person.id))))


def _places(roster: Roster, organisation_id: UUID) -> frozenset[UUID]:
    """The organisation itself; of a general branch, all branches that it ever had."""
    if roster.organisation_by_id[organisation_id].kind != OrganisationKind.GENERAL_BRANCH:
        return frozenset({organisation_id})
    return frozenset(each.id for each in roster.organisations if each.parent_id == organisation_id)


def _row(roster: Roster, person: Person, day: date, awaiting: Sequence[AwaitingApproval]) -> MemberRow:
    branch, group = roster.branch_of(person.id, day), roster.group_of(person.id, day)
    since = person.full_member_since
    return MemberRow(
        person_id=person.id,
        name=person.name,
        initials=person.initials,
        sex=person.sex,
        standing=roster.standing_on(person.id, day),
        branch_id=branch.id if branch else None,
        branch=branch.name_on(day) if branch else "",
        group_id=group.id if group else None,
        group=group.name_on(day) if group else "",
        posts=posts_words(roster, person.id, day, awaiting),
        age=full_years(person.born_on, day) if person.born_on else None,
        years_of_membership=full_years(since, day) if since else None,
        marks=_words(roster, person.id, FactKind.MARK, day),
        restrictions=_words(roster, person.id, FactKind.RESTRICTION, day),
    )


def posts_words(roster: Roster, person_id: UUID, day: date, awaiting: Sequence[AwaitingApproval] = ()) -> str:
    """The posts held on a day; those outside the own branch and group with the organisation's name.

    ``awaiting`` are posts to which the person is elected and not approved yet (当选待批); they stand last.
    """
    branch, group = roster.branch_of(person_id, day), roster.group_of(person_id, day)
    own = {each.id for each in (branch, group) if each}
    held = [(fact.organisation_id, word_of(Post(fact.value))) for fact in roster.posts_on(person_id, day)]
    held += [(each.organisation_id, each.words) for each in awaiting]
    words = []
    for place_id, word in held:
        place = roster.organisation_by_id[place_id] if place_id else None
        prefix = "" if place is None or place.id in own else place.name_on(day)
        words.append(f"{prefix}{word}")
    return "、".join(words)


def _words(roster: Roster, person_id: UUID, kind: FactKind, day: date) -> str:
    return "、".join(value_words(fact) for fact in roster.facts_on(person_id, kind, day))


def _told_apart(roster: Roster, rows: tuple[MemberRow, ...]) -> tuple[MemberRow, ...]:
    """People of the same name get birth month and branch beside it, or else their place in the list."""
    counts = Counter(row.name for row in rows)
    seen: Counter[str] = Counter()
    told = []
    for row in rows:
        if counts[row.name] > 1:
            seen[row.name] += 1
            born = roster.person_by_id[row.person_id].born_on
            parts = (f"{born:%Y年%m月}生" if born else f"之{seen[row.name]}", row.branch)
            row = replace(row, distinction="，".join(filter(None, parts)))
        told.append(row)
    return tuple(told)
