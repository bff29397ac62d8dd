"""A book that is filled before it becomes one: the example, and whatever else is made in one go.

Nobody can lose what nobody has been told is kept. So such a book is written under a temporary name
without waiting for the disk after every operation, brought to the disk once at the end, and then given its
name. A failure, a crash or a power cut before that leaves no book, at most a file that the next try removes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from branchbook.storage import driver
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import BookFile, write_schema
from branchbook.storage.copying import flush, part_name
from branchbook.storage.file_lock import FileLock
from branchbook.storage.keys import BookKey, new_key
from branchbook.storage.problems import WouldOverwriteProblem, of_disk_error


def create_filled_file(
    path: Path, passphrase: str | None, holder: str, fill: Callable[[StoredBook], None]
) -> BookFile:
    """Make a book at ``path``, let ``fill`` write into it, and open it for writing; an existing file is refused.

    What ``fill`` raises comes through, and then there is no file. The lock is held from the beginning on.
    """
    if path.exists():
        raise WouldOverwriteProblem(path)
    lock = FileLock(path)
    lock.acquire(holder)
    key = new_key(passphrase)
    part = part_name(path)
    try:
        _remove(part)
        _write(path, part, key, lock, fill)
        _take_its_place(part, path)
        connection = driver.open_connection(path, key, "rw")
    except BaseException:
        _remove(part)
        lock.release()
        raise
    return BookFile(path, key, connection, lock)


def _write(path: Path, part: Path, key: BookKey, lock: FileLock, fill: Callable[[StoredBook], None]) -> None:
    """Write into ``part``; whatever goes wrong is told of ``path``, the only name that the user knows."""
    with driver.translated(path):
        connection = driver.open_connection(part, key, "rwc")
    try:
        driver.hurry(connection)
        write_schema(connection, path)
        fill(StoredBook(BookFile(path, key, connection, lock)))
    finally:
        connection.close()  # not BookFile.close: the lock is the finished book's and stays held


def _take_its_place(part: Path, path: Path) -> None:
    try:
        flush(part)
        part.rename(path)
        flush(path.parent)
    except OSError as error:
        raise of_disk_error(error, path) from error


def _remove(part: Path) -> None:
    for leftover in (part, part.with_name(part.name + "-journal")):
        with contextlib.suppress(OSError):
            leftover.unlink(missing_ok=True)
