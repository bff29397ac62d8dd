"""The Desk with its year grid: on ten years of meetings it must cost what it costs on one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.books import BRANCH, TODAY, book_of_years
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.app import Workshop
from branchbook.services.desk import DeskView, desk
from branchbook.services.store import Book

MOST_MILLISECONDS = 50.0
MOST_TIMES_ONE_YEAR = 1.3


def measure(folder: Path, runs: int, years: int = 10) -> list[Line]:
    """The Desk of the last year, in a book of one year and in one of ``years`` (120 meetings each, 50 members)."""
    books = {count: _book(folder, count) for count in (1, years)}
    try:
        same_desk(books[1], books[years])
        # A Desk takes a few milliseconds: many more turns than a process would get, for the same patience.
        took = in_turns({str(count): partial(view, book) for count, book in books.items()}, runs * 8)
    finally:
        for book in books.values():
            book.close()
    one, many = took["1"], took[str(years)]
    return [
        Line(
            f"Desk and year grid, {years} years",
            many.wall * 1000,
            "ms",
            MOST_MILLISECONDS,
            "the Desk's service with its own reading of the book",
        ),
        Line(
            f"Desk, {years} years to one",
            many.ratio_to(one),
            "×",
            MOST_TIMES_ONE_YEAR,
            f"one year: {one.wall * 1000:.1f} ms",
        ),
    ]


def view(book: Book) -> DeskView:
    """The Desk as the screen asks for it: a fresh reading each time."""
    with book.reading() as reading:
        return desk(reading, BRANCH, TODAY.year, TODAY)


def same_desk(one: Book, many: Book) -> None:
    """Refuse to compare Desks that show different things: both end with the same year."""
    first, second = view(one), view(many)
    states = [
        [(each.scope, each.requirement, each.state) for each in shown.findings] for shown in (first, second)
    ]
    if states[0] != states[1] or len(first.grid) != len(second.grid):
        raise AssertionError("the two books do not show the same Desk")


def _book(folder: Path, years: int) -> Book:
    path = folder / f"years-{years}.branchbook"
    book_of_years(path, years)
    return Workshop().shelf.open(path, None, writable=False, holder="测量")
