"""The Statistics place over the small book, as the tests of its views drive it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.app import Workshop
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.ui.places.statistics import Statistics
from tests.faults.kill_trials import record
from tests.services.small_book import actor, named
from tests.ui.places.members_screen import Chooser


class Screen:
    """The place over the small book; every step waits until its answer has arrived."""

    def __init__(self, folder: Path, context, settled) -> None:
        self.files = Chooser()
        self.folder = folder
        self.context = context
        self.place = Statistics(Workshop(), JsonProgramSettings(folder / "settings.json"), self.files)
        context.commands.changed.connect(self.place.reload)
        self.settle = lambda: settled(context.commands)

    def open(self) -> None:
        self.place.open(self.context)
        self.settle()

    def choose(self, key: str) -> None:
        assert self.place.figures.select(key)
        self.place.figures.chosen.emit(self.place.figures.current_row)
        self.settle()

    def press(self, button) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def view(self, key: str) -> None:
        self.place.views.choose(key)
        self.place.views.chosen.emit(key)
        self.settle()


@pytest.fixture
def screen(look, qtbot, tmp_path, context, shown, settled):
    made = Screen(tmp_path, context, settled)
    shown(made.place)
    made.open()
    yield made
    made.place.close()


def finalised(screen: Screen) -> None:
    """A general meeting of May, final."""
    from dataclasses import replace

    from branchbook.services.meetings import finalise, save_record

    held = replace(record(named("五月会"), "五月的会"), held_on=date(2026, 5, 8))
    screen.context.commands.do(lambda: save_record(screen.context.book, held, actor()))
    screen.context.commands.do(lambda: finalise(screen.context.book, held.id, actor()))
    screen.settle()


def shown_value(screen: Screen, key: str) -> str:
    rows = {each.now.measure.key: number for number, each in enumerate(screen.place.figures.rows_model.rows)}
    return str(screen.place.figures.rows_model.index(rows[key], 1).data())
