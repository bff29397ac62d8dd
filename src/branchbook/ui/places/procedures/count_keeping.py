"""A count while it is entered: what is shown, what was given away to be kept, and answers that come late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from branchbook.domain.ballots import BallotRound
from branchbook.domain.evaluations import GradeRound

RoundT = TypeVar("RoundT", BallotRound, GradeRound)


class EntryMode(StrEnum):
    """How ballots are entered: one by one, or their totals."""

    BALLOTS = "ballots"
    TOTALS = "totals"


class CountKeeping(QObject, Generic[RoundT]):
    """``changed`` with every number, ``kept`` gives the round to keep when an entry is finished.

    ``numbers`` gives a round without what the book adds or leaves out by itself: two of the same are one entry.
    """

    changed = Signal()
    kept = Signal(object)

    def __init__(
        self, parent: QObject | None = None, numbers: Callable[[RoundT], RoundT] = lambda counted: counted
    ) -> None:
        super().__init__(parent)
        self.round: RoundT | None = None
        self._numbers: Callable[[RoundT], RoundT] = numbers
        self._known: RoundT | None = None
        self._given: list[RoundT] = []

    def take(self, counted: RoundT) -> bool:
        """Take what the book holds; False for an answer that newer entries have overtaken."""
        answer, now = self._numbers(counted), self.round and self._numbers(self.round)
        if answer in self._given:
            del self._given[: self._given.index(answer) + 1]
            if now != answer:
                return False
        elif answer == self._known and now != answer:
            return False
        else:
            self._given.clear()
        self.round, self._known = counted, answer
        return True

    def change(self, made: Callable[[RoundT], RoundT], *, keep: bool = False) -> None:
        """Change the numbers; nothing happens to a count that was confirmed."""
        if self.round is None or self.round.is_confirmed:
            return
        self.round = made(self.round)
        self.changed.emit()
        if keep:
            self.keep()

    def set_number(self, name: str, number: int) -> None:
        """Set one of the numbers of people and papers, by its name in the round."""
        self.change(lambda counted: replace(counted, **{name: number}))  # type: ignore[arg-type]

    def keep(self) -> None:
        """Give the count away to be kept, unless it was given already."""
        if self.round is None or self._numbers(self.round) == self._known:
            return
        self._known = self._numbers(self.round)
        self._given.append(self._known)
        self.kept.emit(self.round)
