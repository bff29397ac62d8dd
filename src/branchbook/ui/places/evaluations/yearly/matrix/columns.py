"""The columns of the matrix: what each source of opinion says of a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluations import Elsewhere
from branchbook.services.evaluations import MemberRow
from branchbook.ui.models.cells import CellColumn
from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import LineMark
from branchbook.ui.places.evaluations.yearly.counting.wording import (
    count_words,
    grade_tone,
    grade_word,
    mark_word,
    number_of,
    short_head,
)
from branchbook.ui.theme import Tone


class Page(StrEnum):
    """The pages of the editor, one for each source of opinion."""

    SELF = "self"
    MUTUAL = "mutual"
    GRADING = "grading"
    FEEDBACK = "feedback"
    USE = "use"


PAGE_OF_STEP = {
    "self_evaluation": Page.SELF,
    "mutual_evaluation": Page.MUTUAL,
    "grading": Page.GRADING,
    "feedback": Page.FEEDBACK,
    "use": Page.USE,
}
NAME, SELF, MUTUAL, MASSES, OPINION, GRADE, FEEDBACK, MISSING = (
    "name", "self", "mutual", "masses", "opinion", "grade", "feedback", "missing",
)  # fmt: skip
PAGE_OF_COLUMN = {
    SELF: Page.SELF,
    MUTUAL: Page.MUTUAL,
    MASSES: Page.GRADING,
    OPINION: Page.GRADING,
    GRADE: Page.GRADING,
    FEEDBACK: Page.FEEDBACK,
    **{mark.value: Page.GRADING for mark in LineMark},
}
COLUMN_OF_PAGE = {
    Page.SELF: SELF,
    Page.MUTUAL: MUTUAL,
    Page.GRADING: GRADE,
    Page.FEEDBACK: FEEDBACK,
    Page.USE: MISSING,
}
_GRADES = {mark.value: 1 for mark in LineMark if mark not in (LineMark.BLANK, LineMark.VOID)}
_RANKS = {
    Page.SELF: {FEEDBACK: 3, OPINION: 4},
    Page.MUTUAL: {FEEDBACK: 3, OPINION: 4},
    Page.GRADING: {**_GRADES, OPINION: 2, MISSING: 3, SELF: 5, MUTUAL: 5, FEEDBACK: 6},
    Page.FEEDBACK: {SELF: 6, MUTUAL: 6, OPINION: 4},
    Page.USE: {SELF: 6, MUTUAL: 6, OPINION: 4},
}


def columns_of(page: Page, rows: Sequence[MemberRow]) -> tuple[CellColumn[MemberRow], ...]:
    """The columns at a page; where there is no room for all, those of the page stay."""
    say = QCoreApplication.translate
    ranks = _RANKS[page]
    masses = any(row.masses_count is not None for row in rows)
    counted = any(row.members_count is not None for row in rows)
    found = [
        CellColumn[MemberRow](NAME, say("Matrix", "姓名"), name_words, 92, left=True, tip=_reason),
        CellColumn[MemberRow](SELF, say("Matrix", "自评"), self_words, 66, tone=_self_tone),
        CellColumn[MemberRow](MUTUAL, say("Matrix", "互评"), mutual_words, 46),
        *(_number(mark) for mark in LineMark if counted),
    ]
    if masses:
        found.append(
            CellColumn[MemberRow](
                MASSES,
                say("Matrix", "群众"),
                _masses_words,
                84,
                tip=lambda row: count_words(row.masses_count),
            )
        )
    found += [
        CellColumn[MemberRow](OPINION, say("Matrix", "意见"), opinion_words, 56),
        CellColumn[MemberRow](GRADE, say("Matrix", "等次"), grade_cell, 76, tone=_grade_tone),
        CellColumn[MemberRow](FEEDBACK, say("Matrix", "反馈"), feedback_words, 64, tone=_feedback_tone),
        CellColumn[MemberRow](MISSING, say("Matrix", "还缺"), missing_words, 120, left=True, stretch=True),
    ]
    usual = {MASSES: 5, MISSING: 1, **{mark.value: 4 for mark in LineMark}}
    return tuple(replace(each, rank={**usual, **ranks}.get(each.key, 0)) for each in found)


def _number(mark: LineMark) -> CellColumn[MemberRow]:
    return CellColumn[MemberRow](
        mark.value, short_head(mark), partial(_members_number, mark), 34, tip=partial(_members_tip, mark)
    )


def _members_number(mark: LineMark, row: MemberRow) -> str:
    if row.members_count is None:
        return ""
    return str(number_of(row.members_count, mark) or "·")


def _members_tip(mark: LineMark, row: MemberRow) -> str:
    if row.members_count is None:
        return ""
    return f"{mark_word(mark)} {number_of(row.members_count, mark)}"


def _masses_words(row: MemberRow) -> str:
    count = row.masses_count
    if count is None:
        return ""
    shown = (f"{short_head(mark)}{number_of(count, mark)}" for mark in LineMark if number_of(count, mark))
    return " ".join(shown)


def name_words(row: MemberRow) -> str:
    """The name."""
    return row.participant.name


def _reason(row: MemberRow) -> str:
    each = row.participant
    return "；".join(part for part in (each.name, each.reason, each.article) if part)


def self_words(row: MemberRow) -> str:
    """The grade that a member gave themselves; that there is a summary."""
    found = row.assessment
    if found is None:
        return ""
    if found.self_grade is not None:
        return grade_word(found.self_grade)
    return QCoreApplication.translate("Matrix", "已写") if found.summary.strip() else ""


def _self_tone(row: MemberRow) -> Tone | None:
    found = row.assessment
    return grade_tone(found.self_grade) if found is not None and found.self_grade is not None else None


def mutual_words(row: MemberRow) -> str:
    """How many spoke about a member."""
    found = row.assessment
    return str(len(found.criticisms)) if found is not None and found.criticisms else ""


def opinion_words(row: MemberRow) -> str:
    """Whether the branch has written its opinion."""
    found = row.assessment
    return QCoreApplication.translate("Matrix", "已写") if found is not None and found.opinion.strip() else ""


def grade_cell(row: MemberRow) -> str:
    """The grade, or that none is given."""
    found = row.assessment
    if found is not None and found.grade is not None:
        return grade_word(found.grade)
    if row.participant.elsewhere == Elsewhere.RECEIVED:
        return QCoreApplication.translate("Matrix", "流入地评")
    return "" if row.participant.graded else QCoreApplication.translate("Matrix", "不评定")


def _grade_tone(row: MemberRow) -> Tone | None:
    found = row.assessment
    if found is not None and found.grade is not None:
        return grade_tone(found.grade)
    return None if row.participant.graded and row.participant.elsewhere is None else Tone.QUIET


def feedback_words(row: MemberRow) -> str:
    """The day of the feedback, or that the member disagrees."""
    found = row.assessment
    if found is None or found.fed_back_on is None:
        return ""
    if found.agrees is False:
        return QCoreApplication.translate("Matrix", "不同意")
    return f"{found.fed_back_on.month}-{found.fed_back_on.day:02}"


def _feedback_tone(row: MemberRow) -> Tone | None:
    found = row.assessment
    return Tone.WARN if found is not None and found.fed_back_on and found.agrees is False else None


def missing_words(row: MemberRow) -> str:
    """What is still missing, in words."""
    return "、".join(row.missing)
