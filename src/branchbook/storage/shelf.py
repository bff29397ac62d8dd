"""Books on disk as ``app`` hands them on: make, open, check, back up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from branchbook.domain.backups import BackupKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import Secret
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import create_book_file, open_book_file
from branchbook.storage.identify import find_key
from branchbook.storage.problems import WrongPassphraseProblem

if (
    TYPE_CHECKING
):  # opening a book is part of the program's start: backup and checks load when they are asked for
    from branchbook.services.copies import CopyComparison
    from branchbook.services.operations import Actor
    from branchbook.services.store import Book
    from branchbook.services.workshop import StepProgress
    from branchbook.storage.check import CheckReport
    from branchbook.storage.manifest import Backup
    from branchbook.storage.salvage import SalvageReport


class Shelf:
    """Implements ``services.workshop.BookShelf``. Stateless; each book belongs to its opener's thread."""

    def create(self, path: Path, holder: str, passphrase: str | None = None) -> StoredBook:
        """A new, empty book; refuses to write over a file that is there."""
        return StoredBook(create_book_file(path, passphrase, holder))

    def create_filled(
        self, path: Path, holder: str, fill: Callable[[Book], None], passphrase: str | None = None
    ) -> StoredBook:
        """A new book that ``fill`` writes into; where it fails there is no file. Quick, since only the end is kept."""
        from branchbook.storage.new_book import create_filled_file

        return StoredBook(create_filled_file(path, passphrase, holder, fill))

    def open(self, path: Path, passphrase: Secret | None, *, writable: bool, holder: str) -> StoredBook:
        """Open a book; an older one is upgraded when it may be written."""
        now = datetime.now()  # noqa: DTZ005 - names the backup before an upgrade, in the user's own time
        return StoredBook(open_book_file(path, passphrase, writable=writable, holder=holder, now=now))

    def needs_passphrase(self, path: Path) -> bool:
        """Whether a file opens only with a passphrase; other problems with the file are raised."""
        try:
            find_key(path, None)
        except WrongPassphraseProblem:
            return True
        return False

    def check(
        self, path: Path, passphrase: Secret | None = None, progress: StepProgress | None = None
    ) -> CheckReport:
        """A full check that writes nothing: pages, structure, references, history, values, attachments, index."""
        from branchbook.storage.check import verify_contents

        return verify_contents(path, find_key(path, passphrase), progress)

    def rebuild_index(self, book: Book) -> None:
        """Write the search index of an open book anew from its values."""
        if not isinstance(book, StoredBook):
            raise RefusedProblem("这本簿不在磁盘上，没有搜索索引", str(book.path))
        book.rebuild_search_index()

    def salvage(
        self,
        damaged: Path,
        target: Path,
        passphrase: Secret | None,
        actor: Actor,
        progress: StepProgress | None = None,
    ) -> SalvageReport:
        """Save what can be read of a damaged book into a new file; the damaged one is only read."""
        from branchbook.storage.salvage import salvage_book

        return salvage_book(damaged, target, passphrase, actor, progress)

    def compare(
        self,
        first: Path,
        second: Path,
        first_passphrase: Secret | None = None,
        second_passphrase: Secret | None = None,
    ) -> CopyComparison:
        """Compare two copies of a book, which are only read."""
        from branchbook.services.copies import compare_copies

        books = []
        try:
            books.append(StoredBook(open_book_file(first, first_passphrase, writable=False)))
            books.append(StoredBook(open_book_file(second, second_passphrase, writable=False)))
            one, other = books
            with one.reading() as first_reading, other.reading() as second_reading:
                return compare_copies(first_reading, second_reading, one.history(), other.history())
        finally:
            for book in books:
                book.close()

    def back_up(
        self,
        book: Book,
        folder: Path,
        now: datetime,
        progress: StepProgress | None = None,
        kind: BackupKind = BackupKind.ROUTINE,
    ) -> Backup:
        """A verified copy of an open book in ``folder``; any kind but a routine one is pinned."""
        from branchbook.storage.backup import backup_book

        if not isinstance(book, StoredBook):
            raise RefusedProblem("这本簿不在磁盘上，不能备份", str(book.path))
        file = book.file
        held = file.lock is not None
        return backup_book(file.connection, file.path, folder, file.key, now, progress, kind, held=held)

    def backups_in(self, folder: Path) -> tuple[Backup, ...]:
        """The backups with a manifest in a folder, the latest first."""
        from branchbook.storage.manifest import Backup, manifests_in

        found = [Backup(path, manifest) for path, manifest in manifests_in(folder)]
        return tuple(sorted(found, key=lambda each: (each.created_at, each.path.name), reverse=True))
