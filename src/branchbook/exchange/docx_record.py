"""The record table in Word: one table on a common grid of columns, each row merged from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, GridRow, LongRow, ParagraphStyle, RecordTable, Row, Sheet
from branchbook.exchange.docx_parts import (
    HEADING,
    POINTS_OF_MM,
    TITLE,
    add_passage,
    add_run,
    align,
    passages,
    repeat_head,
    set_page,
    table_rows,
    text_value,
    text_width,
)

A4 = (210.0, 297.0)
MARGINS = (22.0, 22.5, 20.0, 22.5)
TITLE_SIZE = 18.0
DATE_LINE = "年　　月　　日"
MOST_BESIDE = 3
TITLE_HEIGHT, SIGNATURE_HEIGHT, CELL_PADDING = 13.0, 14.0, 4.0
LINE_SPACING = 1.25

Fill = Callable[[Any], None]
"""Writes the content of one cell."""


@dataclass(frozen=True)
class _Cell:
    """A cell before it is in the table: its width in millimetres, what writes it, and the text for measuring."""

    width: float
    fill: Fill
    text: str = ""


@dataclass(frozen=True)
class _Line:
    """A row before it is in the table."""

    cells: tuple[_Cell, ...]
    height: float
    head: bool = False
    splits: bool = False


def write_record(document: Any, sheet: Sheet, layout: RecordTable) -> None:
    """Title, table and signature lines."""
    set_page(document, *A4, MARGINS)
    title = align(document.add_paragraph(), "centre")
    add_run(title, sheet.title, TITLE_SIZE, TITLE, bold=True)
    title.paragraph_format.space_after = 100_000
    width = _width(layout)
    builder = _Builder(sheet, layout.font_size, width)
    groups = [builder.lines(row) for row in layout.rows]
    lines = _tightened([line for group in groups for line in group], layout)
    repeated = sum(len(group) for group in groups[: layout.repeated_rows])
    _add_table(document, lines, repeated, width)
    _add_signatures(document, layout)


def _width(layout: RecordTable) -> float:
    rows = [row for row in layout.rows if isinstance(row, Row)]
    widths = [sum(f.width_mm + _label_width(f) for f in row.fields if not f.hidden) for row in rows]
    return max(widths, default=0.0) or 165.0


def _label_width(part: Field) -> float:
    return part.label_width_mm if part.label else 0.0


class _Builder:
    """Turns the rows of a layout into lines of cells."""

    def __init__(self, sheet: Sheet, size: float, width: float) -> None:
        self.sheet, self.size, self.width = sheet, size, width

    def lines(self, row: Row | LongRow | GridRow) -> list[_Line]:
        """The lines of one row of the layout; none where it is hidden."""
        if isinstance(row, Row):
            return self._fields(row)
        if isinstance(row, LongRow):
            return [] if row.field.hidden else [self._long(row)]
        return [] if row.hidden else self._grid(row)

    def _text(self, text: str, how: str, face: str = "") -> Fill:
        def fill(cell: Any) -> None:
            paragraph = cell.paragraphs[0]
            for number, part in enumerate(text.split("\n")):
                if number:
                    paragraph = cell.add_paragraph()
                align(paragraph, how)
                add_run(paragraph, part, self.size, *([face] if face else []))

        return fill

    def _fields(self, row: Row) -> list[_Line]:
        shown = [part for part in row.fields if not part.hidden]
        if not shown:
            return []
        grow = (self.width - sum(part.width_mm + _label_width(part) for part in shown)) / len(shown)
        cells = []
        for part in shown:
            if part.label:
                cells.append(_Cell(part.label_width_mm, self._text(part.label, "centre"), part.label))
            how = "centre" if part.centred else "left"
            value = text_value(self.sheet, part.key)
            cells.append(_Cell(part.width_mm + grow, self._text(value, how), value))
        return [_Line(tuple(cells), row.height_mm)]

    def _long(self, row: LongRow) -> _Line:
        part = row.field
        beside = row.label_beside and bool(part.label)
        label_width = part.label_width_mm if beside else 0.0
        style = ParagraphStyle.PLAIN if beside else ParagraphStyle.BODY

        def fill(cell: Any) -> None:
            first = cell.paragraphs[0]
            if part.label and not row.label_beside:
                add_run(first, f"{part.label}：", self.size, HEADING)
                first = None
            for passage in passages(self.sheet, part.key, style):
                add_passage(cell, passage, self.size, first)
                first = None
            _to_top(cell, low=beside and row.height_mm < 30.0)

        heading = "" if row.label_beside else f"{part.label}\n"
        cells = [_Cell(self.width - label_width, fill, heading + text_value(self.sheet, part.key))]
        if beside:
            cells.insert(0, _Cell(label_width, self._text(part.label, "centre")))
        return _Line(tuple(cells), row.height_mm, splits=True)

    def _grid(self, row: GridRow) -> list[_Line]:
        columns = [column for column in row.columns if not column.hidden]
        if not columns:
            return []
        found = []
        if row.label:
            found.append(_Line((_Cell(self.width, self._text(row.label, "centre")),), 9.0))
        heads = {column.key: column.label for column in columns}
        rows = table_rows(self.sheet, row.key) or ({},) * max(row.blank_rows, 1)
        for values in (heads, *rows):
            found.append(self._grid_line(columns, dict(values), row.row_height_mm, values is heads))
        return found

    def _grid_line(self, columns: list[Column], values: dict[str, str], height: float, head: bool) -> _Line:
        scale = self.width / sum(column.width_mm for column in columns)
        cells = (
            _Cell(
                column.width_mm * scale,
                self._text(values.get(column.key, ""), "centre" if head else column.align),
                values.get(column.key, ""),
            )
            for column in columns
        )
        return _Line(tuple(cells), height)


def _tightened(lines: list[_Line], layout: RecordTable) -> list[_Line]:
    """Take from the empty room of the long rows what the table lacks to fit on one page, if that is enough.

    Word measures the text itself; what a row needs is estimated here from the count of its characters.
    """
    needed = [_needed(line, layout.font_size) for line in lines]
    closing = SIGNATURE_HEIGHT if layout.signatures or layout.date_line else 0.0
    room = A4[1] - MARGINS[0] - MARGINS[2] - TITLE_HEIGHT - closing
    lacking = sum(max(line.height, least) for line, least in zip(lines, needed, strict=True)) - room
    spare = [
        max(line.height - least, 0.0) if line.splits else 0.0
        for line, least in zip(lines, needed, strict=True)
    ]
    if lacking <= 0 or lacking > sum(spare):
        return lines
    share = lacking / sum(spare)
    return [replace(line, height=line.height - share * more) for line, more in zip(lines, spare, strict=True)]


def _needed(line: _Line, size: float) -> float:
    """Millimetres that the fullest cell of a line needs."""
    em = size / POINTS_OF_MM
    most = 1
    for cell in line.cells:
        room = max((cell.width - CELL_PADDING) / em, 1.0)
        most = max(most, sum(max(1, ceil((text_width(part) + 1) / room)) for part in cell.text.split("\n")))
    return most * em * LINE_SPACING


def _to_top(cell: Any, *, low: bool) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    if not low:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP


def _add_table(document: Any, lines: list[_Line], repeated: int, width: float) -> None:
    """The table on the grid of all edges that any line has; a cell spans the grid columns it covers."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    edges = _edges(lines, width)
    table = document.add_table(rows=len(lines), cols=len(edges) - 1)
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, left, right in zip(table.columns, edges, edges[1:], strict=False):
        column.width = Mm(right - left)
    for number, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
        _fill_row(row, line, edges)
        _row_properties(row, line, head=number < repeated)


def _edges(lines: list[_Line], width: float) -> list[float]:
    """Left edges of all cells in millimetres, edges closer than half a millimetre taken as one."""
    found = [0.0, width]
    for line in lines:
        x = 0.0
        for cell in line.cells[:-1]:
            x += cell.width
            if all(abs(x - edge) > 0.5 for edge in found):
                found.append(x)
    return sorted(found)


def _fill_row(row: Any, line: _Line, edges: list[float]) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    cells = row.cells
    x, first = 0.0, 0
    for cell in line.cells:
        x += cell.width
        last = min(range(first + 1, len(edges)), key=lambda index: abs(edges[index] - x))
        merged = cells[first].merge(cells[last - 1]) if last - 1 > first else cells[first]
        merged.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        cell.fill(merged)
        first = last


def _row_properties(row: Any, line: _Line, *, head: bool) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    row.height, row.height_rule = Mm(line.height), WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    if not line.splits:
        properties.append(OxmlElement("w:cantSplit"))
    if head:
        repeat_head(row)


def _add_signatures(document: Any, layout: RecordTable) -> None:
    """Labels in columns by tab stops, the date to be written at the right of the last line."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    labels = list(layout.signatures)
    rows = [labels[start : start + MOST_BESIDE] for start in range(0, len(labels), MOST_BESIDE)] or [[]]
    if not labels and not layout.date_line:
        return
    for number, row in enumerate(rows):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(9)
        dated = layout.date_line and number == len(rows) - 1
        column = (165.0 - (35.0 if dated else 0.0)) / max(len(row), 1)
        for place in range(1, len(row)):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(place * column))
        text = "\t".join(label if label.endswith("：") else f"{label}：" for label in row)
        if dated:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(165.0), WD_TAB_ALIGNMENT.RIGHT)
            text = f"{text}\t{DATE_LINE}"
        add_run(paragraph, text, layout.font_size)
