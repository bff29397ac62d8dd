"""The full check of a book's file, and what it holds in numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from branchbook.storage import driver, keys
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import NotABookProblem, of_disk_error, of_engine_error

_SHOWN = 20
"""How many findings of one kind are listed; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a book holds. ``last_meeting_on`` is the latest day of a record that is not a draft."""

    organisations: int = 0
    people: int = 0
    records: int = 0
    attachments: int = 0
    last_meeting_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a full check found. ``findings`` are Chinese sentences; none means that the file is whole."""

    path: Path
    size: int
    sha256: str
    protected: bool
    schema_version: int
    contents: Contents
    damaged_pages: tuple[int, ...]
    findings: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True when nothing at all was found."""
        return not self.findings


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(path: Path, passphrase: str | None = None) -> CheckReport:
    """Check every page, every index and every reference of a book without writing to it.

    Raises the Problem of :func:`~branchbook.storage.identify.find_key` when the file can't be opened at
    all; a file that opens and is damaged comes back as a report with findings. Not on the thread of an
    open transaction: reading the file's bytes would let go of its locks.
    """
    return verify_with_key(path, find_key(path, passphrase))


def verify_with_key(path: Path, key: BookKey) -> CheckReport:
    """As :func:`verify`, for a key that is known."""
    try:
        damaged = tuple(keys.damaged_pages(path, key))
        size, digest = path.stat().st_size, sha256_of(path)
    except OSError as error:
        raise of_disk_error(error, path) from error
    findings = _page_findings(damaged)
    version, contents = 0, Contents()
    try:
        connection = driver.open_connection(path, key, "ro")
        try:
            if driver.number(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
                raise NotABookProblem(path, "另一个程序的加密数据库")
            findings += _engine_findings(connection)
            version = driver.number(connection, "PRAGMA user_version")
            contents = contents_of(connection)
        finally:
            connection.close()
    except driver.engine_errors() as error:
        problem = of_engine_error(error, path)
        findings.append(problem.what if problem else f"数据库引擎读不下去：{error}")
    return CheckReport(path, size, digest, key.protected, version, contents, damaged, tuple(findings))


def _page_findings(damaged: tuple[int, ...]) -> list[str]:
    if not damaged:
        return []
    shown = "、".join(str(number) for number in damaged[:_SHOWN])
    more = " 等" if len(damaged) > _SHOWN else ""
    return [f"{len(damaged)} 页没有通过校验（第 {shown} 页{more}）"]


def _engine_findings(connection: driver.Connection) -> list[str]:
    """What the engine's three checks say: pages, structure and indexes, references between tables."""
    findings = [
        f"页面校验：{row[0]}" for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()
    ]
    return findings + structure_findings(connection) + content_findings(connection)


def structure_findings(connection: driver.Connection) -> list[str]:
    """Structure and indexes, and references between tables: what page checks can't see."""
    findings = []
    structure = connection.execute(f"PRAGMA integrity_check({_SHOWN})").fetchall()
    findings += [f"结构检查：{row[0]}" for row in structure if row[0] != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = "、".join(sorted({str(row[0]) for row in orphans}))
        findings.append(f"{len(orphans)} 行指向了不存在的内容（表 {tables}）")
    return findings


def content_findings(
    connection: driver.Connection, step: Callable[[int, int], None] | None = None
) -> list[str]:
    """Attachments whose bytes are not the ones that their hash names.

    Page checks can't see an older page that was put back into the file; a hash above the pages can. ``step``
    is told how many of how many were read.
    """
    if not _has_table(connection, "content"):
        return []
    keys_of_contents = [row[0] for row in connection.execute("SELECT sha256 FROM content").fetchall()]
    changed = 0
    for number, key in enumerate(keys_of_contents):
        if step is not None:
            step(number, len(keys_of_contents))
        row = connection.execute("SELECT bytes FROM content WHERE sha256 = ?", (key,)).fetchone()
        changed += row is None or hashlib.sha256(row[0]).hexdigest() != key
    return [f"{changed} 个附件的内容与登记的校验值不同"] if changed else []


def _has_table(connection: driver.Connection, table: str) -> bool:
    """Whether the book's version has this table."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def contents_of(connection: driver.Connection) -> Contents:
    """Count what a book holds; a table that its version does not have counts as none."""

    def count(table: str) -> int:
        return (
            driver.number(connection, f'SELECT count(*) FROM "{table}"')
            if _has_table(connection, table)
            else 0
        )

    last = None
    if _has_table(connection, "record"):
        row = connection.execute("SELECT max(held_on) FROM record WHERE state <> 'draft'").fetchone()
        last = date.fromisoformat(row[0]) if row and row[0] else None
    return Contents(count("organisation"), count("person"), count("record"), count("attachment"), last)
