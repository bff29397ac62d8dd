"""Who came: the grid with its sentence of arithmetic, the reasons, and the observers beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.catalogue.kinds import AttendanceBase
from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.records import Attendance, PersonRef, Presence, Record
from branchbook.services.counting import Standing
from branchbook.ui.models.attendance import NameMark, PastedNames
from branchbook.ui.places.meetings.exception_rows import Classes, ExceptionRows
from branchbook.ui.places.meetings.record_view import RecordView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.attendance_grid import AttendanceGrid
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.labels import Elided, Text
from branchbook.ui.widgets.names_field import NamesField


class AttendanceSection(QWidget):
    """``edited`` gives changes of the record, ``arranged`` is emitted when fields came or went.

    ``observers_asked`` wants the observers of earlier meetings, for `offer_observers`.
    """

    edited = Signal(object)
    arranged = Signal()
    observers_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: Mapping[UUID, str] = {}
        self._names: Mapping[UUID, str] = {}
        self._classes: Classes = {}
        self._today = date.min
        self.grid = AttendanceGrid(self)
        self.grid.attendance.marked.connect(self._mark)
        self.grid.pasted.connect(self._tell_pasted)
        self.grid.refused.connect(self._refuse)
        self.pasted_line = Banner(self)
        self.sentence = Banner(self, closable=False)
        self.exceptions = ExceptionRows(self)
        self.exceptions.edited.connect(self.edited)
        self.exceptions.arranged.connect(self.arranged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading())
        for widget in (self.grid, self.pasted_line, self.exceptions, self.sentence, self._observer_row()):
            column.addWidget(widget)

    def _heading(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(Text(self.tr("到会情况"), "label", line))
        self.hint = Elided("", "dim", line)
        row.addWidget(self.hint, 1)
        return line

    def _observer_row(self) -> QWidget:
        self.observer_line = QWidget(self)
        row = QHBoxLayout(self.observer_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(self.tr("列席人员"), "label", self.observer_line))
        self.observers = NamesField(self.observer_line, posts=True)
        self.observers.setAccessibleName(self.tr("列席人员"))
        self.observers.named.connect(self._observe)
        self.remembered = IconButton("users", self.tr("从以前列席过的人中选"), self.observer_line)
        self.remembered.clicked.connect(self.observers_asked)
        row.addWidget(self.observers, 1)
        row.addWidget(self.remembered)
        return self.observer_line

    # ------------------------------------------------------------------------------------ showing

    def show_view(self, view: RecordView, today: date, *, locked: bool) -> None:
        """Show a record's marks; hidden for kinds to which nobody is due."""
        self.grid.read_only = locked
        self.hint.setVisible(not locked)
        self.remembered.setVisible(not locked)
        self.observer_line.setVisible(not locked or bool(view.record.observers))
        record = view.record
        bases = {kind_of(key).attendance for key in record.kinds}
        self.setVisible(bases != {AttendanceBase.NONE})
        self._notes, self._today, self._classes = view.notes, today, view.exclusion_classes
        self._names = view.shown
        self.pasted_line.clear()
        self.observers.set_references(record.observers)
        self.show_marks(record)

    def show_marks(self, record: Record) -> None:
        """Show the marks as they are now; the cursor stays on its name."""
        current = self.grid.currentIndex().row()
        lines = tuple(
            NameMark(each.person_id, each.name, each.presence, self._notes.get(each.person_id, ""), told)
            for each in record.attendance
            for told in (self._names.get(each.person_id, ""),)
        )
        if lines != self.grid.attendance.lines:
            self.grid.attendance.set_lines(lines)
            if lines:
                self.grid.setCurrentIndex(self.grid.attendance.index(min(max(current, 0), len(lines) - 1)))
        self.grid.setVisible(bool(lines))
        self.exceptions.show_record(record, self._today, self._classes, self._names)

    def show_standing(self, record: Record, standing: Standing) -> None:
        """The sentence under the grid, with its article; amber or red with the reason."""
        self.grid.attendance.exclusion_allowed = standing.offers_exclusion
        keys = self.tr("方向键移动 · 1 到会 2 请假 3 缺席 · 粘贴名单可自动勾选")
        exclusion = self.tr("方向键移动 · 1 到会 2 请假 3 缺席 4 不计入应到 · 粘贴名单可自动勾选")
        self.hint.setText(exclusion if standing.offers_exclusion else keys)
        tone, more = self._verdict(record, standing)
        self.sentence.say(tone, standing.count.sentence, standing.count.article, more=more)
        names = {each.person_id: self._names.get(each.person_id, each.name) for each in record.attendance}
        reasons = "\n".join(
            self.tr("{name}：{reason}").format(name=names[each], reason="；".join(r.text for r in why))
            for each, why in standing.count.reasons.items()
        )
        self.sentence.setToolTip(reasons)

    def _verdict(self, record: Record, standing: Standing) -> tuple[Tone, str]:
        quorum = standing.count.quorum
        if record.held_on is None:
            return Tone.WARN, self.tr("填上日期后，按那一天的名册和规定计算")
        if not record.attendance:
            return Tone.WARN, self.tr("这一天的名册上没有应到的人，请核对日期和组织")
        if quorum is None:
            return Tone.OK, ""
        if not quorum.article:
            return Tone.QUIET, ""
        if not quorum.met:
            return Tone.BAD, ""
        return (Tone.WARN if quorum.exactly_half else Tone.OK), ""

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.grid, *self.exceptions.stops(), self.observers, self.remembered]

    # ------------------------------------------------------------------------------------- edits

    def _mark(self, marks: Mapping[UUID, Presence]) -> None:
        def marked(line: Attendance) -> Attendance:
            presence = marks.get(line.person_id, line.presence)
            if presence == line.presence:
                return line
            reason = "" if presence == Presence.PRESENT else line.reason
            return replace(line, presence=presence, reason=reason)

        def change(record: Record) -> Record:
            gone = {each for each, presence in marks.items() if presence != Presence.EXCLUDED}
            kept = tuple(each for each in record.exclusions if each.person_id not in gone)
            return replace(record, attendance=tuple(map(marked, record.attendance)), exclusions=kept)

        self.edited.emit(change)

    def _observe(self, refs: tuple[PersonRef, ...]) -> None:
        self.edited.emit(lambda record: replace(record, observers=refs))

    def add_observer(self, ref: PersonRef) -> None:
        """Name one more."""
        refs = (*self.observers.references(), ref)
        self.observers.set_references(refs)
        self._observe(refs)

    def _tell_pasted(self, found: PastedNames) -> None:
        marked = self.tr("粘贴的名单认出 {n} 人").format(n=len(found.rows))
        if not found.unknown:
            self.pasted_line.say(Tone.OK, marked)
            return
        unknown = self.tr("{marked}；没有认出：{names}").format(
            marked=marked, names="、".join(found.unknown[:10])
        )
        self.pasted_line.say(Tone.WARN, unknown, more=self.tr("请核对姓名写法；同名的人请用方向键找到后标记"))

    def _refuse(self) -> None:
        self.pasted_line.say(
            Tone.WARN,
            self.tr("这次会议没有可以扣除应到人数的表决"),
            more=self.tr("只有选举等会议才有经批准不计入应到的人；请记为请假或缺席"),
        )
