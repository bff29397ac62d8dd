"""Opening a protected book, beside the derivation of its key alone, which is the least that it can cost."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from benchmarks.books import BRANCH, final, meeting, roster, write
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.storage import keys
from branchbook.storage.shelf import Shelf

PASSPHRASE = "骆驼 电池 竹篮"
MOST_RATIO = 1.3


def measure(folder: Path, runs: int) -> list[Line]:
    """Open, read the roster once, close; a book of 41 members and forty meetings."""
    protected, plain = folder / "protected.branchbook", folder / "plain.branchbook"
    make_book(protected, PASSPHRASE)
    make_book(plain, None)
    salt = keys.read_salt(protected)
    things = {
        "open": lambda: look(protected, PASSPHRASE),
        "derive": lambda: derived(salt),
        "plain": lambda: look(plain, None),
    }
    assert look(protected, PASSPHRASE) == look(plain, None) == 41
    took = in_turns(things, runs * 2)
    ratio = took["open"].ratio_to(took["derive"])
    beside = f"{took['open'].wall * 1000:.0f} ms, the key alone {took['derive'].wall * 1000:.0f} ms"
    without = took["plain"].wall * 1000
    return [
        Line("open with a passphrase and read the roster, to the key alone", ratio, "×", MOST_RATIO, beside),
        Line("the same without a passphrase", without, "ms", None, ""),
    ]


def make_book(path: Path, passphrase: str | None) -> None:
    """Forty meetings of 41 members, closed."""
    book = Shelf().create(path, "测量", passphrase)
    write(book, roster(41))
    days = [date(2026, 1 + number % 12, 1 + number % 28) for number in range(40)]
    everyone = tuple(range(41))
    records = [
        final(meeting(f"passphrase {number}", "general_meeting", BRANCH, day, everyone))
        for number, day in enumerate(days)
    ]
    write(book, tuple(records))
    book.close()


def look(path: Path, passphrase: str | None) -> int:
    """How many people the book has, asked of a book just opened."""
    book = Shelf().open(path, passphrase, writable=False, holder="")
    try:
        with book.reading() as reading:
            return len(reading.roster().people)
    finally:
        book.close()


def derived(salt: bytes) -> bytes:
    """What every program that opens the book has to do, by the standard library and nothing else."""
    return hashlib.pbkdf2_hmac("sha512", PASSPHRASE.encode(), salt, keys.KDF_ROUNDS, 32)
