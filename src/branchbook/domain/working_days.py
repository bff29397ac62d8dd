"""Working days (工作日): the week, corrected by the yearly notices about days off and days of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PROVISIONAL_MARK = "暂算"
"""Shown beside a count that falls into a year whose notice is not known."""

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """One calendar year: weekdays off, Saturdays and Sundays of work, and the notice's number (may be empty)."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The day on which a count of working days ends. ``provisional`` where a year on the way has no table."""

    day: date
    provisional: bool
    notices: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """2026-10-12, with 暂算 where a notice is missing."""
        return f"{self.day}（{PROVISIONAL_MARK}）" if self.provisional else f"{self.day}"


@dataclass(frozen=True)
class WorkCalendar:
    """All known years. A year without a table counts Monday to Friday and is marked 暂算."""

    tables: Mapping[int, HolidayTable]

    @classmethod
    def of(cls, tables: Iterable[HolidayTable]) -> WorkCalendar:
        """A calendar of these tables; of two of one year the later given holds."""
        return cls({table.year: table for table in tables})

    def is_working_day(self, day: date) -> bool:
        """Whether people work on ``day``."""
        table = self.tables.get(day.year)
        weekday = day.weekday() < _SATURDAY
        if table is None:
            return weekday
        return day not in table.off if weekday else day in table.work

    def knows(self, day: date) -> bool:
        """Whether the year of ``day`` has a table."""
        return day.year in self.tables

    def last_day(self, from_on: date, count: int) -> WorkingDay:
        """The last of ``count`` working days that begin with ``from_on`` (counted where it is one itself)."""
        day, left, known = from_on, count, self.knows(from_on)
        notices = [self._notice(day)]
        left -= self.is_working_day(day)
        while left > 0:
            day += timedelta(days=1)
            known = known and self.knows(day)
            notices.append(self._notice(day))
            left -= self.is_working_day(day)
        return WorkingDay(day, not known, tuple(dict.fromkeys(filter(None, notices))))

    def working_days(self, from_on: date, to_on: date) -> int:
        """Working days from ``from_on`` to ``to_on``, both included; 0 where the end lies before the beginning."""
        span = range((to_on - from_on).days + 1)
        return sum(self.is_working_day(from_on + timedelta(days=number)) for number in span)

    def _notice(self, day: date) -> str:
        table = self.tables.get(day.year)
        return table.notice if table else ""
