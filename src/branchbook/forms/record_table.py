"""The record table: title, a bordered table of labelled values and long texts, signature lines.

Long text runs on to 续页 under the title and the repeated rows, with a border on every page; nothing is cut, nothing
is set smaller.
"""

from __future__ import annotations

from dataclasses import replace

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, GridRow, LongRow, ParagraphStyle, RecordTable, Row, Sheet
from branchbook.forms.flow import PAD_X, Cell, Flow, Table, TableRow, blank_line
from branchbook.forms.library import Role
from branchbook.forms.page import Frame, Page
from branchbook.forms.photos import photo_lines
from branchbook.forms.setting import Block, SetLine, Setter, block_height, set_label, set_text, set_title
from branchbook.forms.signatures import SIGNATURE_HEIGHT, closing_lines, place_signatures
from branchbook.forms.values import paragraphs_of, photos_of, rows_of, text_of

TITLE_SIZE = 18.0
CONTINUED = "（续页）"
LABEL_PAD, SIDE_PAD = 0.5, 1.0  # beside a label, and beside text at the side of a small table, mm
MOST_PINCHED = 0.9  # to save a page of a few lines, an ordinary row may lose a tenth of its height
TIGHTEST = 0.86  # and the lines of its long texts may come closer to this part of their pitch
LOW = 30.0  # a long cell lower than this has its text in the middle, mm


def lay_out_record(sheet: Sheet, layout: RecordTable, frame: Frame, setter: Setter) -> list[Page]:
    """The pages of one record."""

    def continued(flow: Flow) -> None:
        place_title(flow, sheet.title + CONTINUED, setter, TITLE_SIZE - 2)

    flow = Flow(frame, continued)
    place_title(flow, sheet.title, setter, TITLE_SIZE)
    draw_record_table(flow, sheet, layout, setter)
    return flow.pages


def place_title(flow: Flow, title: str, setter: Setter, size: float) -> None:
    """A centred title with a little room under it."""
    flow.whole(set_title(title, setter.face(Role.TITLE), size, flow.frame.width))
    flow.y += 3.0


def draw_record_table(flow: Flow, sheet: Sheet, layout: RecordTable, setter: Setter) -> None:
    """The table and its signature lines at the flow's present height."""
    width = min(_natural_width(layout), flow.frame.width)
    left = (flow.frame.width - width) / 2
    builder = _RowBuilder(sheet, layout.font_size, left, width, setter)
    groups = [builder.rows(row) for row in layout.rows]
    signed = bool(layout.signatures) or layout.date_line
    notes = _notes(sheet, layout, width, setter)
    closing = (SIGNATURE_HEIGHT if signed else 0.0) + block_height(notes)
    groups = _tightened(groups, flow.room - closing)
    table = Table(flow, left, width)
    table.open()
    repeated: tuple[TableRow, ...] = ()
    for number, rows in enumerate(groups):
        if number == layout.repeated_rows:
            repeated = tuple(row for group in groups[:number] for row in group)
        table.heads = repeated
        _add_rows(table, rows, repeated, closing if number == len(groups) - 1 else 0.0)
    table.close()
    if signed:
        place_signatures(flow, layout.signatures, layout.date_line, left, width, layout.font_size, setter)
    flow.whole(notes, left)


def _notes(sheet: Sheet, layout: RecordTable, width: float, setter: Setter) -> Block:
    """What is told under the table, with a little room above it."""
    notes = paragraphs_of(sheet, layout.note_key) if layout.note_key else ()
    if not notes:
        return ()
    return (blank_line(2.0, keep=True), *setter.paragraphs(notes, layout.font_size, width, 1.3))


def _add_rows(table: Table, rows: list[TableRow], repeated: tuple[TableRow, ...], closing: float) -> None:
    """The rows of one row of the layout; the heads of a small table stay with its first row and are repeated."""
    heads = [row for row in rows if row.head]
    body = rows[len(heads) :]
    together = sum(row.height for row in rows[: len(heads) + 1])
    if heads and together > table.flow.room and not table.flow.at_top():
        table.turn()
    for head in heads:
        table.add(head)
    table.heads = (*repeated, *heads)
    for place, row in enumerate(body):
        table.add(row, closing if place == len(body) - 1 else 0.0)


def _natural_width(layout: RecordTable) -> float:
    """The widest row; what `layout` says in mm."""
    widths = [0.0]
    for row in layout.rows:
        if isinstance(row, Row):
            widths.append(sum(part.width_mm + part.label_width_mm for part in row.fields if not part.hidden))
        elif isinstance(row, GridRow):
            widths.append(sum(column.width_mm for column in row.columns if not column.hidden))
        else:
            beside = row.field.label_width_mm if row.label_beside else 0.0
            widths.append(row.field.width_mm + beside)
    return max(widths) or 165.0


def _tightened(groups: list[list[TableRow]], room: float) -> list[list[TableRow]]:
    """Take from the empty room of the rows what the table lacks to fit on one page.

    Long rows give theirs first, then the others a little, then the lines of long texts come closer: no record
    runs on for a resolution and the signatures. Where that is not enough the long rows keep none: a record
    that runs on has no empty room before its end.
    """
    lacking = sum(row.height for rows in groups for row in rows) - room
    if lacking <= 0:
        return groups
    slack = sum(_spare(row) for rows in groups for row in rows if row.splits)
    little = sum(_spare(row) for rows in groups for row in rows if not row.splits)
    closest = sum(_lines_height(row) for rows in groups for row in rows) * (1 - TIGHTEST)
    wanted = lacking - slack - little
    if 0 < wanted <= closest:
        closer = 1 - (1 - TIGHTEST) * wanted / closest
        groups = [[_closer(row, closer) for row in rows] for rows in groups]
        lacking = slack + little
    share = min(lacking / slack, 1.0) if slack > 0 else 0.0
    still = lacking - share * slack
    pinch = still / little if 0 < still <= little else 0.0

    def tighter(row: TableRow) -> TableRow:
        return replace(row, least=row.height - (share if row.splits else pinch) * _spare(row))

    return [[tighter(row) for row in rows] for rows in groups]


def _lines_height(row: TableRow) -> float:
    """How high the lines of a long row's text are, mm; those with pictures keep their height."""
    if not row.splits:
        return 0.0
    longest = max((cell for cell in row.cells if not cell.repeats), key=lambda cell: cell.text_height)
    return sum(line.height for line in longest.block if not line.pictures)


def _closer(row: TableRow, part: float) -> TableRow:
    """A long row with its lines at a part of their pitch; one as high as its text becomes lower by that."""
    if not row.splits:
        return row
    cells = tuple(
        cell if cell.repeats else replace(cell, block=tuple(_pressed(line, part) for line in cell.block))
        for cell in row.cells
    )
    closer = replace(row, cells=cells)
    return replace(closer, least=closer.needed + max(row.height - row.needed, 0.0))


def _pressed(line: SetLine, part: float) -> SetLine:
    if line.pictures:
        return line
    up = line.height * (1 - part) / 2  # characters stay in the middle of their line
    texts = tuple(text._replace(baseline=text.baseline - up) for text in line.texts)
    return replace(line, height=line.height * part, texts=texts)


def _spare(row: TableRow) -> float:
    """What a row can give: all its empty room where it is long, else down to MOST_PINCHED of its height."""
    empty = row.height - row.needed
    return empty if row.splits else max(min(empty, row.height * (1 - MOST_PINCHED)), 0.0)


class _RowBuilder:
    """Turns the rows of a layout into rows of cells."""

    def __init__(self, sheet: Sheet, size: float, left: float, width: float, setter: Setter) -> None:
        self.sheet, self.size, self.left, self.width, self.setter = sheet, size, left, width, setter

    def rows(self, row: Row | LongRow | GridRow) -> list[TableRow]:
        """The rows of cells of one row of the layout; none when it is hidden."""
        if isinstance(row, Row):
            return self._fields(row)
        if isinstance(row, LongRow):
            return [] if row.field.hidden else [self._long(row)]
        return [] if row.hidden else self._grid(row)

    def _text(self, text: str, width: float, align: str = "centre") -> Block:
        block = set_text(text, self.setter.body, self.size, width - 2 * PAD_X, align, 1.35)
        if align == "centre" and len(block) > 1:
            return set_text(text, self.setter.body, self.size, width - 2 * PAD_X, "left", 1.35)
        return block

    def _label(self, text: str, width: float) -> Block:
        return set_label(text, self.setter.body, self.size, width - 2 * LABEL_PAD)

    def _fields(self, row: Row) -> list[TableRow]:
        shown = [part for part in row.fields if not part.hidden]
        if not shown:
            return []
        natural = sum(part.width_mm + _label_width(part) for part in shown)
        grow = (self.width - natural) / len(shown)
        cells, x = [], self.left
        for part in shown:
            label_width = _label_width(part)
            value_width = part.width_mm + grow
            if value_width < 10.0:  # labels alone fill the row: share the width by proportion
                label_width, value_width = self.width / len(shown) / 2, self.width / len(shown) / 2
            if label_width:
                cells.append(Cell(x, label_width, self._label(part.label, label_width), pad=LABEL_PAD))
            value = self._text(
                text_of(self.sheet, part.key), value_width, "centre" if part.centred else "left"
            )
            cells.append(Cell(x + label_width, value_width, value))
            x += label_width + value_width
        return [TableRow(tuple(cells), row.height_mm)]

    def _long(self, row: LongRow) -> TableRow:
        part = row.field
        beside = row.label_beside and bool(part.label)
        label_width = part.label_width_mm if beside else 0.0
        width = self.width - label_width
        inner = width - 2 * PAD_X - 1.0
        style = ParagraphStyle.PLAIN if beside else ParagraphStyle.BODY  # of a value that is plain text
        block = self.setter.paragraphs(paragraphs_of(self.sheet, part.key, style), self.size, inner)
        block += photo_lines(photos_of(self.sheet, part.key), self.setter, inner)
        if part.label and not row.label_beside:
            heading = set_text(part.label + "：", self.setter.face(Role.HEADING), self.size, inner)
            block = tuple(replace(line, keep=True) for line in heading) + block
        low = beside and row.height_mm < LOW and not (row.closing or row.seal)
        foot = closing_lines(row.closing, row.seal, inner, self.size, self.setter)
        cells = [Cell(self.left + label_width, width, block, top=not low, foot=foot)]
        if beside:
            cells.insert(
                0,
                Cell(
                    self.left, label_width, self._label(part.label, label_width), repeats=True, pad=LABEL_PAD
                ),
            )
        return TableRow(tuple(cells), row.height_mm, splits=True)

    def _grid(self, row: GridRow) -> list[TableRow]:
        columns = [column for column in row.columns if not column.hidden]
        if not columns:
            return []
        scale = self.width / sum(column.width_mm for column in columns)
        built = []
        if row.label:
            label = self._label(row.label, self.width)
            built.append(TableRow((Cell(self.left, self.width, label, pad=LABEL_PAD),), 9.0, head=True))
        heads = {column.key: column.label for column in columns}
        rows = rows_of(self.sheet, row.key) or ({},) * max(row.blank_rows, 1)
        for values in (heads, *rows):
            built.append(self._grid_line(columns, scale, values, row.row_height_mm, values is heads))
        return built

    def _grid_line(
        self, columns: list[Column], scale: float, values: object, height: float, head: bool
    ) -> TableRow:
        cells, x = [], self.left
        found = values if isinstance(values, dict) else dict(values)  # type: ignore[call-overload]
        for column in columns:
            width = column.width_mm * scale
            text = str(found.get(column.key, ""))
            centred = head or column.align == "centre"
            if centred:
                block = self._label(text, width)
            else:
                block = set_text(text, self.setter.body, self.size, width - 2 * SIDE_PAD, column.align, 1.3)
            cells.append(Cell(x, width, block, pad=LABEL_PAD if centred else SIDE_PAD))
            x += width
        return TableRow(tuple(cells), height, head=head)


def _label_width(part: Field) -> float:
    return part.label_width_mm if part.label else 0.0
