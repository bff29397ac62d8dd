"""The words of the evaluation's ballots: grades, marks, audiences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import Audience
from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import LineMark
from branchbook.ui.theme import Tone

MARK_TONES = {
    LineMark.EXCELLENT: Tone.OK,
    LineMark.QUALIFIED: Tone.QUIET,
    LineMark.BASICALLY_QUALIFIED: Tone.WARN,
    LineMark.UNQUALIFIED: Tone.BAD,
    LineMark.BLANK: Tone.QUIET,
    LineMark.VOID: Tone.QUIET,
}


def mark_word(mark: LineMark) -> str:
    """优秀, 合格, 基本合格, 不合格, 弃权, 作废."""
    return {
        LineMark.EXCELLENT: QCoreApplication.translate("Grades", "优秀"),
        LineMark.QUALIFIED: QCoreApplication.translate("Grades", "合格"),
        LineMark.BASICALLY_QUALIFIED: QCoreApplication.translate("Grades", "基本合格"),
        LineMark.UNQUALIFIED: QCoreApplication.translate("Grades", "不合格"),
        LineMark.BLANK: QCoreApplication.translate("Grades", "弃权"),
        LineMark.VOID: QCoreApplication.translate("Grades", "作废"),
    }[mark]


def grade_word(grade: Grade | None) -> str:
    """The word of a grade, empty for none."""
    return mark_word(LineMark(grade.value)) if grade is not None else ""


def grade_tone(grade: Grade | None) -> Tone | None:
    """The tone of its badge."""
    return MARK_TONES[LineMark(grade.value)] if grade is not None else None


def short_head(mark: LineMark) -> str:
    """The head of a narrow column: 优 合 基 不 弃 废."""
    return {
        LineMark.EXCELLENT: QCoreApplication.translate("Grades", "优"),
        LineMark.QUALIFIED: QCoreApplication.translate("Grades", "合"),
        LineMark.BASICALLY_QUALIFIED: QCoreApplication.translate("Grades", "基"),
        LineMark.UNQUALIFIED: QCoreApplication.translate("Grades", "不"),
        LineMark.BLANK: QCoreApplication.translate("Grades", "弃"),
        LineMark.VOID: QCoreApplication.translate("Grades", "废"),
    }[mark]


def number_of(count: GradeCount, mark: LineMark) -> int:
    """One of the six numbers."""
    return int(getattr(count, mark.value))


def count_words(count: GradeCount | None) -> str:
    """优秀 18，合格 2: only what is not 0; empty where nothing was counted."""
    if count is None:
        return ""
    parts = (f"{mark_word(each)} {number_of(count, each)}" for each in LineMark if number_of(count, each))
    return "，".join(parts)


def audience_word(audience: Audience) -> str:
    """党员测评 or 群众测评."""
    return {
        Audience.MEMBERS: QCoreApplication.translate("Grades", "党员测评"),
        Audience.MASSES: QCoreApplication.translate("Grades", "群众测评"),
    }[audience]
