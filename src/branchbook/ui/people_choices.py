"""The people of an organisation as choices to pick from, with their posts beside their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from branchbook.domain.names import told_apart
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import Person, Post
from branchbook.domain.roster import Roster
from branchbook.services.words import word_of
from branchbook.ui.widgets.person_picker import PersonChoice


def people_choices(roster: Roster, organisation_id: UUID, day: date) -> tuple[PersonChoice, ...]:
    """The members of the branch (or general branch), the organisation's own and its committee first."""
    people = people_of(roster, organisation_id, day)
    shown = namesakes(people)
    places = {organisation_id, roster.organisation_by_id[organisation_id].parent_id}
    choices = []
    for person in people:
        posts = [fact for fact in roster.posts_on(person.id, day) if fact.organisation_id in places]
        note = word_of(Post(posts[0].value)) if posts else ""
        choices.append(PersonChoice(person.id, person.name, person.initials, note, shown.get(person.id, "")))
    return tuple(choices)


def people_of(roster: Roster, organisation_id: UUID, day: date) -> tuple[Person, ...]:
    """Those from whom a name is picked: committee and members, of a group also its branch's."""
    organisation = roster.organisation_by_id[organisation_id]
    own = (*roster.committee_on(organisation_id, day), *roster.members_on(organisation_id, day))
    is_group = organisation.kind == OrganisationKind.GROUP and organisation.parent_id is not None
    wider = roster.members_on(organisation.parent_id, day) if is_group and organisation.parent_id else ()
    return tuple({person.id: person for person in (*own, *wider)}.values())


def namesakes(people: Sequence[Person]) -> dict[UUID, str]:
    """How those are shown who are not the only ones of their name."""
    shown = told_apart(people)
    return {person.id: shown[person.id] for person in people if shown[person.id] != person.name}
