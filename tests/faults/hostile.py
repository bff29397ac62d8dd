"""Hostile files at every door of the program: ``python -m tests.faults.hostile --count 2000 [--seed N]``.

Files that are nearly right (bits flipped, cut off, parts of a zip exchanged, one inside the other) are given to every
door: roster, lists, exchange file, photo, attachment, book. Each must be taken or be refused with a Problem in Chinese
within ten seconds and within 500 MB beyond what the program needs by itself, the book unchanged where it is refused,
and no file anywhere but where the door puts one. Linux.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from branchbook.domain.problems import Problem
from branchbook.domain.records import AttachmentKind
from branchbook.exchange.book_zip import ZipArchives
from branchbook.exchange.photo_reducing import PillowPhotoReducer
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.attachments import NewFile, add_attachment, open_copy
from branchbook.services.book_exchange import export_book, import_book
from branchbook.services.list_export import all_tables, export_lists
from branchbook.services.list_import import import_lists, open_lists
from branchbook.services.roster_export import export_roster
from branchbook.services.roster_import import import_roster, open_roster
from branchbook.services.store import Book
from branchbook.storage.shelf import Shelf
from tests.faults.kill_trials import BOOK, filled, opened
from tests.services.small_book import FIRST_BRANCH, TODAY, actor

SECONDS = 10
_LARGEST = 1_000_000
MEGABYTES = 500
_HUGE_NUMBERS = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x00", b"99999999999")
_XML_BITS = (
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>",
    b"&b;&b;&b;",
    b"<c r='XFD1048576'><v>1</v></c>",
    b"<mergeCell ref='A1:XFD1048576'/>",
    b'<f>HYPERLINK("file:///etc/passwd")</f>',
    b"\x00",
    b"<![CDATA[",
    "一".encode() * 5000,
)


class TooLong(BaseException):
    """Ten seconds are over. No ``except Exception`` on the way may swallow it."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a file comes in. ``enter`` does with it all that the program would do."""

    name: str
    suffix: str
    enter: Callable[[Book, Path], object]


def _roster(book: Book, path: Path) -> object:
    with book.reading() as reading:
        file = open_roster(SpreadsheetFiles(), path, reading)
    return import_roster(book, file, file.mapping, actor(), FIRST_BRANCH)


def _lists(book: Book, path: Path) -> object:
    return import_lists(book, open_lists(SpreadsheetFiles(), path), actor())


def _exchange(book: Book, path: Path) -> object:
    return import_book(book, ZipArchives(), path, actor())


def _photo(book: Book, path: Path) -> object:
    return PillowPhotoReducer().reduced(path.read_bytes())


def _attachment(book: Book, path: Path) -> object:
    file = NewFile(content=path.read_bytes(), file_name=path.name, kind=AttachmentKind.OTHER)
    added = add_attachment(book, FIRST_BRANCH, file, actor(), PillowPhotoReducer()).value.attachment
    with book.reading() as reading:
        return open_copy(reading, added.id, book.path.parent / "查看")


def _book(book: Book, path: Path) -> object:
    Shelf().open(path, None, writable=False, holder="").close()
    return Shelf().check(path)


DOORS = (
    Door("roster", ".xlsx", _roster),
    Door("lists", ".xlsx", _lists),
    Door("exchange", ".zip", _exchange),
    Door("photo", ".jpg", _photo),
    Door("attachment", ".pdf", _attachment),
    Door("book", ".branchbook", _book),
)


_FITTING = {
    "roster": ("roster",) * 9,
    "lists": ("lists",) * 9,
    "exchange": ("zip",) * 9,
    "photo": ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"),
    "attachment": ("pdf", "docx", "JPEG", "PNG"),
    "book": ("book",) * 9,
}
"""Which sorts of file each door is given most, besides any at all."""


def seeds(folder: Path) -> dict[str, bytes]:
    """A right file of every sort, to be made wrong."""
    book = opened(folder)
    with book.reading() as reading:
        export_roster(SpreadsheetFiles(), folder / "seed.xlsx", reading.roster(), TODAY, FIRST_BRANCH)
        export_lists(
            SpreadsheetFiles(), folder / "lists.xlsx", all_tables(reading, FIRST_BRANCH, TODAY.year, TODAY)
        )
        export_book(reading, ZipArchives(), folder / "seed.zip")
    book.close()
    pictures = {f"{kind}": _picture(kind) for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")}
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
    found = {
        "roster": (folder / "seed.xlsx").read_bytes(),
        "lists": (folder / "lists.xlsx").read_bytes(),
        "zip": (folder / "seed.zip").read_bytes(),
        "book": (folder / BOOK).read_bytes(),
        "pdf": pdf,
        "docx": _package({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}),
        **pictures,
    }
    for name in ("seed.xlsx", "lists.xlsx", "seed.zip"):
        (folder / name).unlink()
    return found


def _picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(stream, kind)
    return stream.getvalue()


def _package(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


# --------------------------------------------------------------------------------------------- making it wrong


def worsened(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The same file with a few things wrong with it."""
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_WAYS)(content, chance, others)
    return content


def _flip(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(content)
    for _bit in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _number(content: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(content) + 1)
    number = chance.choice(_HUGE_NUMBERS)
    return content[:at] + number + content[at + len(number) :]


def _graft(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    at, start = chance.randrange(len(content) + 1), chance.randrange(len(other) + 1)
    return content[:at] + other[start : start + 2000] + content[at:]


def _part(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """One part of a package changed, doubled, renamed out of its folder, or blown up; others are left alone."""
    if len(content) > _LARGEST:
        return _cut(content, chance, others)
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = {each: package.read(each) for each in package.namelist()}
    except Exception:  # noqa: BLE001 - what is no package any more is damaged in another way
        return _flip(content, chance, others)
    if not parts:
        return content
    name = chance.choice(sorted(parts))
    at = chance.randrange(len(parts[name]) + 1)
    what = chance.randrange(5)
    if what == 0:
        parts[name] = parts[name][:at] + chance.choice(_XML_BITS) + parts[name][at:]
    elif what == 1:
        parts[f"../../{name}"] = parts.pop(name)
    elif what == 2:
        parts[name] = parts[name][:_LARGEST] * 40
    elif what == 3:
        del parts[name]
    else:
        parts[f"{name}.bin"] = bytes(30_000_000)
    return _package(parts)


_WAYS = (_flip, _cut, _number, _graft, _part, _part)


# --------------------------------------------------------------------------------------------- the run


def give(door: Door, book: Book, path: Path) -> str:
    """What came of one file: "taken", or "refused" with the book as it was. Raises AssertionError for anything else."""
    before = _state(book)
    refusal = ""
    signal.alarm(SECONDS)
    try:
        door.enter(book, path)
    except Problem as problem:
        refusal = str(problem)
    except TooLong:
        raise AssertionError(f"more than {SECONDS} s") from None
    except BaseException as error:
        raise AssertionError(f"{type(error).__name__}: {error}") from error
    finally:
        signal.alarm(0)
    if not refusal:
        return "taken"
    assert any("\u4e00" <= each <= "\u9fff" for each in refusal), f"no Chinese: {refusal}"
    assert _state(book) == before, "the book changed although the file was refused"
    return "refused"


def _state(book: Book) -> tuple[int, ...]:
    with book.reading() as reading:
        return tuple(each.number for each in reading.operations(3))


def _over(*_: object) -> None:
    raise TooLong


def run(count: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Give so many files; a count of what came of them by door."""
    filled(folder)
    known = seeds(folder)
    book = opened(folder)
    inside = {BOOK, "查看", f"{BOOK}-journal"}
    outside = set(folder.parent.iterdir())
    came: Counter[str] = Counter()
    own = [each for each in folder.iterdir() if each.name not in inside]
    for number in range(count):
        door = chance.choice(DOORS)
        sort = chance.choice((*_FITTING[door.name], *sorted(known)))
        content = worsened(known[sort], chance, list(known.values()))
        path = folder / f"来件 {number}{door.suffix}"
        path.write_bytes(content)
        try:
            came[f"{door.name} {give(door, book, path)}"] += 1
        except AssertionError:
            shutil.copy(path, Path(tempfile.gettempdir()) / f"hostile-{door.name}-{number}{door.suffix}")
            raise
        path.unlink()
        left = [each.name for each in folder.iterdir() if each.name not in inside and each not in own]
        assert not left, f"{door.name} left {left}"
        assert set(folder.parent.iterdir()) == outside, f"{door.name} wrote outside its place"
    book.close()
    assert Shelf().check(folder / BOOK).whole
    return came


def limit_memory() -> None:
    """From here on no more than so many megabytes beyond what is loaded now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(arguments: Sequence[str]) -> int:
    """Run and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGALRM, _over)
    limit_memory()
    with tempfile.TemporaryDirectory(prefix="hostile-") as outer:
        folder = Path(outer) / "簿"
        folder.mkdir()
        came = run(given.count, random.Random(given.seed), folder)
    print(json.dumps({"files": given.count, **dict(sorted(came.items()))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
