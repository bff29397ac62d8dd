"""Backups: a checked copy with a manifest beside it that says what it holds."""

from __future__ import annotations

import contextlib
import json
import re
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from branchbook.domain.problems import RefusedProblem
from branchbook.storage import driver, volumes
from branchbook.storage.check import CheckReport, Contents
from branchbook.storage.copying import Progress, copy_book, flush, free_name, temporary
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import FileTooLargeProblem, of_disk_error

MANIFEST_FORMAT = 1

_STARTED_AT = time.time()
"""Seconds since 1970 when this program began to make backups: what is older cannot be its own."""

_PATIENCE_SECONDS = 600
"""Another program may be checking its copy, which takes a while without a write."""

_UNFINISHED = re.compile(r"\..+ \d{4}-\d\d-\d\d \d{6}( \(\d+\))?\.branchbook(\.json)?\.part(-journal)?")
"""The names under which a backup and its manifest lie until they are whole."""


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
    remove_unfinished(folder)
    target = free_name(folder, f"{book.stem} {now:%Y-%m-%d %H%M%S}", book.suffix or ".branchbook")
    warnings = _room_for(source, folder)
    check = copy_book(source, target, key, progress)
    manifest = manifest_path(target)
    try:
        write_manifest(manifest, check, key, now)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise of_disk_error(error, manifest) from error
    return BackupReport(target, manifest, check, warnings)


def remove_unfinished(folder: Path, started_at: float = _STARTED_AT) -> None:
    """Remove what backups that were killed or cut off left in a folder, as large as a book and hidden.

    Only files named as ours that were last written well before this program began (``started_at``, seconds
    since 1970); one that cannot be removed is left for the next time.
    """
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if _UNFINISHED.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < started_at - _PATIENCE_SECONDS:
                        path.unlink()


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


def _room_for(source: driver.Connection, folder: Path) -> tuple[str, ...]:
    """Refuse what FAT32 can't hold, and warn in time before that."""
    size = driver.number(source, "PRAGMA page_count") * driver.number(source, "PRAGMA page_size")
    if size < volumes.FAT32_WARNING or not volumes.is_fat32(folder):
        return ()
    if size > volumes.FAT32_LIMIT:
        raise FileTooLargeProblem(folder)
    return ("簿已超过 3.5 GiB，这个U盘的格式（FAT32）最多存 4 GiB 的文件，请尽早换成 exFAT 格式",)


def write_manifest(path: Path, check: CheckReport, key: BookKey, now: datetime) -> None:
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
    with temporary(path) as part:
        part.write_text(text + "\n", "utf-8")
        flush(part)
        part.replace(path)
        flush(path.parent)
