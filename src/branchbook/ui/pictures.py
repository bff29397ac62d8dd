"""Pictures of every place, light and dark, made by the program itself (for the demo and the guide)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from branchbook.ui.commands import Commands
from branchbook.ui.main_window import MainWindow
from branchbook.ui.place import Destination, ShowPaper, Subject
from branchbook.ui.theme import Look, ThemeChoice
from branchbook.ui.widgets.entry_list import EntryList
from branchbook.ui.window_frame import SIZE

PATIENCE_MS = 20_000
QUIET_MS = 400
SUBJECTS: dict[str, Subject] = {"print": ShowPaper("member_roster")}
BRANCHES = {"conversions": 0, "evaluations": 1, "elections": 2}
"""Which of the book's branches a place is shown for, counted from 0: where the example has something under way."""
USUAL_BRANCH = 1
THEMES = (("light", ThemeChoice.LIGHT), ("dark", ThemeChoice.DARK))


def take_pictures(
    window: MainWindow,
    commands: Commands,
    folder: Path,
    keys: Sequence[str],
    choose_branch: Callable[[int], None],
) -> tuple[Path, ...]:
    """One PNG per place and theme, named like desk-light.png. Lists show their first entry.

    ``choose_branch`` shows the window for one of the book's branches, counted from 0.
    """
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZE)
    made = []
    for name, theme in THEMES:
        Look.current().choose(theme)
        for key in keys:
            choose_branch(BRANCHES.get(key, USUAL_BRANCH))
            window.go(Destination(key, SUBJECTS.get(key)))
            settle(commands)
            _choose_first(window)
            settle(commands)
            window.banner.clear()  # a reminder belongs to no place
            path = folder / f"{key}-{name}.png"
            window.grab().save(str(path))
            made.append(path)
    return tuple(made)


def _choose_first(window: MainWindow) -> None:
    """Choose the first entry of the place's list, where it has one and none is chosen."""
    place = window.place
    lists = place.findChildren(EntryList) if place is not None else []
    for entries in lists:
        if entries.isVisible() and entries.entries and entries.current_key is None:
            entries.setCurrentIndex(entries.model().index(0, 0))


def settle(commands: Commands) -> None:
    """Let answers arrive and the window paint, until nothing is under way any more."""
    wait_for(lambda: commands.idle)


def wait_for(reached: Callable[[], bool]) -> None:
    """Run the event loop until something has been so for a while, or patience ends.

    A while, because a place may ask the book only some tenths of a second after a choice was made.
    """
    deadline = QDeadlineTimer(PATIENCE_MS)
    quiet = QElapsedTimer()
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if not reached():
            quiet.invalidate()
        elif not quiet.isValid():
            quiet.start()
        elif quiet.hasExpired(QUIET_MS):
            return
