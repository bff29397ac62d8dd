"""试一试备份能不能恢复: a backup is restored to a temporary place, opened, compared, and removed again."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from branchbook.domain.problems import Problem
from branchbook.services.backup_shelf import DrillResult, DrillStep
from branchbook.storage import driver, volumes
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.check import CheckReport, sha256_of, verify_contents
from branchbook.storage.copy_check import Progress
from branchbook.storage.driver import Connection
from branchbook.storage.keys import BookKey
from branchbook.storage.manifest import Manifest, last_operation, read_manifest
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import NoRoomProblem
from branchbook.storage.restore import restore_with_key

_PREFIX = "branchbook-drill-"
_OLD_SECONDS = 86_400
_NOT_COMPARED = ("sqlite_", "search_", "draft", "content")
"""Kept by the engine, derived, not yet an operation, or (contents) compared by their hashes in the full check."""


def drill_backup(
    backup: Path,
    key: BookKey,
    now: datetime,
    book: Connection | None = None,
    progress: Progress | None = None,
) -> DrillResult:
    """Try a backup out. What fails is a step of the result; a Problem is raised only where there is no room,

    or where the user cancels. ``book`` is the open book that it may be a backup of. Whatever happens, the
    restored copy is removed; what a killed drill left a day ago goes as well.
    """
    _sweep()
    room = Path(tempfile.gettempdir())
    size, free = backup.stat().st_size, volumes.free_bytes(room)
    if free is not None and free < 2 * size:
        raise NoRoomProblem(room, 2 * size, free)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        return DrillResult(backup, tuple(_steps(backup, folder, key, now, book, progress)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _steps(
    backup: Path,
    folder: Path,
    key: BookKey,
    now: datetime,
    book: Connection | None,
    progress: Progress | None,
) -> list[DrillStep]:
    manifest, target = read_manifest(backup), folder / "试恢复.branchbook"
    steps = [_same_bytes(backup, manifest)]
    try:
        check = restore_with_key(backup, target, key, progress)
    except Problem as problem:
        if problem.what == "已取消":
            raise
        return [*steps, DrillStep(False, f"恢复没有成功：{problem}")]
    contents = check.contents
    words = f"恢复并完整校验：记录 {contents.records} 份，人员 {contents.people} 名，附件 {contents.attachments} 个"
    steps.append(DrillStep(check.whole, words))
    if manifest is not None:
        steps.append(_same_counts(check, manifest))
    if book is not None:
        steps.append(_beside(target, key, book))
    if check.schema_version == SCHEMA_VERSION:
        steps.append(_right_contents(target, key))
    steps.append(_opens(target, key, now))
    return steps


def _same_bytes(backup: Path, manifest: Manifest | None) -> DrillStep:
    if manifest is None:
        return DrillStep(True, "没有说明文件，不能与备份时的校验值比较")
    if sha256_of(backup) == manifest.sha256:
        return DrillStep(True, "备份文件与备份时记下的校验值一致")
    return DrillStep(False, "备份文件与备份时记下的校验值不同，它被改动过")


def _right_contents(restored: Path, key: BookKey) -> DrillStep:
    """Above the pages; a search index that differs is mended in the book, and no fault of the backup."""
    report = verify_contents(restored, key)
    wrong = len(report.findings) - report.index_differs
    if wrong:
        return DrillStep(False, f"内容与操作记录不符：{report.findings[0]}{'等' if wrong > 1 else ''}")
    return DrillStep(True, "内容与操作记录、校验链相符")


def _same_counts(check: CheckReport, manifest: Manifest) -> DrillStep:
    same = check.contents == manifest.contents
    return DrillStep(same, "数量与备份时记下的一致" if same else "数量与备份时记下的不同")


def _beside(restored: Path, key: BookKey, book: Connection) -> DrillStep:
    """Equal to the open book where nothing was done since, else its history must be part of the book's."""
    copy = driver.open_connection(restored, key, "ro")
    try:
        last = last_operation(copy)
        if last == last_operation(book):
            differing = _differing_tables(copy, book)
            if differing:
                return DrillStep(False, f"与现在的簿不同：{'、'.join(differing)}")
            return DrillStep(True, "与现在的簿逐项相同")
        query = "SELECT count(*) FROM operation WHERE number > (SELECT number FROM operation WHERE id = ?)"
        known = driver.number(book, "SELECT count(*) FROM operation WHERE id = ?", (last,))
        if known and _chain_at(copy, last) not in ("", _chain_at(book, last)):
            return DrillStep(False, "现在的簿里，备份以前的操作记录与备份不同，可能在程序以外被改过")
        if known:
            later = driver.number(book, query, (last,))
            return DrillStep(True, f"备份之后，现在的簿又有 {later} 步操作；备份以前的都在现在的簿里")
        return DrillStep(True, "这份备份不是现在这本簿的，或者比它新，没有与它比较")
    finally:
        copy.close()


def _chain_at(connection: Connection, operation: str) -> str:
    """The hash of the history up to an operation; empty where the book's version keeps none."""
    try:
        row = connection.execute("SELECT chain FROM operation WHERE id = ?", (operation,)).fetchone()
    except driver.engine_errors():
        return ""
    return str(row[0]) if row else ""


def _differing_tables(one: Connection, other: Connection) -> list[str]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [
        str(row[0]) for row in other.execute(names).fetchall() if not str(row[0]).startswith(_NOT_COMPARED)
    ]
    return [table for table in tables if _digest(one, table) != _digest(other, table)]


def _digest(connection: Connection, table: str) -> str:
    digest = hashlib.sha256()
    try:
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr(row).encode())
    except driver.engine_errors():
        return ""
    return digest.hexdigest()


def _opens(restored: Path, key: BookKey, now: datetime) -> DrillStep:
    """As the user would open it: for writing, upgraded where an earlier version made the backup."""
    try:
        book = StoredBook(open_book_file(restored, key=key, now=now))
    except Problem as problem:
        return DrillStep(False, f"恢复后打不开：{problem}")
    try:
        with book.reading() as reading:
            organisations = len(reading.roster().organisations)
        return DrillStep(True, f"恢复后能打开，读出组织 {organisations} 个")
    except Problem as problem:
        return DrillStep(False, f"恢复后读不出内容：{problem}")
    finally:
        book.close()


def _sweep() -> None:
    """Folders that drills left which were killed; old ones only, another drill may be under way."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            if folder.stat().st_mtime < time.time() - _OLD_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
