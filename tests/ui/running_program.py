"""The program with its window on files of one test: the real shelf, press and threads, and no dialog."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from branchbook.app import Workshop
from branchbook.domain.problems import Problem
from branchbook.services.program import ProgramSettings
from branchbook.services.store import Book
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.storage.shelf import Shelf
from branchbook.storage.thread import StorageThread
from branchbook.ui.application import Application, WindowNeeds
from tests.services.small_book import fill
from tests.storage.conftest import read_only_place as read_only_place
from tests.ui.conftest import NOW
from tests.ui.places.members_screen import Chooser

PATIENCE_MS = 20_000


@dataclass
class Program:
    """The program as ``app`` makes it, on files of this test; ``filler`` fills the example."""

    settings_file: JsonProgramSettings
    files: Chooser = field(default_factory=Chooser)
    filler: Callable[[Book], None] = fill
    threads: list[StorageThread] = field(default_factory=list)
    now: datetime = NOW

    def __post_init__(self) -> None:
        needs = WindowNeeds(
            Workshop(), self.settings_file, self.thread, lambda: self.now, self.example, self.files
        )
        self.application = Application(needs)

    def thread(self) -> StorageThread:
        made = StorageThread()
        self.threads.append(made)
        return made

    def example(self, book: Book, at: datetime) -> None:
        assert at == self.now
        self.filler(book)

    @property
    def settings(self) -> ProgramSettings:
        return self.settings_file.load()

    def banner(self) -> str:
        """What the start page says went wrong."""
        return self.application.start.banner.text

    def end(self) -> None:
        self.application.window.close()
        self.application.close_book()
        for each in self.threads:
            each.close()


@pytest.fixture
def program(qapp, tmp_path):
    """One program; whatever the test does, no thread and no lock is left."""
    made = Program(JsonProgramSettings(tmp_path / "设置" / "settings.json"))
    made.application.window.show()
    yield made
    made.end()
    QApplication.processEvents()
    made.application.deleteLater()
    made.application.window.deleteLater()


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("簿") / "示例 总支.branchbook"
    book = Shelf().create(path, "")
    fill(book)
    book.close()
    return path


@pytest.fixture
def book(kept, tmp_path) -> Path:
    return Path(shutil.copy(kept, tmp_path / kept.name))


@pytest.fixture
def opened(program, book, qtbot):
    """The program with the book open at the Desk."""
    with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
        program.application.open(book)
    return program


def fails(program: Program, qtbot, begin: Callable[[], None]) -> Problem:
    """Begin a way to a book that ends on the start page; gives the problem told."""
    with qtbot.waitSignal(program.application.failed, timeout=PATIENCE_MS) as told:
        begin()
    (problem,) = told.args
    assert program.application.session is None
    assert program.application.window.place is None
    assert program.application.start.banner.isVisibleTo(program.application.window)
    assert not any(each._thread.is_alive() for each in program.threads)
    assert isinstance(problem, Problem)
    return problem


def free(path: Path) -> bool:
    """Whether nobody holds the book."""
    Shelf().open(path, None, writable=True, holder="").close()
    return True
