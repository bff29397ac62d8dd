"""Before an import the book as it is is kept beside it, pinned and verified."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branchbook.domain.backups import BackupKind
from branchbook.services.operations import Actor
from branchbook.services.store import Book

if TYPE_CHECKING:
    from branchbook.services.workshop import Workshop


def keep_before_import(workshop: Workshop, book: Book, actor: Actor) -> Path | None:
    """Keep a verified backup of the book as it is beside it; where it lies.

    One that holds the very same already is pinned instead of making another. None where there is nothing to
    keep: nobody and no record yet, or a book that is not on the disk. Seals nothing: it is no copy that leaves.
    """
    if book.read_only:
        return None  # the import itself says why it can't be done
    folder = book.path.parent
    with book.reading() as reading:
        last = reading.operations(1)
        empty = not reading.roster().people and reading.first_day() is None
    if empty or not book.path.is_file():
        return None
    for each in workshop.shelf.backups_in(folder):
        if last and each.last_operation == str(last[0].head.id) and each.verified_at is not None:
            workshop.backups.pin(each.path, True)
            return each.path
    return workshop.shelf.back_up(book, folder, actor.now, None, BackupKind.PRE_IMPORT).path
