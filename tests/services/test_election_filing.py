"""What stands once office is taken: frozen when it is filed, sealed when it left the book, true for days long ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.people import FactKind, Post
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.election_office import (
    apply_reply,
    file_election,
    set_assignments,
    take_office,
)
from branchbook.services.member_table import member_rows
from branchbook.services.operations import operate
from branchbook.services.people_facts import appoint
from branchbook.services.person_page import person_page
from branchbook.services.procedures import (
    abandon_procedure,
    correct_procedure,
    remove_procedure,
    reopen_step,
    save_step,
)
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.store import PrintedPaper
from branchbook.services.transfers import transfer_out
from branchbook.services.undo import undo
from tests.fakes import FakeBook
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
    SEPTEMBER_8,
    START,
    in_office,
    reply,
)
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named


def test_filing_finishes_the_election_and_it_is_frozen() -> None:
    book = book_with_committee()
    procedure, done = filed(book)
    assert (procedure.state, procedure.ended_on) == (ProcedureState.FINISHED, date(2026, 9, 30))
    refused(book, "已经结束", lambda: save_step(book, procedure.id, reply(), actor(23)))
    refused(book, "已经结束", lambda: set_assignments(book, procedure.id, (), actor(23)))
    undo(book, done, actor(24), START)
    with book.reading() as reading:
        again = reading.get(Procedure, procedure.id)
    assert again is not None
    assert again.is_open


def filed(book: FakeBook) -> tuple[Procedure, UUID]:
    """A finished election, and the operation that finished it at five minutes past."""
    procedure = in_office(book)
    apply_reply(book, procedure.id, reply(), actor(20))
    save_step(book, procedure.id, entry("division", date(2026, 9, 9)), actor(21))
    done = file_election(book, procedure.id, entry("filing", date(2026, 9, 30)), actor(22)).value
    return done, last(book)


def printed(book: FakeBook, subject: str, minutes: int) -> None:
    with operate(book, actor(minutes), "打印") as operating:
        paper = PrintedPaper(uuid4(), "election:result_report", subject, actor(minutes).now, "", "")
        operating.writing.put_printed(paper)


@pytest.mark.parametrize(
    "leave, said",
    [
        (lambda book, procedure: printed(book, str(procedure.id), 23), "办结之后已经打印，不能撤销办结"),
        (lambda book, procedure: seal_finals(book, Sealing.BACKUP, actor(23)), "办结之后已经备份或导出"),
    ],
)
def test_a_finished_election_that_left_the_book_is_only_corrected(leave, said) -> None:
    book = book_with_committee()
    procedure, done = filed(book)
    leave(book, procedure)
    refused(book, said, lambda: undo(book, done, actor(24), START))


def test_a_finished_election_is_only_corrected_once_the_program_was_closed() -> None:
    book = book_with_committee()
    _, done = filed(book)
    printed(book, str(uuid4()), 23)
    refused(book, "办结之后程序关闭过", lambda: undo(book, done, actor(40), actor(30).now))
    undo(book, done, actor(41), START)


def test_the_days_on_which_the_posts_rest_are_not_moved_under_them() -> None:
    book = book_with_committee()
    procedure = in_office(book)
    for moved in (entry("count", date(2026, 9, 9)), entry("count", None), entry("take_office", None)):
        refused(book, "职务已经更新到名册", partial(save_step, book, procedure.id, moved, actor(30)))
    refused(book, "职务已经更新到名册", lambda: reopen_step(book, procedure.id, "take_office", actor(31)))


def test_a_post_entered_by_hand_is_named_where_it_hinders() -> None:
    book = book_with_committee()
    procedure = in_office(book)
    appoint(book, named("周示例"), FIRST_BRANCH, Post.DEPUTY_SECRETARY, SEPTEMBER_8, "", actor(15))
    heads = (
        ballots(ElectionKind.SECRETARY, SEPTEMBER_8, {"李示例": 3}, present=3, step="first_meeting"),
        ballots(ElectionKind.DEPUTY, SEPTEMBER_8, {"钱示例": 3}, present=3, step="first_meeting"),
    )
    put_procedure(book, procedure, rounds=(*procedure.rounds[:1], *heads))
    refused(book, "这一职务已由周示例担任", lambda: apply_reply(book, procedure.id, reply(), actor(20)))


def test_an_election_in_office_is_not_given_up() -> None:
    book = book_with_committee()
    procedure = in_office(book)
    refused(
        book,
        "职务已经更新到名册",
        lambda: abandon_procedure(book, procedure.id, TODAY, "示例", actor(30)),
    )
    refused(book, "职务已经更新到名册", lambda: remove_procedure(book, procedure.id, actor(30)))
    undo(book, last(book), actor(31), START)
    abandon_procedure(book, procedure.id, TODAY, "示例", actor(32))


def test_a_corrected_reply_is_followed_by_the_roster_and_undone_with_it() -> None:
    """B-38: without approval the secretary holds no post, also where that is found out after the filing."""
    book = book_with_committee()
    procedure, _ = filed(book)
    before = roster_of(book)
    assert posts(book, TODAY)["李示例"] == [Post.SECRETARY]
    refusal = procedure.with_entry(reply(outcome="不批准"))
    correct_procedure(book, refusal, "批复看错", actor(23))
    assert posts(book, TODAY)["李示例"] == [Post.COMMITTEE_MEMBER]
    undo(book, last(book), actor(24), START)
    assert roster_of(book) == before


def test_a_corrected_document_number_leaves_alone_what_was_changed_by_hand_since() -> None:
    book = book_with_committee()
    procedure, _ = filed(book)
    (held,) = (
        each
        for each in roster_of(book).facts_of(named("李示例"))
        if each.kind == FactKind.POST and each.value == Post.SECRETARY
    )
    with operate(book, actor(23), "免去") as operating:
        operating.writing.put(replace(held, to_on=date(2026, 11, 1)))
    before = roster_of(book)
    renumbered = replace(reply(), values={**reply().values, "document": "示机党〔2026〕31号"})
    correct_procedure(book, procedure.with_entry(renumbered), "文号写错", actor(24))
    assert roster_of(book) == before


def test_a_correction_does_not_move_the_day_on_which_the_posts_rest() -> None:
    book = book_with_committee()
    procedure, _ = filed(book)
    moved = procedure.with_entry(entry("count", date(2026, 9, 9)))
    refused(book, "职务已经更新到名册", lambda: correct_procedure(book, moved, "更正", actor(23)))


def test_the_roster_and_the_persons_page_say_who_awaits_approval() -> None:
    """B-38: 当选待批, until the reply."""
    book = book_with_committee()
    procedure = in_office(book)
    with book.reading() as reading:
        row = next(each for each in member_rows(reading, FIRST_BRANCH, TODAY) if each.name == "李示例")
        page = person_page(reading, named("李示例"), TODAY)
    assert row.posts == page.posts == "委员、书记（当选待批）"
    apply_reply(book, procedure.id, reply(), actor(20))
    with book.reading() as reading:
        row = next(each for each in member_rows(reading, FIRST_BRANCH, TODAY) if each.name == "李示例")
        assert row.posts == person_page(reading, named("李示例"), TODAY).posts == "书记"


def test_an_old_election_entered_late_ends_where_the_next_term_begins() -> None:
    """The roster of each day stays as it was: the posts end with the term."""
    book = book_with_committee(elected_on=date(2024, 9, 10))
    procedure = counted(book, held_on=date(2021, 9, 8))
    take_office(book, procedure.id, TODAY, actor(10))
    assert posts(book, TODAY) == {
        "赵示例": [Post.SECRETARY],
        "钱示例": [Post.ORGANISATION_MEMBER],
        "孙示例": [Post.DISCIPLINE_MEMBER],
    }
    assert set(posts(book, date(2023, 1, 1))) == {"李示例", "周示例", "钱示例"}
    terms = sorted(roster_of(book).terms, key=lambda each: each.elected_on)
    assert [(each.elected_on, each.ended_on) for each in terms] == [
        (date(2021, 9, 8), date(2024, 9, 10)),
        (date(2024, 9, 10), None),
    ]


def test_who_left_the_branch_since_holds_the_post_until_then() -> None:
    book = book_with_committee()
    procedure = counted(book)
    transfer_out(book, named("周示例"), date(2026, 10, 1), "外单位", "示信1号", actor(8))
    take_office(book, procedure.id, TODAY, actor(10))
    assert set(posts(book, date(2026, 9, 30))) == {"李示例", "周示例", "钱示例"}
    assert set(posts(book, date(2026, 10, 1))) == {"李示例", "钱示例"}


def test_an_election_without_its_ballots_leaves_the_roster_as_it_was_entered() -> None:
    """Of long ago nothing but the paper may be left; then a reason stands for the count."""
    book = book_with_committee()
    procedure = put_procedure(book, counted(book), rounds=())
    before = roster_of(book)
    told = replace(entry("take_office", TODAY), reason="计票资料已归档，名册已登记")
    save_step(book, procedure.id, told, actor(10))
    assert roster_of(book) == before
