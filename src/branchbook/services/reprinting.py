"""已改未重印: papers of a record or a procedure that say something else now than when they were printed last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.domain.papers import Subject
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printed_papers import WITH_PRIVATE_CONTENT, StalePaper
from branchbook.services.printing import content_hash
from branchbook.services.store import PrintedPaper, Reading

_OF_ONE = (Subject.RECORD, Subject.PROCEDURE)


def papers_to_reprint(reading: Reading, subject_id: UUID, day: date) -> tuple[StalePaper, ...]:
    """The papers of one record or procedure whose last print shows something else than the book does on ``day``."""
    return tuple(dict.fromkeys(_stale(reading, subject_id, _last(reading.printed(str(subject_id))), day)))


def changed_since_printed(
    reading: Reading, organisation_ids: tuple[UUID, ...], year: int, day: date
) -> tuple[StalePaper, ...]:
    """The same for everything of these organisations: records of the year, procedures of any.

    Only what was changed itself after it was printed is looked at: binding a paper costs more than asking that.
    """
    by_subject: dict[str, list[PrintedPaper]] = {}
    for each in reading.printed():
        by_subject.setdefault(each.subject, []).append(each)
    found: list[StalePaper] = []
    for subject, printed in by_subject.items():
        subject_id = _id(subject)
        if subject_id is not None and _belongs(reading, subject_id, organisation_ids, year):
            earlier = [each for each in _last(printed) if _changed_after(reading, subject, each)]
            found += dict.fromkeys(_stale(reading, subject_id, earlier, day))
    return tuple(found)


def _last(latest_first: Sequence[PrintedPaper]) -> list[PrintedPaper]:
    """The last print of each paper of a record or procedure; with its private content it is another one."""
    last: dict[str, PrintedPaper] = {}
    for each in latest_first:
        paper = PAPER_BY_KEY.get(each.paper.removesuffix(WITH_PRIVATE_CONTENT))
        if paper is not None and paper.subject in _OF_ONE:
            last.setdefault(each.paper, each)
    return list(last.values())


def _stale(
    reading: Reading, subject_id: UUID, printed: Iterable[PrintedPaper], day: date
) -> Iterator[StalePaper]:
    for each in printed:
        if each.content_hash not in _hashes(reading, each.paper, subject_id, day):
            key = each.paper.removesuffix(WITH_PRIVATE_CONTENT)
            yield StalePaper(subject_id, key, PAPER_BY_KEY[key].name)


def _hashes(reading: Reading, key: str, subject_id: UUID, day: date) -> Iterator[str]:
    """What the paper would show now, in each way in which it may have been printed: as any kind, of any item."""
    record, whole = reading.get(Record, subject_id), key.endswith(WITH_PRIVATE_CONTENT)
    kinds = ("", *record.kinds) if record is not None else ("",)
    items = (None, *range(1, len(record.agenda) + 1)) if record is not None else (None,)
    for kind in kinds:
        for item in items if key == "resolution_document" else (None,):
            try:
                paper = key.removesuffix(WITH_PRIVATE_CONTENT)
                request = PaperRequest(
                    paper, day, record_id=subject_id, kind=kind, item=item, private_content=whole
                )
                yield content_hash(sheets_for(reading, request))
            except Problem:  # it can't be printed so any more
                continue


def _belongs(reading: Reading, subject_id: UUID, organisation_ids: tuple[UUID, ...], year: int) -> bool:
    record = reading.get(Record, subject_id)
    if record is not None:
        return (
            record.organisation_id in organisation_ids
            and record.held_on is not None
            and record.held_on.year == year
        )
    procedure = reading.get(Procedure, subject_id)
    return procedure is not None and procedure.organisation_id in organisation_ids


def _changed_after(reading: Reading, subject: str, printed: PrintedPaper) -> bool:
    changes = reading.history_of("record", subject) or reading.history_of("procedure", subject)
    return bool(changes) and changes[0].head.at > printed.printed_at


def _id(subject: str) -> UUID | None:
    try:
        return UUID(subject)
    except ValueError:
        return None
