"""What the room sees of a count of grades."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branchbook.domain.evaluations import GradeRound
from branchbook.ui.places.elections.counting.projector import RoomLine, RoomSheet
from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import LineMark
from branchbook.ui.places.evaluations.yearly.counting.reckoning import ballots_read
from branchbook.ui.places.evaluations.yearly.counting.wording import (
    audience_word,
    mark_word,
    number_of,
)


def room_sheet(counted: GradeRound) -> RoomSheet:
    """Everyone in the order of the ballot with 优秀, 合格 and what is below; no grade is decided here (V-07)."""
    lines = []
    for each in counted.lines:
        excellent, qualified = (
            f"{mark_word(mark)} {number_of(each.count, mark)}"
            for mark in (LineMark.EXCELLENT, LineMark.QUALIFIED)
        )
        below = each.count.basically_qualified + each.count.unqualified
        words = QCoreApplication.translate("Grades", "其他 {n}")
        others = words.format(n=below + each.count.blank + each.count.void)
        lines.append(RoomLine(each.count.name, excellent, qualified, others))
    read = ballots_read(counted)
    note = QCoreApplication.translate("Grades", "正在计票")
    if counted.is_confirmed or read == counted.returned:
        words = QCoreApplication.translate("Grades", "收回 {returned}　有效 {valid}")
        note = words.format(returned=counted.returned, valid=counted.valid)
    elif read is not None:
        words = QCoreApplication.translate("Grades", "已计 {read} / {returned} 张")
        note = words.format(read=read, returned=counted.returned)
    return RoomSheet(audience_word(counted.audience), note, tuple(lines), "")
