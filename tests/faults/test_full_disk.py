"""A disk that is full at one write step after the other: refused in Chinese, nothing lost, nothing half-written.

A small disk of its own is mounted for it; where that is not allowed the tests say that they did not run.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from branchbook.domain.problems import Problem
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import import_book
from branchbook.services.drafts import keep_draft
from branchbook.services.meetings import finalise, save_record
from branchbook.storage.check import verify
from branchbook.storage.shelf import Shelf
from tests.faults.kill_trials import BOOK, TRIALS, clean, opened, record
from tests.services.small_book import actor
from tests.storage.conftest import mounted

BY_NAME = {each.name: each for each in TRIALS}
STEPS = 12


def enter_once(folder: Path) -> None:
    """One draft and one record."""
    book = opened(folder)
    try:
        keep_draft(book, record(UUID(int=1), "草稿"), actor())
        save_record(book, replace(record(uuid4(), "录入"), fields={"remark": "录入" * 50_000}), actor())
    finally:
        book.close()


def finalise_once(folder: Path) -> None:
    """One record becomes final."""
    book = opened(folder)
    try:
        finalise(book, UUID(int=1), actor())
    finally:
        book.close()


def back_up_once(folder: Path) -> None:
    """One backup."""
    book = opened(folder)
    try:
        Shelf().back_up(book, folder / "备份", actor().now)
    finally:
        book.close()


def import_once(folder: Path) -> None:
    """The exchange file."""
    book = opened(folder)
    try:
        import_book(book, ZipArchives(), folder / "交换.zip", actor())
    finally:
        book.close()


ONCE = {
    "entry": enter_once,
    "finalise": finalise_once,
    "import": import_once,
    "backup": back_up_once,
    "restore": lambda folder: BY_NAME["restore"].work(folder, lambda _: None),
    "upgrade": lambda folder: BY_NAME["upgrade"].work(folder, lambda _: None),
}


@pytest.fixture
def disk(tmp_path):
    """A disk of 16 MiB."""
    with mounted(tmp_path / "小盘", "size=16m") as folder:
        yield folder


def leave(folder: Path, room: int) -> Path:
    """Fill the disk but for so many bytes."""
    ballast = folder / "占位"
    state = os.statvfs(folder)
    size = state.f_bavail * state.f_frsize - room
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(size, 1))
    return ballast


def needed(folder: Path, work) -> int:
    """Bytes that the work takes on the disk at its highest, found by giving it ever more room."""
    room = 4096
    while room < 12 * 1024**2:
        if attempt(folder, work, room) is None:
            return room
        room *= 2
    raise AssertionError("never enough")


def attempt(folder: Path, work, room: int) -> Problem | None:
    """Do the work with so much room; the problem that it meets."""
    ballast = leave(folder, room)
    try:
        work(folder)
    except Problem as problem:
        return problem
    finally:
        ballast.unlink()
    return None


@pytest.mark.parametrize("name", ONCE)
def test_a_disk_that_is_full_at_any_step_loses_nothing(disk, tmp_path, name):
    trial, work = BY_NAME[name], ONCE[name]
    base = tmp_path / "原样"
    base.mkdir()
    trial.prepare(base)

    def afresh() -> Path:
        folder = disk / "簿"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        return folder

    most = needed(afresh(), work)
    refused = 0
    for step in range(STEPS):
        folder = afresh()
        problem = attempt(folder, work, most * step // STEPS)
        if problem is not None:
            refused += 1
            assert any("\u4e00" <= each <= "\u9fff" for each in problem.what)
            assert "Traceback" not in str(problem)
        clean(folder / BOOK)
        if problem is not None and name != "entry":
            trial.check(folder, [])
        for left in folder.rglob("*.branchbook"):
            assert verify(left).whole, f"{left.name} is listed and is not whole"
    assert refused
