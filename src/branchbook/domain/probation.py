"""A probationary member's year as dates: observations, application, end, extension, approval (发展党员工作细则)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branchbook.domain.dates import add_months
from branchbook.domain.deadlines import EXTENSION, PROBATION
from branchbook.domain.rulebook import Rule, Rulebook

APPLICATION_MONTHS = 1
"""An application is looked for a month before the end: practice, no article (D-07, C)."""


class ConversionNeed(StrEnum):
    """What is due next on a conversion."""

    OBSERVATION = "observation"
    APPLICATION = "application"
    MEETING = "meeting"
    APPROVAL = "approval"
    TALK = "talk"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Extension:
    """An approved extension: from the first end, for so many months, with the document that approves it."""

    from_on: date
    months: int
    document: str = ""

    @property
    def to_on(self) -> date:
        """The day on which the extended probation ends; month ends are clamped."""
        return add_months(self.from_on, self.months)


@dataclass(frozen=True, slots=True)
class Probation:
    """A probation: from the day of the branch's resolution to its end, extended once at most.

    ``rule`` is the one in force on the day of acceptance, None before the earliest text: then the year is
    counted all the same (党章 第七条) and cites nothing.
    """

    accepted_on: date
    first_end: date
    extension: Extension | None = None
    rule: Rule | None = None

    @property
    def ends_on(self) -> date:
        """The end of the probation, of the extended one where it was extended."""
        return self.extension.to_on if self.extension else self.first_end

    @property
    def application_on(self) -> date:
        """From when the written application is looked for."""
        return add_months(self.ends_on, -APPLICATION_MONTHS)

    def observations(self, every_months: int) -> tuple[date, ...]:
        """The days on which an observation is due, up to the end of the probation."""
        start = self.extension.from_on if self.extension else self.accepted_on
        found, months = [], every_months
        while (day := add_months(start, months)) <= self.ends_on:
            found.append(day)
            months += every_months
        return tuple(found)


_YEAR_OF_PROBATION = 12
"""党章 第七条; used where no text of 发展党员工作细则 is in force on the day of acceptance."""


def probation_of(accepted_on: date, rulebook: Rulebook, extension: Extension | None = None) -> Probation:
    """The probation that began with the branch's resolution; ``rulebook`` holds the rules of all times."""
    rule = rulebook.on(accepted_on).first_of(*PROBATION)
    months = rule.number("months") if rule else _YEAR_OF_PROBATION
    return Probation(accepted_on, add_months(accepted_on, months), extension, rule)


def extension_fault(months: int, rulebook: Rulebook, *, extended_before: bool) -> tuple[str, Rule | None]:
    """Why an extension cannot be, with its rule; an empty text where it can (D-15, D26-18: once, 6 to 12 months).

    ``rulebook`` is the one in force on the day of the vote.
    """
    rule = rulebook.first_of(*EXTENSION)
    if rule is None:
        return "", None
    least, most = rule.number("least_months"), rule.number("most_months")
    if extended_before:
        return "预备期只能延长一次，已经延长过", rule
    if not least <= months <= most:
        return f"延长预备期应为 {least} 至 {most} 个月，所填 {months} 个月", rule
    return "", rule
