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
    """When and where a book was last backed up and found whole."""

    path: str
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """What this computer remembers. ``theme`` is system, light or dark; ``text_scale`` in percent.

    ``backups`` maps a book's path to its last verified backup, ``backup_folders`` to the folder chosen,
    ``salts`` to the salts of a protected book in hexadecimal, the latest first.
    """

    operator: str = ""
    theme: str = "system"
    text_scale: int = 100
    recent: tuple[str, ...] = ()
    backups: Mapping[str, BackupNote] = field(default_factory=dict)
    backup_folders: Mapping[str, str] = field(default_factory=dict)
    salts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    """Remember the last verified backup of a book and its folder."""
    path = str(book.resolve())
    return replace(
        settings,
        backups={**settings.backups, path: note},
        backup_folders={**settings.backup_folders, path: str(Path(note.path).parent)},
    )
