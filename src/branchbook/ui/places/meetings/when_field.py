"""Day and times in one row: 2026-10-23  15:00 — 16:40."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.records import Record
from branchbook.ui.theme import Look
from branchbook.ui.widgets.date_field import DateField, TimeField
from branchbook.ui.widgets.labels import Text


class WhenField(QWidget):
    """``day_changed`` gives the new day (or None), ``times_changed`` the two times."""

    day_changed = Signal(object)
    times_changed = Signal(object, object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateField(today, self)
        self.begins = TimeField(self)
        self.ends = TimeField(self)
        self.day.setAccessibleName(QCoreApplication.translate("Meetings", "日期"))
        self.begins.setAccessibleName(QCoreApplication.translate("Meetings", "开始时间"))
        self.ends.setAccessibleName(QCoreApplication.translate("Meetings", "结束时间"))
        self.begins.setPlaceholderText(QCoreApplication.translate("Meetings", "开始"))
        self.ends.setPlaceholderText(QCoreApplication.translate("Meetings", "结束"))
        for field in (self.begins, self.ends):
            field.setFixedWidth(Look.current().px(72))
            field.value_changed.connect(lambda _: self._tell_times())
        self.day.value_changed.connect(self.day_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.day, 1)
        row.addWidget(self.begins)
        self._dash = Text("—", "dim", self)
        row.addWidget(self._dash)
        row.addWidget(self.ends)
        self.setFocusProxy(self.day)

    def show_record(self, record: Record, today: date) -> None:
        """Show a record's day and times; what can't be read yet, or is being typed, stays as typed."""
        self.day.set_today(date(record.held_on.year if record.held_on else today.year, 1, 1))
        for field, value in ((self.begins, record.starts_at), (self.ends, record.ends_at)):
            if field.value() != value or field.problem() is None:
                field.refresh(value)
        if self.day.value() != record.held_on or self.day.problem() is None:
            self.day.refresh(record.held_on)

    def show_times(self, shown: bool) -> None:
        """A plan has a day and no hours."""
        for widget in (self.begins, self._dash, self.ends):
            widget.setVisible(shown)

    def _tell_times(self) -> None:
        self.times_changed.emit(self.begins.value(), self.ends.value())
