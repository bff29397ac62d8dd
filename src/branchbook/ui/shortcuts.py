"""The keys of the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.ui import preedit


def add_shortcuts(window: QWidget, keys: Iterable[tuple[str, str, Callable[[], object]]]) -> None:
    """Give a window (name, keys parted by blanks, what to do).

    They work from everywhere in it, but a text field first takes the keys that it knows itself, and an input
    method that is composing keeps all of them (see `ui/preedit.py`).
    """
    application = QApplication.instance()
    if isinstance(application, QApplication):
        preedit.install(application)
    for name, sequences, call in keys:
        action = QAction(name, window)
        action.setShortcuts([QKeySequence(each) for each in sequences.split()])
        action.triggered.connect(partial(_run, call))
        window.addAction(action)


def _run(call: Callable[[], object], *_: object) -> None:
    """Qt tells whether an action is checked; nobody here wants to know."""
    call()
