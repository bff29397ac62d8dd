"""A restored backup is an equal book; a restore destroys nothing, whenever it fails or is killed."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from branchbook.domain.backups import BackupKind
from branchbook.domain.problems import DamagedProblem, PassphraseProblem, RefusedProblem
from branchbook.storage import driver, keys
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.check import verify
from branchbook.storage.manifest import read_manifest
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import FullDiskProblem, WouldOverwriteProblem
from branchbook.storage.restore import restore_book, restore_over
from branchbook.storage.shelf import Shelf
from tests.storage.backups import NOW, add_person, back_up, damage, rows_of
from tests.storage.conftest import child, make_book
from tests.storage.example import attached, head, meeting

KEPT = sorted((Path(__file__).parent / "books").glob("*.book"))


def test_restore_gives_an_equal_book(book, folder, tmp_path):
    backup = back_up(book, folder).path
    target = tmp_path / "恢复后.branchbook"
    report = restore_book(backup, target)
    assert report.whole
    assert report.path == target
    assert rows_of(target) == rows_of(book.path)
    restored = Shelf().open(target, None, writable=True, holder="")
    with restored.reading() as reading:
        assert len(reading.search("防汛")) == 1
    restored.close()


def test_restore_refuses_to_write_over_a_book(book, folder):
    backup = back_up(book, folder).path
    before = book.path.read_bytes()
    with pytest.raises(WouldOverwriteProblem):
        restore_book(backup, book.path)
    assert book.path.read_bytes() == before


def test_a_damaged_or_changed_backup_is_not_restored(book, folder, tmp_path):
    backup = back_up(book, folder).path
    target = tmp_path / "恢复后.branchbook"
    good = backup.read_bytes()
    bad = bytearray(good)
    bad[5000] ^= 1
    backup.write_bytes(bad)
    with pytest.raises(Exception, match="损坏"):
        restore_book(backup, target)
    backup.write_bytes(good)
    connection = driver.open_connection(backup, keys.OPEN, "rw")
    connection.execute("UPDATE person SET name = '改过'")
    connection.close()
    with pytest.raises(Exception, match="校验值不同"):
        restore_book(backup, target)
    assert not target.exists()


def test_restoring_to_a_full_disk_leaves_nothing(book, folder, small_disk):
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(bytes(1_500_000))))
    backup = back_up(book, folder).path
    with pytest.raises(FullDiskProblem):
        restore_book(backup, small_disk / "恢复.branchbook")
    assert list(small_disk.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(book, folder, tmp_path):
    backup = back_up(book, folder).path
    with pytest.raises(RefusedProblem, match="没有这个文件夹"):
        restore_book(backup, tmp_path / "没有" / "恢复.branchbook")


class TestOver:
    def test_the_present_book_is_kept_as_a_pinned_backup_first(self, book, folder):
        backup = back_up(book, folder).path
        add_person(book)
        present = rows_of(book.path)
        book.close()
        result = restore_over(backup, book.path, NOW)
        assert result.check.whole
        assert rows_of(book.path) == rows_of(backup)
        assert rows_of(result.kept) == present
        assert result.kept.name == "示例 支部 恢复前 2026-11-24 153012.branchbook"
        manifest = read_manifest(result.kept)
        assert (manifest.kind, manifest.pinned) == (BackupKind.PRE_RESTORE, True)

    def test_a_damaged_book_is_kept_byte_for_byte_with_its_journal(self, book, folder):
        backup = back_up(book, folder).path
        book.close()
        damaged = book.path.read_bytes()[:-5000]
        book.path.write_bytes(damaged)
        journal = book.path.with_name(book.path.name + "-journal")
        journal.write_bytes(b"left by a crash")
        result = restore_over(backup, book.path, NOW)
        assert result.kept.read_bytes() == damaged
        assert result.kept.with_name(result.kept.name + "-journal").read_bytes() == b"left by a crash"
        assert not journal.exists()
        assert rows_of(book.path) == rows_of(backup)

    def test_a_second_one_keeps_its_own(self, book, folder):
        backup = back_up(book, folder).path
        book.close()
        first = restore_over(backup, book.path, NOW).kept
        second = restore_over(backup, book.path, NOW).kept
        assert first != second
        assert first.exists()

    def test_an_open_book_is_refused(self, book, folder):
        backup = back_up(book, folder).path
        with pytest.raises(RefusedProblem, match="被占用"):
            restore_over(backup, book.path, NOW)

    def test_a_damaged_backup_replaces_nothing(self, book, folder, tmp_path):
        backup = back_up(book, folder).path
        book.close()
        before = book.path.read_bytes()
        damage(backup)
        with pytest.raises(Exception, match="损坏"):
            restore_over(backup, book.path, NOW)
        assert book.path.read_bytes() == before
        assert [each.name for each in tmp_path.glob("*.branchbook")] == [book.path.name]

    def test_the_book_itself_is_no_backup_of_it(self, closed_book):
        with pytest.raises(RefusedProblem, match="同一个文件"):
            restore_over(closed_book, closed_book, NOW)

    def test_what_is_not_there_cannot_be_replaced(self, book, folder, tmp_path):
        backup = back_up(book, folder).path
        with pytest.raises(RefusedProblem, match="没有要替换的簿"):
            restore_over(backup, tmp_path / "没有.branchbook", NOW)

    def test_a_book_under_another_passphrase_is_kept_as_it_is(self, book, folder, tmp_path):
        backup = back_up(book, folder).path
        other = tmp_path / "密.branchbook"
        make_book(other, "口令").close()
        before = other.read_bytes()
        kept = restore_over(backup, other, NOW).kept
        assert kept.read_bytes() == before
        assert verify(kept, "口令").whole
        assert verify(other).whole


_RESTORE = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from branchbook.storage import copying, restore
steps = [0]
def watch(event, arguments):
    if event in ("open", "os.rename", "os.remove"):
        steps[0] += 1
        if steps[0] == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
restore.restore_over(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 11, 24))
print("done")
"""
"""Kills itself at the n-th time that it opens, renames or removes a file."""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
def test_a_restore_killed_anywhere_leaves_the_old_book_or_the_new_one(book, folder, tmp_path):
    backup = back_up(book, folder).path
    add_person(book)
    book.close()
    old, new = rows_of(book.path), rows_of(backup)
    pristine = tmp_path / "原样"
    shutil.copy(book.path, pristine)
    outcomes = []
    for step in (
        *range(9, 34, 3),
        *range(34, 41),
    ):  # of 39 steps: the last ones put the new in the place of the old
        place = tmp_path / f"第{step}次"
        place.mkdir()
        target = place / book.path.name
        shutil.copy(pristine, target)
        with child(_RESTORE, backup, target, step) as killed:
            out, errors = killed.communicate()
            assert killed.returncode in (0, -signal.SIGKILL), errors
        assert verify(target).whole
        found = rows_of(target)
        assert found in (old, new)
        if found == new:
            kept = [each for each in place.glob("*恢复前*.branchbook") if verify(each).whole]
            assert [rows_of(each) for each in kept] == [old]
        outcomes.append((found == new, bool(out)))
        assert restore_over(backup, target, NOW).check.whole  # and the next try succeeds
    assert {(False, False), (True, False), (True, True)} == set(outcomes)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_what_every_earlier_version_wrote_is_restored_and_then_opened(kept, tmp_path):
    target = tmp_path / "恢复.branchbook"
    report = restore_book(kept, target)
    assert report.whole
    assert report.schema_version < SCHEMA_VERSION
    assert rows_of(target) == rows_of(kept)
    book = StoredBook(open_book_file(target, now=NOW))
    with book.reading() as reading:
        assert reading.get(type(meeting()), meeting().id) == meeting()
    before = book.file.kept_before_upgrade
    assert before is not None
    assert read_manifest(before).kind == BackupKind.PRE_UPGRADE
    book.close()


class TestDamagedSalt:
    """Without the 16 bytes at its head no passphrase opens a file; the manifest of a backup has them too."""

    @pytest.fixture(params=["骆驼 电池 竹篮", None])
    def backup(self, tmp_path, folder, request):
        book = make_book(tmp_path / "簿.branchbook", request.param)
        made = back_up(book, folder).path
        rows = rows_of(book.path, book.file.key)
        book.close()
        content = bytearray(made.read_bytes())
        content[3] ^= 1
        made.write_bytes(content)
        return made, request.param, rows

    def test_it_is_restored_by_the_salt_in_its_manifest(self, backup, tmp_path):
        made, passphrase, rows = backup
        before, target = made.read_bytes(), tmp_path / "恢复后.branchbook"
        assert restore_book(made, target, passphrase).whole
        book = Shelf().open(target, passphrase, writable=True, holder="")
        assert rows_of(target, book.file.key) == rows
        book.close()
        assert made.read_bytes() == before
        preview = StoredBackups().preview(made, passphrase)
        assert preview.contents.records == 1
        result = StoredBackups().verify(made, NOW, passphrase)
        assert "改动过" in "".join(result.findings)

    def test_not_without_the_manifest_or_where_more_is_changed(self, backup, tmp_path):
        made, passphrase, _ = backup
        target = tmp_path / "恢复后.branchbook"
        with made.open("r+b") as file:
            file.seek(5000)
            file.write(b"x" * 8)
        with pytest.raises(DamagedProblem):
            restore_book(made, target, passphrase)
        made.with_name(made.name + ".json").unlink()
        with pytest.raises((DamagedProblem, PassphraseProblem)):
            restore_book(made, target, passphrase)
        assert not target.exists()
