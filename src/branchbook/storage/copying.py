"""A checked copy of an open book, flushed, read back, verified, renamed: by the engine, or byte by byte.

Copying the file itself while a program writes gave torn copies in most tries. So the engine's online backup
copies a book that another program may be writing; a book whose lock we hold is copied byte by byte, under the
engine's shared lock, which is quicker. Both are checked alike afterwards. The copy is made under a temporary
name in the target's folder; whatever fails, that file is removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from branchbook.storage import driver
from branchbook.storage.check import CheckReport
from branchbook.storage.copy_check import PagesVerified, Phases, Progress, check_copy
from branchbook.storage.keys import PAGE_SIZE, BookKey
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
_BLOCK = 1024 * PAGE_SIZE
_TRIES = 20

Describe = Callable[[Path, CheckReport], None]
"""Called with the checked copy under its temporary name, before it takes its own."""


def copy_book(
    source: driver.Connection,
    target: Path,
    key: BookKey,
    progress: Progress | None = None,
    describe: Describe | None = None,
    held: Path | None = None,
    source_key: BookKey | None = None,
) -> CheckReport:
    """A checked copy of an open book at ``target``, which must not exist, under ``key``.

    ``held`` is the book's own file where this program holds its lock, so that nobody else writes in it.
    ``source_key`` is the book's own key where the copy is to have another one.
    """
    if target.exists():
        raise WouldOverwriteProblem(target)
    phases = Phases(target, progress)
    with temporary(target) as part:
        digest = ""
        if held is not None and source_key in (None, key):
            digest = _copy_bytes(source, held, part, key, target, phases)
        else:
            _verify_source(source, driver.file_of(source), source_key or key, target)
            _copy_pages(source, part, key, target, phases)
        flush(part)
        check = _checked(part, key, target, digest, phases)
        if not check.whole:
            raise BackupFailedProblem(target, "；".join(check.findings))
        if describe is not None:
            describe(part, check)
        part.rename(target)
        flush(target.parent)
    return replace(check, path=target)


def _checked(part: Path, key: BookKey, target: Path, digest: str, phases: Phases) -> CheckReport:
    try:
        return check_copy(part, key, digest, phases)
    except MissingBookProblem as problem:
        raise UnpluggedProblem(target) from problem


def _copy_bytes(
    source: driver.Connection, book: Path, part: Path, key: BookKey, target: Path, phases: Phases
) -> str:
    """Read the book once, write it, hash it and verify every page; gives the SHA-256 of what was read.

    The read transaction holds the engine's shared lock, so that no commit can begin. On POSIX closing any
    descriptor of the file lets go of all the process's locks on it: this one is closed after the transaction.
    Pages are verified on a thread beside: writing and hashing leave a processor to it.
    """
    digest, done = hashlib.sha256(), 0
    with _opened(book) as file, _engine_told(target), driver.transaction(source):
        pages = driver.number(source, "PRAGMA page_count")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with part.open("xb") as copy, PagesVerified(key) as verified:
            while block := file.read(_BLOCK):
                verified.add(block)
                digest.update(block)
                copy.write(block)
                done += len(block)
                phases.copied(done // PAGE_SIZE, pages)
    _refuse_damaged(verified.damaged, target)
    if done != pages * PAGE_SIZE:
        raise BackupFailedProblem(target, "簿的长度与它自己记下的不同")
    return digest.hexdigest()


def _verify_source(source: driver.Connection, book: Path, key: BookKey, target: Path) -> None:
    """Verify every page of a book that another program may be writing, a few at a time under the shared lock.

    The engine's backup reads on over a damaged page and gives the copy a fresh code for it: afterwards nothing
    could tell. Each portion is so short that a commit elsewhere only waits for it.
    """
    with _opened(book) as file, _engine_told(target), PagesVerified(key) as verified:
        while block := _read_shared(source, file):
            verified.add(block)
    _refuse_damaged(verified.damaged, target)


def _read_shared(source: driver.Connection, file: BinaryIO) -> bytes:
    """The next portion, read while nobody can commit; a program that writes without a pause is waited for."""
    for tries_left in reversed(range(_TRIES)):
        try:
            with driver.transaction(source):
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return file.read(_BLOCK)
        except driver.engine_errors() as error:
            if not tries_left or "locked" not in str(error):
                raise
    return b""


def _opened(book: Path) -> BinaryIO:
    if not book.exists():
        raise MissingBookProblem(book)
    return book.open("rb")


def _refuse_damaged(damaged: list[int], target: Path) -> None:
    if damaged:
        words = f"簿里有 {len(damaged)} 页没有通过校验（第 {damaged[0]} 页起）"
        raise BackupFailedProblem(target, words)


def _copy_pages(source: driver.Connection, part: Path, key: BookKey, target: Path, phases: Phases) -> None:
    """Run the engine's online backup; its errors are told as problems of the target."""

    def step(_status: int, remaining: int, total: int) -> None:
        phases.copied(total - remaining, total)

    with _engine_told(target):
        copy = driver.open_connection(part, key, "rwc")
        try:
            # A new file of its own: no journal to write twice, and flushed once at the end.
            copy.execute("PRAGMA journal_mode = OFF").fetchall()
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_PAGES_PER_STEP, progress=step)
        finally:
            copy.close()


@contextmanager
def _engine_told(target: Path) -> Iterator[None]:
    """The engine's errors as problems of the target."""
    try:
        yield
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
