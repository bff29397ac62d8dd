"""Who takes part and who is graded, member by member, with the reason."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluations import Elsewhere, Participant
from branchbook.services.words import word_of
from branchbook.ui.models.cells import CellColumn
from branchbook.ui.theme import Tone

PART, GRADED, PRESENT = "part", "graded", "present"


def participant_columns() -> tuple[CellColumn[Participant], ...]:
    """Name, standing, part, graded, why, where else, who came."""
    say = QCoreApplication.translate
    return (
        CellColumn("name", say("Participants", "姓名"), lambda each: each.name, 92, left=True),
        CellColumn("standing", say("Participants", "身份"), lambda each: word_of(each.standing), 84),
        CellColumn(PART, say("Participants", "参加"), part_words, 70, tone=_part_tone),
        CellColumn(GRADED, say("Participants", "评定等次"), graded_words, 76, tone=_graded_tone),
        CellColumn("reason", say("Participants", "说明"), reason_words, 150, left=True, stretch=True, rank=1),
        CellColumn("elsewhere", say("Participants", "流动"), elsewhere_words, 110, left=True, rank=2),
        CellColumn(PRESENT, say("Participants", "到会"), present_words, 52, tone=_present_tone),
    )


def part_words(each: Participant) -> str:
    """参加 or 不参加."""
    return (
        QCoreApplication.translate("Participants", "参加")
        if each.takes_part
        else QCoreApplication.translate("Participants", "不参加")
    )


def _part_tone(each: Participant) -> Tone | None:
    return Tone.OK if each.takes_part else Tone.QUIET


def graded_words(each: Participant) -> str:
    """评定 or 不评定."""
    return (
        QCoreApplication.translate("Participants", "评定")
        if each.graded
        else QCoreApplication.translate("Participants", "不评定")
    )


def _graded_tone(each: Participant) -> Tone | None:
    return Tone.OK if each.graded else Tone.QUIET


def reason_words(each: Participant) -> str:
    """Why a member's part is not the usual one, with the article; that it was set by hand."""
    by_hand = QCoreApplication.translate("Participants", "手工核定") if each.manual else ""
    return "；".join(part for part in (by_hand, each.reason, each.article) if part)


def elsewhere_words(each: Participant) -> str:
    """Where a floating member's result goes or comes from, and whether it did."""
    if each.elsewhere is None:
        return ""
    sent = each.elsewhere == Elsewhere.SENT
    done = (
        QCoreApplication.translate("Participants", "已告知")
        if sent
        else QCoreApplication.translate("Participants", "已收到")
    )
    open_words = (
        QCoreApplication.translate("Participants", "待告知")
        if sent
        else QCoreApplication.translate("Participants", "待收")
    )
    said = f"{done} {each.exchanged_on.month}-{each.exchanged_on.day:02}" if each.exchanged_on else open_words
    return f"{said} {each.other_branch}".strip()


def present_words(each: Participant) -> str:
    """到, 缺, or nothing where it is not known."""
    if each.present is None or not each.takes_part:
        return ""
    return (
        QCoreApplication.translate("Participants", "到")
        if each.present
        else QCoreApplication.translate("Participants", "缺")
    )


def _present_tone(each: Participant) -> Tone | None:
    if not present_words(each):
        return None
    return Tone.OK if each.present else Tone.BAD
