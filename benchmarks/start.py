"""From the command to the painted window, and to the Desk of the example book, then closed again."""

from __future__ import annotations

from pathlib import Path

from benchmarks.books import example_book
from benchmarks.report import Line
from benchmarks.timing import branchbook, processes, python
from branchbook.storage.identify import find_key

MOST_TIMES_FLOOR = 1.3


def measure(folder: Path, runs: int) -> list[Line]:
    """Two ratios of whole processes, and what the floors took."""
    book = folder / "example.branchbook"
    example_book(book)
    took = processes(commands(book), runs)
    lines = []
    for what, name, floor, floor_name in (
        ("window painted, then quit", "window", "empty window", "an empty QMainWindow"),
        (
            "Desk of the example usable, then quit",
            "desk",
            "ORM window",
            "window + 25 mapped classes + one query",
        ),
    ):
        beside = f"{took[name].wall * 1000:.0f} ms, {floor_name} {took[floor].wall * 1000:.0f} ms"
        lines.append(Line(what, took[name].ratio_to(took[floor]), "×", MOST_TIMES_FLOOR, beside))
    return lines


def commands(book: Path) -> dict[str, list[str]]:
    """The program's two starts, each followed by its floor."""
    key = find_key(book, None).pragma
    return {
        "window": branchbook("--self-test"),
        "empty window": python("-m", "benchmarks.floors.empty_window"),
        "desk": branchbook("--self-test", book),
        "ORM window": python("-m", "benchmarks.floors.orm_window", book, key),
    }
