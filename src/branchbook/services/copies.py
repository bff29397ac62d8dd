"""Two copies of one book that went different ways: what is only in one, what differs, and which went further."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from branchbook.domain.history import Touch
from branchbook.domain.records import Record
from branchbook.domain.roster import Roster
from branchbook.services.codec import ENTITY_TYPES
from branchbook.services.history import NOT_TOLD, FieldDifference, differences, is_private_touch, open_subject
from branchbook.services.store import Reading, RecordQuery, Setting

MOST_LISTED = 500
"""Values that are listed of each sort; all are counted."""


class Newer(StrEnum):
    """Which of two copies holds what the other has not."""

    SAME = "same"
    FIRST = "first"
    SECOND = "second"
    DIVERGED = "diverged"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class CopyHistory:
    """The history of a copy: the number of its last operation, and the hash of its chain after each (by number)."""

    last: int
    hashes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class DifferingValue:
    """A value that both copies have, and its fields before (first copy) and after (second copy)."""

    name: str
    differences: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class CopyComparison:
    """``common`` operations at the beginning are the same in both; ``more_in_first`` and ``…second`` follow them.

    ``only_first``, ``only_second`` and ``differing`` list values in Chinese words, the first ``MOST_LISTED``;
    ``counts`` gives their numbers in this order.
    """

    newer: Newer
    common: int
    common_at: datetime | None
    more_in_first: int
    more_in_second: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    differing: tuple[DifferingValue, ...]
    counts: tuple[int, int, int]

    @property
    def same_content(self) -> bool:
        """Whether every value is the same, whatever the histories say."""
        return not any(self.counts)


def compare_copies(
    first: Reading, second: Reading, first_history: CopyHistory, second_history: CopyHistory
) -> CopyComparison:
    """Compare every value of two books by id. Which is newer is told by the histories, never by the clock."""
    common = common_operations(first_history, second_history)
    only_first: list[str] = []
    only_second: list[str] = []
    differing: list[DifferingValue] = []
    counts = [0, 0, 0]
    rosters = (first.roster(), second.roster())
    for entity, key in _keys(first, second):
        one, other = first.current_json(entity, key), second.current_json(entity, key)
        if one == other:
            continue
        if other is None:
            counts[0] += 1
            _list(only_first, open_subject(first, rosters[0], entity, one))
        elif one is None:
            counts[1] += 1
            _list(only_second, open_subject(second, rosters[1], entity, other))
        else:
            counts[2] += 1
            if len(differing) < MOST_LISTED:
                differing.append(_differing(second, rosters[1], Touch(entity, key, one, other)))
    return CopyComparison(
        _newer(common, first_history, second_history),
        common,
        first.operations(1, common + 1)[0].head.at if common else None,
        sum(number > common for number in first_history.hashes),
        sum(number > common for number in second_history.hashes),
        tuple(only_first),
        tuple(only_second),
        tuple(differing),
        (counts[0], counts[1], counts[2]),
    )


def common_operations(first: CopyHistory, second: CopyHistory) -> int:
    """The number of the last operation that both histories share; 0 where they share none.

    A hash stands for everything before it: equal hashes at a number are an equal history up to there.
    """
    shared = (number for number, found in first.hashes.items() if second.hashes.get(number) == found)
    return max(shared, default=0)


def comparison_words(comparison: CopyComparison, first: str, second: str) -> tuple[str, ...]:
    """What a comparison says, one sentence a line: the whole first, then each value."""
    only = ((first, comparison.only_first, 0), (second, comparison.only_second, 1))
    lines = [_newer_words(comparison, first, second)]
    for name, values, place in only:
        if values:
            lines.append(f"只在“{name}”中有 {comparison.counts[place]} 项：")
            lines += [f"　　{each}" for each in values]
    if comparison.differing:
        lines.append(f"两边不同的有 {comparison.counts[2]} 项（“{first}”→“{second}”）：")
    for value in comparison.differing:
        lines.append(f"　　{value.name}")
        lines += [f"　　　　{_difference_words(each)}" for each in value.differences]
    return tuple(lines)


def _newer_words(comparison: CopyComparison, first: str, second: str) -> str:
    more = (comparison.more_in_first, comparison.more_in_second)
    if comparison.newer is Newer.SAME:
        return "两份的操作记录完全相同" + (
            "，内容也相同" if comparison.same_content else "，内容却不同，请先校验"
        )
    if comparison.newer is Newer.UNRELATED:
        return "两份没有共同的操作记录，不是同一本簿的副本"
    until = f"（到 {comparison.common_at:%Y-%m-%d %H:%M} 为止相同）" if comparison.common_at else ""
    if comparison.newer is Newer.DIVERGED:
        return f"两份各自改动过：“{first}”另有 {more[0]} 次操作，“{second}”另有 {more[1]} 次{until}"
    newer, count = (first, more[0]) if comparison.newer is Newer.FIRST else (second, more[1])
    return f"“{newer}”较新：包含另一份的全部操作，另外多 {count} 次{until}"


def _newer(common: int, first: CopyHistory, second: CopyHistory) -> Newer:
    if first.last == second.last == common:
        return Newer.SAME
    if common == 0 and first.last and second.last:
        return Newer.UNRELATED
    if common == second.last:
        return Newer.FIRST
    return Newer.SECOND if common == first.last else Newer.DIVERGED


def _keys(first: Reading, second: Reading) -> Iterator[tuple[str, str]]:
    """Every id in either book, type by type; records without their texts."""
    for entity, kind in ENTITY_TYPES.items():
        if kind is Setting:
            ids = {*first.settings(), *second.settings()}
        elif kind is Record:
            every = RecordQuery()
            ids = {str(each.id) for each in chain(first.summaries(every), second.summaries(every))}
        else:
            ids = {str(each.id) for each in chain(first.all(kind), second.all(kind))}
        yield from ((entity, key) for key in sorted(ids))


def _differing(reading: Reading, roster: Roster, touch: Touch) -> DifferingValue:
    private = is_private_touch(reading, touch)
    shown = NOT_TOLD if private else differences(roster, touch)
    return DifferingValue(open_subject(reading, roster, touch.entity, touch.after), shown)


def _difference_words(each: FieldDifference) -> str:
    if each.withheld:
        return each.label
    return f"{each.label}：{_short(each.before)} → {_short(each.after)}"


def _list(names: list[str], name: str) -> None:
    if len(names) < MOST_LISTED:
        names.append(name)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 60 else f"{line[:59]}…") or "（空）"
