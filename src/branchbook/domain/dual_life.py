"""Dual organisational life: what a leader took part in as an ordinary member, and the counts of a year.

Leading cadres join the life of their branch and group as ordinary members (支部工作条例 第十五条; 党员教育管理
工作条例 第十六条; B-21).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """One meeting or activity at which a leader was due, lectured or spoke.

    ``due`` False: the leader was not among those due, such as a lecturer in another branch.
    """

    record_id: UUID
    held_on: date
    place: str
    kind: str
    subject: str
    due: bool
    present: bool
    on_leave: bool = False
    lectured: bool = False
    spoke: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LifeCount:
    """The year in numbers. ``due`` counts what the leader had to attend, ``elsewhere`` what was further."""

    due: int = 0
    present: int = 0
    on_leave: int = 0
    absent: int = 0
    lectures: int = 0
    speeches: int = 0
    elsewhere: int = 0


def life_count(entries: Iterable[LifeEntry]) -> LifeCount:
    """Count a leader's entries; every entry due is present, on leave or absent."""
    found = tuple(entries)
    due = [each for each in found if each.due]
    present = sum(1 for each in due if each.present)
    on_leave = sum(1 for each in due if each.on_leave and not each.present)
    return LifeCount(
        due=len(due),
        present=present,
        on_leave=on_leave,
        absent=len(due) - present - on_leave,
        lectures=sum(1 for each in found if each.lectured),
        speeches=sum(1 for each in found if each.spoke),
        elsewhere=sum(1 for each in found if not each.due),
    )
