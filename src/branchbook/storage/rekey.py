"""Another key for an open book: written as a verified copy, which then takes the book's place in one step.

The engine's own rekeying rewrites every page in place under one journal. A copy costs room for a second file, and in
return there is at every moment one whole book under one key at the book's path, whatever is killed or cut off when.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from branchbook.storage import driver
from branchbook.storage.book_file import BookFile
from branchbook.storage.check import CheckReport
from branchbook.storage.copy_check import Progress
from branchbook.storage.copying import copy_book, flush
from branchbook.storage.driver import Connection
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import BackupFailedProblem, ReadOnlyPlaceProblem, of_disk_error
from branchbook.storage.unfinished import fresh_name


def rekey_book(file: BookFile, key: BookKey, progress: Progress | None = None) -> CheckReport:
    """Put the open book under another key; ``file`` has a new connection afterwards, and goes on being open.

    Raises a Problem for a read-only book, a full disk, a copy that fails its check, or where the file can't be
    replaced; the book is then as it was, open under its old key.
    """
    if file.read_only:
        raise ReadOnlyPlaceProblem(file.path)
    path = file.path.resolve()
    fresh = fresh_name(path)
    fresh.unlink(missing_ok=True)
    try:
        report = copy_book(file.connection, fresh, key, progress, source_key=file.key)
        _compare(file.connection, fresh, key)
        _put_in_place(file, fresh, path, key)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    return report


def _put_in_place(file: BookFile, fresh: Path, path: Path, key: BookKey) -> None:
    """Close, replace, open: under the new key where it was replaced, else under the old one again."""
    file.connection.close()
    try:
        shutil.copymode(path, fresh)
        fresh.replace(path)
        file.key = key
        flush(path.parent)
    except OSError as error:
        raise of_disk_error(error, path) from error
    finally:
        with driver.translated(path):
            file.connection = driver.open_connection(file.path, file.key, "rw")


def _compare(source: Connection, fresh: Path, key: BookKey) -> None:
    """The same tables with as many rows in each, beyond the check of every page that the copy has passed."""
    copy = driver.open_connection(fresh, key, "ro")
    try:
        if _row_counts(source) != _row_counts(copy):
            raise BackupFailedProblem(fresh, "新文件里的行数与原来的不同")
    finally:
        copy.close()


def _row_counts(connection: Connection) -> dict[str, int]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [str(row[0]) for row in connection.execute(sql).fetchall()]
    return {name: driver.number(connection, f'SELECT count(*) FROM "{name}"') for name in names}
