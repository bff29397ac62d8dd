"""Operations and what they touched: the lines of the history, which only grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, insert, select

from branchbook.domain.history import Operation, OperationHead, Touch
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.tables import operation, touch

HEADS = RowCodec(OperationHead)
TOUCHES = RowCodec(Touch)
_HEADS = select(operation.c.number, *(operation.c[name] for name in HEADS.names)).order_by(
    operation.c.number.desc()
)
_TOUCHES = select(touch.c.operation_number, *(touch.c[name] for name in TOUCHES.names)).order_by(
    touch.c.operation_number, touch.c.line
)

_ADD_OPERATION, _ADD_TOUCHES = insert(operation), insert(touch)


def write_operation(connection: Connection, head: OperationHead, touches: Sequence[Touch]) -> None:
    """Add one line to the history."""
    added = connection.execute(_ADD_OPERATION, HEADS.to_row(head))
    number = added.lastrowid
    rows = [
        {"operation_number": number, "line": line, **TOUCHES.to_row(each)}
        for line, each in enumerate(touches)
    ]
    connection.execute(_ADD_TOUCHES, rows)


def operations(connection: Connection, limit: int, before_number: int | None) -> tuple[Operation, ...]:
    """The latest ``limit`` operations before a number."""
    statement = _HEADS.limit(limit)
    if before_number is not None:
        statement = statement.where(operation.c.number < before_number)
    return _with_touches(connection, statement, _TOUCHES)


def operation_by_id(connection: Connection, operation_id: UUID) -> Operation | None:
    """One operation."""
    found = _with_touches(connection, _HEADS.where(operation.c.id == str(operation_id)), _TOUCHES)
    return found[0] if found else None


def history_of(connection: Connection, entity: str, entity_id: str) -> tuple[Operation, ...]:
    """Operations that touched one value, with that value's touches only."""
    about = (touch.c.entity == entity, touch.c.entity_id == entity_id)
    numbers = select(touch.c.operation_number).where(*about)
    return _with_touches(connection, _HEADS.where(operation.c.number.in_(numbers)), _TOUCHES.where(*about))


def _with_touches(connection: Connection, heads: Select[Any], touches: Select[Any]) -> tuple[Operation, ...]:
    """Heads, and among the touches those that belong to them."""
    found = connection.execute(heads).fetchall()
    by_number: dict[int, list[Touch]] = defaultdict(list)
    wanted = touch.c.operation_number.in_([row[0] for row in found])
    for row in connection.execute(touches.where(wanted)):
        by_number[row[0]].append(TOUCHES.from_row(row[1:]))
    return tuple(Operation(row[0], HEADS.from_row(row[1:]), tuple(by_number[row[0]])) for row in found)
