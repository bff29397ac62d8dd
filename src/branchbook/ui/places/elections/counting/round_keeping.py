"""The round while it is counted: what is shown, what was given away to be kept, and answers that come late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from branchbook.domain.ballots import BallotRound, WriteInLine


class RoundKeeping(QObject):
    """``changed`` with every number, ``kept`` gives the ``BallotRound`` to keep when an entry is finished."""

    changed = Signal()
    kept = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.round: BallotRound | None = None
        self._known: BallotRound | None = None
        self._given: list[BallotRound] = []

    def take(self, ballots: BallotRound) -> bool:
        """Take what the book holds; False for an answer that newer entries have overtaken."""
        answer, now = _numbers(ballots), self.round and _numbers(self.round)
        if answer in self._given:
            del self._given[: self._given.index(answer) + 1]
            if now != answer:
                return False
        elif answer == self._known and now != answer:
            return False
        else:
            self._given.clear()
        self.round, self._known = ballots, answer
        return True

    def change(self, made: Callable[[BallotRound], BallotRound], *, keep: bool = False) -> None:
        """Change the numbers; nothing happens to a round that was confirmed."""
        if self.round is None or self.round.is_confirmed:
            return
        self.round = made(self.round)
        self.changed.emit()
        if keep:
            self.keep()

    def set_number(self, name: str, number: int) -> None:
        """Set one of issued, returned, invalid."""
        self.change(lambda ballots: replace(ballots, **{name: number}))  # type: ignore[arg-type]

    def keep(self) -> None:
        """Give the round away to be kept, unless it was given already."""
        if self.round is None or _numbers(self.round) == self._known:
            return
        self._known = _numbers(self.round)
        self._given.append(self._known)
        self.kept.emit(self.round)


def _numbers(ballots: BallotRound) -> BallotRound:
    """A round without what the book adds or leaves out by itself: persons behind names, names without a vote."""
    written = tuple(WriteInLine(each.name, each.votes_for) for each in ballots.write_ins if each.votes_for)
    return replace(ballots, write_ins=written)
