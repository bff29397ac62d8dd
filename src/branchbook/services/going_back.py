"""Make values again what they were right after an earlier operation: a further operation, so that history only grows.

What is final is never overwritten so: it is corrected, with a reason (services.meetings, services.procedures).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from branchbook.domain.history import Operation, Touch
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.records import Attachment, Record
from branchbook.services.codec import ENTITY_TYPES, from_json
from branchbook.services.consistency import check_put_back
from branchbook.services.noting import NOTED
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, Reading
from branchbook.services.value_words import subject_words

_ORDER = {name: position for position, name in enumerate(ENTITY_TYPES)}
_FOLLOWING = frozenset({"person", "person_fact", "organisation", "term"})
"""What a step of a procedure may write beside it."""

_KEPT_SETTINGS = ("handbook.", "transfer.", NOTED)
"""Settings that say what was done, not how the program is to behave."""


def go_back(
    book: Book, operation_id: UUID, actor: Actor, only: tuple[str, str] | None = None
) -> Outcome[tuple[str, ...]]:
    """Give every value that an operation changed (or the one named by type and id) the state it had right after it.

    Gives the names of what was changed. Raises RefusedProblem where nothing would change, where something is or was
    final, where a deletion would be repeated, or where it would contradict what was entered since.
    """
    with book.reading() as reading:
        operation = reading.operation(operation_id)
    if operation is None:
        raise RefusedProblem("历史中没有这一步", "", "请刷新后再试")
    with operate(book, actor, f"恢复到 {operation.head.at:%Y-%m-%d %H:%M} 的内容") as operating:
        writing = operating.writing
        touches = _differing(writing, operation, only)
        for touch in touches:
            _refuse(writing, operation, touch)
        for touch in sorted(touches, key=lambda each: _ORDER[each.entity]):
            writing.put_json(touch.entity, touch.entity_id, touch.after)
        check_put_back(writing, writing.touches())
        names = tuple(subject_words(writing.roster(), each.entity, each.after) for each in touches)
    return Outcome(names, operating.changes)


def why_not_back(reading: Reading, operation_id: UUID, only: tuple[str, str] | None = None) -> str:
    """Why :func:`go_back` would be refused for what is known without trying; empty where nothing is."""
    operation = reading.operation(operation_id)
    if operation is None:
        return "历史中没有这一步"
    try:
        for touch in _differing(reading, operation, only):
            _refuse(reading, operation, touch)
    except Problem as problem:
        return problem.what
    return ""


def _differing(reading: Reading, operation: Operation, only: tuple[str, str] | None) -> list[Touch]:
    """What the operation changed and what is something else now."""
    chosen = [each for each in operation.touches if only in (None, (each.entity, each.entity_id))]
    found = [each for each in chosen if reading.current_json(each.entity, each.entity_id) != each.after]
    if not found:
        raise RefusedProblem("现在就是这一步之后的内容", operation.head.label, "不必恢复")
    return found


def _refuse(reading: Reading, operation: Operation, touch: Touch) -> None:
    _refuse_frozen(reading, touch)
    if touch.entity == "procedure":
        _refuse_followed(reading, operation, touch)


def _refuse_followed(reading: Reading, operation: Operation, touch: Touch) -> None:
    """A later step of the procedure wrote into the roster: the two would contradict each other."""
    for later in reading.history_of(touch.entity, touch.entity_id):
        whole = reading.operation(later.head.id) if later.number > operation.number else None
        if whole is not None and any(each.entity in _FOLLOWING for each in whole.touches):
            raise RefusedProblem(
                "后来的步骤已经更新了名册，不能恢复到从前", whole.head.label, "请先撤销那一步，再恢复"
            )


def _refuse_frozen(reading: Reading, touch: Touch) -> None:
    where = subject_words(reading.roster(), touch.entity, touch.after or touch.before)
    if touch.after is None:
        raise RefusedProblem("这一步是删除", where, "需要时请直接删除；删除的内容在回收站")
    if touch.entity == "setting" and touch.entity_id.startswith(_KEPT_SETTINGS):
        raise RefusedProblem("这是办理的登记，不能恢复到从前", where, "请按现在的情况重新办理")
    now = reading.current_json(touch.entity, touch.entity_id)
    if now is not None and _is_frozen(reading, touch.entity, now):
        raise RefusedProblem(
            "已经定稿或办结，不能恢复到从前", where, "请用“更正”并写明原因，原文会保留在历史中"
        )
    if touch.entity != "attachment" and _is_frozen(reading, touch.entity, touch.after):
        raise RefusedProblem("那时的内容是定稿，不能这样恢复", where, "请把草稿改好，再重新定稿")


def _is_frozen(reading: Reading, entity: str, payload: str) -> bool:
    value: Any = from_json(entity, payload) if entity in ("record", "procedure", "attachment") else None
    if isinstance(value, Attachment):
        owner = reading.get(Record, value.record_id) or reading.get(Procedure, value.record_id)
        return owner is not None and _is_final(owner)
    return value is not None and _is_final(value)


def _is_final(value: Record | Procedure) -> bool:
    return value.is_final if isinstance(value, Record) else value.state is not ProcedureState.OPEN
