"""An open book with its thread and commands: from opening to a close that loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import RefusedProblem
from branchbook.services.operations import Actor, Outcome
from branchbook.services.store import Book, Reading
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from branchbook.ui.top_bar import BookHeading, years_back

T = TypeVar("T")


class BookThread(Protocol):
    """The thread on which everything for one book happens."""

    def submit(self, work: Callable[[], T], /) -> Future[T]:
        """Queue work."""
        ...

    def close(self) -> None:
        """Finish what was accepted, then end."""
        ...


@dataclass
class Session:
    """One open book. ``operator`` may change while it is open; history names who did each thing then."""

    book: Book
    thread: BookThread
    now: Callable[[], datetime]
    run_started_at: datetime
    operator: str

    def __post_init__(self) -> None:
        self.commands = Commands(self.thread, self.now, self._undo, self._redo)

    def context(self, scope: ScopeChoice) -> PlaceContext:
        """What a place works with."""
        return PlaceContext(self.book, self.commands, scope, self.operator, self.now)

    def close(self) -> None:
        """Close the file after everything that was accepted, and end the thread."""
        self.commands.let_go()
        self.thread.submit(self.book.close)
        self.thread.close()

    def _actor(self) -> Actor:
        return Actor(self.operator, self.now())

    def _undo(self) -> Outcome[Any]:
        from branchbook.services.undo import next_undo, undo

        with self.book.reading() as reading:
            operation = next_undo(reading)
        if operation is None:
            raise RefusedProblem("没有可以撤销的操作")
        return undo(self.book, operation.head.id, self._actor(), self.run_started_at)

    def _redo(self) -> Outcome[Any]:
        from branchbook.services.undo import next_redo, redo

        with self.book.reading() as reading:
            operation = next_redo(reading)
        if operation is None:
            raise RefusedProblem("没有可以重做的操作")
        return redo(self.book, operation.head.id, self._actor(), self.run_started_at)


def heading_of(reading: Reading, today: date) -> BookHeading:
    """Owner, organisations with their number of members, and the years from now to the first record."""
    roster = reading.roster()
    top = roster.general_branch()
    branches = [
        each
        for each in roster.organisations
        if each.kind == OrganisationKind.BRANCH and (each.closed_on is None or each.closed_on > today)
    ]
    branches.sort(key=lambda each: (each.position, each.founded_on, each.name))
    shown = [*branches, *([top] if top else [])]
    choices = tuple(
        (each.id, f"{each.name_on(today)}（{len(roster.members_on(each.id, today))} 人）") for each in shown
    )
    first = (reading.first_day() or today).year
    owner = top or (branches[0] if branches else None)
    name = owner.name_on(today) if owner else ""
    return BookHeading(name, choices, tuple(years_back(today.year + 1, min(first, today.year - 1))))


def first_scope(heading: BookHeading, today: date) -> ScopeChoice | None:
    """The first branch and this year; None in a book without organisations."""
    organisations: tuple[tuple[UUID, str], ...] = heading.organisations
    return ScopeChoice(organisations[0][0], today.year) if organisations else None
