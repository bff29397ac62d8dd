"""Medians in turns, and a table that says which aim was missed."""

import subprocess

import pytest

from benchmarks.memory import parts_of
from benchmarks.report import Line, table
from benchmarks.timing import Runs, in_turns, processes, python


def test_a_ratio_is_the_median_of_the_turns():
    assert Runs((1.0, 4.0, 9.0)).ratio_to(Runs((1.0, 2.0, 3.0))) == 2.0


def test_calls_take_turns_after_one_that_is_not_counted():
    calls: list[str] = []
    took = in_turns({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == ["a", "b"] * 4
    assert len(took["a"].seconds) == len(took["b"].seconds) == 3


def test_a_process_that_fails_is_no_figure():
    with pytest.raises(subprocess.CalledProcessError, match="3"):
        processes({"bad": python("-c", "raise SystemExit(3)")}, 1)


def test_a_small_process_is_not_lent_the_size_of_this_one():
    held = bytearray(200_000_000)
    took = processes({"small": python("-I", "-S", "-c", "pass")}, 1)
    assert took["small"].peak < 60
    assert len(held) == 200_000_000


@pytest.mark.parametrize("value,verdict", [(1.29, "met"), (1.31, "MISSED")])
def test_an_aim_is_met_or_missed(value, verdict):
    assert verdict in table([Line("Desk", value, "×", 1.3)])


def test_a_figure_without_an_aim_has_no_verdict():
    assert table([Line("memory", 104.2, "MiB")]).endswith("| memory | 104 MiB |  |  |  |")


def test_memory_is_added_up_by_what_it_belongs_to():
    smaps = """\
5600-5700 r-xp 00000000 08:01 12    /usr/bin/python3.11
Rss:                 100 kB
5700-5800 rw-p 00000000 00:00 0     [heap]
Rss:                  40 kB
5800-5900 rw-p 00000000 00:00 0
Rss:                   2 kB
5900-6000 r--p 00000000 08:01 13    /lib/site-packages/PySide6/Qt/lib/libQt6Gui.so.6
Rss:                  70 kB
6000-6100 r--p 00000000 08:01 14    /resources/fonts/noto-sans/BranchBookSans.ttf
Rss:                   9 kB
"""
    parts = parts_of(smaps)
    assert parts["Python and its modules"] == 100
    assert parts["heap: Python's and Qt's objects, pictures, glyphs"] == 42
    assert parts["Qt and PySide6"] == 70
    assert parts["fonts"] == 9
