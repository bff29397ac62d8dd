"""The one row that says what the book holds beyond its values: where the history ends, and which loose rows there are.

Loose rows (papers printed, drafts) are no part of the history. Of each of these tables the row keeps a sum over
the hashes of its rows: a row more, less or other than the program left shows, also one that an older page of the
file brought back, which passes every check of pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from branchbook.storage.driver import Connection
from branchbook.storage.statements import delete_by, insert_row, listed, places

LOOSE_TABLES = ("printed_paper", "draft")
"""Tables whose rows the sums cover; each has its sum in the column of its name."""

NOTHING = "0" * 64
"""The sum over no rows, and what stands before the first operation."""

_MODULUS = 1 << 256
_COLUMNS = ("number", "chain", *LOOSE_TABLES)
_STATE = f"SELECT {listed(_COLUMNS)} FROM book_state"
FIRST_STATE = (
    f"INSERT INTO book_state (line, {listed(_COLUMNS)}) VALUES (0, 0, '{NOTHING}', '{NOTHING}', '{NOTHING}')"
)


@dataclass(frozen=True, slots=True)
class BookState:
    """The number and hash of the last operation; the sums over printed papers and over drafts (64 hex digits)."""

    number: int
    chain: str
    printed_paper: str
    draft: str


def read(connection: Connection) -> BookState:
    """The book's state; that of an empty book where the row is missing."""
    row = connection.execute(_STATE).fetchone()
    return BookState(*row) if row else BookState(0, NOTHING, NOTHING, NOTHING)


def put_loose_row(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert or replace a printed paper or a draft by its ``id``."""
    total = _total(connection, table) - _removed(connection, table, [row["id"]])
    insert_row(connection, table, row)
    _keep_total(connection, table, total + _hash(tuple(row), tuple(row.values())))


def drop_loose_row(connection: Connection, table: str, row_id: str) -> None:
    """Delete one of them; nothing happens where it is not there."""
    total = _total(connection, table)
    _keep_total(connection, table, total - _removed(connection, table, [row_id]))


def sum_of_rows(connection: Connection, table: str) -> str:
    """The sum over the rows that a loose table has now, one row at a time."""
    names = _names(connection, table)
    total = sum(_hash(names, row) for row in connection.execute(f"SELECT {listed(names)} FROM {table}"))
    return f"{total % _MODULUS:064x}"


def fill_sums(connection: Connection) -> None:
    """Compute the sums of a book that has none yet (an upgrade does)."""
    for table in LOOSE_TABLES:
        connection.execute(f"UPDATE book_state SET {table} = ?", (sum_of_rows(connection, table),))


def _total(connection: Connection, table: str) -> int:
    row = connection.execute(f"SELECT {table} FROM book_state").fetchone()
    return int(row[0], 16) if row else 0


def _keep_total(connection: Connection, table: str, total: int) -> None:
    connection.execute(f"UPDATE book_state SET {table} = ?", (f"{total % _MODULUS:064x}",))


def _removed(connection: Connection, table: str, ids: Sequence[str]) -> int:
    """Delete rows; the sum over what they were."""
    names = _names(connection, table)
    sql = f"SELECT {listed(names)} FROM {table} WHERE id IN ({places(ids)})"
    rows = connection.execute(sql, tuple(ids)).fetchall()
    if rows:
        delete_by(connection, table, "id", ids)
    return sum(_hash(names, row) for row in rows)


def _names(connection: Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))


def _hash(names: Sequence[str], cells: Sequence[Any]) -> int:
    """A number from the cells under their names, in any order of the columns; empty cells count as none.

    So a column that a later version adds leaves the sums of older rows as they are.
    """
    digest = hashlib.sha256()
    for name, cell in sorted(zip(names, cells, strict=True)):
        if cell not in (None, ""):
            content = str(cell).encode("utf-8", "surrogatepass")
            digest.update(f"{name}={len(content)}:".encode() + content)
    return int.from_bytes(digest.digest(), "big")
