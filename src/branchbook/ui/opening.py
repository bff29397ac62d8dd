"""Ways to a book, run on the thread that is to be the book's: open, create, example, restore."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

from branchbook.services.operations import Actor
from branchbook.services.organisations import NewBranch, found_branch, found_general_branch
from branchbook.services.store import Book
from branchbook.services.workshop import BookShelf
from branchbook.ui.places.new_book import NewBook


def create_book(shelf: BookShelf, wanted: NewBook, at: datetime) -> Book:
    """A new book with its organisations; where that fails no file is left."""

    def fill(book: Book) -> None:
        actor = Actor(wanted.operator, at)
        branches = [NewBranch(name) for name in wanted.branches]
        if wanted.general_branch:
            found_general_branch(book, wanted.general_branch, branches, wanted.founded_on, actor)
        else:
            found_branch(book, branches[0], wanted.founded_on, actor)

    return _filled(shelf, wanted.path, wanted.operator, fill)


def example_book(shelf: BookShelf, fill: Callable[[Book], None]) -> Book:
    """A fresh example in the folder for temporary files: nothing done in it is kept for ever."""
    path = Path(gettempdir()) / f"示例手册-{uuid4().hex[:8]}.branchbook"
    return _filled(shelf, path, "示例", fill)


def restored_book(shelf: BookShelf, backup: Path, target: Path, holder: str) -> Book:
    """A backup restored into a new file, and opened."""
    shelf.restore(backup, target)
    return shelf.open(target, None, writable=True, holder=holder)


def is_example(path: Path) -> bool:
    """Whether a book lies where examples are made."""
    return path.parent == Path(gettempdir())


def _filled(shelf: BookShelf, path: Path, holder: str, fill: Callable[[Book], None]) -> Book:
    book = shelf.create(path, holder)
    try:
        fill(book)
    except BaseException:
        book.close()
        path.unlink(missing_ok=True)
        raise
    return book
