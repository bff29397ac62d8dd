"""A copy by the engine and a copy byte by byte: equal, and no damage, no cut and no other writer gets into either."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.storage import driver, keys
from branchbook.storage.backup import backup_book
from branchbook.storage.check import sha256_of, verify
from branchbook.storage.problems import (
    BackupFailedProblem,
    DamagedBookProblem,
    MissingBookProblem,
    UnpluggedProblem,
)
from tests.storage.backups import add_person, rows_of
from tests.storage.conftest import child, make_book, mounted
from tests.storage.example import attached, head, meeting

NOW = datetime(2026, 11, 24, 15, 30, 12, tzinfo=UTC)


def back_up(book, folder, progress=None, held=False):
    return backup_book(book.file.connection, book.path, folder, book.file.key, NOW, progress, held=held)


both_ways = pytest.mark.parametrize("held", [False, True], ids=["by the engine", "byte by byte"])


@both_ways
def test_both_ways_give_an_equal_book(book, folder, held):
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(bytes(range(256)) * 4000)))
    made = back_up(book, folder, held=held)
    assert verify(made.path).whole
    assert rows_of(made.path) == rows_of(book.path)
    if held:
        assert made.sha256 == sha256_of(book.path)


@both_ways
@pytest.mark.parametrize("with_unused", [False, True], ids=["all pages in use", "some pages unused"])
def test_a_flip_in_a_page_of_the_book_is_never_carried_over(closed_book, folder, held, with_unused):
    """No backup, or (what the engine still held in memory) a whole one; also for a page that nothing uses."""
    if with_unused:
        _leave_pages_unused(closed_book)
    good, refused, rows = closed_book.read_bytes(), 0, rows_of(closed_book)
    last = len(good) // keys.PAGE_SIZE
    tried = (1, *range(2, last, 7), last - 1, last)  # all of them were tried once: docs/reliability.md
    for number in tried:
        content = bytearray(good)
        content[(number - 1) * keys.PAGE_SIZE + 1000 + number] ^= 1
        closed_book.write_bytes(good)
        connection = driver.open_connection(closed_book, keys.OPEN, "ro")
        closed_book.write_bytes(content)
        try:
            made = backup_book(connection, closed_book, folder, keys.OPEN, NOW, held=held)
        except (BackupFailedProblem, DamagedBookProblem):
            refused += 1
        else:
            assert verify(made.path).whole, f"page {number}"
            assert rows_of(made.path) == rows, f"page {number}"
            for each in folder.iterdir():
                each.unlink()
        finally:
            connection.close()
        assert list(folder.iterdir()) == []
    assert refused == len(tried)


def _leave_pages_unused(path):
    connection = driver.open_connection(path, keys.OPEN, "rw")
    connection.execute("CREATE TABLE passing (bytes BLOB)")
    connection.execute("INSERT INTO passing VALUES (zeroblob(40000))")
    connection.execute("DROP TABLE passing")
    assert driver.number(connection, "PRAGMA freelist_count") >= 8
    connection.close()


@both_ways
def test_an_attachment_that_is_not_what_its_hash_says_gives_no_backup(book, folder, held):
    """As an older page put back into the file would: the pages are whole, what they hold is not."""
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(b"photo" * 1000)))
    book.file.connection.execute("UPDATE content SET bytes = ?", (b"other" * 1000,))
    with pytest.raises(BackupFailedProblem, match="附件"):
        back_up(book, folder, held=held)
    assert list(folder.iterdir()) == []


@both_ways
def test_it_may_be_cancelled_in_every_phase(book, folder, held):
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(bytes(1_000_000))))
    steps: list[int] = []

    def watch(done, _total):
        steps.append(done)
        return True

    back_up(book, folder, progress=watch, held=held)
    for last in sorted(set(steps)):
        before = {each.name for each in folder.iterdir()}

        def stop(done, _total, last=last):
            return done < last

        with pytest.raises(RefusedProblem, match="已取消"):
            back_up(book, folder, progress=stop, held=held)
        assert {each.name for each in folder.iterdir()} == before


_WRITES = """
import sys
from pathlib import Path
from branchbook.storage import driver, keys
connection = driver.open_connection(Path(sys.argv[1]), keys.OPEN, "rw")
connection.execute("PRAGMA busy_timeout = 0").fetchall()
try:
    connection.execute("UPDATE person SET name = 'written meanwhile'")
    print("written")
except driver.engine_errors() as error:
    print(error)
"""


def test_nobody_can_write_while_a_book_is_copied_byte_by_byte(book, folder):
    """The engine's shared lock holds although the file is read and closed beside it."""
    answers: list[str] = []

    def write(done, total):
        if done < total // 2 or not answers:
            with child(_WRITES, book.path) as other:
                answers.append(other.communicate()[0].strip())
        return True

    before = rows_of(book.path)
    made = back_up(book, folder, progress=write, held=True)
    assert answers[0] == "database is locked"
    assert rows_of(made.path) == before
    with child(_WRITES, book.path) as other:  # and afterwards the lock is gone
        assert other.communicate()[0].strip() == "written"


def test_a_book_that_was_replaced_under_our_hands_gives_no_backup(book, folder, tmp_path):
    other = make_book(tmp_path / "另一本.branchbook")
    add_person(other)
    other.close()
    other.path.replace(book.path)
    with pytest.raises(BackupFailedProblem):
        back_up(book, folder, held=True)
    assert list(folder.iterdir()) == []
    book.path.unlink()
    with pytest.raises(MissingBookProblem):
        back_up(book, folder, held=True)


@both_ways
@pytest.mark.parametrize("share", [0.1, 0.6, 1.0], ids=["copied", "checked", "at the very end"])
def test_a_stick_pulled_out_is_told_and_the_book_is_unharmed(book, tmp_path, held, share):
    with mounted(tmp_path / "U盘", "size=16m") as stick:
        pulled: list[int] = []

        def pull(done, total):
            if done >= share * total and not pulled:
                pulled.append(done)
                subprocess.run(["umount", "-l", str(stick)], check=True)
            return True

        with pytest.raises(UnpluggedProblem) as caught:
            back_up(book, stick, progress=pull, held=held)
        assert "不见了" in caught.value.what
        assert list(stick.iterdir()) == []
        subprocess.run(
            ["mount", "-t", "tmpfs", "tmpfs", str(stick)], check=True
        )  # for the fixture to unmount
    assert verify(book.path).whole
