"""Keys of books as ``app`` hands them on: implements ``services.locksmith.Locksmith``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hmac import compare_digest
from pathlib import Path

from branchbook.domain.backups import BackupKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import RecoveryKey, Secret
from branchbook.services.locksmith import OlderCopy
from branchbook.services.store import Book
from branchbook.services.workshop import StepProgress
from branchbook.storage import keys
from branchbook.storage.backup import backup_book
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import BookFile
from branchbook.storage.keys import BookKey
from branchbook.storage.manifest import Backup
from branchbook.storage.older_copies import delete_copy, older_copies, protect_copy
from branchbook.storage.plain_export import export_plain
from branchbook.storage.rekey import rekey_book
from branchbook.storage.salts import known_salts, mend_salt, right_salt, salts_of


class BookLocksmith:
    """Stateless; every call about an open book is made on that book's thread."""

    def key_in_use(self, book: Book) -> RecoveryKey | None:
        """The key under which an open book stands, None where it has no passphrase."""
        if not isinstance(book, StoredBook):
            return None
        key = book.file.key
        return RecoveryKey(key.key, key.salt) if key.protected else None

    def fits(self, book: Book, secret: Secret) -> bool:
        """Derive the key anew and compare, in the same time whatever differs."""
        key = _file_of(book).key
        return compare_digest(keys.key_of(secret, key.salt).key, key.key)

    def change(
        self,
        book: Book,
        passphrase: str | None,
        folder: Path,
        now: datetime,
        progress: StepProgress | None = None,
    ) -> Backup:
        """First a verified backup under the new key, then the book: where the backup fails, nothing has changed."""
        file = _file_of(book)
        key = keys.new_key(passphrase)
        kind = BackupKind.PRE_REKEY
        made = backup_book(file.connection, file.path, folder, key, now, progress, kind, source_key=file.key)
        rekey_book(file, key, progress)
        return made

    def older_copies(
        self, book: Book, folders: Iterable[Path], former: RecoveryKey | None = None
    ) -> tuple[OlderCopy, ...]:
        """Copies that open without the book's present passphrase; none where it has none."""
        file = _file_of(book)
        return older_copies(file, folders, _key_of(former)) if file.key.protected else ()

    def protect_copy(self, book: Book, copy: OlderCopy, former: RecoveryKey | None = None) -> None:
        """Write a copy again under the book's key."""
        protect_copy(_file_of(book), copy, _key_of(former))

    def delete_copy(self, book: Book, copy: OlderCopy, folders: Iterable[Path]) -> None:
        """Delete a copy for good."""
        delete_copy(_file_of(book), copy, folders)

    def opens(self, path: Path, secret: Secret, salts: Sequence[str], folders: Iterable[Path]) -> bool:
        """Any page decides: what is wrong with the others is said when the file is opened."""
        known = (*salts_of(salts), *known_salts([*folders, path.parent]))
        return right_salt(path, secret, (keys.read_salt(path), *known)) is not None or (
            keys.any_page_verifies(path, keys.key_of(secret, keys.read_salt(path)))
        )

    def mend_salt(self, path: Path, secret: Secret, salts: Sequence[str], folders: Iterable[Path]) -> bool:
        """Mend a damaged salt by one from the settings, or from a manifest in the folders or beside the book."""
        known = (*salts_of(salts), *known_salts([*folders, path.parent]))
        return mend_salt(path, secret, known)

    def export_plain(self, book: Book, target: Path, progress: StepProgress | None = None) -> str:
        """A plain SQLite file; gives its SHA-256."""
        return export_plain(_file_of(book), target, progress)


def _file_of(book: Book) -> BookFile:
    if not isinstance(book, StoredBook):
        raise RefusedProblem("这本簿不在磁盘上，没有口令可以设置", str(book.path))
    return book.file


def _key_of(recovery: RecoveryKey | None) -> BookKey | None:
    return None if recovery is None else BookKey(recovery.key, recovery.salt)
