"""Operations: every change is one operation with who, when, what, and each value before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OperationHead:
    """Said before a change is made. ``label`` is Chinese, for the history and the undo menu."""

    id: UUID
    at: datetime
    who: str
    label: str
    reason: str = ""
    undoes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """One value changed by an operation. ``before`` and ``after`` are JSON text, None where absent.

    ``entity`` is the value's type in snake_case ("person", "record", …).
    """

    entity: str
    entity_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of history with everything that it touched, in the order of the changes."""

    number: int
    head: OperationHead
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation touched, told to every place so that each can decide whether to reload.

    ``undoes`` where it took another one back, or did it again.
    """

    operation_id: UUID | None
    label: str
    entities: frozenset[tuple[str, str]]
    undoes: bool = False

    def touches(self, *entities: str) -> bool:
        """Whether any value of the named types changed."""
        return any(entity in entities for entity, _ in self.entities)
