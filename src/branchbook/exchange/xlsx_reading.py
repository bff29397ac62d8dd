"""From an xlsx file to tables of text, telling whatever was not plain: merged cells, hidden rows, formulas."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from branchbook.domain.problems import Problem, UnreadableProblem
from branchbook.exchange.sheet_features import Area, SheetFeatures, may_have_features, scan_sheet
from branchbook.services.exchange_files import CellTable, NoteKind, TableNote

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_WIDE_ROWS = 1_000
"""So many rows may be wider than that, as stray formats make them; their far cells are not read."""
_MAX_MERGED_CELLS = 20_000
_MAX_NOTES = 100


def read_workbook(path: Path) -> tuple[CellTable, ...]:
    """Every worksheet of a checked xlsx. Raises UnreadableProblem where its inside is broken."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # foreign styles and extensions that we do not keep
            workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                with ZipFile(path) as package:
                    return tuple(_read_sheet(sheet, package, path) for sheet in workbook.worksheets)
            finally:
                workbook.close()
    except Problem:
        raise
    except Exception as error:
        raise UnreadableProblem(
            "工作簿的内容已损坏，读不出来",
            f"{path.name}：{error}",
            "请用 WPS 表格或 Excel 打开并重新保存，再导入",
        ) from error


def _read_sheet(sheet: Any, package: ZipFile, path: Path) -> CellTable:
    features = _features(package, sheet._worksheet_path.lstrip("/"))
    notes = _Notes()
    rows = _read_rows(sheet, features, notes, path)
    _fill_merged(rows, features.merged, notes)
    _note_hidden(features, len(rows), notes)
    hidden = sheet.sheet_state != "visible"
    if hidden:
        notes.add(NoteKind.HIDDEN_SHEET, f"工作表“{sheet.title}”是隐藏的")
    return CellTable(sheet.title, tuple(tuple(row) for row in rows), tuple(notes.kept), hidden)


def _features(package: ZipFile, part_name: str) -> SheetFeatures:
    with package.open(part_name) as part:
        if not may_have_features(part):
            return SheetFeatures()
    with package.open(part_name) as part:
        return scan_sheet(part)


class _Notes:
    """Remarks about one sheet; of one kind at most a hundred, so that no file can fill the screen."""

    def __init__(self) -> None:
        self.kept: list[TableNote] = []
        self._counts: dict[NoteKind, int] = {}

    def add(self, kind: NoteKind, text: str, row: int = 0, column: int = 0) -> None:
        """Keep a remark."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if self._counts[kind] <= _MAX_NOTES:
            self.kept.append(TableNote(kind, text, row, column))


def _read_rows(sheet: Any, features: SheetFeatures, notes: _Notes, path: Path) -> list[list[str]]:
    # The file's own statement of its size is not believed: a false one makes openpyxl pad every row.
    sheet.reset_dimensions()
    where = f"{path.name}，工作表“{sheet.title}”"
    rows: list[list[str]] = []
    last = wide = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        wide += len(cells) > MAX_COLUMNS
        if wide > MAX_WIDE_ROWS:
            raise UnreadableProblem(f"工作表超过 {MAX_COLUMNS} 列，没有读入", where, "请只保留花名册的各列")
        row = _row_texts(cells[:MAX_COLUMNS], number, features, notes)
        if row:
            last = number
        if last > MAX_ROWS:
            raise UnreadableProblem(f"工作表超过 {MAX_ROWS} 行，没有读入", where, "请分成几个文件导入")
        if number <= MAX_ROWS:
            rows.append(row)
    del rows[last:]
    _note_formulas(features, notes)
    return rows


def _row_texts(cells: Any, number: int, features: SheetFeatures, notes: _Notes) -> list[str]:
    texts = []
    for column, cell in enumerate(cells, start=1):
        value = cell.value
        text = value.strip() if isinstance(value, str) else cell_text(value, cell)
        if value is None and (number, column) in features.formulas:
            notes.add(
                NoteKind.FORMULA_EMPTY,
                "公式没有算出的值，请用 WPS 表格或 Excel 打开后保存一次",
                number,
                column,
            )
        elif cell.data_type == "e":
            notes.add(NoteKind.CELL_ERROR, f"单元格是错误值 {text}，按空白处理", number, column)
            text = ""
        texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    return texts


def cell_text(value: object, cell: Any) -> str:
    """A cell's value, if not a string, as a person would read it; a date as 2019-07-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return _float_text(value, str(cell.number_format))
    return str(value)


def _float_text(value: float, number_format: str) -> str:
    if value.is_integer():
        # A spreadsheet keeps 15 digits; what follows them in the binary number was never typed.
        return str(int(Decimal(f"{value:.15g}")))
    # A month typed as 2019.10 is stored as the number 2019.1; only its format still shows the zero.
    if number_format.split("_")[0] == "0.00":
        return f"{value:.2f}"
    return f"{value:.15g}"


def _note_formulas(features: SheetFeatures, notes: _Notes) -> None:
    if features.formulas:
        row, column = min(features.formulas)
        text = f"有 {len(features.formulas)} 个单元格是公式，读取的是上次保存时算出的值，请核对"
        notes.add(NoteKind.FORMULA, text, row, column)


def _fill_merged(rows: list[list[str]], areas: list[Area], notes: _Notes) -> None:
    for first_row, first_column, last_row, last_column in areas:
        value = _at(rows, first_row, first_column)
        last_row, last_column = min(last_row, len(rows)), min(last_column, MAX_COLUMNS)
        size = (last_row - first_row + 1) * (last_column - first_column + 1)
        if not value or size <= 1:
            continue
        if size > _MAX_MERGED_CELLS:
            notes.add(NoteKind.MERGED_FILLED, f"合并区域过大（{size} 格），没有填充", first_row, first_column)
            continue
        for row in rows[first_row - 1 : last_row]:
            row.extend([""] * (last_column - len(row)))
            row[first_column - 1 : last_column] = [value] * (last_column - first_column + 1)
        text = f"第 {first_row}–{last_row} 行有合并单元格，每格都按“{value[:20]}”读取"
        notes.add(NoteKind.MERGED_FILLED, text, first_row, first_column)


def _at(rows: list[list[str]], row: int, column: int) -> str:
    if not 1 <= row <= len(rows) or not 1 <= column <= len(rows[row - 1]):
        return ""
    return rows[row - 1][column - 1]


def _note_hidden(features: SheetFeatures, count: int, notes: _Notes) -> None:
    rows = [row for row in features.hidden_rows if row <= count]
    if rows:
        listed = "、".join(str(row) for row in rows[:10]) + ("等" if len(rows) > 10 else "")
        notes.add(NoteKind.HIDDEN_ROWS, f"有 {len(rows)} 行是隐藏的（第 {listed} 行），也会读入", rows[0])
    if features.hidden_columns:
        count_of = sum(last - first + 1 for first, last in features.hidden_columns if first <= MAX_COLUMNS)
        if count_of:
            column = features.hidden_columns[0][0]
            notes.add(NoteKind.HIDDEN_COLUMNS, "有隐藏的列，也会读入", 0, column)
