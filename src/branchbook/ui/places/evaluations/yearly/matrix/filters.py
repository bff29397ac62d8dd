"""Which members the matrix shows: all, or those of whom something is still missing; and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from branchbook.services.evaluations import MemberRow

ALL = "all"
_ORDER = ("个人小结", "互评意见", "等次", "流入地评议结果", "告知原支部", "反馈")


def chips_of(rows: Sequence[MemberRow]) -> list[tuple[str, str]]:
    """全部 22, 缺个人小结 3, …: what is missing in the order of the steps."""
    missing: dict[str, int] = {}
    for each in rows:
        for words in each.missing:
            missing[words] = missing.get(words, 0) + 1
    missing = dict(sorted(missing.items(), key=lambda each: _place(each[0])))
    everyone = QCoreApplication.translate("Matrix", "全部 {n}").format(n=len(rows))
    words = QCoreApplication.translate("Matrix", "缺{what} {n}")
    return [(ALL, everyone), *((what, words.format(what=what, n=n)) for what, n in missing.items())]


def _place(words: str) -> int:
    return _ORDER.index(words) if words in _ORDER else len(_ORDER)


def filtered(rows: Sequence[MemberRow], key: str, at_hand: UUID | None) -> tuple[MemberRow, ...]:
    """Those who lack something; whoever is being edited stays in sight, also once it is there."""
    if key in ("", ALL):
        return tuple(rows)
    return tuple(each for each in rows if key in each.missing or each.participant.person_id == at_hand)


def sorted_by_ballots(rows: Sequence[MemberRow]) -> tuple[MemberRow, ...]:
    """Most 优秀 first, then most 合格; those on no ballot last. An order to read, no decision (V-07)."""

    def place(row: MemberRow) -> tuple[int, int, int]:
        count = row.members_count
        return (1, 0, 0) if count is None else (0, -count.excellent, -count.qualified)

    return tuple(sorted(rows, key=place))
