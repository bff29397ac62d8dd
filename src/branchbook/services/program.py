"""Settings of the program on this computer, apart from any book: the operator, the look, recent books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

MOST_RECENT = 8
SALTS_KEPT = 3


@dataclass(frozen=True, slots=True)
class BackupNote:
    """When and where a book was last backed up and found whole, and the last line of its history then."""

    path: str
    at: datetime
    sha256: str
    last_operation: str = ""


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """The folder chosen for a book's backups, and by what it is known where its stick lies elsewhere.

    ``marker`` is the id in the folder's marker file (empty for one that an earlier version remembered),
    ``volume`` the volume's own id where the system tells it, ``inside`` the path within the volume.
    """

    folder: str
    marker: str = ""
    volume: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """What this computer remembers. ``theme`` is system, light or dark; ``text_scale`` in percent.

    ``backups`` maps a book's path to its last verified backup, ``backup_folders`` to the folder chosen,
    ``backup_places`` to what that folder is known by, ``salts`` to the salts of a protected book in hexadecimal,
    the latest first.
    """

    operator: str = ""
    theme: str = "system"
    text_scale: int = 100
    recent: tuple[str, ...] = ()
    backups: Mapping[str, BackupNote] = field(default_factory=dict)
    backup_folders: Mapping[str, str] = field(default_factory=dict)
    salts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    backup_places: Mapping[str, BackupPlace] = field(default_factory=dict)


class ProgramSettingsFile(Protocol):
    """Where the settings are kept. A damaged or missing file reads as the defaults."""

    def load(self) -> ProgramSettings:
        """The settings."""
        ...

    def save(self, settings: ProgramSettings) -> None:
        """Keep them; what can't be written is no reason to stop the program."""
        ...


def with_recent(settings: ProgramSettings, book: Path) -> ProgramSettings:
    """The book first among the recent ones, each once."""
    path = str(book.resolve())
    others = tuple(each for each in settings.recent if each != path)
    return replace(settings, recent=(path, *others)[:MOST_RECENT])


def without_recent(settings: ProgramSettings, book: str) -> ProgramSettings:
    """Forget a recent book, for example one that is gone."""
    return replace(settings, recent=tuple(each for each in settings.recent if each != book))


def with_salt(settings: ProgramSettings, book: Path, salt: str) -> ProgramSettings:
    """Remember the salt of a protected book, and the two before it."""
    path = str(book.resolve())
    others = tuple(each for each in settings.salts.get(path, ()) if each != salt)
    return replace(settings, salts={**settings.salts, path: (salt, *others)[:SALTS_KEPT]})


def with_backup(settings: ProgramSettings, book: Path, note: BackupNote) -> ProgramSettings:
    """Remember the last verified backup of a book."""
    return replace(settings, backups={**settings.backups, str(book.resolve()): note})


def with_backup_place(settings: ProgramSettings, book: Path, place: BackupPlace) -> ProgramSettings:
    """Remember the folder that was chosen for a book's backups."""
    path = str(book.resolve())
    return replace(
        settings,
        backup_folders={**settings.backup_folders, path: place.folder},
        backup_places={**settings.backup_places, path: place},
    )


def without_backup_place(settings: ProgramSettings, book: Path) -> ProgramSettings:
    """Forget the folder; the next backup asks for one. The note of the last backup stays."""
    path = str(book.resolve())
    return replace(
        settings,
        backup_folders={key: value for key, value in settings.backup_folders.items() if key != path},
        backup_places={key: value for key, value in settings.backup_places.items() if key != path},
    )
