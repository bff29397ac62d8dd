"""General branch, branches and groups: what they were called and whose they were, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

FOUNDING_UNKNOWN = date(1900, 1, 1)
"""The founding day of an organisation that has existed for as long as the book can say. It prints blank."""


class OrganisationKind(StrEnum):
    """The three levels that one book can hold."""

    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"


class ClosingReason(StrEnum):
    """Why an organisation ended."""

    DISSOLVED = "dissolved"
    DIVIDED = "divided"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name that holds from a day on, until the next one begins."""

    name: str
    from_on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A general branch, branch or group. ``names`` is never empty and ascends by ``from_on``.

    ``predecessor_ids`` are the organisations out of which a division or merger made this one.
    ``closed_on`` is the first day on which it no longer exists.
    """

    id: UUID
    kind: OrganisationKind
    names: tuple[DatedName, ...]
    founded_on: date
    parent_id: UUID | None = None
    closed_on: date | None = None
    closing_reason: ClosingReason | None = None
    closing_document: str = ""
    predecessor_ids: tuple[UUID, ...] = ()
    category: str = ""
    higher_organisation: str = ""
    phone: str = ""
    email: str = ""
    venue: str = ""
    position: int = 0
    note: str = ""

    def exists_on(self, day: date) -> bool:
        """Whether the organisation exists on ``day`` (founded that day or before, not yet closed)."""
        return self.founded_on <= day and (self.closed_on is None or day < self.closed_on)

    def name_on(self, day: date) -> str:
        """The name in force on ``day``; before the first name, the first one."""
        current = self.names[0].name
        for dated in self.names:
            if dated.from_on <= day:
                current = dated.name
        return current

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[-1].name

    @property
    def known_founding(self) -> date | None:
        """The founding day, None where nobody wrote it down."""
        return None if self.founded_on == FOUNDING_UNKNOWN else self.founded_on


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office of an organisation, from the day it was elected.

    ``with_committee`` is False where fewer than seven full members elect only a secretary
    (支部工作条例: a committee from seven full members on). ``years`` is 3 or 5. ``ended_on`` is the
    first day on which the term no longer runs, None while it does.
    """

    id: UUID
    organisation_id: UUID
    elected_on: date
    years: int
    with_committee: bool
    ended_on: date | None = None
    document: str = ""

    def runs_on(self, day: date) -> bool:
        """Whether this term is the one in office on ``day``."""
        return self.elected_on <= day and (self.ended_on is None or day < self.ended_on)


def by_position(organisations: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """Organisations in the order in which the book lists them."""
    return tuple(sorted(organisations, key=lambda each: (each.position, each.founded_on, each.name)))
