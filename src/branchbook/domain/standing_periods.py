"""For how many days of a period something stood, asked only on the days on which it can change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from branchbook.domain.dates import Period


def stood_for(period: Period, changes: Iterable[date], stands_on: Callable[[date], bool]) -> int:
    """Days of the period on which ``stands_on`` is true.

    ``changes`` are the days on which the answer may differ from the day before; days outside of the
    period do no harm. ``stands_on`` is asked once per stretch between them.
    """
    starts = sorted({period.start} | {day for day in changes if period.start < day <= period.end})
    ends = [day.toordinal() for day in starts[1:]] + [period.end.toordinal() + 1]
    return sum(end - start.toordinal() for start, end in zip(starts, ends, strict=True) if stands_on(start))
