"""Searching many minutes for two characters, through the service: cold (the first search of a process) and warm."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.books import BRANCH, TODAY, book_of_minutes
from benchmarks.report import Line
from benchmarks.timing import CHECKOUT, environment, in_turns, python
from branchbook.app import Workshop
from branchbook.services.desk import desk
from branchbook.services.search import SearchResult, search
from branchbook.services.store import Book

MOST_MILLISECONDS = 10.0
MINUTES = 24_000
WORDS = {"rare": "防汛", "common": "会议", "missing": "鲸鱼"}
"""One that stands in every fortieth minute, one in every one, one in none."""


def measure(folder: Path, runs: int, minutes: int = MINUTES) -> list[Line]:
    """The slowest of the words, cold and warm; each minute stands in a record of its own."""
    path = folder / "minutes.branchbook"
    book_of_minutes(path, minutes, a_record=1)
    return [_cold(path, runs), _warm(path, runs)]


def _warm(path: Path, runs: int) -> Line:
    book = Workshop().shelf.open(path, None, writable=False, holder="测量")
    try:
        things = {name: partial(found, book, word) for name, word in WORDS.items()}
        took = in_turns(things, runs * 8)
    finally:
        book.close()
    words = ", ".join(f"{name} {each.wall * 1000:.1f}" for name, each in took.items())
    slowest = max(each.wall for each in took.values()) * 1000
    return Line("two-character search, warm", slowest, "ms", MOST_MILLISECONDS, words)


def _cold(path: Path, runs: int) -> Line:
    """The first search of a process that has just opened the book and has not searched before."""
    took = {name: median(first_search(path, word) for _ in range(runs)) for name, word in WORDS.items()}
    words = ", ".join(f"{name} {each:.1f}" for name, each in took.items())
    return Line("two-character search, cold", max(took.values()), "ms", MOST_MILLISECONDS, words)


def first_search(path: Path, word: str) -> float:
    """Milliseconds of the first search in a new process."""
    done = subprocess.run(
        python("-m", "benchmarks.search", path, word),
        cwd=CHECKOUT,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def found(book: Book, word: str) -> SearchResult:
    """What the search box asks for."""
    with book.reading() as reading:
        return search(reading, word, TODAY)


def _search_once(path: Path, word: str) -> None:
    import time

    book = Workshop().shelf.open(path, None, writable=False, holder="测量")
    with book.reading() as reading:  # the window has shown the Desk before anybody can search
        desk(reading, BRANCH, TODAY.year, TODAY)
    began = time.perf_counter()
    found(book, word)
    print((time.perf_counter() - began) * 1000)
    book.close()


if __name__ == "__main__":
    _search_once(Path(sys.argv[1]), sys.argv[2])
