"""Bring an older book to the present version, on a verified copy.

Foreign keys are off on the copy (a table that is rebuilt would cascade into its children), set outside
any transaction; afterwards every reference is checked, every row counted, every page verified. Only then
does the copy take the book's place. The book as it was stays beside it as a verified backup.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from branchbook.domain.backups import BackupKind
from branchbook.domain.problems import Problem
from branchbook.storage import driver
from branchbook.storage.backup import backup_book
from branchbook.storage.check import verify_with_key
from branchbook.storage.copying import copy_book
from branchbook.storage.engine import WRITES, driver_connection, make_engine, translated
from branchbook.storage.keys import BookKey
from branchbook.storage.migrations import Step
from branchbook.storage.problems import UpgradeFailedProblem


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """From which version to which, and where the book as it was is kept."""

    from_version: int
    to_version: int
    kept: Path


def upgrade_book(
    path: Path, key: BookKey, found: int, target: int, steps: Sequence[Step], now: datetime
) -> UpgradeReport:
    """Upgrade the book at ``path`` (locked by the caller, not open) from version ``found`` to ``target``.

    Raises :class:`UpgradeFailedProblem` when a step is missing, fails, or loses rows; the book is then
    as it was.
    """
    due = [step for step in steps if found < step.to_version <= target]
    if [step.to_version for step in due] != list(range(found + 1, target + 1)):
        raise UpgradeFailedProblem(path, f"缺少从第 {found} 版到第 {target} 版的步骤")
    copy = path.with_name(f".{path.name}.upgrade")
    copy.unlink(missing_ok=True)
    try:
        with translated(path):
            kept = _copy(path, key, copy, now)
            _run(copy, key, due, path)
        check = verify_with_key(copy, key)
        if not check.whole or check.schema_version != target:
            raise UpgradeFailedProblem(path, "；".join(check.findings) or "版本号不对")
        copy.replace(path)
    except OSError as error:
        raise UpgradeFailedProblem(path, error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
    return UpgradeReport(found, target, kept)


def _copy(path: Path, key: BookKey, copy: Path, now: datetime) -> Path:
    """A verified backup that stays, and the verified copy that is worked on."""
    source = driver.open_connection(path, key, "rw")  # writable, so that an interrupted commit is undone
    try:
        kept = backup_book(source, path, path.parent, key, now, kind=BackupKind.PRE_UPGRADE).path
        copy_book(source, copy, key)
    finally:
        source.close()
    return kept


def _run(copy: Path, key: BookKey, due: Sequence[Step], path: Path) -> None:
    """All steps on the copy, each in its own transaction with its version number."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    engine = make_engine(copy, key, "rw")
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            for step in due:
                try:
                    with connection.begin():
                        before = _row_counts(connection)
                        step.upgrade(Operations(MigrationContext.configure(connection)))
                        _compare(before, _row_counts(connection), step, path)
                        connection.exec_driver_sql(f"PRAGMA user_version = {step.to_version}")
                        if orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                            raise UpgradeFailedProblem(path, f"{len(orphans)} 行指向了不存在的内容")
                except Problem:
                    raise
                except Exception as error:
                    raise UpgradeFailedProblem(path, f"第 {step.to_version} 版的步骤出错：{error}") from error
    finally:
        engine.dispose()


def _row_counts(connection: Connection) -> Mapping[str, int]:
    """Rows of every table of our own (the search index keeps hidden tables of its own)."""
    raw = driver_connection(connection)
    names = [
        str(row[0])
        for row in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'search_index%'"
        ).fetchall()
    ]
    return {name: driver.number(raw, f'SELECT count(*) FROM "{name}"') for name in names}


def _compare(before: Mapping[str, int], after: Mapping[str, int], step: Step, path: Path) -> None:
    for table, count in before.items():
        if table not in step.changes_rows and after.get(table) != count:
            raise UpgradeFailedProblem(
                path, f"第 {step.to_version} 版的步骤使表 {table} 的行数由 {count} 变为 {after.get(table, 0)}"
            )
