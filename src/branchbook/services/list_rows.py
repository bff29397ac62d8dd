"""One row of a list against the book: what it changes, and why a cell is not taken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.records import PersonRef, Record, Resolution
from branchbook.services.guards import clean_line, clean_text
from branchbook.services.list_columns import FIELDS_READ, FoundList, ListField, ListKind
from branchbook.services.list_export import record_cells, resolution_cells
from branchbook.services.list_reading import NOTHING, NameReader, read_day, says_the_same
from branchbook.services.meetings import with_day_changed
from branchbook.services.operations import Actor
from branchbook.services.resolutions import ResolutionLine, resolution_lines
from branchbook.services.roster_values import Severity
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class CellFinding:
    """Why a cell or a row is not taken, or what the user should look at. ``column`` is a head, or empty."""

    severity: Severity
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that changes the book, in words."""

    column: str
    before: str
    after: str


@dataclass
class ListRow:
    """One row as read. ``number`` counts from 1 as in the file; ``title`` is what it is about."""

    kind: ListKind
    sheet: str
    number: int
    title: str = ""
    changes: list[CellChange] = field(default_factory=list)
    findings: list[CellFinding] = field(default_factory=list)

    def refuse(self, text: str) -> None:
        """Nothing of the row is taken."""
        self.findings.append(CellFinding(Severity.ROW_REFUSED, "", text))


class ListRows(ABC):
    """Reads the rows of one list. ``changed`` gathers the records that become others, by id."""

    kind: ListKind

    def __init__(self, reading: Reading, changed: dict[UUID, Record], actor: Actor) -> None:
        self._reading = reading
        self._roster = reading.roster()
        self._changed = changed
        self._actor = actor
        self._seen: set[UUID] = set()
        self._typed = frozenset(draft.id for draft in reading.drafts())

    def read(self, found: FoundList, number: int, cells: Mapping[str, str]) -> ListRow:
        """Compare a row with the book and note what it changes. Problems are noted in it, never raised."""
        row = ListRow(self.kind, found.table.name, number)
        try:
            self._read(row, cells)
        except Problem as problem:
            row.refuse(_sentence(problem))
        return row

    @abstractmethod
    def _read(self, row: ListRow, cells: Mapping[str, str]) -> None:
        """Find what the row is about and take its cells."""

    def _identity(self, cells: Mapping[str, str]) -> UUID:
        text = cells.get("id", "").strip()
        if not text:
            raise RefusedProblem("没有簿内编号，不知道是哪一条", "", "新的记录和决议请在程序中录入")
        try:
            identity = UUID(text)
        except ValueError:
            raise RefusedProblem("簿内编号不完整", text, "请重新导出清单") from None
        if identity in self._seen:
            raise RefusedProblem("同一个簿内编号出现两次", "", "只读入了第一行")
        self._seen.add(identity)
        return identity

    def _record(self, record_id: UUID) -> Record:
        record = self._changed.get(record_id) or self._reading.get(Record, record_id)
        if record is None:
            raise RefusedProblem("簿中没有这份记录", "", "它可能已移到回收站，或清单是从别的簿导出的")
        return record

    def _keep(self, row: ListRow, record: Record) -> None:
        if record.id in self._typed:
            row.changes.clear()
            raise RefusedProblem("这份记录有正在填写、还没有保存的内容", row.title, "请先在程序中填完")
        self._changed[record.id] = record

    def _differing(self, cells: Mapping[str, str], shown: Mapping[str, str]) -> list[tuple[ListField, str]]:
        """Cells that say something and say something else than the book."""
        return [
            (each, cells[each.key])
            for each in FIELDS_READ[self.kind]
            if each.key != "id"
            and cells.get(each.key)
            and not says_the_same(cells[each.key], shown[each.key])
        ]

    def _names(
        self, row: ListRow, label: str, text: str, before: tuple[PersonRef, ...], record: Record
    ) -> tuple[PersonRef, ...]:
        day = record.held_on or self._actor.today
        people, strangers = NameReader(self._roster, record.organisation_id, day).read(text, before)
        for name in strangers:
            row.findings.append(CellFinding(Severity.CHECK, label, f"花名册里没有“{name}”，按所写的名字照录"))
        return people


class RecordRows(ListRows):
    """The list of records: the fields of the head of drafts."""

    kind = ListKind.RECORDS

    def _read(self, row: ListRow, cells: Mapping[str, str]) -> None:
        record = self._record(self._identity(cells))
        shown = record_cells(self._roster, record, self._actor.today)
        row.title = f"{shown['held_on'] or '未定日期'} {shown['subject']}".strip()
        result = record
        for each, text in self._differing(cells, shown):
            if record.is_final:
                reason = "这份记录已经定稿，不能从清单修改；需要改动时请在程序中更正并写明原因"
                row.findings.append(CellFinding(Severity.CELL_REFUSED, each.label, reason))
            elif not each.read:
                reason = "这一列只供查看，不能从清单修改"
                row.findings.append(CellFinding(Severity.CELL_REFUSED, each.label, reason))
            else:
                result = self._take(row, each, text, result)
        if result == record:
            return
        if result.held_on != record.held_on:
            result = with_day_changed(self._reading, result, self._actor)
        after = record_cells(self._roster, result, self._actor.today)
        row.changes += _changes(self.kind, shown, after)
        self._keep(row, result)

    def _take(self, row: ListRow, column: ListField, text: str, record: Record) -> Record:
        try:
            return self._taken(row, column, text, record)
        except Problem as problem:
            row.findings.append(CellFinding(Severity.CELL_REFUSED, column.label, _sentence(problem)))
            return record

    def _taken(self, row: ListRow, column: ListField, text: str, record: Record) -> Record:
        if column.key == "held_on":
            return replace(record, held_on=read_day(text))
        if column.key == "subject":
            return replace(record, subject=clean_text(text, column.label))
        if column.key == "venue":
            return replace(record, venue=clean_line(text, column.label))
        if not any(spec.key == column.key for key in record.kinds for spec in _fields(key)):
            raise RefusedProblem(f"这类记录没有{column.label}", text)
        people = self._names(row, column.label, text, record.people.get(column.key, ()), record)
        return replace(record, people={**record.people, column.key: people})


class ResolutionRows(ListRows):
    """The ledger: who is responsible until when, and how it was carried out."""

    kind = ListKind.RESOLUTIONS

    def __init__(self, reading: Reading, changed: dict[UUID, Record], actor: Actor) -> None:
        super().__init__(reading, changed, actor)
        places = tuple(each.id for each in self._roster.organisations)
        lines = resolution_lines(reading, places, actor.today)
        self._lines: Mapping[UUID, ResolutionLine] = {each.passed.resolution.id: each for each in lines}

    def _read(self, row: ListRow, cells: Mapping[str, str]) -> None:
        line = self._lines.get(self._identity(cells))
        if line is None:
            raise RefusedProblem("簿中没有这条决议", "", "记录可能已移到回收站，或清单是从别的簿导出的")
        record, before = self._record(line.passed.record_id), line.passed.resolution
        row.title = f"{line.number} {before.text}".strip()
        shown = resolution_cells(self._roster, line, self._actor.today)
        result = before
        for each, text in self._differing(cells, shown):
            try:
                result = self._taken(row, each, text, result, record)
            except Problem as problem:
                row.findings.append(CellFinding(Severity.CELL_REFUSED, each.label, _sentence(problem)))
        result = self._sound(row, result, before, record)
        if result == before:
            return
        after = resolution_cells(
            self._roster, replace(line, passed=replace(line.passed, resolution=result)), self._actor.today
        )
        row.changes += _changes(self.kind, shown, after)
        self._keep(row, _with_resolution(record, result))

    def _taken(
        self, row: ListRow, column: ListField, text: str, resolution: Resolution, record: Record
    ) -> Resolution:
        if not column.read:
            raise RefusedProblem("这一列只供查看，不能从清单修改", "")
        empties = text.strip() == NOTHING
        if column.key in ("responsible", "due_on"):
            if record.is_final and getattr(resolution, column.key):
                raise RefusedProblem("记录已经定稿，只能补填原来空着的一格", "", "需要改动时请在程序中更正")
            if column.key == "due_on":
                return replace(resolution, due_on=None if empties else read_day(text))
            people = self._names(row, column.label, text, resolution.responsible, record)
            return replace(resolution, responsible=people)
        if column.key == "done_on":
            if empties:
                return replace(resolution, done_on=None, outcome="")
            return replace(resolution, done_on=read_day(text, self._actor.today))
        return replace(resolution, outcome=clean_text(text, column.label))

    def _sound(self, row: ListRow, result: Resolution, before: Resolution, record: Record) -> Resolution:
        """Carried out neither before it was passed, nor without a day."""

        def back(text: str, column: str) -> Resolution:
            row.findings.append(CellFinding(Severity.CELL_REFUSED, column, text))
            return replace(result, done_on=before.done_on, outcome=before.outcome)

        if (result.done_on, result.outcome) == (before.done_on, before.outcome):
            return result  # what the book holds is not judged here
        if result.done_on and record.held_on and result.done_on < record.held_on:
            return back("落实日期早于决议通过的会议，请核对日期", "落实日期")
        if result.outcome and result.done_on is None:
            return back("没有落实日期，请一并填写", "落实情况")
        return result


def _fields(kind: str) -> tuple[Any, ...]:
    return KIND_BY_KEY[kind].fields if kind in KIND_BY_KEY else ()


def _changes(kind: ListKind, before: Mapping[str, str], after: Mapping[str, str]) -> list[CellChange]:
    return [
        CellChange(each.label, before[each.key], after[each.key])
        for each in FIELDS_READ[kind]
        if before[each.key] != after[each.key]
    ]


def _with_resolution(record: Record, resolution: Resolution) -> Record:
    agenda = tuple(
        replace(
            item,
            resolutions=tuple(resolution if each.id == resolution.id else each for each in item.resolutions),
        )
        for item in record.agenda
    )
    return replace(record, agenda=agenda)


def _sentence(problem: Problem) -> str:
    place = f"“{problem.where}”：" if problem.where else ""
    return f"{place}{problem.what}。{problem.next_step}" if problem.next_step else f"{place}{problem.what}"
