"""The count while it is entered: what is shown, what was given away to be kept, and answers that come late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from branchbook.domain.evaluations import GradeRound


class CountKeeping(QObject):
    """``changed`` with every number, ``kept`` gives the ``GradeRound`` to keep when an entry is finished."""

    changed = Signal()
    kept = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.round: GradeRound | None = None
        self._known: GradeRound | None = None
        self._given: list[GradeRound] = []

    def take(self, counted: GradeRound) -> bool:
        """Take what the book holds; False for an answer that newer entries have overtaken."""
        if counted in self._given:
            del self._given[: self._given.index(counted) + 1]
            if self.round != counted:
                return False
        elif counted == self._known and self.round != counted:
            return False
        else:
            self._given.clear()
        self.round = self._known = counted
        return True

    def change(self, made: Callable[[GradeRound], GradeRound], *, keep: bool = False) -> None:
        """Change the numbers; nothing happens to a count that was confirmed."""
        if self.round is None or self.round.is_confirmed:
            return
        self.round = made(self.round)
        self.changed.emit()
        if keep:
            self.keep()

    def set_number(self, name: str, number: int) -> None:
        """Set one of due, present, issued, returned, invalid."""
        self.change(lambda counted: replace(counted, **{name: number}))  # type: ignore[arg-type]

    def keep(self) -> None:
        """Give the count away to be kept, unless it was given already."""
        if self.round is None or self.round == self._known:
            return
        self._known = self.round
        self._given.append(self.round)
        self.kept.emit(self.round)
