"""The record at the right: fields, attendance, agenda, texts and attachments, one under the other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from branchbook.domain.records import Record
from branchbook.services.counting import Standing
from branchbook.ui.places.meetings.agenda_section import AgendaSection
from branchbook.ui.places.meetings.attachments_panel import AttachmentsPanel
from branchbook.ui.places.meetings.attendance_section import AttendanceSection
from branchbook.ui.places.meetings.record_fields import RecordFields
from branchbook.ui.places.meetings.record_history import RecordHistory
from branchbook.ui.places.meetings.record_view import RecordView
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.labels import restyle


class RecordBody(ScrolledBody):
    """Shows a ``RecordView`` and tells every edit; what has the keyboard is always in sight.

    ``field_left`` is emitted when the keyboard leaves a field of it.
    """

    edited = Signal(object)
    field_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.locked = False
        inside = self.widget()
        self.fields = RecordFields(inside)
        self.attendance = AttendanceSection(inside)
        self.agenda = AgendaSection(inside)
        self.attachments = AttachmentsPanel(inside)
        self.history = RecordHistory(inside)
        self._lay_out()
        for section in (self.fields, self.attendance, self.agenda):
            section.edited.connect(self.edited)
        for arranging in (self.attendance, self.agenda):
            arranging.arranged.connect(self.order_tabs)
        self.agenda.add_keys(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

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
        self.attachments.show_view(view)
        self._lock(locked)
        self.order_tabs()

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
            self.history,
            self.history.close_button,
        ]

    def _lock(self, locked: bool) -> None:
        for section in (self.fields, self.attendance, self.agenda, self.fields.texts):
            for line in section.findChildren(QLineEdit):
                line.setReadOnly(locked)
            for text in section.findChildren(QPlainTextEdit):
                if text.isReadOnly() != locked:
                    text.setReadOnly(locked)
                    restyle(text)
            for choosing in (*section.findChildren(QComboBox), *section.findChildren(QCheckBox)):
                choosing.setEnabled(not locked)

    # ------------------------------------------------------------------------- following the keyboard

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        inside = self.widget()
        if old is not None and inside.isAncestorOf(old):
            if isinstance(old, QPlainTextEdit):
                old.cursorPositionChanged.disconnect(self._show_cursor)
            if new is not None:
                self.field_left.emit()
        if new is not None and inside.isAncestorOf(new):
            if isinstance(new, QPlainTextEdit):
                new.cursorPositionChanged.connect(self._show_cursor)
                self._show_cursor()
            else:
                self.ensureWidgetVisible(new, 0, 24)

    def _show_cursor(self) -> None:
        """Keep the line that is being written in sight, also in minutes longer than the window."""
        focus, inside = QApplication.focusWidget(), self.widget()
        if isinstance(focus, QPlainTextEdit) and inside.isAncestorOf(focus):
            at: QRect = focus.cursorRect()
            point = focus.viewport().mapTo(inside, at.center())
            self.ensureVisible(point.x(), point.y(), 0, 40)
