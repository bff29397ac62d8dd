"""How far a count of grades is, and whether its numbers fit: the sentence over the table, the reason beside a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluations import GradeLine, GradeRound
from branchbook.ui.theme import Tone


class GradeState(StrEnum):
    """Where a count stands: nothing entered, some of it, numbers that do not fit, all of it."""

    EMPTY = "empty"
    UNDER_WAY = "under_way"
    MISFIT = "misfit"
    COMPLETE = "complete"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class GradeReckoning:
    """``reasons`` say beside a member's numbers why they are not the valid ballots."""

    state: GradeState
    tone: Tone
    text: str
    more: str = ""
    reasons: Mapping[UUID, str] = field(default_factory=dict)


def ballots_read(counted: GradeRound) -> int | None:
    """How many ballots were entered, invalid ones too; None where the members' numbers are not all alike."""
    sums = {each.count.all for each in counted.lines}
    if len(sums) > 1:
        return None
    return (sums.pop() if sums else 0) + counted.invalid


def wrong_numbers(counted: GradeRound) -> dict[str, str]:
    """Which numbers of people and ballots contradict each other, each with its reason."""
    say = QCoreApplication.translate
    pairs = {
        "present": (counted.present > counted.due, say("Grades", "实到多于应到的 {n} 名"), counted.due),
        "issued": (
            counted.issued > counted.present,
            say("Grades", "发出的票多于实到的 {n} 名"),
            counted.present,
        ),
        "returned": (
            counted.returned > counted.issued,
            say("Grades", "收回的票多于发出的 {n} 张，测评无效"),
            counted.issued,
        ),
        "invalid": (counted.valid < 0, say("Grades", "无效票多于收回的 {n} 张"), counted.returned),
    }
    return {name: words.format(n=number) for name, (wrong, words, number) in pairs.items() if wrong}


def why_closed(counted: GradeRound) -> str:
    """Why no further ballot can be read into a count just now; empty where one can."""
    read = ballots_read(counted)
    if not counted.returned:
        return QCoreApplication.translate("Grades", "先清点收回的票，把张数填入“收回”，再逐票录入")
    if read is None:
        return QCoreApplication.translate(
            "Grades", "各人的票数合计不一致，不能接着逐票录入；请先在“录入合计”里改正"
        )
    if read < counted.returned:
        return ""
    words = QCoreApplication.translate("Grades", "收回的 {n} 张已全部录入；确有别的票的，请先更正“收回”")
    return words.format(n=counted.returned)


def reckon(counted: GradeRound, typing: UUID | None = None) -> GradeReckoning:
    """What is said of a count. ``typing`` is whose totals are being typed: it is not judged yet."""
    say = QCoreApplication.translate
    if counted.confirmed_on is not None:
        text = say("Grades", "{day} 监票人已确认：收回 {returned} 张，有效 {valid} 张").format(
            day=counted.confirmed_on, returned=counted.returned, valid=counted.valid
        )
        return GradeReckoning(GradeState.CONFIRMED, Tone.OK, text)
    wrong = wrong_numbers(counted)
    if wrong:
        return GradeReckoning(GradeState.MISFIT, Tone.BAD, "；".join(wrong.values()))
    read = ballots_read(counted)
    if read is not None:
        return _evenly(counted, read)
    open_rows = [each for each in counted.lines if each.count.all != counted.valid]
    begun = [each for each in open_rows if each.count.all and each.person_id != typing]
    reasons = {each.person_id: _reason(each, counted.valid) for each in begun}
    names = "、".join(each.count.name for each in open_rows[:5]) + ("……" if len(open_rows) > 5 else "")
    if begun:
        text = say("Grades", "{names} 的六项合计不等于有效票 {valid} 张").format(
            names="、".join(each.count.name for each in begun[:5]), valid=counted.valid
        )
        return GradeReckoning(GradeState.MISFIT, Tone.BAD, text, reasons=reasons)
    text = say("Grades", "有效 {valid} 张；还有 {n} 人没有填完：{names}").format(
        valid=counted.valid, n=len(open_rows), names=names
    )
    return GradeReckoning(GradeState.UNDER_WAY, Tone.WARN, text)


def _evenly(counted: GradeRound, read: int) -> GradeReckoning:
    say = QCoreApplication.translate
    if not counted.returned:
        text = say("Grades", "发出 {n} 张。先清点收回的票，填入“收回”，再逐票录入或录入合计")
        return GradeReckoning(GradeState.EMPTY, Tone.QUIET, text.format(n=counted.issued))
    if not read:
        text = say("Grades", "收回 {n} 张，还没有录入")
        return GradeReckoning(GradeState.EMPTY, Tone.QUIET, text.format(n=counted.returned))
    if read > counted.returned:
        text = say("Grades", "录入 {read} 张，多于收回的 {returned} 张")
        return GradeReckoning(GradeState.MISFIT, Tone.BAD, text.format(read=read, returned=counted.returned))
    if read < counted.returned:
        text = say("Grades", "已录 {read} 张，收回 {returned} 张，还有 {left} 张")
        left = counted.returned - read
        return GradeReckoning(
            GradeState.UNDER_WAY,
            Tone.WARN,
            text.format(read=read, returned=counted.returned, left=left),
        )
    text = say("Grades", "收回 {returned} 张，无效 {invalid} 张，有效 {valid} 张；每人六项之和都等于有效票")
    said = text.format(returned=counted.returned, invalid=counted.invalid, valid=counted.valid)
    return GradeReckoning(GradeState.COMPLETE, Tone.OK, said)


def _reason(line: GradeLine, valid: int) -> str:
    over = line.count.all - valid
    if over > 0:
        return QCoreApplication.translate("Grades", "多 {n} 票").format(n=over)
    return QCoreApplication.translate("Grades", "少 {n} 票").format(n=-over)
