"""Backups on disk as ``app`` hands them on: their folder, their rotation, verification, and the way back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from branchbook.domain.backups import RotationCounts
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import Secret
from branchbook.services.backup_shelf import BooksCompared, DrillResult, RestoredOver, RestorePreview
from branchbook.services.program import BackupPlace
from branchbook.services.store import Book
from branchbook.services.workshop import StepProgress
from branchbook.storage import backup_places, driver, keys, rotation
from branchbook.storage.book import StoredBook
from branchbook.storage.check import CheckReport, contents_of, verify_contents
from branchbook.storage.comparing import compare
from branchbook.storage.drill import drill_backup
from branchbook.storage.driver import Connection
from branchbook.storage.keys import BookKey
from branchbook.storage.manifest import Backup, read_manifest
from branchbook.storage.problems import WrongPassphraseProblem
from branchbook.storage.restore import restore_book, restore_over
from branchbook.storage.risky_places import risk_warning
from branchbook.storage.salts import key_of_backup


class StoredBackups:
    """Implements ``services.backup_shelf.BackupShelf``. Stateless; calls with a book come on its own thread."""

    def remember_folder(self, folder: Path) -> BackupPlace:
        """What the folder is known by from now on; leaves a small marker file in it."""
        return backup_places.remember(folder)

    def find_folder(self, place: BackupPlace) -> Path | None:
        """The folder where it is now, None where its stick is not plugged in."""
        return backup_places.find(place)

    def place_warning(self, path: Path) -> str:
        """One sentence where a cloud client or a network keeps the folder of this file; else empty."""
        return risk_warning(path)

    def rotate(self, book: Book, fresh: Path, counts: RotationCounts) -> tuple[Path, ...]:
        """Remove older routine backups of this very book, after ``fresh`` was written and verified."""
        return rotation.rotate(_connection(book), fresh, counts)

    def pin(self, backup: Path, pinned: bool) -> None:
        """Take a backup out of the rotation, or give it back to it."""
        rotation.pin(backup, pinned)

    def verify(
        self,
        backup: Path,
        now: datetime,
        passphrase: Secret | None = None,
        book: Book | None = None,
        progress: StepProgress | None = None,
    ) -> CheckReport:
        """A full check of a backup, noted beside it."""
        check = verify_contents(backup, _key(backup, passphrase, book), progress)
        return rotation.note_verified(backup, check, now)

    def preview(
        self, backup: Path, passphrase: Secret | None = None, book: Book | None = None
    ) -> RestorePreview:
        """What restoring would bring, beside the present book where there is one. Writes nothing.

        Of a protected backup without its passphrase what its manifest says.
        """
        manifest = read_manifest(backup)
        try:
            key = _key(backup, passphrase, book)
        except WrongPassphraseProblem as problem:
            if manifest is None or problem.given:
                raise
            return RestorePreview(
                backup, True, manifest.schema_version, manifest.contents, Backup(backup, manifest)
            )
        with driver.translated(backup):
            connection = driver.open_connection(backup, key, "ro")
            try:
                compared: BooksCompared | None = None
                if book is not None:
                    compared = compare(connection, _connection(book))
                return RestorePreview(
                    backup,
                    key.protected,
                    driver.number(connection, "PRAGMA user_version"),
                    contents_of(connection),
                    Backup(backup, manifest) if manifest else None,
                    compared,
                )
            finally:
                connection.close()

    def restore(
        self,
        backup: Path,
        target: Path,
        passphrase: Secret | None = None,
        progress: StepProgress | None = None,
    ) -> CheckReport:
        """Restore into a new file; refuses to write over one that is there."""
        return restore_book(backup, target, passphrase, progress)

    def restore_over(
        self,
        backup: Path,
        target: Path,
        now: datetime,
        passphrase: Secret | None = None,
        progress: StepProgress | None = None,
    ) -> RestoredOver:
        """Put a backup in the place of a closed book, which is kept beside it first."""
        return restore_over(backup, target, now, passphrase, progress)

    def drill(
        self,
        backup: Path,
        now: datetime,
        passphrase: Secret | None = None,
        book: Book | None = None,
        progress: StepProgress | None = None,
    ) -> DrillResult:
        """Try whether a backup can be restored, in a temporary place that is removed afterwards."""
        connection = _connection(book) if book is not None else None
        return drill_backup(backup, _key(backup, passphrase, book), now, connection, progress)


def _connection(book: Book) -> Connection:
    if not isinstance(book, StoredBook):
        raise RefusedProblem("这本簿不在磁盘上，没有备份可管", str(book.path))
    return book.file.connection


def _key(backup: Path, passphrase: Secret | None, book: Book | None) -> BookKey:
    """The key of the open book where it fits, so that its passphrase is not asked for again."""
    if isinstance(book, StoredBook) and passphrase is None:
        own = book.file.key
        if backup.is_file() and keys.first_page_verifies(backup, own):
            return own
    return key_of_backup(backup, passphrase)
