"""Elections with ballots for tests: issued, counted and confirmed through the book, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from branchbook.domain.ballots import Ballot, BallotRound, ElectionKind
from branchbook.domain.tally import TallyResult
from branchbook.services.election_rounds import (
    ElectionOutcome,
    NextRound,
    begin_round,
    confirm_round,
    election_outcome,
    round_result,
    save_round,
    what_follows,
)
from tests.fakes import FakeBook
from tests.services.election_book import (
    NAMES,
    counted,
    election_book,
    opened,
    prepared,
    stand,
    stored,
    with_method,
)
from tests.services.small_book import actor

COMMITTEE, SECRETARY, DEPUTY = ElectionKind.COMMITTEE, ElectionKind.SECRETARY, ElectionKind.DEPUTY
ZHAO, QIAN, SUN, LI = FOUR = ("赵示例", "钱示例", "孙示例", "李示例")
SIX = (*FOUR, "周示例", "吴示例")
ZHOU, WU = SIX[4:]
FOUR_OF_FIVE = {ZHAO: 16, QIAN: 15, SUN: 14, LI: 13, ZHOU: 10, WU: 9}
"""Five seats, twenty present: four are over half."""

ARTICLE = "基层组织选举工作条例"
HEADS = 2
"""A secretary and a deputy, whom the committee elects later."""


def ready(
    members: int = 23, present: int = 19, seats: int = 3, candidates: tuple[str, ...] = FOUR
) -> tuple[FakeBook, UUID]:
    """A meeting with so many due and present, ready to issue ballots."""
    book = election_book(members)
    procedure_id = prepared(book, seats=seats)
    stand(book, procedure_id, COMMITTEE, *candidates)
    opened(book, procedure_id, absent=NAMES[6 : 6 + members - present])
    with_method(book, procedure_id, NAMES[members - 2], NAMES[members - 1])
    return book, procedure_id


def issue(
    book: FakeBook,
    procedure_id: UUID,
    kind: ElectionKind = COMMITTEE,
    ballot: Ballot = Ballot.MAIN,
    where: str = "count",
    **more,
) -> BallotRound:
    return begin_round(book, procedure_id, where, kind, actor(), ballot, **more).value.rounds[-1]


def enter(
    book: FakeBook, procedure_id: UUID, voting: BallotRound, votes: Mapping[str, int], **more
) -> BallotRound:
    return save_round(book, procedure_id, counted(voting, votes, **more), actor()).value.rounds[-1]


def confirmed(
    book: FakeBook, procedure_id: UUID, votes: Mapping[str, int], kind=COMMITTEE, ballot=Ballot.MAIN, **more
) -> BallotRound:
    """Issue, count and confirm in one go."""
    where = more.pop("where", "count")
    voting = issue(book, procedure_id, kind, ballot, where)
    enter(book, procedure_id, voting, votes, **more)
    return confirm_round(book, procedure_id, voting.id, voting.held_on, actor()).value.rounds[-1]


def result(book: FakeBook, procedure_id: UUID, voting: BallotRound | None = None) -> TallyResult:
    procedure = stored(book, procedure_id)
    with book.reading() as reading:
        return round_result(reading, procedure, voting or procedure.rounds[-1])


def follows(book: FakeBook, procedure_id: UUID, voting: BallotRound | None = None) -> tuple[NextRound, ...]:
    procedure = stored(book, procedure_id)
    with book.reading() as reading:
        return what_follows(reading, procedure, voting or procedure.rounds[-1])


def outcome(book: FakeBook, procedure_id: UUID) -> ElectionOutcome:
    with book.reading() as reading:
        return election_outcome(reading, stored(book, procedure_id))


def committee(book: FakeBook, procedure_id: UUID) -> list[str]:
    return [each.name for each in outcome(book, procedure_id).committee]


def errors(found: TallyResult) -> list[str]:
    return [each.text for each in found.findings if each.level == "error"]


def with_committee(seats: int = 3, candidates: tuple[str, ...] = FOUR) -> tuple[FakeBook, UUID]:
    book, procedure_id = ready(20, 20, seats, candidates)
    confirmed(book, procedure_id, dict(zip(candidates, (16, 15, 14, 9, 8), strict=False)))
    stand(book, procedure_id, SECRETARY, ZHAO)
    stand(book, procedure_id, DEPUTY, QIAN)
    return book, procedure_id
