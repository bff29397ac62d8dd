"""What a procedure rests on: it stays, goes along in the exchange file, and moves when its branch closes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from branchbook.domain.ballots import Assignment, Ballot, BallotLine, BallotRound, ElectionKind, WriteInLine
from branchbook.domain.people import Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.domain.records import PersonRef, Record
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import ValueStatus, export_book, import_book
from branchbook.services.meetings import remove_record
from branchbook.services.operations import operate
from branchbook.services.organisations import add_branch
from branchbook.services.people import remove_person
from branchbook.services.procedures import (
    abandon_procedure,
    begin_procedure,
    remove_procedure,
)
from branchbook.services.recycle_bin import restore_removed
from branchbook.services.redrawing import NewPart, close_branch, divide, merge
from branchbook.services.store import Book
from branchbook.services.undo import undo
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.services.asking import last, put, refused
from tests.services.election_book import stored
from tests.services.small_book import (
    FIRST_BRANCH,
    NAMES,
    SECOND_BRANCH,
    actor,
    fill,
    named,
    small_book,
)

BEGUN = date(2026, 3, 2)
START = actor(-60).now
ZHAO, QIAN, ZHENG = named("赵示例"), named("钱示例"), named("郑示例")


def meeting(place: UUID = FIRST_BRANCH) -> Record:
    return Record(uuid4(), ("committee_meeting",), place, BEGUN, subject="研究换届", created_at=actor().now)


@pytest.fixture(params=["in memory", "in a file"])
def new_book(request: Any, tmp_path: Path) -> Iterator[Callable[[str], Book]]:
    """Makes empty books of either kind: the same promises hold for both."""
    opened: list[Book] = []

    def make(name: str) -> Book:
        made: Book = FakeBook()
        if request.param == "in a file":
            made = Shelf().create(tmp_path / f"{name}.branchbook", "李操作")
        opened.append(made)
        return made

    yield make
    for book in opened:
        book.close()


def whole(record_id: UUID | None = None, place: UUID = FIRST_BRANCH) -> Procedure:
    """A procedure with something of everything."""
    voting = BallotRound(
        uuid4(),
        "count",
        ElectionKind.COMMITTEE,
        BEGUN,
        seats=3,
        due=6,
        present=5,
        issued=5,
        returned=5,
        ballot=Ballot.MAIN,
        lines=(BallotLine("赵示例", ZHAO, 5),),
        write_ins=(WriteInLine("郑示例", 1, ZHENG), WriteInLine("外人", 1)),
        confirmed_on=BEGUN,
        consenting=3,
    )
    return Procedure(
        uuid4(),
        "term_election",
        place,
        BEGUN,
        steps=(
            StepEntry("decision", BEGUN, {"seats": 3, "deputies": 1}, record_id=record_id),
            StepEntry("method", None, {}, {"scrutineers": (PersonRef("钱示例", QIAN),)}),
        ),
        rounds=(voting,),
        assignments=(Assignment(ZHAO, "赵示例", Post.SECRETARY, "主持全面工作"),),
        created_at=actor().now,
    )


def keep(book: Book, *values: Any) -> None:
    with operate(book, actor(), "准备") as operating:
        operating.writing.put_all(values)


def test_it_goes_through_the_exchange_file_and_back_byte_for_byte(
    new_book: Callable[[str], Book], tmp_path: Path
) -> None:
    home, archives = new_book("总支"), ZipArchives()
    fill(home)
    own, other = meeting(), whole(place=SECOND_BRANCH)
    made = whole(own.id)
    keep(home, own, made, other)
    with home.reading() as reading:
        export_book(reading, archives, tmp_path / "whole.zip", None)
        export_book(reading, archives, tmp_path / "branch.zip", FIRST_BRANCH)
    branch = new_book("支部")
    import_book(branch, archives, tmp_path / "branch.zip", actor())
    with branch.reading() as reading:
        assert reading.get(Procedure, made.id) == made
        assert reading.get(Procedure, other.id) is None
        export_book(reading, archives, tmp_path / "again.zip", None)
        people = {each.id for each in reading.roster().people}
    assert ZHENG in people, "whoever was written on a ballot goes along"
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "branch.zip").read_bytes()
    copy = new_book("副本")
    import_book(copy, archives, tmp_path / "whole.zip", actor())
    with copy.reading() as reading:
        assert {each.id for each in reading.all(Procedure)} == {made.id, other.id}
    assert import_book(home, archives, tmp_path / "branch.zip", actor(1)).changes.operation_id is None


def test_an_open_one_never_replaces_one_that_has_ended(
    new_book: Callable[[str], Book], tmp_path: Path
) -> None:
    """What is filed is frozen like a final record: an older export of it changes nothing."""
    home, archives, path = new_book("总支"), ZipArchives(), tmp_path / "open.zip"
    fill(home)
    own = meeting()
    keep(home, own, whole(own.id))
    with home.reading() as reading:
        export_book(reading, archives, path, None)
        (still_open,) = reading.all(Procedure)
    ended = replace(still_open, state=ProcedureState.FINISHED, ended_on=date(2026, 10, 1))
    keep(home, ended)
    preview = import_book(home, archives, path, actor(1)).value
    assert preview.count(ValueStatus.KEPT, "procedure") == 1
    assert any("已经办结" in warning for warning in preview.warnings)
    with home.reading() as reading:
        assert reading.get(Procedure, ended.id) == ended


def test_people_and_records_on_which_it_rests_are_not_removed(new_book: Callable[[str], Book]) -> None:
    book = new_book("总支")
    fill(book)
    own = meeting()
    keep(book, own, whole(own.id))
    for person_id in (ZHAO, QIAN, ZHENG):
        with pytest.raises(RefusedProblem, match=r"还出现在办理事项中，不能删除（2026-03-02 开始的换届选举"):
            remove_person(book, person_id, actor())
    with pytest.raises(RefusedProblem, match="是办理事项的会议记录：2026-03-02 开始的换届选举"):
        remove_record(book, own.id, actor())


def test_undo_does_not_take_away_what_it_rests_on() -> None:
    """``consistency``: an undo that would leave a procedure without its record or people is refused."""
    book = FakeBook()
    fill(book)
    own = meeting()
    recorded = put(book, own)
    keep(book, whole(own.id))
    refused(book, "还被后来的内容用到", lambda: undo(book, recorded, actor(1), START))
    roster = book.state.operations[0].head.id
    refused(book, "换届选举", lambda: undo(book, roster, actor(1), actor(-600).now))


def test_it_does_not_come_back_without_the_record_on_which_it_rests() -> None:
    book = small_book()
    own = meeting()
    keep(book, own)
    made = whole(own.id)
    keep(book, made)
    remove_procedure(book, made.id, actor())
    removal = last(book)
    remove_record(book, own.id, actor())
    refused(book, "所属的内容已不在簿中.*记录", lambda: restore_removed(book, removal, actor()))


# ---------------------------------------------------------------- its organisation closes


MAY = date(2026, 5, 1)
FIRST = tuple(named(name) for name in NAMES[:6])
SECOND = tuple(named(name) for name in NAMES[6:])


def election(book: FakeBook, place: UUID = FIRST_BRANCH) -> UUID:
    return begin_procedure(book, "term_election", place, BEGUN, actor()).value.id


def where(book: FakeBook, procedure_id: UUID) -> UUID:
    return stored(book, procedure_id).organisation_id


def test_a_branch_with_an_open_procedure_closes_only_with_a_reason_and_the_procedure_moves() -> None:
    """Issue 2 §2: none closed while a procedure is open in it unless that is moved with a reason."""
    book = small_book()
    procedure_id = election(book, SECOND_BRANCH)
    moves = dict.fromkeys(SECOND, FIRST_BRANCH)
    refused(
        book,
        "2026-03-02 开始的换届选举（设支委会）还没有办结",
        lambda: close_branch(book, SECOND_BRANCH, moves, MAY, "", actor()),
    )
    close_branch(book, SECOND_BRANCH, moves, MAY, "", actor(), reason="并入第一支部办理")
    assert where(book, procedure_id) == FIRST_BRANCH
    assert book.state.operations[-1].head.reason == "并入第一支部办理"


def test_a_divided_branchs_procedure_goes_on_in_the_larger_part() -> None:
    book = small_book()
    procedure_id = election(book)
    parts = (NewPart("甲支部", FIRST[:2]), NewPart("乙支部", FIRST[2:]))
    refused(book, "还没有办结", lambda: divide(book, FIRST_BRANCH, parts, MAY, "", actor()))
    made = divide(book, FIRST_BRANCH, parts, MAY, "", actor(), reason="由乙支部办理").value.made
    assert where(book, procedure_id) == made[1].id


def test_merged_branches_carry_on_one_procedure_and_not_two_of_a_family() -> None:
    book = small_book()
    first, second = election(book), election(book, SECOND_BRANCH)
    both = (FIRST_BRANCH, SECOND_BRANCH)

    def merged() -> Any:
        return merge(book, both, "合并支部", MAY, "", actor(), reason="合并后办理")

    refused(book, "“合并支部”也有一项换届选举（设支委会）正在办理", merged)
    abandon_procedure(book, second, MAY, "支部合并", actor())
    made = merged().value.made[0]
    assert where(book, first) == made.id
    assert where(book, second) == SECOND_BRANCH, "what is ended stays where it was"


def test_without_anybody_to_go_on_with_it_a_procedure_stands_in_the_way() -> None:
    book = small_book()
    empty = add_branch(book, "空支部", date(2026, 1, 1), actor()).value.id
    procedure_id = election(book, empty)

    def closed() -> Any:
        return close_branch(book, empty, {}, MAY, "", actor(), reason="撤销")

    refused(book, "没有接收的组织", closed)
    abandon_procedure(book, procedure_id, MAY, "支部撤销", actor())
    closed()


def test_a_procedure_begun_after_the_day_of_closing_needs_the_reason_too() -> None:
    book = small_book()
    begin_procedure(book, "term_election", SECOND_BRANCH, date(2026, 6, 1), actor())
    moves = dict.fromkeys(SECOND, FIRST_BRANCH)
    refused(book, "还没有办结", lambda: close_branch(book, SECOND_BRANCH, moves, MAY, "", actor()))


def test_an_election_that_ended_does_not_hinder_the_closing() -> None:
    book = small_book()
    procedure_id = election(book, SECOND_BRANCH)
    abandon_procedure(book, procedure_id, MAY, "支部撤并", actor())
    close_branch(book, SECOND_BRANCH, dict.fromkeys(SECOND, FIRST_BRANCH), MAY, "", actor())
    assert where(book, procedure_id) == SECOND_BRANCH
