"""A book's file, open: its key, its connection, its lock, and whether it may be written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from branchbook.storage import driver
from branchbook.storage.driver import Connection, transaction, translated
from branchbook.storage.file_lock import FileLock
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey, new_key
from branchbook.storage.migrations import SCHEMA_VERSION, STEPS, Step
from branchbook.storage.problems import (
    NewerBookProblem,
    NotABookProblem,
    OlderBookProblem,
    ReadOnlyPlaceProblem,
    WouldOverwriteProblem,
    of_disk_error,
)
from branchbook.storage.schema import create_schema


@dataclass
class BookFile:
    """Everything that belongs to one open file. Made, used and closed on one thread.

    ``lock`` is None when the book was opened for reading only. ``kept_before_upgrade`` names the backup
    that an upgrade at opening left.
    """

    path: Path
    key: BookKey
    connection: Connection
    lock: FileLock | None
    kept_before_upgrade: Path | None = None

    @property
    def read_only(self) -> bool:
        """True when nothing can be written."""
        return self.lock is None

    def close(self) -> None:
        """Close the connection, then give the lock back; may be called twice."""
        self.connection.close()
        if self.lock is not None:
            self.lock.release()


def create_book_file(path: Path, passphrase: str | None = None, holder: str = "") -> BookFile:
    """Make a new, empty book at ``path`` and open it for writing; an existing file is refused.

    A book that can't be finished (full disk) is removed again.
    """
    if path.exists():
        raise WouldOverwriteProblem(path)
    lock = FileLock(path)
    lock.acquire(holder)
    key = new_key(passphrase)
    try:
        connection = _new_connection(path, key)
    except BaseException:
        for leftover in (path, path.with_name(path.name + "-journal")):
            leftover.unlink(missing_ok=True)
        lock.release()
        raise
    return BookFile(path, key, connection, lock)


def _new_connection(path: Path, key: BookKey) -> Connection:
    with translated(path):
        connection = driver.open_connection(path, key, "rwc")
        try:
            write_schema(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def write_schema(connection: Connection, path: Path) -> None:
    """Make the tables of an empty book, in one transaction."""
    with translated(path), transaction(connection, writes=True):
        create_schema(connection)


def open_book_file(
    path: Path,
    passphrase: str | None = None,
    *,
    writable: bool = True,
    holder: str = "",
    now: datetime | None = None,
    steps: Sequence[Step] = STEPS,
    key: BookKey | None = None,
) -> BookFile:
    """Open a book, by its passphrase or by a key that is known. ``writable`` takes the lock; where the place
    can't be written it opens read-only.

    An older book is upgraded when it is opened for writing and ``now`` (for the kept backup's name) is
    given. Raises the Problem that says what is wrong with the file, or who holds it.
    """
    key = key or find_key(path, passphrase)
    lock = _lock(path, holder) if writable else None
    try:
        kept = _bring_up_to_date(path, key, lock is not None, now, steps)
        with translated(path):
            connection = driver.open_connection(path, key, "rw" if lock is not None else "ro")
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return BookFile(path, key, connection, lock, kept)


def _lock(path: Path, holder: str) -> FileLock | None:
    """The lock, or None where the file or its folder can't be written."""
    if not os.access(path, os.W_OK):
        return None
    lock = FileLock(path)
    try:
        lock.acquire(holder)
    except ReadOnlyPlaceProblem:
        return None
    return lock


def _bring_up_to_date(
    path: Path, key: BookKey, writable: bool, now: datetime | None, steps: Sequence[Step]
) -> Path | None:
    """Check that this is a book of a version we know, and upgrade an older one; the kept backup's path."""
    found = _schema_version(path, key, writable)
    if found > SCHEMA_VERSION:
        raise NewerBookProblem(path, found, SCHEMA_VERSION)
    if found == SCHEMA_VERSION:
        return None
    if not writable or now is None:
        raise OlderBookProblem(path, found, SCHEMA_VERSION)
    from branchbook.storage.migrations.upgrade import upgrade_book

    return upgrade_book(path, key, found, SCHEMA_VERSION, steps, now).kept


def _schema_version(path: Path, key: BookKey, writable: bool) -> int:
    """The version in the header; undoes an interrupted commit on the way when it may write."""
    try:
        with translated(path):
            connection = driver.open_connection(path, key, "rw" if writable else "ro")
            try:
                if driver.number(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
                    raise NotABookProblem(path, "另一个程序的加密数据库")
                return driver.number(connection, "PRAGMA user_version")
            finally:
                connection.close()
    except OSError as error:
        raise of_disk_error(error, path) from error
