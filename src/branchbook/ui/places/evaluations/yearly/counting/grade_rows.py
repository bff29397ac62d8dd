"""The rows and columns of a count of grades, by ballot or by totals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluation_count import GradeCount
from branchbook.domain.evaluations import GradeRound
from branchbook.ui.models.cells import CellColumn
from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import GradesInHand, LineMark
from branchbook.ui.places.evaluations.yearly.counting.reckoning import GradeReckoning
from branchbook.ui.places.evaluations.yearly.counting.wording import (
    MARK_TONES,
    mark_word,
    number_of,
    short_head,
)
from branchbook.ui.theme import Tone

NAME, HAND, SUM = "name", "hand", "sum"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A member on the ballot: the totals, the mark on the ballot in hand, and why the totals do not fit."""

    person_id: UUID
    count: GradeCount
    hand: LineMark | None = None
    reason: str = ""


def rows_of(
    counted: GradeRound, reckoning: GradeReckoning, hand: GradesInHand | None
) -> tuple[GradeRow, ...]:
    """Everyone in the order of the ballot."""
    given = hand.given if hand is not None else {}
    return tuple(
        GradeRow(
            each.person_id, each.count, given.get(each.person_id), reckoning.reasons.get(each.person_id, "")
        )
        for each in counted.lines
    )


def columns_of(*, by_ballot: bool, by_totals: bool, short: bool = False) -> tuple[CellColumn[GradeRow], ...]:
    """Name, the ballot in hand where one is read, the six numbers, and their sum or what is wrong with it.

    ``short`` where the text is large: 优 合 基 不 弃 废.
    """
    say = QCoreApplication.translate
    name = CellColumn[GradeRow](
        NAME, say("Grades", "姓名"), lambda row: row.count.name, 96, left=True, stretch=True
    )
    hand = CellColumn[GradeRow](HAND, say("Grades", "本票"), _hand_word, 84, tone=_hand_tone)
    numbers = tuple(
        CellColumn[GradeRow](
            mark.value,
            short_head(mark) if short else mark_word(mark),
            partial(_number, mark),
            44 if short else 72,
            typed=by_totals,
            rank=_rank(mark),
        )
        for mark in LineMark
    )
    total = CellColumn[GradeRow](
        SUM,
        say("Grades", "合计"),
        lambda row: row.reason or str(row.count.all),
        66,
        tone=lambda row: Tone.BAD if row.reason else None,
        rank=3,
    )
    return (name, hand, *numbers, total) if by_ballot else (name, *numbers, total)


def _rank(mark: LineMark) -> int:
    """Where the text is large and a ballot is read, blanks and void lines are told by the ballot in hand alone."""
    return 2 if mark in (LineMark.BLANK, LineMark.VOID) else 0


def _hand_tone(row: GradeRow) -> Tone | None:
    return MARK_TONES[row.hand] if row.hand is not None else None


def _hand_word(row: GradeRow) -> str:
    return mark_word(row.hand) if row.hand is not None else "·"


def _number(mark: LineMark, row: GradeRow) -> str:
    return str(number_of(row.count, mark))
