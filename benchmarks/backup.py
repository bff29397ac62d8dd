"""A backup with its verification, of a book full of attachments, beside cp and sha256sum of the same file.

``BRANCHBOOK_BENCH_MB`` sets the size (96; 1100 for the figure in docs/benchmarks.md, which also passes the page
that the engine never writes).
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid5

from benchmarks.books import ACTOR, BRANCH, SPACE, final, meeting, roster, write
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.app import Workshop
from branchbook.domain.records import Attachment, AttachmentKind
from branchbook.services.operations import operate
from branchbook.storage.book import StoredBook
from branchbook.storage.check import sha256_of, verify
from branchbook.storage.shelf import Shelf

PLAIN_MEGABYTES = 96
ENGINE_AIM, BYTES_AIM = 4.0, 2.0
_EACH = 1_000_000
_A_RECORD = 10


def measure(folder: Path, runs: int) -> list[Line]:
    """Ratios to cp + sha256sum, once through the engine and once byte by byte; equal books first."""
    if shutil.which("cp") is None or shutil.which("sha256sum") is None:
        return []
    megabytes = int(os.environ.get("BRANCHBOOK_BENCH_MB", PLAIN_MEGABYTES))
    path = folder / "附件.branchbook"
    book_of_attachments(path, megabytes)
    place = folder / "备份"
    place.mkdir()
    shelf = Shelf()
    reader = shelf.open(path, None, writable=False, holder="测量")
    holder = shelf.open(path, None, writable=True, holder="测量")
    try:
        _compare(path, reader, holder, place)
        found = in_turns(
            {
                "floor": lambda: _copy_and_hash(path, place / "cp"),
                "engine": _emptied(place, lambda: shelf.back_up(reader, place, ACTOR.now)),
                "bytes": _emptied(place, lambda: shelf.back_up(holder, place, ACTOR.now)),
            },
            runs,
        )
    finally:
        reader.close()
        holder.close()
    what = f"backup and verification of {path.stat().st_size / 2**30:.2f} GiB"
    floor = found["floor"]
    return [
        Line(
            f"{what}, through the engine",
            found["engine"].ratio_to(floor),
            "×",
            ENGINE_AIM,
            _beside(floor.wall),
        ),
        Line(f"{what}, byte by byte", found["bytes"].ratio_to(floor), "×", BYTES_AIM, _beside(floor.wall)),
        Line(f"{what}, byte by byte, wall", found["bytes"].wall, "s"),
    ]


def _beside(seconds: float) -> str:
    return f"cp + sha256sum ({seconds:.2f} s)"


def book_of_attachments(path: Path, megabytes: int) -> None:
    """A branch of fifty with so many photos of one megabyte, which cannot be packed, ten to a record."""
    chance = random.Random(6)
    book = Workshop().shelf.create(path, "测量")
    try:
        write(book, roster(50))
        for number in range(max(megabytes // _A_RECORD, 1)):
            record = final(
                meeting(f"photos {number}", "general_meeting", BRANCH, date(2026, 5, 8), (0, 1, 2))
            )
            with operate(book, ACTOR, "准备测量") as operating:
                operating.writing.put(record)
                for position in range(_A_RECORD):
                    sha256 = operating.writing.keep_content(chance.randbytes(_EACH))
                    key = uuid5(SPACE, f"photo {number} {position}")
                    photo = Attachment(
                        key, record.id, AttachmentKind.PHOTO, "照片.jpg", sha256, _EACH, "image/jpeg"
                    )
                    operating.writing.put(photo)
    finally:
        book.close()


def _compare(path: Path, reader: StoredBook, holder: StoredBook, place: Path) -> None:
    """Both ways give a whole book; byte by byte it is the very same file."""
    shelf = Shelf()
    for book in (reader, holder):
        made = shelf.back_up(book, place, ACTOR.now)
        report = verify(made.path)
        assert report.whole, report.findings
        assert report.contents == verify(path).contents
        if book is holder:
            assert made.sha256 == sha256_of(path)
    _empty(place)


def _copy_and_hash(path: Path, target: Path) -> None:
    subprocess.run(["cp", path, target], check=True)
    subprocess.run(["sha256sum", target], check=True, stdout=subprocess.DEVNULL)
    target.unlink()


def _emptied(place: Path, back_up: Callable[[], object]) -> Callable[[], None]:
    """A backup whose file is removed afterwards, as the floor removes its own: so the disk never fills."""

    def call() -> None:
        back_up()
        _empty(place)

    return call


def _empty(place: Path) -> None:
    for each in place.iterdir():
        each.unlink()
