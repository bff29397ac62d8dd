"""A round on its way through the book: bin, undo, sealing and exchange, in both kinds of book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment, assessment_id
from branchbook.domain.problems import ReasonProblem, RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.assessments import correct_assessment, save_assessment
from branchbook.services.book_exchange import ValueStatus, export_book, import_book, preview_import
from branchbook.services.codec import from_json
from branchbook.services.evaluation_corrections import correct_exchange
from branchbook.services.exchange_validity import valid
from branchbook.services.operations import operate
from branchbook.services.procedures import (
    abandon_procedure,
    finish_procedure,
    remove_procedure,
    reopen_step,
)
from branchbook.services.recycle_bin import bin_lines, restore_removed
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.store import Book
from branchbook.services.undo import next_undo, undo
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.services.evaluation_book import (
    NAMES,
    actor,
    assessed,
    begun,
    evaluation_book,
    everyone_graded,
    is_probationary,
    listed,
    step,
)
from tests.services.small_book import TODAY, named

ARCHIVES = ZipArchives()
START = actor(-60).now


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


@pytest.fixture
def book(new_book) -> Book:
    """Six members of the first branch, of either kind of book."""
    return evaluation_book(6, new_book("簿"))


def undone(book: Book) -> None:
    """Take back what was done last."""
    with book.reading() as reading:
        latest = next_undo(reading)
    assert latest is not None
    undo(book, latest.head.id, actor(30), START)


def held(book: Book, procedure_id: UUID) -> tuple[Procedure | None, tuple[Assessment, ...]]:
    """A round and everything that belongs to it, as the book holds it."""
    with book.reading() as reading:
        return reading.get(Procedure, procedure_id), reading.assessments((procedure_id,))


def ended(book: Book) -> Procedure:
    """A round that was carried to its end."""
    procedure = everyone_graded(book)
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    return finish_procedure(book, procedure.id, TODAY, actor()).value


def exported(book: Book, path: Path) -> None:
    """The book as an exchange file."""
    with book.reading() as reading:
        export_book(reading, ARCHIVES, path)


# -------------------------------------------------------------------------------- bin and undo


def test_a_round_takes_its_assessments_to_the_bin_and_brings_them_back(book) -> None:
    procedure = listed(book)
    save_assessment(book, assessed(procedure, NAMES[0]), actor())
    before = held(book, procedure.id)
    remove_procedure(book, procedure.id, actor())
    assert held(book, procedure.id) == (None, ())
    with book.reading() as reading:
        (line,) = bin_lines(reading)
    assert (line.name, line.others) == ("办理事项“2026-11-02 组织生活会和民主评议党员”", 1)
    restore_removed(book, line.operation_id, actor())
    assert held(book, procedure.id) == before


def test_a_graded_round_is_neither_abandoned_nor_removed_and_an_ended_one_wants_a_reason(book) -> None:
    procedure = everyone_graded(book)
    with pytest.raises(RefusedProblem, match="等次已经评定"):
        abandon_procedure(book, procedure.id, TODAY, "不开了", actor())
    with pytest.raises(RefusedProblem, match="等次已经评定"):
        remove_procedure(book, procedure.id, actor())
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    finish_procedure(book, procedure.id, TODAY, actor())
    with pytest.raises(RefusedProblem, match="需要写明原因"):
        remove_procedure(book, procedure.id, actor())
    remove_procedure(book, procedure.id, actor(), "重复录入")
    assert held(book, procedure.id) == (None, ())
    undone(book)
    assert len(held(book, procedure.id)[1]) == 6


def test_the_beginning_of_a_round_cannot_be_undone_under_its_assessments(book) -> None:
    procedure = begun(book)
    with book.reading() as reading:
        beginning = next_undo(reading)
    assert beginning is not None
    stray = Assessment(
        assessment_id(procedure.id, named(NAMES[0])), procedure.id, named(NAMES[0]), NAMES[0], "小结"
    )
    with operate(book, actor(), "录入") as operating:
        operating.writing.put(stray)
    with pytest.raises(RefusedProblem, match=f"{NAMES[0]}的评议表"):
        undo(book, beginning.head.id, actor(30), START)
    undone(book)
    undone(book)
    assert held(book, procedure.id) == (None, ())


def test_every_deed_is_undone_without_a_trace(book) -> None:
    procedure = listed(book)
    before = held(book, procedure.id)
    save_assessment(book, assessed(procedure, NAMES[0], Grade.QUALIFIED), actor())
    undone(book)
    assert held(book, procedure.id) == before


def test_a_refused_deed_writes_nothing(book) -> None:
    is_probationary(book, NAMES[0])
    procedure = listed(book)
    with book.reading() as reading:
        before = reading.operations(1)
    with pytest.raises(RefusedProblem):
        save_assessment(book, assessed(procedure, NAMES[0], Grade.QUALIFIED), actor())
    with pytest.raises(RefusedProblem):
        step(book, procedure.id, "ballot")
    with book.reading() as reading:
        assert reading.operations(1) == before


def test_the_end_is_undone_until_the_round_left_the_book(book) -> None:
    procedure = ended(book)
    undone(book)
    kept = held(book, procedure.id)[0]
    assert kept is not None
    assert kept.is_open
    finish_procedure(book, procedure.id, TODAY, actor(40))
    seal_finals(book, Sealing.BACKUP, actor(41))
    with book.reading() as reading:
        latest = next_undo(reading)
    assert latest is not None
    with pytest.raises(RefusedProblem, match="不能撤销办结"):
        undo(book, latest.head.id, actor(42), START)


def test_what_was_entered_before_the_end_is_not_undone_behind_it(book) -> None:
    """The history offers every operation; one that would change a frozen round alone is refused."""
    procedure = everyone_graded(book)
    one = held(book, procedure.id)[1][0]
    save_assessment(book, replace(one, remark="先记一笔"), actor())
    with book.reading() as reading:
        noted = next_undo(reading)
    assert noted is not None
    for key in ("feedback", "use", "rectification"):
        step(book, procedure.id, key)
    finish_procedure(book, procedure.id, TODAY, actor())
    with pytest.raises(RefusedProblem, match="已经结束"):
        undo(book, noted.head.id, actor(30), START)
    undone(book)  # the end itself
    undo(book, noted.head.id, actor(31), START)
    assert held(book, procedure.id)[1][0] == one


def test_a_correction_is_undone_with_its_mark(book) -> None:
    procedure = ended(book)
    before = held(book, procedure.id)
    correct_assessment(book, replace(before[1][0], remark="补记获奖"), "漏记", actor(50))
    undone(book)
    assert held(book, procedure.id) == before


def test_a_correction_keeps_the_earlier_state_in_the_history(book) -> None:
    procedure = ended(book)
    one = held(book, procedure.id)[1][0]
    correct_assessment(book, replace(one, remark="补记获奖"), "漏记", actor(50))
    with book.reading() as reading:
        latest, *earlier = reading.history_of("assessment", str(one.id))
    assert latest.touches[0].before is not None
    assert (latest.head.label, latest.head.reason) == (f"更正评议：{one.name}", "漏记")
    assert from_json("assessment", latest.touches[0].before) == one
    assert earlier


# ------------------------------------------------------------------------------- step guards


@pytest.mark.parametrize(
    "key, said",
    [
        ("participants", "还没有核定参评人员"),
        ("ballot", "还没有确认的党员测评"),
    ],
)
def test_a_step_rests_on_what_the_book_holds(key, said) -> None:
    """A reason for the order does not stand for a count that is not there."""
    book = evaluation_book(6)
    procedure = begun(book)
    with pytest.raises(RefusedProblem, match=said):
        step(book, procedure.id, key)


def test_a_reason_may_stand_for_a_grade_or_a_feedback_that_is_missing(book) -> None:
    procedure = everyone_graded(book)
    reopen_step(book, procedure.id, "grading", actor())
    one = held(book, procedure.id)[1][0]
    save_assessment(book, replace(one, grade=None), actor())
    with pytest.raises(ReasonProblem, match=f"{one.name}还没有评定等次"):
        step(book, procedure.id, "grading", reason="")
    step(book, procedure.id, "grading", reason="住院，另行评定")
    with pytest.raises(ReasonProblem, match="还没有登记反馈"):
        step(book, procedure.id, "feedback", reason="")


def test_the_ballot_is_not_earlier_than_its_count(book) -> None:
    procedure = everyone_graded(book)
    with pytest.raises(RefusedProblem, match="早于测评的 2026-11-12"):
        step(book, procedure.id, "ballot", on=date(2026, 11, 11))


def test_an_exchange_is_noted_after_the_end_with_a_reason(book) -> None:
    procedure = ended(book)
    with pytest.raises(RefusedProblem, match="不在别处评议"):
        correct_exchange(book, procedure.id, named(NAMES[0]), "外地支部", TODAY, "收到回执", actor())


# ---------------------------------------------------------------------------------- exchange


def test_a_round_crosses_to_another_book_whole(new_book, tmp_path) -> None:
    first, second = evaluation_book(6, new_book("甲")), new_book("乙")
    procedure = ended(first)
    path = tmp_path / "簿.zip"
    exported(first, path)
    import_book(second, ARCHIVES, path, actor())
    assert held(second, procedure.id) == held(first, procedure.id)


def test_an_open_round_of_a_file_changes_nothing_of_one_that_ended(new_book, tmp_path) -> None:
    mine, other = evaluation_book(6, new_book("甲")), new_book("乙")
    procedure = everyone_graded(mine)
    path = tmp_path / "簿.zip"
    exported(mine, path)
    import_book(other, ARCHIVES, path, actor())
    one = held(other, procedure.id)[1][0]
    save_assessment(other, replace(one, summary="另一本簿里改过"), actor())
    back = tmp_path / "回.zip"
    exported(other, back)
    for key in ("feedback", "use", "rectification"):
        step(mine, procedure.id, key)
    finish_procedure(mine, procedure.id, TODAY, actor())
    before = held(mine, procedure.id)
    with mine.reading() as reading:
        preview = preview_import(reading, ARCHIVES, back)
    assert preview.count(ValueStatus.KEPT, "assessment") == 6
    import_book(mine, ARCHIVES, back, actor())
    assert held(mine, procedure.id) == before


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda each: replace(each, year=0), "年度应在 1921 到 2199 之间"),
        (lambda each: replace(each, participants=each.participants * 2), "同一个人出现两次"),
        (lambda each: replace(each, grade_rounds=each.grade_rounds * 2), "同一次投票出现两次"),
        (
            lambda each: replace(each, grade_rounds=(replace(each.grade_rounds[0], due=-1),)),
            "投票的数目应在 0 到 100000 之间",
        ),
    ],
)
def test_a_round_that_cannot_be_is_refused_from_a_file(change, said) -> None:
    procedure = everyone_graded(evaluation_book(6))
    assert valid(procedure, "示例") == procedure
    with pytest.raises(UnreadableProblem, match=said):
        valid(change(procedure), "示例")


def test_an_assessment_of_another_identity_is_refused_from_a_file() -> None:
    procedure = everyone_graded(evaluation_book(6))
    with pytest.raises(UnreadableProblem, match="编号与评议和人员不符"):
        valid(replace(assessed(procedure, NAMES[0]), id=uuid4()), "示例")
