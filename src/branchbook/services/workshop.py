"""The rooms outside the services, as ``app`` hands them to the window and to the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from branchbook.domain.backups import BackupKind

if TYPE_CHECKING:  # every start loads this module, and no start all of those
    from collections.abc import Mapping

    from branchbook.domain.recovery_code import Secret
    from branchbook.services.attachments import PhotoReducer
    from branchbook.services.backup_shelf import BackupShelf
    from branchbook.services.copies import CopyComparison
    from branchbook.services.exchange_files import ExchangeArchives, TableFiles
    from branchbook.services.handover import PackFiles
    from branchbook.services.locksmith import Locksmith
    from branchbook.services.operations import Actor
    from branchbook.services.printing_press import PaperPress, WordPress
    from branchbook.services.report_templates import ReportTemplates
    from branchbook.services.store import Book

StepProgress = Callable[[int, int], bool]
"""Called with (done, total); returns False to cancel."""


class BookContents(Protocol):
    """How much a book holds."""

    @property
    def organisations(self) -> int:
        """Organisations, groups included."""
        ...

    @property
    def people(self) -> int:
        """People, former members included."""
        ...

    @property
    def records(self) -> int:
        """Records, drafts included."""
        ...

    @property
    def attachments(self) -> int:
        """Attachments."""
        ...

    @property
    def last_meeting_on(self) -> date | None:
        """The latest day of a record that is not a draft."""
        ...


class CheckResult(Protocol):
    """What a full check of a file found; ``findings`` are Chinese sentences, none means whole."""

    @property
    def path(self) -> Path:
        """The file checked."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes, hexadecimal."""
        ...

    @property
    def protected(self) -> bool:
        """Whether it opens only with a passphrase."""
        ...

    @property
    def contents(self) -> BookContents:
        """How much it holds."""
        ...

    @property
    def findings(self) -> tuple[str, ...]:
        """What is wrong."""
        ...

    @property
    def whole(self) -> bool:
        """True when nothing was found."""
        ...

    @property
    def damaged_pages(self) -> tuple[int, ...]:
        """Numbers of the pages that fail their check, from 1; what stands on them is lost to this file."""
        ...

    @property
    def index_differs(self) -> bool:
        """Whether the search index has to be built anew; that is among the findings, and harms no content."""
        ...


class SalvageResult(Protocol):
    """What was saved of a damaged book into a new one."""

    @property
    def path(self) -> Path:
        """The new book."""
        ...

    @property
    def damaged_pages(self) -> tuple[int, ...]:
        """The pages of the damaged file that could not be read."""
        ...

    @property
    def saved(self) -> Mapping[str, int]:
        """How many values of each type are in the new book."""
        ...

    @property
    def rebuilt(self) -> tuple[str, ...]:
        """Names of values rebuilt from the history; ``rebuilt_count`` counts those that are not listed too."""
        ...

    @property
    def rebuilt_count(self) -> int:
        """How many values were rebuilt."""
        ...

    @property
    def lost(self) -> tuple[str, ...]:
        """Names of values that are lost; ``lost_count`` counts those that are not listed too."""
        ...

    @property
    def lost_count(self) -> int:
        """How many values are known to be lost."""
        ...

    @property
    def operations(self) -> int:
        """Lines of history that are whole."""
        ...

    @property
    def lost_operations(self) -> int:
        """Lines of history that are lost or not proved to be whole."""
        ...

    @property
    def check(self) -> CheckResult:
        """The full check of the new book."""
        ...


class BackupResult(Protocol):
    """A backup that was written and verified."""

    @property
    def path(self) -> Path:
        """The backup file."""
        ...

    @property
    def created_at(self) -> datetime:
        """When it was made."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def sha256(self) -> str:
        """Hash of the backup's bytes."""
        ...

    @property
    def contents(self) -> BookContents:
        """How much it holds."""
        ...

    @property
    def kind(self) -> BackupKind:
        """Why it was made."""
        ...

    @property
    def pinned(self) -> bool:
        """Whether the rotation leaves it alone."""
        ...

    @property
    def protected(self) -> bool:
        """Whether it opens only with a passphrase."""
        ...

    @property
    def verified_at(self) -> datetime | None:
        """When it was last found whole; None where it was not."""
        ...

    @property
    def last_operation(self) -> str:
        """The id of the last line of history in it; empty where it is not known."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese sentences that come with a new backup, which is good all the same."""
        ...


class BookShelf(Protocol):
    """Makes, opens, checks and backs up books. ``storage`` implements it."""

    def create(self, path: Path, holder: str) -> Book:
        """A new, empty book; refuses to write over a file that is there."""
        ...

    def create_filled(self, path: Path, holder: str, fill: Callable[[Book], None]) -> Book:
        """A new book that ``fill`` writes into before it gets its name; where that fails there is no file.

        Many times quicker than filling a book operation by operation: only the end must reach the disk.
        """
        ...

    def open(self, path: Path, passphrase: Secret | None, *, writable: bool, holder: str) -> Book:
        """Open a book. ``holder`` is the name that others are told while it is locked."""
        ...

    def needs_passphrase(self, path: Path) -> bool:
        """Whether a file is a book that opens only with a passphrase."""
        ...

    def check(
        self, path: Path, passphrase: Secret | None = None, progress: StepProgress | None = None
    ) -> CheckResult:
        """A full check that writes nothing. Raises RefusedProblem when ``progress`` cancels."""
        ...

    def rebuild_index(self, book: Book) -> None:
        """Write the search index of an open book anew from its values."""
        ...

    def salvage(
        self,
        damaged: Path,
        target: Path,
        passphrase: Secret | None,
        actor: Actor,
        progress: StepProgress | None = None,
    ) -> SalvageResult:
        """Save what can be read of a damaged book into a new file; the damaged one is only read."""
        ...

    def compare(
        self,
        first: Path,
        second: Path,
        first_passphrase: Secret | None = None,
        second_passphrase: Secret | None = None,
    ) -> CopyComparison:
        """Compare two copies of a book, which are only read."""
        ...

    def back_up(
        self,
        book: Book,
        folder: Path,
        now: datetime,
        progress: StepProgress | None = None,
        kind: BackupKind = BackupKind.ROUTINE,
    ) -> BackupResult:
        """A verified copy of an open book in ``folder``; any kind but a routine one is pinned."""
        ...

    def backups_in(self, folder: Path) -> tuple[BackupResult, ...]:
        """The backups that a folder holds, the latest first."""
        ...


class Workshop(Protocol):
    """Everything that the window and the command line may ask of the outer rooms; made when first used."""

    @property
    def shelf(self) -> BookShelf:
        """Books on disk."""
        ...

    @property
    def locksmith(self) -> Locksmith:
        """Passphrases of books."""
        ...

    @property
    def backups(self) -> BackupShelf:
        """What is done with backups that are there."""
        ...

    @property
    def press(self) -> PaperPress:
        """PDF."""
        ...

    @property
    def word_press(self) -> WordPress:
        """docx."""
        ...

    @property
    def tables(self) -> TableFiles:
        """xlsx."""
        ...

    @property
    def archives(self) -> ExchangeArchives:
        """The exchange zip."""
        ...

    @property
    def templates(self) -> ReportTemplates:
        """Report templates, filled."""
        ...

    @property
    def packs(self) -> PackFiles:
        """Folders and zips that are put together before they take their place."""
        ...

    @property
    def photos(self) -> PhotoReducer:
        """Photos made small for print."""
        ...
