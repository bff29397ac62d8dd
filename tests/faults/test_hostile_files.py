"""A short run of hostile files; ``make faults`` runs the long one, docs/reliability.md has its figures."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest

from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import export_book, import_book
from branchbook.services.meetings import save_record
from tests.faults import hostile
from tests.faults.hostile import DOORS, Door, give
from tests.faults.kill_trials import filled, opened, record
from tests.services.small_book import actor

FILES = 80


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited the Linux way: not run")
def test_every_door_takes_or_refuses_whatever_comes():
    command = [sys.executable, "-m", "tests.faults.hostile", "--count", str(FILES), "--seed", "11"]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert figures.pop("files") == sum(figures.values()) == FILES
    assert {name.split()[0] for name in figures} == {door.name for door in DOORS}


@pytest.fixture
def book(tmp_path):
    filled(tmp_path)
    opened_book = opened(tmp_path)
    yield opened_book
    opened_book.close()


def _fails(_book, _path):
    raise ZeroDivisionError


def _changes_and_refuses(book, _path):
    save_record(book, record(uuid4(), "改动"), actor())
    raise RefusedProblem("不行")


def _speaks_english(_book, _path):
    raise UnreadableProblem("no", "way")


@pytest.mark.parametrize("enter", [_fails, _changes_and_refuses, _speaks_english])
def test_a_door_that_breaks_changes_or_says_nothing_in_chinese_is_found(book, tmp_path, enter):
    with pytest.raises(AssertionError):
        give(Door("door", ".x", enter), book, tmp_path)


def test_a_door_that_hangs_is_found(book, tmp_path, monkeypatch):
    monkeypatch.setattr(hostile, "SECONDS", 1)
    signal.signal(signal.SIGALRM, hostile._over)

    def hang(_book, _path):
        while True:
            pass

    with pytest.raises(AssertionError, match="more than 1 s"):
        give(Door("door", ".x", hang), book, tmp_path)


def test_what_is_packed_wrongly_in_an_exchange_file_is_refused_in_chinese(book, tmp_path):
    path = tmp_path / "交换.zip"
    with book.reading() as reading:
        export_book(reading, ZipArchives(), path)
    with ZipFile(path) as package:
        part = package.getinfo("book.json")
    content = bytearray(path.read_bytes())
    inside = part.header_offset + 30 + len(part.filename) + 40
    content[inside : inside + 20] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(UnreadableProblem, match=r"book\.json 的内容不完整"):
        import_book(book, ZipArchives(), path, actor())
