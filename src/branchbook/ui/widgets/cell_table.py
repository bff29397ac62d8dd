"""A table walked cell by cell with the arrows; what other keys mean is told by whoever owns it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from branchbook.ui.models.cells import COLUMN_ROLE, ROW_ROLE, CellColumn, CellsModel
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look
from branchbook.ui.widgets.entry_list import draw_plate

Row = TypeVar("Row")
_HEAD = 30
_EDGE = 14


class KeyTaker(Protocol):
    """What the keys of a table mean just now, beyond moving about."""

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is its own, before a shortcut of the window gets it."""
        ...

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False where it means nothing."""
        ...


class _Cells(QStyledItemDelegate):
    def __init__(self, table: CellTable[Any]) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look, table = Look.current(), self._table
        column: CellColumn[Any] = index.data(COLUMN_ROLE)
        row = index.data(ROW_ROLE)
        area: QRect = option.rect  # type: ignore[attr-defined]
        current = table.currentIndex()
        here = table.hasFocus() and current == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "surface"
        if index.row() == current.row():
            ground = "selection"
            painter.fillRect(area, look.colour(ground))
            if index.column() == 0 and table.hasFocus():
                painter.fillRect(area.x(), area.y(), 3, area.height() - 1, look.colour("accent"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, look.colour("line"))
        text, tone = column.text(row), column.tone_of(row)
        if column.typed:
            _field(painter, look, area, text, here=here)
        elif tone is not None and text:
            width = QFontMetrics(look.font(12)).horizontalAdvance(text) + look.px(14)
            width = min(width, area.width() - 4)
            x = area.x() + 8 if column.left else area.center().x() - width // 2
            plate = QRect(x, area.center().y() - look.px(10) + 1, width, look.px(20))
            draw_plate(painter, look, plate, text, tone)
        else:
            _plain(painter, look, area, column, text, ground)
        if here and not column.typed:
            painter.setPen(QPen(look.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1.5, 2, -1.5, -3), 4, 4)
        painter.restore()


def edge_of(column: CellColumn[Any]) -> int:
    """How far a text at the left stands from its cell's edge: as its head does."""
    return _EDGE if column.key == "name" else 8


def _plain(
    painter: QPainter, look: Look, area: QRect, column: CellColumn[Any], text: str, ground: str
) -> None:
    font = look.font(14 if column.key == "name" else 13)
    painter.setFont(font)
    painter.setPen(QColor(look.tokens.on("text", ground)))
    inner = area.adjusted(edge_of(column) if column.left else 2, 0, -2, 0)
    side = Qt.AlignmentFlag.AlignLeft if column.left else Qt.AlignmentFlag.AlignHCenter
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


def _field(painter: QPainter, look: Look, area: QRect, text: str, *, here: bool) -> None:
    width, height = min(look.px(52), area.width() - 6), look.px(26)
    cell = QRect(area.center().x() - width // 2, area.center().y() - height // 2, width, height)
    painter.setPen(QPen(look.colour("accent" if here else "line"), 2 if here else 1))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(look.font(14))
    painter.setPen(look.colour("text"))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)


class CellTable(QTableView, Generic[Row]):
    """``moved`` gives row and column key of the cell that became current by a hand, ``opened`` on Enter or a
    double click.

    ``keys`` gets the keys before the table. ``most_rows`` are in sight at a time: a longer table scrolls by itself,
    so that what stands below it stays near.
    """

    moved = Signal(object, str)
    opened = Signal(object, str)

    def __init__(
        self, key: Callable[[Row], Any], parent: QWidget | None = None, *, most_rows: int = 8
    ) -> None:
        super().__init__(parent)
        self.keys: KeyTaker | None = None
        self._key, self._most_rows = key, most_rows
        self._given: tuple[CellColumn[Row], ...] = ()
        self._silent = False
        self.cells: CellsModel[Row] = CellsModel(key, self)
        self.setModel(self.cells)
        self.setItemDelegate(_Cells(self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setObjectName("count-head")
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)

    # ------------------------------------------------------------------------------------ showing

    def show_cells(self, rows: Sequence[Row], columns: Sequence[CellColumn[Row]]) -> None:
        """Show these; the current row and column stay current where they are still there."""
        row, column = self.current_row, self.current_column
        at = self.verticalScrollBar().value()
        before, self._given = len(self.cells.rows), tuple(columns)
        self._silent = True
        if self.cells.show_cells(rows, columns) and row is not None:
            self.select(self._key(row), column)
            self.verticalScrollBar().setValue(at)
        self._silent = False
        if before != len(rows):
            self._measure()
        else:
            self._fit()
        self.viewport().update()

    @property
    def current_row(self) -> Row | None:
        """The value of the current row."""
        at = self.currentIndex().row()
        return self.cells.rows[at] if 0 <= at < len(self.cells.rows) else None

    @property
    def current_column(self) -> str:
        """The key of the current column, empty where none is."""
        at = self.currentIndex().column()
        return self.cells.columns[at].key if 0 <= at < len(self.cells.columns) else ""

    def select(self, key: Any, column: str = "") -> bool:
        """Make a cell current without telling; False where the row is not shown."""
        row = self.cells.row_of(key)
        if row < 0:
            return False
        across = max(self.cells.column_of(column or self.current_column), 0)
        before, self._silent = self._silent, True
        self.setCurrentIndex(self.cells.index(row, across))
        self._silent = before
        return True

    def move_row(self, step: int) -> None:
        """The row below or above, in the same column, as a hand would."""
        row = self.currentIndex().row() + step
        if 0 <= row < len(self.cells.rows):
            self.setCurrentIndex(self.cells.index(row, max(self.currentIndex().column(), 0)))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell which cell is the current one; show the whole row's new ground, and scroll the page to it."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if not current.isValid():
            return
        if self.hasFocus():
            self._reveal(self.visualRect(current))
        if not self._silent:
            self.moved.emit(self.cells.rows[current.row()], self.cells.columns[current.column()].key)

    def _reveal(self, row: QRect) -> None:
        page = self.parentWidget()
        while page is not None:
            inside = page.widget() if isinstance(page, QScrollArea) else None
            if isinstance(page, QScrollArea) and inside is not None:
                point = self.viewport().mapTo(inside, row.center())
                page.ensureVisible(0, point.y(), 0, 2 * row.height())
            page = page.parentWidget()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.cells.rows[index.row()], self.cells.columns[index.column()].key)

    # --------------------------------------------------------------------------------------- size

    def sizeHint(self) -> QSize:
        """As high as the rows in sight."""
        return QSize(480, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "cells"):
            self._measure()

    def _measure(self) -> None:
        look = Look.current()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        self.horizontalHeader().setFixedHeight(look.px(_HEAD))
        rows = min(max(len(self.cells.rows), 1), self._most_rows)
        self.setFixedHeight(look.px(_HEAD) + rows * look.px(ROW) + 2)
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as they need; those of the highest rank go where there is no room for all."""
        widths = {each.key: self._needed(each) for each in self._given}
        shown = list(self._given)
        room = self.viewport().width()
        while sum(widths[each.key] for each in shown) > room and any(each.rank for each in shown):
            worst = max(each.rank for each in shown)
            shown = [each for each in shown if each.rank < worst]
        spare = max(room - sum(widths[each.key] for each in shown), 0)
        growing = [each for each in shown if each.stretch] or shown[:1]
        for at, column in enumerate(self._given):
            self.setColumnHidden(at, column not in shown)
            more = spare // len(growing) if column in growing else 0
            self.setColumnWidth(at, widths[column.key] + more)

    def _needed(self, column: CellColumn[Row]) -> int:
        look = Look.current()
        head = QFontMetrics(look.font(12)).horizontalAdvance(column.title) + look.px(12)
        return max(look.px(column.width), head)

    # --------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the owner before a shortcut of the window gets them."""
        overriding = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overriding and self.keys is not None and self.keys.wants(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The owner's keys, Ctrl+C copies, Enter opens; the rest is Qt's moving about."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied_text())
        elif self.keys is not None and self.keys.take_key(event):
            return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the current cell; the first one where none is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the current cell as it is without the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def copied_text(self) -> str:
        """The whole table with its head, parted by tabs, as spreadsheets paste it."""
        columns = self._given
        lines = [[each.title for each in columns]]
        lines += [[each.text(row) for each in columns] for row in self.cells.rows]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
