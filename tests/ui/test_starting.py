"""The first steps of a program with a window: one application, its language, its log, its look."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QWidget

from branchbook.ui.error_log import LOG_FILE
from branchbook.ui.main_window import MainWindow
from branchbook.ui.pictures import QUIET_MS, settle, take_pictures, wait_for
from branchbook.ui.starting import when_painted

BEGIN = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from branchbook.services.program import ProgramSettings
from branchbook.ui.starting import make_application
from branchbook.ui.theme import Look
application = make_application(ProgramSettings(theme=sys.argv[1], text_scale=125), Path(sys.argv[2]))
print(json.dumps({
    "name": application.applicationDisplayName(),
    "desktop": application.desktopFileName(),
    "icon": not application.windowIcon().isNull(),
    "word": QCoreApplication.translate("QPlatformTheme", "Cancel"),
    "look": [Look.current().choice.value, Look.current().text_scale],
}))
raise ValueError("王某某")
"""


def begun(folder: Path, theme: str) -> subprocess.CompletedProcess[str]:
    """A program begun in a process of its own, which then meets a fault that nobody catches."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", BEGIN, theme, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.mark.parametrize("theme, choice", [("dark", "dark"), ("粉色", "system")])
def test_there_is_one_application_with_its_name_language_and_look(tmp_path, theme, choice):
    """A look that this version does not know is the system's."""
    done = begun(tmp_path / "设置", theme)
    assert json.loads(done.stdout) == {
        "name": "支部手册",
        "desktop": "branchbook",
        "icon": True,
        "word": "取消",
        "look": [choice, 125],
    }


def test_what_nobody_caught_is_logged_without_its_message_and_told_on_the_terminal(tmp_path):
    done = begun(tmp_path, "light")
    assert done.returncode == 1
    assert "ValueError: 王某某" in done.stderr
    log = (tmp_path / LOG_FILE).read_text("utf-8")
    assert "ERROR ValueError at" in log
    assert "王某某" not in log


def test_a_folder_that_cannot_be_written_does_not_keep_the_program_from_starting(tmp_path):
    (tmp_path / "设置").write_text("a file stands where the folder should be", "utf-8")
    assert json.loads(begun(tmp_path / "设置", "light").stdout)["icon"]


class Painted(QWidget):
    """Counts how often it was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def paintEvent(self, event) -> None:
        self.times += 1
        super().paintEvent(event)


def test_it_is_told_once_the_window_has_been_painted(qtbot):
    window, seen = Painted(), []
    qtbot.addWidget(window)
    window.show()
    when_painted(lambda: seen.append(window.times))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [window.times]
    assert window.times > 0


def test_waiting_ends_when_it_has_been_so_for_a_while():
    """A moment in which it was so is not enough: a place may ask the book again just after."""
    answers = iter([False, True, False])
    since = QElapsedTimer()

    def reached() -> bool:
        now = next(answers, True)
        if now and not since.isValid():
            since.start()
        elif not now:
            since.invalidate()
        return now

    wait_for(reached)
    assert next(answers, None) is None
    assert since.elapsed() >= QUIET_MS


def test_settling_waits_for_answers(commands):
    answers: list[int] = []
    commands.ask(lambda: 7, answers.append)
    settle(commands)
    assert answers == [7]


def test_pictures_of_no_place_are_none(commands, tmp_path, qtbot):
    window = MainWindow((), QWidget())
    qtbot.addWidget(window)
    assert take_pictures(window, commands, tmp_path / "图", (), lambda _: None) == ()
    assert (tmp_path / "图").is_dir()
