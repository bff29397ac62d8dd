"""What the parts of the example book share: people and organisations by name, votes, and the day of each entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.records import DecisionKind, PersonRef, VoteMethod
from branchbook.domain.roster import Roster
from branchbook.services.operations import Actor
from branchbook.services.record_defaults import reference_to

ENTERED_AT = time(17, 0)


@dataclass(frozen=True, slots=True)
class ExampleVote:
    """A vote; all others present with the right to vote are for."""

    method: VoteMethod
    decision: DecisionKind | None = None
    votes_against: int = 0
    abstentions: int = 0


def place_named(roster: Roster, name: str, group: str = "") -> Organisation:
    """The organisation, or its group, of that name. Raises UnreadableProblem where there is none."""
    for each in roster.organisations:
        if each.name == name:
            return (
                next(g for g in roster.organisations if g.parent_id == each.id and g.name == group)
                if group
                else each
            )
    raise UnreadableProblem("示例数据里没有这个组织", name, "安装可能不完整，请重新安装")


@dataclass(frozen=True)
class Names:
    """People by name within one organisation on a day."""

    roster: Roster
    organisation_id: UUID
    day: date

    def person(self, name: str) -> Person:
        """The only person of this name."""
        found = [person for person in self.roster.people if person.name == name]
        if len(found) != 1:
            raise UnreadableProblem("示例数据与花名册不一致", name, "安装可能不完整，请重新安装")
        return found[0]

    def reference(self, name: str) -> PersonRef:
        """The person as named in a record."""
        return reference_to(self.roster, self.person(name), self.organisation_id, self.day)


def acting_on(actor: Actor, day: date) -> Actor:
    """The same operator at the end of a day."""
    return replace(actor, now=datetime.combine(day, ENTERED_AT, tzinfo=actor.now.tzinfo))
