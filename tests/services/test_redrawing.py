"""Redrawing of branches: every member is placed exactly once, earlier days stay as they were."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.organisations import ClosingReason
from branchbook.domain.people import FactKind, MembershipChange, Person, Post, Standing
from branchbook.domain.records import Record
from branchbook.services.operations import operate
from branchbook.services.people import Joining, add_person
from branchbook.services.people_facts import appoint
from branchbook.services.redrawing import NewPart, close_branch, divide, merge, split_off
from tests.services.asking import refused, roster_of
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    NAMES,
    SECOND_BRANCH,
    SECOND_GROUP,
    actor,
    named,
    small_book,
)

DAY = date(2026, 5, 1)
EVE = DAY - timedelta(1)
FIRST = tuple(named(name) for name in NAMES[:6])
SECOND = tuple(named(name) for name in NAMES[6:])


def parts(*members: tuple[UUID, ...]) -> tuple[NewPart, ...]:
    return tuple(NewPart(f"新{number}支部", each) for number, each in enumerate(members, start=1))


def test_a_divided_branch_ends_and_everybody_is_in_a_new_one() -> None:
    book = small_book()
    appoint(book, FIRST[0], FIRST_BRANCH, Post.SECRETARY, date(2024, 1, 1), "", actor())
    made = divide(book, FIRST_BRANCH, parts(FIRST[:3], FIRST[3:]), DAY, "示组1号", actor(1)).value.made
    roster = roster_of(book)
    old = roster.organisation_by_id[FIRST_BRANCH]
    assert (old.closed_on, old.closing_reason, old.closing_document) == (
        DAY,
        ClosingReason.DIVIDED,
        "示组1号",
    )
    assert [each.predecessor_ids for each in made] == [(FIRST_BRANCH,)] * 2
    assert [len(roster.members_on(each.id, DAY)) for each in made] == [3, 3]
    assert len(roster.members_on(FIRST_BRANCH, EVE)) == 6
    assert roster.posts_on(FIRST[0], DAY) == ()
    assert roster.groups_of(FIRST_BRANCH, EVE) != ()
    assert all(not roster.organisation_by_id[group].exists_on(DAY) for group in (FIRST_GROUP, SECOND_GROUP))
    membership = roster.facts_of(FIRST[0], FactKind.MEMBERSHIP)[-1]
    assert (membership.value, membership.counterpart) == (MembershipChange.REDRAWN, "第一支部")


def test_applicants_must_be_placed_too() -> None:
    book = small_book()
    add_person(
        book, Person(uuid4(), "卫示例"), Joining(FIRST_BRANCH, date(2026, 1, 1), Standing.APPLICANT), actor()
    )
    refused(
        book,
        "没有分到任何支部：卫示例",
        lambda: divide(book, FIRST_BRANCH, parts(FIRST[:3], FIRST[3:]), DAY, "", actor(1)),
    )


@pytest.mark.parametrize(
    "members, said",
    [
        ((FIRST,), "至少要有两个新支部"),
        ((FIRST[:3], FIRST[4:]), "没有分到任何支部：李示例"),
        ((FIRST[:3], FIRST[2:]), "分到了两个支部：孙示例"),
        ((FIRST[:3], (*FIRST[3:], SECOND[0])), "不在这个支部：郑示例"),
    ],
)
def test_a_division_that_misplaces_someone_is_refused(
    members: tuple[tuple[UUID, ...], ...], said: str
) -> None:
    book = small_book()
    refused(book, said, lambda: divide(book, FIRST_BRANCH, parts(*members), DAY, "", actor()))


def test_a_part_splits_off_and_the_branch_goes_on() -> None:
    book = small_book()
    redrawn = split_off(book, FIRST_BRANCH, NewPart("青年支部", FIRST[4:]), DAY, "示组2号", actor()).value
    roster = roster_of(book)
    assert len(roster.members_on(FIRST_BRANCH, DAY)) == 4
    assert len(roster.members_on(redrawn.made[0].id, DAY)) == 2
    assert roster.organisation_by_id[FIRST_BRANCH].closed_on is None
    assert redrawn.warnings == (
        "“青年支部”只有正式党员 2 名，单独成立支部须 3 名以上（支部工作条例 第四条）",
    )
    refused(
        book,
        "不能把全部人员都分出去",
        lambda: split_off(book, SECOND_BRANCH, NewPart("新支部", SECOND), DAY, "", actor(1)),
    )


def test_merged_branches_name_both_predecessors() -> None:
    book = small_book()
    made = merge(book, (FIRST_BRANCH, SECOND_BRANCH), "合并支部", DAY, "示组3号", actor()).value.made[0]
    roster = roster_of(book)
    assert made.predecessor_ids == (FIRST_BRANCH, SECOND_BRANCH)
    assert len(roster.members_on(made.id, DAY)) == 10
    assert roster.branches_on(DAY) == (roster.organisation_by_id[made.id],)
    assert len(roster.branches_on(EVE)) == 2
    refused(book, "至少要选两个", lambda: merge(book, (made.id, made.id), "又", DAY, "", actor(1)))


def test_a_closing_branch_names_whoever_has_nowhere_to_go() -> None:
    book = small_book()
    moves = dict.fromkeys(SECOND[:3], FIRST_BRANCH)
    refused(book, "没有安排去向：陈示例", lambda: close_branch(book, SECOND_BRANCH, moves, DAY, "", actor()))
    moves[SECOND[3]] = FIRST_BRANCH
    closed = close_branch(book, SECOND_BRANCH, moves, DAY, "示组4号", actor(1)).value
    assert closed.closing_reason == ClosingReason.DISSOLVED
    assert len(roster_of(book).members_on(FIRST_BRANCH, DAY)) == 10


def test_a_draft_in_a_group_of_the_branch_is_named() -> None:
    book = small_book()
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(Record(uuid4(), ("group_meeting",), SECOND_GROUP, EVE))
    everybody = dict.fromkeys(FIRST, SECOND_BRANCH)
    refused(book, "还是草稿", lambda: close_branch(book, FIRST_BRANCH, everybody, DAY, "", actor(1)))
    close_branch(book, FIRST_BRANCH, everybody, DAY, "", actor(1), reason="移交第二支部")
    assert len(roster_of(book).members_on(SECOND_BRANCH, DAY)) == 10


def test_only_a_branch_can_be_redrawn() -> None:
    book = small_book()
    refused(book, "不是党支部", lambda: close_branch(book, GENERAL_BRANCH, {}, DAY, "", actor()))
    refused(book, "已不在簿中", lambda: close_branch(book, uuid4(), {}, DAY, "", actor()))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_nobody_is_lost_and_nobody_is_doubled(places: list[int]) -> None:
    book = small_book()
    wanted = tuple(
        tuple(person for person, place in zip(FIRST, places, strict=True) if place == number)
        for number in range(3)
    )
    made = divide(book, FIRST_BRANCH, parts(*wanted), DAY, "示组1号", actor()).value.made
    roster = roster_of(book)
    after = [person.id for branch in made for person in roster.members_on(branch.id, DAY)]
    assert sorted(after) == sorted(FIRST)
    assert [person.id for person in roster.members_on(GENERAL_BRANCH, DAY)] == [
        person.id for person in roster.members_on(GENERAL_BRANCH, EVE)
    ]
