"""Whole identity numbers shown, printed or written because somebody asked: the history says who, and whose."""

from __future__ import annotations

from uuid import UUID

from branchbook.domain.history import Changes
from branchbook.domain.people import Person
from branchbook.services.guards import still_there
from branchbook.services.noting import note
from branchbook.services.operations import Actor, Outcome
from branchbook.services.store import Book

SUBJECT = "identity_number"


def unmask_person(book: Book, person_id: UUID, actor: Actor) -> Outcome[None]:
    """Note that a person's whole number is shown. A read-only book keeps no history, and so notes nothing.

    Raises RefusedProblem where the person is in the recycle bin.
    """
    with book.reading() as reading:
        name = still_there(reading, Person, person_id, "这个人").name
    return _noted(book, f"显示完整身份证号：{name}", actor)


def unmask_list(book: Book, title: str, how: str, actor: Actor) -> Outcome[None]:
    """Note that a paper or list with whole numbers left the book. ``how`` such as 打印, 导出."""
    return _noted(book, f"{how}完整身份证号：{title}", actor)


def _noted(book: Book, label: str, actor: Actor) -> Outcome[None]:
    if book.read_only:
        return Outcome(None, Changes(None, label, frozenset()))
    return note(book, SUBJECT, label, actor)
