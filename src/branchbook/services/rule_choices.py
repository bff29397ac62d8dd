"""What a book chooses where the rules leave it open, and what its user knows better than the shipped rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.checklists import Cadence


class MajorityBase(StrEnum):
    """Of whom more than half must agree in a committee (待核实: the article names no majority)."""

    ALL = "all"  # all members of the committee
    PRESENT = "present"  # those present


class ObservationCadence(StrEnum):
    """How often a probationary member is observed (D-05: local)."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


class RightsFrom(StrEnum):
    """From which day a converted member votes (待核实): the approval, or the end of the probation."""

    APPROVAL = "approval"
    END_OF_PROBATION = "end_of_probation"


class SecretaryFrom(StrEnum):
    """From which day an approved secretary or deputy holds the post (待核实: no article says so)."""

    ELECTED = "elected"  # the day of the election
    REPLY = "reply"  # the day of the reply that approves it


@dataclass(frozen=True, slots=True)
class LocalCadence:
    """A stricter cadence that a higher organisation asks for, with the document that says so.

    ``requirement`` is the requirement's key ("party_lesson"), ``times`` how often in one period.
    ``organisation_ids`` empty: every branch of the book.
    """

    requirement: str
    cadence: Cadence
    source: str
    times: int = 1
    from_on: date | None = None
    organisation_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCorrection:
    """A rule as the user knows it better: its value or article, with the document behind it."""

    rule: str
    source: str
    value: str = ""
    article: str = ""
    note: str = ""
