"""The full check of a book's file, and what it holds in numbers.

:func:`verify` checks pages, structure, references and attachments: what a copy needs that was made from an open
book. :func:`verify_contents` goes on above the pages (see ``content_check``): what a reader of the book needs.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import Secret
from branchbook.services.workshop import StepProgress
from branchbook.storage import driver, keys
from branchbook.storage.identify import find_key
from branchbook.storage.keys import BookKey, PageCheck
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import NotABookProblem, of_disk_error, of_engine_error

_PAGES_A_STEP = 256
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
    """What a full check found. ``findings`` are Chinese sentences; none means that the file is whole.

    ``index_differs``: the search index is not what the values say. It is among the findings; where it is the only
    one, the content is whole and the index can be built anew.
    """

    path: Path
    size: int
    sha256: str
    protected: bool
    schema_version: int
    contents: Contents
    damaged_pages: tuple[int, ...]
    findings: tuple[str, ...]
    index_differs: bool = False

    @property
    def whole(self) -> bool:
        """True when nothing at all was found."""
        return not self.findings


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Steps:
    """Counts what was done, and tells it onwards; the one who is told may cancel by answering False."""

    def __init__(self, path: Path, progress: StepProgress | None) -> None:
        """``path`` is the file to name when it is cancelled."""
        self._path = path
        self._progress = progress
        self._done = 0
        self.total = 0

    def __call__(self, count: int) -> None:
        """``count`` steps more are done. Raises RefusedProblem where the user wants no more."""
        self._done += count
        if self._progress is not None and not self._progress(self._done, max(self.total, self._done)):
            raise RefusedProblem("已取消", str(self._path), "没有改动任何文件")


def verify(path: Path, passphrase: Secret | None = None) -> CheckReport:
    """Check every page, every index and every reference of a book without writing to it.

    Raises the Problem of :func:`~branchbook.storage.identify.find_key` when the file can't be opened at
    all; a file that opens and is damaged comes back as a report with findings. Not on the thread of an
    open transaction: reading the file's bytes would let go of its locks.
    """
    return verify_with_key(path, find_key(path, passphrase))


def verify_contents(path: Path, key: BookKey, progress: StepProgress | None = None) -> CheckReport:
    """As :func:`verify`, and then history, values, recycle bin and search index, if this version wrote the book."""
    steps = Steps(path, progress)
    report = _verify(path, key, steps)
    if report.damaged_pages or report.schema_version != SCHEMA_VERSION:
        return report
    from branchbook.storage.content_check import check_content, steps_of

    try:
        connection = driver.open_connection(path, key, "ro")
        try:
            with driver.transaction(connection):
                steps.total += steps_of(connection)
                content = check_content(connection, steps)
        finally:
            connection.close()
    except driver.engine_errors() as error:
        problem = of_engine_error(error, path)
        if problem is not None and not driver.is_damage(error):
            raise problem from error
        return replace(report, findings=(*report.findings, f"数据库引擎读不下去：{error}"))
    index = ("搜索索引与内容不一致（内容不受影响，可以重建索引）",) if content.index_differs else ()
    return replace(
        report,
        findings=(*report.findings, *content.findings, *index),
        index_differs=content.index_differs,
    )


def verify_with_key(path: Path, key: BookKey) -> CheckReport:
    """As :func:`verify`, for a key that is known."""
    return _verify(path, key, Steps(path, None))


def _verify(path: Path, key: BookKey, steps: Steps) -> CheckReport:
    try:
        size = path.stat().st_size
        steps.total = size // keys.PAGE_SIZE + 1
        with driver.translated(path):
            damaged, digest = _read_quietly(path, key, steps)
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
        if problem is not None and not driver.is_damage(
            error
        ):  # busy, or a bad disk: nothing is known of the file
            raise problem from error
        findings.append(problem.what if problem else f"数据库引擎读不下去：{error}")
    return CheckReport(path, size, digest, key.protected, version, contents, damaged, tuple(findings))


def _read_quietly(path: Path, key: BookKey, steps: Steps) -> tuple[tuple[int, ...], str]:
    """Read the pages while no other program writes them."""
    try:
        connection = driver.open_connection(path, key, "ro")
    except driver.engine_errors() as error:
        if not driver.is_damage(error):
            raise
        return _read_pages(path, key, steps)  # too damaged for the engine, so for every writer too
    try:
        with driver.nobody_commits(connection):
            return _read_pages(path, key, steps)
    finally:
        connection.close()


def _read_pages(path: Path, key: BookKey, step: Callable[[int], None]) -> tuple[tuple[int, ...], str]:
    """The numbers of pages that fail their check, and the SHA-256 of the bytes: one pass over the file."""
    check, digest, damaged = PageCheck(key), hashlib.sha256(), []
    for number, page in keys.pages_of(path):
        digest.update(page)
        if not check.verifies(number, page):
            damaged.append(number)
        if number % _PAGES_A_STEP == 0:
            step(_PAGES_A_STEP)
    return tuple(damaged), digest.hexdigest()


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
        with contextlib.suppress(ValueError):  # another program's cell: the content check names it
            last = date.fromisoformat(row[0]) if row and row[0] else None
    return Contents(count("organisation"), count("person"), count("record"), count("attachment"), last)
