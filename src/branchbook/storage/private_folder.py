"""The program's own folder for what must not outlive it: opened attachments, half-made files, the example.

Such files are not protected: another program shows them. So they lie where only this user can look, in memory where
the system offers that (``XDG_RUNTIME_DIR``, which does not reach a disk and ends with the session), and go when the
book is closed or locked, when the program ends, or, after a crash, when it starts next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from branchbook.domain.problems import Problem
from branchbook.storage.file_lock import FileLock

_PREFIX = "branchbook-private-"
_MARK = "in-use"


class PrivateFolder:
    """Made at the start of the program; every temporary file of this process is made in it from then on."""

    def __init__(self, base: Path | None = None) -> None:
        """``base`` is where it is made, by default in memory or among the system's temporary files."""
        self._before = tempfile.tempdir
        found = base or _memory_folder() or Path(tempfile.gettempdir())
        _remove_left_behind(found)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=found))
        self._lock = FileLock(self.path / _MARK)
        self._lock.acquire("-")
        tempfile.tempdir = str(self.path)

    def empty(self) -> None:
        """Remove everything in it; what another program still holds open (Windows) goes later."""
        with contextlib.suppress(OSError):
            for path in self.path.iterdir():
                if path.name != _lock_name():
                    _remove(path)

    def close(self) -> None:
        """Remove it; temporary files are made where they were before."""
        tempfile.tempdir = self._before
        self._lock.release()
        _remove(self.path)

    def __enter__(self) -> PrivateFolder:
        """The folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove it."""
        self.close()


def _memory_folder() -> Path | None:
    """The session's folder in memory, where there is one of this user's."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(named)
    return folder if named and folder.is_dir() and os.access(folder, os.W_OK) else None


def _remove_left_behind(base: Path) -> None:
    """Folders of programs that were killed: their lock is free."""
    with contextlib.suppress(OSError):
        for folder in sorted(base.glob(f"{_PREFIX}*")):
            if folder.is_dir() and not folder.is_symlink() and _is_ours(folder) and not _in_use(folder):
                _remove(folder)


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _in_use(folder: Path) -> bool:
    lock = FileLock(folder / _MARK)
    try:
        lock.acquire("-")
    except Problem:
        return True
    lock.release()
    return False


def _lock_name() -> str:
    return f".{_MARK}.lock"


def _remove(path: Path) -> None:
    """A file or a folder; copies laid out for reading only are made writable first, which Windows wants."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.chmod(0o600)
        path.unlink()
