"""The line over the grades: how many 优秀 are given of how many, by which reading, and by the other one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluation_count import Cap, CapBase
from branchbook.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class CapLine:
    """What is said, in which tone, with which article at its right."""

    tone: Tone
    text: str
    more: str = ""
    article: str = ""


def cap_line(given: int, cap: Cap, other: Cap, citations: Mapping[str, str]) -> CapLine:
    """优秀 5/7 名（正式党员 22 名的三分之一；按参评党员 24 名为 8 名，待核实）.

    The share is that of V-04; where no rule of the day says so, only the number given is told. ``citations`` are
    those of the rules in force.
    """
    say = QCoreApplication.translate
    if "V-04" not in citations:
        return CapLine(Tone.QUIET, say("Matrix", "优秀 {n} 名").format(n=given))
    text = say("Matrix", "优秀 {given}/{most} 名（{base} {number} 名的三分之一").format(
        given=given, most=cap.most, base=_base_word(cap.base), number=cap.number
    )
    if other.most != cap.most:
        words = say("Matrix", "；按{base} {number} 名为 {most} 名，待核实")
        text += words.format(base=_base_word(other.base), number=other.number, most=other.most)
    tone, more = Tone.OK, ""
    if given > cap.most:
        tone, more = Tone.WARN, say("Matrix", "超过名额的要写明理由")
    return CapLine(tone, text + "）", more, citations["V-04"])


def _base_word(base: CapBase) -> str:
    return {
        CapBase.FULL_MEMBERS: QCoreApplication.translate("Matrix", "正式党员"),
        CapBase.PARTICIPANTS: QCoreApplication.translate("Matrix", "参评党员"),
    }[base]
