"""A record of two pages in a warm process: bound from the book, pressed, and its first page as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from benchmarks.books import ACTOR, BRANCH, final, meeting, roster, write
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.app import Workshop
from branchbook.domain.records import Record, Speech
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import print_paper
from branchbook.services.printing_press import PressedPaper
from branchbook.services.store import Book

MOST_MILLISECONDS = 25.0
SCALE = 96 / 72
"""Pixels per point of a screen at its natural size."""


def measure(folder: Path, runs: int) -> list[Line]:
    """Each turn prints another record, so that no line was broken before."""
    count = runs * 4
    path = folder / "preview.branchbook"
    ids = make_book(path, count + 2)
    book = Workshop().shelf.open(path, None, writable=False, holder="测量")
    try:
        both = _pressing(book, ids)
        once = both()  # the first loads the fonts: a warm process has printed before
        assert pages_of(once) == 2, f"{pages_of(once)} pages instead of two"
        took = in_turns({"both": lambda: picture(both().pdf)}, count)["both"]
        picturing = in_turns({"picture": lambda: picture(once.pdf)}, count)["picture"]
    finally:
        book.close()
    beside = f"of which the picture {picturing.wall * 1000:.1f} ms"
    return [
        Line("a warm two-page record with its preview", took.wall * 1000, "ms", MOST_MILLISECONDS, beside)
    ]


def make_book(path: Path, count: int) -> list[UUID]:
    """A book with ``count`` records, each of two pages and of its own words."""
    records = [two_pages(number) for number in range(count)]
    book = Workshop().shelf.create(path, "测量")
    write(book, roster(41))
    write(book, tuple(records))
    book.close()
    return [record.id for record in records]


def two_pages(number: int) -> Record:
    """Minutes of about 1,200 characters under the head of a record."""
    record = meeting(f"pages {number}", "general_meeting", BRANCH, date(2026, 5, 8), tuple(range(41)))

    def own(speech: Speech) -> Speech:
        return replace(
            speech, text=f"第{number}号发言。{speech.text}{number * 37 % 100}人次参加，{speech.text}"
        )

    agenda = tuple(replace(item, speeches=tuple(map(own, item.speeches))) for item in record.agenda)
    return final(replace(record, agenda=agenda))


def _pressing(book: Book, ids: list[UUID]) -> Callable[[], PressedPaper]:
    """A call that prints the next record each time."""
    press, following = Workshop().press, iter(ids)

    def press_next() -> PressedPaper:
        request = PaperRequest("general_meeting_minutes", ACTOR.today, record_id=next(following))
        with book.reading() as reading:
            return print_paper(reading, press, request)

    return press_next


def picture(pdf: bytes) -> tuple[int, int]:
    """The first page as pixels, as the preview draws it; its size."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=SCALE)
        return bitmap.width, bitmap.height
    finally:
        document.close()


def pages_of(pressed: PressedPaper) -> int:
    """How many pages a paper has."""
    return pressed.pages
