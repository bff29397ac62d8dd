"""How often something is owed: by its rule, or by a stricter local document with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.checklists import Cadence
from branchbook.domain.dates import MONTHS_OF, Period, periods_of_year
from branchbook.domain.rulebook import Rule

CADENCE_NAMES = {
    Cadence.MONTHLY: "每月",
    Cadence.QUARTERLY: "每季",
    Cadence.HALF_YEARLY: "每半年",
    Cadence.YEARLY: "每年",
}


@dataclass(frozen=True, slots=True)
class LocalCadence:
    """A stricter cadence that a local document sets for a requirement, from a day on.

    ``times`` is how often in one period. ``organisation_ids`` empty: it holds for every organisation.
    """

    requirement: str
    cadence: Cadence
    source: str
    from_on: date = date.min
    times: int = 1
    organisation_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """One period in which something is owed ``times`` times. ``source`` is the local document, if one asks."""

    period: Period
    cadence: Cadence
    times: int
    source: str = ""

    @property
    def words(self) -> str:
        """每季, or 每季 2 次."""
        name = CADENCE_NAMES[self.cadence]
        return name if self.times == 1 else f"{name} {self.times} 次"


def times_a_year(cadence: Cadence, times: int = 1) -> int:
    """How many occasions a cadence makes in a year."""
    return times * 12 // MONTHS_OF[cadence]


def demands(
    requirement: str, rule: Rule, local: Iterable[LocalCadence], organisation_id: UUID, year: int
) -> tuple[Demand, ...]:
    """The periods of a year in order.

    A local document counts only where it asks for more than the rule; of several the strictest does.
    Where it begins within the year, the rule's periods stand that end before the first one it asks for.
    """
    cadence, times = Cadence(str(rule.values["cadence"])), rule.number("times")
    by_rule = [Demand(period, cadence, times) for period in periods_of_year(year, cadence)]
    stricter = [
        each
        for each in local
        if each.requirement == requirement
        and (not each.organisation_ids or organisation_id in each.organisation_ids)
        and times_a_year(each.cadence, each.times) > times_a_year(cadence, times)
        and each.from_on <= date(year, 12, 31)
    ]
    if not stricter:
        return tuple(by_rule)
    chosen = max(stricter, key=lambda each: (times_a_year(each.cadence, each.times), each.from_on))
    by_local = [
        Demand(period, chosen.cadence, chosen.times, chosen.source)
        for period in periods_of_year(year, chosen.cadence)
        if period.start >= chosen.from_on
    ]
    before = [each for each in by_rule if not by_local or each.period.end < by_local[0].period.start]
    return (*before, *by_local)
