"""Buttons are pressed by Enter as by Space, wherever they stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.ui.widgets.buttons import Button, LinkButton


@pytest.mark.parametrize("kind", [Button, LinkButton])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_it(shown, kind, key):
    button = shown(kind("建立"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, key)
    assert len(pressed) == 1


def test_ctrl_enter_is_left_to_the_place(shown):
    """Ctrl+Enter is 定稿, whatever has the keyboard."""
    button = shown(Button("预览"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_enter_does_nothing_where_it_is_disabled(shown):
    button = shown(Button("建立"))
    button.setEnabled(False)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []
