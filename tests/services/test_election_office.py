"""Who holds which post after an election (支部工作条例, B-34, B-36, B-38, B-39; 选举条例)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.people import Post
from branchbook.services.election_office import (
    apply_reply,
    awaiting_approval,
    file_election,
    set_assignments,
    take_office,
)
from branchbook.services.procedures import save_step
from branchbook.services.rule_choices import SecretaryFrom
from branchbook.services.settings import change_setting
from branchbook.services.term_dates import term_dates
from branchbook.services.undo import undo
from tests.services.asking import last, refused, roster_of
from tests.services.election_books import (
    ballots,
    book_with_committee,
    counted,
    entry,
    posts,
    put_procedure,
)
from tests.services.elections_in_office import (
    MEMBER,
    SEPTEMBER_8,
    SEPTEMBER_20,
    START,
    assigned,
    in_office,
    reply,
    reported,
)
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named


def test_members_hold_posts_from_the_elected_day_and_the_secretary_waits() -> None:
    """B-38: members are filed, the secretary is approved; until then 当选待批."""
    book = book_with_committee()
    in_office(book)
    assert posts(book, SEPTEMBER_8 - timedelta(1)) == {
        "赵示例": [Post.SECRETARY],
        "钱示例": [Post.ORGANISATION_MEMBER],
        "孙示例": [Post.DISCIPLINE_MEMBER],
    }
    assert posts(book, SEPTEMBER_8) == {"李示例": [MEMBER], "周示例": [MEMBER], "钱示例": [MEMBER]}
    with book.reading() as reading:
        waiting = awaiting_approval(reading, FIRST_BRANCH, TODAY)
        before = awaiting_approval(reading, FIRST_BRANCH, SEPTEMBER_8 - timedelta(1))
    assert [(each.name, each.words, each.elected_on) for each in waiting] == [
        ("李示例", "书记（当选待批）", SEPTEMBER_8)
    ]
    assert before == ()


def test_the_former_term_ends_and_the_next_one_is_computed() -> None:
    """B-36: three years from the elected day; the term before ends the same day."""
    book = book_with_committee()
    in_office(book)
    former, new = sorted(roster_of(book).terms, key=lambda each: each.elected_on)
    assert (former.ended_on, new.elected_on, new.years, new.with_committee) == (
        SEPTEMBER_8,
        SEPTEMBER_8,
        3,
        True,
    )
    with book.reading() as reading:
        dates = term_dates(reading, FIRST_BRANCH, TODAY)
    assert dates is not None
    assert (dates.ends_on, dates.remind_on) == (date(2029, 9, 8), date(2029, 3, 8))


def test_a_village_branch_keeps_its_five_years() -> None:
    """任期意见 一: the next term is as long as the last one."""
    book = book_with_committee(years=5, elected_on=date(2021, 9, 10))
    in_office(book)
    assert {each.years for each in roster_of(book).terms} == {5}


@pytest.mark.parametrize(
    "choice, from_on", [(SecretaryFrom.ELECTED, SEPTEMBER_8), (SecretaryFrom.REPLY, SEPTEMBER_20)]
)
def test_the_approved_secretary_holds_the_post_from_the_day_of_the_setting(choice, from_on) -> None:
    """B-38; from which day is 待核实 and a setting."""
    book = book_with_committee()
    change_setting(book, "secretary_from", choice, actor(1))
    procedure = in_office(book)
    apply_reply(book, procedure.id, reply(), actor(20))
    fact = next(each for each in roster_of(book).facts if each.value == "secretary" and each.to_on is None)
    assert (fact.person_id, fact.from_on, fact.document) == (
        named("李示例"),
        from_on,
        "示机党〔2026〕30号",
    )
    assert posts(book, SEPTEMBER_20)["李示例"] == [Post.SECRETARY]
    waiting = [MEMBER] if choice is SecretaryFrom.REPLY else [Post.SECRETARY]
    assert posts(book, SEPTEMBER_20 - timedelta(1))["李示例"] == waiting
    with book.reading() as reading:
        assert awaiting_approval(reading, FIRST_BRANCH, SEPTEMBER_20) == ()
        assert len(awaiting_approval(reading, FIRST_BRANCH, SEPTEMBER_20 - timedelta(1))) == 1
        term = reading.roster().term_on(FIRST_BRANCH, TODAY)
    assert term is not None
    assert term.document == "示机党〔2026〕30号"


def test_a_refused_secretary_holds_no_post_and_the_step_after_it_opens() -> None:
    """B-38: without the approval of the higher organisation nobody is secretary."""
    book = book_with_committee()
    procedure = in_office(book)
    changed = apply_reply(book, procedure.id, reply(outcome="不批准"), actor(20)).value
    assert posts(book, TODAY) == {"李示例": [MEMBER], "周示例": [MEMBER], "钱示例": [MEMBER]}
    with book.reading() as reading:
        assert awaiting_approval(reading, FIRST_BRANCH, TODAY) == ()
    filing = entry("filing", date(2026, 9, 30))
    refused(book, "未获批准的处理", lambda: file_election(book, changed.id, filing, actor(21)))


def test_the_reply_may_come_before_the_roster_is_updated() -> None:
    book = book_with_committee()
    procedure = reported(book, counted(book))
    apply_reply(book, procedure.id, reply(), actor(5))
    assert posts(book, TODAY)["赵示例"] == [Post.SECRETARY]
    take_office(book, procedure.id, date(2026, 9, 21), actor(6))
    assert posts(book, TODAY) == {"李示例": [Post.SECRETARY], "周示例": [MEMBER], "钱示例": [MEMBER]}


def test_the_division_of_work_sets_posts_from_its_day() -> None:
    """B-34: 组织、宣传、纪检等委员; one member may take two."""
    book = book_with_committee()
    procedure = in_office(book)
    lines = (
        assigned("李示例", Post.SECRETARY, "主持全面工作"),
        assigned("周示例", Post.ORGANISATION_MEMBER),
        assigned("钱示例", Post.PUBLICITY_MEMBER),
        assigned("钱示例", Post.DISCIPLINE_MEMBER),
    )
    kept = set_assignments(book, procedure.id, lines, actor(20)).value
    assert kept.assignments == lines
    save_step(book, procedure.id, entry("division", date(2026, 9, 12)), actor(21))
    assert posts(book, date(2026, 9, 11)) == {"李示例": [MEMBER], "周示例": [MEMBER], "钱示例": [MEMBER]}
    assert posts(book, date(2026, 9, 12)) == {
        "李示例": [MEMBER],
        "周示例": [Post.ORGANISATION_MEMBER],
        "钱示例": [Post.PUBLICITY_MEMBER, Post.DISCIPLINE_MEMBER],
    }


def test_a_step_saved_like_any_other_changes_the_roster_with_it() -> None:
    """One operation: who saves the step need not know what follows from it."""
    book = book_with_committee()
    procedure = reported(book, counted(book))
    save_step(book, procedure.id, entry("take_office", date(2026, 9, 10)), actor(10))
    assert set(posts(book, TODAY)) == {"李示例", "周示例", "钱示例"}
    undo(book, last(book), actor(11), START)
    assert set(posts(book, TODAY)) == {"赵示例", "钱示例", "孙示例"}


def test_assignments_are_refused_where_nobody_voted_for_them() -> None:
    book = book_with_committee()
    procedure = counted(book)
    for said, lines in (
        ("不在本次当选名单中", [assigned("吴示例", Post.YOUTH_MEMBER)]),
        ("没有当选书记", [assigned("周示例", Post.SECRETARY)]),
        ("不是委员会的职务", [assigned("周示例", Post.GROUP_LEADER)]),
        ("写了两次", [assigned("周示例", Post.YOUTH_MEMBER)] * 2),
    ):
        refused(book, said, partial(set_assignments, book, procedure.id, lines, actor(20)))


def test_office_waits_for_a_whole_result() -> None:
    """E-30, E-32: nobody is filled in by ranking, a tie is voted on again."""
    book = book_with_committee()
    three_of_four = counted(book, committee={"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5})
    refused(book, "还有 1 个名额没有选出", lambda: take_office(book, three_of_four.id, TODAY, actor(9)))
    fewer = ballots(
        ElectionKind.COMMITTEE,
        SEPTEMBER_8,
        {"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5},
        3,
        consenting=10,
    )
    put_procedure(book, three_of_four, rounds=(fewer,))
    take_office(book, three_of_four.id, TODAY, actor(9))
    assert posts(book, TODAY) == {"李示例": [MEMBER], "周示例": [MEMBER]}


def test_a_seat_that_nobody_got_may_be_left_for_a_by_election_with_a_reason() -> None:
    """E-32: nobody is filled in; but those who were elected take office, and the election can be filed."""
    book = book_with_committee()
    three_of_four = counted(book, committee={"李示例": 19, "周示例": 18, "钱示例": 10, "吴示例": 5})
    told = replace(entry("take_office", TODAY), reason="经上级同意，余下名额另行补选")
    save_step(book, three_of_four.id, told, actor(9))
    assert posts(book, TODAY) == {"李示例": [MEMBER], "周示例": [MEMBER]}


def test_a_void_election_and_one_without_a_count_give_no_post() -> None:
    """E-26: more ballots than voters void the election."""
    book = book_with_committee()
    procedure = counted(book)
    void = ballots(ElectionKind.COMMITTEE, SEPTEMBER_8, {"李示例": 19, "周示例": 18}, 1, returned=21)
    put_procedure(book, procedure, rounds=(void,))
    refused(book, "选举无效", lambda: take_office(book, procedure.id, TODAY, actor(9)))
    put_procedure(book, procedure, rounds=())
    refused(book, "还没有当选人", lambda: take_office(book, procedure.id, TODAY, actor(9)))
    put_procedure(book, procedure.with_entry(entry("count", None)))
    refused(book, "投票计票”还没有完成", lambda: take_office(book, procedure.id, TODAY, actor(9)))


def test_without_a_committee_only_the_approved_secretary_holds_a_post() -> None:
    """B-35, B-37: the general meeting elects the secretary; the post follows from the approval."""
    book = book_with_committee()
    procedure = in_office(book, shape="secretary_election")
    assert posts(book, TODAY) == {}
    apply_reply(book, procedure.id, reply(), actor(20))
    assert posts(book, TODAY) == {"李示例": [Post.SECRETARY]}
    assert [each.with_committee for each in roster_of(book).terms if each.ended_on is None] == [False]


def test_a_by_election_fills_the_vacancy_and_keeps_the_term() -> None:
    """E-16, B-39: 任期内补选; the others stay in office, the term runs on."""
    book = book_with_committee()
    procedure = counted(book, "by_election", committee={"吴示例": 15}, heads={})
    one_seat = ballots(ElectionKind.COMMITTEE, SEPTEMBER_8, {"吴示例": 15, "周示例": 4}, 1)
    decided = entry("decision", SEPTEMBER_8, vacated_posts="纪检委员", vacancy_reason="调离", seats=1)
    put_procedure(book, procedure.with_entry(decided), rounds=(one_seat,))
    set_assignments(book, procedure.id, [assigned("吴示例", Post.DISCIPLINE_MEMBER)], actor(8))
    take_office(book, procedure.id, date(2026, 9, 10), actor(9))
    assert posts(book, TODAY) == {
        "赵示例": [Post.SECRETARY],
        "钱示例": [Post.ORGANISATION_MEMBER],
        "吴示例": [Post.DISCIPLINE_MEMBER],
    }
    assert [(each.id, each.ended_on) for each in roster_of(book).terms] == [(named("上届"), None)]


def test_a_by_election_of_the_secretary_replaces_whoever_holds_the_post_once_approved() -> None:
    """B-39: a sitting member is elected; what they held besides stays."""
    book = book_with_committee()
    procedure = reported(book, counted(book, "by_election", committee={}, heads={Post.SECRETARY: "钱示例"}))
    take_office(book, procedure.id, date(2026, 9, 10), actor(9))
    assert posts(book, TODAY)["赵示例"] == [Post.SECRETARY]
    apply_reply(book, procedure.id, reply(), actor(20))
    assert posts(book, TODAY) == {
        "钱示例": [Post.SECRETARY, Post.ORGANISATION_MEMBER],
        "孙示例": [Post.DISCIPLINE_MEMBER],
    }


# ---- properties ----

CANDIDATES = ("李示例", "周示例", "钱示例", "吴示例", "赵示例")


@settings(max_examples=60)
@given(
    votes=st.lists(st.integers(0, 20), min_size=5, max_size=5, unique=True).filter(
        lambda each: sum(each) <= 60 and max(each) > 10  # three seats, twenty ballots; somebody over half
    ),
    answer=st.sampled_from(("", "批准", "不批准")),
    choice=st.sampled_from(SecretaryFrom),
    met_after=st.integers(0, 5),
    divided=st.booleans(),
)
def test_the_elected_and_only_the_elected_hold_posts(votes, answer, choice, met_after, divided) -> None:
    """After office is taken no one else holds a post of the committee, and undo gives the roster back exactly."""
    book = book_with_committee()
    change_setting(book, "secretary_from", choice, actor(1))
    met_on = SEPTEMBER_8 + timedelta(met_after)
    committee = dict(zip(CANDIDATES, votes, strict=True))
    elected = {
        name
        for name in sorted(committee, key=committee.__getitem__, reverse=True)[:3]
        if committee[name] > 10
    }
    chosen = sorted(elected)[0]
    procedure = counted(book, committee=committee, heads={Post.SECRETARY: chosen}, met_on=met_on)
    cast = list(procedure.rounds)
    cast[0] = ballots(ElectionKind.COMMITTEE, SEPTEMBER_8, committee, 3, consenting=20)
    report = entry("result_report", met_on)
    procedure = put_procedure(book, procedure.with_entry(report), rounds=tuple(cast))
    if divided:
        lines = [assigned(name, Post.PUBLICITY_MEMBER) for name in sorted(elected)]
        set_assignments(book, procedure.id, lines, actor(5))
    before = roster_of(book)
    take_office(book, procedure.id, met_on, actor(10))
    taken = last(book)
    if answer:
        apply_reply(book, procedure.id, reply(SEPTEMBER_20, answer), actor(20))
    for day in (SEPTEMBER_8, met_on, SEPTEMBER_20, TODAY):
        held = posts(book, day)
        assert set(held) == elected
        secretaries = {name for name, own in held.items() if Post.SECRETARY in own}
        assert secretaries <= {chosen}
        assert bool(secretaries) <= (answer == "批准")
    assert (posts(book, TODAY)[chosen][0] is Post.SECRETARY) == (answer == "批准")
    if answer:
        undo(book, last(book), actor(30), START)
    undo(book, taken, actor(31), START)
    assert roster_of(book) == before
