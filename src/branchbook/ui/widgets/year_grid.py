"""The year grid: what was required in each month and how it stands; a click or Enter opens or begins it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from branchbook.services.year_grid import CellState
from branchbook.ui.models.year_grid import CELL_ROLE, DONE_COLUMN, LINE_ROLE, YearGridModel, YearLine
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look

_COLOURS: Mapping[CellState, tuple[str, str]] = {
    CellState.HELD: ("ok", "ok_ground"),
    CellState.HELD_NOT_FINAL: ("ok", "ok_ground"),
    CellState.DUE: ("warn", "warn_ground"),
    CellState.OVERDUE: ("bad", "bad_ground"),
    CellState.NOT_YET: ("dim", ""),
    CellState.NOT_REQUIRED: ("dim", ""),
}


def paint_state(painter: QPainter, look: Look, area: QRect, state: CellState) -> None:
    """Draw a state's plate in the middle of an area: ● ○ ◐ ! · or a dashed frame, never colour alone."""
    colour, ground = _COLOURS[state]
    plate = QRectF(0, 0, look.px(30), look.px(22))
    plate.moveCenter(QRectF(area).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(plate, 4, 4)
    _SYMBOLS[state](painter, look, plate, look.colour(colour))


def _disc(painter: QPainter, look: Look, plate: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(plate.center(), look.px(11) / 2, look.px(11) / 2)


def _ring(painter: QPainter, look: Look, plate: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(plate.center(), look.px(10) / 2, look.px(10) / 2)


def _half(painter: QPainter, look: Look, plate: QRectF, colour: QColor) -> None:
    radius = look.px(10) / 2
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(plate.center(), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    box = QRectF(plate.center() - QPointF(radius, radius), plate.center() + QPointF(radius, radius))
    painter.drawPie(box, 90 * 16, 180 * 16)


def _exclamation(painter: QPainter, look: Look, plate: QRectF, colour: QColor) -> None:
    painter.setPen(colour)
    painter.setFont(look.font(14, QFont.Weight.Bold))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), "!")


def _dot(painter: QPainter, look: Look, plate: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(plate.center(), look.px(1.2), look.px(1.2))


def _dashes(painter: QPainter, look: Look, plate: QRectF, colour: QColor) -> None:
    pen = QPen(colour, max(1, look.px(1)))
    pen.setDashPattern([2.5, 2.5])
    painter.setOpacity(0.55)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setOpacity(1)


_SYMBOLS: Mapping[CellState, Callable[[QPainter, Look, QRectF, QColor], None]] = {
    CellState.HELD: _disc,
    CellState.HELD_NOT_FINAL: _ring,
    CellState.DUE: _half,
    CellState.OVERDUE: _exclamation,
    CellState.NOT_REQUIRED: _dot,
    CellState.NOT_YET: _dashes,
}


class _YearDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look = Look.current()
        area: QRect = option.rect  # type: ignore[attr-defined]
        view = self.parent()
        painter.save()
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, look.colour("line"))
        if index.column() == 0:
            self._paint_title(painter, look, area, index.data(LINE_ROLE))
        elif index.column() == DONE_COLUMN:
            painter.setFont(look.font(13))
            painter.setPen(look.colour("dim"))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), index.data())
        else:
            paint_state(painter, look, area.adjusted(0, 0, 0, -1), index.data(CELL_ROLE).state)
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            frame = QRectF(area).adjusted(4.5, 3.5, -4.5, -4.5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 5, 5)
        painter.restore()

    def _paint_title(self, painter: QPainter, look: Look, area: QRect, line: YearLine) -> None:
        inner = area.adjusted(14, 0, -4, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        small, body = QFontMetrics(look.font(11)), QFontMetrics(look.font(13))
        note = small.horizontalAdvance(line.note) + 4 if line.note else 0
        title = body.elidedText(line.title, Qt.TextElideMode.ElideRight, inner.width() - note)
        painter.setFont(look.font(13))
        painter.setPen(look.colour("text"))
        painter.drawText(inner, middle, title)
        painter.setFont(look.font(11))
        painter.setPen(look.colour("dim"))
        painter.drawText(inner.adjusted(body.horizontalAdvance(title) + 4, 1, 0, 1), middle, line.note)


class YearGridView(QTableView):
    """``opened(line, month)`` on a click or Enter on a month that is not simply "not required"."""

    opened = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = YearGridModel(self)
        self.setModel(self.grid)
        self.setItemDelegate(_YearDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setAccessibleName(self.tr("全年组织生活"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clicked.connect(self._open)
        self._measure()

    def set_lines(self, lines: Sequence[YearLine]) -> None:
        """Show these requirements; the cursor stays where it was."""
        at = (self.currentIndex().row(), self.currentIndex().column())
        self.grid.set_lines(lines)
        if at[0] >= 0:
            self.setCurrentIndex(self.grid.index(min(at[0], len(lines) - 1), at[1]))

    def content_height(self) -> int:
        """The height at which nothing scrolls."""
        return self.horizontalHeader().height() + self.verticalHeader().length()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open the month under the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "grid"):
            self._measure()

    def _measure(self) -> None:
        look = Look.current()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(look.px(24))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, DONE_COLUMN):
            self.setColumnWidth(column, look.px(43))
        self.setColumnWidth(DONE_COLUMN, look.px(50))

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid() or not 0 < index.column() < DONE_COLUMN:
            return
        line = self.grid.lines[index.row()]
        if line.cells[index.column() - 1].state != CellState.NOT_REQUIRED:
            self.opened.emit(line, index.column())


class YearLegend(QWidget):
    """What the plates mean, for the grid's title line."""

    SHOWN = (
        (CellState.HELD, "已开"),
        (CellState.DUE, "应办"),
        (CellState.OVERDUE, "逾期"),
        (CellState.NOT_REQUIRED, "不要求"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("，".join(word for _, word in self.SHOWN))

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        look = Look.current()
        metrics = QFontMetrics(look.font(12))
        width = sum(look.px(30) + 10 + metrics.horizontalAdvance(word) + 10 for _, word in self.SHOWN)
        return QSize(width, look.px(24))

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw plate and word, four times."""
        look = Look.current()
        painter = QPainter(self)
        metrics = QFontMetrics(look.font(12))
        x = 0
        for state, word in self.SHOWN:
            paint_state(painter, look, QRect(x, 0, look.px(30), self.height()), state)
            x += look.px(30) + 10
            painter.setFont(look.font(12))
            painter.setPen(look.colour("dim"))
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRect(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), word)
            x += width + 10
        painter.end()
