"""The official document without a red head, in the measures of GB/T 9704-2012.

A full page has 22 lines of 28 characters of 16 pt in a text area of 156 × 225 mm (5.2.2, 5.2.4): the pitch of
characters is 156/28 mm, so a little is taken from the space after each.
"""

from __future__ import annotations

from collections.abc import Iterator

from branchbook.domain.papers import OfficialDocument, Paragraph, ParagraphStyle, Sheet, TextTable
from branchbook.forms.breaking import Line, break_paragraph
from branchbook.forms.flow import Cell, Flow, Table, TableRow, keep_together
from branchbook.forms.library import Role
from branchbook.forms.page import POINT, Frame, Page, Text
from branchbook.forms.setting import Block, SetLine, Setter, baseline, block_height, set_text, set_title
from branchbook.forms.text_table import lay_out_text_table, start_height
from branchbook.forms.typeface import Typeface, printable
from branchbook.forms.values import body_of, paragraphs_of, rows_of, text_of

LINES, CHARACTERS = 22, 28
PITCH = 225 / LINES
SIZE = 16.0
TITLE_SIZE = 22.0
SLIP_SIZE, SLIP_PITCH = 14.0, 8.5
LEVELS = {ParagraphStyle.HEADING: Role.HEADING, ParagraphStyle.SUBHEADING: Role.SUBHEADING}


def lay_out_official(sheet: Sheet, layout: OfficialDocument, frame: Frame, setter: Setter) -> list[Page]:
    """The pages of one document; of a slip, when the layout says half a sheet."""
    typist = _Typist(frame.width, setter, half=layout.half_sheet)
    flow = Flow(frame)
    flow.lines(typist.head(sheet))
    parts = list(typist.text(sheet))
    for part, following in zip(parts, [*parts[1:], ()], strict=True):
        if isinstance(part, TextTable):
            lay_out_text_table(flow, part, setter)
            flow.space(-flow.y % typist.pitch)  # the text after it stands on the grid of lines again
        else:
            _place(flow, part, start_height(following, frame.width, setter))
    if layout.receipt_columns:
        _receipt(flow, sheet, layout, setter)
    return flow.pages


def _place(flow: Flow, block: Block, ahead: float) -> None:
    """Lines, the last of which stay with a table of which ``ahead`` mm must follow them."""
    first = len(block)
    while ahead and first and block[first - 1].keep:
        first -= 1
    flow.lines(block[:first])
    if first < len(block) and block_height(block[first:]) + ahead > flow.room and not flow.at_top():
        flow.new_page()
    flow.lines(block[first:])


class _Typist:
    """Sets the parts of a document on the grid of lines and characters."""

    def __init__(self, width: float, setter: Setter, half: bool = False) -> None:
        self.width, self.setter = width, setter
        self.size, self.pitch = (SLIP_SIZE, SLIP_PITCH) if half else (SIZE, PITCH)
        per_line = int(width / (self.size * POINT)) if half else CHARACTERS
        self.room = per_line * 1000
        self.base = (width / POINT - per_line * self.size) / (per_line - 1)
        self.title_size = 18.0 if half else TITLE_SIZE
        self.blank_lines = 5 if half else 14

    def empty(self, count: int = 1) -> Block:
        """Empty lines of the grid."""
        return (SetLine(self.pitch, keep=True),) * count

    def head(self, sheet: Sheet) -> Block:
        """Title, the bracketed line under it, and an empty line; together a whole number of lines."""
        title = text_of(sheet, "title") or sheet.title
        block = set_title(title, self.setter.face(Role.TITLE), self.title_size, self.width, 1.55)
        if subtitle := text_of(sheet, "subtitle"):
            bracketed = subtitle if subtitle.startswith(("（", "(")) else f"（{subtitle}）"
            block += set_title(bracketed, self.setter.face(Role.SUBHEADING), self.size, self.width, 1.8)
        rest = -block_height(block) % self.pitch
        return (*block, SetLine(rest, keep=True), *self.empty())

    def line(self, line: Line, typeface: Typeface, keep: bool = False) -> SetLine:
        """One broken line on the grid: a full or justified one fills the width exactly."""
        left = line.indent * self.size / 1000 * POINT + (line.indent // 1000) * self.base * POINT
        spacing = self.base
        if len(line.text) > 1 and (line.spacing or line.indent + line.width >= self.room):
            natural = line.width * self.size / 1000
            spacing = ((self.width - left) / POINT - natural) / (len(line.text) - 1)
        text = Text(left, baseline(self.pitch, self.size), line.text, typeface, self.size, spacing)
        return SetLine(self.pitch, (text,) if line.text else (), keep=keep)

    def paragraph(self, text: str, role: Role = Role.BODY, first: int = 2000, hanging: int = 0) -> Block:
        """A paragraph on the grid; a heading is kept with what follows."""
        typeface = self.setter.face(role)
        lines = break_paragraph(text, typeface, self.room, first, hanging)
        return tuple(self.line(line, typeface, keep=role is not Role.BODY) for line in lines)

    def text(self, sheet: Sheet) -> Iterator[Block | TextTable]:
        """Addressee, body, attachments, signature, date and note; the tables of the body in their places."""
        block: Block = ()
        if addressee := text_of(sheet, "addressee"):
            block += self.paragraph(printable(addressee).rstrip("：:") + "：", first=0)
        for part in body_of(sheet, "body"):
            if isinstance(part, TextTable):
                yield block
                yield part
                block = ()
            else:
                block += self.passage(part)
        if sheet.values is None:
            block += self.empty(self.blank_lines)
        attachments = self.attachments(sheet)
        block += attachments
        closing = self.closing(sheet)
        last = 2 + len(attachments)
        if closing and block:  # GB/T 9704: no page may hold the signature without text
            block = (*block[:-last], *keep_together(block[-last:]))
        yield block + closing

    def passage(self, paragraph: Paragraph) -> Block:
        """A paragraph in the face of its level (黑体, 楷体, 仿宋)."""
        block: Block = ()
        role = LEVELS.get(paragraph.style, Role.BODY)
        first = 0 if paragraph.style is ParagraphStyle.PLAIN else 2000
        text = f"{paragraph.lead}：{paragraph.text}" if paragraph.lead else paragraph.text
        for part in printable(text).split("\n"):
            block += self.paragraph(part, role, 0 if part[:1] == "\u3000" else first)
        return block

    def attachments(self, sheet: Sheet) -> Block:
        """附件： after an empty line, two characters in; further lines stand under the name."""
        names = [printable(part.text) for part in paragraphs_of(sheet, "attachments") if part.text]
        if not names:
            return ()
        block = self.empty()
        for number, name in enumerate(names, 1):
            mark = f"{number}." if len(names) > 1 else ""
            label = ("附件：" if number == 1 else "") + mark
            first = 2000 if number == 1 else 5000
            hanging = 5000 + self.setter.body.measure(mark)
            block += self.paragraph(label + name, first=first, hanging=hanging)
        return block

    def closing(self, sheet: Sheet) -> Block:
        """Signature centred over the date, the date four characters from the right; room for the seal above."""
        signer = printable(text_of(sheet, "signed_by")).replace("\n", " ")
        date = printable(text_of(sheet, "signed_on")) or ("    年  月  日" if sheet.values is None else "")
        block: Block = ()
        if signer or date:
            body = self.setter.body
            em = self.size * POINT
            date_width = body.measure(date) * em / 1000
            right = self.width - 4 * em
            block = self.empty(2)
            wide = body.measure(signer) * em / 1000
            if wide > self.width:
                block += keep_together(set_text(signer, body, self.size, self.width, "right"))
            elif signer:
                x = min(right - date_width / 2 - wide / 2, self.width - wide)
                block += (self._at(x, signer, keep=bool(date)),)
            if date:
                block += (self._at(right - date_width, date),)
        if note := text_of(sheet, "note"):
            bracketed = note if note.startswith(("（", "(")) else f"（{note}）"
            if block:
                block = keep_together(block)
            block += self.paragraph(printable(bracketed).replace("\n", " "))
        return block

    def _at(self, x: float, characters: str, keep: bool = False) -> SetLine:
        text = Text(max(x, 0.0), baseline(self.pitch, self.size), characters, self.setter.body, self.size)
        return SetLine(self.pitch, (text,), keep=keep)


def _receipt(flow: Flow, sheet: Sheet, layout: OfficialDocument, setter: Setter) -> None:
    """送达回执: who received the notice, to be signed for."""
    size = 12.0
    columns = [column for column in layout.receipt_columns if not column.hidden]
    if not columns:
        return
    flow.space(6.0)
    flow.lines(set_title("送达回执", setter.face(Role.HEADING), size + 1, flow.frame.width, 1.8))
    scale = flow.frame.width / sum(column.width_mm for column in columns)
    rows = rows_of(sheet, "receipt") or ({},) * 8
    built = []
    for values in ({column.key: column.label for column in columns}, *rows):
        cells, x = [], 0.0
        for column in columns:
            width = column.width_mm * scale
            block = set_text(str(values.get(column.key, "")), setter.body, size, width - 3.0, column.align)
            cells.append(Cell(x, width, block))
            x += width
        built.append(TableRow(tuple(cells), 8.5))
    table = Table(flow, 0.0, flow.frame.width)
    table.open()
    table.add(built[0])
    table.heads = (built[0],)
    for row in built[1:]:
        table.add(row)
    table.close()
