"""Put a backup back: into a new file, or over a book that has been kept aside first."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from branchbook.domain.backups import BackupKind
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.recovery_code import Secret
from branchbook.services.backup_shelf import RestoredOver
from branchbook.storage import driver, keys
from branchbook.storage.backup import backup_book, backup_name
from branchbook.storage.check import CheckReport, sha256_of, verify_with_key
from branchbook.storage.copy_check import Progress
from branchbook.storage.copying import copy_book, flush, free_name
from branchbook.storage.file_lock import FileLock
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey
from branchbook.storage.manifest import read_manifest
from branchbook.storage.problems import DamagedBookProblem, WouldOverwriteProblem, has_journal, of_disk_error
from branchbook.storage.salts import key_of_backup, sha256_with_salt


def restore_book(
    backup: Path, target: Path, passphrase: Secret | None = None, progress: Progress | None = None
) -> CheckReport:
    """Restore a backup to ``target``, a new file, checked before and after."""
    return restore_with_key(backup, target, key_of_backup(backup, passphrase), progress)


def restore_with_key(
    backup: Path, target: Path, key: BookKey, progress: Progress | None = None
) -> CheckReport:
    """As :func:`restore_book`, for a key that is known."""
    if target.exists():
        raise WouldOverwriteProblem(target)
    if not target.parent.is_dir():
        raise RefusedProblem("没有这个文件夹", str(target.parent), "请先建好文件夹，或换一个位置")
    _refuse_damaged(backup, key)
    return _copy_from(backup, target, key, progress)


def restore_over(
    backup: Path,
    target: Path,
    now: datetime,
    passphrase: Secret | None = None,
    progress: Progress | None = None,
) -> RestoredOver:
    """Put a backup in the place of the book at ``target``, which no program may have open.

    The book as it was is kept beside it first: as a verified, pinned backup, or byte for byte where it is
    damaged or opens with another passphrase. Only then is it replaced, in one step. Killed or failing at any
    moment, the book is the old one or the new one, and whole as it was before.
    """
    if not target.exists():
        raise RefusedProblem("没有要替换的簿", str(target), "请恢复成新文件")
    if backup.resolve() == target.resolve():
        raise RefusedProblem("备份和要替换的簿是同一个文件", str(target), "请选另一份备份")
    key = key_of_backup(backup, passphrase)
    with FileLock(target):
        _refuse_damaged(backup, key)
        fresh = free_name(target.parent, f"{target.stem} 恢复", target.suffix)
        check = _copy_from(backup, fresh, key, progress)
        try:
            kept = _keep(target, now, passphrase)
            target.with_name(target.name + "-journal").unlink(
                missing_ok=True
            )  # it would be played into the new
            fresh.replace(target)
            flush(target.parent)
        except OSError as error:
            raise of_disk_error(error, target) from error
        finally:
            fresh.unlink(missing_ok=True)
    return RestoredOver(check, kept)


def _refuse_damaged(backup: Path, key: BookKey) -> None:
    """A damaged backup is not restored, nor one whose bytes are not the ones that were reported good."""
    check = verify_with_key(backup, key)
    if not check.whole:
        raise DamagedBookProblem(backup, "；".join(check.findings))
    manifest = read_manifest(backup)
    if manifest is not None and manifest.sha256 not in (check.sha256, sha256_with_salt(backup, key.salt)):
        raise DamagedBookProblem(backup, "内容与备份时记下的校验值不同，它在备份之后被改动过")


def _copy_from(backup: Path, target: Path, key: BookKey, progress: Progress | None) -> CheckReport:
    source = driver.open_connection(backup, key, "ro")
    try:
        return copy_book(source, target, key, progress)
    finally:
        source.close()


def _keep(book: Path, now: datetime, passphrase: Secret | None) -> Path:
    """The book as it is, beside it: a verified backup where it is whole, else its bytes.

    A damaged book, or one with an interrupted commit, is not even opened: the engine might change it.
    """
    try:
        key = find_key(book, passphrase)
        if has_journal(book) or keys.damaged_pages(book, key):
            return _keep_bytes(book, now)
        with driver.translated(book):
            source = driver.open_connection(book, key, "ro")
            try:
                return backup_book(source, book, book.parent, key, now, kind=BackupKind.PRE_RESTORE).path
            finally:
                source.close()
    except Problem:
        return _keep_bytes(book, now)


def _keep_bytes(book: Path, now: datetime) -> Path:
    """Copy a book's bytes, and an interrupted commit's journal, as they are."""
    keep = free_name(book.parent, backup_name(book, BackupKind.PRE_RESTORE, now), book.suffix)
    copies = []
    try:
        for suffix in ("", "-journal"):
            origin, copy = book.with_name(book.name + suffix), keep.with_name(keep.name + suffix)
            if origin.exists():
                copies.append(copy)
                shutil.copy2(origin, copy)
                flush(copy)
                if sha256_of(origin) != sha256_of(copy):
                    raise OSError("the kept copy differs from the book")
        flush(book.parent)
    except OSError:
        for copy in copies:
            copy.unlink(missing_ok=True)
        raise
    return keep
