"""Transfers of membership: in, out, between branches of the book, and memberships that end.

The person stays in the book with everything that names them. A transfer to or from outside has a letter
(介绍信) and waits for its receipt (回执); both are kept beside the membership as a setting of the book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.services.codec import decode, to_json
from branchbook.services.guards import clean_line, cleaned, required_line
from branchbook.services.memberships import ENDS_EVERYTHING, end_in, move_in
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.people import Joining, joining_facts, save_new
from branchbook.services.people_facts import write_facts
from branchbook.services.store import Book, Reading, Setting, Writing
from branchbook.services.words import word_of

PREFIX = "transfer."


class Direction(StrEnum):
    """Into this book or out of it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer of one membership. ``received_on`` None: the receipt is still awaited."""

    fact_id: UUID
    person_id: UUID
    direction: Direction
    moved_on: date
    counterpart: str
    letter: str = ""
    receipt: str = ""
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class AwaitedReceipt:
    """A transfer without its receipt, and for how many days it has been waiting."""

    transfer: Transfer
    person_name: str
    days: int


def transfer_in(
    book: Book, person: Person, joining: Joining, letter: str, actor: Actor
) -> Outcome[PersonFact]:
    """Take a member in, with the letter's number; someone who was here before keeps their past.

    ``joining.counterpart`` names where the person comes from.
    """
    counterpart = required_line(joining.counterpart, "转出单位")
    came = replace(joining, change=MembershipChange.TRANSFERRED_IN, counterpart=counterpart, document=letter)
    with operate(book, actor, f"转入组织关系：{person.name.strip()}") as operating:
        writing = operating.writing
        if writing.get(Person, person.id) is None:
            save_new(writing, person, came)
        else:
            _rejoin(writing, person.id, came)
        held = writing.roster().facts_on(person.id, FactKind.MEMBERSHIP, came.since)
        membership = next(fact for fact in held if fact.from_on == came.since)
        _keep(writing, membership, Direction.IN, came.since, counterpart, letter)
    return Outcome(membership, operating.changes)


def transfer_out(
    book: Book, person_id: UUID, on: date, counterpart: str, letter: str, actor: Actor
) -> Outcome[PersonFact]:
    """End the membership here: group and posts end the same day, the receipt is awaited."""
    to = required_line(counterpart, "转入单位")
    with operate(book, actor, "转出组织关系") as operating:
        ended = end_in(
            operating.writing,
            person_id,
            on,
            MembershipChange.TRANSFERRED_OUT,
            clean_line(letter, "介绍信编号"),
            f"转出到{to}",
        )
        _keep(operating.writing, ended, Direction.OUT, on, to, letter)
    return Outcome(ended, operating.changes)


def move_between_branches(
    book: Book,
    person_id: UUID,
    branch_id: UUID,
    on: date,
    actor: Actor,
    *,
    group_id: UUID | None = None,
    document: str = "",
    change: MembershipChange = MembershipChange.TRANSFERRED_IN,
) -> Outcome[PersonFact]:
    """Move a member to another branch of the same book; no letter and no receipt are needed."""
    with operate(book, actor, "调整所在支部") as operating:
        membership = move_in(operating.writing, person_id, branch_id, on, change, document, group_id)
    return Outcome(membership, operating.changes)


def end_membership(
    book: Book, person_id: UUID, how: MembershipChange, on: date, document: str, actor: Actor
) -> Outcome[PersonFact]:
    """A member died, was expelled, removed, withdrew, or probation was cancelled: everything ends."""
    if how not in ENDS_EVERYTHING:
        raise RefusedProblem(f"“{word_of(how)}”不是党籍的结束方式", "", "转出请使用“转出组织关系”")
    if how != MembershipChange.DIED:
        required_line(document, "决定文号")
    with operate(book, actor, f"登记{word_of(how)}") as operating:
        ended = end_in(operating.writing, person_id, on, how, clean_line(document, "文号"))
    return Outcome(ended, operating.changes)


def note_receipt(
    book: Book, fact_id: UUID, direction: Direction, received_on: date, receipt: str, actor: Actor
) -> Outcome[Transfer]:
    """The receipt has come (or was sent back): its day and number."""
    with operate(book, actor, "登记组织关系回执") as operating:
        key = _key(fact_id, direction)
        text = operating.writing.setting(key)
        if text is None:
            raise RefusedProblem("没有这次转接的登记", "", "请刷新后再试")
        transfer = decode(text, Transfer, "组织关系转接")
        if received_on < transfer.moved_on:
            raise RefusedProblem(f"回执日期 {received_on} 早于转接日期 {transfer.moved_on}", "", "请核对日期")
        noted = cleaned(replace(transfer, received_on=received_on, receipt=receipt))
        operating.writing.put(Setting(key, to_json(noted)))
    return Outcome(noted, operating.changes)


def transfers(reading: Reading) -> tuple[Transfer, ...]:
    """Every transfer, the latest first."""
    found = (decode(text, Transfer, "组织关系转接") for text in reading.settings(PREFIX).values())
    return tuple(sorted(found, key=lambda each: (each.moved_on, str(each.fact_id)), reverse=True))


def awaited_receipts(reading: Reading, today: date) -> tuple[AwaitedReceipt, ...]:
    """Transfers whose receipt has not come, the longest-waiting first."""
    people = reading.roster().person_by_id
    waiting = (each for each in transfers(reading) if each.received_on is None and each.person_id in people)
    lines = (
        AwaitedReceipt(each, people[each.person_id].name, max((today - each.moved_on).days, 0))
        for each in waiting
    )
    return tuple(sorted(lines, key=lambda line: -line.days))


def _rejoin(writing: Writing, person_id: UUID, joining: Joining) -> None:
    roster = writing.roster()
    same = joining.standing is None or roster.standing_on(person_id, joining.since) == joining.standing
    new = joining_facts(person_id, replace(joining, standing=None if same else joining.standing))
    kept = [
        replace(fact, to_on=joining.since)
        if not same and fact.kind == FactKind.STANDING and fact.holds_on(joining.since)
        else fact
        for fact in roster.facts_of(person_id)
    ]
    write_facts(writing, person_id, (*kept, *new))


def _keep(
    writing: Writing, fact: PersonFact, direction: Direction, on: date, counterpart: str, letter: str
) -> None:
    transfer = Transfer(fact.id, fact.person_id, direction, on, counterpart, clean_line(letter, "介绍信编号"))
    writing.put(Setting(_key(fact.id, direction), to_json(transfer)))


def _key(fact_id: UUID, direction: Direction) -> str:
    return f"{PREFIX}{fact_id}.{direction}"
