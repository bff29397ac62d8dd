"""The dates sheet: stage dates of many people from and to a spreadsheet, previewed, then one operation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from branchbook.catalogue.procedures.joining import FAMILY
from branchbook.domain.identity_number import mask
from branchbook.domain.people import Person, Standing
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.services.exchange_files import CellTable, ListColumn, ListTable, NoteKind, TableFiles
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.people_facts import write_facts
from branchbook.services.probations import family_of
from branchbook.services.roster_columns import ColumnMapping
from branchbook.services.roster_plan import LineStatus
from branchbook.services.roster_values import RosterFinding, Severity
from branchbook.services.settings_reading import book_settings
from branchbook.services.stage_columns import STAGE_COLUMNS, StageColumn, find_stage_mapping
from branchbook.services.stage_entries import NO_DOCUMENT
from branchbook.services.stage_plan import DatesPreview, plan_dates
from branchbook.services.stage_rows import read_stage_row
from branchbook.services.store import Book, Reading

_TOLD = {
    NoteKind.FORMULA_EMPTY: Severity.CELL_REFUSED,
    NoteKind.CELL_ERROR: Severity.CELL_REFUSED,
    NoteKind.FORMULA: Severity.CHECK,
    NoteKind.MERGED_FILLED: Severity.CHECK,
}


@dataclass(frozen=True, slots=True)
class DatesFile:
    """A spreadsheet opened as a dates sheet: its table, and what its columns seem to be."""

    path: Path
    table: CellTable
    mapping: ColumnMapping


def open_dates(files: TableFiles, path: Path) -> DatesFile:
    """Read a file and find the sheet and row that hold the head; columns may stand in any order.

    Raises UnreadableProblem for anything that is not an xlsx, and where no sheet has names and stage dates.
    """
    found = []
    for table in files.read(path):
        mapping = find_stage_mapping(table)
        if mapping is not None and not table.hidden:
            found.append(DatesFile(path, table, mapping))
    if not found:
        raise UnreadableProblem(
            "没有找到日期表", path.name, "表头应有“姓名”和各阶段时间，例如“申请入党时间”“确定积极分子时间”"
        )
    return max(found, key=lambda each: len(each.mapping.keys))


def preview_dates(
    reading: Reading, file: DatesFile, actor: Actor, mapping: ColumnMapping | None = None
) -> DatesPreview:
    """What an import would do, row by row; nothing is written. ``mapping`` is the one corrected by the user."""
    mapping = mapping or file.mapping
    rows = [
        read_stage_row(number, cells, mapping, actor.today)
        for number, cells in enumerate(file.table.rows, start=1)
        if number > mapping.head_row and any(cell.strip() for cell in cells)
    ]
    notes = tuple(
        RosterFinding(_TOLD[note.kind], note.row, f"第 {note.column} 列" if note.column else "", note.text)
        for note in file.table.notes
        if note.kind in _TOLD and note.row > mapping.head_row
    )
    return plan_dates(reading, rows, notes, actor)


def import_dates(
    book: Book, file: DatesFile, actor: Actor, mapping: ColumnMapping | None = None
) -> Outcome[DatesPreview]:
    """Take the dates into the book as one operation, so that one undo takes all of it back.

    Rows refused in the preview are left out; a second time it changes nothing. Raises RefusedProblem where not
    a single row can be taken.
    """
    with operate(book, actor, f"导入日期表：{file.path.name}") as operating:
        writing = operating.writing
        preview = preview_dates(writing, file, actor, mapping)
        if preview.count(LineStatus.REFUSED) == len(preview.lines):
            raise RefusedProblem(*_nothing_to_import(preview, file))
        roster = writing.roster()
        for joined in preview.joined:
            write_facts(writing, joined.person.id, joined.facts, roster)
        writing.put_all(joined.person for joined in preview.joined)
        writing.put_all(preview.procedures)
    return Outcome(preview, operating.changes)


def _nothing_to_import(preview: DatesPreview, file: DatesFile) -> tuple[str, str, str]:
    if not preview.lines:
        return "表头下面没有内容", file.path.name, "请检查是不是选错了文件或工作表"
    first = next(each for each in preview.findings if each.severity is Severity.ROW_REFUSED)
    where = f"{file.path.name} 第 {first.row} 行：{first.text}"
    return "没有一行可以导入", where, "请按预览中的说明改正后再导入；簿中没有改动"


def stage_table(reading: Reading, on: date, organisation_id: UUID | None = None) -> ListTable:
    """Stage dates of everyone who is on the way of joining on a day, and of everyone whose joining the book keeps.

    Identity numbers are masked as the book's setting says; such a cell changes nothing when read again.
    """
    roster, kept = reading.roster(), _by_family(reading)
    people = [
        person
        for person in roster.people
        if _is_listed(roster, person, on, organisation_id, (person.id, FAMILY) in kept)
    ]
    people.sort(key=lambda each: (each.position, each.name, str(each.id)))
    if book_settings(reading).identity_masked:
        people = [replace(each, identity_number=mask(each.identity_number)) for each in people]
    columns = tuple(ListColumn(column.label, column.width) for column in STAGE_COLUMNS)
    rows = tuple(
        tuple(_cell(roster, person, on, column, kept) for column in STAGE_COLUMNS) for person in people
    )
    return ListTable("发展党员日期表", columns, rows)


def export_dates(
    files: TableFiles, path: Path, reading: Reading, on: date, organisation_id: UUID | None = None
) -> int:
    """Write the dates sheet as xlsx; returns the number of people. Raises UnreadableProblem where it cannot."""
    table = stage_table(reading, on, organisation_id)
    files.write(path, [table])
    return len(table.rows)


_Kept = dict[tuple[UUID, str], Procedure]


def _by_family(reading: Reading) -> _Kept:
    found: _Kept = {}
    for each in sorted(reading.all(Procedure), key=lambda one: (one.is_open, one.begun_on)):
        if each.subject_id is not None:
            found[each.subject_id, family_of(each)] = each
    return found


def _is_listed(roster: Roster, person: Person, on: date, organisation_id: UUID | None, kept: bool) -> bool:
    branch, standing = roster.branch_of(person.id, on), roster.standing_on(person.id, on)
    if branch is None or organisation_id not in (None, branch.id, branch.parent_id):
        return False
    return kept or standing not in (None, Standing.FULL)


def _cell(roster: Roster, person: Person, on: date, column: StageColumn, kept: _Kept) -> str:
    if not column.family:
        return _who(roster, person, on, column.key)
    procedure = kept.get((person.id, column.family))
    if procedure is None:
        return ""
    entry = procedure.entry(column.step)
    if not column.field:
        return entry.done_on.isoformat() if entry.done_on else ""
    named = entry.people.get(column.field)
    if named:
        return "、".join(each.name for each in named)
    value = entry.values.get(column.field, "")
    return "" if value in ("", NO_DOCUMENT) else str(value)


def _who(roster: Roster, person: Person, on: date, key: str) -> str:
    branch = roster.branch_of(person.id, on)
    told = {
        "branch": branch.name_on(on) if branch else "",
        "name": person.name,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "identity_number": person.identity_number,
        "id": str(person.id),
    }
    return told[key]
