"""The record at the right: fields, attendance, agenda, texts and attachments, one under the other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QWidget,
)

from branchbook.domain.records import Record
from branchbook.services.counting import Standing
from branchbook.ui.places.meetings.agenda_section import AgendaSection
from branchbook.ui.places.meetings.attendance_section import AttendanceSection
from branchbook.ui.places.meetings.record_fields import RecordFields
from branchbook.ui.places.meetings.record_view import RecordView
from branchbook.ui.widgets.attachments_panel import AttachmentsPanel
from branchbook.ui.widgets.followed_body import FollowedBody, lock_fields
from branchbook.ui.widgets.value_history import ValueHistory


class RecordBody(FollowedBody):
    """Shows a ``RecordView`` and tells every edit; what has the keyboard is always in sight."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.locked = False
        inside = self.widget()
        self.fields = RecordFields(inside)
        self.attendance = AttendanceSection(inside)
        self.agenda = AgendaSection(inside)
        self.attachments = AttachmentsPanel(inside)
        self.history = ValueHistory(inside)
        self._lay_out()
        for section in (self.fields, self.attendance, self.agenda):
            section.edited.connect(self.edited)
        self.fields.revealed.connect(self._reveal)
        for arranging in (self.attendance, self.agenda):
            arranging.arranged.connect(self.order_tabs)
        self.agenda.add_keys(self)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(14, 12, 14, 14)
        self.column.setSpacing(12)
        for section in (self.fields, self.attendance, self.agenda, self.fields.texts):
            self.column.addWidget(section)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.column.addWidget(rule)
        self.column.addWidget(self.attachments)
        self.column.addWidget(self.history)
        self.column.addStretch(1)

    def show_view(self, view: RecordView, today: date, *, locked: bool) -> None:
        """Show a record; ``locked`` where it is final and not being corrected."""
        self.locked = locked
        self.fields.set_today(today)
        self.fields.show_view(view)
        self.attendance.show_view(view, today, locked=locked)
        self.agenda.show_view(view, today, locked=locked)
        self.attachments.show_attachments(view.attachments, view.expected)
        self._lock(locked)
        self._show_evidence()
        self.order_tabs()

    def cover(self, record: Record | None) -> None:
        """The record is left: what is private in it is covered."""
        self.fields.cover(record)
        self._show_evidence()

    def _reveal(self) -> None:
        self._show_evidence()
        self.order_tabs()

    def _show_evidence(self) -> None:
        """What hangs on a private record is as private as its texts."""
        shown = not self.fields.withheld
        self.attachments.setVisible(shown)
        if not shown:
            self.agenda.hide()
            self.history.hide()
        else:
            self.agenda.setVisible(self.agenda.usable)

    def forget(self) -> None:
        """The text size changed: widgets with a width of their own are made anew at the next showing."""
        self.fields.forget()
        self.attendance.exceptions.forget()
        self.agenda.forget()

    def show_standing(self, record: Record, standing: Standing) -> None:
        """The numbers of the record under the rules of its day."""
        self.attendance.show_standing(record, standing)
        self.agenda.show_standing(record, standing)

    def order_tabs(self) -> None:
        """Tab goes through everything in reading order, also through what was added later."""
        if self.locked:
            self._lock(True)
        stops = self.stops()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def stops(self) -> list[QWidget]:
        """Every field in reading order."""
        return [
            *self.fields.stops(),
            *self.attendance.stops(),
            *self.agenda.stops(),
            *self.fields.text_stops(),
            *self.attachments.stops(),
            *self.history.stops(),
        ]

    def _lock(self, locked: bool) -> None:
        for section in (self.fields, self.attendance, self.agenda, self.fields.texts):
            lock_fields(section, locked)
