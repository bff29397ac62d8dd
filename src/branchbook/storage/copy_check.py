"""The check of a copy just made: read back, every page, structure, references, attachments; with its progress."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore
from typing import Self

from branchbook.domain.problems import RefusedProblem
from branchbook.storage import driver, keys
from branchbook.storage.check import (
    CheckReport,
    Contents,
    content_findings,
    contents_of,
    structure_findings,
)
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import of_disk_error, of_engine_error

Progress = Callable[[int, int], bool]
"""Called with pages copied and checked, and pages in all (each is copied and checked); False cancels."""

_READ = 0.2
"""How much of the checking is done once the copy is read back."""

_BLOCK = 1024 * keys.PAGE_SIZE
_AHEAD = 4
"""How many blocks may wait to be verified: some MiB of memory."""


class Phases:
    """Tells one progress of copying and checking: each page counts twice. Whoever is told may cancel."""

    def __init__(self, target: Path, progress: Progress | None) -> None:
        self._target = target
        self._progress = progress
        self._pages = 1

    def copied(self, done: int, pages: int) -> None:
        """So many of the pages are copied. Raises RefusedProblem where the user wants no more."""
        self._pages = max(pages, 1)
        self._tell(min(done, self._pages))

    def checked(self, share: float) -> None:
        """How much of the checking is done, from 0 to 1."""
        self._tell(self._pages + int(share * self._pages))

    def _tell(self, done: int) -> None:
        if self._progress is not None and not self._progress(done, 2 * self._pages):
            raise RefusedProblem("已取消", str(self._target), "没有留下不完整的文件")


class PagesVerified:
    """Verifies the pages of a file, given block by block, on a thread beside the one that reads and writes.

    ``damaged`` has the numbers of those that fail, complete when the block of the ``with`` statement has ended.
    """

    def __init__(self, key: BookKey) -> None:
        self._check = keys.PageCheck(key)
        self._pool = ThreadPoolExecutor(1, "pages")
        self._room = BoundedSemaphore(_AHEAD)
        self._number = 0
        self.damaged: list[int] = []

    def add(self, block: bytes) -> None:
        """The next block; whole pages but for the last. Waits while too many are not verified yet."""
        self._room.acquire()
        self._pool.submit(self._verify, block)

    def _verify(self, block: bytes) -> None:
        try:
            for start in range(0, len(block), keys.PAGE_SIZE):
                self._number += 1
                if not self._check.verifies(self._number, block[start : start + keys.PAGE_SIZE]):
                    self.damaged.append(self._number)
        finally:
            self._room.release()

    def __enter__(self) -> Self:
        """The verifier itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until all that was given is verified."""
        self._pool.shutdown()


def check_copy(part: Path, key: BookKey, digest: str, phases: Phases) -> CheckReport:
    """Read a copy back from its file and check all of it; a copy that is not whole has findings.

    ``digest`` is the SHA-256 of what was to be written, where that is known: then each page was verified as it was
    read. Else the engine wrote the pages anew and verifies those in use as it reads them for structure and contents;
    where there are unused ones, every page is verified. What verify would repeat beyond this is left out.
    """
    try:
        size = part.stat().st_size
        found = _read_back(part, size, phases)
    except OSError as error:
        raise of_disk_error(error, part) from error
    if digest and found != digest:
        words = "写到磁盘上的内容和读出来的不同，这个磁盘或U盘可能有坏道"
        return CheckReport(part, size, found, key.protected, 0, Contents(), (), (words,))
    version, contents, findings = 0, Contents(), list[str]()
    try:
        connection = driver.open_connection(part, key, "ro")
        try:
            unused = driver.number(connection, "PRAGMA freelist_count")
            if unused and not digest and keys.damaged_pages(part, key):
                findings.append("有的页没有通过校验")
            findings += _findings(connection, part, key, size, phases)
            version = driver.number(connection, "PRAGMA user_version")
            contents = contents_of(connection)
        finally:
            connection.close()
    except driver.engine_errors() as error:
        problem = of_engine_error(error, part)
        findings.append(problem.what if problem else f"数据库引擎读不下去：{error}")
    phases.checked(1)
    return CheckReport(part, size, found, key.protected, version, contents, (), tuple(findings))


def _findings(
    connection: driver.Connection, part: Path, key: BookKey, size: int, phases: Phases
) -> list[str]:
    """What is wrong inside a copy. Structure and contents are read at the same time, on two connections."""

    def read(done: int, every: int) -> None:
        phases.checked(_READ + (1 - _READ) * done / every)

    findings = []
    if driver.number(connection, "PRAGMA page_count") * keys.PAGE_SIZE != size:
        findings.append("文件的长度与它自己记下的不同")
    with ThreadPoolExecutor(1, "structure") as pool:
        structure = pool.submit(_structure, part, key)
        contents = content_findings(connection, read)
        return findings + structure.result() + contents


def _structure(part: Path, key: BookKey) -> list[str]:
    """On a thread and a connection of its own."""
    connection = driver.open_connection(part, key, "ro")
    try:
        return structure_findings(connection)
    finally:
        connection.close()


def _read_back(part: Path, size: int, phases: Phases) -> str:
    """The SHA-256 of the bytes that the file now has."""
    digest, done = hashlib.sha256(), 0
    with part.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            phases.checked(_READ * done / max(size, done))
    return digest.hexdigest()
