"""Simple charts as data: bars with a label and a number, and perhaps the number of the period before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ChartStyle(StrEnum):
    """Columns side by side for months and other steps in time, bars under one another for names."""

    COLUMNS = "columns"
    BARS = "bars"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One bar. ``before`` None: nothing stands beside it; ``value`` None: no bar and no number, never a zero."""

    label: str
    value: Decimal | None
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, such as 三会一课（按月）, and the unit of its numbers."""

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    style: ChartStyle = ChartStyle.COLUMNS

    @property
    def most(self) -> Decimal:
        """The largest number that is drawn, 0 where none is."""
        numbers = (n for each in self.points for n in (each.value, each.before) if n is not None)
        return max(numbers, default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts one under another, as many as fit on a page. The value of ``key`` is a tuple of charts."""

    key: str = "charts"
    font_size: float = 9.0
