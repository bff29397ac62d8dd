"""A probation as a bar: start, observations, end, extension, and where today stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from branchbook.ui.theme import Look

_MARGIN_DAYS = 31
"""Room after the end, so that a day after it can be told from the end itself."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``observations`` are the days on which one is due, the first ``observed`` of them were made.

    ``first_end`` is the end before an extension, None where there was none; ``until`` the day to which the
    discussion is postponed.
    """

    starts_on: date
    ends_on: date
    today: date
    observations: tuple[date, ...] = ()
    observed: int = 0
    first_end: date | None = None
    until: date | None = None

    @property
    def days_left(self) -> int:
        """Days to the end; negative after it."""
        return (self.ends_on - self.today).days

    @property
    def words(self) -> str:
        """What the bar shows, for screen readers and as a tool tip."""
        say = QCoreApplication.translate
        parts = [
            say("ProbationBar", "预备期 {start} 至 {end}").format(start=self.starts_on, end=self.ends_on)
        ]
        if self.first_end is not None:
            parts.append(say("ProbationBar", "原定 {day} 满，已延长").format(day=self.first_end))
        if self.observations:
            words = say("ProbationBar", "考察 {n} 次，应有 {all} 次")
            parts.append(
                words.format(n=min(self.observed, len(self.observations)), all=len(self.observations))
            )
        if self.until is not None:
            parts.append(say("ProbationBar", "推迟讨论到 {day}").format(day=self.until))
        left = self.days_left
        words = say("ProbationBar", "还有 {n} 天") if left >= 0 else say("ProbationBar", "已满 {n} 天")
        parts.append(words.format(n=abs(left)))
        return "；".join(parts)


class _Scale:
    """From days to pixels, from the start to a month after the last day that is shown."""

    def __init__(self, bar: Bar, area: QRectF) -> None:
        last = max(filter(None, (bar.ends_on, bar.until))) + timedelta(days=_MARGIN_DAYS)
        self._first, self._area = bar.starts_on, area
        self._days = max((last - bar.starts_on).days, 1)

    def at(self, day: date) -> float:
        """Where a day stands; days outside stand at the nearer end."""
        share = min(max((day - self._first).days / self._days, 0), 1)
        return self._area.left() + share * self._area.width()


def paint_bar(painter: QPainter, area: QRect, bar: Bar) -> None:
    """Paint the bar into an area; what is over is filled, what is made is a disc, what is owed a ring."""
    look = Look.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(area).adjusted(look.px(4), 0, -look.px(4), 0)
    scale, middle, thick = _Scale(bar, inner), inner.center().y(), look.px(4)

    def strip(start: date, end: date, token: str) -> None:
        left = scale.at(start)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(token))
        width = max(scale.at(end) - left, 0)
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, width, thick), thick / 2, thick / 2)

    strip(bar.starts_on, bar.until or bar.ends_on, "line")
    over = bar.days_left < 0
    if bar.today > bar.starts_on:
        strip(bar.starts_on, min(bar.today, bar.ends_on), "ok")
    if bar.until is not None:
        strip(bar.ends_on, bar.until, "warn_ground")
    if over:
        strip(bar.ends_on, bar.today, "warn" if bar.until and bar.today <= bar.until else "bad")
    _paint_marks(painter, look, bar, scale, middle)
    painter.restore()


def _paint_marks(painter: QPainter, look: Look, bar: Bar, scale: _Scale, middle: float) -> None:
    """Observations, both ends, and the line of today."""
    radius = look.px(3.5)
    for number, day in enumerate(bar.observations):
        made, owed = number < bar.observed, day <= bar.today
        token = "ok" if made else "bad" if owed else "dim"
        painter.setPen(QPen(look.colour(token), 1.5))
        painter.setBrush(look.colour(token if made else "surface"))
        painter.drawEllipse(QPointF(scale.at(day), middle), radius, radius)
    high = look.px(6)
    for end in filter(None, (bar.first_end, bar.ends_on)):
        painter.setPen(QPen(look.colour("text" if end == bar.ends_on else "dim"), 2))
        at = scale.at(end)
        painter.drawLine(QPointF(at, middle - high), QPointF(at, middle + high))
    painter.setPen(QPen(look.colour("accent"), 1.6))
    at = scale.at(bar.today)
    painter.drawLine(QPointF(at, middle - look.px(9)), QPointF(at, middle + look.px(9)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    tip = look.px(3)
    top = middle - look.px(9)
    painter.drawPolygon([QPointF(at - tip, top), QPointF(at + tip, top), QPointF(at, top + tip)])


class ProbationBar(QWidget):
    """The bar with its days written below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar: Bar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_bar(self, bar: Bar | None) -> None:
        """Show a probation; None takes no room."""
        self.bar = bar
        self.setVisible(bar is not None)
        words = bar.words if bar else ""
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the bar and one line of days."""
        return QSize(200, Look.current().px(38))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar, then the first and last day and today below it."""
        bar = self.bar
        if bar is None:
            return
        look, painter = Look.current(), QPainter(self)
        strip = QRect(0, 0, self.width(), look.px(20))
        paint_bar(painter, strip, bar)
        inner = QRectF(strip).adjusted(look.px(4), 0, -look.px(4), 0)
        scale, font = _Scale(bar, inner), look.font(11)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        taken: list[tuple[float, float]] = []
        labels = (
            (bar.starts_on, bar.starts_on.isoformat(), "dim"),
            (bar.ends_on, self.tr("{day} 满").format(day=bar.ends_on), "text"),
            (bar.today, self.tr("今天"), "accent"),
            *(
                ((bar.first_end, self.tr("{day} 原定").format(day=bar.first_end), "dim"),)
                if bar.first_end
                else ()
            ),
            *(((bar.until, self.tr("推迟到 {day}").format(day=bar.until), "warn"),) if bar.until else ()),
        )
        for day, text, token in labels:
            width = metrics.horizontalAdvance(text)
            left = min(max(scale.at(day) - width / 2, 0), self.width() - width)
            if any(left < end + 8 and left + width + 8 > start for start, end in taken):
                continue
            taken.append((left, left + width))
            painter.setPen(look.colour(token))
            painter.drawText(QPointF(left, look.px(22) + metrics.ascent()), text)
        painter.end()
