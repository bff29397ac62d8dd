"""A book's file, open: its key, its connection, its lock, and whether it may be written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from branchbook.domain.recovery_code import Secret
from branchbook.storage import driver, keys
from branchbook.storage.driver import Connection, transaction, translated
from branchbook.storage.file_lock import FileLock
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey, PageCheck, new_key
from branchbook.storage.migrations import SCHEMA_VERSION, STEPS, Step
from branchbook.storage.problems import (
    DamagedBookProblem,
    NewerBookProblem,
    NotABookProblem,
    OlderBookProblem,
    ReadOnlyPlaceProblem,
    WouldOverwriteProblem,
    of_disk_error,
)
from branchbook.storage.schema import create_schema
from branchbook.storage.unfinished import remove_leftovers

CHECKED_AT_OPEN = 64 << 20
"""Bytes of a book whose pages are checked when it is opened: a quarter of a second."""

_END = (
    "SELECT book_state.chain, (SELECT chain FROM operation ORDER BY number DESC LIMIT 1) FROM book_state"
    " WHERE book_state.number > 0"
)


_FOREIGN = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
"""What would act by itself when the program reads or writes; the program makes neither."""


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
    passphrase: Secret | None = None,
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
        if lock is not None:
            remove_leftovers(path)
        kept = _bring_up_to_date(path, key, lock is not None, now, steps)
        with translated(path):
            connection = driver.open_connection(path, key, "rw" if lock is not None else "ro")
        try:
            check_at_open(path, key, connection)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return BookFile(path, key, connection, lock, kept)


def check_at_open(path: Path, key: BookKey, connection: Connection) -> None:
    """What costs next to nothing: pages of a book of usual size, its length, and the end of the history.

    The engine gives zeros without complaint for a damaged page that is the last which a statement reads; so pages
    are checked here, all of a book up to ``CHECKED_AT_OPEN`` bytes and the first of a larger one. Raises
    DamagedBookProblem. The rest is for verify.
    """
    check, most = PageCheck(key), CHECKED_AT_OPEN // keys.PAGE_SIZE
    with translated(path), driver.nobody_commits(connection):
        size = path.stat().st_size
        said = _said(connection)
        pages = keys.pages_of(path)
        bad = [number for number, page in islice(pages, most) if not check.verifies(number, page)]
        pages.close()
    if bad:
        raise DamagedBookProblem(
            path, f"{len(bad)} 页没有通过校验（第 {bad[0]} 页{'等' if bad[1:] else ''}）"
        )
    if said is None or size != said.pages * keys.PAGE_SIZE:
        raise DamagedBookProblem(path, "文件的长度与它自己记下的不符")
    if said.foreign:
        raise DamagedBookProblem(path, f"里面有不是本程序建立的触发器或视图（{said.foreign}）")
    if said.end != said.end_kept:
        raise DamagedBookProblem(path, "操作记录的末尾与簿里记下的不符，可能混入了从前的内容")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a book says of itself: its pages, where the history ends in either place, a trigger or view."""

    pages: int
    end_kept: str | None
    end: str | None
    foreign: str


def _said(connection: Connection) -> _Said | None:
    """None where a damaged page keeps the engine from answering."""
    try:
        pages = driver.number(connection, "PRAGMA page_count")
        kept, end = connection.execute(_END).fetchone() or (None, None)
        foreign = connection.execute(_FOREIGN).fetchone()
    except driver.engine_errors() as error:
        if not driver.is_damage(error):
            raise
        return None
    return _Said(pages, kept, end, foreign[0] if foreign else "")


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
