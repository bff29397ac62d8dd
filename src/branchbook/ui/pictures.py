"""Pictures of every place, light and dark, made by the program itself (for the demo and the guide)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from branchbook.ui.commands import Commands
from branchbook.ui.main_window import MainWindow
from branchbook.ui.place import Destination
from branchbook.ui.theme import Look, ThemeChoice

PATIENCE_MS = 20_000
_QUIET_TURNS = 3
THEMES = (("light", ThemeChoice.LIGHT), ("dark", ThemeChoice.DARK))


def take_pictures(
    window: MainWindow, commands: Commands, folder: Path, keys: Sequence[str]
) -> tuple[Path, ...]:
    """One PNG per place and theme, named like desk-light.png. Lists show their first entry."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, theme in THEMES:
        Look.current().choose(theme)
        for key in keys:
            window.go(Destination(key))
            settle(commands)
            place = window.place
            if place is not None:
                place.show_first()
            settle(commands)
            path = folder / f"{key}-{name}.png"
            window.grab().save(str(path))
            made.append(path)
    return tuple(made)


def settle(commands: Commands) -> None:
    """Let answers arrive and the window paint, until nothing is under way any more."""
    wait_for(lambda: commands.idle)


def wait_for(reached: Callable[[], bool]) -> None:
    """Run the event loop until something has been so for a few turns, or patience ends."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    quiet = 0
    while quiet < _QUIET_TURNS and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        quiet = quiet + 1 if reached() else 0
