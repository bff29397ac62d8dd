"""Another key for an open book: the same content under it, or the book as it was; also when the program is killed."""

from __future__ import annotations

import random
import signal
from dataclasses import replace

import pytest

from branchbook.domain.recovery_code import RecoveryKey, read_groups, write_groups
from branchbook.storage import keys
from branchbook.storage.book_file import open_book_file
from branchbook.storage.check import verify
from branchbook.storage.locksmith import BookLocksmith
from branchbook.storage.problems import (
    DamagedBookProblem,
    FullDiskProblem,
    ReadOnlyPlaceProblem,
    WrongPassphraseProblem,
)
from branchbook.storage.rekey import rekey_book
from branchbook.storage.shelf import Shelf
from branchbook.storage.unfinished import fresh_name
from tests.storage.backups import rows_of
from tests.storage.conftest import child, make_book
from tests.storage.example import head
from tests.storage.test_backup import NOW

PASSPHRASE = "骆驼 电池 竹篮"
NAME = "周试一".encode()


def named(path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def open_file(path, passphrase=None):
    return open_book_file(path, passphrase, holder="试用员")


def test_the_same_content_stands_under_the_new_key(closed_book):
    before = rows_of(closed_book)
    file = open_file(closed_book)
    key = keys.new_key(PASSPHRASE)
    rekey_book(file, key)
    assert {str(row[0]) for row in file.connection.execute("SELECT name FROM person").fetchall()} == {
        "周试一",
        "阿卜杜·试二",
    }
    file.close()
    assert keys.damaged_pages(closed_book, key) == []
    assert NAME not in closed_book.read_bytes()
    with pytest.raises(WrongPassphraseProblem):
        open_file(closed_book)
    again = open_file(closed_book, PASSPHRASE)
    rekey_book(again, keys.OPEN)
    again.close()
    assert rows_of(closed_book) == before
    assert verify(closed_book).whole
    assert named(closed_book) == {closed_book.name}


def test_the_book_goes_on_being_written_after_the_change(book):
    rekey_book(book.file, keys.new_key(PASSPHRASE))
    with book.reading() as reading:
        person = reading.roster().people[0]
    with book.writing(head("after")) as writing:
        writing.put(replace(person, note="换口令之后写的"))
    book.close()
    again = Shelf().open(book.path, PASSPHRASE, writable=False, holder="")
    with again.reading() as reading:
        assert "换口令之后写的" in {each.note for each in reading.roster().people}
    again.close()


def test_a_read_only_book_keeps_its_key(closed_book):
    file = open_book_file(closed_book, writable=False)
    with pytest.raises(ReadOnlyPlaceProblem):
        rekey_book(file, keys.new_key(PASSPHRASE))
    file.close()
    assert verify(closed_book).whole


def test_a_full_disk_leaves_the_book_as_it_was(small_disk):
    path = small_disk / "簿.branchbook"
    book = make_book(path)
    (small_disk / "占地").write_bytes(bytes(900 * 1024 - path.stat().st_size))
    with pytest.raises(FullDiskProblem):
        rekey_book(book.file, keys.new_key(PASSPHRASE))
    with book.reading() as reading:
        assert len(reading.roster().people) == 2
    book.close()
    assert verify(path).whole
    assert named(path) == {path.name, "占地"}


def test_what_a_killed_change_left_goes_when_the_book_is_opened(closed_book):
    for name in (fresh_name(closed_book).name, f".{fresh_name(closed_book).name}.part"):
        closed_book.with_name(name).write_bytes(b"half")
    open_file(closed_book).close()
    assert named(closed_book) == {closed_book.name}


class TestRecovery:
    @pytest.fixture
    def protected(self, tmp_path):
        path = tmp_path / "密.branchbook"
        book = make_book(path, PASSPHRASE)
        recovery = BookLocksmith().key_in_use(book)
        assert recovery is not None
        groups = write_groups(recovery)
        book.close()
        return path, " ".join(groups)

    def test_the_groups_open_the_book_and_check_it(self, protected):
        path, groups = protected
        recovery = read_groups(groups)
        Shelf().open(path, recovery, writable=True, holder="").close()
        assert Shelf().check(path, recovery).whole

    def test_they_are_void_after_a_change(self, protected):
        path, groups = protected
        book = Shelf().open(path, PASSPHRASE, writable=True, holder="")
        rekey_book(book.file, keys.new_key(PASSPHRASE))
        book.close()
        with pytest.raises(WrongPassphraseProblem):
            Shelf().open(path, read_groups(groups), writable=True, holder="")

    def test_a_book_without_a_passphrase_has_none(self, book):
        assert BookLocksmith().key_in_use(book) is None


class TestSalt:
    @pytest.fixture
    def damaged(self, tmp_path):
        """A protected book whose salt was damaged, with a backup made before; and the salt in hexadecimal."""
        path, folder = tmp_path / "密.branchbook", tmp_path / "备份"
        folder.mkdir()
        book = make_book(path, PASSPHRASE)
        Shelf().back_up(book, folder, NOW)
        book.close()
        content = bytearray(path.read_bytes())
        salt = bytes(content[:16]).hex()
        content[5] ^= 0x40
        path.write_bytes(content)
        return path, folder, salt

    @pytest.mark.parametrize("where", ["settings", "manifest"])
    def test_a_damaged_salt_is_found_and_mended(self, damaged, where):
        path, folder, salt = damaged
        salts, folders = ([salt], []) if where == "settings" else ([], [folder])
        with pytest.raises(WrongPassphraseProblem):
            Shelf().open(path, PASSPHRASE, writable=True, holder="")
        assert BookLocksmith().mend_salt(path, PASSPHRASE, ["zz", "00", *salts], folders)
        assert keys.read_salt(path).hex() == salt
        Shelf().open(path, PASSPHRASE, writable=True, holder="").close()
        assert verify(path, PASSPHRASE).whole

    def test_a_wrong_passphrase_mends_nothing(self, damaged):
        path, folder, salt = damaged
        before = path.read_bytes()
        assert not BookLocksmith().mend_salt(path, "别的口令", [salt], [folder])
        assert not BookLocksmith().mend_salt(path, PASSPHRASE, [], [])
        assert path.read_bytes() == before

    def test_the_recovery_groups_mend_it_by_themselves(self, damaged):
        path, _, salt = damaged
        recovery = RecoveryKey(keys.derive_key(PASSPHRASE, bytes.fromhex(salt)).key, bytes.fromhex(salt))
        with pytest.raises(DamagedBookProblem, match="开头"):
            Shelf().open(path, recovery, writable=True, holder="")
        assert BookLocksmith().mend_salt(path, recovery, [], [])
        Shelf().open(path, recovery, writable=True, holder="").close()

    def test_a_whole_salt_is_left_alone(self, tmp_path):
        path = tmp_path / "密.branchbook"
        make_book(path, PASSPHRASE).close()
        salt = keys.read_salt(path).hex()
        assert not BookLocksmith().mend_salt(path, PASSPHRASE, [salt], [])


CHANGE = """
import sys
from pathlib import Path
from branchbook.storage import keys
from branchbook.storage.book_file import open_book_file
from branchbook.storage.rekey import rekey_book
file = open_book_file(Path(sys.argv[1]), sys.argv[2] or None, holder="试用员")
print("open", flush=True)
passphrases = ["", "口令甲", "口令乙"]
at = passphrases.index(sys.argv[2])
while True:
    at = (at + 1) % 3
    print("begin", passphrases[at], flush=True)
    rekey_book(file, keys.new_key(passphrases[at] or None))
    print("done", passphrases[at], flush=True)
"""
ROUNDS = 6


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
def test_kill_9_leaves_one_whole_book_under_the_old_or_the_new_key(closed_book):
    """The child changes the key again and again and is killed anywhere; what it reported as done holds."""
    chance, before, known, seen = random.Random(6), rows_of(closed_book), "", set()
    for _ in range(ROUNDS):
        with child(CHANGE, closed_book, known) as changer:
            for _ in range(chance.randrange(3, 8)):
                changer.stdout.readline()
            for _ in range(chance.randrange(200_000)):
                pass
            changer.kill()
            rest = changer.stdout.read()
            changer.stderr.read()
        possible = [each for each in ("", "口令甲", "口令乙") if _opens(closed_book, each or None)]
        assert len(possible) == 1, (possible, rest)
        known = possible[0]
        seen.add(known)
        report = verify(closed_book, known or None)
        assert report.whole, report.findings
        open_book_file(closed_book, known or None, holder="试用员").close()
        assert named(closed_book) == {closed_book.name}
    file = open_book_file(closed_book, known or None, holder="试用员")
    rekey_book(file, keys.OPEN)
    file.close()
    assert rows_of(closed_book) == before
    assert len(seen) > 1, "the kills never fell behind a change"


def _opens(path, passphrase) -> bool:
    key = keys.OPEN if passphrase is None else keys.derive_key(passphrase, keys.read_salt(path))
    return keys.first_page_verifies(path, key)
