"""Operations and what they touched: the lines of the history, which only grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from branchbook.domain.history import Operation, OperationHead, Touch
from branchbook.storage import book_state, history_chain
from branchbook.storage.driver import Connection, number
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.statements import Query, Where, insert_row, insert_rows

HEADS = RowCodec(OperationHead)
TOUCHES = RowCodec(Touch)
_HEADS = f"SELECT number, {', '.join(HEADS.names)} FROM operation"
_LAST = "SELECT max(number) FROM operation"
_TOUCHES = f"SELECT operation_number, {', '.join(TOUCHES.names)} FROM touch"


def write_operation(connection: Connection, head: OperationHead, touches: Sequence[Touch]) -> None:
    """Add one line to the history, and its hash to the chain.

    Where the history ends is taken from the book's state too: what was cut off outside stays a gap for ever.
    """
    state = book_state.read(connection)
    next_number = max(state.number, number(connection, _LAST)) + 1
    row, touched = HEADS.to_row(head), [TOUCHES.to_row(each) for each in touches]
    chain = history_chain.link_hash(
        state.chain,
        next_number,
        history_chain.cells(row, history_chain.HEAD_CELLS),
        (history_chain.cells(each, history_chain.TOUCH_CELLS) for each in touched),
    )
    insert_row(connection, "operation", {"number": next_number, **row, "chain": chain})
    rows = [{"operation_number": next_number, "line": line, **each} for line, each in enumerate(touched)]
    insert_rows(connection, "touch", rows)
    connection.execute("UPDATE book_state SET number = ?, chain = ?", (next_number, chain))


def operations(connection: Connection, limit: int, before_number: int | None) -> tuple[Operation, ...]:
    """The latest ``limit`` operations before a number."""
    where = Where()
    if before_number is not None:
        where.add("number < ?", before_number)
    heads = f"{_HEADS}{where.sql} ORDER BY number DESC LIMIT ?"
    return _with_touches(connection, Query(heads, (*where.parameters, limit)), Where())


def operation_by_id(connection: Connection, operation_id: UUID) -> Operation | None:
    """One operation."""
    found = _with_touches(connection, Query(f"{_HEADS} WHERE id = ?", (str(operation_id),)), Where())
    return found[0] if found else None


def history_of(connection: Connection, entity: str, entity_id: str) -> tuple[Operation, ...]:
    """Operations that touched one value, with that value's touches only."""
    about = Where()
    about.add("entity = ?", entity)
    about.add("entity_id = ?", entity_id)
    numbers = f"SELECT operation_number FROM touch{about.sql}"
    heads = Query(f"{_HEADS} WHERE number IN ({numbers}) ORDER BY number DESC", tuple(about.parameters))
    return _with_touches(connection, heads, about)


def _with_touches(connection: Connection, heads: Query, touches: Where) -> tuple[Operation, ...]:
    """Heads, and among the touches those that belong to them."""
    found = connection.execute(heads.sql, heads.parameters).fetchall()
    by_number: dict[int, list[Touch]] = defaultdict(list)
    touches.add_among("operation_number", [row[0] for row in found])
    rows = connection.execute(f"{_TOUCHES}{touches.sql} ORDER BY operation_number, line", touches.parameters)
    for row in rows:
        by_number[row[0]].append(TOUCHES.from_row(row[1:]))
    return tuple(Operation(row[0], HEADS.from_row(row[1:]), tuple(by_number[row[0]])) for row in found)
