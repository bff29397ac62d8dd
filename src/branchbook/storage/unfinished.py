"""What a killed rekeying leaves beside a book, and that it is removed when the book is opened next."""

from __future__ import annotations

import contextlib
from pathlib import Path


def fresh_name(path: Path) -> Path:
    """Where a copy under another key lies until it takes the place of the file at ``path``."""
    return path.with_name(f".{path.name}.rekey")


def remove_leftovers(book: Path) -> None:
    """Remove unfinished copies of a book, whose lock the caller holds; what can't be removed stays."""
    fresh = fresh_name(book.resolve())
    for leftover in (fresh, fresh.with_name(f".{fresh.name}.part")):
        for each in (leftover, leftover.with_name(leftover.name + "-journal")):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)
