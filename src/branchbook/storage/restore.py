"""Put a backup back: into a new file, or over a book that has been kept aside first."""

from __future__ import annotations

import shutil
from pathlib import Path

from branchbook.domain.recovery_code import Secret
from branchbook.storage import driver
from branchbook.storage.backup import read_manifest
from branchbook.storage.check import CheckReport, sha256_of, verify_with_key
from branchbook.storage.copying import Progress, copy_book, flush, free_name
from branchbook.storage.file_lock import FileLock
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import DamagedBookProblem, WouldOverwriteProblem, of_disk_error


def restore_book(
    backup: Path,
    target: Path,
    passphrase: Secret | None = None,
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
        fresh = free_name(target.parent, f"{target.stem} 恢复", target.suffix)
        restored = _copy_from(backup, fresh, key, progress)
        try:
            _keep_aside(target, keep_existing_as)
            fresh.replace(target)
            flush(target.parent)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise of_disk_error(error, target) from error
    return verify_with_key(target, key) if restored.whole else restored


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


def _keep_aside(book: Path, keep: Path) -> None:
    """Copy a book's bytes, and an interrupted commit's journal, before the book is replaced.

    The journal must not stay beside the new file: the engine would play it into that.
    """
    for suffix in ("", "-journal"):
        origin, copy = book.with_name(book.name + suffix), keep.with_name(keep.name + suffix)
        if origin.exists():
            shutil.copy2(origin, copy)
            flush(copy)
            if sha256_of(origin) != sha256_of(copy):
                copy.unlink()
                raise OSError("the kept copy differs from the book")
    book.with_name(book.name + "-journal").unlink(missing_ok=True)
