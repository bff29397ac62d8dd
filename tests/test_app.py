"""The composition root: which words want a window, where settings lie, and the program as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchbook import app
from branchbook.app import SELF_TEST, Workshop, configuration_folder, wants_window
from branchbook.storage.shelf import Shelf
from tests.services.small_book import fill
from tests.storage.conftest import child

PATIENCE = 60


@pytest.mark.parametrize(
    "words, expected",
    [
        ([], True),
        (["示例.branchbook"], True),
        (["due", "示例.branchbook"], False),
        (["--help"], False),
        (["示例.zip"], False),
        (["示例.branchbook", "又一本.branchbook"], False),
        ([SELF_TEST], True),
        ([SELF_TEST, "示例.branchbook"], True),
        ([SELF_TEST, "示例.branchbook", "due"], False),
    ],
)
def test_the_window_opens_without_a_verb(words, expected):
    assert wants_window(words) is expected


def test_settings_lie_where_the_system_keeps_them(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "配置"))
    assert configuration_folder() == tmp_path / "配置" / "branchbook"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert configuration_folder() == Path.home() / ".config" / "branchbook"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData"))
    assert configuration_folder() == tmp_path / "AppData" / "BranchBook"


def test_the_workshop_makes_each_room_once():
    workshop = Workshop()
    for name in ("shelf", "press", "word_press", "tables", "photos", "archives"):
        assert getattr(workshop, name) is getattr(workshop, name)


def test_a_verb_runs_without_a_window(capsys):
    assert app.main(["papers"]) == 0
    assert "handbook" in capsys.readouterr().out
    assert app.main(["verify", "无.branchbook"]) == 2
    assert "找不到这个文件" in capsys.readouterr().err


def test_the_process_leaves_with_all_its_words_and_its_exit_code(capsys):
    """It ends without taking its modules apart: what was said into a pipe must have arrived all the same."""
    app.main(["papers"])
    told = run_module("papers")
    assert (told.returncode, told.stdout, told.stderr) == (0, capsys.readouterr().out, "")
    refused = run_module("verify", "无.branchbook")
    assert refused.returncode == 2
    assert "找不到这个文件" in refused.stderr


def run_module(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "branchbook", *words], capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture
def home(tmp_path) -> Path:
    """A home and a working folder under a Chinese name with a space."""
    folder = tmp_path / "张 三的电脑"
    folder.mkdir()
    return folder


@pytest.fixture
def book(home) -> Path:
    path = home / "示例 总支.branchbook"
    made = Shelf().create(path, "")
    fill(made)
    made.close()
    return path


def window(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """The program with its window, as a process that must end by itself."""
    variables = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "配置"),
    }
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "branchbook", *map(str, words)],
        cwd=home,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )


def log(home: Path) -> list[str]:
    """What the program logged but the one remark of Qt's screen in memory."""
    files = (home / "配置" / "branchbook").glob("*.log")
    lines = [line for each in files for line in each.read_text("utf-8").splitlines()]
    return [line for line in lines if "propagateSizeHints" not in line]


class TestSelfTest:
    def test_the_window_is_painted_and_the_program_ends(self, home):
        done = window(home, SELF_TEST)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert "Traceback" not in done.stderr
        assert log(home) == []

    def test_a_book_is_opened_to_the_desk_and_let_go(self, home, book):
        done = window(home, SELF_TEST, book.name)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert log(home) == []
        assert {each.name for each in home.iterdir()} == {book.name, "配置"}
        Shelf().open(book, None, writable=True, holder="").close()

    def test_a_book_that_cannot_be_opened_ends_it_with_the_problems_code(self, home, book):
        assert window(home, SELF_TEST, "没有.branchbook").returncode == 2
        hold = (
            "import sys; from pathlib import Path; from branchbook.storage.shelf import Shelf\n"
            "book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder='王操作')\n"
            "print('held', flush=True); sys.stdin.read(); book.close()"
        )
        with child(hold, book) as other:
            assert other.stdout.readline() == "held\n"
            assert window(home, SELF_TEST, book.name).returncode == 1
            other.communicate("", timeout=PATIENCE)

    def test_a_second_start_hands_over_and_ends(self, home, book):
        """The first program listens for its book; the second raises it and is gone."""
        listen = (
            "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication, QTimer\n"
            "from branchbook.ui.single_instance import FirstWindow\n"
            "app = QCoreApplication([]); first = FirstWindow(Path(sys.argv[1]))\n"
            "first.asked.connect(lambda: (print('asked', flush=True), app.quit()))\n"
            "QTimer.singleShot(50_000, app.quit); print('listening', flush=True); app.exec()"
        )
        with child(listen, book) as first:
            assert first.stdout.readline() == "listening\n"
            done = window(home, book.name)
            assert done.returncode == 0, done.stderr
            assert first.communicate(timeout=PATIENCE)[0] == "asked\n"


@pytest.mark.slow
def test_pictures_of_every_place_light_and_dark(home, book):
    """As the demo takes them, in a process of its own: no display, no settings of this user touched."""
    code = (
        "import sys; from pathlib import Path; from branchbook.app import picture_places\n"
        "print(picture_places(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    variables = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    variables.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(book), str(home / "图")],
        env=variables | {"XDG_CONFIG_HOME": str(home / "配置")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=2 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    names = {each.name for each in (home / "图").iterdir()}
    places = {"desk", "members", "meetings", "print", "safety", "settings"}
    assert {f"{place}-{look}.png" for place in places for look in ("light", "dark")} <= names
    assert done.stdout == f"{len(names)}\n"
    assert not (home / "配置").exists()
    for place in places:
        light, dark = ((home / "图" / f"{place}-{look}.png").read_bytes() for look in ("light", "dark"))
        assert light.startswith(b"\x89PNG")
        assert light != dark
    Shelf().open(book, None, writable=True, holder="").close()


def test_pictures_of_what_is_no_book_end_with_its_problem_and_no_thread(home):
    code = (
        "import sys; from pathlib import Path; from branchbook.app import picture_places\n"
        "picture_places(Path(sys.argv[1]), Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(home / "无.branchbook")],
        env=os.environ | {"XDG_CONFIG_HOME": str(home / "配置"), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "找不到这个文件" in done.stderr
