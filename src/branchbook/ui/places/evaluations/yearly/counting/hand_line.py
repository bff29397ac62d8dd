"""The line over the table: what the ballot in hand comes to before it is confirmed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import GradesInHand, LineMark
from branchbook.ui.places.evaluations.yearly.counting.wording import mark_word
from branchbook.ui.theme import Tone


def hand_line(hand: GradesInHand, number: int) -> tuple[Tone, str]:
    """What a ballot comes to; ``number`` is which one it is."""
    say = QCoreApplication.translate
    if hand.is_empty:
        return Tone.QUIET, say("Grades", "第 {n} 张：请读票").format(n=number)
    if hand.spoiled:
        words = say("Grades", "第 {n} 张：整张无效。回车按无效票计，再按 9 取消")
        return Tone.BAD, words.format(n=number)
    marks = "，".join(
        f"{mark_word(each)} {hand.number_of(each)}" for each in LineMark if hand.number_of(each)
    )
    parts = [say("Grades", "第 {n} 张：{marks}").format(n=number, marks=marks)]
    if hand.unmarked:
        parts.append(say("Grades", "{n} 人没有标记，按弃权计").format(n=len(hand.unmarked)))
    parts.append(say("Grades", "回车确认"))
    return Tone.QUIET, "；".join(parts)
