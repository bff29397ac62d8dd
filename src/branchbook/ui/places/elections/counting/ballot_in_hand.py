"""The ballot that is being read out: marks, a cursor, and the way back. It is gone once it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from branchbook.domain.ballot_counts import OneBallot, WrittenName
from branchbook.domain.tally import BallotMark

_ROUND = {
    None: BallotMark.FOR,
    BallotMark.FOR: BallotMark.AGAINST,
    BallotMark.AGAINST: BallotMark.ABSTAIN,
    BallotMark.ABSTAIN: BallotMark.ILLEGIBLE,
    BallotMark.ILLEGIBLE: BallotMark.FOR,
}


@dataclass(frozen=True, slots=True)
class BallotInHand:
    """``cursor`` is the row that the next mark goes to; as many as there are names: every row was passed.

    ``before`` is the same ballot one step ago, None at its beginning.
    """

    names: tuple[str, ...] = ()
    marks: Mapping[str, BallotMark] = field(default_factory=dict)
    written: tuple[WrittenName, ...] = ()
    spoiled: bool = False
    cursor: int = 0
    before: BallotInHand | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read from it yet."""
        return not (self.marks or self.written or self.spoiled)

    @property
    def is_passed(self) -> bool:
        """Whether the cursor stands behind the last name."""
        return self.cursor >= len(self.names)

    @property
    def unmarked(self) -> tuple[str, ...]:
        """Names without a mark; they count as abstentions."""
        return tuple(each for each in self.names if each not in self.marks)

    @property
    def ballot(self) -> OneBallot:
        """What is counted when it is confirmed."""
        return OneBallot(dict(self.marks), self.written, self.spoiled)

    def number_of(self, mark: BallotMark) -> int:
        """How many names bear a mark; those without one are abstentions."""
        given = sum(1 for each in self.marks.values() if each == mark)
        return given + (len(self.unmarked) if mark == BallotMark.ABSTAIN else 0)

    def marked(self, mark: BallotMark) -> BallotInHand:
        """The name at the cursor with a mark, the cursor on the next; nothing new behind the last name."""
        if self.is_passed:
            return self
        marks = {**self.marks, self.names[self.cursor]: mark}
        return replace(self, marks=marks, cursor=self.cursor + 1, before=self)

    def turned(self, row: int) -> BallotInHand:
        """The cursor on a row and its mark turned: none, for, against, abstention, illegible, for."""
        if not 0 <= row < len(self.names):
            return self
        name = self.names[row]
        return replace(
            self, marks={**self.marks, name: _ROUND[self.marks.get(name)]}, cursor=row, before=self
        )

    def filled(self, mark: BallotMark) -> BallotInHand:
        """The same mark for every name without one; for all names where none is left.

        On a new ballot the cursor stays at its beginning, for the exceptions.
        """
        rest = self.unmarked or self.names
        cursor = 0 if self.is_empty or not self.unmarked else len(self.names)
        return replace(self, marks={**self.marks, **dict.fromkeys(rest, mark)}, cursor=cursor, before=self)

    def moved(self, step: int) -> BallotInHand:
        """The cursor up or down; over the end it comes in again at the other."""
        if not self.names:
            return self
        start = self.cursor if not self.is_passed or step < 0 else -1
        return replace(self, cursor=(start + step) % len(self.names))

    def at(self, row: int) -> BallotInHand:
        """The cursor on a row."""
        return replace(self, cursor=min(max(row, 0), max(len(self.names) - 1, 0)))

    def with_name(self, written: WrittenName) -> BallotInHand:
        """With a name written on it, once."""
        if any(each.name == written.name for each in self.written):
            return self
        return replace(self, written=(*self.written, written), before=self)

    def as_spoiled(self) -> BallotInHand:
        """Invalid as a whole; valid again where it was."""
        return replace(self, spoiled=not self.spoiled, before=self)

    def stepped_back(self) -> BallotInHand:
        """As it was before the last mark."""
        return self.before or self


def begun(names: tuple[str, ...]) -> BallotInHand:
    """A ballot on which nothing was read yet."""
    return BallotInHand(names)


def taken_up(names: tuple[str, ...], ballot: OneBallot) -> BallotInHand:
    """A ballot that was counted, in hand again with its marks."""
    return BallotInHand(names, ballot.marks, ballot.written, ballot.spoiled, 0, before=BallotInHand(names))
