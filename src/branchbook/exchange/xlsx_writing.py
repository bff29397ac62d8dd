"""From lists to an xlsx file in which every cell is text and no cell can become a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from branchbook.exchange.office_package import replace_when_complete
from branchbook.services.exchange_files import ListTable

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_767
_FIXED_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def write_workbook(path: Path, tables: Sequence[ListTable]) -> None:
    """Write one sheet per table. The same tables give the same bytes."""
    content = repack(_workbook_bytes(tables))
    replace_when_complete(path, lambda file: _write_all(file, content))


def _write_all(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def repack(content: bytes) -> bytes:
    """The same office file with the same moment in every part, so that equal content is equal bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w") as packed:
        for part in source.infolist():
            fixed = ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
            fixed.compress_type = ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            fixed.create_system = 3
            packed.writestr(fixed, source.read(part))
    return target.getvalue()


def _workbook_bytes(tables: Sequence[ListTable]) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    workbook.properties.creator = "BranchBook"
    for table, name in zip(tables, _sheet_names(tables), strict=True):
        _write_sheet(workbook.create_sheet(name), table)
    target = BytesIO()
    _save_with_fixed_moment(workbook, target)
    return target.getvalue()


def _save_with_fixed_moment(workbook: Any, target: BytesIO) -> None:
    from openpyxl.writer.excel import ExcelWriter

    # Workbook.save() would stamp the present moment over the one set here.
    with ZipFile(target, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        writer = ExcelWriter(workbook, archive)
        workbook.properties.created = workbook.properties.modified = _FIXED_MOMENT
        writer.write_data()


def _write_sheet(sheet: Any, table: ListTable) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for index, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.append([_text_cell(sheet, column.label, bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append([_text_cell(sheet, text) for text in row])


def _text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell of type text in the text format; 18 digits keep all of them, and “=1+1” stays as typed.

    ``quotePrefix`` keeps the cell a text when someone edits it in a spreadsheet program.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    clean = printable(text)[:_MAX_CELL]
    cell: Any = WriteOnlyCell(sheet)
    cell._value, cell.data_type = (clean, "s") if clean else (None, "n")
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def printable(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _sheet_names(tables: Sequence[ListTable]) -> list[str]:
    names: list[str] = []
    for table in tables:
        base = table.name.translate(_FORBIDDEN_IN_NAMES).strip("'")[:28] or "Sheet"
        name, number = base, 2
        while name in names:
            name, number = f"{base}{number}", number + 1
        names.append(name)
    return names
