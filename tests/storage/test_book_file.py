"""Making and opening books: where it works, where it is refused, and what is left behind then."""

from __future__ import annotations

import pytest

from branchbook.storage import driver, keys
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import create_book_file, open_book_file
from branchbook.storage.check import verify
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import (
    DamagedBookProblem,
    FullDiskProblem,
    NewerBookProblem,
    OlderBookProblem,
    ReadOnlyPlaceProblem,
    WouldOverwriteProblem,
)
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import make_book
from tests.storage.example import ROSTER, head, identity, meeting


def set_version(path, version):
    connection = driver.open_connection(path, keys.OPEN, "rw")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.mark.parametrize("name", ["簿", "第一 党支部（2026）", "a?b#c%20&d", 'it\'s "quoted"'])
def test_every_name_that_a_file_may_have(tmp_path, name):
    folder = tmp_path / "文件夹 甲"
    folder.mkdir()
    path = folder / f"{name}.branchbook"
    make_book(path).close()
    assert [each.name for each in folder.iterdir()] == [path.name]
    book = Shelf().open(path, None, writable=True, holder="")
    with book.reading() as reading:
        assert len(reading.roster().people) == 2
    book.close()


def test_a_relative_path(tmp_path, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(tmp_path)
    make_book(Path("簿.branchbook")).close()
    assert verify(Path("簿.branchbook")).whole


def test_nothing_is_written_over(closed_book):
    before = closed_book.read_bytes()
    with pytest.raises(WouldOverwriteProblem):
        create_book_file(closed_book)
    assert closed_book.read_bytes() == before


def test_a_new_book_is_empty_and_whole(tmp_path):
    path = tmp_path / "新.branchbook"
    create_book_file(path).close()
    report = verify(path)
    assert report.whole
    assert report.schema_version == SCHEMA_VERSION
    assert (report.contents.people, report.contents.last_meeting_on) == (0, None)


def test_a_newer_book_is_refused_politely(closed_book):
    set_version(closed_book, 99)
    before = closed_book.read_bytes()
    with pytest.raises(NewerBookProblem) as caught:
        open_book_file(closed_book)
    assert "第 99 版" in caught.value.what
    assert "升级" in caught.value.next_step
    assert closed_book.read_bytes() == before
    assert [each.name for each in closed_book.parent.glob("*.lock")] == []


def test_an_older_book_is_not_upgraded_by_looking_at_it(closed_book):
    set_version(closed_book, 0)
    before = closed_book.read_bytes()
    with pytest.raises(OlderBookProblem):
        open_book_file(closed_book, writable=False)
    assert closed_book.read_bytes() == before


def test_a_read_only_place_opens_for_reading(closed_book, read_only_place):
    path = read_only_place(closed_book)
    book = Shelf().open(path, None, writable=True, holder="试用员")
    assert book.read_only
    with book.reading() as reading:
        assert len(reading.roster().people) == 2
        assert len(reading.search("防汛")) == 1
    with pytest.raises(ReadOnlyPlaceProblem), book.writing(head("no")):
        pass
    book.close()
    assert verify(path).whole


def test_a_book_that_cannot_be_made_leaves_nothing(read_only_place, closed_book):
    folder = read_only_place(closed_book).parent
    with pytest.raises(ReadOnlyPlaceProblem):
        create_book_file(folder / "新.branchbook")
    assert [each.name for each in folder.iterdir()] == [closed_book.name]


def test_a_full_disk_keeps_what_was_saved(small_disk):
    """Write until the disk is full: what was reported stays, what failed is gone, and the book is whole."""
    path = small_disk / "满.branchbook"
    book = StoredBook(create_book_file(path))
    saved = []
    with book.writing(head("roster")) as writing:
        writing.put_all(ROSTER)

    def fill():
        for number in range(200):
            with book.writing(head(f"write {number}")) as writing:
                writing.put(meeting(f"m{number}", minutes=f"{number}" + "字" * 8000))
            saved.append(identity(f"write {number}"))

    with pytest.raises(FullDiskProblem) as caught:
        fill()
    assert "磁盘已满" in str(caught.value)
    assert 0 < len(saved) < 200
    with book.reading() as reading:
        kept = [operation.head.id for operation in reading.operations(1000)]
    assert kept == [*reversed(saved), identity("roster")]
    assert not book.search_index_differs()
    book.close()
    report = verify(path)
    assert report.whole
    assert report.contents.records == len(saved)


def test_a_book_that_does_not_fit_leaves_no_file(small_disk):
    (small_disk / "别的").write_bytes(bytes(800_000))
    with pytest.raises(FullDiskProblem):
        create_book_file(small_disk / "新.branchbook")
    assert [each.name for each in small_disk.iterdir()] == ["别的"]


def test_any_damaged_page_shows_at_open(closed_book):
    """The engine alone gives zeros for the last page of a long text, and says nothing."""
    good = closed_book.read_bytes()
    for page in range(1, len(good) // keys.PAGE_SIZE + 1):
        bad = bytearray(good)
        bad[(page - 1) * keys.PAGE_SIZE + 200] ^= 4
        closed_book.write_bytes(bad)
        with pytest.raises(DamagedBookProblem):
            open_book_file(closed_book)


def test_a_length_that_is_not_the_books_own_shows_at_open(closed_book):
    good = closed_book.read_bytes()
    for content in (good[: -keys.PAGE_SIZE], good + good[-keys.PAGE_SIZE :]):
        closed_book.write_bytes(content)
        with pytest.raises(DamagedBookProblem):
            open_book_file(closed_book)


def test_bytes_of_an_attachment_are_proved_when_they_are_read(book):
    from branchbook.domain.problems import DamagedProblem

    with book.writing(head("photo", hour=10)) as writing:
        sha256 = writing.keep_content(b"photo")
    book.file.connection.execute("UPDATE content SET bytes = x'00'")
    with pytest.raises(DamagedProblem), book.reading() as reading:
        reading.content(sha256)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER fremd AFTER INSERT ON person BEGIN DELETE FROM term; END",
        "CREATE VIEW fremd AS SELECT * FROM person",
    ],
)
def test_what_another_program_made_to_act_by_itself_shows_at_open(book, statement):
    path = book.path
    book.file.connection.execute(statement)
    book.close()
    with pytest.raises(DamagedBookProblem, match="fremd"):
        open_book_file(path)
