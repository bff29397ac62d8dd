"""What the status line called saved survives kill -9: a window types, is killed, and the book is opened again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from branchbook.services.drafts import found_drafts
from branchbook.services.organisations import NewBranch, found_branch
from branchbook.storage.shelf import Shelf
from tests.faults.typing_window import WORD
from tests.services.small_book import FOUNDED, actor

SECONDS = 60


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with one branch, closed, under a Chinese path."""
    path = tmp_path / "党建资料" / "示例.branchbook"
    path.parent.mkdir()
    opened = Shelf().create(path, "测试")
    found_branch(opened, NewBranch("示例支部"), FOUNDED, actor())
    opened.close()
    return path


@pytest.mark.parametrize("reports", [1, 2, 4])
def test_what_was_called_saved_is_there_after_a_kill(book: Path, reports: int) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tests.faults.typing_window", str(book)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        watchdog = threading.Timer(SECONDS, window.kill)
        watchdog.start()
        try:
            said = [json.loads(window.stdout.readline()) for _ in range(reports)]
        finally:
            watchdog.cancel()
            window.kill()
            window.wait(SECONDS)
    assert said[-1] == WORD * reports
    opened = Shelf().open(book, None, writable=True, holder="测试")
    try:
        (found,) = found_drafts(opened)
    finally:
        opened.close()
    assert found.value.venue.startswith(said[-1])
    assert Shelf().check(book).whole
