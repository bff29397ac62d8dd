"""The Print place on a screen in memory, with the real press, a book in memory and a printer that remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from branchbook.app import Workshop
from branchbook.domain.problems import Problem
from branchbook.domain.records import Record
from branchbook.services.meetings import correct
from branchbook.services.operations import Actor
from branchbook.services.printing import paper_entries
from branchbook.services.store import PrintedPaper
from branchbook.services.undo import redo_latest, undo_latest
from branchbook.ui.commands import Commands
from branchbook.ui.paper_output import PrintJob
from branchbook.ui.place import PlaceContext, ScopeChoice, ShowPaper
from branchbook.ui.places.printing import Printing
from tests.services.printing_sample import ACTOR, BRANCH, sample
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.members_screen import Chooser, SettingsInMemory

WORKSHOP = Workshop()
"""One for all tests: faces are parsed once."""


class RememberingPrinters:
    """Takes every job, or refuses with ``problem``."""

    takes_options = True

    def __init__(self, names: tuple[str, ...] = ("办公室",)) -> None:
        self.names = names
        self.jobs: list[PrintJob] = []
        self.problem: Problem | None = None

    def list_names(self, then: Callable[[tuple[str, ...]], None]) -> None:
        then(self.names)

    def send(self, job: PrintJob, then: Callable[[], None], failed: Callable[[Problem], None]) -> None:
        self.jobs.append(job)
        failed(self.problem) if self.problem else then()


class PrintScreen:
    """The place, its book and the hands on it."""

    def __init__(self, settled: Any, folder: Path, executor: Any = None) -> None:
        self._seconds = 0
        made = sample()
        self.book, self.records = made.book, made.records
        self.folder = folder
        self.files = Chooser()
        self.printers = RememberingPrinters()
        self.commands = Commands(executor or AtOnce(), self._now, self._undo, self._redo)
        self.place = Printing(WORKSHOP, SettingsInMemory(), self.files, printers=self.printers)
        self.place.resize(1190, 688)
        self.commands.changed.connect(self.place.reload)
        self.preview, self.papers = self.place.preview_card, self.place.papers
        self.handbook = self.place.handbook
        self.settle = lambda: settled(self.commands)

    def _now(self) -> datetime:
        """A second later each time that somebody looks, as clocks are."""
        self._seconds += 1
        return NOW + timedelta(seconds=self._seconds)

    def _undo(self) -> Any:
        return undo_latest(self.book, Actor(ACTOR.who, NOW), ACTOR.now)

    def _redo(self) -> Any:
        return redo_latest(self.book, Actor(ACTOR.who, NOW), ACTOR.now)

    def open(self, organisation: UUID = BRANCH, year: int = 2026) -> PrintScreen:
        self.place.show()
        scope = ScopeChoice(organisation, year)
        self.place.open(PlaceContext(self.book, self.commands, scope, "李操作", self._now))
        self.settle()
        self.settle()
        return self

    def press(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, paper: str) -> None:
        """Choose a paper in the gallery, as an arrow key or a click does."""
        gallery = self.papers.gallery
        if paper not in [tile.key for tile in gallery.tiles]:
            self.show_group(next(each.group.value for each in paper_entries() if each.key == paper))
        row = [tile.key for tile in gallery.tiles].index(paper)
        gallery.setCurrentIndex(gallery.model().index(row, 0))
        self.settle()

    def show_group(self, group: str) -> None:
        """Click the chip of a group of papers."""
        names = {
            "ordinary": "组织生活",
            "election": "选举",
            "conversion": "转正",
            "evaluation": "评议",
            "ledger": "台账",
        }
        chips = self.papers.groups.findChildren(QAbstractButton)
        next(chip for chip in chips if chip.text() == names[group]).click()
        self.settle()

    def pick(self, field: Any, value: Any) -> None:
        """Choose a value of a drop-down list as a hand does."""
        field.set_value(value)
        field.activated.emit(field.currentIndex())
        self.settle()

    def fill(self, blank: bool) -> None:
        """Press 空白 or 填好."""
        word = "空白" if blank else "填好"
        chips = self.papers.filling.findChildren(QAbstractButton)
        self.press(next(each for each in chips if each.text() == word))

    def show(self, paper: str, record: str = "") -> None:
        self.place.show_subject(ShowPaper(paper, self.records[record] if record else None))
        self.settle()

    def save(self, button: QAbstractButton, name: str) -> Path:
        self.files.answer = self.folder / name
        self.press(button)
        return self.folder / name

    def change(self, record: str, **fields: object) -> None:
        """Correct a record behind the place's back, as another place would."""
        with self.book.reading() as reading:
            found = reading.get(Record, self.records[record])
        assert found is not None
        later = Actor(ACTOR.who, ACTOR.now.replace(hour=10))
        changed = replace(found, **fields)  # type: ignore[arg-type]
        self.commands.do(lambda: correct(self.book, changed, "写错了", later))
        self.settle()

    @property
    def pdf(self) -> bytes:
        product = self.preview.product
        assert product is not None
        return product.pressed.pdf

    @property
    def text(self) -> str:
        """The words on the pages that are previewed."""
        import pypdfium2

        document = pypdfium2.PdfDocument(self.pdf)
        try:
            return "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()

    @property
    def printed(self) -> tuple[PrintedPaper, ...]:
        with self.book.reading() as reading:
            return reading.printed()
