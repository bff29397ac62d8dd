"""Dates as people write them, calendar months, and the periods in which work is owed."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from branchbook.domain.checklists import Cadence
from branchbook.domain.problems import RefusedProblem

_FULL = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_QUARTER_NAMES = "一二三四"
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
"""Years outside are slips of the key: nobody in a book was born before, nothing in it is due after."""


def parse_date(text: str, today: date) -> date:
    """A date as typed: 2026-3-5, 2026.3.5, 2026/3/5, 2026年3月5日, 3月5日 (of this year), 20260305.

    Full-width digits count as digits. Raises RefusedProblem for anything else, and for a day that the
    calendar does not have.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for pattern in (_COMPACT, _FULL):
        found = pattern.fullmatch(plain)
        if found:
            year, month, day = (int(part) for part in found.groups())
            return _real(year, month, day, text)
    found = _SHORT.fullmatch(plain)
    if found:
        return _real(today.year, int(found[1]), int(found[2]), text)
    raise RefusedProblem("看不懂这个日期", text, "请写成 2026-3-5、2026.3.5、3月5日 或 20260305")


def _real(year: int, month: int, day: int, text: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise RefusedProblem(f"年份应在 {EARLIEST_YEAR} 到 {LATEST_YEAR} 之间", text, "请核对年份")
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusedProblem("没有这一天", text, "请核对年、月、日") from None


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The same day some calendar months later, clamped to the month's end (2024-02-29 + 12 → 2025-02-28)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_years(from_on: date, day: date) -> int:
    """Completed years between two days (age, years of membership); 0 before the first anniversary."""
    years = day.year - from_on.year
    if (day.month, day.day) < (from_on.month, from_on.day):
        years -= 1
    return max(years, 0)


def chinese_date(day: date) -> str:
    """2026年1月5日, without leading zeros (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar period, both ends inclusive."""

    start: date
    end: date

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """2026年5月, 2026年第三季度, 2026年上半年, 2026年."""
        months, year = self.months, f"{self.start.year}年"
        if months == 1:
            return f"{year}{self.start.month}月"
        if months == 3:
            return f"{year}第{_QUARTER_NAMES[(self.start.month - 1) // 3]}季度"
        if months == 6:
            return f"{year}{'上' if self.start.month == 1 else '下'}半年"
        return year

    @property
    def months(self) -> int:
        """How many calendar months it touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def has_whole_months(self) -> bool:
        """Whether it begins with the first and ends with the last day of a month."""
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1

    @property
    def words(self) -> str:
        """The label where it is a month, quarter, half-year or year of the calendar, else both days."""
        in_step = self.months in MONTHS_OF.values() and (self.start.month - 1) % self.months == 0
        return self.label if self.has_whole_months and in_step else f"{self.start} 至 {self.end}"


MONTHS_OF = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12}


def periods_of_year(year: int, cadence: Cadence) -> tuple[Period, ...]:
    """The calendar periods of a year in order: 12 months, 4 quarters, 2 half-years or 1 year."""
    length = MONTHS_OF[cadence]
    starts = [date(year, month, 1) for month in range(1, 13, length)]
    return tuple(Period(start, add_months(start, length) - timedelta(days=1)) for start in starts)


def period_of(day: date, cadence: Cadence) -> Period:
    """The period of that cadence in which a day lies."""
    return next(period for period in periods_of_year(day.year, cadence) if period.contains(day))
