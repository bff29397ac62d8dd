"""What the history and its hashes cost: 定稿 of a meeting of 41 with them, beside the same service without.

"Without" is the same program on another copy of the book with the one function taken out that turns values into
the history's JSON: nothing is touched then, so no line is written, nothing is hashed, the rows are the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.finalise import made_draft, make_book, opened, through_service
from benchmarks.report import Line
from benchmarks.timing import Runs, in_turns
from branchbook.domain.records import Record
from branchbook.services.store import Book
from branchbook.storage import unit_of_work

MOST_TIMES_WITHOUT = 1.3


def measure(folder: Path, runs: int) -> list[Line]:
    """Drafts saved before, so that the operation timed is 定稿 alone; and once saved with it."""
    lines = []
    for what, saves in (("saved before", False), ("saved with it", True)):
        took = side_by_side(folder / what.replace(" ", "-"), runs * 8, saves=saves)
        used, spared = took["with"], took["without"]
        beside = f"{used.wall * 1000:.1f} ms, without {spared.wall * 1000:.1f} ms"
        lines.append(
            Line(f"history and hashes, draft {what}", used.ratio_to(spared), "×", MOST_TIMES_WITHOUT, beside)
        )
    return lines


def side_by_side(folder: Path, count: int, *, saves: bool) -> dict[str, Runs]:
    """Both on copies of one book; afterwards the records must be equal, and only one book have grown a history."""
    folder.mkdir()
    records = [made_draft(number) for number in range(count + 1)]
    original = folder / "original.branchbook"
    make_book(original, () if saves else records)
    copies = [Path(shutil.copy(original, folder / f"{name}.branchbook")) for name in ("with", "without")]
    with opened(copies[0]) as used, opened(copies[1]) as spared:
        one, other = iter(records), iter(records)

        def without() -> None:
            with no_history():
                through_service(spared, next(other), saves=saves)

        took = in_turns(
            {"with": lambda: through_service(used, next(one), saves=saves), "without": without}, count
        )
        compare(used, spared, records)
    return took


@contextmanager
def no_history() -> Iterator[None]:
    """Values are not turned into JSON: equal before and after, so that there is nothing to write down."""
    kept = unit_of_work.to_json
    unit_of_work.to_json = lambda _value: ""
    try:
        yield
    finally:
        unit_of_work.to_json = kept


def compare(used: Book, spared: Book, records: list[Record]) -> None:
    """Refuse to compare books that hold other meetings, or a side that did not do what its name says."""
    with used.reading() as one, spared.reading() as other:
        for record in records:
            if one.get(Record, record.id) != other.get(Record, record.id):
                raise AssertionError("the two books hold different meetings")
        if len(one.operations(10_000)) < len(other.operations(10_000)) + len(records):
            raise AssertionError("the history was not written, or not left out")
