"""A ledger from a spreadsheet: its head found, previewed row by row, then taken in as one operation.

A row with a 簿内编号 changes that row; a cell that is empty, or says what the book says, changes nothing. A row
without one is new, unless the book has one that says the same: so a file can be read twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from branchbook.domain.fields import PERSON_TYPES, FieldSpec
from branchbook.domain.ledgers import Ledger, LedgerRow
from branchbook.domain.problems import Problem, RefusedProblem, UnreadableProblem
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.services.evidence import place_words
from branchbook.services.exchange_files import CellTable, NoteKind, TableFiles
from branchbook.services.ledger_cells import READ_ONLY, CellReader, changes_between
from branchbook.services.ledger_reading import ledger_of, row_title
from branchbook.services.ledger_table import PLACE
from branchbook.services.ledger_values import RowWords, checked_row
from branchbook.services.list_columns import IDENTIFIER
from branchbook.services.list_reading import says_the_same
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.roster_columns import HEAD_SEARCHED_ROWS, plain_head
from branchbook.services.roster_plan import LineStatus, RosterChange
from branchbook.services.roster_values import RosterFinding, Severity
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading

_PLACE_KEY, _ID_KEY = "\x00place", "\x00id"
_TOTAL = "合计"
_TOLD = frozenset({NoteKind.FORMULA_EMPTY, NoteKind.CELL_ERROR, NoteKind.FORMULA})


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A workbook opened as a ledger. ``keys`` say by column which field it is, "" for one that is not read."""

    path: Path
    ledger: str
    table: CellTable
    head_row: int
    keys: tuple[str, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """The heads of columns that are no field of the ledger."""
        heads = self.table.rows[self.head_row - 1]
        return tuple(head for head, key in zip(heads, self.keys, strict=False) if not key and head.strip())

    def rows(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Number in the file and cells by key of every row that says something; a line of totals does not."""
        for number, row in enumerate(self.table.rows, start=1):
            filled = [text.strip() for text in row if text.strip()]
            if number <= self.head_row or not filled or filled[0] == _TOTAL:
                continue
            yield number, {key: text for key, text in zip(self.keys, row, strict=False) if key}


@dataclass(frozen=True, slots=True)
class LedgerLineRead:
    """One row of the preview, in the shape of every import's preview."""

    row: int
    name: str
    status: LineStatus
    changes: tuple[RosterChange, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerPreview:
    """What an import does. ``findings`` name row and column; ``rows`` are those that are written."""

    lines: tuple[LedgerLineRead, ...]
    findings: tuple[RosterFinding, ...]
    rows: tuple[LedgerRow, ...]

    def count(self, status: LineStatus) -> int:
        """How many rows have a status."""
        return sum(line.status is status for line in self.lines)

    @property
    def summary(self) -> str:
        """新增 3 行，更新 1 行，未变 40 行，未导入 2 行."""
        parts = [f"新增 {self.count(LineStatus.NEW)} 行", f"更新 {self.count(LineStatus.CHANGED)} 行"]
        parts.append(f"未变 {self.count(LineStatus.UNCHANGED)} 行")
        if refused := self.count(LineStatus.REFUSED):
            parts.append(f"未导入 {refused} 行")
        return "，".join(parts)


def open_ledger(files: TableFiles, path: Path, reading: Reading, key: str) -> LedgerFile:
    """Read a workbook and find the sheet and row that hold the ledger's head.

    Raises UnreadableProblem for anything that is not an xlsx, and where no head is found.
    """
    ledger = ledger_of(reading, key)
    found = [each for table in files.read(path) if (each := _find(ledger, path, table)) is not None]
    if not found:
        wanted = "、".join(spec.label for spec in ledger.shown if spec.required)
        raise UnreadableProblem(
            f"没有找到{ledger.name}的表头",
            path.name,
            f"表头里要有：{wanted}。可以先导出一份，在里面填写后再导入",
        )
    return max(found, key=lambda each: sum(map(bool, each.keys)))


def _find(ledger: Ledger, path: Path, table: CellTable) -> LedgerFile | None:
    required = {spec.key for spec in ledger.shown if spec.required and spec.type not in READ_ONLY}
    for number, row in enumerate(table.rows[:HEAD_SEARCHED_ROWS], start=1):
        keys = _keys_of(ledger, row)
        if _ID_KEY in keys or required <= set(keys):
            return LedgerFile(path, ledger.key, table, number, keys)
    return None


def _keys_of(ledger: Ledger, heads: tuple[str, ...]) -> tuple[str, ...]:
    """By column: first the heads that are exactly a label, then those that are one but for brackets."""
    labels = [(spec.label, spec.key) for spec in ledger.shown]
    labels += [(PLACE, _PLACE_KEY), (IDENTIFIER.label, _ID_KEY)]
    exact, loose = dict(reversed(labels)), {plain_head(label): key for label, key in reversed(labels)}
    keys: list[str] = []
    for head in heads:
        key = exact.get(head.strip()) or loose.get(plain_head(head), "")
        keys.append("" if key in keys else key)
    return tuple(keys)


def preview_ledger(reading: Reading, file: LedgerFile, actor: Actor, organisation_id: UUID) -> LedgerPreview:
    """What an import would do; nothing is written. Rows that name no organisation belong to ``organisation_id``."""
    return _Import(reading, file, actor, organisation_id).preview()


def import_ledger(
    book: Book, file: LedgerFile, actor: Actor, organisation_id: UUID
) -> Outcome[LedgerPreview]:
    """Take the rows in as one operation, so that one undo takes all back; refused rows are left out.

    Raises RefusedProblem where not a single row can be taken.
    """
    with operate(book, actor, f"导入台账：{file.path.name}") as operating:
        preview = preview_ledger(operating.writing, file, actor, organisation_id)
        if all(line.status is LineStatus.REFUSED for line in preview.lines):
            said = next((each for each in preview.findings if each.severity is Severity.ROW_REFUSED), None)
            where = f"{file.path.name} 第 {said.row} 行：{said.text}" if said else file.path.name
            what = "没有一行可以导入" if preview.lines else "表头下面没有内容"
            raise RefusedProblem(what, where, "请按预览中的说明改正；簿中没有改动")
        operating.writing.put_all(preview.rows)
    return Outcome(preview, operating.changes)


class _Import:
    """One file against one book."""

    def __init__(self, reading: Reading, file: LedgerFile, actor: Actor, organisation_id: UUID) -> None:
        self._reading, self._file, self._actor = reading, file, actor
        self._ledger = ledger_of(reading, file.ledger)
        self._default_place = organisation_id
        self._cells = CellReader(reading.roster(), actor.today, book_settings(reading).half_cents)
        known = reading.ledger_rows(file.ledger)
        self._known = {row.id: row for row in known}
        self._words = RowWords(reading, self._ledger, known)
        self._next = max((row.position for row in known), default=-1) + 1
        self._lines: list[LedgerLineRead] = []
        self._findings: list[RosterFinding] = []
        self._written: dict[UUID, LedgerRow] = {}
        self._read_specs = {key: spec for key in file.keys if (spec := self._ledger.field(key)) is not None}

    def preview(self) -> LedgerPreview:
        """Every row of the file, in its order."""
        rows = list(self._file.rows())
        named = {cells.get(_ID_KEY, "").strip() for _, cells in rows}
        self._alike = Counter(
            self._signature(row) for row in self._known.values() if str(row.id) not in named
        )
        self._remark_file()
        for number, cells in rows:
            self._read_row(number, cells)
        return LedgerPreview(tuple(self._lines), tuple(self._findings), tuple(self._written.values()))

    def _remark_file(self) -> None:
        if self._file.unread:
            heads = "、".join(self._file.unread)
            self._findings.append(RosterFinding(Severity.NOTE, 0, "", f"没有读取的列：{heads}"))
        for note in self._file.table.notes:
            if note.kind in _TOLD and note.row > self._file.head_row:
                severity = Severity.CHECK if note.kind is NoteKind.FORMULA else Severity.CELL_REFUSED
                self._findings.append(RosterFinding(severity, note.row, f"第 {note.column} 列", note.text))

    def _read_row(self, number: int, cells: Mapping[str, str]) -> None:
        try:
            before = self._named(cells)
            row = self._with_cells(number, cells, before)
            row = checked_row(self._reading, self._ledger, row, self._actor.today, before)
        except Problem as problem:
            label = problem.where if any(problem.where == s.label for s in self._ledger.shown) else ""
            text = problem.what if label else str(problem)
            self._findings.append(RosterFinding(Severity.ROW_REFUSED, number, label, text))
            self._lines.append(LedgerLineRead(number, self._name(cells), LineStatus.REFUSED))
            return
        self._keep(number, row, before)

    def _keep(self, number: int, row: LedgerRow, before: LedgerRow | None) -> None:
        title = row_title(self._ledger, row)
        if before is None:
            signature = self._signature(row)
            if self._alike[signature]:
                self._alike[signature] -= 1
                self._lines.append(LedgerLineRead(number, title, LineStatus.UNCHANGED))
                return
            self._written[row.id] = row
            self._next += 1
            self._lines.append(LedgerLineRead(number, title, LineStatus.NEW))
            return
        labels = {spec.key: spec.label for spec in self._ledger.shown}
        changes = changes_between(labels, self._words.cells(before), self._words.cells(row))
        if row.organisation_id != before.organisation_id:
            changes += (RosterChange(PLACE, self._place(before), self._place(row)),)
        if row != before:
            self._written[row.id] = row
        status = LineStatus.UNCHANGED if row == before else LineStatus.CHANGED
        self._lines.append(LedgerLineRead(number, title, status, changes))

    def _named(self, cells: Mapping[str, str]) -> LedgerRow | None:
        """The row of the book that a row of the file is about; None for a new one."""
        text = cells.get(_ID_KEY, "").strip()
        if not text:
            return None
        try:
            identity = UUID(text)
        except ValueError:
            raise RefusedProblem("簿内编号不完整", text, "请重新导出，或清空这一格作为新的一行") from None
        row = self._known.get(identity)
        if row is None:
            raise RefusedProblem("簿中没有这一行", "", "它可能已移到回收站；要作为新的一行请清空簿内编号")
        if identity in self._written:
            raise RefusedProblem("同一个簿内编号出现两次", "", "只读入了第一行")
        return row

    def _with_cells(self, number: int, cells: Mapping[str, str], before: LedgerRow | None) -> LedgerRow:
        place = before.organisation_id if before else self._default_place
        if text := cells.get(_PLACE_KEY, "").strip():
            place = place if before and says_the_same(text, self._place(before)) else self._cells.place(text)
        row = before or LedgerRow(
            uuid4(), self._ledger.key, place, position=self._next, created_at=self._actor.now
        )
        shown = self._words.cells(before) if before else {}
        values: dict[str, FieldValue] = dict(row.values)
        people: dict[str, tuple[PersonRef, ...]] = dict(row.people)
        for key, spec in self._read_specs.items():
            text = cells.get(key, "")
            if not text.strip() or says_the_same(text, shown.get(key, "")):
                continue
            self._take(number, spec, text, place, values, people, known=before is not None)
        return replace(row, organisation_id=place, values=values, people=people)

    def _take(
        self,
        number: int,
        spec: FieldSpec,
        text: str,
        place: UUID,
        values: dict[str, FieldValue],
        people: dict[str, tuple[PersonRef, ...]],
        *,
        known: bool,
    ) -> None:
        """Read one cell into the row; one that cannot be read is told and left out."""
        if spec.type in READ_ONLY:
            self._tell(number, spec, Severity.CHECK, "这一列只供查看，没有读入；请在程序中添加")
            return
        try:
            read = self._cells.read(spec, text, place, people.get(spec.key, ()))
        except Problem as problem:
            self._tell(number, spec, Severity.CELL_REFUSED, str(problem))
            return
        for severity, said in read.remarks:
            self._tell(number, spec, severity, said)
        if spec.type in PERSON_TYPES:
            people[spec.key] = read.people
        else:
            values[spec.key] = "" if known and read.value == "无" else read.value

    def _tell(self, number: int, spec: FieldSpec, severity: Severity, text: str) -> None:
        self._findings.append(RosterFinding(severity, number, spec.label, text))

    def _signature(self, row: LedgerRow) -> tuple[str, ...]:
        """What a row says in the columns that are read, and whose it is."""
        read = (spec for spec in self._read_specs.values() if spec.type not in READ_ONLY)
        return (str(row.organisation_id), *("".join(self._words.words(row, spec).split()) for spec in read))

    def _place(self, row: LedgerRow) -> str:
        return place_words(self._cells.roster, row.organisation_id, self._actor.today)

    def _name(self, cells: Mapping[str, str]) -> str:
        return " ".join(cells.get(self._ledger.title_field, "").split())[:30]
