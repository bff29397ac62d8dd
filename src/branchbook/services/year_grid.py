"""The year grid: required work by month, drawn from findings. The same grid on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from branchbook.domain.records import RecordSummary
from branchbook.domain.requirements import Finding, FindingState


class CellState(StrEnum):
    """What one month's cell shows; the symbols are ● ○ ◐ ! · and a dashed frame."""

    HELD = "held"
    HELD_NOT_FINAL = "held_not_final"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    NOT_REQUIRED = "not_required"


SYMBOLS: Mapping[CellState, str] = {
    CellState.HELD: "●",
    CellState.HELD_NOT_FINAL: "○",
    CellState.DUE: "◐",
    CellState.OVERDUE: "！",
    CellState.NOT_YET: "□",
    CellState.NOT_REQUIRED: "·",
}

_RANK = [
    CellState.OVERDUE,
    CellState.DUE,
    CellState.HELD_NOT_FINAL,
    CellState.HELD,
    CellState.NOT_YET,
    CellState.NOT_REQUIRED,
]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One month. ``finding`` is what a click opens or begins; ``record_ids`` the records held in it."""

    state: CellState
    record_ids: tuple[UUID, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class GridLine:
    """One requirement of one organisation over twelve months; ``done`` of ``owed`` periods are held."""

    requirement: str
    title: str
    cadence: str
    organisation_id: UUID
    cells: tuple[GridCell, ...]
    done: int
    owed: int


def year_grid(
    findings: Iterable[Finding], records: Mapping[UUID, RecordSummary], year: int, today: date
) -> tuple[GridLine, ...]:
    """Lines in the order of the findings. Requirements that are never owed in the year are left out."""
    lines = []
    for _, group in groupby(findings, key=lambda each: (each.requirement, each.organisation_id)):
        line = _line(tuple(group), records, year, today)
        if line.owed or line.done:
            lines.append(line)
    return tuple(lines)


def _line(
    group: tuple[Finding, ...], records: Mapping[UUID, RecordSummary], year: int, today: date
) -> GridLine:
    cells = [GridCell(CellState.NOT_REQUIRED)] * 12
    for finding in group:
        for month, cell in _cells_of(finding, records, year, today):
            if _RANK.index(cell.state) < _RANK.index(cells[month - 1].state):
                cells[month - 1] = cell
    owed = [each for each in group if each.state != FindingState.NOT_REQUIRED]
    done = sum(1 for each in owed if each.state == FindingState.HELD)
    first = group[0]
    return GridLine(
        first.requirement, first.title, first.cadence, first.organisation_id, tuple(cells), done, len(owed)
    )


def _cells_of(
    finding: Finding, records: Mapping[UUID, RecordSummary], year: int, today: date
) -> Iterable[tuple[int, GridCell]]:
    """A held period shows in the month it was held; an open one in the current month; else in its last."""
    if finding.state == FindingState.NOT_REQUIRED:
        return
    state = CellState(finding.state.value)
    days = [records[each].held_on for each in finding.records if each in records] or [finding.held_on]
    months = sorted({day.month for day in days if day is not None and day.year == year})
    if state in (CellState.HELD, CellState.HELD_NOT_FINAL) and months:
        for month in months:
            held = tuple(each for each in finding.records if _month_of(records.get(each)) == month)
            yield month, GridCell(state, held, finding)
        return
    last = finding.period_end.month
    month = today.month if state == CellState.DUE and today.year == year else last
    yield month, GridCell(state, finding.records, finding)


def _month_of(record: RecordSummary | None) -> int | None:
    return record.held_on.month if record and record.held_on else None
