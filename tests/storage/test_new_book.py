"""A book filled in one go is a book like any other, or it is not there at all."""

from __future__ import annotations

import signal

import pytest

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.storage import driver, keys
from branchbook.storage.check import verify
from branchbook.storage.problems import (
    BookInUseProblem,
    FullDiskProblem,
    ReadOnlyPlaceProblem,
    WouldOverwriteProblem,
    WrongPassphraseProblem,
)
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import child, make_book
from tests.storage.example import ROSTER, attached, head, meeting


def fill(book):
    """What ``make_book`` writes into an ordinary book."""
    with book.writing(head("first")) as writing:
        writing.put_all((*ROSTER, meeting()))


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


def settings_of(book):
    raw = book.file.connection
    (journal,) = raw.execute("PRAGMA journal_mode").fetchone() or ("",)
    return journal, driver.number(raw, "PRAGMA synchronous"), driver.number(raw, "PRAGMA foreign_keys")


def test_it_holds_what_was_written_and_is_settled_like_any_book(tmp_path):
    path = tmp_path / "新 簿.branchbook"
    filled = Shelf().create_filled(path, "试用员", fill)
    ordinary = make_book(tmp_path / "另一本.branchbook")
    assert not filled.read_only
    assert settings_of(filled) == settings_of(ordinary) == ("delete", 2, 1)
    with filled.reading() as mine, ordinary.reading() as others:
        assert mine.all(Record) == others.all(Record)
        assert mine.operations(10) == others.operations(10)
        assert mine.search("防汛") == others.search("防汛")
    with filled.writing(head("more")) as writing:
        writing.put(meeting("second"))
    filled.close()
    ordinary.close()
    assert names_in(tmp_path) == ["另一本.branchbook", "新 簿.branchbook"]
    assert verify(path, None).whole


def test_it_has_no_name_until_it_is_filled_and_nobody_else_may_have_it(tmp_path):
    path = tmp_path / "簿.branchbook"

    def look(book):
        fill(book)
        assert not path.exists()
        with pytest.raises(BookInUseProblem, match="试用员"):
            Shelf().create(path, "另一人")

    made = Shelf().create_filled(path, "试用员", look)
    with pytest.raises(BookInUseProblem, match="试用员"):
        Shelf().open(path, None, writable=True, holder="另一人")
    made.close()


def test_where_filling_fails_nothing_is_left_and_the_name_is_free(tmp_path):
    path = tmp_path / "簿.branchbook"

    def fail(book):
        fill(book)
        raise RefusedProblem("已取消", "")

    with pytest.raises(RefusedProblem, match="已取消"):
        Shelf().create_filled(path, "试用员", fail)
    assert names_in(tmp_path) == []
    Shelf().create_filled(path, "试用员", fill).close()
    assert path.exists()


def test_an_operation_that_fails_while_filling_is_rolled_back(tmp_path):
    def broken(book):
        with book.writing(head("fails")) as writing:
            writing.put(meeting("half"))
            writing.remove(Record, meeting().id)
            raise ZeroDivisionError

    def half(book):
        fill(book)
        with pytest.raises(ZeroDivisionError):
            broken(book)

    made = Shelf().create_filled(tmp_path / "簿.branchbook", "试用员", half)
    with made.reading() as reading:
        assert reading.all(Record) == (meeting(),)
        assert len(reading.operations(10)) == 1
    made.close()


def test_a_full_disk_is_told_by_the_name_that_was_asked_for_and_nothing_is_left(small_disk):
    path = small_disk / "簿.branchbook"

    def too_much(book):
        fill(book)
        with book.writing(head("photo")) as writing:
            writing.put(attached(meeting(), writing.keep_content(bytes(range(256)) * 8192)))

    with pytest.raises(FullDiskProblem) as caught:
        Shelf().create_filled(path, "试用员", too_much)
    assert str(path) in caught.value.where
    assert names_in(small_disk) == []


def test_a_place_that_cannot_be_written_is_told_before_anything_is_made(closed_book, read_only_place):
    place = read_only_place(closed_book)
    with pytest.raises(ReadOnlyPlaceProblem):
        Shelf().create_filled(place.with_name("新.branchbook"), "试用员", fill)


def test_a_file_that_is_there_is_never_written_over(tmp_path):
    path = tmp_path / "簿.branchbook"
    path.write_bytes(b"something else")
    with pytest.raises(WouldOverwriteProblem):
        Shelf().create_filled(path, "试用员", fill)
    assert path.read_bytes() == b"something else"
    assert names_in(tmp_path) == [path.name]


def test_it_may_have_a_passphrase(tmp_path):
    path = tmp_path / "密.branchbook"
    Shelf().create_filled(path, "试用员", fill, "口令").close()
    with pytest.raises(WrongPassphraseProblem):
        Shelf().open(path, "别的", writable=False, holder="")
    opened = Shelf().open(path, "口令", writable=False, holder="")
    with opened.reading() as reading:
        assert len(reading.all(Person)) == 2
    opened.close()
    assert keys.read_salt(path) != keys.OPEN_SALT


_KILLED = """
import os, signal, sys
from pathlib import Path
from branchbook.storage.shelf import Shelf
from tests.storage.test_new_book import fill

def die(book):
    fill(book)
    os.kill(os.getpid(), signal.SIGKILL)

Shelf().create_filled(Path(sys.argv[1]), "试用员", die)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
def test_a_program_killed_while_filling_leaves_no_book_and_no_obstacle(tmp_path):
    path = tmp_path / "簿.branchbook"
    with child(_KILLED, path) as killed:
        killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert not path.exists()
    made = Shelf().create_filled(path, "试用员", fill)
    made.close()
    assert names_in(tmp_path) == [path.name]
