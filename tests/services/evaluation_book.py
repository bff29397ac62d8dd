"""An invented branch that evaluates its members, and the way of a round up to its grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4, uuid5

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluation_participants import is_on_ballot
from branchbook.domain.evaluations import Assessment, Audience, BallotForm, Criticism, GradeRound
from branchbook.domain.people import FactKind, Mark, PersonFact, Restriction
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import PersonRef
from branchbook.services.assessments import save_assessments
from branchbook.services.evaluation_participants import propose_participants, set_participants
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.grade_rounds import begin_round, confirm_round, save_round, with_ballot
from branchbook.services.operations import operate
from branchbook.services.procedures import save_step
from branchbook.services.store import Book
from tests.fakes import FakeBook
from tests.services.election_book import NAMES, election_book, is_probationary
from tests.services.small_book import FIRST_BRANCH, actor, named

__all__ = ["NAMES", "actor", "is_probationary", "named"]

YEAR = 2026
BEGUN = date(2026, 11, 2)
MEETING = date(2026, 11, 12)


def evaluation_book(members: int = 12, book: Book | None = None) -> FakeBook:
    """A first branch with as many full members; they are evaluated in November."""
    return election_book(members, book)


def begun(book: Book, organisation_id: UUID = FIRST_BRANCH) -> Procedure:
    """The round of the year, just begun."""
    return begin_evaluation(book, organisation_id, YEAR, BEGUN, actor()).value


def listed(book: Book, procedure: Procedure | None = None) -> Procedure:
    """A round whose list was taken over from the roster of the meeting's day."""
    procedure = procedure or begun(book)
    with book.reading() as reading:
        proposed = propose_participants(reading, procedure, MEETING)
    set_participants(book, procedure.id, proposed, actor())
    return step(book, procedure.id, "participants")


def step(
    book: Book, procedure_id: UUID, key: str, on: date = MEETING, reason: str = "一次会议合并进行"
) -> Procedure:
    """One step done, out of order with a reason; what was entered for it stays."""
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
    assert procedure is not None
    entry = replace(procedure.entry(key), done_on=on, reason=reason)
    return save_step(book, procedure_id, entry, actor()).value


def counted(
    book: Book,
    procedure: Procedure,
    ballots: Sequence[Mapping[UUID, Grade | tuple[Grade, ...]]],
    audience: Audience = Audience.MEMBERS,
) -> Procedure:
    """A round of ballots begun, typed one by one and confirmed on the meeting's day."""
    changed = begin_round(book, procedure.id, audience, BallotForm.GRADES, MEETING, actor()).value
    voting = changed.grade_rounds[-1]
    for marks in ballots:
        voting = with_ballot(voting, marks)
    number = len(ballots)
    most = max(voting.due, number)
    voting = replace(voting, due=most, present=most, issued=most, returned=number, invalid=0)
    save_round(book, procedure.id, voting, actor())
    return confirm_round(book, procedure.id, voting.id, MEETING, actor()).value


def all_qualified(voting_or_procedure: Procedure | GradeRound) -> dict[UUID, Grade | tuple[Grade, ...]]:
    """A ballot that gives everyone 合格."""
    if isinstance(voting_or_procedure, GradeRound):
        return {each.person_id: Grade.QUALIFIED for each in voting_or_procedure.lines}
    return {
        each.person_id: Grade.QUALIFIED for each in voting_or_procedure.participants if is_on_ballot(each)
    }


def assessed(procedure: Procedure, name: str, grade: Grade | None = None, **more: object) -> Assessment:
    """A member's assessment with a summary and one criticism."""
    other = NAMES[1] if name == NAMES[0] else NAMES[0]
    made = Assessment(
        uuid4(),
        procedure.id,
        named(name),
        name,
        summary=f"{name}一年来的小结",
        criticisms=(Criticism(PersonRef(other, named(other)), "学习还要更主动"),),
        grade=grade,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def graded(book: Book, procedure: Procedure, grades: Mapping[str, Grade], reason: str = "") -> None:
    """Grades for several members, as one operation."""
    save_assessments(
        book,
        [assessed(procedure, name, grade, departure_reason=reason) for name, grade in grades.items()],
        actor(),
    )


def everyone_graded(book: Book) -> Procedure:
    """A round up to its grades: everyone 合格 by ten ballots, graded on the meeting's day."""
    procedure = listed(book)
    procedure = counted(book, procedure, [all_qualified(procedure)] * 10)
    names = [each.name for each in procedure.participants if each.graded]
    graded(book, procedure, dict.fromkeys(names, Grade.QUALIFIED))
    for key in ("preparation", "talks", "life_meeting", "self_evaluation", "mutual_evaluation", "ballot"):
        step(book, procedure.id, key)
    return step(book, procedure.id, "grading")


def restricted(
    book: FakeBook, name: str, restriction: Restriction, from_on: date = date(2026, 1, 10)
) -> None:
    """A restriction of a member that still holds."""
    _fact(book, name, FactKind.RESTRICTION, restriction, from_on)


def marked(book: FakeBook, name: str, mark: Mark, from_on: date = date(2026, 1, 10)) -> None:
    """A mark of a member that still holds."""
    _fact(book, name, FactKind.MARK, mark, from_on)


def left(book: FakeBook, name: str, on: date) -> None:
    """The membership ends by a transfer."""
    with operate(book, actor(), "转出") as operating:
        for each in operating.writing.roster().facts_of(named(name), FactKind.MEMBERSHIP):
            operating.writing.put(replace(each, to_on=on, ending="transferred_out"))


def _fact(book: FakeBook, name: str, kind: FactKind, value: str, from_on: date) -> None:
    with operate(book, actor(), "登记") as operating:
        key = uuid5(named(name), f"{kind}/{value}/{from_on}")
        operating.writing.put(PersonFact(key, named(name), kind, value, from_on))
