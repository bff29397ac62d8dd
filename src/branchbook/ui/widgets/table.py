"""A quiet table: rows of 34 px, a line between them, copied to WPS and Excel as text parted by tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QRect, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from branchbook.ui.models.rows import TONE_ROLE, Column, RowsModel
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look
from branchbook.ui.widgets.entry_list import draw_plate

Row = TypeVar("Row")


class _BadgeCells(QStyledItemDelegate):
    """Cells whose column gives a tone are painted as badges, the others as text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        tone = index.data(TONE_ROLE)
        if tone is None:
            super().paint(painter, option, index)
            return
        look = Look.current()
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, look.colour("line"))
        text = str(index.data() or "")
        width = QFontMetrics(look.font(12)).horizontalAdvance(text) + look.px(14)
        if text:
            plate = QRect(area.x() + 8, area.center().y() - look.px(10) + 1, width, look.px(20))
            draw_plate(painter, look, plate, text, tone)
        painter.restore()


class Table(QTableView, Generic[Row]):
    """Rows are chosen whole. ``chosen`` gives the value of the row that became current, ``opened`` on Enter."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        parent: QWidget | None = None,
        *,
        key: Callable[[Row], Any] | None = None,
    ) -> None:
        """``key`` tells what stays chosen when other rows are shown; without it nothing does."""
        super().__init__(parent)
        self._key = key
        self._silent = False
        self.rows_model: RowsModel[Row] = RowsModel(columns, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(_BadgeCells(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.activated.connect(lambda index: self.opened.emit(self.rows_model.rows[index.row()]))
        self._measure()

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns, without rows until they are set."""
        self._silent = True
        self.rows_model.set_columns(columns)
        self._silent = False
        self._measure()

    @property
    def current_row(self) -> Row | None:
        """The value of the current row."""
        row = self.currentIndex().row()
        return self.rows_model.rows[row] if row >= 0 else None

    @property
    def selected_rows(self) -> tuple[Row, ...]:
        """The values of all chosen rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.rows_model.rows[row] for row in rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show others; the current row stays current by its key, without telling."""
        current = self.current_row
        at = self.verticalScrollBar().value()
        self._silent = True
        self.rows_model.set_rows(rows)
        self._silent = False
        if self._key is not None and current is not None and self.select(self._key(current)):
            self.verticalScrollBar().setValue(at)

    def select(self, key: Any) -> bool:
        """Make the row with this key current without telling; False where there is none."""
        if self._key is None:
            return False
        for number, row in enumerate(self.rows_model.rows):
            if self._key(row) == key:
                self._silent = True
                self.setCurrentIndex(self.rows_model.index(number, 0))
                self._silent = False
                return True
        return False

    def copied_text(self) -> str:
        """The chosen rows with the head, parted by tabs, as spreadsheets paste them."""
        columns = self.rows_model.columns
        lines = [[column.title for column in columns]]
        lines += [[column.text(row) for column in columns] for row in self.selected_rows]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied_text())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows_model"):
            self._measure()

    def _measure(self) -> None:
        look = Look.current()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        header = self.horizontalHeader()
        for number, column in enumerate(self.rows_model.columns):
            stretch = (
                QHeaderView.ResizeMode.Stretch if not column.width else QHeaderView.ResizeMode.Interactive
            )
            header.setSectionResizeMode(number, stretch)
            if column.width:
                self.setColumnWidth(number, look.px(column.width))

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        if not self._silent and current.isValid():
            self.chosen.emit(self.rows_model.rows[current.row()])
