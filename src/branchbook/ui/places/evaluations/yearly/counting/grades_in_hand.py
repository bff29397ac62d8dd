"""The ballot that is being read out: a grade for each member, a cursor, and the way back.

It is gone once it is confirmed: only totals are kept (无记名测评).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from branchbook.domain.evaluation_count import Grade


class LineMark(StrEnum):
    """What a ballot says of one member, by the name of the number that it goes into."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASICALLY_QUALIFIED = "basically_qualified"
    UNQUALIFIED = "unqualified"
    BLANK = "blank"
    VOID = "void"


GRADES = (
    LineMark.EXCELLENT,
    LineMark.QUALIFIED,
    LineMark.BASICALLY_QUALIFIED,
    LineMark.UNQUALIFIED,
)
_SEVERAL = (Grade.EXCELLENT, Grade.QUALIFIED)
"""Any two grades: more than one mark voids a line, whichever they are."""


@dataclass(frozen=True, slots=True)
class GradesInHand:
    """``cursor`` is the row that the next mark goes to; as many as there are people: every row was passed.

    ``before`` is the same ballot one step ago, None at its beginning.
    """

    people: tuple[UUID, ...] = ()
    given: Mapping[UUID, LineMark] = field(default_factory=dict)
    spoiled: bool = False
    cursor: int = 0
    before: GradesInHand | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read from it yet."""
        return not (self.given or self.spoiled)

    @property
    def is_passed(self) -> bool:
        """Whether the cursor stands behind the last one."""
        return self.cursor >= len(self.people)

    @property
    def unmarked(self) -> tuple[UUID, ...]:
        """People without a mark; they count as blank."""
        return tuple(each for each in self.people if each not in self.given)

    @property
    def marks(self) -> Mapping[UUID, Grade | tuple[Grade, ...]]:
        """What is counted: a grade, several for a void line, nothing for a blank."""
        return {
            person_id: _SEVERAL if mark == LineMark.VOID else Grade(mark.value)
            for person_id, mark in self.given.items()
            if mark != LineMark.BLANK
        }

    def number_of(self, mark: LineMark) -> int:
        """How many bear a mark; those without one are blank."""
        given = sum(1 for each in self.given.values() if each == mark)
        return given + (len(self.unmarked) if mark == LineMark.BLANK else 0)

    def marked(self, mark: LineMark) -> GradesInHand:
        """The one at the cursor with a mark, the cursor on the next; nothing new behind the last."""
        if self.is_passed:
            return self
        given = {**self.given, self.people[self.cursor]: mark}
        return replace(self, given=given, cursor=self.cursor + 1, before=self)

    def filled(self, mark: LineMark) -> GradesInHand:
        """The same mark for everyone without one; for all where nobody is left.

        On a new ballot the cursor stays at its beginning, for the exceptions.
        """
        rest = self.unmarked or self.people
        cursor = 0 if self.is_empty or not self.unmarked else len(self.people)
        return replace(self, given={**self.given, **dict.fromkeys(rest, mark)}, cursor=cursor, before=self)

    def moved(self, step: int) -> GradesInHand:
        """The cursor up or down; over the end it comes in again at the other."""
        if not self.people:
            return self
        start = self.cursor if not self.is_passed or step < 0 else -1
        return replace(self, cursor=(start + step) % len(self.people))

    def at(self, row: int) -> GradesInHand:
        """The cursor on a row."""
        return replace(self, cursor=min(max(row, 0), max(len(self.people) - 1, 0)))

    def as_spoiled(self) -> GradesInHand:
        """Invalid as a whole; valid again where it was."""
        return replace(self, spoiled=not self.spoiled, before=self)

    def stepped_back(self) -> GradesInHand:
        """As it was before the last mark."""
        return self.before or self
