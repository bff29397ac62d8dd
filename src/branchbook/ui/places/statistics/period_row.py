"""Which period is counted: a click for the usual ones of the year shown, or two dates."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.dates import Period, add_months
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.labels import Text

OWN = "own"


class PeriodRow(QWidget):
    """``changed`` when another period is chosen; ``period`` gives it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date(2000, 1, 1)
        self._year = 2000
        self.chips = Chips(self, wrapping=True)
        self.chips.setAccessibleName(self.tr("统计期"))
        self.chips.set_chips(
            [
                ("year", self.tr("全年")),
                ("first", self.tr("上半年")),
                ("second", self.tr("下半年")),
                ("quarter", self.tr("本季度")),
                ("month", self.tr("本月")),
                (OWN, self.tr("自定")),
            ]
        )
        self.chips.chosen.connect(self._choose)
        self.start, self.end = DateField(self._today), DateField(self._today)
        dates = QHBoxLayout()
        dates.setSpacing(8)
        for label, field in ((self.tr("开始日期"), self.start), (self.tr("结束日期"), self.end)):
            text = Text(label, "label")
            text.setBuddy(field)
            field.setAccessibleName(label)
            field.value_changed.connect(self._type)
            dates.addWidget(text)
            dates.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addLayout(dates)

    def open(self, year: int, today: date) -> None:
        """The usual periods of this year; a period typed by hand stays."""
        self._year, self._today = year, today
        for field in (self.start, self.end):
            field.set_today(today)
        if self.chips.current != OWN:
            self._fill(self.chips.current)

    @property
    def period(self) -> Period | None:
        """The period, None while a date is missing."""
        start, end = self.start.value(), self.end.value()
        return Period(start, end) if start and end else None

    def _choose(self, key: str) -> None:
        if key == OWN:
            self.start.setFocus()
            return
        self._fill(key)
        self.changed.emit()

    def _fill(self, key: str) -> None:
        period = usual_period(key, self._year, self._today)
        self.start.set_value(period.start)
        self.end.set_value(period.end)

    def _type(self, _: object) -> None:
        self.chips.choose(OWN)
        if self.period is not None:
            self.changed.emit()


def usual_period(key: str, year: int, today: date) -> Period:
    """A usual period of a year; months and quarters are those of today's date in that year."""
    if key == "first":
        return Period(date(year, 1, 1), date(year, 6, 30))
    if key == "second":
        return Period(date(year, 7, 1), date(year, 12, 31))
    if key in ("quarter", "month"):
        length = 3 if key == "quarter" else 1
        start = date(year, (today.month - 1) // length * length + 1, 1)
        return Period(start, date.fromordinal(add_months(start, length).toordinal() - 1))
    return Period(date(year, 1, 1), date(year, 12, 31))
