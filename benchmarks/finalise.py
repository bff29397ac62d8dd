"""定稿 of a meeting of 41, beside the very same rows written by the bare driver in one commit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.books import ACTOR, BRANCH, meeting, meetings_of, roster, write
from benchmarks.report import Line
from benchmarks.timing import Runs, in_turns
from branchbook.app import Workshop
from branchbook.domain.records import Presence, Record
from branchbook.services.meetings import finalise, save_record
from branchbook.services.store import Book

MEMBERS = 41
MOST_TIMES_RAW = 3.0
Statement = tuple[str, Any, bool]
"""SQL, its parameters, and whether they are many rows."""


def measure(folder: Path, runs: int) -> list[Line]:
    """Two ways to the final record: a draft that was saved before, and one that is saved only now.

    The draft has three on leave and one absent, two items, a resolution; the book has a year behind it.
    """
    count = runs * 4
    lines = []
    for what, saves in (("saved before", False), ("saved with it", True)):
        took, rows = side_by_side(folder / what.replace(" ", "-"), count, saves=saves)
        service, raw = took["service"], took["raw"]
        lines.append(
            Line(
                f"finalise a meeting of {MEMBERS}, draft {what}",
                service.ratio_to(raw),
                "×",
                MOST_TIMES_RAW,
                f"{rows} rows: {service.wall * 1000:.1f} ms, raw {raw.wall * 1000:.1f} ms",
            )
        )
    return lines


def side_by_side(folder: Path, count: int, *, saves: bool) -> tuple[dict[str, Runs], int]:
    """The service on one copy of the book, its statements without anything around them on another.

    ``saves``: the draft is not in the book yet, and saving it is timed too. Returns the times and the rows written.
    """
    folder.mkdir()
    records = [made_draft(number) for number in range(count + 1)]
    original = folder / "original.branchbook"
    make_book(original, () if saves else records)
    copies = {
        name: Path(shutil.copy(original, folder / f"{name}.branchbook"))
        for name in ("watched", "service", "raw")
    }
    commits = list(_watch(copies["watched"], records, saves=saves))
    with opened(copies["service"]) as service, bare(copies["raw"]) as raw:
        todo, statements = iter(records), iter(commits)
        took = in_turns(
            {
                "service": lambda: through_service(service, next(todo), saves=saves),
                "raw": lambda: _replay(raw, next(statements)),
            },
            count,
        )
        compare(service, raw, records)
    return took, max(_rows(each) for each in commits)


def make_book(path: Path, saved: Sequence[Record]) -> None:
    """A book with a year behind it, and these drafts."""
    book = Workshop().shelf.create(path, "测量")
    write(book, roster(MEMBERS))
    write(book, meetings_of(ACTOR.today.year - 1, 120, MEMBERS))
    for record in saved:
        save_record(book, record, ACTOR)
    book.close()


def made_draft(number: int) -> Record:
    """A draft of a meeting with three on leave and one absent."""
    day = date(ACTOR.today.year, 1, 10) + timedelta(days=number)
    record = meeting(f"draft {number}", "general_meeting", BRANCH, day, tuple(range(MEMBERS)))
    marks = {5: Presence.ON_LEAVE, 6: Presence.ON_LEAVE, 7: Presence.ON_LEAVE, 8: Presence.ABSENT}
    lines = (
        replace(line, presence=marks.get(at, line.presence)) for at, line in enumerate(record.attendance)
    )
    return replace(record, attendance=tuple(lines))


def through_service(book: Book, record: Record, *, saves: bool) -> None:
    """What the screen calls: save what was typed last, then finalise."""
    if saves:
        save_record(book, record, ACTOR)
    finalise(book, record.id, ACTOR)


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """A book, closed afterwards."""
    book = Workshop().shelf.open(path, None, writable=True, holder="测量")
    try:
        yield book
    finally:
        book.close()


def _watch(path: Path, records: Sequence[Record], *, saves: bool) -> Iterator[list[Statement]]:
    """What the service writes for each record: every statement that changes rows, in order."""
    with opened(path) as book:
        watched = Watched(book.file.connection)  # type: ignore[attr-defined]
        book.file.connection = watched  # type: ignore[attr-defined]
        for record in records:
            watched.written.clear()
            through_service(book, record, saves=saves)
            yield list(watched.written)


class Watched:
    """A connection that notes the statements which change rows, in ``written``."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.written: list[Statement] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.written.append((sql, parameters, False))
        return self._connection.execute(sql, parameters)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> Any:
        self.written.append((sql, list(rows), True))
        return self._connection.executemany(sql, rows)


@contextmanager
def bare(path: Path) -> Iterator[Any]:
    """The bare driver with the same key and the same settings."""
    from branchbook.storage.driver import open_connection
    from branchbook.storage.identify import find_key

    connection = open_connection(path, find_key(path, None), "rw")
    try:
        yield connection
    finally:
        connection.close()


def _replay(connection: Any, statements: Sequence[Statement]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql, parameters, many in statements:
        (connection.executemany if many else connection.execute)(sql, parameters)
    connection.execute("COMMIT")


def _rows(statements: Sequence[Statement]) -> int:
    return sum(len(parameters) if many else 1 for _, parameters, many in statements)


def compare(book: Book, raw: Any, records: Sequence[Record]) -> None:
    """Refuse to compare commits that leave different meetings behind."""
    for record in records:
        key = str(record.id)
        with book.reading() as reading:
            final = reading.get(Record, record.id)
        assert final is not None
        state = raw.execute("SELECT state, frozen IS NOT NULL FROM record WHERE id = ?", (key,)).fetchone()
        lines = raw.execute("SELECT count(*) FROM attendance WHERE record_id = ?", (key,)).fetchone()
        words = raw.execute("SELECT count(*) FROM search_entry WHERE entity_id = ?", (key,)).fetchone()
        if (tuple(state), lines[0], words[0]) != ((str(final.state), 1), len(final.attendance), 1):
            raise AssertionError("the raw rows are not those of the service")
