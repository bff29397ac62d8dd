"""Ways to a book, run on the thread that is to be the book's: open, create, example, restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.recovery_code import Secret
from branchbook.services.operations import Actor
from branchbook.services.organisations import NewBranch, found_branch, found_general_branch
from branchbook.services.store import Book
from branchbook.services.workshop import BookShelf, Workshop
from branchbook.ui.places.new_book import NewBook
from branchbook.ui.session import BookThread
from branchbook.ui.top_bar import BookHeading


@dataclass
class Opening:
    """A book on its way, on the thread that is to be its own; it can be given up at any time.

    ``book`` and ``heading`` are set on that thread before ``done`` is called there.
    """

    thread: BookThread
    book: Book | None = None
    heading: BookHeading | None = None

    def start(
        self,
        way: Callable[[], Book],
        look: Callable[[Book], BookHeading],
        done: Callable[[Opening, Exception | None], None],
    ) -> None:
        """Open by ``way`` and read its heading; ``done`` gets what went wrong, the file then closed again."""

        def work() -> None:
            error: Exception | None = None
            try:
                self.book = way()
                self.heading = look(self.book)
                if not self.heading.organisations:
                    raise RefusedProblem(
                        "这本簿里还没有支部", str(self.book.path), "请新建一本，或打开别的簿"
                    )
            except Exception as caught:  # noqa: BLE001 - every failure is shown on the start page
                error = caught
                self._close_book()
            done(self, error)

        self.thread.submit(work)

    def give_up(self) -> None:
        """Wait until the opening has ended, close what it opened, and end the thread."""
        self.thread.submit(self._close_book)
        self.thread.close()

    def _close_book(self) -> None:
        if self.book is not None:
            self.book.close()


def create_book(shelf: BookShelf, wanted: NewBook, at: datetime) -> Book:
    """A new book with its organisations; where that fails no file is left."""

    def fill(book: Book) -> None:
        actor = Actor(wanted.operator, at)
        branches = [NewBranch(name) for name in wanted.branches]
        if wanted.general_branch:
            found_general_branch(book, wanted.general_branch, branches, wanted.founded_on, actor)
        else:
            found_branch(book, branches[0], wanted.founded_on, actor)

    return shelf.create_filled(wanted.path, wanted.operator, fill)


def example_book(shelf: BookShelf, fill: Callable[[Book], None]) -> Book:
    """A fresh example in the folder for temporary files: nothing done in it is kept for ever."""
    path = Path(gettempdir()) / f"示例簿-{uuid4().hex[:8]}.branchbook"
    return shelf.create_filled(path, "示例", fill)


def restored_book(
    workshop: Workshop, backup: Path, target: Path, holder: str, secret: Secret | None = None
) -> Book:
    """A backup restored into a new file, and opened with what opened the backup."""
    workshop.backups.restore(backup, target, secret)
    return workshop.shelf.open(target, secret, writable=True, holder=holder)


def salvage_on(
    thread: BookThread,
    workshop: Workshop,
    files: tuple[Path, Path],
    secret: Secret | None,
    actor: Actor,
    done: Callable[[Exception | tuple[str, ...]], None],
) -> None:
    """Salvage the first of two files into the second, away from the window; ``done`` gets the report or the error."""
    from branchbook.services.salvage_words import salvage_words

    damaged, target = files

    def work() -> None:
        answer: Exception | tuple[str, ...]
        try:
            answer = salvage_words(workshop.shelf.salvage(damaged, target, secret, actor))
        except Exception as caught:  # noqa: BLE001 - every failure is shown on the start page
            answer = caught
        done(answer)
        thread.close()

    thread.submit(work)


def replaced_book(
    workshop: Workshop, files: tuple[Path, Path], actor: Actor, secret: Secret | None, kept: list[Path]
) -> Book:
    """The first of two files, a backup, in the place of the second, a closed book, and opened.

    ``kept`` gets where the book as it was lies.
    """
    backup, target = files
    kept.append(workshop.backups.restore_over(backup, target, actor.now, secret).kept)
    return workshop.shelf.open(target, secret, writable=True, holder=actor.who)


def is_example(path: Path) -> bool:
    """Whether a book lies where examples are made."""
    return path.parent == Path(gettempdir())
