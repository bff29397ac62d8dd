"""A counting panel with the keyboard in it, and keys as a hand presses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from branchbook.domain.ballots import BallotRound
from branchbook.ui.places.elections.counting import CountingPanel
from tests.ui.places.elections.rounds import procedure_of, round_of

NAMED = {
    "\n": Qt.Key.Key_Return,
    "<": Qt.Key.Key_Backspace,
    "^": Qt.Key.Key_Up,
    "v": Qt.Key.Key_Down,
    ">": Qt.Key.Key_Right,
    "~": Qt.Key.Key_Escape,
}


class KeptPanel(CountingPanel):
    """``kept`` are the rounds that it gave away."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[BallotRound] = []
        self.round_changed.connect(self.kept.append)


def focused() -> QWidget:
    """Who has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Hand:
    """Presses keys in whatever has the keyboard, and counts them."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, keys: str) -> None:
        """Each character is a key; \\n Enter, < Backspace, ^ v > arrows, ~ Esc.

        Chinese comes as an input method commits it.
        """
        for each in keys:
            self.pressed += 1
            widget = focused()
            if each in NAMED:
                QTest.keyClick(widget, NAMED[each])
            elif each.isascii():
                QTest.keyClicks(widget, each)
            else:
                event = QInputMethodEvent("", [])
                event.setCommitString(each)
                QApplication.sendEvent(widget, event)

    def hold(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key with a modifier."""
        self.pressed += 1
        QTest.keyClick(focused(), key, modifier)


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def panel(shown, qtbot):
    """The panel at the width of the design, with nineteen ballots to read."""
    window = QWidget()
    window.setObjectName("window")
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    made = KeptPanel()
    row.addWidget(made)
    window.resize(892, 656)
    shown(window)
    made.show_count(procedure_of(), round_of())
    made.focus_entry()
    qtbot.waitUntil(made.table.hasFocus)
    return made
