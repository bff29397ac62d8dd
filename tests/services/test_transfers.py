"""Transfers keep the person; a letter waits for its receipt; an ended membership ends what hangs on it."""

from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.people import FactKind, Mark, MembershipChange, Person, Post, Standing
from branchbook.services.memberships import ENDS_EVERYTHING
from branchbook.services.people import Joining
from branchbook.services.people_facts import appoint, mark
from branchbook.services.transfers import (
    Direction,
    awaited_receipts,
    end_membership,
    move_between_branches,
    note_receipt,
    transfer_in,
    transfer_out,
    transfers,
)
from tests.services.asking import refused, roster_of
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

ZHAO = named("赵示例")
MAY = date(2026, 5, 1)


def test_a_transfer_out_ends_group_and_posts_and_keeps_the_person() -> None:
    book = small_book()
    appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, date(2024, 1, 1), "", actor())
    mark(book, ZHAO, Mark.RETIRED, date(2024, 1, 1), actor())
    ended = transfer_out(book, ZHAO, MAY, "外单位党支部", "示信1号", actor(1)).value
    assert (ended.ending, ended.ending_document, ended.to_on) == ("transferred_out", "示信1号", MAY)
    roster = roster_of(book)
    assert ZHAO in roster.person_by_id
    assert roster.branch_of(ZHAO, MAY) is None
    assert roster.group_of(ZHAO, MAY) is None
    assert roster.posts_on(ZHAO, MAY) == ()
    assert roster.standing_on(ZHAO, MAY) == Standing.FULL
    assert roster.marks_on(ZHAO, MAY) == {Mark.RETIRED}
    assert ZHAO in {person.id for person in roster.members_on(FIRST_BRANCH, date(2026, 4, 30))}


def test_the_receipt_is_awaited_until_it_is_noted() -> None:
    book = small_book()
    ended = transfer_out(book, ZHAO, MAY, "外单位党支部", "示信1号", actor()).value
    with book.reading() as reading:
        (awaited,) = awaited_receipts(reading, TODAY)
    assert (awaited.person_name, awaited.days) == ("赵示例", 207)
    refused(
        book,
        "早于转接日期",
        lambda: note_receipt(book, ended.id, Direction.OUT, date(2026, 4, 1), "", actor(1)),
    )
    refused(book, "没有这次转接", lambda: note_receipt(book, ended.id, Direction.IN, MAY, "", actor(1)))
    note_receipt(book, ended.id, Direction.OUT, date(2026, 5, 20), "示回1号", actor(1))
    with book.reading() as reading:
        assert awaited_receipts(reading, TODAY) == ()
        (transfer,) = transfers(reading)
    assert (transfer.counterpart, transfer.letter, transfer.receipt) == ("外单位党支部", "示信1号", "示回1号")


def test_someone_new_comes_in_with_a_letter() -> None:
    book, person = small_book(), Person(uuid4(), "褚示例")
    joining = Joining(FIRST_BRANCH, MAY, Standing.PROBATIONARY, FIRST_GROUP, counterpart="外单位")
    membership = transfer_in(book, person, joining, "示信2号", actor()).value
    assert (membership.value, membership.document, membership.counterpart) == (
        "transferred_in",
        "示信2号",
        "外单位",
    )
    roster = roster_of(book)
    assert roster.standing_on(person.id, MAY) == Standing.PROBATIONARY
    assert len(roster.members_on(FIRST_GROUP, MAY)) == 4
    with book.reading() as reading:
        assert awaited_receipts(reading, MAY)[0].transfer.direction == Direction.IN


def test_someone_comes_back_and_keeps_the_past() -> None:
    book = small_book()
    transfer_out(book, ZHAO, date(2024, 1, 1), "外单位", "1", actor())
    person = roster_of(book).person_by_id[ZHAO]
    transfer_in(book, person, Joining(SECOND_BRANCH, MAY, counterpart="外单位"), "2", actor(1))
    roster = roster_of(book)
    assert [fact.organisation_id for fact in roster.facts_of(ZHAO, FactKind.MEMBERSHIP)] == [
        FIRST_BRANCH,
        SECOND_BRANCH,
    ]
    assert len(roster.facts_of(ZHAO, FactKind.STANDING)) == 1
    with book.reading() as reading:
        assert [each.direction for each in transfers(reading)] == ["in", "out"]


def test_moving_between_branches_of_the_book_needs_no_receipt() -> None:
    book = small_book()
    membership = move_between_branches(book, ZHAO, SECOND_BRANCH, MAY, actor(), document="示组1号").value
    assert membership.counterpart == "第一支部"
    roster = roster_of(book)
    assert len(roster.members_on(SECOND_BRANCH, MAY)) == 5
    assert roster.group_of(ZHAO, MAY) is None
    with book.reading() as reading:
        assert transfers(reading) == ()


@pytest.mark.parametrize("how", sorted(ENDS_EVERYTHING))
def test_a_membership_that_ends_ends_everything(how: MembershipChange) -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, date(2024, 1, 1), actor())
    end_membership(book, ZHAO, how, MAY, "示决1号", actor(1))
    roster = roster_of(book)
    assert not any(fact.holds_on(MAY) for fact in roster.facts_of(ZHAO))
    assert roster.facts_of(ZHAO, FactKind.MEMBERSHIP)[0].ending == how


def test_refusals_of_transfers() -> None:
    book, before = small_book(), date(2018, 3, 1)
    refused(book, "转入单位不能为空", lambda: transfer_out(book, ZHAO, MAY, " ", "1", actor()))
    refused(book, "不在本簿的任何支部", lambda: transfer_out(book, ZHAO, before, "外单位", "1", actor()))
    refused(book, "已不在簿中", lambda: transfer_out(book, uuid4(), MAY, "外单位", "1", actor()))
    refused(
        book,
        "转出单位不能为空",
        lambda: transfer_in(book, Person(uuid4(), "示例"), Joining(FIRST_BRANCH, MAY), "1", actor()),
    )
    refused(
        book,
        "时间重叠",
        lambda: transfer_in(
            book, Person(ZHAO, "赵示例"), Joining(SECOND_BRANCH, MAY, counterpart="外单位"), "1", actor()
        ),
    )
    refused(
        book,
        "不是党籍的结束方式",
        lambda: end_membership(book, ZHAO, MembershipChange.TRANSFERRED_OUT, MAY, "1", actor()),
    )
    refused(
        book,
        "决定文号不能为空",
        lambda: end_membership(book, ZHAO, MembershipChange.EXPELLED, MAY, "", actor()),
    )
