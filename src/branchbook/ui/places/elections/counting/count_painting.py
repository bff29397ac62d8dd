"""How the cells of a count are painted: 正 in strokes, numbers, the mark in hand, badges."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from branchbook.ui.places.elections.counting.count_model import (
    COLUMN_ROLE,
    NUMBERS,
    ROW_ROLE,
    CountColumn,
    CountRow,
)
from branchbook.ui.places.elections.counting.wording import MARK_TONES, mark_word
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.entry_list import draw_plate

# the five strokes of 正 in the order in which tellers draw them, in a square of 1 × 1
_STROKES = (
    ((0.06, 0.08), (0.94, 0.08)),
    ((0.52, 0.08), (0.52, 0.92)),
    ((0.52, 0.46), (0.88, 0.46)),
    ((0.22, 0.40), (0.22, 0.92)),
    ((0.0, 0.92), (1.0, 0.92)),
)
_SIGN = 13
_GAP = 5
_EDGE = 14


def draw_zheng(painter: QPainter, area: QRect, votes: int, size: float, gap: float, pen: QPen) -> None:
    """Draw a count as 正, left in the area; where it is too wide, one 正 with a factor and what is over."""
    fits = max(int((area.width() + gap) // (size + gap)), 1)
    whole, rest = divmod(votes, 5)
    top = area.center().y() - size / 2 + 0.5
    x = float(area.x())
    painter.setPen(pen)
    if whole + bool(rest) > fits and whole > 1:
        _draw_sign(painter, QPointF(x, top), size, 5)
        factor = f"× {whole}"
        metrics = QFontMetrics(painter.font())
        beside = QRectF(x + size + gap, area.y(), metrics.horizontalAdvance(factor) + 1, area.height())
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), factor)
        x, whole = beside.right() + gap * 2, 0
    for _ in range(whole):
        _draw_sign(painter, QPointF(x, top), size, 5)
        x += size + gap
    _draw_sign(painter, QPointF(x, top), size, rest)


def _draw_sign(painter: QPainter, corner: QPointF, size: float, strokes: int) -> None:
    for (x1, y1), (x2, y2) in _STROKES[:strokes]:
        line = QLineF(x1 * size, y1 * size, x2 * size, y2 * size).translated(corner)
        painter.drawLine(line)


class CountCells(QStyledItemDelegate):
    """``typed`` paints numbers as cells to type in, with a frame around the current one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.typed = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        """A row of the design."""
        return QSize(60, Look.current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Paint one cell."""
        look = Look.current()
        row: CountRow = index.data(ROW_ROLE)
        column: CountColumn = index.data(COLUMN_ROLE)
        area: QRect = option.rect  # type: ignore[attr-defined]
        view: Any = option.widget  # type: ignore[attr-defined]
        here = view.hasFocus() and view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.at_cursor:
            painter.fillRect(area, look.colour("selection"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, look.colour("line"))
        if column == CountColumn.NAME:
            self._paint_name(painter, look, row, area, focused=view.hasFocus())
        elif column == CountColumn.HAND:
            self._paint_hand(painter, look, row, area)
        elif column == CountColumn.MARKS:
            self._paint_marks(painter, look, row, area)
        elif column in NUMBERS:
            self._paint_number(painter, look, row, column, area, here=here)
        elif row.word:
            _paint_plate(painter, look, area, row.word, row.tone)
        painter.restore()

    def _paint_name(
        self, painter: QPainter, look: Look, row: CountRow, area: QRect, *, focused: bool
    ) -> None:
        if row.at_cursor and focused:
            painter.fillRect(area.x(), area.y(), 3, area.height() - 1, look.colour("accent"))
        inner = area.adjusted(_EDGE, 0, -4, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if row.letter:
            painter.setFont(look.font(12))
            painter.setPen(_ink(look, "dim", row))
            painter.drawText(inner, middle, row.letter)
            inner.setLeft(inner.left() + look.px(20))
        painter.setFont(look.font(14))
        painter.setPen(look.colour("text"))
        shown = QFontMetrics(look.font(14)).elidedText(row.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle, shown)

    def _paint_hand(self, painter: QPainter, look: Look, row: CountRow, area: QRect) -> None:
        if row.hand is not None:
            _paint_plate(painter, look, area, mark_word(row.hand), MARK_TONES[row.hand])
            return
        if row.written_in:
            return
        painter.setPen(QPen(_ink(look, "dim", row), 1, Qt.PenStyle.DotLine))
        width, height = look.px(44), look.px(20)
        plate = QRect(area.center().x() - width // 2, area.center().y() - height // 2, width, height)
        painter.drawRoundedRect(QRectF(plate), 4, 4)

    def _paint_marks(self, painter: QPainter, look: Look, row: CountRow, area: QRect) -> None:
        painter.setFont(look.font(13))
        pen = QPen(_ink(look, "dim", row), max(look.px(1.3), 1))
        inner = area.adjusted(8, 0, -8, 0)
        draw_zheng(painter, inner, row.votes_for, look.px(_SIGN), look.px(_GAP), pen)

    def _paint_number(
        self, painter: QPainter, look: Look, row: CountRow, column: CountColumn, area: QRect, *, here: bool
    ) -> None:
        text = row.text(column)
        wrong = bool(row.reason)
        painter.setFont(look.font(14))
        if self.typed and text:
            width, height = look.px(52), look.px(26)
            cell = QRect(area.center().x() - width // 2, area.center().y() - height // 2, width, height)
            ground = "bad_ground" if wrong else "surface"
            edge = "accent" if here else ("bad" if wrong else "line")
            painter.setPen(QPen(look.colour(edge), 2 if here else 1))
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            ink = look.tokens.on("bad" if wrong else "text", ground)
        else:
            ink = look.tokens.text
        painter.setPen(QColor(ink))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)


def _ink(look: Look, token: str, row: CountRow) -> QColor:
    return QColor(look.tokens.on(token, "selection" if row.at_cursor else "surface"))


def _paint_plate(painter: QPainter, look: Look, area: QRect, text: str, tone: Tone) -> None:
    width = QFontMetrics(look.font(12)).horizontalAdvance(text) + look.px(14)
    height = look.px(20)
    plate = QRect(area.center().x() - width // 2, area.center().y() - height // 2 + 1, width, height)
    draw_plate(painter, look, plate, text, tone)
