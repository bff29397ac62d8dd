"""A finished paper goes into a file whole or not at all, and to a printer by the computer's own commands."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.ui.paper_output import CommandPrinters, PrintJob, Sides, file_name, write_whole

PDF = b"%PDF-1.4 \x00\xff the bytes as they were pressed"
on_unix = pytest.mark.skipif(sys.platform == "win32", reason="commands of CUPS")


def test_a_file_is_written_whole_in_place_of_the_old_one(tmp_path):
    target = tmp_path / "表册.pdf"
    target.write_bytes(b"old")
    write_whole(target, PDF)
    assert target.read_bytes() == PDF
    assert list(tmp_path.iterdir()) == [target]


def test_what_cannot_be_written_is_told_in_chinese_and_leaves_nothing(tmp_path):
    with pytest.raises(RefusedProblem) as caught:
        write_whole(tmp_path / "没有这个文件夹" / "表册.pdf", PDF)
    assert caught.value.what == "文件写不进去"
    assert "换一个文件夹" in caught.value.next_step
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_that_name_is_left_alone(tmp_path):
    target = tmp_path / "表册.pdf"
    target.mkdir()
    with pytest.raises(RefusedProblem):
        write_whole(target, PDF)
    assert list(tmp_path.iterdir()) == [target]


@given(st.text())
def test_any_title_makes_a_file_name_that_file_systems_take(title):
    name = file_name(title, ".pdf")
    assert name.endswith(".pdf")
    assert len(name) > 4
    assert not set('\\/:*?"<>|\n\r\t\x00') & set(name)
    assert not name.startswith((".", " "))


def test_a_chinese_title_is_its_own_file_name():
    assert file_name("示例支部2026年度工作手册", ".pdf") == "示例支部2026年度工作手册.pdf"


# ------------------------------------------------------------------------------- the commands of CUPS


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """A folder that alone is searched for commands; ``put`` lays a shell script into it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\nPATH=/bin:/usr/bin\ncd '{tmp_path}'\n{script}\n", "utf-8")
        os.chmod(path, 0o700)  # noqa: PTH101
        return path

    return put


class Heard:
    """What a printer answered."""

    def __init__(self) -> None:
        self.done = 0
        self.problems: list[Problem] = []
        self.names: list[tuple[str, ...]] = []

    def finish(self) -> None:
        self.done += 1


def sent(qtbot, job: PrintJob) -> Heard:
    printers, heard = CommandPrinters(), Heard()
    printers.send(job, heard.finish, heard.problems.append)
    qtbot.waitUntil(lambda: bool(heard.done or heard.problems))
    return heard


@on_unix
def test_the_same_bytes_arrive_at_lp_with_the_options_chosen(qtbot, commands, tmp_path):
    commands("lp", "printf '%s\\n' \"$@\" > words; cat > given")
    heard = sent(qtbot, PrintJob("党员花名册", PDF * 5000, "办公室", 3, Sides.LONG_EDGE))
    assert heard.done == 1
    assert (tmp_path / "given").read_bytes() == PDF * 5000
    words = (tmp_path / "words").read_text("utf-8").splitlines()
    assert words == ["-d", "办公室", "-t", "党员花名册", "-n", "3", "-o", "sides=two-sided-long-edge", "-"]


@on_unix
def test_the_computers_own_printer_needs_no_name(qtbot, commands, tmp_path):
    commands("lp", "printf '%s\\n' \"$@\" > words; cat > /dev/null")
    sent(qtbot, PrintJob("花名册", PDF))
    assert "-d" not in (tmp_path / "words").read_text("utf-8").splitlines()


@on_unix
def test_a_printer_that_refuses_is_told_with_its_reason(qtbot, commands):
    commands("lp", "cat > /dev/null; echo 'lp: printer is off' >&2; exit 1")
    (problem,) = sent(qtbot, PrintJob("花名册", PDF, "办公室")).problems
    assert problem.what == "打印机没有接受这份表册"
    assert problem.where == "办公室（lp: printer is off）"


@on_unix
def test_a_computer_without_lp_is_told_plainly_and_saving_is_offered(qtbot, commands):
    (problem,) = sent(qtbot, PrintJob("花名册", PDF)).problems
    assert problem.what == "这台电脑上没有安装打印服务，不能直接打印"
    assert "存为 PDF" in problem.next_step


@on_unix
@pytest.mark.parametrize(
    "script, names",
    [
        ("printf '办公室\\nSecond_Floor\\n'", ("办公室", "Second_Floor")),
        ("exit 0", ()),
        ("echo 'lpstat: no scheduler' >&2; exit 1", ()),
    ],
)
def test_printers_are_those_that_lpstat_names(qtbot, commands, script, names):
    commands("lpstat", script)
    printers, heard = CommandPrinters(), Heard()
    printers.list_names(heard.names.append)
    qtbot.waitUntil(lambda: bool(heard.names))
    assert heard.names == [names]


@on_unix
def test_without_lpstat_there_are_no_printers(qtbot, commands):
    printers, heard = CommandPrinters(), Heard()
    printers.list_names(heard.names.append)
    qtbot.waitUntil(lambda: bool(heard.names))
    assert heard.names == [()]
