"""A damaged book's file as something that can still be read: what is on whole pages, by whatever way leads there.

All of it happens on a working copy; the damaged file itself is only read. A page that fails its check makes the
engine stop wherever it meets it, so tables are read from both ends and by number, and values by their ids.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from branchbook.domain.recovery_code import Secret
from branchbook.storage import driver, keys
from branchbook.storage.driver import Connection
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import DamagedBookProblem, MissingBookProblem, WrongPassphraseProblem
from branchbook.storage.schema import create_schema

_MOST_PROBED = 200_000
"""Rows looked for one by one between those that can be read from either end of a table."""

_TABLES = "SELECT count(*), max(rootpage) FROM sqlite_master"


class NoRow(Exception):  # noqa: N818 - says what was met, and is always caught
    """What was asked for stands on a page that cannot be read."""


def key_of_damaged(path: Path, passphrase: Secret | None) -> BookKey:
    """The key under which any page of the file verifies. Raises the Problem where there is none."""
    if not path.is_file():
        raise MissingBookProblem(path)
    candidates = [keys.OPEN]
    if passphrase is not None:
        candidates.append(keys.key_of(passphrase, keys.read_salt(path)))
    for key in candidates:
        if keys.any_page_verifies(path, key):
            return key
    raise WrongPassphraseProblem(path, given=passphrase is not None)


class DamagedSource:
    """Rows of a working copy of a damaged book; every question may answer with less than there was."""

    def __init__(self, path: Path, key: BookKey, copy: Path) -> None:
        """Make the working copy ``copy`` and open it. Raises a Problem where not even the list of tables is left."""
        self._key = key
        self._copy = copy
        shutil.copyfile(path, copy)
        journal = path.with_name(path.name + "-journal")
        if journal.exists():
            shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
        with copy.open("r+b") as file:
            file.truncate(max(copy.stat().st_size // keys.PAGE_SIZE, 1) * keys.PAGE_SIZE)
        self.damaged_pages = tuple(keys.damaged_pages(copy, key))
        if not self._lists_its_tables():
            self._lend_pages()
        if not self._lists_its_tables():
            raise DamagedBookProblem(path, "连簿的目录页也读不出，无法从这个文件抢救")
        self._connection = self._open()

    def close(self) -> None:
        """Close and remove the working copy."""
        if connection := getattr(self, "_connection", None):
            connection.close()
        for leftover in (self._copy, self._copy.with_name(self._copy.name + "-journal")):
            leftover.unlink(missing_ok=True)

    @property
    def connection(self) -> Connection:
        """For whoever loads values by id, takes the engine's errors as an answer, and then calls ``reopen``."""
        return self._connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement. Raises NoRow where a page on the way cannot be read, or there is no such table."""
        try:
            found = self._connection.execute(sql, parameters).fetchall()
            self.confirm()
        except driver.engine_errors() as error:
            self.reopen()
            raise NoRow from error
        return found

    def confirm(self) -> None:
        """Raise the engine's error if what was read last met a damaged page.

        The engine gives zeros for such a page where it is the last that a statement reads, and complains only when
        it reads the next one: so it is made to read one.
        """
        self._connection.execute("PRAGMA shrink_memory").fetchall()
        self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()

    def reopen(self) -> None:
        """After an error: the engine gives nothing more on a connection that has met a damaged page."""
        self._connection.close()
        self._connection = self._open()

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, as the book's version has them; none where there is no such table."""
        return tuple(str(row[1]) for row in self.rows(f"PRAGMA table_info({table})"))

    def number(self, sql: str) -> int:
        """A single number; 0 where it cannot be read."""
        with contextlib.suppress(NoRow):
            for row in self.rows(sql):
                return int(row[0] or 0)
        return 0

    def scan(self, table: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Every row of a table (one with row numbers) that can be reached, in any order, each once."""
        columns = ", ".join(f'"{name}"' for name in names)
        first, whole = 0, True
        for row in self._until_damage(f"SELECT rowid, {columns} FROM {table} NOT INDEXED ORDER BY rowid"):
            if row is None:
                whole = False
            else:
                first = row[0]
                yield row[1:]
        if whole:
            return
        backwards = (
            f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > {first} ORDER BY rowid DESC"
        )
        last = first
        for row in self._until_damage(backwards):
            if row is not None:
                last = row[0]
                yield row[1:]
        one = f"SELECT {columns} FROM {table} NOT INDEXED WHERE rowid = ?"
        for number in range(first + 1, min(last, first + _MOST_PROBED)):
            with contextlib.suppress(NoRow):
                yield from self.rows(one, (number,))

    def ids(self, entity: str, key: str) -> list[str]:
        """The ids of all values of a kind to which any way leads: the table, its index, and the search's entries."""
        found: dict[Any, None] = dict.fromkeys(row[0] for row in self.scan(entity, (key,)))
        ways = [f'SELECT "{key}" FROM {entity} ORDER BY "{key}" {order}' for order in ("ASC", "DESC")]
        ways += [
            f"SELECT entity_id FROM search_entry WHERE entity = '{entity}' ORDER BY entity_id {order}"
            for order in ("ASC", "DESC")
        ]
        for way in ways:
            found.update((row[0], None) for row in self._until_damage(way) if row is not None)
        return [each for each in found if isinstance(each, str)]

    def content(self, sha256: str) -> bytes | None:
        """The bytes of an attachment, proved by their hash; None where they cannot be reached."""
        with contextlib.suppress(NoRow):
            for (found,) in self.rows("SELECT bytes FROM content WHERE sha256 = ?", (sha256,)):
                if hashlib.sha256(found).hexdigest() == sha256:
                    return bytes(found)
        return None

    def rows_anywhere(self, table: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Rows of a table whose way from its top is damaged: each whole page is tried as a table of its own.

        Rows come more than once, also such as stood on pages that are no longer used: only for tables whose rows
        are never changed or prove themselves. Cells may be anything, where a page is another table's.
        """
        damaged = frozenset(self.damaged_pages)
        select = f"SELECT {', '.join(names)} FROM {table} NOT INDEXED"
        for page in range(2, self._copy.stat().st_size // keys.PAGE_SIZE + 1):
            if page not in damaged:
                yield from self._rows_on(page, table, select)

    def contents_anywhere(self, wanted: frozenset[str]) -> Iterator[tuple[str, bytes]]:
        """Attachments whose bytes cannot be reached from the table's top, proved by their hashes."""
        left = set(wanted)
        for sha256, found in self.rows_anywhere("content", ("sha256", "bytes")) if left else ():
            if sha256 in left and isinstance(found, bytes) and hashlib.sha256(found).hexdigest() == sha256:
                left.discard(sha256)
                yield sha256, found
                if not left:
                    return

    def _rows_on(self, page: int, table: str, select: str) -> list[tuple[Any, ...]]:
        """The rows of a page as if the table began there; none where it is a page of something else."""
        connection = self._open()
        found = []
        try:
            connection.execute("BEGIN")
            connection.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (page, table))
            connection.execute("PRAGMA writable_schema = RESET")  # reads the list of tables anew
            found = list(connection.execute(select))
            connection.execute("PRAGMA shrink_memory").fetchall()
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
            return found
        except driver.engine_errors():
            return []
        finally:
            connection.close()

    def _until_damage(self, sql: str) -> Iterator[tuple[Any, ...] | None]:
        """Rows as far as they come; None at the end where it was damage that ended them."""
        try:
            before = None
            for row in self._connection.execute(sql):
                if before is not None:
                    yield before
                before = row
            self.confirm()
            if before is not None:
                yield before
        except driver.engine_errors():
            self.reopen()
            yield None

    def _open(self) -> Connection:
        """With the engine's leave to go on where the file is shorter than it says."""
        connection = driver.connect(self._copy, "rw")
        for pragma in ("cipher_log_level = NONE", f'key = "{self._key.pragma}"', "writable_schema = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def _lists_its_tables(self) -> bool:
        connection = None
        try:
            connection = self._open()
            return driver.number(connection, _TABLES) > 0
        except driver.engine_errors():
            return False
        finally:
            if connection is not None:
                connection.close()

    def _lend_pages(self) -> None:
        """Put pages of an empty book of this version in the place of damaged ones until the tables are listed.

        The first pages of every book of one version say the same: where each table begins.
        """
        lent = self._copy.with_name(self._copy.name + ".empty")
        try:
            count = self._make_empty(lent)
            for page in self.damaged_pages:
                if page <= count:
                    self._replace(page, lent)
                    if self._lists_its_tables():
                        return
        finally:
            lent.unlink(missing_ok=True)

    def _make_empty(self, path: Path) -> int:
        """An empty book as large as the copy under the same key; the number of pages that its tables take."""
        path.unlink(missing_ok=True)
        connection = driver.open_connection(path, self._key, "rwc")
        try:
            driver.hurry(connection)
            with driver.transaction(connection, writes=True):
                create_schema(connection)
            own = driver.number(connection, "PRAGMA page_count")
            missing = self._copy.stat().st_size // keys.PAGE_SIZE - own
            if missing > 0:
                filler = missing * (keys.PAGE_SIZE - keys.HMAC_SIZE - keys.SALT_SIZE - 4)
                connection.execute("INSERT INTO content VALUES ('', zeroblob(?))", (filler,))
            return own
        finally:
            connection.close()

    def _replace(self, page: int, lent: Path) -> None:
        start = (page - 1) * keys.PAGE_SIZE
        with lent.open("rb") as source, self._copy.open("r+b") as target:
            source.seek(start)
            target.seek(start)
            target.write(source.read(keys.PAGE_SIZE))
