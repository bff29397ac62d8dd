"""The history of a damaged book: copied by number, then from whole pages to which no way leads, then judged."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from branchbook.domain.problems import Problem
from branchbook.services.codec import ENTITY_TYPES, from_json
from branchbook.storage import history_rows
from branchbook.storage.check import Steps
from branchbook.storage.driver import Connection
from branchbook.storage.history_chain import walk
from branchbook.storage.salvage_source import DamagedSource, NoRow
from branchbook.storage.statements import insert_row, insert_rows, places

LOST_HEAD = "（时间、何人、事由已丢失）"
_HEADS = ("number", *history_rows.HEADS.names, "chain")
_TOUCHES = ("operation_number", "line", *history_rows.TOUCHES.names)
_SELECT_TOUCHES = f"SELECT {', '.join(_TOUCHES)} FROM touch"


@dataclass(frozen=True, slots=True)
class SavedHistory:
    """How many operations are whole, how many are lost or not proved whole, and the number of the last such one."""

    operations: int
    lost: int
    last_lost: int


class HistoryCopy:
    """Copies the history of ``source`` into the empty book on ``target``; hashes come along to be compared."""

    def __init__(self, source: DamagedSource, target: Connection, at: datetime, step: Steps) -> None:
        """``at`` stands in lines whose own time is lost."""
        self._source, self._target, self._at, self._step = source, target, at, step
        self._has_chain = "chain" in source.columns("operation")
        self._heads = _HEADS if self._has_chain else _HEADS[:-1]

    def run(self) -> SavedHistory:
        """Every operation that can be reached; then those that stand on whole pages to which no way leads."""
        last = max(
            self._source.number("SELECT number FROM book_state"),
            self._source.number("SELECT seq FROM sqlite_sequence WHERE name = 'operation'"),
            self._source.number("SELECT max(number) FROM operation"),
            self._source.number("SELECT max(operation_number) FROM touch"),
        )
        self._step.total = last * 2
        missing = set()
        for number in range(1, last + 1):
            if not self._copy_operation(number):
                missing.add(number)
            self._step(1)
        if missing or (self._source.damaged_pages and not last):
            self._copy_from_pages(missing)
        return self._judged(last)

    def _copy_operation(self, number: int) -> bool:
        """Copy one operation with its touches; False where some of it cannot be reached."""
        try:
            select = f"SELECT {', '.join(self._heads)} FROM operation NOT INDEXED WHERE number = ?"
            (head,) = self._source.rows(select, (number,))
            touches = self._source.rows(
                f"{_SELECT_TOUCHES} WHERE operation_number = ? ORDER BY line", (number,)
            )
        except (NoRow, ValueError):
            return False
        row = dict(zip(self._heads, head, strict=True))
        insert_rows(self._target, "operation", [{"chain": "", **row}])
        insert_rows(self._target, "touch", [dict(zip(_TOUCHES, each, strict=True)) for each in touches])
        return True

    def _copy_from_pages(self, missing: Set[int]) -> None:
        """The history only grows, so that what an unused page still holds of it is true too.

        ``missing`` is empty where not even the number of operations can be read: then all are.
        """
        for table, names in (("operation", self._heads), ("touch", _TOUCHES)):
            filled, cells = (names, ()) if table == "touch" or self._has_chain else ((*names, "chain"), ("",))
            insert = f"INSERT OR IGNORE INTO {table} ({', '.join(filled)}) VALUES ({places(filled)})"
            for row in self._source.rows_anywhere(table, names):
                wanted = row[0] in missing or not missing
                if wanted and (_is_head(row) if table == "operation" else _is_touch(row)):
                    self._target.execute(insert, (*row, *cells))

    def _judged(self, last: int) -> SavedHistory:
        """Count what is lost: lines without their head, and such as their hashes do not prove to be all there.

        Touches whose line lost its head stay, under a head that says so: what was changed is more than by whom.
        """
        heads = {row[0]: row[1] for row in self._target.execute("SELECT number, chain FROM operation")}
        orphans = (
            "SELECT DISTINCT operation_number FROM touch"
            " WHERE operation_number NOT IN (SELECT number FROM operation)"
        )
        for (number,) in self._target.execute(orphans).fetchall():
            head = (number, str(uuid4()), self._at.isoformat(), "", LOST_HEAD, "", None, "")
            insert_row(self._target, "operation", dict(zip(_HEADS, head, strict=True)))
        proved = {
            link.number
            for link in walk(self._target)
            if link.holds and (link.number == 1 or link.number - 1 in heads)
        }
        lost = set(range(1, last + 1)) - (proved if self._has_chain else set(heads))
        return SavedHistory(last - len(lost), len(lost), max(lost, default=0))


def remembered(entity: str, payload: str | None) -> Any:
    """The value that JSON says; None for none, and for what this program cannot read."""
    try:
        return None if payload is None else from_json(entity, payload)
    except Problem:
        return None


def _is_head(row: tuple[Any, ...]) -> bool:
    """Whether cells that a page gave are those of an operation."""
    texts = all(isinstance(cell, str) for cell in row[1:6])
    try:
        return texts and bool(UUID(row[1])) and bool(datetime.fromisoformat(row[2]))
    except ValueError:
        return False


def _is_touch(row: tuple[Any, ...]) -> bool:
    """Whether cells that a page gave are those of a touch."""
    _, line, entity, key, before, after = row
    if not (isinstance(line, int) and entity in ENTITY_TYPES and isinstance(key, str)):
        return False
    return all(
        each is None or (isinstance(each, str) and remembered(entity, each) is not None)
        for each in (before, after)
    )
