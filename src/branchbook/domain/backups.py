"""Which backups of a book are kept: by day, week, month and year, and never the last good one deleted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class BackupKind(StrEnum):
    """Why a backup was made. Only routine ones are rotated; the others are made pinned."""

    ROUTINE = "routine"
    PRE_UPGRADE = "pre_upgrade"
    PRE_RESTORE = "pre_restore"
    PRE_IMPORT = "pre_import"
    PRE_REKEY = "pre_rekey"


LATEST = 2
"""So many of the newest are kept in any case: where one stick page goes bad, the one before is still there."""


@dataclass(frozen=True, slots=True)
class RotationCounts:
    """For how many days, weeks, months and years with a backup one is kept. Zero keeps none for that length."""

    days: int = 7
    weeks: int = 5
    months: int = 12
    years: int = 30


def kept_by_rotation(made_at: Mapping[Key, datetime], counts: RotationCounts) -> frozenset[Key]:
    """Which of these good, unpinned backups are kept; whatever the counts, the newest two are.

    Of each of the latest so many days that have a backup the newest one, likewise of weeks (from Monday),
    months and years. Days are those of the clock that stood in the room, so zones play no part. Two of the
    same moment are told apart by their keys' words, so that the answer never depends on an order.
    """
    newest_first = sorted(made_at, key=lambda key: (_wall(made_at[key]), str(key)), reverse=True)
    kept = set(newest_first[:LATEST])
    for most, period in _periods(counts):
        seen: set[tuple[int, ...]] = set()
        for key in newest_first:
            of = period(_wall(made_at[key]))
            if of not in seen and len(seen) < most:
                seen.add(of)
                kept.add(key)
    return frozenset(kept)


def _periods(
    counts: RotationCounts,
) -> tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...]:
    return (
        (counts.days, lambda at: (at.year, at.month, at.day)),
        (counts.weeks, lambda at: tuple(at.isocalendar()[:2])),
        (counts.months, lambda at: (at.year, at.month)),
        (counts.years, lambda at: (at.year,)),
    )


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
