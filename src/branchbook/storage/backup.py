"""Copies of a book that are good when they are reported: backup, restore.

A copy is made by the engine's online backup under a temporary name on the target, flushed to the disk,
opened again, checked in full, hashed, and only then renamed. Copying the file itself while a program
writes gave torn copies in most tries. Whatever fails, the temporary file is removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from branchbook.domain.problems import RefusedProblem
from branchbook.storage import driver, volumes
from branchbook.storage.check import CheckReport, Contents, sha256_of, verify_with_key
from branchbook.storage.file_lock import FileLock
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import (
    BackupFailedProblem,
    DamagedBookProblem,
    FileTooLargeProblem,
    NotABookProblem,
    WouldOverwriteProblem,
    of_disk_error,
    of_engine_error,
)

MANIFEST_FORMAT = 1
_PAGES_PER_STEP = 2048
Progress = Callable[[int, int], bool]
"""Called with pages copied and pages in all; returning False cancels."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A finished, checked copy. ``warnings`` are Chinese sentences; the copy is good all the same."""

    path: Path
    manifest_path: Path
    check: CheckReport
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the small file beside a backup says about it (``<backup>.json``)."""

    created_at: datetime
    size: int
    sha256: str
    salt: str
    protected: bool
    schema_version: int
    contents: Contents


def backup_book(
    source: driver.Connection,
    book: Path,
    folder: Path,
    key: BookKey,
    now: datetime,
    progress: Progress | None = None,
) -> BackupReport:
    """Back up the open book ``book`` (whose connection is ``source``) into ``folder``.

    The name is the book's with day and time; a name that is taken gets a number. Raises a Problem for a
    full disk, a read-only folder, a file too large for FAT32, or a copy that fails its check.
    """
    if not folder.is_dir():
        raise RefusedProblem("找不到备份的文件夹", str(folder), "请检查U盘是否插好，或另选一个文件夹")
    target = _free_name(folder, f"{book.stem} {now:%Y-%m-%d %H%M%S}", book.suffix or ".branchbook")
    warnings = _room_for(source, folder)
    check = copy_book(source, target, key, progress)
    manifest = manifest_path(target)
    try:
        _write_manifest(manifest, check, key, now)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise of_disk_error(error, manifest) from error
    return BackupReport(target, manifest, check, warnings)


def copy_book(
    source: driver.Connection, target: Path, key: BookKey, progress: Progress | None = None
) -> CheckReport:
    """A checked copy of an open book at ``target``, which must not exist, under the same key."""
    if target.exists():
        raise WouldOverwriteProblem(target)
    with _temporary(target) as part:
        _copy_pages(source, part, key, target, progress)
        _flush(part)
        check = verify_with_key(part, key)
        if not check.whole:
            raise BackupFailedProblem(target, "；".join(check.findings))
        part.rename(target)
        _flush(target.parent)
    return CheckReport(
        target, check.size, check.sha256, check.protected, check.schema_version, check.contents, (), ()
    )


def restore_book(
    backup: Path,
    target: Path,
    passphrase: str | None = None,
    keep_existing_as: Path | None = None,
    progress: Progress | None = None,
) -> CheckReport:
    """Restore a backup to ``target``, checked before and after.

    A book that is already at ``target`` is refused, unless ``keep_existing_as`` names a new file: then
    its bytes are put there first, damaged or not, and only then is it replaced, in one step.
    """
    key = find_key(backup, passphrase)
    check = verify_with_key(backup, key)
    if not check.whole:
        raise DamagedBookProblem(backup, "；".join(check.findings))
    _compare_with_manifest(backup, check)
    if not target.exists():
        return _copy_from(backup, target, key, progress)
    if keep_existing_as is None:
        raise WouldOverwriteProblem(target)
    if keep_existing_as.exists():
        raise WouldOverwriteProblem(keep_existing_as)
    with FileLock(target):
        fresh = _free_name(target.parent, f"{target.stem} 恢复", target.suffix)
        restored = _copy_from(backup, fresh, key, progress)
        try:
            _keep_aside(target, keep_existing_as)
            fresh.replace(target)
            _flush(target.parent)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise of_disk_error(error, target) from error
    return verify_with_key(target, key) if restored.whole else restored


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a backup lies."""
    return backup.with_name(backup.name + ".json")


def read_manifest(backup: Path) -> Manifest | None:
    """What was written beside a backup when it was made, None where it is missing or unreadable."""
    try:
        found = json.loads(manifest_path(backup).read_text("utf-8"))
        contents = found["contents"]
        last = contents["last_meeting_on"]
        return Manifest(
            datetime.fromisoformat(found["created_at"]),
            int(found["size"]),
            str(found["sha256"]),
            str(found["salt"]),
            bool(found["protected"]),
            int(found["schema_version"]),
            Contents(
                int(contents["organisations"]),
                int(contents["people"]),
                int(contents["records"]),
                int(contents["attachments"]),
                date.fromisoformat(last) if last else None,
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy_from(backup: Path, target: Path, key: BookKey, progress: Progress | None) -> CheckReport:
    source = driver.open_connection(backup, key, "ro")
    try:
        return copy_book(source, target, key, progress)
    finally:
        source.close()


def _compare_with_manifest(backup: Path, check: CheckReport) -> None:
    """A backup whose bytes are not the ones that were reported good is not restored silently."""
    manifest = read_manifest(backup)
    if manifest is not None and manifest.sha256 != check.sha256:
        raise DamagedBookProblem(backup, "内容与备份时记下的校验值不同，它在备份之后被改动过")


def _copy_pages(
    source: driver.Connection, part: Path, key: BookKey, target: Path, progress: Progress | None
) -> None:
    """Run the engine's online backup; its errors are told as problems of the target."""

    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None and not progress(total - remaining, total):
            raise RefusedProblem("已取消", str(target), "没有留下不完整的文件")

    try:
        copy = driver.open_connection(part, key, "rwc")
        try:
            # A new file of its own: no journal to write twice, and flushed once at the end.
            copy.execute("PRAGMA journal_mode = OFF").fetchall()
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_PAGES_PER_STEP, progress=step)
        finally:
            copy.close()
    except driver.engine_errors() as error:
        problem = of_engine_error(error, target)
        if problem is None or isinstance(problem, (DamagedBookProblem, NotABookProblem)):
            raise BackupFailedProblem(target, str(error)) from error
        raise problem from error


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """A temporary name beside ``target``, in the same folder so that the rename is one step."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
    except OSError as error:
        raise of_disk_error(error, target) from error
    finally:
        for leftover in (part, part.with_name(part.name + "-journal")):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Make a file's content, or a folder's names, reach the disk; folders only where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _room_for(source: driver.Connection, folder: Path) -> tuple[str, ...]:
    """Refuse what FAT32 can't hold, and warn in time before that."""
    size = driver.number(source, "PRAGMA page_count") * driver.number(source, "PRAGMA page_size")
    if size < volumes.FAT32_WARNING or not volumes.is_fat32(folder):
        return ()
    if size > volumes.FAT32_LIMIT:
        raise FileTooLargeProblem(folder)
    return ("手册已超过 3.5 GiB，这个U盘的格式（FAT32）最多存 4 GiB 的文件，请尽早换成 exFAT 格式",)


def _write_manifest(path: Path, check: CheckReport, key: BookKey, now: datetime) -> None:
    """Write under a temporary name, flush, rename."""
    last = check.contents.last_meeting_on
    text = json.dumps(
        {
            "format": MANIFEST_FORMAT,
            "created_at": now.isoformat(),
            "size": check.size,
            "sha256": check.sha256,
            "salt": key.salt.hex(),
            "protected": key.protected,
            "schema_version": check.schema_version,
            "contents": {
                "organisations": check.contents.organisations,
                "people": check.contents.people,
                "records": check.contents.records,
                "attachments": check.contents.attachments,
                "last_meeting_on": last.isoformat() if last else None,
            },
        },
        ensure_ascii=False,
        indent=2,
    )
    with _temporary(path) as part:
        part.write_text(text + "\n", "utf-8")
        _flush(part)
        part.replace(path)
        _flush(path.parent)


def _keep_aside(book: Path, keep: Path) -> None:
    """Copy a book's bytes, and an interrupted commit's journal, before the book is replaced.

    The journal must not stay beside the new file: the engine would play it into that.
    """
    for suffix in ("", "-journal"):
        origin, copy = book.with_name(book.name + suffix), keep.with_name(keep.name + suffix)
        if origin.exists():
            shutil.copy2(origin, copy)
            _flush(copy)
            if sha256_of(origin) != sha256_of(copy):
                copy.unlink()
                raise OSError("the kept copy differs from the book")
    book.with_name(book.name + "-journal").unlink(missing_ok=True)


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    """The first name that is not taken: ``stem``, then ``stem (2)`` and so on."""
    candidate, number = folder / f"{stem}{suffix}", 1
    while candidate.exists():
        number += 1
        candidate = folder / f"{stem} ({number}){suffix}"
    return candidate
