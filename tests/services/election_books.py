"""Invented books for the tests of elections: a branch of many full members with a committee in office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballots import BallotLine, BallotRound, ElectionKind, Voter
from branchbook.domain.organisations import Term
from branchbook.domain.people import FactKind, Person, PersonFact, Post
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import FieldValue
from branchbook.services.operations import operate
from branchbook.services.procedures import begin_procedure
from branchbook.services.store import Book
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, NAMESPACE, actor, fill, member_facts, named

ELECTED_ON = date(2023, 9, 10)
"""The committee in office was elected on this day for three years: it ends on 2026-09-10."""

MORE = tuple(f"{surname}增补" for surname in "卫蒋沈韩杨朱秦尤许何吕施张孔")
VOTERS = ("赵示例", "钱示例", "孙示例", "李示例", "周示例", "吴示例", *MORE)
"""The twenty full members of the first branch."""


def book_with_committee(years: int = 3, elected_on: date = ELECTED_ON) -> FakeBook:
    """A first branch of twenty full members and its committee: 赵 secretary, 钱 and 孙 members."""
    book = FakeBook()
    fill(book)
    add_committee(book, years, elected_on)
    return book


def add_committee(book: Book, years: int = 3, elected_on: date = ELECTED_ON) -> None:
    """Write the further members and the committee into any small book."""
    with operate(book, actor(-120), "增补") as operating:
        for position, name in enumerate(MORE, start=20):
            operating.writing.put(Person(named(name), name, position=position))
            operating.writing.put_all(member_facts(named(name), FIRST_BRANCH, None))
        operating.writing.put(Term(named("上届"), FIRST_BRANCH, elected_on, years, with_committee=True))
        posts = {
            "赵示例": Post.SECRETARY,
            "钱示例": Post.ORGANISATION_MEMBER,
            "孙示例": Post.DISCIPLINE_MEMBER,
        }
        for name, post in posts.items():
            operating.writing.put(post_fact(name, post, elected_on))


def post_fact(name: str, post: Post, from_on: date, place: UUID = FIRST_BRANCH) -> PersonFact:
    """A post held from a day on."""
    return PersonFact(uuid5(named(name), post), named(name), FactKind.POST, post, from_on, None, place)


def entry(step: str, done_on: date | None, **values: FieldValue) -> StepEntry:
    """What is entered for a step."""
    return StepEntry(step, done_on, values=values)


def begun(
    book: Book, shape: str, day: date, entries: Sequence[StepEntry] = (), place: UUID = FIRST_BRANCH
) -> Procedure:
    """A procedure with these steps entered, as if one after the other."""
    procedure = begin_procedure(book, shape, place, day, actor()).value
    for each in entries:
        procedure = procedure.with_entry(each)
    with operate(book, actor(1), "填写步骤") as operating:
        operating.writing.put(procedure)
    return procedure


def extension(
    book: Book,
    until: date,
    replied_on: date | None,
    outcome: str = "批准",
    document: str = "示机党〔2026〕9号",
) -> Procedure:
    """A request for more time, and its reply where there is one."""
    reply = entry("reply", replied_on, outcome=outcome, document=document, until=until.isoformat())
    asked = entry("request", date(2026, 6, 1), until=until.isoformat(), reason="示例原因")
    return begun(book, "term_extension", date(2026, 6, 1), (asked, reply))


def ballots(
    kind: ElectionKind,
    held_on: date,
    votes: Mapping[str, int],
    seats: int = 1,
    present: int = 20,
    *,
    step: str = "count",
    confirmed: bool = True,
    **changes: Any,
) -> BallotRound:
    """One casting of ballots: ``votes`` are those for each; everyone else present was against."""
    lines = tuple(BallotLine(name, named(name), given, present - given) for name, given in votes.items())
    cast = BallotRound(
        uuid5(NAMESPACE, f"{step}:{kind}:{held_on}:{sorted(votes.items())}:{changes.get('ballot')}"),
        step,
        kind,
        held_on,
        seats,
        present,
        present,
        present,
        present,
        lines=lines,
        confirmed_on=held_on if confirmed else None,
    )
    return replace(cast, **changes)


BEFORE_COUNT = ("request", "reply", "nomination", "candidate_approval", "voters", "opening", "method")


def counted(
    book: Book,
    shape: str = "term_election",
    held_on: date = date(2026, 9, 8),
    committee: Mapping[str, int] | None = None,
    heads: Mapping[Post, str] | None = None,
    met_on: date | None = None,
) -> Procedure:
    """An election up to its count: 李, 周 and 钱 in the committee, 李 its secretary, where nothing else is said.

    ``met_on`` is the day of the committee's first meeting (None: the day of the election).
    """
    with_committee = shape != "secretary_election"
    members = {"李示例": 19, "周示例": 18, "钱示例": 16, "吴示例": 5} if committee is None else committee
    heads = {Post.SECRETARY: "李示例"} if heads is None else heads
    met_on, step = met_on or held_on, "first_meeting" if with_committee else "count"
    rounds = [ballots(ElectionKind.COMMITTEE, held_on, members, 3)] if with_committee and members else []
    rounds += [
        ballots(HEAD_KINDS[post], met_on, {name: 3}, present=3, step=step) for post, name in heads.items()
    ]
    steps = [entry("decision", held_on, seats=3), *(entry(each, held_on) for each in BEFORE_COUNT)]
    steps.append(entry("count", held_on))
    if with_committee:
        steps += [entry("first_meeting", met_on)]
    procedure = begun(book, shape, held_on, steps)
    return put_procedure(book, procedure, rounds=tuple(rounds))


HEAD_KINDS = {Post.SECRETARY: ElectionKind.SECRETARY, Post.DEPUTY_SECRETARY: ElectionKind.DEPUTY}


def posts(book: Book, day: date, place: UUID = FIRST_BRANCH) -> dict[str, list[Post]]:
    """Who holds which posts of the committee on a day, by name."""
    with book.reading() as reading:
        roster = reading.roster()
    found: dict[str, list[Post]] = {}
    for fact in roster.post_facts_on(place, day):
        found.setdefault(roster.person_by_id[fact.person_id].name, []).append(Post(fact.value))
    return found


def voters(present: int, due: int = 20, without_right: int = 0) -> tuple[Voter, ...]:
    """So many members in the snapshot, of whom some came and some have no right."""
    found = [
        Voter(uuid5(NAMESPACE, f"选举人{number}"), f"选举人{number}", present=number < present)
        for number in range(due)
    ]
    found += [
        Voter(uuid5(NAMESPACE, f"预备{number}"), f"预备{number}", has_right=False, reason="预备党员")
        for number in range(without_right)
    ]
    return tuple(found)


def put_procedure(book: Book, procedure: Procedure, **changes: Any) -> Procedure:
    """Write a procedure as it should stand, without the services that lead there."""
    changed = replace(procedure, **changes)
    with operate(book, actor(2), "准备") as operating:
        operating.writing.put(changed)
    return changed


def step_names(shape: str) -> Mapping[str, str]:
    """The names of a shape's steps by key."""
    return {each.key: each.name for each in shape_of(shape).steps}
