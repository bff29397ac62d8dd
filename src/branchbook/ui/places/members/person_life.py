"""What a person took part in: attendance of the year by kind, and the records that name them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.services.mentions import Mention
from branchbook.services.person_page import AttendanceCount, GradeLine
from branchbook.ui.models.rows import Column
from branchbook.ui.place import Destination, ShowProcedure, ShowRecord
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.widgets.buttons import Button, LinkButton
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table
from branchbook.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from branchbook.ui.place import Place

ALL, EVALUATIONS, TALKS = "all", "evaluations", "talks"


class LifePage(QWidget):
    """Attendance above, records below; Enter, a double click or the button opens the record."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self._view: PersonView | None = None
        self.year = Text("", "title")
        self.attendance: Table[AttendanceCount] = Table(self._counts(), self, key=lambda each: each.kind)
        self.attendance.setAccessibleName(self.tr("本年出勤"))
        self.no_attendance = Text(self.tr("这一年还没有定稿的记录点到此人。"), "dim")
        self.grades = WrappingRow(gap=6)
        self.grades.setAccessibleName(self.tr("历年民主评议等次"))
        self.chips = Chips()
        self.chips.setAccessibleName(self.tr("按种类筛选记录"))
        self.chips.chosen.connect(lambda _: self._narrow())
        self.records: Table[Mention] = Table(self._mentions(), self, key=lambda each: each.record_id)
        self.records.setAccessibleName(self.tr("出现此人的记录"))
        self.records.opened.connect(self._open)
        self.open_record = Button(self.tr("打开记录"), "arrow-right")
        self.open_record.clicked.connect(lambda: self._open(self.records.current_row))
        self._lay_out()

    def show_view(self, view: PersonView) -> None:
        """Show a person's year and records."""
        self._view = view
        page = view.page
        self.year.setText(self.tr("{year} 年出勤").format(year=view.day.year))
        self.attendance.set_rows(page.attendance)
        rows = min(len(page.attendance), 6)
        self.attendance.setFixedHeight(
            self.attendance.horizontalHeader().sizeHint().height()
            + rows * self.attendance.verticalHeader().defaultSectionSize()
            + 4
        )
        self.attendance.setVisible(bool(rows))
        self.no_attendance.setVisible(not rows)
        self._show_grades(page.grades)
        self.chips.set_chips(
            [
                (ALL, self.tr("全部记录 {n}").format(n=len(page.mentions))),
                (EVALUATIONS, self.tr("民主评议 {n}").format(n=len(page.evaluations))),
                (TALKS, self.tr("谈心谈话 {n}").format(n=len(page.talks))),
            ]
        )
        self._narrow()

    def _show_grades(self, grades: Sequence[GradeLine]) -> None:
        """The grade of each year; a press opens its round at this member."""
        self.grades.clear()
        if grades:
            self.grades.add(Text(self.tr("历年民主评议"), "label"))
        for each in grades:
            link = LinkButton(each.words)
            link.setToolTip(each.branch)
            link.clicked.connect(partial(self._open_round, each.procedure_id))
            self.grades.add(link)
        self._grades_row.setVisible(bool(grades))

    # ------------------------------------------------------------------------------------ inside

    def _open_round(self, procedure_id: UUID, *_: object) -> None:
        person_id = self._view.person.id if self._view else None
        self._place.go.emit(Destination("evaluations", ShowProcedure(procedure_id, person_id=person_id)))

    def _narrow(self) -> None:
        if self._view is None:
            return
        page = self._view.page
        chosen = {EVALUATIONS: page.evaluations, TALKS: page.talks}
        rows = chosen.get(self.chips.current, page.mentions)
        self.records.set_rows(rows)
        self.open_record.setEnabled(bool(rows))

    def _open(self, mention: Mention | None) -> None:
        mention = mention or next(iter(self.records.rows_model.rows), None)
        if mention is not None:
            self._place.go.emit(Destination("meetings", ShowRecord(mention.record_id)))

    def _counts(self) -> tuple[Column[AttendanceCount], ...]:
        return (
            Column(self.tr("种类"), lambda each: each.kind_name),
            Column(self.tr("应到"), lambda each: str(each.due), 56, right=True),
            Column(self.tr("到会"), lambda each: str(each.present), 56, right=True),
            Column(self.tr("请假"), lambda each: str(each.on_leave), 56, right=True),
            Column(self.tr("缺席"), lambda each: str(each.absent), 56, right=True),
            Column(self.tr("不计"), lambda each: str(each.excluded), 56, right=True),
        )

    def _mentions(self) -> tuple[Column[Mention], ...]:
        return (
            Column(self.tr("日期"), lambda each: each.held_on.isoformat() if each.held_on else "", 92),
            Column(self.tr("种类"), _kinds, 120),
            Column(self.tr("主题"), lambda each: each.subject),
            Column(self.tr("身份"), lambda each: "、".join(each.roles), 110),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.year, self.no_attendance):
            widget.setContentsMargins(14, 0, 14, 0)
            column.addWidget(widget)
        column.addWidget(self.attendance)
        self._grades_row = QWidget()
        inside = QVBoxLayout(self._grades_row)
        inside.setContentsMargins(14, 0, 14, 0)
        inside.addWidget(self.grades)
        column.addWidget(self._grades_row)
        row = QHBoxLayout()
        row.setContentsMargins(14, 6, 14, 0)
        row.addWidget(self.chips, 1)
        row.addWidget(self.open_record)
        column.addLayout(row)
        column.addWidget(self.records, 1)


def _kinds(mention: Mention) -> str:
    return " · ".join(KIND_BY_KEY[key].name if key in KIND_BY_KEY else key for key in mention.kinds)
