"""The shelf keeps the Protocol that ``app`` hands to the window and the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.services.store import Book
from branchbook.services.workshop import BackupResult, BookShelf, CheckResult
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_make_open_check_back_up_and_restore(tmp_path):
    shelf: BookShelf = Shelf()
    path = tmp_path / "簿.branchbook"
    book: Book = shelf.create(path, "试用员")
    assert book.path == path
    assert not book.read_only
    backup: BackupResult = shelf.back_up(book, tmp_path, NOW)
    book.close()
    assert [each.path for each in shelf.backups_in(tmp_path)] == [backup.path]
    checked: CheckResult = StoredBackups().restore(backup.path, tmp_path / "又一本.branchbook")
    assert checked.whole
    assert checked.sha256 == shelf.check(checked.path).sha256
    reader: Book = shelf.open(path, None, writable=False, holder="")
    assert reader.read_only
    reader.close()


def test_a_book_that_is_not_on_disk_cannot_be_backed_up(tmp_path):
    with pytest.raises(RefusedProblem):
        Shelf().back_up(FakeBook(), tmp_path, NOW)


def test_a_backup_can_be_opened_for_reading_where_it_lies(tmp_path):
    shelf = Shelf()
    book = shelf.create(tmp_path / "簿.branchbook", "试用员")
    backup = shelf.back_up(book, tmp_path, NOW)
    book.close()
    reader = shelf.open(backup.path, None, writable=False, holder="")
    with reader.reading() as reading:
        assert reading.operations(1) == ()
    reader.close()
    assert shelf.check(backup.path).sha256 == backup.sha256
