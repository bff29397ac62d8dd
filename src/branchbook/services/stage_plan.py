"""The plan of a dates sheet: per row the procedures and the person as they will be, every check of a step asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry, missing_before
from branchbook.services.fact_guards import check_person_facts
from branchbook.services.joining_effects import JoinedPerson, joined_person
from branchbook.services.operations import Actor
from branchbook.services.procedures import with_step
from branchbook.services.roster_matching import match_rows
from branchbook.services.roster_plan import LineStatus, RosterChange
from branchbook.services.roster_values import RosterFinding, Severity
from branchbook.services.stage_columns import JOINING, StageColumn
from branchbook.services.stage_entries import PlannedRow, entries_of
from branchbook.services.stage_rows import StageRow, point_out, sentence
from branchbook.services.step_order import later_than
from branchbook.services.store import Reading

LATE_REASON = "补录（由日期表导入）"
"""Why a step is entered although one before it is missing: the sheet tells what was done, not all of it."""


@dataclass(frozen=True, slots=True)
class DatesLine:
    """One row of the preview. ``person_id`` None: nobody was found."""

    row: int
    name: str
    status: LineStatus
    person_id: UUID | None = None
    changes: tuple[RosterChange, ...] = ()


@dataclass(frozen=True, slots=True)
class DatesPreview:
    """What an import does: lines and findings by row; the values to be written."""

    lines: tuple[DatesLine, ...]
    findings: tuple[RosterFinding, ...]
    procedures: tuple[Procedure, ...] = ()
    joined: tuple[JoinedPerson, ...] = ()

    def count(self, status: LineStatus) -> int:
        """How many rows have a status."""
        return sum(1 for line in self.lines if line.status is status)

    @property
    def summary(self) -> str:
        """新建档案 3 人，更新 1 人，未变 40 人，未导入 2 行."""
        parts = [f"新建档案 {self.count(LineStatus.NEW)} 人", f"更新 {self.count(LineStatus.CHANGED)} 人"]
        parts.append(f"未变 {self.count(LineStatus.UNCHANGED)} 人")
        if refused := self.count(LineStatus.REFUSED):
            parts.append(f"未导入 {refused} 行")
        return "，".join(parts)


def plan_dates(
    reading: Reading, rows: Sequence[StageRow], findings: Sequence[RosterFinding], actor: Actor
) -> DatesPreview:
    """Plan the import of all rows against the book as it is."""
    roster = reading.roster()
    for row in rows:
        point_out(row, roster, actor.today)
        if not row.identity.name and row.identity.identifier is None:
            row.note(Severity.ROW_REFUSED, None, "没有姓名")
    matched = match_rows([row.identity for row in rows if not _refused(row)], roster.people)
    latest = _latest(reading)
    lines: list[DatesLine] = []
    planned: list[PlannedRow] = []
    for row in rows:
        row.findings += row.identity.findings
        person = matched.get(row.number)
        if person is None and not _refused(row):
            row.note(
                Severity.ROW_REFUSED, None, f"花名册里没有“{row.identity.name}”，请先新增此人或导入花名册"
            )
        made = None if person is None or _refused(row) else _plan_row(reading, row, person, latest, actor)
        if made is not None:
            planned.append(made)
        lines.append(_line(row, person, made))
    told = (*findings, *(each for row in rows for each in row.findings))
    return DatesPreview(
        tuple(lines),
        told,
        tuple(
            each
            for made in planned
            for family, each in made.procedures.items()
            if each != made.stored.get(family)
        ),
        tuple(
            JoinedPerson(made.person, made.facts)
            for made in planned
            if made.person != roster.person_by_id[made.person.id]
            or made.facts != roster.facts_of(made.person.id)
        ),
    )


def _line(row: StageRow, person: Person | None, made: PlannedRow | None) -> DatesLine:
    name = person.name if person else row.identity.name
    if made is None or person is None:
        return DatesLine(row.number, name, LineStatus.REFUSED, person.id if person else None)
    if not made.changes:
        return DatesLine(row.number, name, LineStatus.UNCHANGED, person.id)
    status = LineStatus.CHANGED if made.stored else LineStatus.NEW
    return DatesLine(row.number, name, status, person.id, tuple(made.changes))


def _refused(row: StageRow) -> bool:
    return row.identity.is_refused() or any(each.severity is Severity.ROW_REFUSED for each in row.findings)


def _latest(reading: Reading) -> dict[tuple[UUID, str], Procedure]:
    """By person and family the procedure that is open, else the one begun last."""
    found: dict[tuple[UUID, str], Procedure] = {}
    for each in sorted(reading.all(Procedure), key=lambda one: (one.is_open, one.begun_on)):
        if each.subject_id is not None:
            found[each.subject_id, shape_of(each.shape).family] = each
    return found


def _plan_row(
    reading: Reading,
    row: StageRow,
    person: Person,
    latest: dict[tuple[UUID, str], Procedure],
    actor: Actor,
) -> PlannedRow | None:
    """The row's plan; None, with the reason noted, where anything of it is refused."""
    roster = reading.roster()
    families = (joining.FAMILY, conversion_steps.FAMILY)
    stored = {family: latest[person.id, family] for family in families if (person.id, family) in latest}
    made = PlannedRow(person, roster.facts_of(person.id), dict(stored), stored)
    column: StageColumn | None = None
    try:
        for column, entry in entries_of(reading, row, made, actor):
            _enter(reading, made, column, entry, actor)
        column = None
        _refuse_disordered(made)
        _join(reading, made)
    except RefusedProblem as problem:
        row.note(Severity.ROW_REFUSED, column, sentence(problem))
        return None
    return made


def _refuse_disordered(made: PlannedRow) -> None:
    """Of all days as the row leaves them: none before a step that must stand before it."""
    for family, procedure in made.procedures.items():
        if procedure == made.stored.get(family):
            continue
        shape = shape_of(procedure.shape)
        for entry in procedure.steps:
            late = later_than(shape, procedure, entry)
            if late:
                spec = shape.step(entry.step)
                raise RefusedProblem("；".join(late), spec.name if spec else entry.step, "请核对日期")


def _join(reading: Reading, made: PlannedRow) -> None:
    after = made.procedures.get(JOINING)
    if after is None or after == made.stored.get(JOINING):
        return
    roster = reading.roster()
    before = made.stored.get(JOINING, replace(after, steps=()))
    joined = joined_person(roster, made.person, before, after)
    check_person_facts(roster, joined.facts)
    made.person, made.facts = joined.person, joined.facts


def _enter(reading: Reading, made: PlannedRow, column: StageColumn, entry: StepEntry, actor: Actor) -> None:
    procedure = made.procedures[column.family]
    shape = shape_of(procedure.shape)
    spec = shape.step(entry.step)
    assert spec is not None
    if not procedure.is_open:
        raise RefusedProblem(f"这项{shape.name}已经结束", f"{procedure.ended_on}", "需要改动时请用“更正”")
    if entry.done_on is not None and missing_before(shape, procedure, spec) and not entry.reason:
        entry = replace(entry, reason=LATE_REASON)
    before = procedure.entry(entry.step)
    made.procedures[column.family] = with_step(reading, procedure, entry, actor)
    made.changes.append(RosterChange(spec.name, _words(before), _words(entry)))


def _words(entry: StepEntry) -> str:
    day = entry.done_on.isoformat() if entry.done_on else ""
    people = "、".join(each.name for named in entry.people.values() for each in named)
    values = "、".join(str(value) for value in entry.values.values() if not isinstance(value, tuple))
    return " ".join(filter(None, (day, people, values)))
