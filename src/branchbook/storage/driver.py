"""Plain connections to a book's file: sqlcipher3 opened, keyed and set up the same way everywhere.

The only module that names the driver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, Protocol

from branchbook.storage.keys import BookKey
from branchbook.storage.problems import DamagedBookProblem, of_engine_error

APPLICATION_ID = 0x4272426B
"""``PRAGMA application_id`` of every book: the letters BrBk."""

BUSY_MILLISECONDS = 3000
"""How long a statement waits for another program's commit before it gives up."""

Mode = Literal["ro", "rw", "rwc"]


class Cursor(Protocol):
    """What we use of a DB-API cursor."""

    lastrowid: int

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left."""
        ...

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row."""
        ...

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """The rows one after the other."""
        ...


class Connection(Protocol):
    """What we use of a connection of sqlcipher3."""

    isolation_level: str | None

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, statement: str, parameters: Iterable[Sequence[Any]], /) -> Cursor:
        """Run one statement for each row."""
        ...

    def commit(self) -> None:
        """End the transaction and keep what it wrote."""
        ...

    def rollback(self) -> None:
        """End the transaction, if the engine has not ended it already, and take back what it wrote."""
        ...

    def backup(
        self, target: Connection, *, pages: int = -1, progress: Callable[[int, int, int], None] | None = None
    ) -> None:
        """The engine's online backup; ``progress`` gets status, pages left and pages in all."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


def module() -> ModuleType:
    """The driver's DB-API module."""
    import sqlcipher3.dbapi2 as driver

    found: ModuleType = driver
    return found


def engine_errors() -> tuple[type[Exception], ...]:
    """The driver's base error, for ``except`` clauses."""
    return (module().Error,)


def integrity_errors() -> tuple[type[Exception], ...]:
    """The driver's error for a broken constraint, for ``except`` clauses."""
    return (module().IntegrityError,)


def connect(path: Path, mode: Mode) -> Connection:
    """An unkeyed connection in which every BEGIN is ours; it may be used on this thread only.

    The path goes in as a percent-encoded URI: it may hold ``?``, ``#``, ``%`` and Chinese.
    """
    location = path.absolute().as_uri()
    opened: Connection = module().connect(f"{location}?mode={mode}", uri=True, isolation_level=None)
    return opened


def settle(connection: Connection) -> None:
    """Per-connection settings: foreign keys, rollback journal, full synchronisation, patience, a mute log.

    The journal stays a rollback journal: a WAL book can't be read from a read-only stick, and a copied
    one loses commits. Nothing here writes to an existing book, so a read-only one takes them too.
    """
    connection.isolation_level = None
    for pragma in (
        "cipher_log_level = NONE",
        f"busy_timeout = {BUSY_MILLISECONDS}",  # before what reads the file
        "foreign_keys = ON",
        "journal_mode = DELETE",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def hurry(connection: Connection) -> None:
    """Settings for a file that only this program knows and that is thrown away when it is not finished.

    A commit neither waits for the disk nor writes a journal file; an operation that fails is still rolled back.
    """
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def open_connection(path: Path, key: BookKey, mode: Mode) -> Connection:
    """A keyed and settled connection. The driver's own errors come through unchanged."""
    connection = connect(path, mode)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key.pragma}"')
        settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: Connection, *, writes: bool = False) -> Iterator[None]:
    """All or nothing of what the block does. A writer says so, so that a busy book is noticed at the beginning.

    The driver's own implicit BEGIN would leave DDL outside and take the write lock late; this one does not.
    """
    connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def is_damage(error: BaseException) -> bool:
    """Whether the engine's error says that the file is damaged, and not that it is busy or full."""
    return isinstance(of_engine_error(error, Path()), DamagedBookProblem)


@contextmanager
def nobody_commits(connection: Connection) -> Iterator[None]:
    """While the block reads the file's bytes no other program writes them: a reader's lock is held.

    The system gives the lock up when the block closes the file, so nothing else belongs into it. A file too damaged
    for the engine to read is read without the lock. Raises the engine's other errors: the file is busy.
    """
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except engine_errors() as error:
        if not is_damage(error):
            connection.rollback()
            raise
    try:
        yield
    finally:
        connection.rollback()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors about the file (full, busy, read-only, damaged) into Problems; others pass unchanged."""
    try:
        yield
    except engine_errors() as error:
        if problem := of_engine_error(error, path):
            raise problem from error
        raise


def file_of(connection: Connection) -> Path:
    """The file that a connection has open."""
    row = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    return Path(row[0] if row else "")


def number(connection: Connection, statement: str, parameters: Sequence[Any] = ()) -> int:
    """The single integer that a PRAGMA or SELECT returns; 0 where there is none."""
    row = connection.execute(statement, parameters).fetchone()
    return int(row[0] or 0) if row else 0
