"""One writing program per book; a crash leaves no stale lock; the holder is named."""

from __future__ import annotations

import os
import signal

import pytest

from branchbook.storage.book_file import open_book_file
from branchbook.storage.file_lock import FileLock, lock_path, read_holder
from branchbook.storage.problems import BookInUseProblem, ReadOnlyPlaceProblem
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import child

HOLD = (
    "import sys; from pathlib import Path; from branchbook.storage.book_file import open_book_file\n"
    "book = open_book_file(Path(sys.argv[1]), holder='另一位试用员')\n"
    "print('held', flush=True); sys.stdin.read(); book.close()"
)


def test_a_second_writer_is_told_who_holds_the_book(closed_book):
    with child(HOLD, closed_book) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BookInUseProblem) as caught:
            open_book_file(closed_book)
        assert "另一位试用员" in caught.value.holder
        assert str(other.pid) in caught.value.holder
        assert "被占用" in str(caught.value)
        assert caught.value.exit_code == 1
        other.communicate("")
    open_book_file(closed_book).close()


def test_reading_works_beside_a_writer(closed_book):
    with child(HOLD, closed_book) as other:
        assert other.stdout.readline() == "held\n"
        book = Shelf().open(closed_book, None, writable=False, holder="")
        with book.reading() as reading:
            assert len(reading.roster().people) == 2
        assert book.read_only
        book.close()
        other.communicate("")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
def test_a_killed_program_holds_nothing(closed_book):
    with child(HOLD, closed_book) as other:
        assert other.stdout.readline() == "held\n"
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        assert lock_path(closed_book).exists()
        open_book_file(closed_book).close()
        assert not lock_path(closed_book).exists()
        other.communicate()


def test_two_locks_in_one_program_exclude_each_other(tmp_path):
    path = tmp_path / "簿.branchbook"
    first, second = FileLock(path), FileLock(path)
    first.acquire("甲")
    with pytest.raises(BookInUseProblem):
        second.acquire("乙")
    assert (first.held, second.held) == (True, False)
    assert "甲" in read_holder(path)
    first.release()
    first.release()
    with second:
        assert second.held
    assert not lock_path(path).exists()
    assert read_holder(path) == ""


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows: not run")
def test_every_name_of_a_book_has_one_lock(closed_book, tmp_path):
    link = tmp_path / "别名.branchbook"
    link.symlink_to(closed_book)
    with FileLock(closed_book), pytest.raises(BookInUseProblem):
        FileLock(link).acquire()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[]", b'{"holder": 1}'])
def test_a_lock_file_that_says_nothing_useful_does_no_harm(tmp_path, content):
    path = tmp_path / "簿.branchbook"
    lock_path(path).write_bytes(content)
    assert read_holder(path) == ""
    with FileLock(path):
        assert str(os.getpid()) in read_holder(path)


def test_a_read_only_folder_has_no_lock(closed_book, read_only_place):
    path = read_only_place(closed_book)
    with pytest.raises(ReadOnlyPlaceProblem):
        FileLock(path).acquire()
