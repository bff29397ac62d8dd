"""The grid: rosters, sign-in sheets and other tables of many rows, with their head on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Sheet
from branchbook.forms.flow import Cell, Flow, Table, TableRow, rule_under
from branchbook.forms.grouped_head import grouped_head
from branchbook.forms.library import Role
from branchbook.forms.page import Frame, Page
from branchbook.forms.record_table import place_title
from branchbook.forms.setting import Setter, block_height, set_label, set_text
from branchbook.forms.signatures import place_signatures
from branchbook.forms.values import paragraphs_of, rows_of, text_of

TITLE_SIZE = 18.0
CELL_PAD = 0.5  # beside the text of a narrow column, mm
LOWEST = 0.84  # rows may be made lower down to this part of their height
TIGHT = 1.25  # line pitch within a cell, in ems

Values = Mapping[str, str]


def lay_out_grid(sheet: Sheet, layout: Grid, frame: Frame, setter: Setter) -> list[Page]:
    """The pages of one grid with its title, the lines above and below it, and its notes."""
    flow = Flow(frame)
    place_title(flow, sheet.title, setter, TITLE_SIZE)
    draw_grid(flow, sheet, layout, setter)
    return flow.pages


def draw_grid(flow: Flow, sheet: Sheet, layout: Grid, setter: Setter) -> None:
    """The grid at the flow's present height, without a title."""
    size = max(layout.font_size, 9.0)
    place_fields(flow, sheet, layout.heading, setter, size + 1.5)
    if layout.lead_key and (lead := paragraphs_of(sheet, layout.lead_key)):
        flow.lines(setter.paragraphs(lead, size, flow.frame.width))
        flow.y += 2.5
    columns = [column for column in layout.columns if not column.hidden]
    values: Sequence[Values] = rows_of(sheet, layout.key) or ({},) * max(layout.blank_rows, 1)
    if columns:
        measured = Flow(replace(flow.frame, height=1e6))
        _close(measured, sheet, layout, setter, size)
        body = _Body(flow, columns, layout, setter)
        body.draw(values, rows_of(sheet, layout.total_key)[:1] if layout.total_key else (), measured.y)
    _close(flow, sheet, layout, setter, size)


def _close(flow: Flow, sheet: Sheet, layout: Grid, setter: Setter, size: float) -> None:
    """What stands under the table: lines of fields, notes, signatures."""
    if layout.footing:
        flow.y += 2.5
        place_fields(flow, sheet, layout.footing, setter, size + 1.5)
    if layout.note_key and (notes := paragraphs_of(sheet, layout.note_key)):
        flow.y += 2.5
        flow.lines(setter.paragraphs(notes, max(size, 9.0), flow.frame.width))
    if layout.signatures:
        flow.y += 2.5
        place_signatures(flow, layout.signatures, layout.date_line, 0.0, flow.frame.width, size + 1.5, setter)


def place_fields(flow: Flow, sheet: Sheet, fields: Sequence[Field], setter: Setter, size: float) -> None:
    """Labelled values on lines of text; as many to a line as their widths allow. A blank one is a line to write on."""
    shown = [part for part in fields if not part.hidden]
    line: list[Field] = []
    for part in [*shown, None]:
        used = sum(other.label_width_mm + other.width_mm for other in line)
        if line and (part is None or used + part.label_width_mm + part.width_mm > flow.frame.width + 0.5):
            _place_line(flow, sheet, line, setter, size)
            line = []
        if part is not None:
            line.append(part)
    if shown:
        flow.y += 1.5


def _place_line(flow: Flow, sheet: Sheet, fields: Sequence[Field], setter: Setter, size: float) -> None:
    scale = min(flow.frame.width / sum(part.label_width_mm + part.width_mm for part in fields), 1.0)
    placed, x, height = [], 0.0, 0.0
    for part in fields:
        width = (part.label_width_mm + part.width_mm) * scale - 2.0
        label = part.label + "：" if part.label and not part.label.endswith(("：", ":")) else part.label
        value = text_of(sheet, part.key)
        block = set_text(label + value, setter.body, size, width)
        placed.append((x, block, width, setter.body.measure(label) * size / 1000 * 25.4 / 72, not value))
        height = max(height, block_height(block))
        x += width + 2.0
    if height > flow.room and not flow.at_top():
        flow.new_page()
    if height > flow.room:  # longer than a page: each field in turn, nothing lost
        for _x, block, _width, _label, _empty in placed:
            flow.lines(block)
        return
    for x, block, width, label_width, empty in placed:
        y = flow.y
        for line in block:
            line.draw(flow.page, x, y)
            y += line.height
        if empty:
            rule_under(flow.page, x + label_width, flow.y + height - 0.8, max(width - label_width - 2.0, 5.0))
    flow.y += height


@dataclass(slots=True)
class _Placed:
    """A column with its place on the page."""

    column: Column
    x: float
    width: float


class _Body:
    """The bordered part of a grid."""

    def __init__(self, flow: Flow, columns: Sequence[Column], layout: Grid, setter: Setter) -> None:
        self.flow, self.layout, self.setter = flow, layout, setter
        self.row_height = layout.row_height_mm
        times = 2 if layout.two_up else 1
        natural = sum(column.width_mm for column in columns) * times
        scale = flow.frame.width / natural if natural > flow.frame.width * 0.82 else 1.0
        self.width = natural * scale
        self.left = (flow.frame.width - self.width) / 2
        self.sides = [_placed(columns, self.left + side * self.width / times, scale) for side in range(times)]

    def draw(self, values: Sequence[Values], totals: Sequence[Values], closing: float) -> None:
        """Head, rows, totals; the border closed on every page. `closing` mm belong under the last row."""
        heads = self._heads()
        closing = closing if closing < self.flow.frame.height / 3 else 0.0
        table = Table(self.flow, self.left, self.width, heads)
        if sum(head.height for head in heads) + self.row_height > self.flow.room:
            self.flow.new_page()
        table.open()
        for head in heads:
            table.add(head)
        last = closing + sum(self._total(row).height for row in totals)
        self._tighten(values, self.flow.room - last)
        if self.layout.two_up:
            self._two_up(table, values, last)
        else:  # no total and no signature without a row above it
            for number, row in enumerate(values):
                table.add(self._row((row,)), last if number == len(values) - 1 else 0.0)
        for row in totals:
            table.add(self._total(row))
        table.close()

    def _tighten(self, values: Sequence[Values], room: float) -> None:
        """Make the rows a little lower when that brings the whole table on to one page."""
        half = (len(values) + 1) // 2
        if half * self.row_height > 2 * self.flow.frame.height:
            return
        rows = self._pairs(values, half) if self.layout.two_up else [self._row((row,)) for row in values]
        excess = sum(row.height for row in rows) - room
        lowest = self.row_height * LOWEST
        low = [row for row in rows if row.needed <= lowest]
        if 0 < excess <= len(low) * (self.row_height - lowest):
            self.row_height -= excess / len(low) + 1e-3

    def _total(self, row: Values) -> TableRow:
        return self._row((row,) if len(self.sides) == 1 else (row, {}), Role.HEADING)

    def _two_up(self, table: Table, values: Sequence[Values], closing: float) -> None:
        """Fill the left half of a page, then the right, before going on to the next."""
        rest = list(values)
        while rest:
            count = max(min(int((self.flow.room + 0.01) / self.row_height), (len(rest) + 1) // 2), 1)
            while count > 1 and self._too_high(rest, count, closing):
                count -= 1
            for row in self._pairs(rest, count):
                table.add(row)
            rest = rest[2 * count :]
            if rest:
                table.turn()

    def _too_high(self, rest: Sequence[Values], count: int, closing: float) -> bool:
        """Whether so many rows, and what belongs under the last of all, do not fit on the page."""
        under = closing if 2 * count >= len(rest) else 0.0
        return sum(row.height for row in self._pairs(rest, count)) + under > self.flow.room + 0.01

    def _pairs(self, rest: Sequence[Values], count: int) -> list[TableRow]:
        right = list(rest[count : 2 * count])
        right += [{}] * (count - len(right))
        return [self._row(pair) for pair in zip(rest[:count], right, strict=True)]

    def _row(self, values: Sequence[Values], role: Role = Role.BODY) -> TableRow:
        cells = tuple(
            self._cell(place, str(row.get(place.column.key, "")), place.column.align, role)
            for side, row in zip(self.sides, values, strict=True)
            for place in side
        )
        return TableRow(cells, self.row_height)

    def _cell(self, place: _Placed, text: str, align: str, role: Role = Role.BODY) -> Cell:
        inner = place.width - 2 * CELL_PAD
        size = max(self.layout.font_size, 7.5)
        if align == "centre":
            block = set_label(text, self.setter.face(role), size, inner, TIGHT)
        else:
            block = set_text(text, self.setter.face(role), size, inner, align, TIGHT)
        return Cell(place.x, place.width, block, pad=CELL_PAD)

    def _heads(self) -> tuple[TableRow, ...]:
        """One row of labels, or two where neighbouring columns have a common head."""
        height = max(self.layout.row_height_mm, 7.5)
        labels = TableRow(
            tuple(
                self._cell(place, place.column.label, "centre", Role.HEADING)
                for side in self.sides
                for place in side
            ),
            height,
        )
        if not any(place.column.group for place in self.sides[0]):
            return (labels,)
        columns = [place.column for side in self.sides for place in side]
        return (grouped_head(columns, labels, height, self._group),)

    def _group(self, x: float, width: float, text: str) -> Cell:
        return self._cell(_Placed(self.sides[0][0].column, x, width), text, "centre", Role.HEADING)


def _placed(columns: Sequence[Column], left: float, scale: float) -> list[_Placed]:
    placed, x = [], left
    for column in columns:
        placed.append(_Placed(column, x, column.width_mm * scale))
        x += column.width_mm * scale
    return placed
