"""The resolution ledger: every resolution across the years, its owner, due date and outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record, Resolution
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, OpenResolution, Reading


@dataclass(frozen=True, slots=True)
class ResolutionLine:
    """One resolution as the ledger shows it. ``number`` counts within the year: 2026-3 is the third."""

    number: str
    passed: OpenResolution
    organisation_name: str
    overdue: bool

    @property
    def responsible(self) -> str:
        """Names of those responsible, as written."""
        return "、".join(person.name for person in self.passed.resolution.responsible)


def resolution_lines(
    reading: Reading, organisation_ids: tuple[UUID, ...], today: date, *, open_only: bool = False
) -> tuple[ResolutionLine, ...]:
    """Resolutions of the organisations, the latest first, numbered per organisation and year."""
    wanted = reading.resolutions(organisation_ids, open_only)
    numbers = _numbers(_same_years(reading, organisation_ids, wanted) if open_only else wanted)
    roster = reading.roster()
    lines = (
        ResolutionLine(
            numbers[each.resolution.id],
            each,
            roster.organisation_by_id[each.organisation_id].name_on(each.held_on or today),
            _is_overdue(each.resolution, today),
        )
        for each in wanted
    )
    return tuple(lines)


def _same_years(
    reading: Reading, organisation_ids: tuple[UUID, ...], wanted: tuple[OpenResolution, ...]
) -> tuple[OpenResolution, ...]:
    """All resolutions of the years in which the wanted ones were passed: enough to number them.

    So the Desk does not read ten years of resolutions to show the few that are open.
    """
    years = sorted({each.held_on.year for each in wanted if each.held_on is not None})
    undated = tuple(each for each in wanted if each.held_on is None)
    return reading.resolutions(organisation_ids, False, years) + undated if years else undated


def close_resolution(
    book: Book, record_id: UUID, resolution_id: UUID, done_on: date, outcome: str, actor: Actor
) -> Outcome[Record]:
    """Note that a resolution was carried out. It adds to the record and corrects nothing in it."""

    def closed(record: Record, resolution: Resolution) -> Resolution:
        if record.held_on and done_on < record.held_on:
            raise RefusedProblem("落实日期早于决议通过的会议", f"{done_on:%Y-%m-%d}", "请核对日期")
        return replace(resolution, done_on=done_on, outcome=outcome)

    return _change(book, record_id, resolution_id, closed, "登记决议落实", actor)


def reopen_resolution(book: Book, record_id: UUID, resolution_id: UUID, actor: Actor) -> Outcome[Record]:
    """Take back that a resolution was carried out."""

    def opened(_record: Record, resolution: Resolution) -> Resolution:
        return replace(resolution, done_on=None, outcome="")

    return _change(book, record_id, resolution_id, opened, "撤回决议落实", actor)


def _change(
    book: Book,
    record_id: UUID,
    resolution_id: UUID,
    change: Callable[[Record, Resolution], Resolution],
    label: str,
    actor: Actor,
) -> Outcome[Record]:
    with operate(book, actor, label) as operating:
        record = _record(operating.writing, record_id)
        agenda = tuple(
            replace(
                item,
                resolutions=tuple(
                    change(record, each) if each.id == resolution_id else each for each in item.resolutions
                ),
            )
            for item in record.agenda
        )
        if agenda == record.agenda and not _contains(record, resolution_id):
            raise RefusedProblem("这条决议已不在记录中", record.subject, "请刷新列表")
        changed = replace(record, agenda=agenda)
        operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def _record(reading: Reading, record_id: UUID) -> Record:
    record = reading.get(Record, record_id)
    if record is None:
        raise RefusedProblem("这份记录已被移到回收站", "", "可在“备份与安全”的回收站中恢复")
    return record


def _contains(record: Record, resolution_id: UUID) -> bool:
    return any(each.id == resolution_id for item in record.agenda for each in item.resolutions)


def _is_overdue(resolution: Resolution, today: date) -> bool:
    return resolution.done_on is None and resolution.due_on is not None and resolution.due_on < today


def _numbers(passed: tuple[OpenResolution, ...]) -> dict[UUID, str]:
    counts: dict[tuple[UUID, int], int] = {}
    numbers = {}
    first_to_last = passed[::-1]  # those of one item keep the order in which they were passed
    ordered = sorted(
        first_to_last, key=lambda each: (each.held_on or date.max, str(each.record_id), each.item_number)
    )
    for each in ordered:
        if each.held_on is None:
            numbers[each.resolution.id] = ""
            continue
        key = (each.organisation_id, each.held_on.year)
        counts[key] = counts.get(key, 0) + 1
        numbers[each.resolution.id] = f"{each.held_on.year}-{counts[key]}"
    return numbers
