"""A backup that is reported is whole, equal and described; one that fails leaves nothing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from datetime import UTC, date, datetime

import pytest

from branchbook.domain.backups import BackupKind, RotationCounts
from branchbook.domain.problems import RefusedProblem
from branchbook.storage import keys
from branchbook.storage.backup import backup_book, remove_unfinished
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.check import sha256_of, verify
from branchbook.storage.copying import copy_book
from branchbook.storage.manifest import manifest_path, read_manifest
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import (
    BookInUseProblem,
    FullDiskProblem,
    ReadOnlyPlaceProblem,
    WouldOverwriteProblem,
)
from branchbook.storage.shelf import Shelf
from tests.storage.backups import rows_of
from tests.storage.conftest import child, make_book
from tests.storage.example import attached, head, meeting
from tests.storage.test_damage import change

NOW = datetime(2026, 11, 24, 15, 30, 12, tzinfo=UTC)


def back_up(book, folder, now=NOW, progress=None, held=False):
    return backup_book(book.file.connection, book.path, folder, book.file.key, now, progress, held=held)


def test_a_backup_is_named_checked_equal_and_described(book, folder):
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(bytes(range(256)) * 100)))
    report = back_up(book, folder)
    assert report.path.name == "示例 支部 2026-11-24 153012.branchbook"
    assert sorted(each.name for each in folder.iterdir()) == [report.path.name, report.path.name + ".json"]
    assert verify(report.path).whole
    assert report.sha256 == sha256_of(report.path)
    assert rows_of(report.path) == rows_of(book.path)
    manifest = read_manifest(report.path)
    assert manifest is not None
    assert manifest.created_at == NOW
    assert report.manifest == manifest
    assert manifest.size == report.path.stat().st_size
    assert (manifest.kind, manifest.pinned, manifest.verified_at) == (BackupKind.ROUTINE, False, NOW)
    with book.reading() as reading:
        assert manifest.last_operation == str(reading.operations(1)[0].head.id)
    assert manifest.salt == keys.OPEN_SALT.hex()
    assert manifest.schema_version == SCHEMA_VERSION
    assert (manifest.contents.people, manifest.contents.attachments) == (2, 1)
    assert manifest.contents.last_meeting_on == date(2026, 5, 8)


STALE = ".示例 支部 2026-11-20 101500.branchbook.part"


def left_behind(folder, name, seconds_ago):
    path = folder / name
    path.write_bytes(b"half a book")
    moment = path.stat().st_mtime - seconds_ago
    os.utime(path, (moment, moment))
    return path


@pytest.mark.parametrize(
    "name",
    [
        STALE,
        STALE + "-journal",
        ".示例 支部 2026-11-20 101500 (2).branchbook.part",
        ".另一本 2026-11-20 101500.branchbook.json.part",
    ],
)
def test_the_next_backup_removes_what_a_killed_one_left(book, folder, name):
    stale = left_behind(folder, name, 86_400)
    report = back_up(book, folder)
    assert not stale.exists()
    assert sorted(each.name for each in folder.iterdir()) == [report.path.name, report.path.name + ".json"]


@pytest.mark.parametrize(
    "name",
    [
        "示例 支部 2026-11-20 101500.branchbook",  # a finished backup
        "示例 支部 2026-11-20 101500.branchbook.part",  # not hidden: not our way of naming
        ".示例 支部.branchbook.part",  # a restore under way, not a backup
        ".照片 2026-11-20 101500.jpg.part",
        ".示例 支部 2026-11-20 101500.branchbook.partial",
    ],
)
def test_nothing_else_in_the_folder_is_touched(book, folder, name):
    other = left_behind(folder, name, 86_400)
    back_up(book, folder)
    assert other.read_bytes() == b"half a book"


def test_a_copy_that_another_program_may_still_be_making_is_left_alone(book, folder):
    fresh = left_behind(folder, STALE, 0)
    checking = left_behind(folder, STALE.replace("1015", "1016"), 300)
    back_up(book, folder)
    assert fresh.exists()
    assert checking.exists()
    remove_unfinished(folder, started_at=fresh.stat().st_mtime + 601)
    assert not fresh.exists()


def test_a_folder_or_link_of_that_name_is_no_backup(folder, tmp_path):
    elsewhere = left_behind(tmp_path, "kept", 86_400)
    (folder / STALE).symlink_to(elsewhere)
    (folder / STALE.replace("1015", "1016")).mkdir()
    remove_unfinished(folder, started_at=elsewhere.stat().st_mtime + 10**9)
    assert elsewhere.exists()
    assert len(list(folder.iterdir())) == 2


_KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from branchbook.storage.shelf import Shelf
book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder="试用员")
Shelf().back_up(book, Path(sys.argv[2]), datetime(2026, 11, 24), lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")
def test_a_backup_killed_under_way_leaves_a_file_that_is_recognised(closed_book, folder):
    with child(_KILLED, closed_book, folder) as killed:
        killed.communicate()
    left = list(folder.iterdir())
    assert [each.suffix for each in left] == [".part"]
    remove_unfinished(folder, started_at=left[0].stat().st_mtime + 601)
    assert list(folder.iterdir()) == []


def test_a_backup_of_a_protected_book_opens_with_its_passphrase_only(tmp_path, folder):
    book = make_book(tmp_path / "密.branchbook", "口令")
    report = back_up(book, folder)
    assert read_manifest(report.path).salt == keys.read_salt(book.path).hex()
    book.close()
    assert verify(report.path, "口令").whole
    assert Shelf().needs_passphrase(report.path)


def test_two_backups_in_one_second_do_not_meet(book, folder):
    first, second = back_up(book, folder), back_up(book, folder)
    assert second.path.name == "示例 支部 2026-11-24 153012 (2).branchbook"
    assert verify(first.path).whole
    assert verify(second.path).whole


def test_a_copy_never_replaces_a_file(book, folder):
    target = folder / "有.branchbook"
    target.write_bytes(b"here")
    with pytest.raises(WouldOverwriteProblem):
        copy_book(book.file.connection, target, book.file.key)
    assert target.read_bytes() == b"here"


def test_a_full_stick_keeps_no_partial_file(book, small_disk):
    with book.writing(head("photo")) as writing:
        writing.put(attached(meeting(), writing.keep_content(bytes(1_500_000))))
    with pytest.raises(FullDiskProblem):
        back_up(book, small_disk)
    assert list(small_disk.iterdir()) == []
    assert verify(book.path).whole


def test_a_stick_without_room_for_the_manifest_keeps_no_backup(book, small_disk):
    size = book.path.stat().st_size
    (small_disk / "别的").write_bytes(bytes((1 << 20) - size - 4096 * 2))
    try:
        report = back_up(book, small_disk)
    except FullDiskProblem:
        assert [each.name for each in small_disk.iterdir()] == ["别的"]
    else:
        assert manifest_path(report.path).exists()


def test_a_read_only_folder_says_so(book, read_only_place, closed_book_copy):
    place = read_only_place(closed_book_copy).parent
    with pytest.raises(ReadOnlyPlaceProblem):
        back_up(book, place)


@pytest.fixture
def closed_book_copy(tmp_path):
    path = tmp_path / "另一本.branchbook"
    make_book(path).close()
    return path


def test_a_missing_folder_says_so(book, tmp_path):
    with pytest.raises(RefusedProblem) as caught:
        back_up(book, tmp_path / "拔掉的U盘")
    assert "找不到" in caught.value.what


def test_cancelling_leaves_nothing(book, folder):
    seen = []

    def stop(done, total):
        seen.append((done, total))
        return False

    with pytest.raises(RefusedProblem) as caught:
        back_up(book, folder, progress=stop)
    assert caught.value.what == "已取消"
    assert list(folder.iterdir()) == []
    assert seen
    assert seen[0][1] == 2 * book.path.stat().st_size // keys.PAGE_SIZE


def test_progress_ends_with_everything(book, folder):
    seen = []

    def watch(done, total):
        seen.append((done, total))
        return True

    back_up(book, folder, progress=watch)
    assert seen[-1][0] == seen[-1][1] > 0


def patiently(work):
    """Do it again where a program that writes without a pause let nobody else in for seconds."""
    for _ in range(10):
        with contextlib.suppress(BookInUseProblem):
            return work()
    return work()


def test_backups_beside_a_writing_program_are_all_whole(closed_book, folder):
    """The ``backup`` verb beside an open window: operations and people stay in step in every copy."""
    code = (
        "import sys; from dataclasses import replace; from datetime import UTC, datetime\n"
        "from pathlib import Path; from uuid import uuid4\n"
        "from branchbook.domain.history import OperationHead; from branchbook.domain.people import Person\n"
        "from branchbook.storage.shelf import Shelf\n"
        "book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder='')\n"
        "while True:\n"
        "    with book.writing(OperationHead(uuid4(), datetime.now(UTC), 'x', 'x')) as writing:\n"
        "        writing.put(Person(uuid4(), '试'))\n"
        "    print('saved', flush=True)\n"
    )
    with child(code, closed_book) as writer:
        assert writer.stdout.readline() == "saved\n"
        for _ in range(5):
            reader = patiently(lambda: Shelf().open(closed_book, None, writable=False, holder=""))
            report = patiently(lambda reader=reader: back_up(reader, folder))
            reader.close()
            assert verify(report.path).whole
            rows = rows_of(report.path)
            assert len(rows["person"]) - 2 == len(rows["operation"]) - 1
            assert writer.stdout.readline() == "saved\n"
        writer.kill()
        writer.communicate()


def test_a_backup_for_a_purpose_says_so_and_is_pinned(book, folder):
    made = backup_book(
        book.file.connection, book.path, folder, book.file.key, NOW, kind=BackupKind.PRE_IMPORT
    )
    assert made.path.name == "示例 支部 导入前 2026-11-24 153012.branchbook"
    assert (made.kind, made.pinned) == (BackupKind.PRE_IMPORT, True)
    assert Shelf().backups_in(folder) == (made,)


def test_a_manifest_of_the_first_format_counts_as_verified_when_it_was_made(book, folder):
    path = back_up(book, folder).path
    kept = json.loads(manifest_path(path).read_text("utf-8"))
    for name in ("kind", "pinned", "verified_at", "last_operation", "chain_head"):
        del kept[name]
    manifest_path(path).write_text(json.dumps({**kept, "format": 1}), "utf-8")
    manifest = read_manifest(path)
    assert (manifest.kind, manifest.pinned, manifest.verified_at) == (BackupKind.ROUTINE, False, NOW)
    assert manifest.last_operation == ""


def test_a_manifest_whose_backup_never_came_is_swept(book, folder):
    path = back_up(book, folder).path
    orphan = folder / "示例 支部 2026-11-01 080000.branchbook.json"
    orphan.write_bytes(manifest_path(path).read_bytes())
    foreign = folder / "别的 2026-11-01 080000.branchbook.json"
    foreign.write_text("{}")
    remove_unfinished(folder, started_at=orphan.stat().st_mtime + 601)
    assert not orphan.exists()
    assert foreign.exists()
    assert manifest_path(path).exists()


def test_too_little_room_is_told_before_anything_is_written(book, small_disk):
    (small_disk / "别的").write_bytes(bytes((1 << 20) - 64 * 1024))
    with pytest.raises(FullDiskProblem) as caught:
        back_up(book, small_disk)
    assert "只剩 0.1 MB" in caught.value.what
    assert [each.name for each in small_disk.iterdir()] == ["别的"]


def test_a_manifest_that_cannot_be_read_is_none(book, folder):
    path = back_up(book, folder).path
    for text in ("", "[]", "{}", json.dumps({"created_at": "yesterday"})):
        manifest_path(path).write_text(text)
        assert read_manifest(path) is None
    manifest_path(path).unlink()
    assert read_manifest(path) is None


def test_the_shelf_lists_the_backups_of_a_folder(book, folder):
    shelf = Shelf()
    first = shelf.back_up(book, folder, NOW)
    second = shelf.back_up(book, folder, NOW.replace(hour=16))
    (folder / "别的.json").write_text("{}")
    (folder / "无主.branchbook.json").write_text(manifest_path(first.path).read_text())
    assert shelf.backups_in(folder) == (second, first)
    assert shelf.backups_in(folder / "没有") == ()
    assert shelf.check(first.path).whole
    assert first.contents.records == 1


def test_a_backup_of_a_book_that_another_program_changed_is_an_equal_copy_and_not_called_verified(
    book, folder
):
    """What page checks can't see is found in the copy; then no rotation removes a good one for it."""
    good = back_up(book, folder)
    change(book.path, "UPDATE record SET subject = '换成别的'")
    for _ in range(3):
        made = back_up(book, folder)
    assert made.verified_at is None
    assert "与操作记录不符" in "".join(made.warnings)
    assert read_manifest(made.path).verified_at is None
    assert rows_of(made.path) == rows_of(book.path)
    assert StoredBackups().rotate(book, made.path, RotationCounts(0, 0, 0, 0)) == ()
    assert good.path.is_file()


def test_a_search_index_that_differs_is_told_and_no_reason_against_the_backup(book, folder):
    change(book.path, "DELETE FROM search_entry")
    made = back_up(book, folder)
    assert made.verified_at is not None
    assert "重建" in "".join(made.warnings)
