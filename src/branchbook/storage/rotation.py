"""Old backups make room for new ones, pins are set, and a verification is noted. Nothing here makes a backup."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from branchbook.domain.backups import BackupKind, RotationCounts, kept_by_rotation
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.storage import driver
from branchbook.storage.check import CheckReport
from branchbook.storage.manifest import Manifest, manifest_path, manifests_in, read_manifest, write_manifest


def rotate(book: driver.Connection, fresh: Path, counts: RotationCounts) -> tuple[Path, ...]:
    """Remove what the rotation lets go of, after ``fresh`` was written and verified; the removed paths.

    Only routine, unpinned backups that were found whole, that have the size they were written with, and whose
    whole history is part of the open book's: everything that was ever saved in them is in ``fresh`` too. So a
    backup of another book, of a copy that has gone its own way, or of what a restore has put aside is never
    removed, whatever its name and date. What cannot be removed is left for the next time.
    """
    manifest = read_manifest(fresh)
    if manifest is None or manifest.verified_at is None or not fresh.is_file():
        return ()
    older = {
        path: each.created_at
        for path, each in manifests_in(fresh.parent)
        if path != fresh and _rotates(path, each) and _is_part_of(book, each)
    }
    newest_of_its_moment = manifest.created_at + timedelta(microseconds=1)
    kept = kept_by_rotation({**older, fresh: newest_of_its_moment}, counts)
    return tuple(path for path in sorted(older) if path not in kept and _removed(path))


def pin(backup: Path, pinned: bool) -> None:
    """Take a backup out of the rotation, or give it back. Raises a Problem where its manifest can't be written."""
    manifest = read_manifest(backup)
    if manifest is None:
        raise RefusedProblem(
            "这份备份没有说明文件，不能设置留存", str(backup), "没有说明文件的备份不会被轮换删除"
        )
    write_manifest(backup, replace(manifest, pinned=pinned))


def note_verified(backup: Path, check: CheckReport, now: datetime) -> CheckReport:
    """Keep in the manifest what a verification found; the report, with a finding where the bytes are others.

    A backup on a read-only stick is verified all the same, only nothing is noted.
    """
    manifest = read_manifest(backup)
    if manifest is None:
        return check
    if check.whole and check.sha256 != manifest.sha256:
        finding = "内容与备份时记下的校验值不同，它在备份之后被改动过"
        check = replace(check, findings=(*check.findings, finding))
    verified_at = now if check.whole else None
    if verified_at is not None or manifest.verified_at is not None:
        with contextlib.suppress(Problem):
            write_manifest(backup, replace(manifest, verified_at=verified_at))
    return check


def _rotates(path: Path, manifest: Manifest) -> bool:
    return (
        manifest.kind == BackupKind.ROUTINE
        and not manifest.pinned
        and manifest.verified_at is not None
        and not path.is_symlink()
        and path.stat().st_size == manifest.size
    )


def _is_part_of(book: driver.Connection, manifest: Manifest) -> bool:
    """Whether the book's history holds the last operation of a backup, and so all of them: it only grows.

    Where the backup's chain head is known the book must have the same hash there: a history that was changed since
    is not the one that the backup holds.
    """
    if not manifest.last_operation:
        return False
    row = book.execute("SELECT chain FROM operation WHERE id = ?", (manifest.last_operation,)).fetchone()
    return row is not None and manifest.chain_head in ("", row[0])


def _removed(path: Path) -> bool:
    """The backup first: a manifest left alone is small, and is swept the next time."""
    with contextlib.suppress(OSError):
        path.unlink()
        manifest_path(path).unlink(missing_ok=True)
        return True
    return False
