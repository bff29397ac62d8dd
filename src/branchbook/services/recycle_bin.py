"""The recycle bin: what was removed, by which operation, and how it comes back as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from branchbook.domain.problems import RefusedProblem
from branchbook.services.codec import ENTITY_TYPES
from branchbook.services.consistency import check_put_back
from branchbook.services.history import open_subject
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.privacy import is_private_json
from branchbook.services.store import Book, Reading, RemovedValue

_MAIN_FIRST = (
    "record",
    "procedure",
    "person",
    "organisation",
    "checklist",
    "ledger_definition",
    "ledger_row",
    "term",
    "attachment",
)


@dataclass(frozen=True, slots=True)
class BinLine:
    """What one operation removed and is still in the bin.

    ``name`` is the value that a reader would look for; ``others`` counts what went with it.
    """

    operation_id: UUID
    name: str
    others: int
    removed_at: datetime
    who: str
    label: str
    reason: str


def bin_lines(reading: Reading) -> tuple[BinLine, ...]:
    """The recycle bin by operation, the latest first."""
    by_operation: dict[UUID, list[RemovedValue]] = {}
    for value in reading.removed():
        by_operation.setdefault(value.operation_id, []).append(value)
    return tuple(_line(reading, operation_id, values) for operation_id, values in by_operation.items())


def restore_removed(book: Book, operation_id: UUID, actor: Actor) -> Outcome[int]:
    """Bring back everything that one operation removed; gives the number of values.

    Raises RefusedProblem where what it belongs to is gone, or where it would contradict what was
    entered since.
    """
    with operate(book, actor, "从回收站恢复") as operating:
        writing = operating.writing
        values = [value for value in writing.removed() if value.operation_id == operation_id]
        if not values:
            raise RefusedProblem("回收站里已没有这一项", "", "请刷新后再看")
        order = {name: position for position, name in enumerate(ENTITY_TYPES)}
        for value in sorted(values, key=lambda each: order[each.entity]):
            writing.put_json(value.entity, value.entity_id, value.payload)
        check_put_back(writing, writing.touches())
    return Outcome(len(values), operating.changes)


def _line(reading: Reading, operation_id: UUID, values: list[RemovedValue]) -> BinLine:
    roster = reading.roster()
    main = min(values, key=lambda each: _MAIN_FIRST.index(each.entity) if each.entity in _MAIN_FIRST else 9)
    operation = reading.operation(operation_id)
    private = any(is_private_json(each.payload) for each in values)
    return BinLine(
        operation_id,
        open_subject(reading, roster, main.entity, main.payload),
        len(values) - 1,
        main.removed_at,
        operation.head.who if operation else "",
        operation.head.label if operation else "",
        operation.head.reason if operation and not private else "",
    )
