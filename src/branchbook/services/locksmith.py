"""What the window and the command line may ask about passphrases; ``storage`` does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from branchbook.domain.recovery_code import RecoveryKey, Secret
    from branchbook.services.store import Book
    from branchbook.services.workshop import BackupResult, StepProgress


class OpensWith(StrEnum):
    """What an older copy opens with, that is not the book's present passphrase."""

    NOTHING = "nothing"
    FORMER = "former"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OlderCopy:
    """A file that holds this book as it was, and opens without the present passphrase.

    ``unfinished`` is one that a killed program left half-written.
    """

    path: Path
    size: int
    changed_at: datetime
    opens_with: OpensWith
    unfinished: bool = False

    @property
    def can_be_protected(self) -> bool:
        """Whether it can be read here, and so be written again under the present passphrase."""
        return not self.unfinished and self.opens_with is not OpensWith.UNKNOWN


class Locksmith(Protocol):
    """Keys of books: set, changed, taken away, written down, and what still opens without them."""

    def key_in_use(self, book: Book) -> RecoveryKey | None:
        """The key under which an open book stands, None where it has no passphrase."""
        ...

    def fits(self, book: Book, secret: Secret) -> bool:
        """Whether this passphrase, or these recovery groups, open an open book (as long as opening takes)."""
        ...

    def change(
        self,
        book: Book,
        passphrase: str | None,
        folder: Path,
        now: datetime,
        progress: StepProgress | None = None,
    ) -> BackupResult:
        """Put an open book under another passphrase (None: none), after a verified backup under it in ``folder``."""
        ...

    def older_copies(
        self, book: Book, folders: Iterable[Path], former: RecoveryKey | None = None
    ) -> tuple[OlderCopy, ...]:
        """Copies of the book in these folders that open without its present passphrase.

        ``former`` is the key before a change, with which copies can still be read and protected.
        """
        ...

    def protect_copy(self, book: Book, copy: OlderCopy, former: RecoveryKey | None = None) -> None:
        """Write a copy again under the book's present key, in its place, verified."""
        ...

    def delete_copy(self, book: Book, copy: OlderCopy, folders: Iterable[Path]) -> None:
        """Delete a copy for good. Refused unless a whole backup under the present key is in the folders."""
        ...

    def opens(self, path: Path, secret: Secret, salts: Sequence[str], folders: Iterable[Path]) -> bool:
        """Whether a secret opens a file, be it with a salt that is known and would have to be mended first."""
        ...

    def mend_salt(self, path: Path, secret: Secret, salts: Sequence[str], folders: Iterable[Path]) -> bool:
        """Mend a damaged salt by one that is known (``salts`` hexadecimal, or in manifests); True where it was."""
        ...

    def export_plain(self, book: Book, target: Path, progress: StepProgress | None = None) -> str:
        """Write everything as a plain SQLite file for archives; gives its SHA-256."""
        ...
