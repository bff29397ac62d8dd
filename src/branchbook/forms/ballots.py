"""Ballots and other small papers, several alike on a sheet.

甲: the names stand side by side, set vertically, with a cell for the mark above each. 乙: a line for each name and a
column for each mark. Every copy is the same to the last point, and nothing on it counts or names it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from branchbook.domain.ballot_papers import Ballots, BallotStyle, Column
from branchbook.domain.papers import Orientation, ParagraphStyle, Sheet
from branchbook.forms.ballot_cells import draw_cells
from branchbook.forms.breaking import break_paragraph
from branchbook.forms.flow import Cell, Flow, Table, TableRow, blank_line
from branchbook.forms.grouped_head import grouped_head
from branchbook.forms.library import Role
from branchbook.forms.page import POINT, THICK, THIN, Frame, Page
from branchbook.forms.setting import (
    Block,
    SetLine,
    Setter,
    block_height,
    ems,
    set_label,
    set_lines,
    set_text,
    set_title,
)
from branchbook.forms.tiles import A4, A4_LYING, A5_LYING, part_of, tiled, whole_sheet
from branchbook.forms.typeface import printable
from branchbook.forms.values import paragraphs_of, rows_of, text_of

LEADING = 1.4
_NUMBERED = re.compile("(?:注：|\u3000\u3000)?[0-9]+．")
WRITE_IN_GAP = 4.0  # between the names and the places for others, mm
_SIZES = {1: (20.0, 15.0), 2: (18.0, 13.0), 4: (13.0, 11.0), 8: (12.0, 10.5)}
"""Copies on a sheet → points of the title and of what stands in the table."""
_PARTS = {1: (1, 1), 2: (1, 2), 4: (2, 2), 8: (2, 4)}
_CLOSER = (1.0, 0.92, 0.84)
"""Rows of one copy alone may come closer where that saves a page."""
_INSETS = {1: (18.0, 14.0), 2: (14.0, 6.5), 4: (9.0, 9.0), 8: (8.0, 5.0)}


def lay_out_ballots(sheet: Sheet, layout: Ballots, _frame: Frame, setter: Setter) -> list[Page]:
    """One sheet with its copies, or the pages of one copy that needs more than a sheet."""
    if layout.half_sheet:
        fitting = _sheet(sheet, layout, 2, whole_sheet(A5_LYING), (1, 1), setter)
        if fitting is not None:
            return [fitting]
    lying = sheet.paper.orientation is Orientation.LANDSCAPE
    most = 1 if layout.half_sheet or lying else layout.per_sheet
    for copies in (8, 4, 2):
        if copies <= most:
            fitting = _sheet(sheet, layout, copies, whole_sheet(A4), _PARTS[copies], setter)
            if fitting is not None:
                return [fitting]
    whole, inset = whole_sheet(_a4_of(sheet)), _INSETS[1]
    pages: list[Page] = []
    for closer in _CLOSER:
        nearer = replace(layout, row_height_mm=layout.row_height_mm * closer)
        made = _Copy(sheet, nearer, part_of(whole, 1, 1, inset), 1, setter).pages()
        pages = made if not pages or len(made) < len(pages) else pages
        if len(pages) == 1:
            break
    return tiled(pages, whole, 1, 1, inset)


def _a4_of(sheet: Sheet) -> tuple[float, float]:
    return A4_LYING if sheet.paper.orientation is Orientation.LANDSCAPE else A4


def _sheet(
    sheet: Sheet, layout: Ballots, copies: int, whole: Frame, parts: tuple[int, int], setter: Setter
) -> Page | None:
    """The sheet with its copies; None where a copy does not fit its part."""
    inset = _INSETS[copies]
    copy = _Copy(sheet, layout, part_of(whole, *parts, inset), copies, setter)
    pages = copy.pages()
    if len(pages) > 1:
        return None
    if copies >= 4:  # a few lines alone at the top of their part look lost
        inset = (inset[0], inset[1] + max(copy.frame.height - copy.flow.y, 0.0) / 3)
    return tiled(pages * (parts[0] * parts[1]), whole, *parts, inset)[0]


class _Copy:
    """One ballot, laid out down its own part of the sheet."""

    def __init__(self, sheet: Sheet, layout: Ballots, frame: Frame, copies: int, setter: Setter) -> None:
        self.sheet, self.layout, self.frame, self.setter = sheet, layout, frame, setter
        self.title_size, self.size = _SIZES[copies]
        self.table_size = min(layout.font_size or self.size, self.size)
        self.small = layout.note_size if copies < 4 else layout.note_size - 1.0
        self.loose = copies == 1
        self.flow = Flow(frame)

    def pages(self) -> list[Page]:
        """The copy's pages: one, unless it is too long for its part."""
        self._head()
        notes = self._notes()
        rows = rows_of(self.sheet, self.layout.key) or ({},) * max(self.layout.blank_rows, 1)
        if self.layout.style is BallotStyle.CELLS:
            names = [str(row.get("name", "")) for row in rows]
            draw_cells(self.flow, names, self.layout.write_ins, self.setter)
        elif self.layout.write_in_columns and self.layout.write_ins:
            self._beside(rows)
        else:
            columns = [column for column in self.layout.columns if not column.hidden]
            self._table(columns, rows, 0.0, self.frame.width, block_height(notes))
        self.flow.whole(notes)
        return self.flow.pages

    def _head(self) -> None:
        """The seal's place, the title, the lines under it, and one line with something at each end."""
        flow, width, body = self.flow, self.frame.width, self.setter.body
        if self.layout.seal:
            flow.lines(set_text(self.layout.seal, body, self.small + 1, width, "right"))
        title = set_title(self.sheet.title, self.setter.face(Role.TITLE), self.title_size, width, 1.3)
        flow.lines(title)
        flow.y += 1.5 if self.title_size < 16 else 2.5
        for line in text_of(self.sheet, "subtitle").splitlines():
            flow.lines(set_title(line, body, self.size - 0.5, width))
        left, right = text_of(self.sheet, "left"), text_of(self.sheet, "right")
        if left or right:
            self._ends(left, right)
        flow.y += 1.0

    def _ends(self, left: str, right: str) -> None:
        """Beside one another where they fit, else one under the other."""
        width, size = self.frame.width, self.size - 1.5
        at_left, at_right = (
            set_text(left, self.setter.body, size, width),
            set_text(right, self.setter.body, size, width, "right"),
        )
        together = self.setter.body.measure(left + right) * size / 1000 * 25.4 / 72
        if left and right and together < width - 6.0:
            self._draw(at_right, 0.0, self.flow.y)
            at_right = ()
        self.flow.lines(at_left)
        self.flow.lines(at_right)

    def _draw(self, block: Block, x: float, y: float) -> None:
        for line in block:
            line.draw(self.flow.page, x, y)
            y += line.height

    def _notes(self) -> Block:
        """Under the table; the lines of a numbered note stand under its first word."""
        block: list[SetLine] = [blank_line(2.0, keep=True)]
        for note in paragraphs_of(self.sheet, "notes", ParagraphStyle.PLAIN):
            text, body = printable(note.text), self.setter.body
            number = _NUMBERED.match(text)
            hanging = body.measure(number.group()) if number else 0
            lines = break_paragraph(text, body, ems(self.frame.width, self.small), 0, hanging)
            height = self.small * LEADING * POINT
            block += set_lines(lines, body, self.small, self.frame.width, height)
        return tuple(block)

    def _rows(
        self, columns: Sequence[Column], rows: Sequence[object], x: float, width: float
    ) -> list[TableRow]:
        """A head and the rows, in cells."""
        scale = width / sum(column.width_mm for column in columns)
        heads = {column.key: column.label for column in columns}
        height = self.layout.row_height_mm * (1.15 if self.loose and len(rows) <= 16 else 1.0)
        built = []
        for number, values in enumerate((heads, *rows)):
            cells, at = [], x
            for column in columns:
                text = str(values.get(column.key, ""))  # type: ignore[attr-defined]
                role = Role.BODY if number else Role.HEADING
                cells.append(self._cell(at, column.width_mm * scale, text, role))
                at += column.width_mm * scale
            built.append(TableRow(tuple(cells), height, head=number == 0))
        if any(column.group for column in columns):
            built[0] = grouped_head(columns, built[0], height, self._group)
        return built

    def _group(self, x: float, width: float, text: str) -> Cell:
        return self._cell(x, width, text, Role.HEADING)

    def _cell(self, x: float, width: float, text: str, role: Role) -> Cell:
        size = self.table_size if role is Role.BODY else self.table_size - 1.0
        block = set_label(text, self.setter.face(role), size, width - 1.0, 1.25)
        return Cell(x, width, block, pad=0.5)

    def _table(
        self, columns: Sequence[Column], rows: Sequence[object], x: float, width: float, under: float = 0.0
    ) -> list[tuple[float, float]]:
        """The table down the flow, its head on every page; returns top and height of each of its rows.

        ``under`` mm stay free below the last row, so that notes never stand on a page without one.
        """
        built = self._rows(columns, rows, x, width)
        head, *body = built
        table = Table(self.flow, x, width)
        table.open()
        places = []
        for row in (head, *body):
            table.add(row, under if row is built[-1] else 0.0)
            places.append((self.flow.y - row.height, row.height))
            table.heads = (head,)
        table.close()
        return places

    def _beside(self, rows: Sequence[object]) -> None:
        """The names at the left, as many places for others at the right as may be written in."""
        layout, width = self.layout, self.frame.width - WRITE_IN_GAP
        natural = sum(column.width_mm for column in (*layout.columns, *layout.write_in_columns))
        left = width * sum(column.width_mm for column in layout.columns) / natural
        top = self.flow.y
        places = self._table(layout.columns, rows, 0.0, left)
        if len(self.flow.pages) > 1:  # too many names for this part: the caller takes a larger one
            top, places = 0.0, []
        x, right = left + WRITE_IN_GAP, width - left
        built = self._rows(layout.write_in_columns, ({},) * layout.write_ins, x, right)
        y = top
        for number, row in enumerate(built):
            height = places[number][1] if number < len(places) else row.height
            self._box(row, y, height)
            y += height
        self.flow.page.box(x, top, right, y - top, THICK)
        self.flow.y = max(self.flow.y, y)
        if self.flow.y > self.frame.height:
            self.flow.new_page()

    def _box(self, row: TableRow, y: float, height: float) -> None:
        for cell in row.cells:
            self.flow.page.box(cell.x, y, cell.width, height, THIN)
            self._draw(cell.block, cell.x + cell.pad, y + (height - block_height(cell.block)) / 2)
