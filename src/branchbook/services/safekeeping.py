"""Backing up from the window: the copy, the seal on final records, and what this computer remembers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from branchbook.services.operations import Actor
from branchbook.services.program import BackupNote, ProgramSettingsFile, with_backup
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.store import Book
from branchbook.services.workshop import BackupResult, BookShelf, StepProgress


@dataclass(frozen=True, slots=True)
class BackupState:
    """What this computer knows of a book's backups: the folder chosen, and the last verified one."""

    folder: str
    last: BackupNote | None

    def age_days(self, now: datetime) -> int | None:
        """Whole days since the last verified backup, None where there is none."""
        return (now - self.last.at).days if self.last else None


def backup_state(settings_file: ProgramSettingsFile, book: Path) -> BackupState:
    """The folder and the last backup of a book."""
    settings = settings_file.load()
    path = str(book.resolve())
    return BackupState(settings.backup_folders.get(path, ""), settings.backups.get(path))


def back_up_now(
    shelf: BookShelf,
    settings_file: ProgramSettingsFile,
    book: Book,
    folder: Path,
    actor: Actor,
    progress: StepProgress | None = None,
) -> BackupResult:
    """A verified backup into ``folder``, which is remembered for the next time.

    Records final by now can from then on only be corrected: a copy of them exists.
    """
    seal_finals(book, Sealing.BACKUP, actor)
    result = shelf.back_up(book, folder, actor.now, progress)
    note = BackupNote(str(result.path), actor.now, result.sha256)
    settings_file.save(with_backup(settings_file.load(), book.path, note))
    return result
