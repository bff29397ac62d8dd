"""The manifest: a small JSON file beside each backup that says what it holds and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from branchbook.domain.backups import BackupKind
from branchbook.storage import driver
from branchbook.storage.check import Contents
from branchbook.storage.copying import flush, temporary

MANIFEST_FORMAT = 2
"""1 had neither kind, pin, last operation nor day of verification: such a backup was verified when it was made."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the small file beside a backup says about it (``<backup>.json``).

    ``salt`` is that of the file's head, in hexadecimal: where the head is damaged it is mended from here.
    ``last_operation`` is the id of the last line of history in it, so that it can be told which book holds all
    of it; ``chain_head`` the hash of the history up to there, empty where it is not known. ``verified_at`` is
    None where the last verification found damage. A pinned backup is outside the rotation.
    """

    created_at: datetime
    size: int
    sha256: str
    salt: str
    protected: bool
    schema_version: int
    contents: Contents
    kind: BackupKind = BackupKind.ROUTINE
    pinned: bool = False
    verified_at: datetime | None = None
    last_operation: str = ""
    chain_head: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup with its manifest, as services see it. ``warnings`` come with a new one only."""

    path: Path
    manifest: Manifest
    warnings: tuple[str, ...] = ()

    @property
    def created_at(self) -> datetime:
        """When it was made."""
        return self.manifest.created_at

    @property
    def size(self) -> int:
        """Bytes."""
        return self.manifest.size

    @property
    def sha256(self) -> str:
        """Hash of its bytes."""
        return self.manifest.sha256

    @property
    def contents(self) -> Contents:
        """How much it holds."""
        return self.manifest.contents

    @property
    def kind(self) -> BackupKind:
        """Why it was made."""
        return self.manifest.kind

    @property
    def pinned(self) -> bool:
        """Whether the rotation leaves it alone."""
        return self.manifest.pinned

    @property
    def protected(self) -> bool:
        """Whether it opens only with a passphrase."""
        return self.manifest.protected

    @property
    def verified_at(self) -> datetime | None:
        """When it was last found whole; None where it was not."""
        return self.manifest.verified_at

    @property
    def last_operation(self) -> str:
        """The id of the last line of history in it."""
        return self.manifest.last_operation


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a backup lies."""
    return backup.with_name(backup.name + ".json")


def read_manifest(backup: Path) -> Manifest | None:
    """What was written beside a backup when it was made, None where it is missing or unreadable."""
    try:
        return _manifest(json.loads(manifest_path(backup).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Write it beside the backup: under a temporary name, flushed, renamed. Raises a Problem of the disk."""
    path = manifest_path(backup)
    text = json.dumps(_as_json(manifest), ensure_ascii=False, indent=2)
    with temporary(path) as part:
        part.write_text(text + "\n", "utf-8")
        flush(part)
        part.replace(path)
        flush(path.parent)


def manifests_in(folder: Path) -> list[tuple[Path, Manifest]]:
    """The backups of a folder that have a manifest, with it, in no order."""
    found = []
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        path = file.with_suffix("")
        manifest = read_manifest(path)
        if manifest is not None and path.is_file() and manifest_path(path) == file:
            found.append((path, manifest))
    return found


def last_operation(connection: driver.Connection) -> str:
    """The id of the last line of a book's history; empty in a book without one."""
    row = connection.execute("SELECT id FROM operation ORDER BY number DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _manifest(found: dict[str, Any]) -> Manifest:
    contents = found["contents"]
    last = contents["last_meeting_on"]
    created_at = datetime.fromisoformat(found["created_at"])
    verified = found.get("verified_at", found["created_at"] if found.get("format") == 1 else None)
    return Manifest(
        created_at,
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
        BackupKind(found.get("kind", BackupKind.ROUTINE)),
        bool(found.get("pinned", False)),
        datetime.fromisoformat(verified) if verified else None,
        str(found.get("last_operation", "")),
        str(found.get("chain_head", "")),
    )


def _as_json(manifest: Manifest) -> dict[str, Any]:
    contents = manifest.contents
    last = contents.last_meeting_on
    return {
        "format": MANIFEST_FORMAT,
        "created_at": manifest.created_at.isoformat(),
        "size": manifest.size,
        "sha256": manifest.sha256,
        "salt": manifest.salt,
        "protected": manifest.protected,
        "schema_version": manifest.schema_version,
        "contents": {
            "organisations": contents.organisations,
            "people": contents.people,
            "records": contents.records,
            "attachments": contents.attachments,
            "last_meeting_on": last.isoformat() if last else None,
        },
        "kind": manifest.kind.value,
        "pinned": manifest.pinned,
        "verified_at": manifest.verified_at.isoformat() if manifest.verified_at else None,
        "last_operation": manifest.last_operation,
        "chain_head": manifest.chain_head,
    }
