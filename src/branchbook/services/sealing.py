"""When 定稿 and 办结 can no longer be undone: the frozen was printed, exported, backed up, or the program closed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from branchbook.domain.history import Operation, Touch
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.records import Record
from branchbook.services.codec import from_json
from branchbook.services.operations import Actor, operate
from branchbook.services.store import Book, PrintedPaper, Reading
from branchbook.services.value_words import subject_words

SEAL_SUBJECT = "book"
"""Under this subject an export or backup is noted; what was final by then can only be corrected."""


class Sealing(StrEnum):
    """What has carried final records out of the book."""

    EXPORT = "export"
    BACKUP = "backup"


def seal_finals(book: Book, how: Sealing, actor: Actor) -> None:
    """Note that the book was exported or backed up: records final by now can only be corrected."""
    if book.read_only:
        return
    with operate(book, actor, "封存定稿") as operating:
        operating.writing.put_printed(PrintedPaper(uuid4(), how, SEAL_SUBJECT, actor.now, "", ""))


def refuse_sealed(reading: Reading, operation: Operation, run_started_at: datetime) -> None:
    """A record or procedure that was frozen, or corrected, and has left the book since is only corrected."""
    finals = [touch for touch in operation.touches if _finalises(touch)]
    if not finals:
        return
    word = _WORDS[finals[0].entity]
    at, where = operation.head.at, subject_words(reading.roster(), finals[0].entity, finals[0].after)
    if at < run_started_at:
        raise _only_corrected(word, "程序关闭过", where)
    if any(each.printed_at >= at for each in reading.printed(SEAL_SUBJECT)):
        raise _only_corrected(word, "已经备份或导出", where)
    for touch in finals:
        frozen = from_json(touch.entity, touch.after or "")
        if any(each.printed_at >= at for each in _papers_showing(reading, frozen)):
            raise _only_corrected(word, "已经打印", where)


_WORDS = {"record": "定稿", "procedure": "办结"}
"""What freezing is called, by type."""


def _finalises(touch: Touch) -> bool:
    if touch.entity not in _WORDS or touch.before is None or touch.after is None:
        return False
    before, after = from_json(touch.entity, touch.before), from_json(touch.entity, touch.after)
    return _is_frozen(after) and (before.state, before.correction_reason) != (
        after.state,
        after.correction_reason,
    )


def _is_frozen(value: Record | Procedure) -> bool:
    if isinstance(value, Record):
        return value.is_final
    return value.state in (ProcedureState.FINISHED, ProcedureState.CORRECTED)


def _papers_showing(reading: Reading, frozen: Record | Procedure) -> list[PrintedPaper]:
    """Papers of the record or procedure itself, and of a record the handbooks of its year."""
    own = list(reading.printed(str(frozen.id)))
    if isinstance(frozen, Procedure):
        return own
    year = f":{frozen.held_on.year}" if frozen.held_on else ":"
    handbooks = [each for each in reading.printed() if each.subject.startswith("handbook:")]
    return [*own, *(each for each in handbooks if each.subject.endswith(year))]


def _only_corrected(word: str, what: str, where: str) -> RefusedProblem:
    return RefusedProblem(
        f"{word}之后{what}，不能撤销{word}", where, "请用“更正”并写明原因，原文会保留在历史中"
    )
