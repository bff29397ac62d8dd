"""When 定稿 can no longer be undone: the record was printed, exported or backed up, or the program closed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from branchbook.domain.history import Operation, Touch
from branchbook.domain.problems import RefusedProblem
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
    """A record that became final, or was corrected, and has left the book since is only corrected."""
    finals = [touch for touch in operation.touches if _finalises(touch)]
    if not finals:
        return
    at, where = operation.head.at, subject_words(reading.roster(), "record", finals[0].after)
    if at < run_started_at:
        raise _only_corrected("定稿之后程序关闭过", where)
    if any(each.printed_at >= at for each in reading.printed(SEAL_SUBJECT)):
        raise _only_corrected("定稿之后已经备份或导出", where)
    for touch in finals:
        record = from_json("record", touch.after or "")
        if any(each.printed_at >= at for each in _papers_showing(reading, record)):
            raise _only_corrected("定稿之后已经打印", where)


def _finalises(touch: Touch) -> bool:
    if touch.entity != "record" or touch.before is None or touch.after is None:
        return False
    before, after = from_json("record", touch.before), from_json("record", touch.after)
    return after.is_final and (before.state, before.correction_reason) != (
        after.state,
        after.correction_reason,
    )


def _papers_showing(reading: Reading, record: Record) -> list[PrintedPaper]:
    """Papers of the record itself, and handbooks of its year."""
    year = f":{record.held_on.year}" if record.held_on else ":"
    handbooks = [each for each in reading.printed() if each.subject.startswith("handbook:")]
    return [
        *reading.printed(str(record.id)),
        *(each for each in handbooks if each.subject.endswith(year)),
    ]


def _only_corrected(what: str, where: str) -> RefusedProblem:
    return RefusedProblem(f"{what}，不能撤销定稿", where, "请用“更正”并写明原因，原文会保留在历史中")
