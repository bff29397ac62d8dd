"""A damaged book on the start page: what is wrong, and the way to save what can be read of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from branchbook.storage.shelf import Shelf
from tests.ui.running_program import PATIENCE_MS, fails
from tests.ui.running_program import book as book
from tests.ui.running_program import kept as kept
from tests.ui.running_program import program as program


@pytest.fixture
def damaged(book):
    content = bytearray(book.read_bytes())
    content[4096 * 6 + 30] ^= 1
    book.write_bytes(content)
    return book


def press_link(program, qtbot):
    qtbot.mouseClick(program.application.start.banner._link, Qt.MouseButton.LeftButton)


def test_a_damaged_book_is_not_opened_and_can_be_salvaged(program, damaged, tmp_path, qtbot):
    fails(program, qtbot, lambda: program.application.open(damaged))
    assert "1 页没有通过校验" in program.banner()
    assert "抢救" in program.application.start.banner._link.text()
    target = tmp_path / "救.branchbook"
    program.files.answer = target
    with qtbot.waitSignal(program.application._salvaging._answered, timeout=PATIENCE_MS):
        press_link(program, qtbot)
    qtbot.waitUntil(lambda: "已抢救到 救.branchbook" in program.banner(), timeout=PATIENCE_MS)
    assert "新簿校验完好" in program.banner()
    assert Shelf().check(target).whole
    assert program.settings.recent[0] == str(target.resolve())


def test_who_gives_up_choosing_a_file_has_lost_nothing(program, damaged, qtbot):
    fails(program, qtbot, lambda: program.application.open(damaged))
    before = damaged.read_bytes()
    program.files.answer = None
    press_link(program, qtbot)
    assert damaged.read_bytes() == before
    assert program.application.start._pages.isEnabled()


def test_what_cannot_be_saved_is_told(program, damaged, qtbot):
    fails(program, qtbot, lambda: program.application.open(damaged))
    program.files.answer = damaged
    with qtbot.waitSignal(program.application._salvaging._answered, timeout=PATIENCE_MS):
        press_link(program, qtbot)
    qtbot.waitUntil(lambda: "同名的文件" in program.banner(), timeout=PATIENCE_MS)
