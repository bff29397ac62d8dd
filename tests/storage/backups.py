"""Backups for the tests of what is done with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from branchbook.domain.backups import BackupKind
from branchbook.domain.history import OperationHead
from branchbook.domain.people import Person
from branchbook.storage import driver, keys
from branchbook.storage.backup import backup_book
from branchbook.storage.book import StoredBook
from branchbook.storage.manifest import Backup

NOW = datetime(2026, 11, 24, 15, 30, 12, tzinfo=UTC)


def back_up(
    book: StoredBook, folder: Path, now: datetime = NOW, kind: BackupKind = BackupKind.ROUTINE
) -> Backup:
    return backup_book(book.file.connection, book.path, folder, book.file.key, now, kind=kind)


def add_person(book: StoredBook, name: str = "孙示例") -> Person:
    """One more operation in the book."""
    person = Person(uuid4(), name)
    with book.writing(OperationHead(uuid4(), NOW, "试用员", "添加人员")) as writing:
        writing.put(person)
    return person


def rows_of(path: Path, key: keys.BookKey = keys.OPEN) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a file holds, table by table."""
    connection = driver.open_connection(path, key, "ro")
    names = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    ]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(names)}
    connection.close()
    return found


def damage(path: Path, at: int | None = None) -> None:
    """Flip one bit, in the middle of the file where no place is given."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    path.write_bytes(content)
