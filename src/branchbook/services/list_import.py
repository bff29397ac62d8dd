"""Lists filled in elsewhere, read again: the records of a year and the resolutions, by 簿内编号.

Previewed, then written as one operation. Of a draft the fields of its head may change; of a final record
nothing does, but its resolutions are followed up: responsible and due where they were left open, when
and how they were carried out. A row that says what the book says changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.records import Record
from branchbook.services.exchange_files import NoteKind, TableFiles
from branchbook.services.list_columns import IDENTIFIER, FoundList, ListKind, find_list
from branchbook.services.list_rows import ListRow, RecordRows, ResolutionRows
from branchbook.services.meetings import save_in
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.roster_values import Severity
from branchbook.services.store import Book, Reading


@dataclass(frozen=True, slots=True)
class ListFile:
    """A workbook opened as lists: its sheets that are one of ours."""

    path: Path
    lists: tuple[FoundList, ...]


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What an import does: every row with what it changes, and the records as they would become."""

    rows: tuple[ListRow, ...]
    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[ListRow, ...]:
        """Rows that change something."""
        return tuple(row for row in self.rows if row.changes)

    @property
    def refused(self) -> tuple[ListRow, ...]:
        """Rows of which a cell, or all, cannot be taken."""
        return tuple(row for row in self.rows if any(f.severity in _COSTLY for f in row.findings))


_COSTLY = frozenset({Severity.ROW_REFUSED, Severity.CELL_REFUSED})
_NOTES = frozenset({NoteKind.FORMULA_EMPTY, NoteKind.CELL_ERROR, NoteKind.FORMULA, NoteKind.MERGED_FILLED})


def open_lists(files: TableFiles, path: Path) -> ListFile:
    """Read a workbook and find our lists in it, several sheets in any order, columns in any order.

    Raises UnreadableProblem for anything that is not an xlsx, and for one without such a list.
    """
    found = [each for each in map(find_list, files.read(path)) if each is not None]
    if not found:
        raise UnreadableProblem(
            "没有找到可以读回的清单",
            path.name,
            f"请选择由本程序导出的会议和记录清单或决议台账，并保留“{IDENTIFIER.label}”一列",
        )
    return ListFile(path, tuple(found))


def preview_lists(reading: Reading, file: ListFile, actor: Actor) -> ListPreview:
    """What an import would do, row by row; nothing is written."""
    changed: dict[UUID, Record] = {}
    records = RecordRows(reading, changed, actor)
    resolutions = ResolutionRows(reading, changed, actor)
    rows: list[ListRow] = []
    # Heads before resolutions: a resolution is compared with the record's day as the list sets it.
    for found in sorted(file.lists, key=lambda each: list(ListKind).index(each.kind)):
        reader = records if found.kind is ListKind.RECORDS else resolutions
        rows += (reader.read(found, number, cells) for number, cells in _rows(found))
    return ListPreview(tuple(rows), tuple(changed.values()), tuple(_notes(file)))


def import_lists(book: Book, file: ListFile, actor: Actor) -> Outcome[ListPreview]:
    """Take the lists into the book as one operation, so that one undo takes all of it back.

    Cells and rows refused in the preview are left out. A second time it changes nothing. Raises
    RefusedProblem where rows were changed and not one of them can be taken.
    """
    with operate(book, actor, f"读回清单：{file.path.name}") as operating:
        writing = operating.writing
        preview = preview_lists(writing, file, actor)
        if preview.refused and not preview.changed:
            first = preview.refused[0]
            where = f"{file.path.name}，“{first.sheet}”第 {first.number} 行：{first.findings[0].text}"
            raise RefusedProblem("没有一行可以读回", where, "请按预览中的说明改正；簿中没有改动")
        for record in preview.records:
            if record.is_final:
                writing.put(record)
            else:
                save_in(writing, record, actor)
    return Outcome(preview, operating.changes)


def _rows(found: FoundList) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number in range(found.head_row + 1, len(found.table.rows) + 1):
        cells = found.cells(number)
        if any(cells.values()):
            yield number, cells


def _notes(file: ListFile) -> Iterator[str]:
    for found in file.lists:
        for note in found.table.notes:
            if note.kind in _NOTES and note.row > found.head_row:
                yield f"工作表“{found.table.name}”第 {note.row} 行：{note.text}"
