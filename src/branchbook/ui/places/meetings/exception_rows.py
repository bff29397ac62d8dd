"""One line for everyone who was not simply present: the reason, a make-up, or the approved exclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from branchbook.domain.records import Attendance, Exclusion, Presence, Record
from branchbook.ui.models.attendance import LONG_WORDS
from branchbook.ui.theme import Look
from branchbook.ui.widgets.attendance_grid import TONES
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text

Classes = Mapping[str, str]
"""Codes of approved exclusions with their words, from the rules."""

NOBODY: Mapping[UUID, str] = MappingProxyType({})
"""No name stands twice."""

LESSONS = frozenset({"party_lesson", "theme_party_day"})
"""Who missed one of these makes it up later (补课)."""


class ExceptionRow(QWidget):
    """``edited`` gives the change of the record."""

    edited = Signal(object)

    def __init__(
        self, line: Attendance, today: date, classes: Classes, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.person_id = line.person_id
        self.presence = line.presence
        self.name = line.name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = Text(line.name, "", self)
        name.setMinimumWidth(Look.current().px(56))
        row.addWidget(name)
        row.addWidget(Badge(self._word(line.presence), TONES[line.presence], self))
        self.fields: list[QWidget] = []
        if line.presence == Presence.EXCLUDED:
            self._add_exclusion(row, line, today, classes)
        else:
            self._add_reason(row, line)

    def _word(self, presence: Presence) -> str:
        return self.tr("不计") if presence == Presence.EXCLUDED else LONG_WORDS[presence]

    def _add_reason(self, row: QHBoxLayout, line: Attendance) -> None:
        self.reason = LineField("", self.tr("原因"), self)
        self.reason.setAccessibleName(self.tr("{name}的原因").format(name=line.name))
        self.make_up = LineField("", self.tr("补课情况"), self)
        self.make_up.setAccessibleName(self.tr("{name}的补课情况").format(name=line.name))
        self.reason.edited.connect(lambda text: self._tell(reason=text))
        self.make_up.edited.connect(lambda text: self._tell(make_up=text))
        row.addWidget(self.reason, 3)
        row.addWidget(self.make_up, 2)
        self.fields = [self.reason, self.make_up]

    def _add_exclusion(self, row: QHBoxLayout, line: Attendance, today: date, classes: Classes) -> None:
        choices = [(code, f"{code} {text}") for code, text in classes.items()]
        self.code = ChoiceField([("", self.tr("属于哪一类")), *choices])
        self.code.setMinimumContentsLength(12)
        self.document = LineField("", self.tr("上级同意的文号"), self)
        self.consented = DateField(today, self)
        self.approved = QCheckBox(self.tr("大会通过"), self)
        self.code.value_changed.connect(lambda code: self._exclude(code=code))
        self.document.edited.connect(lambda text: self._exclude(consent_document=text))
        self.consented.value_changed.connect(lambda day: self._exclude(consented_on=day))
        self.approved.clicked.connect(lambda on: self._exclude(approved_by_meeting=bool(on)))
        self.fields = [self.code, self.document, self.consented, self.approved]
        for field, stretch in zip(self.fields, (3, 3, 2, 0), strict=True):
            field.setAccessibleName(self.tr("{name}不计入应到的依据").format(name=line.name))
            row.addWidget(field, stretch)

    def show_record(self, record: Record) -> None:
        """Show what the record says of this person."""
        line = next(each for each in record.attendance if each.person_id == self.person_id)
        if self.presence != Presence.EXCLUDED:
            self.reason.set_value(line.reason)
            self.make_up.set_value(line.make_up)
            self.make_up.setVisible(bool(LESSONS & set(record.kinds)))
            return
        found = next((each for each in record.exclusions if each.person_id == self.person_id), None)
        exclusion = found or Exclusion(self.person_id, "")
        self.code.set_value(exclusion.code)
        self.document.set_value(exclusion.consent_document)
        if self.consented.problem() is None:
            self.consented.set_value(exclusion.consented_on)
        self.approved.setChecked(exclusion.approved_by_meeting)

    def _tell(self, **values: Any) -> None:
        person_id = self.person_id

        def change(record: Record) -> Record:
            lines = (
                replace(each, **values) if each.person_id == person_id else each for each in record.attendance
            )
            return replace(record, attendance=tuple(lines))

        self.edited.emit(change)

    def _exclude(self, **values: object) -> None:
        person_id = self.person_id

        def change(record: Record) -> Record:
            found = {each.person_id: each for each in record.exclusions}
            exclusion = found.get(person_id, Exclusion(person_id, ""))
            found[person_id] = replace(exclusion, **values)  # type: ignore[arg-type]
            return replace(record, exclusions=tuple(found.values()))

        self.edited.emit(change)


class ExceptionRows(QWidget):
    """The rows of a record, two side by side; a row stays while its person's mark stays."""

    edited = Signal(object)
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ExceptionRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_record(
        self, record: Record, today: date, classes: Classes, shown: Mapping[UUID, str] = NOBODY
    ) -> None:
        """Show a row for each exception in the order of the grid; ``shown`` are names told apart."""
        away = [
            replace(line, name=shown.get(line.person_id, line.name))
            for line in record.attendance
            if line.presence != Presence.PRESENT
        ]
        kept = {(row.person_id, row.presence, row.name): row for row in self.rows}
        wanted = [(line.person_id, line.presence, line.name) for line in away]
        if wanted != [(row.person_id, row.presence, row.name) for row in self.rows]:
            for key, row in kept.items():
                self._grid.removeWidget(row)
                if key not in wanted:
                    row.hide()
                    row.deleteLater()
            self.rows = [
                kept.get(key) or self._make(line, today, classes)
                for key, line in zip(wanted, away, strict=True)
            ]
            self._place()
        for row in self.rows:
            row.show_record(record)
        self.setVisible(bool(self.rows))

    def forget(self) -> None:
        """Drop every row, to be made anew."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []

    def stops(self) -> list[QWidget]:
        """The fields in reading order."""
        return [field for row in self.rows for field in row.fields]

    def _make(self, line: Attendance, today: date, classes: Classes) -> ExceptionRow:
        row = ExceptionRow(line, today, classes, self)
        row.edited.connect(self.edited)
        return row

    def _place(self) -> None:
        """Exclusions and lessons want a whole row, plain reasons stand two by two."""
        at, column = 0, 0
        for row in self.rows:
            wide = row.presence == Presence.EXCLUDED or Look.current().text_scale > 125
            if wide and column:
                at, column = at + 1, 0
            self._grid.addWidget(row, at, column, 1, 2 if wide else 1)
            row.show()
            column = 2 if wide else column + 1
            if column > 1:
                at, column = at + 1, 0
        self.arranged.emit()
