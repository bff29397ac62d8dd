"""Dates and times typed as people write them and shown one way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from branchbook.domain.dates import parse_date
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.fields import LeavableLine, set_wrong

T = TypeVar("T", date, time)

_CLOCK = re.compile(r"(\d{1,2})\s*[:：.点时]\s*(\d{1,2}|半)?\s*分?")
_COMPACT = re.compile(r"(\d{1,2})(\d{2})")
_HALVES = (("上午", 0), ("早上", 0), ("中午", 12), ("下午", 12), ("晚上", 12))


def parse_time(text: str) -> time:
    """A time of day as typed: 9:30, 930, 15点, 9点半, 下午3点20分. Raises RefusedProblem for others."""
    plain = unicodedata.normalize("NFKC", text).strip()
    shift = 0
    for word, hours in _HALVES:
        if plain.startswith(word):
            plain, shift = plain[len(word) :].strip(), hours
    found = _CLOCK.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None:
        raise RefusedProblem("看不懂这个时间", text, "请写成 9:30、930、15点 或 下午3点半")
    hour = int(found[1])
    minute = 30 if found[2] == "半" else int(found[2] or 0)
    if shift and hour < 12:
        hour += shift
    if hour > 23 or minute > 59:
        raise RefusedProblem("没有这个时间", text, "请核对时和分")
    return time(hour, minute)


class _TypedField(LeavableLine, Generic[T]):
    """A line whose text stands for a value; what can't be read stays as typed, marked as wrong."""

    value_changed = Signal(object)
    """The new value (or None), when Enter is pressed or the field is left and it differs from before."""

    def __init__(self, parse: Callable[[str], T], show: Callable[[T], str], parent: QWidget | None) -> None:
        super().__init__(parent=parent)
        self._parse: Callable[[str], T] = parse
        self._show: Callable[[T], str] = show
        self._value: T | None = None
        self.left.connect(self.settle)

    def value(self) -> T | None:
        """The value of what is typed now, None when empty or unreadable."""
        return self._read()[0]

    def problem(self) -> Problem | None:
        """Why what is typed can't be read; None when it can."""
        return self._read()[1]

    def set_value(self, value: T | None) -> None:
        """Show a value without telling."""
        self._value = value
        set_wrong(self, None)
        self.setText(self._show(value) if value is not None else "")

    def refresh(self, value: T | None) -> None:
        """Show what the book holds, unless something is being typed here that it can't hold yet."""
        if not self.being_typed:
            self.set_value(value)

    def settle(self) -> None:
        """Read what is typed, show it the one way, and tell when the value is another."""
        if composing(self):
            return
        before = self._value
        self._value, problem = self._read()
        set_wrong(self, problem)
        if self._value is not None and self.text() != self._show(self._value):
            self.setText(self._show(self._value))
        self.setModified(False)
        if self._value != before:
            self.value_changed.emit(self._value)

    def _read(self) -> tuple[T | None, Problem | None]:
        if not self.text().strip():
            return None, None
        try:
            return self._parse(self.text()), None
        except Problem as problem:
            return None, problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter settles the value; it goes on to the dialog or place as any Enter does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not composing(self):
            self.settle()
        super().keyPressEvent(event)


class DateField(_TypedField[date]):
    """2026-3-5, 2026.3.5, 3月5日 and 20260305 become 2026-03-05. ``today`` completes a date without year."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(lambda text: parse_date(text, self._today), date.isoformat, parent)
        self._today = today
        self.setPlaceholderText(QCoreApplication.translate("DateField", "如 2026-3-5"))

    def set_today(self, today: date) -> None:
        """The day whose year completes 3月5日."""
        self._today = today


class TimeField(_TypedField[time]):
    """9:30, 930, 15点 and 下午3点半 become 09:30 or 15:30."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse_time, lambda value: value.strftime("%H:%M"), parent)
        self.setPlaceholderText(QCoreApplication.translate("TimeField", "如 15:30"))
