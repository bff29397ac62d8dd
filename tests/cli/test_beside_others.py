"""The command line beside an open window, without a display, and as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from branchbook.app import Workshop
from branchbook.cli.main import run
from branchbook.cli.surroundings import Surroundings
from tests.cli.conftest import NOW, assert_words, refused
from tests.cli.test_book_files import digest
from tests.cli.test_roster import workbook
from tests.storage.conftest import child

PATIENCE = 60
HOLD = (
    "import sys; from pathlib import Path; from branchbook.storage.shelf import Shelf\n"
    "book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder='王操作')\n"
    "print('held', flush=True); sys.stdin.read(); book.close()"
)


@contextmanager
def held(book: Path):
    """The book open for writing in another program."""
    with child(HOLD, book) as other:
        try:
            assert other.stdout.readline() == "held\n"
            yield other
        finally:
            other.communicate("", timeout=PATIENCE)


def test_reading_verbs_work_beside_an_open_window(branchbook, book, kept, tmp_path):
    with held(book):
        for words in (
            ("due", book, "--json"),
            ("search", book, "食堂"),
            ("verify", book),
            ("backup", book, tmp_path / "."),
            ("export", book, tmp_path / "出.zip"),
            ("roster", "export", book, tmp_path / "出.xlsx"),
            ("print", book, "general_meeting_minutes", "--record", kept.final.id, "-o", tmp_path / "出.pdf"),
            ("import", book, tmp_path / "出.zip", "--dry-run"),
            ("roster", "import", book, tmp_path / "出.xlsx", "--dry-run"),
        ):
            answer = branchbook(*words)
            assert (answer.code, answer.errors) == (0, ""), words


def test_writing_verbs_end_with_1_and_the_name_of_the_holder(branchbook, book, tmp_path):
    rows = workbook(tmp_path / "册.xlsx", ("姓名", "性别"), ("新示例", "男"))
    branchbook("export", book, tmp_path / "出.zip")
    before = digest(book)
    with held(book) as other:
        for words in (("roster", "import", book, rows), ("import", book, tmp_path / "出.zip")):
            refused(branchbook(*words), "簿被占用", "王操作", str(other.pid), "在那边关闭")
    assert digest(book) == before
    assert branchbook("roster", "import", book, rows, "--branch", "第一支部").code == 0


def test_a_book_in_a_read_only_place_is_read_and_not_written(branchbook, kept, tmp_path, read_only_place):
    rows = workbook(tmp_path / "册.xlsx", ("姓名", "性别"), ("新示例", "男"))
    book = read_only_place(kept.path)
    assert branchbook("due", book, "--json").json
    answer = branchbook("roster", "import", book, rows, "--branch", "第一支部")
    assert answer.code == 1
    assert_words(answer.errors, ["只读", str(book), "复制到可写"])
    refused(branchbook("new", book.with_name("新.branchbook"), "--branch", "甲"), "不能写入")


@contextmanager
def environment(**changes: str):
    """This process's variables without a display, for a child."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    yield kept | {"PYTHONUTF8": "0"} | changes


def started(*words: object, **changes: str) -> subprocess.CompletedProcess[bytes]:
    with environment(**changes) as variables:
        return subprocess.run(
            [sys.executable, "-m", "branchbook", *map(str, words)],
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )


def test_no_verb_loads_qt(book, kept, tmp_path):
    """All verbs but demo, in one process without a display."""
    code = (
        "import io, sys; from branchbook.app import main\n"
        "book, folder, record = sys.argv[1:]\n"
        "for words in (['due', book], ['search', book, '食堂'], ['rules'], ['papers'], ['verify', book],\n"
        "    ['print', book, 'general_meeting_minutes', '--record', record, '-o', folder + '/a.pdf'],\n"
        "    ['print', book, 'general_meeting_minutes', '--blank', '-o', folder + '/a.docx'],\n"
        "    ['backup', book, folder], ['export', book, folder + '/a.zip'], ['import', book, folder + '/a.zip'],\n"
        "    ['roster', 'export', book, folder + '/a.xlsx'], ['roster', 'import', book, folder + '/a.xlsx'],\n"
        "    ['new', folder + '/n.branchbook', '--branch', '甲'], ['restore', book, folder + '/r.branchbook']):\n"
        "    assert main(words) == 0, words\n"
        "print('loaded', [name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')])\n"
    )
    with environment() as variables:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code, str(book), str(tmp_path), str(kept.final.id)],
            env=variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded []"


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_chinese_comes_out_as_utf_8_whatever_the_system_speaks(book, locale):
    done = started("due", book, "--json", LC_ALL=locale, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert "第一支部" in done.stdout.decode("utf-8")
    wrong = started("due", "无.branchbook", LC_ALL=locale, PYTHONIOENCODING="latin-1")
    assert wrong.returncode == 2
    assert "找不到这个文件" in wrong.stderr.decode("utf-8")


def test_the_exit_code_is_that_of_the_process(book, tmp_path):
    assert started("papers").returncode == 0
    assert started("restore", book, book).returncode == 1
    assert started("due").returncode == 2
    done = started("--help")
    assert done.returncode == 0
    assert "用法" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_fault(book):
    """``branchbook due … | head -1`` ends quietly."""
    code = "import sys; sys.stdout.write(sys.stdin.readline())"
    with environment() as variables:
        writer = subprocess.Popen(
            [sys.executable, "-m", "branchbook", "rules", "--json"],
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        reader = subprocess.run(
            [sys.executable, "-c", code], stdin=writer.stdout, timeout=PATIENCE, capture_output=True
        )
        assert writer.stdout is not None
        writer.stdout.close()
        assert writer.stderr is not None
        with writer.stderr as errors:
            told = errors.read().decode("utf-8")
        assert writer.wait(PATIENCE) in (0, 1)
    assert reader.stdout.startswith(b"[")
    assert "Traceback" not in told


class BrokenWorkshop(Workshop):
    """A workshop in which nothing can be done, because of a fault of ours."""

    @property
    def shelf(self):
        raise ZeroDivisionError("".join(["王", "示例"]))


def test_a_fault_of_the_program_is_told_in_chinese_with_the_lines_for_its_developer(book):
    out, errors = io.StringIO(), io.StringIO()
    assert run(["due", str(book)], Surroundings(BrokenWorkshop(), NOW, out, errors)) == 1
    assert out.getvalue() == ""
    assert_words(
        errors.getvalue(), ["branchbook：程序内部出错", "ZeroDivisionError", "surroundings.py", "in shelf"]
    )
    assert "王示例" not in errors.getvalue()
