"""What a row of the dates sheet says about each step, as entries: in the order of the steps, none entered yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

from branchbook.catalogue.procedures import joining
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.people import Person, PersonFact, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.services.conversions import conversion_shape_of
from branchbook.services.list_reading import NameReader
from branchbook.services.operations import Actor
from branchbook.services.roster_plan import RosterChange
from branchbook.services.roster_values import Severity
from branchbook.services.stage_columns import CONVERSION, STAGE_COLUMNS, StageColumn
from branchbook.services.stage_rows import StageRow
from branchbook.services.store import Reading

NO_DOCUMENT = "未登记"
"""The number of an approval that a sheet does not name."""


@dataclass
class PlannedRow:
    """A person's procedures as a row makes them, beside those that the book holds."""

    person: Person
    facts: tuple[PersonFact, ...]
    procedures: dict[str, Procedure]
    stored: dict[str, Procedure]
    changes: list[RosterChange] = field(default_factory=list)


def entries_of(
    reading: Reading, row: StageRow, made: PlannedRow, actor: Actor
) -> Iterator[tuple[StageColumn, StepEntry]]:
    """The steps that the row says something about, in their order, each as it will be entered."""
    columns: dict[tuple[str, str], list[StageColumn]] = {}
    for column in STAGE_COLUMNS:
        if column.family and column.key in row.cells:
            columns.setdefault((column.family, column.step), []).append(column)
    for (family, step), given in columns.items():
        if family == CONVERSION and not _convertible(reading, row, made, given[0]):
            continue
        procedure = made.procedures.get(family) or _new(reading, row, made, family, actor)
        entry = procedure.entry(step)
        for column in given:
            entry = _with_cell(reading, row, procedure, entry, column, actor)
        if entry != procedure.entry(step):
            made.procedures[family] = procedure
            yield given[0], _completed(row, procedure, entry, given[0])


def _with_cell(
    reading: Reading, row: StageRow, procedure: Procedure, entry: StepEntry, column: StageColumn, actor: Actor
) -> StepEntry:
    value = row.cells[column.key]
    if not column.field:
        assert isinstance(value, date)
        return replace(entry, done_on=value)
    if column.field in ("mentors", "sponsors"):
        people = _people(reading, row, procedure, entry, column, str(value), actor)
        return replace(entry, people={**entry.people, column.field: people}) if people else entry
    kept: FieldValue = value.isoformat() if isinstance(value, date) else value
    return replace(entry, values={**entry.values, column.field: kept})


def _people(
    reading: Reading,
    row: StageRow,
    procedure: Procedure,
    entry: StepEntry,
    column: StageColumn,
    text: str,
    actor: Actor,
) -> tuple[PersonRef, ...]:
    before = entry.people.get(column.field, ())
    day = entry.done_on or actor.today
    people, strangers = NameReader(reading.roster(), procedure.organisation_id, day).read(text, before)
    for name in strangers:
        row.note(Severity.CHECK, column, f"花名册里没有“{name}”，按所写的名字照录")
    return people


_NAMED_WITH = {"mentors": "activist", "sponsors": "candidate"}
"""Sheets name mentors and sponsors without a day: it is that of the step from which they are named."""


def _completed(row: StageRow, procedure: Procedure, entry: StepEntry, column: StageColumn) -> StepEntry:
    if entry.done_on is None and entry.step in _NAMED_WITH:
        entry = replace(entry, done_on=procedure.done_on(_NAMED_WITH[entry.step]))
    if entry.step == "approval" and entry.done_on is not None:
        values = {"outcome": joining.APPROVED, **entry.values}
        if not entry.text("document"):
            values["document"] = NO_DOCUMENT
            row.note(Severity.CHECK, column, f"没有审批文号，记为“{NO_DOCUMENT}”，请以后补上")
        entry = replace(entry, values=values)
    return entry


def _new(reading: Reading, row: StageRow, made: PlannedRow, family: str, actor: Actor) -> Procedure:
    """A procedure that begins with the first day that the row gives for its family."""
    roster, person = reading.roster(), made.person
    days = [value for key, value in row.cells.items() if key.startswith(family) and isinstance(value, date)]
    begun_on = min(days, default=actor.today)
    branch = roster.branch_of(person.id, actor.today) or roster.branch_of(person.id, begun_on)
    if branch is None:
        raise RefusedProblem(f"{person.name}不在任何支部", "", "请先在“党员”里登记所在支部")
    shape = joining.JOINING.key
    if family == CONVERSION:
        shape = conversion_shape_of(reading, person)
    return Procedure(
        uuid4(),
        shape,
        branch.id,
        max(begun_on, branch.founded_on),
        subject_id=person.id,
        created_at=actor.now,
        shape_version=shape_of(shape).version,
    )


def _convertible(reading: Reading, row: StageRow, made: PlannedRow, column: StageColumn) -> bool:
    """A conversion is approved only on the votes counted, and begins only once the acceptance is in the book."""
    value, stored = row.cells[column.key], made.stored.get(CONVERSION)
    if stored is not None and stored.done_on(column.step) == value:
        return False
    roster = reading.roster()
    if column.step == "approval":
        text = "转正审批须以录入的表决票数为准，请在这个人的转正办理中登记"
    elif made.person.accepted_on is None or roster.person_by_id[made.person.id].accepted_on is None:
        text = "簿中还没有接收日期，请先导入接收和审批的日期，再导入一次"
    elif stored is None and Standing.FULL in {each.value for each in made.facts}:
        text = "已是正式党员，转正日期请在“党员”里更正"
    else:
        return True
    row.note(Severity.CELL_REFUSED, column, text)
    return False
