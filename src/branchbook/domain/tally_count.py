"""What is counted in an election: totals of one ballot, never who or which paper. Plain values, no rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.ballots import Base as ElectionBase
from branchbook.domain.problems import UnreadableProblem

__all__ = [
    "MOST_COUNTED",
    "Ballot",
    "BallotMark",
    "CandidateCount",
    "Count",
    "ElectionBase",
    "ElectionKind",
    "WriteIn",
    "WriteInWithoutAgainst",
    "check_count",
]

MOST_COUNTED = 100_000
"""No number of people or ballots is larger; a larger one is a slip of the hand."""


class BallotMark(StrEnum):
    """What a ballot says of one candidate; a candidate without a mark is an abstention."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    ILLEGIBLE = "illegible"


class WriteInWithoutAgainst(StrEnum):
    """What becomes of a name written on a ballot that is against nobody (E-24, 第二十五条)."""

    VOID_WRITE_IN = "void_write_in"  # the name is not counted, the rest of the ballot is
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class CandidateCount:
    """The marks for one candidate on all valid ballots."""

    name: str
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    illegible: int = 0

    @property
    def total(self) -> int:
        """All marks; it has to be the number of valid ballots."""
        return self.votes_for + self.votes_against + self.abstentions + self.illegible


@dataclass(frozen=True, slots=True)
class WriteIn:
    """The votes for someone written on ballots who is no candidate (另选他人)."""

    name: str
    votes_for: int


@dataclass(frozen=True, slots=True)
class Count:
    """The totals of one ballot held ``on`` a day.

    ``due`` and ``present`` count those with the right to elect; ``issued``, ``returned`` and ``invalid``
    count ballots; ``seats`` is how many are to be elected by this ballot. Candidates are in the order of
    the ballot. ``entered`` is how many ballots were typed in, where ``returned`` was counted apart from
    that; None: the totals come from paper, or ``returned`` is the number typed in.
    """

    kind: ElectionKind
    on: date
    due: int
    present: int
    issued: int
    returned: int
    invalid: int
    seats: int
    base: ElectionBase = ElectionBase.PRESENT
    ballot: Ballot = Ballot.MAIN
    candidates: tuple[CandidateCount, ...] = ()
    write_ins: tuple[WriteIn, ...] = ()
    entered: int | None = None

    @property
    def valid(self) -> int:
        """Valid ballots: those returned without the invalid ones."""
        return self.returned - self.invalid

    @property
    def base_number(self) -> int:
        """The number of which more than half elects; invalid ballots and abstentions are in it."""
        return self.due if self.base == ElectionBase.DUE else self.present

    @property
    def base_words(self) -> str:
        """What the base counts, as it is printed: 实到会有选举权人数."""
        return "应到会有选举权人数" if self.base == ElectionBase.DUE else "实到会有选举权人数"

    @property
    def votes(self) -> tuple[tuple[str, int], ...]:
        """Name and votes of everyone: candidates in the order of the ballot, then write-ins."""
        candidates = tuple((each.name, each.votes_for) for each in self.candidates)
        return candidates + tuple((each.name, each.votes_for) for each in self.write_ins)


def check_count(count: Count) -> None:
    """Refuse what is no count at all: a number below 0 or above 100,000, a blank name, a name twice.

    Raises UnreadableProblem naming the number or the name.
    """
    for words, number in _numbers(count):
        if not 0 <= number <= MOST_COUNTED:
            raise UnreadableProblem(f"数目应在 0 到 {MOST_COUNTED} 之间", f"{words} {number}", "请核对后重填")
    seen: set[str] = set()
    for name, _ in count.votes:
        if not name.strip():
            raise UnreadableProblem("姓名是空的", "候选人或另选他人", "请填写姓名")
        if name in seen:
            raise UnreadableProblem("同一个姓名出现两次", name, "同名的两人请在姓名后加注区别")
        seen.add(name)


def _numbers(count: Count) -> Iterator[tuple[str, int]]:
    yield "应到", count.due
    yield "实到", count.present
    yield "发出选票", count.issued
    yield "收回选票", count.returned
    yield "无效票", count.invalid
    yield "应选名额", count.seats
    for each in count.candidates:
        yield f"{each.name} 赞成", each.votes_for
        yield f"{each.name} 不赞成", each.votes_against
        yield f"{each.name} 弃权", each.abstentions
        yield f"{each.name} 无法辨认", each.illegible
    for written in count.write_ins:
        yield f"{written.name} 赞成", written.votes_for
