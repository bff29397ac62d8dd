"""Totals from the tellers' paper: digits go into the current cell, Enter goes on to the next."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from branchbook.domain.tally import MOST_COUNTED
from branchbook.ui.places.evaluations.yearly.counting.grade_rows import GradeRow
from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import LineMark
from branchbook.ui.places.evaluations.yearly.counting.wording import number_of
from branchbook.ui.widgets.cell_table import CellTable

_KEY = Qt.Key
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_ENTER_KEYS = (_KEY.Key_Return, _KEY.Key_Enter)
_MARKS = tuple(LineMark)


class GradeTotals(QObject):
    """``typed`` gives the person, the mark and the new number with every digit; ``left`` when a cell is left.

    ``filled`` asks for what is missing in a cell (key =), ``ended`` tells that the last one was passed.
    """

    typed = Signal(object, object, int)
    filled = Signal(object, object)
    left = Signal()
    ended = Signal()
    said = Signal(str)

    def __init__(self, table: CellTable[GradeRow]) -> None:
        super().__init__(table)
        self._table = table
        self._fresh = True
        table.selectionModel().currentChanged.connect(self._leave)

    def start(self) -> None:
        """Go to the first number."""
        self.go(0, _MARKS[0])

    def go(self, row: int, mark: LineMark) -> None:
        """Make a number the current one."""
        cells = self._table.cells
        across = cells.column_of(mark.value)
        if 0 <= row < len(cells.rows) and across >= 0:
            self._fresh = True
            self._table.setCurrentIndex(cells.index(row, across))

    def wants(self, event: QKeyEvent) -> bool:
        """Plain digits and the keys that change a number, before a shortcut of the window gets them."""
        if event.matches(QKeySequence.StandardKey.Paste):
            return True
        known = (*_ENTER_KEYS, _KEY.Key_Backspace, _KEY.Key_Delete, _KEY.Key_Equal)
        return not event.modifiers() & _HELD and (_digit(event) is not None or _KEY(event.key()) in known)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False where it means nothing here."""
        if not self.wants(event):
            return False
        key, digit = _KEY(event.key()), _digit(event)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif key in _ENTER_KEYS:
            self._next()
        else:
            self._change(key, digit)
        return True

    def paste(self, text: str) -> None:
        """Numbers as spreadsheets copy them, from the current cell on to the right and down."""
        rows, first = self._table.cells.rows, max(self._at(), 0)
        strange = []
        for row, line in enumerate(text.splitlines(), max(self._table.currentIndex().row(), 0)):
            for mark, piece in zip(_MARKS[first:], line.split("\t"), strict=False):
                plain = unicodedata.normalize("NFKC", piece).strip()
                if plain.isdecimal() and int(plain) <= MOST_COUNTED and row < len(rows):
                    self.typed.emit(rows[row].person_id, mark, int(plain))
                elif plain:
                    strange.append(plain)
        self._fresh = True
        self.left.emit()
        if strange:
            words = self.tr("粘贴的内容里没有记下：{pieces}")
            self.said.emit(words.format(pieces="、".join(strange[:5])))

    @property
    def whose(self) -> UUID | None:
        """Whose numbers are being typed."""
        row = self._table.current_row
        return row.person_id if row is not None and self._table.hasFocus() else None

    # ------------------------------------------------------------------------------------ inside

    def _at(self) -> int:
        column = self._table.current_column
        return next((at for at, mark in enumerate(_MARKS) if mark.value == column), -1)

    def _change(self, key: Qt.Key, digit: int | None) -> None:
        row, at = self._table.current_row, self._at()
        if row is None or at < 0:
            return
        mark = _MARKS[at]
        now = number_of(row.count, mark)
        if digit is not None:
            number = digit if self._fresh else now * 10 + digit
        elif key == _KEY.Key_Equal:
            self.filled.emit(row.person_id, mark)
            return
        else:
            number = 0 if key == _KEY.Key_Delete else now // 10
        if number > MOST_COUNTED:
            self.said.emit(self.tr("票数不会超过 {n}，这一位没有记下").format(n=MOST_COUNTED))
            return
        self._fresh = False
        self.typed.emit(row.person_id, mark, number)

    def _next(self) -> None:
        """Every number of a member in the order of the columns, then the next member's."""
        row, at = self._table.currentIndex().row(), self._at()
        if 0 <= at < len(_MARKS) - 1:
            self.go(row, _MARKS[at + 1])
        elif row + 1 < len(self._table.cells.rows):
            self.go(row + 1, _MARKS[0])
        else:
            self._fresh = True
            self.left.emit()
            self.ended.emit()

    def _leave(self, *_: object) -> None:
        self._fresh = True
        self.left.emit()


def _digit(event: QKeyEvent) -> int | None:
    text = unicodedata.normalize("NFKC", event.text())
    return int(text) if len(text) == 1 and text.isdecimal() else None
