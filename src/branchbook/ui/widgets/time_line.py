"""The time line of a year: a task a row, its bar by weeks, late parts and the line of today; Enter opens a task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from branchbook.domain.plans import TimeLine, TimeLineRow
from branchbook.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
HEAD, ROW = 28, 40
TITLE_SHARE, LEAST_TITLE, MOST_TITLE = 0.28, 150, 320
_ROW = int(Qt.ItemDataRole.UserRole)


class TimeLineModel(QAbstractListModel):
    """The rows of a time line; each also in words, for screen readers and tool tips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line: TimeLine | None = None

    def set_line(self, line: TimeLine) -> None:
        """Show another year, or the same one anew."""
        self.beginResetModel()
        self.line = line
        self.endResetModel()

    @property
    def rows(self) -> Sequence[TimeLineRow]:
        """What is shown."""
        return self.line.rows if self.line else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many tasks there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The title, the words, or the row itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.task.title
        if role in (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)):
            return self._words(row)
        return row if role == _ROW else None

    def _words(self, row: TimeLineRow) -> str:
        task, line = row.task, self.line
        assert line is not None
        parts = [task.title, str(task.state), task.responsible, task.place]
        if task.begin_on or task.due_on:
            days = (task.begin_on or "", task.due_on or self.tr("没有时限"))
            parts.append(self.tr("{begin} 至 {due}").format(begin=days[0], due=days[1]))
        if task.done_on:
            parts.append(self.tr("{day} 完成").format(day=task.done_on))
        if late := task.days_late(line.today):
            parts.append(self.tr("超过时限 {n} 天").format(n=late))
        return "，".join(part for part in parts if part)


class _Scale:
    """Where titles end, and where the weeks stand behind them."""

    def __init__(self, area: QRect, weeks: int) -> None:
        look = Look.current()
        title = min(
            max(int(area.width() * TITLE_SHARE), look.px(LEAST_TITLE)),
            look.px(MOST_TITLE),
            area.width() * 3 // 5,
        )
        self.title = QRect(area.x(), area.y(), title, area.height())
        self._left, self._width = area.x() + title, max(area.width() - title - look.px(8), 1)
        self._weeks = max(weeks, 1)

    def at(self, column: float) -> float:
        """Where a week begins."""
        return self._left + self._width * column / self._weeks


class _TimeLineDelegate(QStyledItemDelegate):
    def __init__(self, view: TimeLineView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(100, Look.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look, line = Look.current(), self._view.rows_model.line
        area: QRect = option.rect  # type: ignore[attr-defined]
        if line is None:
            return
        row: TimeLineRow = index.data(_ROW)
        scale = _Scale(area, len(line.weeks))
        painter.save()
        if self._view.selectionModel().isSelected(index):
            painter.fillRect(area, look.colour("selection"))
        painter.fillRect(QRect(area.x(), area.bottom(), area.width(), 1), look.colour("line"))
        for month in line.months:
            painter.fillRect(QRect(round(scale.at(month)), area.y(), 1, area.height()), look.colour("line"))
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.fillRect(QRect(area.x(), area.y(), 3, area.height() - 1), look.colour("accent"))
        self._title(painter, look, scale.title, row, line)
        self._bar(painter, look, area, scale, row)
        if line.today_column is not None:
            middle = scale.at(line.today_column + 0.5)
            painter.setPen(QPen(look.colour("accent"), 1.6))
            painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))
        painter.restore()

    def _title(self, painter: QPainter, look: Look, area: QRect, row: TimeLineRow, line: TimeLine) -> None:
        inner = area.adjusted(14, look.px(3), -8, -look.px(3))
        half = inner.height() // 2
        whose = " · ".join(part for part in (row.task.place, row.task.responsible) if part)
        late = row.task.is_late(line.today)
        upper = QRect(inner.x(), inner.y(), inner.width(), half) if whose else inner
        _words(painter, look, upper, row.task.title, 13, "bad" if late else "text")
        if whose:
            lower = QRect(inner.x(), inner.y() + half, inner.width(), inner.height() - half)
            _words(painter, look, lower, whose, 11, "dim")

    def _bar(self, painter: QPainter, look: Look, area: QRect, scale: _Scale, row: TimeLineRow) -> None:
        """Done is green, open is pale with an edge, late is red and hatched: never colour alone."""
        bar = row.bar
        if bar is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = look.px(12)
        top = area.center().y() - high / 2
        split = bar.last + 1 if bar.late_from is None else bar.late_from
        token = "ok" if row.task.done_on else "dim"
        for first, end, name in ((bar.first, split, token), (split, bar.last + 1, "bad")):
            if end <= first:
                continue
            left, right = scale.at(first), scale.at(end)
            box = QRectF(left + 0.5, top, max(right - left - 1, 2.0), high)
            painter.setPen(QPen(look.colour(name), 1.2))
            painter.setBrush(look.colour({"ok": "ok", "bad": "bad_ground"}.get(name, "quiet_ground")))
            painter.drawRoundedRect(box, 3, 3)
            if name == "bad":
                _hatch(painter, look, box)


def _hatch(painter: QPainter, look: Look, box: QRectF) -> None:
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(look.colour("bad"), 1.2))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += look.px(5)
    painter.restore()


def _words(painter: QPainter, look: Look, area: QRect, text: str, size: int, token: str) -> None:
    font = look.font(size)
    painter.setFont(font)
    painter.setPen(look.colour(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class _Head(QWidget):
    """The months above the bars."""

    def __init__(self, view: TimeLineView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, line = Look.current(), self._view.rows_model.line
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        if line is not None:
            self._months(painter, look, line)
        painter.end()

    def _months(self, painter: QPainter, look: Look, line: TimeLine) -> None:
        scale = _Scale(QRect(0, 0, self._view.viewport().width(), self.height()), len(line.weeks))
        painter.setFont(look.font(12))
        painter.setPen(look.colour("dim"))
        ends = (*line.months[1:], len(line.weeks))
        for number, (first, end) in enumerate(zip(line.months, ends, strict=True), 1):
            left, right = scale.at(first), scale.at(end)
            words = self.tr("{n}月").format(n=number)
            if painter.fontMetrics().horizontalAdvance(words) > right - left:
                words = str(number)
            place = QRectF(left, 0, right - left, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)


class TimeLineView(QListView):
    """``opened`` gives the task of a row, on Enter or a double click."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = TimeLineModel(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(_TimeLineDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("时间线"))
        self._head = _Head(self)
        self._measure()
        self.activated.connect(lambda index: self.opened.emit(self.rows_model.rows[index.row()].task))

    def show_line(self, line: TimeLine) -> None:
        """Show a year; the row at hand stays where its task is still there."""
        at = self.currentIndex().row()
        before = self.rows_model.rows[at].task.id if at >= 0 else None
        self.rows_model.set_line(line)
        rows = [number for number, row in enumerate(line.rows) if row.task.id == before]
        if line.rows:
            self.setCurrentIndex(self.rows_model.index(rows[0] if rows else 0))
        self._head.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The months keep above the bars."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_head"):
            self._measure()
            self.scheduleDelayedItemsLayout()

    def _measure(self) -> None:
        height = Look.current().px(HEAD)
        self.setViewportMargins(0, height, 0, 0)
        inside = self.contentsRect()
        self._head.setGeometry(inside.x(), inside.y(), inside.width(), height)


class TimeLineLegend(QWidget):
    """What the bars mean, in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = (
            ("ok", self.tr("已完成")),
            ("dim", self.tr("计划、进行中")),
            ("bad", self.tr("超过时限")),
            ("accent", self.tr("本周")),
        )
        self.setAccessibleName("，".join(word for _, word in self._shown))

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        look = Look.current()
        metrics = QFontMetrics(look.font(12))
        width = sum(look.px(22) + 6 + metrics.horizontalAdvance(word) + 14 for _, word in self._shown)
        return QSize(width, look.px(24))

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A small bar, or the line of this week, and the word for it."""
        look, painter, x = Look.current(), QPainter(self), 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12))
        for token, word in self._shown:
            box = QRectF(x + 0.5, self.height() / 2 - look.px(5), look.px(22), look.px(10))
            painter.setPen(QPen(look.colour(token), 1.2))
            painter.setBrush(look.colour({"ok": "ok", "bad": "bad_ground"}.get(token, "quiet_ground")))
            if token == "accent":
                middle = box.center().x()
                painter.drawLine(QPointF(middle, box.top() - 3), QPointF(middle, box.bottom() + 3))
            else:
                painter.drawRoundedRect(box, 3, 3)
                if token == "bad":
                    _hatch(painter, look, box)
            x += look.px(22) + 6
            painter.setPen(look.colour("dim"))
            width = painter.fontMetrics().horizontalAdvance(word)
            place = QRect(x, 0, width + 2, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), word)
            x += width + 14
        painter.end()
