"""Two books that went on apart and say things of the same people that cannot both be true."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from branchbook.domain.people import Post
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import export_book, import_book, preview_import
from branchbook.services.people_facts import appoint
from branchbook.services.transfers import move_between_branches
from branchbook.services.undo import undo
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, NAMES, SECOND_BRANCH, actor, named, small_book

ARCHIVES = ZipArchives()
STARTED = datetime.min.replace(tzinfo=actor().now.tzinfo)


def warnings_of(book: FakeBook, other: FakeBook, path: Path) -> tuple[str, ...]:
    """What is said before the other book is taken into the first."""
    with other.reading() as reading:
        export_book(reading, ARCHIVES, path)
    with book.reading() as reading:
        return preview_import(reading, ARCHIVES, path).warnings


def test_books_that_agree_are_merged_without_a_word(tmp_path: Path) -> None:
    assert warnings_of(small_book(), small_book(), tmp_path / "甲.zip") == ()


def test_two_secretaries_at_once_are_told_and_the_import_can_be_undone(tmp_path: Path) -> None:
    """支部工作条例: a branch has one secretary."""
    book, other = small_book(), small_book()
    appoint(book, named("钱示例"), FIRST_BRANCH, Post.SECRETARY, date(2025, 1, 1), "", actor())
    appoint(other, named("孙示例"), FIRST_BRANCH, Post.SECRETARY, date(2025, 1, 1), "", actor())
    (said,) = warnings_of(book, other, tmp_path / "甲.zip")
    assert said.startswith("导入后的登记互相矛盾，请核对：孙示例，这一职务已由钱示例担任")
    before = book.state.values
    imported = import_book(book, ARCHIVES, tmp_path / "甲.zip", actor(1))
    assert said in imported.value.warnings
    assert imported.changes.operation_id is not None
    undo(book, imported.changes.operation_id, actor(2), STARTED)
    assert book.state.values == before


def test_a_member_moved_differently_in_two_books_is_told(tmp_path: Path) -> None:
    """党章 第八条: every member belongs to one branch."""
    book, other = small_book(), small_book()
    move_between_branches(book, named("赵示例"), SECOND_BRANCH, date(2026, 3, 1), actor())
    move_between_branches(other, named("赵示例"), SECOND_BRANCH, date(2026, 5, 1), actor())
    (said,) = warnings_of(book, other, tmp_path / "甲.zip")
    assert "赵示例，与“" in said
    assert "的时间重叠" in said


def test_of_many_contradictions_three_are_told_and_the_others_counted(tmp_path: Path) -> None:
    book, other = small_book(), small_book()
    for name in NAMES[:5]:
        move_between_branches(book, named(name), SECOND_BRANCH, date(2026, 3, 1), actor())
        move_between_branches(other, named(name), SECOND_BRANCH, date(2026, 5, 1), actor())
    told = warnings_of(book, other, tmp_path / "甲.zip")
    assert len(told) == 4
    assert told[-1] == "这样的矛盾共有 5 处"
