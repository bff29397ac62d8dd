"""How a use case changes the book: one named operation by one actor, all of it or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from branchbook.domain.history import Changes, OperationHead, Touch
from branchbook.domain.problems import RefusedProblem
from branchbook.services.store import Book, Writing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and when. ``who`` is the operator's name set in the program."""

    who: str
    now: datetime

    @property
    def today(self) -> date:
        """The day on which it is done."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a use case gives back: its value, and what it changed in the book."""

    value: T
    changes: Changes


@dataclass
class Operating:
    """An operation under way: write through ``writing``, then ask for ``changes``."""

    head: OperationHead
    writing: Writing
    _touched: list[Touch] = field(default_factory=list)

    @property
    def changes(self) -> Changes:
        """What was touched; complete once the operation has ended."""
        entities = frozenset((touch.entity, touch.entity_id) for touch in self._touched)
        operation_id = self.head.id if entities else None
        return Changes(operation_id, self.head.label, entities, self.head.undoes is not None)


@contextmanager
def operate(
    book: Book, actor: Actor, label: str, *, reason: str = "", undoes: UUID | None = None
) -> Iterator[Operating]:
    """One transaction with one line of history. Raises RefusedProblem where the book is read-only."""
    if book.read_only:
        raise RefusedProblem(
            "本簿以只读方式打开，不能修改", str(book.path), "请把文件复制到可写的文件夹再打开"
        )
    head = OperationHead(uuid4(), actor.now, actor.who, label, reason, undoes)
    with book.writing(head) as writing:
        operating = Operating(head, writing)
        yield operating
        operating._touched.extend(writing.touches())
