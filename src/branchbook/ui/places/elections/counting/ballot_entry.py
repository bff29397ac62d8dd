"""Ballot by ballot: one key for a mark, a ballot in hand, Enter to count it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from branchbook.domain.ballot_counts import OneBallot, WrittenName
from branchbook.domain.tally import BallotMark
from branchbook.ui.places.elections.counting.ballot_in_hand import BallotInHand, begun, taken_up

_KEY = Qt.Key
MARK_KEYS = {
    _KEY.Key_1: BallotMark.FOR,
    _KEY.Key_2: BallotMark.AGAINST,
    _KEY.Key_3: BallotMark.ILLEGIBLE,
    _KEY.Key_0: BallotMark.ABSTAIN,
    _KEY.Key_Space: BallotMark.ABSTAIN,
}
FILL_KEYS = {_KEY.Key_5: BallotMark.FOR, _KEY.Key_6: BallotMark.AGAINST}
_WRITE_KEYS = (_KEY.Key_4, _KEY.Key_Plus)
_SPOIL_KEY = _KEY.Key_9
_BACK_KEYS = (_KEY.Key_Backspace, _KEY.Key_Minus)
_ENTER_KEYS = (_KEY.Key_Return, _KEY.Key_Enter)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
MOST_LETTERS = 26


def letter_of(row: int) -> str:
    """The letter that reaches a row; empty from the 27th on."""
    return chr(ord("A") + row) if row < MOST_LETTERS else ""


class BallotEntry(QObject):
    """Holds the ballot in hand. ``confirmed`` gives a ``OneBallot`` on Enter, ``said`` a word of help.

    ``take_back_asked`` is emitted for Backspace and Ctrl+Z with nothing in hand. While ``closed`` says why
    no ballot can be read, keys only say so.
    """

    changed = Signal()
    confirmed = Signal(object)
    take_back_asked = Signal()
    write_in_asked = Signal()
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hand = BallotInHand()
        self.closed = ""

    def begin(self, names: tuple[str, ...]) -> None:
        """Take up a new ballot."""
        self._hold(begun(names))

    def take_up(self, ballot: OneBallot) -> None:
        """Take up a ballot that was taken back, with its marks."""
        self._hold(taken_up(self.hand.names, ballot))

    def write(self, written: WrittenName) -> None:
        """Write a name on the ballot in hand."""
        self._hold(self.hand.with_name(written))

    def point(self, row: int, *, turn: bool) -> None:
        """A click on a row: the cursor goes there; with ``turn`` its mark changes."""
        self._hold(self.hand.turned(row) if turn else self.hand.at(row))

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the ballot, before a shortcut of the window gets it."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return True
        return not event.modifiers() & _HELD and self._is_known(_KEY(event.key()))

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
        elif key in _WRITE_KEYS:
            self.write_in_asked.emit()
        else:
            self._mark(key)
        return True

    def _is_known(self, key: Qt.Key) -> bool:
        if key == _KEY.Key_Escape:
            return not self.hand.is_empty
        known = (
            *MARK_KEYS, *FILL_KEYS, *_WRITE_KEYS, *_BACK_KEYS, *_ENTER_KEYS,
            _SPOIL_KEY, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Home, _KEY.Key_End,
        )  # fmt: skip
        return key in known or self._row_of(key) is not None

    def _row_of(self, key: Qt.Key) -> int | None:
        row = int(key) - int(_KEY.Key_A)
        return row if 0 <= row < min(len(self.hand.names), MOST_LETTERS) else None

    def _mark(self, key: Qt.Key) -> None:
        hand, row = self.hand, self._row_of(key)
        if row is not None:
            self._hold(hand.turned(row))
        elif key in MARK_KEYS and hand.is_passed:
            self.said.emit(self.tr("这张票已经标完：回车确认，或用方向键、字母键回去改"))
        elif key in MARK_KEYS:
            self._hold(hand.marked(MARK_KEYS[key]))
        elif key in FILL_KEYS:
            self._hold(hand.filled(FILL_KEYS[key]))
        elif key == _SPOIL_KEY:
            self._hold(hand.as_spoiled())
        elif key == _KEY.Key_Escape:
            self.begin(hand.names)
        else:
            moves = {_KEY.Key_Up: hand.moved(-1), _KEY.Key_Down: hand.moved(1)}
            self._hold(moves.get(key) or hand.at(0 if key == _KEY.Key_Home else len(hand.names)))

    def _step_back(self) -> None:
        if self.hand.is_empty:
            self.take_back_asked.emit()
        else:
            self._hold(self.hand.stepped_back())

    def _confirm(self) -> None:
        if self.hand.is_empty:
            self.said.emit(self.tr("这张票还没有标记：全部弃权的按 0 再回车，整张无效的按 9 再回车"))
        else:
            self.confirmed.emit(self.hand.ballot)

    def _hold(self, hand: BallotInHand) -> None:
        self.hand = hand
        self.changed.emit()
