"""The rotation removes only what is whole in a newer backup of the same book; pins and verifications are noted."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import replace
from datetime import timedelta

import pytest

from branchbook.domain.backups import BackupKind, RotationCounts
from branchbook.domain.problems import RefusedProblem
from branchbook.storage import rotation
from branchbook.storage.backup import remove_unfinished
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.check import verify
from branchbook.storage.history_chain import chain_head
from branchbook.storage.manifest import manifest_path, manifests_in, read_manifest, write_manifest
from branchbook.storage.restore import restore_book
from branchbook.storage.shelf import Shelf
from tests.storage.backups import NOW, add_person, back_up, damage
from tests.storage.conftest import child, make_book

ONE = RotationCounts(1, 0, 0, 0)
NONE = RotationCounts(0, 0, 0, 0)


def rotate(book, fresh, counts=ONE):
    return rotation.rotate(book.file.connection, fresh.path, counts)


def names(folder):
    return sorted(each.name for each in folder.glob("*.branchbook"))


def fresh_one(book, folder):
    """The backup just made, after one of an hour before: whatever is older may go."""
    back_up(book, folder, NOW - timedelta(hours=1))
    return back_up(book, folder)


def earlier(book, folder, days=1, kind=BackupKind.ROUTINE):
    return back_up(book, folder, NOW - timedelta(days=days), kind)


def test_older_ones_go_with_their_manifests_once_the_new_one_is_there(book, folder):
    old = [earlier(book, folder, days) for days in (3, 2, 1)]
    add_person(book)
    fresh = back_up(book, folder)
    assert set(rotate(book, fresh)) == {each.path for each in old[:2]}
    left = [name + end for name in (old[2].path.name, fresh.path.name) for end in ("", ".json")]
    assert sorted(each.name for each in folder.iterdir()) == left


def test_as_many_stay_as_the_user_wants(book, folder):
    made = [earlier(book, folder, days) for days in range(9, 0, -1)]
    fresh = back_up(book, folder)
    rotate(book, fresh, RotationCounts(3, 0, 0, 0))
    assert names(folder) == sorted([made[-2].path.name, made[-1].path.name, fresh.path.name])


def test_the_fresh_one_stays_also_where_the_clock_was_set_back(book, folder):
    future = [earlier(book, folder, days) for days in (-400, -401, -402)]
    fresh = back_up(book, folder)
    rotate(book, fresh, NONE)
    assert fresh.path.exists()
    assert [each.path.exists() for each in future] == [False, True, True]


def test_of_two_of_one_second_the_fresh_one_stays(book, folder):
    old = [back_up(book, folder) for _ in range(2)]
    fresh = back_up(book, folder)
    (removed,) = rotate(book, fresh)
    assert removed in {each.path for each in old}


@pytest.mark.parametrize(
    "kind", [BackupKind.PRE_IMPORT, BackupKind.PRE_RESTORE, BackupKind.PRE_UPGRADE, BackupKind.PRE_REKEY]
)
def test_what_was_made_for_a_purpose_stays(book, folder, kind):
    kept = earlier(book, folder, kind=kind)
    assert rotate(book, fresh_one(book, folder), NONE) == ()
    assert kept.path.exists()


def test_a_pinned_one_stays_until_it_is_given_back(book, folder):
    kept = earlier(book, folder)
    rotation.pin(kept.path, True)
    fresh = fresh_one(book, folder)
    assert rotate(book, fresh) == ()
    rotation.pin(kept.path, False)
    assert rotate(book, fresh) == (kept.path,)


def test_a_backup_without_a_manifest_can_be_neither_pinned_nor_rotated(book, folder):
    kept = earlier(book, folder)
    manifest_path(kept.path).unlink()
    with pytest.raises(RefusedProblem):
        rotation.pin(kept.path, True)
    assert rotate(book, fresh_one(book, folder)) == ()


def test_a_backup_of_another_book_of_the_same_name_stays(book, folder, tmp_path):
    (tmp_path / "另一处").mkdir()
    other = make_book(tmp_path / "另一处" / book.path.name)
    add_person(other)
    theirs = earlier(other, folder)
    other.close()
    assert rotate(book, fresh_one(book, folder), NONE) == ()
    assert theirs.path.exists()


def test_a_copy_that_went_its_own_way_stays(book, folder, tmp_path):
    """Restored from a backup and written in elsewhere: each line of history is somewhere once only."""
    first = earlier(book, folder, days=9)
    twin_path = tmp_path / "另一台电脑" / book.path.name
    twin_path.parent.mkdir()
    restore_book(first.path, twin_path)
    twin = Shelf().open(twin_path, None, writable=True, holder="")
    add_person(twin, "只在那边")
    theirs = earlier(twin, folder, days=1)
    twin.close()
    add_person(book, "只在这边")
    assert rotate(book, fresh_one(book, folder), NONE) == (first.path,)
    assert theirs.path.exists()


def test_what_a_restore_put_aside_stays(book, folder):
    """The present book is older than the backup: nothing that only the backup holds is let go of."""
    before = book.path.read_bytes()
    add_person(book)
    newer = earlier(book, folder)
    book.close()
    book.path.write_bytes(before)
    restored = Shelf().open(book.path, None, writable=True, holder="")
    assert rotate(restored, fresh_one(restored, folder), NONE) == ()
    assert newer.path.exists()
    restored.close()


def test_a_damaged_one_neither_counts_nor_goes(book, folder):
    good, bad = earlier(book, folder, days=2), earlier(book, folder, days=1)
    damage(bad.path)
    rotation.note_verified(bad.path, verify(bad.path), NOW)
    assert read_manifest(bad.path).verified_at is None
    rotate(book, fresh_one(book, folder), RotationCounts(2, 0, 0, 0))
    assert good.path.exists()
    assert bad.path.exists()


def test_one_that_was_cut_off_stays(book, folder):
    cut = earlier(book, folder)
    os.truncate(cut.path, 4096)
    assert rotate(book, fresh_one(book, folder)) == ()


def test_nothing_goes_for_a_fresh_one_that_is_not_verified(book, folder):
    old, fresh = earlier(book, folder), fresh_one(book, folder)
    write_manifest(fresh.path, replace(fresh.manifest, verified_at=None))
    assert rotate(book, fresh) == ()
    fresh.path.unlink()
    assert rotate(book, fresh) == ()
    assert old.path.exists()


def test_a_linked_backup_is_not_followed(book, folder, tmp_path):
    old = earlier(book, folder)
    elsewhere = tmp_path / "别处.branchbook"
    shutil.move(old.path, elsewhere)
    old.path.symlink_to(elsewhere)
    assert rotate(book, fresh_one(book, folder)) == ()
    assert elsewhere.exists()


_ROTATES = """
import os, signal, sys
from pathlib import Path
from branchbook.domain.backups import RotationCounts
from branchbook.storage import driver, keys, rotation
removed = [0]
def watch(event, arguments):
    if event == "os.remove":
        removed[0] += 1
        if removed[0] == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
book = driver.open_connection(Path(sys.argv[1]), keys.OPEN, "ro")
rotation.rotate(book, Path(sys.argv[2]), RotationCounts(0, 0, 0, 0))
"""
"""Kills itself at the n-th file that it is about to remove."""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_rotation_killed_anywhere_leaves_the_latest_whole_and_is_finished_the_next_time(book, folder, step):
    for days in (4, 3):
        earlier(book, folder, days)
    fresh = fresh_one(book, folder)
    with child(_ROTATES, book.path, fresh.path, step) as killed:
        killed.communicate()
        assert killed.returncode == -signal.SIGKILL
    assert fresh.path in {path for path, _ in manifests_in(folder)}
    for path, manifest in manifests_in(folder):
        assert verify(path).sha256 == manifest.sha256
    rotate(book, fresh, NONE)
    remove_unfinished(folder, started_at=fresh.path.stat().st_mtime + 601)
    assert len(list(folder.iterdir())) == 4  # the latest two, each with its manifest


class TestVerifying:
    later = NOW + timedelta(days=30)

    def test_the_day_is_noted(self, book, folder):
        backup = back_up(book, folder)
        assert StoredBackups().verify(backup.path, self.later).whole
        assert read_manifest(backup.path) == replace(backup.manifest, verified_at=self.later)

    def test_damage_is_told_noted_and_forgotten_when_the_file_is_whole_again(self, book, folder):
        backup = back_up(book, folder)
        good = backup.path.read_bytes()
        damage(backup.path)
        assert not StoredBackups().verify(backup.path, self.later).whole
        assert read_manifest(backup.path).verified_at is None
        backup.path.write_bytes(good)
        assert StoredBackups().verify(backup.path, self.later).whole
        assert read_manifest(backup.path).verified_at == self.later

    def test_another_whole_book_under_its_name_is_told(self, book, folder):
        backup = back_up(book, folder)
        add_person(book)
        shutil.copy(back_up(book, folder, self.later).path, backup.path)
        report = StoredBackups().verify(backup.path, self.later)
        assert any("校验值不同" in each for each in report.findings)
        assert read_manifest(backup.path).verified_at is None

    def test_the_open_book_lends_its_key(self, tmp_path, folder):
        book = make_book(tmp_path / "密.branchbook", "口令")
        backup = back_up(book, folder)
        assert StoredBackups().verify(backup.path, NOW, book=book).whole
        book.close()
        with pytest.raises(RefusedProblem, match="口令"):
            StoredBackups().verify(backup.path, NOW)

    def test_on_a_read_only_stick_it_is_verified_and_nothing_noted(self, book, folder, read_only_place):
        backup = back_up(book, folder)
        there = read_only_place(backup.path)
        assert StoredBackups().verify(there, self.later).whole


def test_a_manifest_names_the_end_of_the_history_and_a_changed_history_is_another_one(book, folder):
    """The last operation's id alone would say that the book holds all that the backup holds."""
    kept = back_up(book, folder).path
    manifest = read_manifest(kept)
    assert manifest is not None
    assert manifest.chain_head == chain_head(book.file.connection).hash
    write_manifest(kept, replace(manifest, chain_head="0" * 64))
    for day in (1, 2, 3):
        fresh = back_up(book, folder, NOW + timedelta(days=day))
    rotate(book, fresh, NONE)
    left = {each.name for each in folder.glob("*.branchbook")}
    assert kept.name in left
    assert len(left) == 3
