"""The folder chosen for backups, known again when its stick is mounted somewhere else, and told from another's.

A small marker file in the folder carries an id. Where the stick comes back under another letter or mount
point, the folder at the same place inside it, with that id, is the one; another stick that has come to lie
under the old path has not, and is not written to. Where the marker was deleted, the volume's own id decides.
"""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

from branchbook.domain.problems import RefusedProblem
from branchbook.services.program import BackupPlace
from branchbook.storage import volumes
from branchbook.storage.copying import temporary

MARKER = ".branchbook-backups.json"
"""Hidden in every folder that was chosen for backups; it holds an id and nothing about the book."""


def remember(folder: Path, mounts: str | None = None) -> BackupPlace:
    """What the folder is known by from now on; writes its marker where it has none.

    Raises a Problem where the folder is not there or can't be written.
    """
    if not folder.is_dir():
        raise RefusedProblem("找不到备份的文件夹", str(folder), "请检查U盘是否插好，或另选一个文件夹")
    found = _marker(folder)
    if not found:
        found = uuid4().hex
        with temporary(folder / MARKER) as part:
            part.write_text(json.dumps({"backup_folder": found}) + "\n", "utf-8")
            part.replace(folder / MARKER)
    return BackupPlace(str(folder), found, volumes.volume_id(folder, mounts), _inside(folder, mounts))


def find(place: BackupPlace, mounts: str | None = None) -> Path | None:
    """The folder where it is now; None where its stick is not plugged in."""
    chosen = Path(place.folder)
    if _is_it(chosen, place, mounts):
        return chosen
    if not place.marker:
        return None
    for mount in volumes.mounts_of(mounts):
        candidate = mount.point / place.inside
        if candidate != chosen and _is_it(candidate, place, mounts):
            return candidate
    return None


def _is_it(folder: Path, place: BackupPlace, mounts: str | None) -> bool:
    if not folder.is_dir():
        return False
    if not place.marker:
        return True  # chosen by an earlier version, which knew folders by their path alone
    found = _marker(folder)
    if found:
        return found == place.marker
    return bool(place.volume) and volumes.volume_id(folder, mounts) == place.volume


def _inside(folder: Path, mounts: str | None) -> str:
    """The folder's path within its volume, with strokes; empty for its top, or where the volume is unknown."""
    mount = volumes.mount_of(folder, mounts)
    inside = folder.resolve().relative_to(mount.point).as_posix() if mount else ""
    return "" if inside == "." else inside


def _marker(folder: Path) -> str:
    try:
        return str(json.loads((folder / MARKER).read_text("utf-8"))["backup_folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
