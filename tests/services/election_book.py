"""An invented branch that elects, and the way of an election up to its ballots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from branchbook.domain.ballots import BallotLine, BallotRound, Candidate, ElectionKind, Voter, WriteInLine
from branchbook.domain.people import FactKind, Person, PersonFact, Post, Standing
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef, Vote
from branchbook.services.election_candidates import in_stroke_order, set_candidates
from branchbook.services.election_voters import (
    freeze_voters,
    mark_all_present,
    set_voter,
    take_snapshot,
    voter_counts,
)
from branchbook.services.operations import operate
from branchbook.services.procedures import begin_procedure, save_step
from branchbook.services.store import Book
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, actor, fill, member_facts, named

MEETING = date(2026, 5, 20)
COMMITTEE_DAY = date(2026, 5, 21)
NAMES = tuple(f"{surname}示例" for surname in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张")
"""The first six of them are those of the small book's first branch."""

SEATS = 3


def election_book(members: int = 23, book: Book | None = None) -> FakeBook:
    """The small book with as many full members in its first branch; nobody holds a post."""
    made: Any = book or FakeBook()
    fill(made)
    with operate(made, actor(), "登记党员") as operating:
        for position, name in enumerate(NAMES[:members]):
            operating.writing.put(Person(named(name), name, initials="sl", position=position))
            operating.writing.put_all(member_facts(named(name), FIRST_BRANCH, None))
    return made


def fact(
    book: FakeBook, name: str, kind: FactKind, value: str, from_on: date, to_on: date | None = None
) -> None:
    """A further dated fact about a member."""
    with operate(book, actor(), "登记") as operating:
        key = uuid5(named(name), f"{kind}/{value}/{from_on}")
        operating.writing.put(PersonFact(key, named(name), kind, value, from_on, to_on, None, "示组1号"))


def is_probationary(book: FakeBook, name: str) -> None:
    """The member is a probationary one all along."""
    with operate(book, actor(), "登记") as operating:
        operating.writing.put_all(member_facts(named(name), FIRST_BRANCH, None, Standing.PROBATIONARY))


def leaves(book: FakeBook, name: str, on: date, ending: str = "transferred_out") -> None:
    """The member's membership ends on a day."""
    with operate(book, actor(), "转出") as operating:
        writing = operating.writing
        for each in writing.roster().facts_of(named(name)):
            if each.to_on is None and each.kind in (FactKind.MEMBERSHIP, FactKind.GROUP):
                writing.put(replace(each, to_on=on, ending=ending))


def serves(book: FakeBook, name: str, post: Post, from_on: date) -> None:
    """The member holds a post in the first branch."""
    with operate(book, actor(), "任职") as operating:
        key = uuid5(named(name), f"post/{post}/{from_on}")
        operating.writing.put(PersonFact(key, named(name), FactKind.POST, post, from_on, None, FIRST_BRANCH))


def stored(book: FakeBook, procedure_id: UUID) -> Procedure:
    """The procedure as the book holds it."""
    with book.reading() as reading:
        found = reading.get(Procedure, procedure_id)
    assert found is not None
    return found


def voter(book: FakeBook, procedure_id: UUID, name: str) -> Voter:
    """A member's line in the snapshot."""
    return next(each for each in stored(book, procedure_id).voters if each.person_id == named(name))


def step(book: FakeBook, procedure_id: UUID, key: str, on: date | None, **more: Any) -> Procedure:
    """Enter a step; ``more`` are further parts of its entry."""
    return save_step(book, procedure_id, StepEntry(key, on, **more), actor()).value


def begun(book: FakeBook, shape: str = "term_election", organisation: UUID = FIRST_BRANCH) -> UUID:
    """An election begun in March 2026."""
    return begin_procedure(book, shape, organisation, date(2026, 3, 2), actor()).value.id


def prepared(
    book: FakeBook,
    shape: str = "term_election",
    seats: int = SEATS,
    organisation: UUID = FIRST_BRANCH,
    deputies: int = 1,
    days: Mapping[str, date] | None = None,
) -> UUID:
    """An election whose candidates the higher organisation approved."""
    procedure_id = begun(book, shape, organisation)
    on = dict(days or {})
    with_seats = {} if shape == "secretary_election" else {"seats": seats}
    decided = {**with_seats, "deputies": deputies, "planned_on": MEETING.isoformat()}
    if shape == "by_election":
        decided |= {"vacated_posts": "宣传委员", "vacancy_reason": "调离"}
    step(book, procedure_id, "decision", on.get("decision", date(2026, 3, 2)), values=decided)
    step(book, procedure_id, "request", date(2026, 3, 5), values={"document": "示支〔2026〕2号"})
    step(book, procedure_id, "reply", date(2026, 3, 20), values=with_seats)
    step(book, procedure_id, "nomination", date(2026, 4, 1))
    step(book, procedure_id, "candidate_approval", date(2026, 4, 20))
    return procedure_id


def stand(book: FakeBook, procedure_id: UUID, kind: ElectionKind, *names: str) -> Procedure:
    """Put up candidates; those for a committee in the order of strokes."""
    people = tuple(Candidate(named(name), name, kind) for name in names)
    if kind == ElectionKind.COMMITTEE:
        with book.reading() as reading:
            people = in_stroke_order(reading, people)
    return set_candidates(book, procedure_id, kind, people, actor()).value


def opened(book: FakeBook, procedure_id: UUID, absent: Iterable[str] = (), on: date = MEETING) -> Procedure:
    """The meeting's voters are taken, those present entered, 应到 frozen and the meeting opened."""
    take_snapshot(book, procedure_id, on, actor())
    mark_all_present(book, procedure_id, actor())
    for name in absent:
        set_voter(book, procedure_id, replace(voter(book, procedure_id, name), present=False), actor())
    step(book, procedure_id, "voters", on)
    step(book, procedure_id, "opening", on)
    return freeze_voters(book, procedure_id, on, actor()).value


def with_method(
    book: FakeBook,
    procedure_id: UUID,
    scrutineer: str = NAMES[-3],
    teller: str = NAMES[-2],
    on: date = MEETING,
) -> Procedure:
    """The meeting passed the method of the election, the scrutineers and the tellers, everyone in favour."""
    passed = Vote(votes_for=voter_counts(stored(book, procedure_id)).present)
    return step(
        book,
        procedure_id,
        "method",
        on,
        people={"scrutineers": refs(scrutineer), "tellers": refs(teller)},
        votes={"method": passed, "scrutineers": passed},
    )


def refs(*names: str) -> tuple[PersonRef, ...]:
    """Members as a step names them."""
    return tuple(PersonRef(name, named(name)) for name in names)


def counted(
    voting: BallotRound,
    votes: Mapping[str, int],
    *,
    returned: int | None = None,
    invalid: int = 0,
    write_ins: Mapping[str, int] | None = None,
) -> BallotRound:
    """A round with totals that fit: who is not for a candidate is against."""
    back = voting.issued if returned is None else returned
    valid = back - invalid
    lines = tuple(
        BallotLine(each.name, each.person_id, votes.get(each.name, 0), valid - votes.get(each.name, 0))
        for each in voting.lines
    )
    written = tuple(WriteInLine(name, number) for name, number in (write_ins or {}).items())
    return replace(voting, returned=back, invalid=invalid, lines=lines, write_ins=written)
