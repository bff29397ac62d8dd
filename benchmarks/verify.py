"""The full check of a book, by the megabyte, beside the hash of the same file alone.

Two books: one of text with ten years behind it, one that is nearly all photographs. Opening, with its check of
pages, stands beside opening without it.
"""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

from benchmarks.books import ACTOR, BRANCH, meeting, meetings_of, roster, write
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.app import Workshop
from branchbook.services.store import Book
from branchbook.storage import book_file
from branchbook.storage.shelf import Shelf

MEMBERS, YEARS, MEETINGS, PHOTOS, PHOTO_BYTES = 41, 5, 60, 60, 1_000_000


def measure(folder: Path, runs: int) -> list[Line]:
    """Both books, and opening one of them."""
    text, photos = folder / "text.branchbook", folder / "photos.branchbook"
    _make(text)
    _make(photos, PHOTOS)
    return [_verified("text", text, runs), _verified("photographs", photos, runs), _opened(text, runs)]


def _make(path: Path, photos: int = 0) -> None:
    book = Workshop().shelf.create(path, "测量")
    write(book, roster(MEMBERS))
    for year in range(ACTOR.today.year - YEARS, ACTOR.today.year) if not photos else ():
        write(book, meetings_of(year, MEETINGS, MEMBERS))
    _add_photos(book, photos)
    book.close()


def _add_photos(book: Book, count: int) -> None:
    from branchbook.services.operations import operate
    from tests.storage.example import attached

    record = meeting("photographed", "general_meeting", BRANCH, ACTOR.today, tuple(range(MEMBERS)))
    with operate(book, ACTOR, "照片") as operating:
        operating.writing.put(record)
        for number in range(count):
            sha256 = operating.writing.keep_content(random.Random(number).randbytes(PHOTO_BYTES))
            operating.writing.put(attached(record, sha256, f"{number}.jpg", number))


def _verified(what: str, path: Path, runs: int) -> Line:
    """Refuses a figure of a check that found something."""
    megabytes = path.stat().st_size / 1e6

    def check() -> None:
        if findings := Shelf().check(path).findings:
            raise AssertionError(findings)

    took = in_turns({"verify": check, "hash": lambda: _hash(path)}, runs)
    beside = (
        f"{megabytes:.0f} MB: {took['verify'].wall:.2f} s, "
        f"{took['verify'].ratio_to(took['hash']):.0f} × SHA-256 of the file"
    )
    return Line(
        f"verify a book of {what}, a megabyte", took["verify"].wall / megabytes * 1000, "ms", None, beside
    )


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(path: Path, runs: int) -> Line:
    def open_unchecked() -> None:
        kept = book_file.CHECKED_AT_OPEN
        book_file.CHECKED_AT_OPEN = 0
        try:
            Shelf().open(path, None, writable=True, holder="测量").close()
        finally:
            book_file.CHECKED_AT_OPEN = kept

    def open_checked() -> None:
        Shelf().open(path, None, writable=True, holder="测量").close()

    took = in_turns({"checked": open_checked, "unchecked": open_unchecked}, runs * 2)
    extra = (took["checked"].wall - took["unchecked"].wall) * 1000
    megabytes = path.stat().st_size / 1e6
    beside = f"{megabytes:.0f} MB: {took['checked'].wall * 1000:.0f} ms, without {took['unchecked'].wall * 1000:.0f} ms"
    return Line("pages checked at open, a megabyte", extra / megabytes, "ms", None, beside)
