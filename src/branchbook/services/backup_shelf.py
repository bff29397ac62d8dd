"""What services ask of backups that are there: their place, their rotation, and the way back. ``storage`` does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from branchbook.domain.backups import RotationCounts

if TYPE_CHECKING:
    from branchbook.domain.recovery_code import Secret
    from branchbook.services.program import BackupPlace
    from branchbook.services.store import Book
    from branchbook.services.workshop import BackupResult, BookContents, CheckResult, StepProgress


@dataclass(frozen=True, slots=True)
class RecordName:
    """By what a user knows a record: the keys of its kinds, its day, its subject."""

    kinds: tuple[str, ...]
    held_on: date | None
    subject: str


@dataclass(frozen=True, slots=True)
class OnlyThere:
    """What one of two books has and the other has not: records by date, names of people and organisations."""

    records: tuple[RecordName, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    procedures: int = 0
    operations: int = 0

    @property
    def nothing(self) -> bool:
        """Whether it has nothing of its own, not even a line of history."""
        return not (self.records or self.people or self.organisations or self.procedures or self.operations)


@dataclass(frozen=True, slots=True)
class BooksCompared:
    """A backup beside the present book. ``changed`` are records that both have, with another last change."""

    only_in_backup: OnlyThere
    only_in_book: OnlyThere
    changed: tuple[RecordName, ...] = ()
    present: BookContents | None = None

    @property
    def diverged(self) -> bool:
        """Whether each has history that the other has not."""
        return bool(self.only_in_backup.operations and self.only_in_book.operations)


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What restoring would bring. ``noted`` is the manifest's account, None where there is none."""

    path: Path
    protected: bool
    schema_version: int
    contents: BookContents
    noted: BackupResult | None = None
    compared: BooksCompared | None = None


@dataclass(frozen=True, slots=True)
class DrillStep:
    """One thing that was tried, in Chinese, and whether it held."""

    passed: bool
    words: str


@dataclass(frozen=True, slots=True)
class DrillResult:
    """A backup was restored to a temporary place, opened and compared; the temporary file is gone."""

    backup: Path
    steps: tuple[DrillStep, ...]

    @property
    def passed(self) -> bool:
        """Whether everything held."""
        return all(step.passed for step in self.steps)


@dataclass(frozen=True, slots=True)
class RestoredOver:
    """A backup has taken a book's place. ``kept`` is where the book as it was lies, damaged or not."""

    check: CheckResult
    kept: Path


class BackupShelf(Protocol):
    """Where the key of ``book`` fits a backup no passphrase is needed; all calls on the book's own thread."""

    def remember_folder(self, folder: Path) -> BackupPlace:
        """What the folder is known by from now on, also where its stick is mounted elsewhere."""
        ...

    def find_folder(self, place: BackupPlace) -> Path | None:
        """The folder where it is now, None where its stick is not plugged in."""
        ...

    def place_warning(self, path: Path) -> str:
        """One sentence where a cloud client or a network keeps the folder of this file; else empty."""
        ...

    def rotate(self, book: Book, fresh: Path, counts: RotationCounts) -> tuple[Path, ...]:
        """Remove older routine backups of this very book, after ``fresh`` was written and verified."""
        ...

    def pin(self, backup: Path, pinned: bool) -> None:
        """Take a backup out of the rotation, or give it back to it."""
        ...

    def verify(
        self,
        backup: Path,
        now: datetime,
        passphrase: Secret | None = None,
        book: Book | None = None,
        progress: StepProgress | None = None,
    ) -> CheckResult:
        """A full check of a backup, noted beside it."""
        ...

    def preview(
        self, backup: Path, passphrase: Secret | None = None, book: Book | None = None
    ) -> RestorePreview:
        """What restoring would bring, beside the present book where there is one. Writes nothing."""
        ...

    def restore(
        self,
        backup: Path,
        target: Path,
        passphrase: Secret | None = None,
        progress: StepProgress | None = None,
    ) -> CheckResult:
        """Restore into a new file; refuses to write over one that is there."""
        ...

    def restore_over(
        self,
        backup: Path,
        target: Path,
        now: datetime,
        passphrase: Secret | None = None,
        progress: StepProgress | None = None,
    ) -> RestoredOver:
        """Put a backup in the place of a closed book, which is kept beside it first."""
        ...

    def drill(
        self,
        backup: Path,
        now: datetime,
        passphrase: Secret | None = None,
        book: Book | None = None,
        progress: StepProgress | None = None,
    ) -> DrillResult:
        """Try whether a backup can be restored, in a temporary place that is removed afterwards."""
        ...
