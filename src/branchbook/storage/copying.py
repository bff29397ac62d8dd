"""A checked copy of an open book: the engine's online backup, flushed, opened again, verified, renamed.

Copying the file itself while a program writes gave torn copies in most tries. The copy is made under a
temporary name in the target's folder; whatever fails, that file is removed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from branchbook.domain.problems import RefusedProblem
from branchbook.storage import driver
from branchbook.storage.check import CheckReport, verify_with_key
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import (
    BackupFailedProblem,
    DamagedBookProblem,
    MissingBookProblem,
    NotABookProblem,
    UnpluggedProblem,
    WouldOverwriteProblem,
    of_disk_error,
    of_engine_error,
)

_PAGES_PER_STEP = 2048
Progress = Callable[[int, int], bool]
"""Called with pages copied and pages in all; returning False cancels."""


Describe = Callable[[Path, CheckReport], None]
"""Called with the checked copy under its temporary name, before it takes its own."""


def copy_book(
    source: driver.Connection,
    target: Path,
    key: BookKey,
    progress: Progress | None = None,
    describe: Describe | None = None,
) -> CheckReport:
    """A checked copy of an open book at ``target``, which must not exist, under the same key."""
    if target.exists():
        raise WouldOverwriteProblem(target)
    with temporary(target) as part:
        _copy_pages(source, part, key, target, progress)
        flush(part)
        check = _checked(part, key, target)
        if not check.whole:
            raise BackupFailedProblem(target, "；".join(check.findings))
        if describe is not None:
            describe(part, check)
        part.rename(target)
        flush(target.parent)
    return replace(check, path=target)


def _checked(part: Path, key: BookKey, target: Path) -> CheckReport:
    try:
        return verify_with_key(part, key)
    except MissingBookProblem as problem:
        raise UnpluggedProblem(target) from problem


def _copy_pages(
    source: driver.Connection, part: Path, key: BookKey, target: Path, progress: Progress | None
) -> None:
    """Run the engine's online backup; its errors are told as problems of the target."""

    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None and not progress(total - remaining, total):
            raise RefusedProblem("已取消", str(target), "没有留下不完整的文件")

    try:
        copy = driver.open_connection(part, key, "rwc")
        try:
            # A new file of its own: no journal to write twice, and flushed once at the end.
            copy.execute("PRAGMA journal_mode = OFF").fetchall()
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_PAGES_PER_STEP, progress=step)
        finally:
            copy.close()
    except driver.engine_errors() as error:
        problem = of_engine_error(error, target)
        if problem is None or isinstance(problem, (DamagedBookProblem, NotABookProblem)):
            raise BackupFailedProblem(target, str(error)) from error
        raise problem from error


def part_name(target: Path) -> Path:
    """Where a file lies until it is whole: hidden beside its target."""
    return target.with_name(f".{target.name}.part")


@contextmanager
def temporary(target: Path) -> Iterator[Path]:
    """A temporary name beside ``target``, in the same folder so that the rename is one step."""
    part = part_name(target)
    try:
        part.unlink(missing_ok=True)
        yield part
    except FileNotFoundError as error:
        # What was just written is gone from under its name: its volume is no longer there.
        raise UnpluggedProblem(target) from error
    except OSError as error:
        raise of_disk_error(error, target) from error
    finally:
        for leftover in (part, part.with_name(part.name + "-journal")):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Make a file's content, or a folder's names, reach the disk; folders only where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """The first name that is not taken: ``stem``, then ``stem (2)`` and so on."""
    candidate, number = folder / f"{stem}{suffix}", 1
    while candidate.exists():
        number += 1
        candidate = folder / f"{stem} ({number}){suffix}"
    return candidate
