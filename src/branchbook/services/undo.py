"""Undo and redo: compensating operations, so that the history only grows.

Refused with the reason where rows have changed since. 定稿 can be undone until the record was printed,
exported or backed up or the program was closed; afterwards it can only be corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from branchbook.domain.history import Operation, Touch
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.codec import ENTITY_TYPES, from_json
from branchbook.services.consistency import check_put_back, references
from branchbook.services.history import operations_from, undone_ids
from branchbook.services.noting import is_note
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.sealing import refuse_sealed
from branchbook.services.store import Book, Reading, Writing
from branchbook.services.value_words import subject_words

_ORDER = {name: position for position, name in enumerate(ENTITY_TYPES)}


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did. ``kept`` names values left as they are because they were changed later."""

    operation: Operation
    kept: tuple[str, ...] = ()


def undo(
    book: Book, operation_id: UUID, actor: Actor, run_started_at: datetime, *, keep_changed: bool = False
) -> Outcome[Undone]:
    """Take back one operation by a further one; undoing an undo is a redo.

    ``run_started_at`` is when the program was started. ``keep_changed`` (for an import) leaves rows that
    were changed since, and what they refer to, as they are; otherwise such a row refuses the whole.
    """
    with book.reading() as reading:
        operation = _operation(reading, operation_id)
        label = _label(reading, operation)
    with operate(book, actor, label, undoes=operation_id) as operating:
        writing = operating.writing
        roster = writing.roster()
        changed = [touch for touch in operation.touches if _changed(writing, touch)]
        refuse_undone(writing, operation)
        if changed and not keep_changed:
            raise _refusal(roster, operation, changed)
        refuse_sealed(writing, operation, run_started_at)
        kept = _with_references(operation.touches, changed)
        _put_back(writing, [touch for touch in operation.touches if touch not in kept])
        _check(writing, operation)
    words = tuple(dict.fromkeys(subject_words(roster, each.entity, each.after) for each in changed))
    return Outcome(Undone(operation, words), operating.changes)


def redo(book: Book, undo_id: UUID, actor: Actor, run_started_at: datetime) -> Outcome[Undone]:
    """Do again what the undo with this id took back."""
    with book.reading() as reading:
        if _operation(reading, undo_id).head.undoes is None:
            raise RefusedProblem("这一步不是撤销，不能重做", "", "请从历史中选择一次撤销")
    return undo(book, undo_id, actor, run_started_at)


def undo_latest(book: Book, actor: Actor, run_started_at: datetime) -> Outcome[Undone]:
    """Ctrl+Z: take back the latest operation of this run. Earlier ones are undone from the history.

    Raises RefusedProblem where there is nothing to take back or it cannot be.
    """
    with book.reading() as reading:
        target = next_undo(reading)
    if target is None or target.head.at < run_started_at:
        raise RefusedProblem("没有可以撤销的操作", "", "打开程序之前的改动可在“备份与安全”的历史中撤销")
    return undo(book, target.head.id, actor, run_started_at)


def redo_latest(book: Book, actor: Actor, run_started_at: datetime) -> Outcome[Undone]:
    """Ctrl+Y: do again what was taken back last, unless something new was done since."""
    with book.reading() as reading:
        target = next_redo(reading)
    if target is None or target.head.at < run_started_at:
        raise RefusedProblem("没有可以重做的操作", "", "撤销之后又有新的改动时不能重做")
    return undo(book, target.head.id, actor, run_started_at)


def next_undo(reading: Reading) -> Operation | None:
    """What Ctrl+Z takes back: the latest operation whose effect still stands. None in an empty book."""
    taken_back: set[UUID] = set()
    for operation in operations_from(reading, 0):
        if operation.head.id in taken_back or is_note(operation):
            continue
        if operation.head.undoes is None:
            return operation
        taken_back.add(operation.head.undoes)
    return None


def next_redo(reading: Reading) -> Operation | None:
    """What Ctrl+Y does again: the latest undo that stands, unless something new was done after it."""
    taken_back: set[UUID] = set()
    for operation in operations_from(reading, 0):
        if operation.head.id in taken_back or is_note(operation):
            continue
        if operation.head.undoes is None:
            return None
        taken_back.add(operation.head.undoes)
        if not _is_redo(reading, operation):
            return operation
    return None


def why_not(reading: Reading, operation_id: UUID, run_started_at: datetime) -> str:
    """Why an operation cannot be undone now; empty where nothing is known against it."""
    operation = _operation(reading, operation_id)
    try:
        refuse_undone(reading, operation)
        changed = [touch for touch in operation.touches if _changed(reading, touch)]
        if changed:
            raise _refusal(reading.roster(), operation, changed)
        refuse_sealed(reading, operation, run_started_at)
    except Problem as problem:
        return str(problem)
    return ""


def refuse_undone(reading: Reading, operation: Operation) -> None:
    """Refuse where the operation's effect has been taken back already, or it had none."""
    if is_note(operation):
        raise RefusedProblem(f"“{operation.head.label}”只是记载，没有可以撤销的改动")
    if operation.head.id in undone_ids(operations_from(reading, operation.number + 1)):
        raise RefusedProblem(f"“{operation.head.label}”已经撤销过", "", "需要时可以重做")


def _operation(reading: Reading, operation_id: UUID) -> Operation:
    operation = reading.operation(operation_id)
    if operation is None:
        raise RefusedProblem("历史中没有这一步", "", "请刷新后再试")
    return operation


def _label(reading: Reading, operation: Operation) -> str:
    """撤销：… for an original, 重做：… for an undo of it, and so on in turn."""
    original, steps = operation, 0
    while original.head.undoes is not None:
        original, steps = _operation(reading, original.head.undoes), steps + 1
    return f"{'重做' if steps % 2 else '撤销'}：{original.head.label}"


def _is_redo(reading: Reading, operation: Operation) -> bool:
    steps = 0
    while operation.head.undoes is not None:
        operation, steps = _operation(reading, operation.head.undoes), steps + 1
    return steps % 2 == 0


def _changed(reading: Reading, touch: Touch) -> bool:
    return reading.current_json(touch.entity, touch.entity_id) != touch.after


def _refusal(roster: Roster, operation: Operation, changed: list[Touch]) -> RefusedProblem:
    names = dict.fromkeys(subject_words(roster, each.entity, each.after or each.before) for each in changed)
    shown = "、".join(list(names)[:5]) + (f"等 {len(names)} 项" if len(names) > 5 else "")
    return RefusedProblem(
        f"“{operation.head.label}”之后又有改动，不能撤销", shown, "请先撤销后来的改动，或直接更正"
    )


def _with_references(touches: tuple[Touch, ...], changed: list[Touch]) -> list[Touch]:
    """The changed touches, and those made by the same operation on which what is kept depends."""
    kept = list(changed)
    needed = {key for touch in kept if touch.after for key in references(touch.entity, touch.after)}
    people = {identity for entity, identity in needed if entity == "person"}
    people |= {touch.entity_id for touch in kept if touch.entity == "person"}
    grew = bool(kept)
    while grew:
        grew = False
        for touch in touches:
            if touch in kept or touch.after is None:
                continue
            uses = references(touch.entity, touch.after)
            of_kept = any(entity == "person" and identity in people for entity, identity in uses)
            if (touch.entity, touch.entity_id) in needed or of_kept:
                kept.append(touch)
                needed |= uses
                grew = True
    return kept


def _put_back(writing: Writing, touches: Iterable[Touch]) -> None:
    """First what comes back, owners before what belongs to them; then what goes, in the other order."""
    ordered = sorted(touches, key=_rank)
    for touch in ordered:
        if touch.before is not None:
            writing.put_json(touch.entity, touch.entity_id, touch.before)
    for touch in reversed(ordered):
        if touch.before is None:
            writing.put_json(touch.entity, touch.entity_id, None)


def _rank(touch: Touch) -> tuple[int, int]:
    level = 0
    payload = touch.before or touch.after
    if touch.entity == "organisation" and payload is not None:
        level = list(OrganisationKind).index(from_json(touch.entity, payload).kind)
    return (_ORDER[touch.entity], level)


def _check(writing: Writing, operation: Operation) -> None:
    try:
        check_put_back(writing, writing.touches())
    except RefusedProblem as problem:
        raise RefusedProblem(
            f"“{operation.head.label}”不能撤销：{problem.what}", problem.where, problem.next_step
        ) from problem
