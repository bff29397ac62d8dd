"""Totals from the tellers' paper: digits go into the current cell, Enter goes on to the next."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView

from branchbook.domain.tally import MOST_COUNTED
from branchbook.ui.places.elections.counting.count_model import NUMBERS, CountColumn, CountModel

_KEY = Qt.Key
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_MOVES = {_KEY.Key_Up: (-1, 0), _KEY.Key_Down: (1, 0), _KEY.Key_Left: (0, -1), _KEY.Key_Right: (0, 1)}
_ENTER_KEYS = (_KEY.Key_Return, _KEY.Key_Enter)


class TotalsEntry(QObject):
    """``typed`` gives row, column and the new number with every digit; ``left`` when a cell is left.

    ``filled`` asks for what is missing in a cell (key =), ``write_in_asked`` for one more name (key +).
    """

    typed = Signal(int, object, int)
    filled = Signal(int, object)
    left = Signal()
    ended = Signal()
    write_in_asked = Signal()
    said = Signal(str)

    def __init__(self, view: QTableView, model: CountModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._fresh = True
        view.selectionModel().currentChanged.connect(self._leave)

    def start(self) -> None:
        """Go to the first number."""
        self.go(0, CountColumn.FOR)

    def wants(self, event: QKeyEvent) -> bool:
        """Plain digits and the keys that change a number, before a shortcut of the window gets them."""
        if event.matches(QKeySequence.StandardKey.Paste):
            return True
        return not event.modifiers() & _HELD and (self._digit(event) is not None or self._is_known(event))

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False where it means nothing here."""
        index = self._view.currentIndex()
        if not self.wants(event) or not index.isValid():
            return False
        key, digit = _KEY(event.key()), self._digit(event)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif digit is not None:
            self._type(index, digit)
        elif key in _MOVES:
            self._move(*_MOVES[key])
        elif key in _ENTER_KEYS:
            self._next()
        elif key == _KEY.Key_Plus:
            self.write_in_asked.emit()
        elif key == _KEY.Key_Equal:
            self.filled.emit(index.row(), self._model.column_at(index))
        else:
            self._shorten(index, clear=key == _KEY.Key_Delete)
        return True

    def paste(self, text: str) -> None:
        """Numbers as spreadsheets copy them, from the current cell on to the right and down."""
        index, model = self._view.currentIndex(), self._model
        numbers = [each for each in model.columns if each in NUMBERS]
        column = model.column_at(index)
        first = numbers.index(column) if column in numbers else 0
        strange = []
        for row, line in enumerate(text.splitlines(), index.row()):
            for target, piece in zip(numbers[first:], line.split("\t"), strict=False):
                plain = unicodedata.normalize("NFKC", piece).strip()
                if not plain.isdecimal() or int(plain) > MOST_COUNTED or row >= len(model.rows):
                    strange.append(piece.strip())
                elif model.rows[row].number(target) is not None:
                    self.typed.emit(row, target, int(plain))
        self._fresh = True
        self.left.emit()
        if any(strange):
            words = self.tr("粘贴的内容里没有记下：{pieces}")
            self.said.emit(words.format(pieces="、".join(each for each in strange[:5] if each)))

    @staticmethod
    def _digit(event: QKeyEvent) -> int | None:
        text = unicodedata.normalize("NFKC", event.text())
        return int(text) if len(text) == 1 and text.isdecimal() else None

    @staticmethod
    def _is_known(event: QKeyEvent) -> bool:
        others = (_KEY.Key_Backspace, _KEY.Key_Delete, _KEY.Key_Equal, _KEY.Key_Plus)
        return _KEY(event.key()) in (*_MOVES, *_ENTER_KEYS, *others)

    def _type(self, index: QModelIndex, digit: int) -> None:
        now = self._model.number_at(index)
        if now is None:
            return
        number = digit if self._fresh else now * 10 + digit
        if number > MOST_COUNTED:
            self.said.emit(self.tr("票数不会超过 {n}，这一位没有记下").format(n=MOST_COUNTED))
            return
        self._fresh = False
        self.typed.emit(index.row(), self._model.column_at(index), number)

    def _shorten(self, index: QModelIndex, *, clear: bool) -> None:
        now = self._model.number_at(index)
        if now is not None:
            self._fresh = False
            self.typed.emit(index.row(), self._model.column_at(index), 0 if clear else now // 10)

    # ------------------------------------------------------------------------------------- moving

    def _move(self, down: int, right: int) -> None:
        index = self._view.currentIndex()
        column = self._model.column_at(index) or CountColumn.FOR
        numbers = [each for each in self._model.columns if each in NUMBERS]
        at = numbers.index(column) if column in numbers else 0
        row = min(max(index.row() + down, 0), len(self._model.rows) - 1)
        self.go(row, numbers[min(max(at + right, 0), len(numbers) - 1)])

    def _next(self) -> None:
        """Every number that is shown of a person, in the order of the columns, then the next person's.

        A number that Enter left out would put what a hand types for it into the next row.
        """
        index = self._view.currentIndex()
        row, column = index.row(), self._model.column_at(index)
        order = [each for each in NUMBERS if each in self._model.columns]
        written = self._model.rows[row].written_in
        if column in order[:-1] and not written:
            self.go(row, order[order.index(column) + 1])
        elif row + 1 < len(self._model.rows):
            self.go(row + 1, CountColumn.FOR)
        else:
            self.left.emit()
            self._fresh = True
            self.ended.emit()

    def go(self, row: int, column: CountColumn) -> None:
        """Make a number the current one."""
        if not 0 <= row < len(self._model.rows) or column not in self._model.columns:
            return
        if self._model.rows[row].number(column) is None:
            column = CountColumn.FOR
        self._fresh = True
        self._view.setCurrentIndex(self._model.index(row, self._model.columns.index(column)))

    def _leave(self, current: QModelIndex, before: QModelIndex) -> None:
        self._fresh = True
        if before.isValid():
            self.left.emit()
