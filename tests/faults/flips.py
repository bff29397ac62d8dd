"""Damage of every sort done to copies of a book and of a backup: none may be read as good.

    python -m tests.faults.flips [--count 10000] [--seed 1]

Prints the figures that docs/reliability.md keeps, and ends with 1 when a damage was missed. Damage is done to the
bytes: single bits, zeroed sectors and pages, truncations, pages of an older version of the same file, one alone or
many. "Found" means that opening refuses the file or that verify names something; where neither does, what is read
must be the very same (a page that the book does not use any more, or one whose older state says the same).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from branchbook.domain.problems import Problem
from branchbook.services.store import PrintedPaper
from branchbook.storage import driver, keys
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import make_book
from tests.storage.example import attached, head, identity, meeting

PAGE, SECTOR = keys.PAGE_SIZE, 512
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MEETINGS = 12


@dataclass(frozen=True)
class Files:
    """A book and a backup of it with their bytes, and an older version of each."""

    book: Path
    backup: Path
    newer: dict[str, bytes]
    older: dict[str, bytes]


@dataclass
class Figures:
    """What was done and what came of it, by the sort of damage."""

    tried: Counter[str] = field(default_factory=Counter)
    at_open: Counter[str] = field(default_factory=Counter)
    at_verify: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        for sort, count in self.tried.items():
            yield (
                f"{sort}: {count} tried, {self.at_open[sort]} found at open, {self.at_verify[sort]} at verify, "
                f"{self.same[sort]} reading the same"
            )
        yield f"missed: {len(self.missed)}"


def make_files(folder: Path) -> Files:
    """A book that was used for a while, backed up, used again, and backed up again."""
    book = make_book(folder / "簿.branchbook")
    shelf = Shelf()
    for number in range(MEETINGS):
        _meet(book, number, "第一年")
    first = shelf.back_up(book, _folder(folder / "一"), NOW).path.read_bytes()
    older = book.path.read_bytes()
    for number in range(0, MEETINGS, 2):
        _meet(book, number, "第二年改")
    with book.writing(head("print", hour=12)) as writing:
        writing.put_printed(PrintedPaper(identity("paper"), "minutes", "s", NOW, "a", "b"))
    second = shelf.back_up(book, _folder(folder / "二"), NOW).path
    book.close()
    newer = {"book": book.path.read_bytes(), "backup": second.read_bytes()}
    return Files(book.path, second, newer, {"book": older, "backup": first})


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _meet(book: StoredBook, number: int, subject: str) -> None:
    with book.writing(head(f"{subject} {number}", "登记会议", 10)) as writing:
        record = meeting(
            f"m{number}", subject=f"{subject}第 {number} 次", minutes=f"{subject}研究防汛。" * 300
        )
        writing.put(record)
        photo = random.Random(f"{subject}{number}").randbytes(6000)
        writing.put(attached(record, writing.keep_content(photo)))


def flip(content: bytearray, _older: bytes, chance: random.Random) -> None:
    """One bit."""
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def zero_sector(content: bytearray, _older: bytes, chance: random.Random) -> None:
    """512 bytes of nothing, as a bad sector gives."""
    start = chance.randrange(len(content) // SECTOR) * SECTOR
    content[start : start + SECTOR] = bytes(SECTOR)


def zero_page(content: bytearray, _older: bytes, chance: random.Random) -> None:
    """A whole page of nothing."""
    start = chance.randrange(len(content) // PAGE) * PAGE
    content[start : start + PAGE] = bytes(PAGE)


def truncate(content: bytearray, _older: bytes, chance: random.Random) -> None:
    """The end is missing; every second time at the border of a page."""
    length = chance.randrange(len(content))
    del content[length // PAGE * PAGE if chance.random() < 0.5 else length :]


def stale_page(content: bytearray, older: bytes, chance: random.Random) -> None:
    """One page as it was before: it passes every check of pages."""
    _take(content, older, [chance.choice(_differing(content, older))])


def mixture(content: bytearray, older: bytes, chance: random.Random) -> None:
    """Some pages from before, some from now."""
    pages = _differing(content, older)
    _take(content, older, chance.sample(pages, chance.randrange(1, len(pages))))


def _differing(content: bytearray, older: bytes) -> list[int]:
    starts = range(0, min(len(content), len(older)), PAGE)
    return [start for start in starts if content[start : start + PAGE] != older[start : start + PAGE]]


def _take(content: bytearray, older: bytes, starts: list[int]) -> None:
    for start in starts:
        content[start : start + PAGE] = older[start : start + PAGE]


Damage = Callable[[bytearray, bytes, random.Random], None]
DAMAGES: tuple[tuple[str, Damage, int], ...] = (
    ("flipped bit", flip, 70),
    ("zeroed sector", zero_sector, 8),
    ("zeroed page", zero_page, 6),
    ("truncation", truncate, 6),
    ("stale page", stale_page, 5),
    ("mixture of two versions", mixture, 5),
)
"""The sorts of damage, and how many of a hundred each is."""


def run(files: Files, count: int, seed: int, told: Callable[[int], None] = lambda _: None) -> Figures:
    """Do ``count`` damages, half of them to the book, half to the backup."""
    chance, figures = random.Random(seed), Figures()
    sorts = [(name, damage) for name, damage, share in DAMAGES for _ in range(share)]
    good = {which: what_is_read(path) for which, path in (("book", files.book), ("backup", files.backup))}
    work = files.book.with_name("坏.branchbook")
    for number in range(count):
        which = "book" if number % 2 else "backup"
        sort, damage = sorts[(number // 2) % len(sorts)] if count < len(sorts) * 2 else chance.choice(sorts)
        content = bytearray(files.newer[which])
        damage(content, files.older[which], chance)
        if bytes(content) != files.newer[which]:
            work.write_bytes(content)
            name = f"{sort} ({which})"
            figures.tried[name] += 1
            _judge(work, name, good[which], figures, number)
        told(number + 1)
    return figures


def _judge(path: Path, name: str, good: object, figures: Figures, number: int) -> None:
    try:
        StoredBook(open_book_file(path)).close()
    except Problem:
        figures.at_open[name] += 1
        return
    if not Shelf().check(path).whole:
        figures.at_verify[name] += 1
    elif what_is_read(path) == good:
        figures.same[name] += 1
    else:
        figures.missed.append(f"{name}, number {number}")


def what_is_read(path: Path) -> object:
    """Every row of the program's own tables and an answer of the search index; not the engine's bookkeeping."""
    connection = driver.open_connection(path, keys.OPEN, "ro")
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = sorted(each for each in names if not each.startswith(("search_index", "sqlite_")))
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in own}
        match = "SELECT rowid FROM search_index WHERE search_index MATCH ?"
        hits = [connection.execute(match, (query,)).fetchall() for query in ('"防汛"', '"第" *', '"年改"')]
        return rows, hits
    finally:
        connection.close()


def main(arguments: list[str] | None = None) -> int:
    """The long run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        files = make_files(Path(folder))
        figures = run(files, chosen.count, chosen.seed)
        older_whole = files.book.with_name("旧.branchbook")
        older_whole.write_bytes(files.older["book"])
        print(f"a whole older file is whole: {Shelf().check(older_whole).whole}; compared with the backup:")
        print(f"  {Shelf().compare(older_whole, files.backup).newer}")
        shutil.rmtree(Path(folder) / "一")
    for line in figures.lines():
        print(line)
    for each in figures.missed:
        print(f"MISSED {each}")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
