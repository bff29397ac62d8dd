"""A person, and the dated facts about them: every question is asked on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Sex(StrEnum):
    """As printed on the roster: 男, 女."""

    MALE = "male"
    FEMALE = "female"


class FactKind(StrEnum):
    """What a dated fact is about; ``PersonFact.value`` is read accordingly."""

    MEMBERSHIP = "membership"  # organisation_id = branch; value = a MembershipChange it began with
    GROUP = "group"  # organisation_id = group; value = ""
    STANDING = "standing"  # value = Standing
    RESTRICTION = "restriction"  # value = Restriction
    POST = "post"  # organisation_id = where the post is held; value = Post
    MARK = "mark"  # value = Mark


class Standing(StrEnum):
    """Where a person is on the way of joining (入党申请人 … 正式党员)."""

    APPLICANT = "applicant"
    ACTIVIST = "activist"
    DEVELOPMENT_CANDIDATE = "development_candidate"
    PROBATIONARY = "probationary"
    FULL = "full"


class Restriction(StrEnum):
    """What limits a member's rights or records discipline, from a day until it is lifted."""

    WARNING = "warning"
    SERIOUS_WARNING = "serious_warning"
    REMOVED_FROM_POST = "removed_from_post"
    DISCIPLINARY_PROBATION = "disciplinary_probation"
    RIGHTS_SUSPENDED = "rights_suspended"
    MEMBERSHIP_SUSPENDED = "membership_suspended"
    CORRECTION_ORDERED = "correction_ordered"


class Post(StrEnum):
    """Posts in a committee, branch or group."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    ORGANISATION_MEMBER = "organisation_member"
    PUBLICITY_MEMBER = "publicity_member"
    DISCIPLINE_MEMBER = "discipline_member"
    UNITED_FRONT_MEMBER = "united_front_member"
    YOUTH_MEMBER = "youth_member"
    COMMITTEE_MEMBER = "committee_member"
    GROUP_LEADER = "group_leader"
    GROUP_DEPUTY_LEADER = "group_deputy_leader"


class Mark(StrEnum):
    """Further marks on a member; none changes rights by itself."""

    FLOATING = "floating"
    RETIRED = "retired"
    HARDSHIP = "hardship"
    ABROAD = "abroad"
    DUAL_LIFE_LEADER = "dual_life_leader"
    TEMPORARY_LETTER = "temporary_letter"


class MembershipChange(StrEnum):
    """How a membership in a branch began or ended."""

    ON_RECORD = "on_record"
    TRANSFERRED_IN = "transferred_in"
    ACCEPTED = "accepted"
    REDRAWN = "redrawn"
    TRANSFERRED_OUT = "transferred_out"
    DIED = "died"
    EXPELLED = "expelled"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    PROBATION_CANCELLED = "probation_cancelled"


COMMITTEE_POSTS = frozenset(
    {
        Post.SECRETARY,
        Post.DEPUTY_SECRETARY,
        Post.ORGANISATION_MEMBER,
        Post.PUBLICITY_MEMBER,
        Post.DISCIPLINE_MEMBER,
        Post.UNITED_FRONT_MEMBER,
        Post.YOUTH_MEMBER,
        Post.COMMITTEE_MEMBER,
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """Identity and fixed dates. ``name`` is kept exactly as typed.

    ``initials`` are the pinyin initials of all readings, space separated ("zs zhs"), stored when the
    name is saved. ``full_member_since`` counts years of membership; ``rights_since`` is the day from
    which the member may vote, where it differs (None: the same day).
    """

    id: UUID
    name: str
    initials: str = ""
    sex: Sex | None = None
    ethnic_group: str = ""
    born_on: date | None = None
    native_place: str = ""
    education: str = ""
    degree: str = ""
    work_started_on: date | None = None
    work_post: str = ""
    title: str = ""
    identity_number: str = ""
    phone: str = ""
    address: str = ""
    applied_on: date | None = None
    accepted_on: date | None = None
    full_member_since: date | None = None
    rights_since: date | None = None
    position: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One fact that holds from ``from_on`` (inclusive) to ``to_on`` (exclusive; None: still holds).

    ``document`` is the number of the decision or letter behind it; ``counterpart`` the other
    organisation of a transfer; ``ending`` how a membership ended (a MembershipChange) or how a
    restriction was lifted.
    """

    id: UUID
    person_id: UUID
    kind: FactKind
    value: str
    from_on: date
    to_on: date | None = None
    organisation_id: UUID | None = None
    document: str = ""
    ending: str = ""
    ending_document: str = ""
    counterpart: str = ""
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the fact holds on ``day``."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)
