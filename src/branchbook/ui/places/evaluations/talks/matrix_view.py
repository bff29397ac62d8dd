"""The matrix on the screen: arrows move from cell to cell, Enter or a click opens or begins a talk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from branchbook.services.talks import TalkPerson, TalksOfYear
from branchbook.ui.models.talk_matrix import CELL_ROLE, NAME_COLUMN, CellState, TalkCell, TalkMatrixModel
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.entry_list import draw_plate

NAME_WIDTH, CELL_WIDTH = 168, 84
_TONES = {CellState.HELD: Tone.OK, CellState.DRAFT: Tone.QUIET, CellState.MISSING: Tone.WARN}


class _MatrixCells(QStyledItemDelegate):
    """A badge where something was held or is missing; ``ANY`` only its word, since one of them is enough."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look = Look.current()
        area: QRect = option.rect  # type: ignore[attr-defined]
        view = self.parent()
        painter.save()
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, look.colour("line"))
        cell: TalkCell | None = index.data(CELL_ROLE)
        if cell is None:
            painter.setFont(look.font(13))
            painter.setPen(look.colour("text"))
            inner = area.adjusted(14, 0, -4, 0)
            shown = QFontMetrics(look.font(13)).elidedText(
                str(index.data()), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        else:
            self._paint_cell(painter, look, area, cell, str(index.data() or ""))
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(3.5, 3.5, -3.5, -4.5), 5, 5)
        painter.restore()

    def _paint_cell(self, painter: QPainter, look: Look, area: QRect, cell: TalkCell, text: str) -> None:
        tone = _TONES.get(cell.state)
        if cell.state == CellState.SELF:
            painter.fillRect(area.adjusted(0, 0, 0, -1), look.colour("line"))
        elif tone is None:
            painter.setFont(look.font(12))
            painter.setPen(look.colour("warn" if cell.state == CellState.ANY else "dim"))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
        else:
            width = QFontMetrics(look.font(12)).horizontalAdvance(text) + look.px(14)
            plate = QRect(0, 0, min(width, area.width() - 6), look.px(20))
            plate.moveCenter(area.center())
            draw_plate(painter, look, plate, text, tone)


class TalkMatrixView(QTableView):
    """``opened`` gives the ``TalkCell`` on a click, on Enter and on space."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = TalkMatrixModel(self)
        self.setModel(self.matrix)
        self.setItemDelegate(_MatrixCells(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setAccessibleName(self.tr("谈心谈话一览"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.clicked.connect(self._open)

    def show_talks(self, found: TalksOfYear, rows: Sequence[TalkPerson]) -> None:
        """Show these members; the cursor stays where it was."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.matrix.show(found, rows)
        self._measure()
        if rows and row < 0:  # the first cell that is not somebody with themselves
            self.setCurrentIndex(self.matrix.index(0, min(2, self.matrix.columnCount() - 1)))
        elif rows:
            self.setCurrentIndex(
                self.matrix.index(
                    min(max(row, 0), len(rows) - 1), min(max(column, 1), self.matrix.columnCount() - 1)
                )
            )

    @property
    def current_cell(self) -> TalkCell | None:
        """The cell under the cursor, None on a name or in an empty matrix."""
        index = self.currentIndex()
        return index.data(CELL_ROLE) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open the cell under the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take what the cells leave."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "matrix"):
            self._measure()

    def _measure(self) -> None:
        look = Look.current()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        cells = self.matrix.columnCount() - 1
        room = self.viewport().width() - max(cells, 0) * look.px(CELL_WIDTH)
        for column in range(self.matrix.columnCount()):
            wide = max(room, look.px(NAME_WIDTH)) if column == NAME_COLUMN else look.px(CELL_WIDTH)
            self.setColumnWidth(column, wide)

    def _open(self, index: QModelIndex) -> None:
        cell = index.data(CELL_ROLE) if index.isValid() else None
        if cell is not None and cell.state != CellState.SELF:
            self.opened.emit(cell)
