"""Books, small disks and read-only places for the storage tests."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import create_book_file
from tests.storage.example import ROSTER, head, meeting


@pytest.fixture
def book(tmp_path):
    """A book with a branch, two members and one meeting."""
    opened = make_book(tmp_path / "示例 支部.branchbook")
    yield opened
    opened.close()


@pytest.fixture
def closed_book(tmp_path):
    """The path of such a book, closed."""
    path = tmp_path / "示例 支部.branchbook"
    make_book(path).close()
    return path


@pytest.fixture
def folder(tmp_path):
    """A folder for backups."""
    made = tmp_path / "备份 U盘"
    made.mkdir()
    return made


def make_book(path: Path, passphrase: str | None = None) -> StoredBook:
    opened = StoredBook(create_book_file(path, passphrase, "试用员"))
    with opened.writing(head("first")) as writing:
        writing.put_all((*ROSTER, meeting()))
    return opened


@contextmanager
def mounted(folder: Path, *options: str):
    """A tmpfs of its own at ``folder``; the test reports that it did not run where mounting is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux to mount a small disk: not run")
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)],
        capture_output=True,
        text=True,
    )
    if made.returncode:
        folder.rmdir()
        pytest.skip(f"mounting a small disk is not allowed here: not run ({made.stderr.strip()})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one MiB."""
    with mounted(tmp_path / "小盘", "size=1m") as folder:
        yield folder


@pytest.fixture
def read_only_place(tmp_path):
    """A function that puts a file into a folder which can't be written, and gives its path there."""
    if sys.platform == "win32":
        pytest.skip("folders are not made read-only this way on Windows: not run")
    if os.geteuid() != 0:
        folder = tmp_path / "只读"
        folder.mkdir()
        yield lambda source: _into(folder, source, lambda: folder.chmod(0o555))
        folder.chmod(0o755)
        return
    with mounted(tmp_path / "只读", "size=64m") as folder:
        remount = ["mount", "-o", "remount,ro", str(folder)]
        yield lambda source: _into(folder, source, lambda: subprocess.run(remount, check=True))


def _into(folder: Path, source: Path, close) -> Path:
    target = folder / source.name
    target.write_bytes(source.read_bytes())
    close()
    return target


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another program that runs ``code`` with the arguments in ``sys.argv``; its output is a pipe."""
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
