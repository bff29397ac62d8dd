"""One writing program per book: a lock file beside the book, held by the operating system.

The lock lives and dies with the process (``flock``, on Windows a locked byte), so a crash leaves no
stale lock behind, only a small file that the next program takes over. The file tells who holds it.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import sys
from pathlib import Path
from types import TracebackType

from branchbook.storage.problems import BookInUseProblem, of_disk_error

_LOCKED_BYTE = 1 << 20
"""Offset of the byte that is locked on Windows: far behind the text, so the text stays readable."""


def lock_path(book: Path) -> Path:
    """Where the lock of a book lies: beside it, hidden by a leading dot on systems that do so."""
    return book.with_name(f".{book.name}.lock")


class FileLock:
    """Held from :meth:`acquire` to :meth:`release`, or through a ``with`` block."""

    def __init__(self, book: Path) -> None:
        """A lock for the book at this path; symbolic links are followed, so every name finds one lock."""
        self._book = book
        self._path = lock_path(book.resolve())
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """True while this object holds the lock."""
        return self._descriptor is not None

    def acquire(self, holder: str = "") -> None:
        """Take the lock and write who holds it, or raise :class:`BookInUseProblem` naming the holder.

        Raises :class:`~branchbook.storage.problems.ReadOnlyPlaceProblem` where the folder can't be written.
        """
        while self._descriptor is None:
            try:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError as error:
                raise of_disk_error(error, self._book) from error
            if not _try_lock(descriptor):
                os.close(descriptor)
                raise BookInUseProblem(self._book, read_holder(self._book))
            if _is_still_at(descriptor, self._path):
                self._descriptor = descriptor
            else:
                os.close(descriptor)  # the last holder removed the file between our open and our lock
        self._write_holder(holder)

    def _write_holder(self, holder: str) -> None:
        assert self._descriptor is not None
        text = json.dumps(
            {"holder": holder or _login_name(), "host": platform.node(), "process": os.getpid()},
            ensure_ascii=False,
        )
        with contextlib.suppress(OSError):  # a full disk must not keep the book closed: the lock itself holds
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.encode())

    def release(self) -> None:
        """Give the lock back and remove its file; harmless when it is not held."""
        if self._descriptor is None:
            return
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink()

    def __enter__(self) -> FileLock:
        """Take the lock."""
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        self.release()


def read_holder(book: Path) -> str:
    """Who holds (or last held) the lock of a book, as text for the user; empty when it can't be told."""
    try:
        content = json.loads(lock_path(book.resolve()).read_text("utf-8"))
        name, host, process = content["holder"], content["host"], content["process"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return f"{name}（计算机 {host}，进程 {process}）"


def _login_name() -> str:
    """The operating system's name for the user: a fallback until the book knows its operator."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _is_still_at(descriptor: int, path: Path) -> bool:
    """True when the locked file is the one that the path names now."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _try_lock(descriptor: int) -> bool:
    """Take the operating system's lock without waiting; False when another program holds it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
