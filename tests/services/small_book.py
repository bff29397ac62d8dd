"""A small invented book for the tests of services: a general branch, two branches, two groups, ten members."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from branchbook.domain.history import OperationHead
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.services.operations import Actor
from branchbook.services.store import Book
from tests.fakes import FakeBook

NAMESPACE = UUID(int=2026)
FOUNDED = date(2015, 7, 1)
TODAY = date(2026, 11, 24)
NAMES = ("赵示例", "钱示例", "孙示例", "李示例", "周示例", "吴示例", "郑示例", "王示例", "冯示例", "陈示例")


def named(name: str) -> UUID:
    """The same id for the same name in every test."""
    return uuid5(NAMESPACE, name)


GENERAL_BRANCH = named("示例总支")
FIRST_BRANCH = named("第一支部")
SECOND_BRANCH = named("第二支部")
FIRST_GROUP = named("第一小组")
SECOND_GROUP = named("第二小组")


def actor(minutes: int = 0, day: date = TODAY) -> Actor:
    """The same operator, some minutes after nine o'clock."""
    start = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
    return Actor("李操作", start + timedelta(minutes=minutes))


def organisation(name: str, kind: OrganisationKind, parent: UUID | None, position: int) -> Organisation:
    """An organisation that has existed since 2015."""
    return Organisation(named(name), kind, (DatedName(name, FOUNDED),), FOUNDED, parent, position=position)


def member_facts(
    person_id: UUID, branch_id: UUID, group_id: UUID | None, standing: Standing = Standing.FULL
) -> tuple[PersonFact, ...]:
    """Membership, group and standing from 2018 on."""
    since = date(2018, 3, 1)
    facts = [
        PersonFact(
            uuid5(person_id, "membership"),
            person_id,
            FactKind.MEMBERSHIP,
            MembershipChange.ON_RECORD,
            since,
            organisation_id=branch_id,
        ),
        PersonFact(uuid5(person_id, "standing"), person_id, FactKind.STANDING, standing, since),
    ]
    if group_id is not None:
        facts.append(
            PersonFact(uuid5(person_id, "group"), person_id, FactKind.GROUP, "", since, None, group_id)
        )
    return tuple(facts)


def small_book() -> FakeBook:
    """Six members in the first branch (three in each group), four in the second; no posts yet."""
    book = FakeBook()
    fill(book)
    return book


def fill(book: Book) -> None:
    """Write the small book's content into any empty book."""
    head = OperationHead(named("建簿"), datetime(2026, 1, 5, 9, 0, tzinfo=UTC), "李操作", "建立示例簿")
    with book.writing(head) as writing:
        writing.put_all(
            (
                organisation("示例总支", OrganisationKind.GENERAL_BRANCH, None, 0),
                organisation("第一支部", OrganisationKind.BRANCH, GENERAL_BRANCH, 1),
                organisation("第二支部", OrganisationKind.BRANCH, GENERAL_BRANCH, 2),
                organisation("第一小组", OrganisationKind.GROUP, FIRST_BRANCH, 1),
                organisation("第二小组", OrganisationKind.GROUP, FIRST_BRANCH, 2),
            )
        )
        for position, name in enumerate(NAMES):
            person = Person(named(name), name, initials=f"{'zqslzwzwfc'[position]}sl", position=position)
            branch_id = FIRST_BRANCH if position < 6 else SECOND_BRANCH
            group_id = None if position >= 6 else (FIRST_GROUP if position < 3 else SECOND_GROUP)
            writing.put(person)
            writing.put_all(member_facts(person.id, branch_id, group_id))
