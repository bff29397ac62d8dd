"""The key, the salt and the page HMACs, checked against the engine that writes them."""

from __future__ import annotations

import pytest

from branchbook.storage import driver, keys
from branchbook.storage.problems import WrongPassphraseProblem
from tests.storage.conftest import make_book

PASSPHRASE = "口令 Passphrase' \"1"


def test_a_book_without_a_passphrase_begins_with_its_mark(closed_book):
    assert keys.read_salt(closed_book) == b"BranchBook open1" == keys.OPEN_SALT
    assert not keys.OPEN.protected


def test_every_page_of_a_book_verifies_and_no_page_under_another_number(closed_book):
    check = keys.PageCheck(keys.OPEN)
    pages = list(keys.pages_of(closed_book))
    assert len(pages) == closed_book.stat().st_size // keys.PAGE_SIZE > 10
    assert all(check.verifies(number, page) for number, page in pages)
    assert not any(check.verifies(number + 1, page) for number, page in pages[1:])
    assert keys.damaged_pages(closed_book, keys.OPEN) == []


def test_a_torn_last_page_is_damaged(closed_book):
    content = closed_book.read_bytes()
    closed_book.write_bytes(content[:-100])
    assert keys.damaged_pages(closed_book, keys.OPEN) == [len(content) // keys.PAGE_SIZE]


def test_the_passphrase_opens_the_book_in_other_tools_too(tmp_path):
    """SQLCipher derives the same key from passphrase and salt, so nobody depends on this program."""
    path = tmp_path / "有口令.branchbook"
    make_book(path, PASSPHRASE).close()
    other = driver.module().connect(str(path))
    quoted = PASSPHRASE.replace('"', '""')
    other.execute(f'PRAGMA key = "{quoted}"')
    assert other.execute("SELECT count(*) FROM person").fetchone() == (2,)
    other.close()


def test_a_protected_book_shows_neither_mark_nor_text(tmp_path):
    path = tmp_path / "有口令.branchbook"
    make_book(path, PASSPHRASE).close()
    content = path.read_bytes()
    assert keys.read_salt(path) != keys.OPEN_SALT
    for readable in ("周试一".encode(), b"SQLite", b"CREATE TABLE", PASSPHRASE.encode()):
        assert readable not in content


def test_two_books_with_one_passphrase_have_different_keys():
    first, second = keys.new_key(PASSPHRASE), keys.new_key(PASSPHRASE)
    assert first.salt != second.salt
    assert first.key != second.key
    assert keys.derive_key(PASSPHRASE, first.salt) == first


def test_a_key_is_never_shown():
    key = keys.new_key(PASSPHRASE)
    assert key.key.hex() not in repr(key)
    assert key.salt.hex() not in str(key)


def test_the_wrong_passphrase_costs_no_engine_and_names_itself(tmp_path):
    path = tmp_path / "有口令.branchbook"
    make_book(path, PASSPHRASE).close()
    assert keys.any_page_verifies(path, keys.derive_key(PASSPHRASE, keys.read_salt(path)))
    assert not keys.any_page_verifies(path, keys.derive_key("别的", keys.read_salt(path)))
    with pytest.raises(WrongPassphraseProblem):
        make_book_open(path)


def make_book_open(path):
    from branchbook.storage.book_file import open_book_file

    return open_book_file(path, "别的")


def test_the_page_of_locks_may_hold_anything_and_the_others_may_not():
    """A book over 1 GiB has a page that the engine never writes; it was taken for damage."""
    check, empty = keys.PageCheck(keys.OPEN), bytes(keys.PAGE_SIZE)
    assert check.verifies(keys.LOCK_PAGE, empty)
    assert not check.verifies(keys.LOCK_PAGE - 1, empty)
    assert not check.verifies(keys.LOCK_PAGE + 1, empty)
    assert not check.verifies(keys.LOCK_PAGE, empty[:-1])
