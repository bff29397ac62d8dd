"""A roster from a spreadsheet: found, mapped, previewed, then taken into the book as one operation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.services.codec import to_json
from branchbook.services.exchange_files import CellTable, NoteKind, TableFiles, TableNote
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.roster_columns import COLUMN_BY_KEY, ColumnMapping, find_mapping, to_remember
from branchbook.services.roster_plan import LineStatus, RosterPreview, plan_import
from branchbook.services.roster_values import RosterFinding, Severity, is_filler, read_row
from branchbook.services.settings import PREFIX, book_settings
from branchbook.services.store import Book, Reading, Setting, Writing

__all__ = ["LineStatus", "RosterFile", "RosterPreview", "import_roster", "open_roster", "preview_roster"]

_NO_HEAD = ColumnMapping(0, (), (), certain=False)


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A spreadsheet opened as a roster: its table, and what its columns seem to be.

    The mapping has ``head_row`` 0 where no head was found; the user then says which row it is.
    """

    path: Path
    table: CellTable
    mapping: ColumnMapping
    findings: tuple[RosterFinding, ...] = ()


def open_roster(files: TableFiles, path: Path, reading: Reading) -> RosterFile:
    """Read a file and find the sheet and row that hold the roster's head.

    Columns mapped by hand for an earlier file are mapped so again. Raises UnreadableProblem for
    anything that is not an xlsx, and for one without a single row.
    """
    tables = [table for table in files.read(path) if table.rows]
    if not tables:
        raise UnreadableProblem("工作簿里没有任何内容", path.name, "请检查是不是选错了文件")
    remembered = book_settings(reading).roster_columns
    found = [(table, find_mapping(table, remembered)) for table in tables]
    table, mapping = max(found, key=lambda each: _suitability(*each))
    return RosterFile(path, table, mapping or _NO_HEAD, _findings_of(table, tables, mapping or _NO_HEAD))


def with_head_row(file: RosterFile, head_row: int) -> RosterFile:
    """The same file with the row (from 1) that the user says is the head; nothing in it is mapped yet
    but what is recognised."""
    cells = file.table.rows[head_row - 1]
    only = CellTable(file.table.name, ((*cells, "姓名"),))
    guess = find_mapping(only)
    keys = guess.keys[: len(cells)] if guess else ("",) * len(cells)
    return replace(file, mapping=ColumnMapping(head_row, cells, keys, certain=False))


def preview_roster(
    reading: Reading, file: RosterFile, mapping: ColumnMapping, actor: Actor, branch_id: UUID | None = None
) -> RosterPreview:
    """What an import would do, row by row; nothing is written.

    ``branch_id`` is the branch of rows that name none. Raises RefusedProblem where the mapping has no
    column of names.
    """
    if mapping.position("name") is None:
        what = "没有找到“姓名”这一列" if mapping.head_row else "没有找到表头（含“姓名”的一行）"
        raise RefusedProblem(what, f"{file.path.name}，工作表“{file.table.name}”", "请指定哪一列是姓名")
    today = actor.today
    rows = [
        read_row(number, cells, mapping, today)
        for number, cells in enumerate(file.table.rows, start=1)
        if number > mapping.head_row and not is_filler(cells, mapping)
    ]
    return plan_import(reading.roster(), rows, file.findings, today, branch_id)


def import_roster(
    book: Book, file: RosterFile, mapping: ColumnMapping, actor: Actor, branch_id: UUID | None = None
) -> Outcome[RosterPreview]:
    """Take the roster into the book as one operation, so that one undo takes all of it back.

    Rows that were refused in the preview are left out. Raises RefusedProblem where nothing can be
    imported at all. The mapping is remembered for the next file.
    """
    with operate(book, actor, f"导入花名册：{file.path.name}") as operating:
        writing = operating.writing
        preview = preview_roster(writing, file, mapping, actor, branch_id)
        if not preview.lines or all(line.status is LineStatus.REFUSED for line in preview.lines):
            raise RefusedProblem(*_nothing_to_import(preview, file))
        writing.put_all(preview.organisations)
        writing.put_all(preview.people)
        writing.put_all(preview.facts)
        _remember(writing, mapping)
    return Outcome(preview, operating.changes)


def _nothing_to_import(preview: RosterPreview, file: RosterFile) -> tuple[str, str, str]:
    if not preview.lines:
        return "表头下面没有党员", file.path.name, "请检查是不是选错了文件或工作表"
    first = next(each for each in preview.findings if each.severity is Severity.ROW_REFUSED)
    where = f"{file.path.name} 第 {first.row} 行：{first.text}"
    return "没有一行可以导入", where, "请按预览中的说明改正后再导入；簿中没有改动"


def _remember(writing: Writing, mapping: ColumnMapping) -> None:
    known = book_settings(writing).roster_columns
    chosen = {**known, **to_remember(mapping)}
    if chosen != known:
        writing.put(Setting(f"{PREFIX}roster_columns", to_json(chosen)))


def _suitability(table: CellTable, mapping: ColumnMapping | None) -> tuple[int, int, int]:
    """A visible sheet with the most recognised columns, then the one with the most rows."""
    known = 0 if mapping is None else sum(1 for key in mapping.keys if key in COLUMN_BY_KEY)
    return (known if not table.hidden else 0, known, len(table.rows))


_SEVERITY_OF_NOTE = {
    NoteKind.FORMULA_EMPTY: Severity.CELL_REFUSED,
    NoteKind.CELL_ERROR: Severity.CELL_REFUSED,
}


def _findings_of(
    table: CellTable, tables: list[CellTable], mapping: ColumnMapping
) -> tuple[RosterFinding, ...]:
    # A title and a head of two rows are merged in nearly every roster; only members' cells matter.
    findings = [_finding(note) for note in table.notes if not 0 < note.row <= mapping.head_row]
    others = "、".join(f"“{other.name}”" for other in tables if other is not table)
    if others:
        text = f"读取的是工作表“{table.name}”；{others}没有读取"
        findings.insert(0, RosterFinding(Severity.NOTE, 0, "", text))
    return tuple(findings)


def _finding(note: TableNote) -> RosterFinding:
    severity = _SEVERITY_OF_NOTE.get(note.kind, Severity.CHECK)
    column = f"第 {note.column} 列" if note.column else ""
    return RosterFinding(severity, note.row, column, note.text)
