"""Education hours of a member in a year, against the floor: 32, for the committee 56 (M-01; M-02, 待核实).

Hours are whole minutes of study until they are shown: a meeting that lasted 90 minutes gives exactly that to each who
was present. How many minutes make one hour of study (学时) is a setting (待核实).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from branchbook.domain.rulebook import Rule, Rulebook


class StudyHour(StrEnum):
    """Minutes of one hour of study (待核实)."""

    SIXTY = "60"
    FIFTY = "50"
    FORTY_FIVE = "45"


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """What one member took part in. ``tenths`` of hours of study; ``entity`` and ``id`` say what opens."""

    entity: str
    id: UUID
    on: date
    words: str
    tenths: int


@dataclass(frozen=True, slots=True)
class HoursOfYear:
    """A member's year: the entries, what is asked for, and by which rule (None: no rule was in force)."""

    entries: tuple[StudyEntry, ...]
    floor: int
    rule: Rule | None

    @property
    def tenths(self) -> int:
        """Hours of study in tenths, all entries together."""
        return sum(each.tenths for each in self.entries)

    @property
    def missing(self) -> int:
        """Tenths of hours short of the floor; 0 where it is reached."""
        return max(0, self.floor * 10 - self.tenths)

    @property
    def is_below(self) -> bool:
        """Whether less than the floor is reached; exactly the floor is enough (不少于)."""
        return self.missing > 0


def minutes_between(starts_at: time | None, ends_at: time | None) -> int | None:
    """How long a meeting lasted; None where a time is missing, or the end is not after the start."""
    if starts_at is None or ends_at is None:
        return None
    lasted = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return lasted if lasted > 0 else None


def tenths_of(minutes: int, study_hour: StudyHour) -> int:
    """Minutes as tenths of hours of study, rounded half up: 90 minutes are 1.5 hours of 60, 2.0 of 45."""
    length = int(study_hour)
    return (minutes * 20 + length) // (2 * length)


def floor_of(rules: Rulebook, *, leads: bool) -> tuple[int, Rule | None]:
    """The hours a year and the rule: for the secretary and the committee the plan's, else the regulation's.

    The plan of 2024–2028 was not seen; the number of the plan before stands as 待核实. Without a rule 0.
    """
    rule = rules.first_of("M-02", "M-01") if leads else rules.find("M-01")
    return (rule.number("hours"), rule) if rule is not None else (0, None)


def distinct(entries: Iterable[StudyEntry]) -> tuple[StudyEntry, ...]:
    """Each record or row once, by day: someone named twice in it learned once."""
    found = {(each.entity, each.id): each for each in entries}
    return tuple(sorted(found.values(), key=lambda each: (each.on, each.words, str(each.id))))
