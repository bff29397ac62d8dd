"""Keeping a book safe: backups now, at exit and before an import, their rotation, their age, their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from branchbook.domain.backups import RotationCounts
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.backup_shelf import BackupShelf
from branchbook.services.operations import Actor
from branchbook.services.program import (
    BackupNote,
    BackupPlace,
    ProgramSettingsFile,
    with_backup,
    with_backup_place,
)
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.settings_reading import book_settings
from branchbook.services.settings_table import BookSettings
from branchbook.services.store import Book
from branchbook.services.workshop import BackupResult, BookShelf, StepProgress

WORTH_A_BACKUP = 20
"""Lines of history from which on a book that was never backed up is spoken of at opening."""


@dataclass(frozen=True, slots=True)
class BackupMeans:
    """What backups are made with: the two shelves, and what this computer remembers."""

    shelf: BookShelf
    backups: BackupShelf
    settings_file: ProgramSettingsFile


@dataclass(frozen=True, slots=True)
class BackupState:
    """What this computer knows of a book's backups: the folder chosen, and the last verified one."""

    place: BackupPlace | None
    last: BackupNote | None

    @property
    def folder(self) -> str:
        """Where the folder was when it was chosen; empty where none is."""
        return self.place.folder if self.place else ""

    def age_days(self, now: datetime) -> int | None:
        """Days of the calendar since the last verified backup, None where there is none."""
        return max((now.date() - self.last.at.date()).days, 0) if self.last else None


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A new verified backup, and the older ones that the rotation let go of."""

    result: BackupResult
    removed: tuple[Path, ...] = ()


def backup_state(settings_file: ProgramSettingsFile, book: Path) -> BackupState:
    """The folder and the last backup of a book."""
    settings = settings_file.load()
    path = str(book.resolve())
    place = settings.backup_places.get(path)
    if place is None and settings.backup_folders.get(path):
        place = BackupPlace(settings.backup_folders[path])
    return BackupState(place, settings.backups.get(path))


def choose_backup_folder(means: BackupMeans, book: Path, folder: Path) -> BackupPlace:
    """Remember the folder of a book's backups, by its volume. Raises a Problem where it can't be written."""
    place = means.backups.remember_folder(folder)
    means.settings_file.save(with_backup_place(means.settings_file.load(), book, place))
    return place


def backup_folder(means: BackupMeans, book: Path) -> Path | None:
    """The chosen folder where it is now; None where none was chosen or its stick is not plugged in."""
    place = backup_state(means.settings_file, book).place
    return means.backups.find_folder(place) if place else None


def back_up_now(
    means: BackupMeans, book: Book, actor: Actor, progress: StepProgress | None = None
) -> BackedUp:
    """A verified backup into the chosen folder; then the rotation by the book's settings.

    Records final by now can from then on only be corrected: a copy of them exists. Raises RefusedProblem
    where no folder is chosen or its stick is not plugged in.
    """
    folder = backup_folder(means, book.path)
    if folder is None:
        place = backup_state(means.settings_file, book.path).folder
        raise RefusedProblem(
            "找不到备份的文件夹" if place else "还没有选定备份文件夹",
            place,
            "请插好选定的那个U盘再试，或者更换文件夹",
        )
    seal_finals(book, Sealing.BACKUP, actor)
    return _back_up_into(means, book, folder, actor, progress)


def back_up_at_exit(
    means: BackupMeans, book: Book, actor: Actor, progress: StepProgress | None = None
) -> BackedUp | None:
    """As the book is closed: where something changed since the last backup and the folder is there.

    None where there is nothing to do, where the setting is off, and where it does not succeed: closing never
    waits for a stick, and the age in the status line tells. Seals nothing: after the run nothing is undone anyway.
    """
    state = backup_state(means.settings_file, book.path)
    try:
        settings, last = _settings_and_last(book)
        unchanged = state.last is not None and last in ("", state.last.last_operation)
        if book.read_only or unchanged or not settings.backup_at_exit:
            return None
        folder = backup_folder(means, book.path)
        return _back_up_into(means, book, folder, actor, progress) if folder else None
    except Problem:
        return None


def backup_reminder(settings_file: ProgramSettingsFile, book: Book, now: datetime) -> str:
    """One sentence where the last verified backup is older than the book's setting allows; else empty.

    A book that was never backed up is spoken of once there is something in it.
    """
    state = backup_state(settings_file, book.path)
    with book.reading() as reading:
        most = book_settings(reading).backup_reminder_days
        begun = len(reading.operations(WORTH_A_BACKUP)) == WORTH_A_BACKUP
    days = state.age_days(now)
    if days is None:
        return "这本簿还没有在这台电脑上备份过" if begun else ""
    return f"已经 {days} 天没有备份了" if days > most else ""


def reminder_days(book: Book) -> int:
    """After how many days without a backup the book wants its user reminded."""
    return _settings_and_last(book)[0].backup_reminder_days


def listed_backups(means: BackupMeans, book: Path) -> tuple[BackupResult, ...]:
    """The backups in the chosen folder and those kept beside the book, the latest first."""
    folder = backup_folder(means, book)
    folders = {each.resolve(): None for each in (folder, book.parent) if each is not None}
    found = [backup for each in folders for backup in means.shelf.backups_in(each)]
    return tuple(sorted(found, key=lambda each: each.created_at.replace(tzinfo=None), reverse=True))


def rotation_counts(settings: BookSettings) -> RotationCounts:
    """How many backups a book wants kept."""
    return RotationCounts(
        settings.backups_of_days,
        settings.backups_of_weeks,
        settings.backups_of_months,
        settings.backups_of_years,
    )


def _back_up_into(
    means: BackupMeans, book: Book, folder: Path, actor: Actor, progress: StepProgress | None
) -> BackedUp:
    """The new one first, read back and found whole; only then are older ones let go of."""
    result = means.shelf.back_up(book, folder, actor.now, progress)
    choose_backup_folder(means, book.path, folder)
    if result.verified_at is None:
        return BackedUp(result)  # an equal copy of a book whose contents are not right: no last verified one
    note = BackupNote(str(result.path), actor.now, result.sha256, result.last_operation)
    means.settings_file.save(with_backup(means.settings_file.load(), book.path, note))
    settings, _ = _settings_and_last(book)
    return BackedUp(result, means.backups.rotate(book, result.path, rotation_counts(settings)))


def _settings_and_last(book: Book) -> tuple[BookSettings, str]:
    """The book's settings, and the id of its last line of history (empty in a book without one)."""
    with book.reading() as reading:
        operations = reading.operations(1)
        return book_settings(reading), str(operations[0].head.id) if operations else ""
