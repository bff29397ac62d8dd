"""Ballot by ballot: one key for a grade, one for everyone who is left, Enter to count it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import GRADES, GradesInHand, LineMark

_KEY = Qt.Key
MARK_KEYS = {
    **dict(zip((_KEY.Key_1, _KEY.Key_2, _KEY.Key_3, _KEY.Key_4), GRADES, strict=True)),
    _KEY.Key_0: LineMark.BLANK,
    _KEY.Key_Space: LineMark.BLANK,
    _KEY.Key_X: LineMark.VOID,
}
FILL_KEYS = dict(zip((_KEY.Key_5, _KEY.Key_6, _KEY.Key_7, _KEY.Key_8), GRADES, strict=True))
_SPOIL_KEY = _KEY.Key_9
_BACK_KEYS = (_KEY.Key_Backspace, _KEY.Key_Minus)
_ENTER_KEYS = (_KEY.Key_Return, _KEY.Key_Enter)
_MOVE_KEYS = (_KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Home, _KEY.Key_End)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class GradeEntry(QObject):
    """Holds the ballot in hand. ``confirmed`` gives ``GradesInHand`` on Enter, ``said`` a word of help.

    ``take_back_asked`` is emitted for Backspace and Ctrl+Z with nothing in hand. A letter goes to the next one whose
    name begins with it (x voids a line; with Shift it is a letter). While ``closed`` says why no ballot can be read,
    keys only say so.
    """

    changed = Signal()
    confirmed = Signal(object)
    take_back_asked = Signal()
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hand = GradesInHand()
        self.initials: tuple[str, ...] = ()
        self.closed = ""

    def begin(self, people: Sequence[UUID], initials: Sequence[str] = ()) -> None:
        """Take up a new ballot; ``initials`` are those of the people, several readings parted by blanks."""
        self.initials = tuple(initials) or self.initials
        self._hold(GradesInHand(tuple(people)))

    def take_up(self, ballot: GradesInHand) -> None:
        """Take up a ballot that was taken back, with its marks."""
        empty = GradesInHand(self.hand.people)
        self._hold(GradesInHand(empty.people, ballot.given, ballot.spoiled, 0, before=empty))

    def point(self, row: int) -> None:
        """A click on a row: the cursor goes there."""
        self._hold(self.hand.at(row))

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the ballot, before a shortcut of the window gets it."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return True
        return not event.modifiers() & _HELD and self._is_known(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False where it means nothing here. A key held down counts once."""
        if not self.wants(event):
            return False
        key = _KEY(event.key())
        if event.isAutoRepeat() and key not in (_KEY.Key_Up, _KEY.Key_Down):
            return True
        if event.matches(QKeySequence.StandardKey.Undo) or key in _BACK_KEYS:
            self._step_back()
        elif self.closed:
            self.said.emit(self.closed)
        elif key in _ENTER_KEYS:
            self._confirm()
        elif key in MARK_KEYS and not self._is_letter(event):
            self._mark(MARK_KEYS[key])
        else:
            self._others(key)
        return True

    @staticmethod
    def _is_letter(event: QKeyEvent) -> bool:
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return _KEY.Key_A <= event.key() <= _KEY.Key_Z and (event.key() != _KEY.Key_X or shifted)

    def _is_known(self, event: QKeyEvent) -> bool:
        key = _KEY(event.key())
        if key == _KEY.Key_Escape:
            return not self.hand.is_empty
        known = (*MARK_KEYS, *FILL_KEYS, *_BACK_KEYS, *_ENTER_KEYS, *_MOVE_KEYS, _SPOIL_KEY)
        return key in known or self._is_letter(event)

    def _mark(self, mark: LineMark) -> None:
        if self.hand.is_passed:
            self.said.emit(self.tr("这张票已经标完：回车确认，或用方向键、字母键回去改"))
        else:
            self._hold(self.hand.marked(mark))

    def _others(self, key: Qt.Key) -> None:
        hand = self.hand
        if key in FILL_KEYS:
            self._hold(hand.filled(FILL_KEYS[key]))
        elif key == _SPOIL_KEY:
            self._hold(hand.as_spoiled())
        elif key == _KEY.Key_Escape:
            self.begin(hand.people)
        elif key in _MOVE_KEYS:
            moves = {_KEY.Key_Up: hand.moved(-1), _KEY.Key_Down: hand.moved(1)}
            self._hold(moves.get(key) or hand.at(0 if key == _KEY.Key_Home else len(hand.people)))
        else:
            self._jump(chr(int(key)).lower())

    def _jump(self, letter: str) -> None:
        """To the next one whose name begins with a letter, from the cursor on and around."""
        count = len(self.hand.people)
        for row in ((self.hand.cursor + 1 + step) % count for step in range(count)):
            readings = self.initials[row].split() if row < len(self.initials) else []
            if any(each.lower().startswith(letter) for each in readings):
                self._hold(self.hand.at(row))
                return
        self.said.emit(self.tr("没有姓名以 {letter} 开头的人").format(letter=letter.upper()))

    def _step_back(self) -> None:
        if self.hand.is_empty:
            self.take_back_asked.emit()
        else:
            self._hold(self.hand.stepped_back())

    def _confirm(self) -> None:
        if self.hand.is_empty:
            self.said.emit(self.tr("这张票还没有标记：全部弃权的按 0 再回车，整张无效的按 9 再回车"))
        else:
            self.confirmed.emit(self.hand)

    def _hold(self, hand: GradesInHand) -> None:
        self.hand = hand
        self.changed.emit()
