"""The table of candidates: the ballot in hand or the totals are entered in it, by keys."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QScrollArea, QSizePolicy, QTableView, QWidget

from branchbook.ui.places.elections.counting.count_model import CountColumn, CountModel, CountRow, Index
from branchbook.ui.places.elections.counting.count_painting import CountCells
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look

_HEAD = 30
_LEAST_ROWS = 4
_LEAST_MARKS = 64
_ROOMY = 640
_SPARE = {
    CountColumn.NAME: 14,
    CountColumn.HAND: 28,
    CountColumn.FOR: 28,
    CountColumn.AGAINST: 34,
    CountColumn.ABSTAIN: 34,
    CountColumn.ILLEGIBLE: 24,
    CountColumn.RESULT: 40,
}


class Entry(Protocol):
    """What the keys of the table mean just now."""

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is its own."""
        ...

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False where it means nothing."""
        ...


class CountTable(QTableView):
    """``entry`` gets the keys; without one the table is only read. Ctrl+C copies it for WPS and Excel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self.count = CountModel(self)
        self.cells = CountCells(self)
        self.setModel(self.count)
        self.setItemDelegate(self.cells)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setObjectName("count-head")
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(self.tr("计票"))

    def show_rows(
        self, rows: tuple[CountRow, ...], columns: tuple[CountColumn, ...], *, in_stroke_order: bool
    ) -> None:
        """Show a count; numbers alone change in place."""
        before = (len(self.count.rows), self.count.columns)
        self.count.show_rows(rows, columns, in_stroke_order=in_stroke_order)
        if before != (len(rows), columns):
            self._measure()
        else:
            self._fit()
        row = next((number for number, each in enumerate(rows) if each.at_cursor), -1)
        if row >= 0 and self.currentIndex().row() != row:
            self.setCurrentIndex(self.count.index(row, 0))
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Scroll the pages around the table too, so that the row that is read can be seen."""
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self._reveal(self.visualRect(current))

    def _reveal(self, row: QRect) -> None:
        page = self.parentWidget()
        while page is not None:
            inside = page.widget() if isinstance(page, QScrollArea) else None
            if isinstance(page, QScrollArea) and inside is not None:
                point = self.viewport().mapTo(inside, row.center())
                page.ensureVisible(0, point.y(), 0, 2 * row.height())
            page = page.parentWidget()

    # --------------------------------------------------------------------------------------- size

    def sizeHint(self) -> QSize:
        """As high as a few rows: it grows into what is left over, up to all of them."""
        return QSize(480, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as a few rows; the others scroll."""
        return QSize(240, self._height(min(len(self.count.rows), _LEAST_ROWS)))

    def _height(self, rows: int) -> int:
        look = Look.current()
        return look.px(_HEAD) + rows * look.px(ROW) + 2

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
        self.setMaximumHeight(self._height(len(self.count.rows)))
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words need; what is left goes to 正, which gives way where it is little."""
        look, columns = Look.current(), self.count.columns
        least = {each: self._needed(each) for each in columns if each != CountColumn.MARKS}
        left = self.viewport().width() - sum(least.values())
        marks = CountColumn.MARKS in columns and left >= look.px(_LEAST_MARKS)
        spare = max(left - look.px(160 if marks else 0), 0) // max(len(least), 1)
        for number, column in enumerate(columns):
            if column == CountColumn.MARKS:
                self.setColumnHidden(number, not marks)
                self.setColumnWidth(number, left - sum(min(spare, look.px(_SPARE[each])) for each in least))
            else:
                self.setColumnHidden(number, False)
                self.setColumnWidth(number, least[column] + min(spare, look.px(_SPARE[column])))

    def _needed(self, column: CountColumn) -> int:
        look = Look.current()
        head = QFontMetrics(look.font(12)).horizontalAdvance(self.head_of(column)) + look.px(16) + 12
        if column == CountColumn.NAME:
            names = QFontMetrics(look.font(14))
            longest = max((names.horizontalAdvance(each.title) for each in self.count.rows), default=0)
            roomy = self.viewport().width() >= look.px(_ROOMY)
            return max(min(longest, look.px(150)) + look.px(20) + 24, head if roomy else look.px(84))
        if column in (CountColumn.RESULT, CountColumn.HAND):
            badge = QFontMetrics(look.font(12))
            words = [each.word for each in self.count.rows] if column == CountColumn.RESULT else ["无法辨认"]
            return max(head, *(badge.horizontalAdvance(each) + look.px(22) for each in (*words, "未过半")))
        return max(head, look.px(60 if self.cells.typed else 44))

    def head_of(self, column: CountColumn) -> str:
        """The title of a column."""
        at = self.count.columns.index(column)
        return str(self.count.headerData(at, Qt.Orientation.Horizontal))

    # --------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the entry before a shortcut of the window gets them: Ctrl+Z takes a ballot back."""
        overriding = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overriding and self.entry is not None and self.entry.wants(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys belong to the entry; Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied_text())
        elif self.entry is None or not self.entry.take_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the cursor; Qt itself would move it to the first cell."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the cursor as it is without the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def copied_text(self) -> str:
        """The whole table with its head, parted by tabs; without the ballot in hand."""
        columns = [each for each in self.count.columns if each != CountColumn.HAND]
        lines = [[self.head_of(each) for each in columns]]
        lines += [[row.text(each) for each in columns] for row in self.count.rows]
        return "\n".join("\t".join(line) for line in lines)
