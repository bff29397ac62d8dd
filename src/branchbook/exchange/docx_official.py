"""Documents after GB/T 9704-2012 in Word: the grid of 22 lines of 28 characters, title, body, signature, date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from branchbook.domain.papers import Manuscript, OfficialDocument, Paragraph, Sheet, TextTable
from branchbook.exchange.docx_parts import (
    BODY,
    HEADING,
    POINTS_OF_MM,
    SUBHEADING,
    TITLE,
    add_passage,
    add_run,
    align,
    indent_first,
    indents,
    line_height,
    passages,
    pieces,
    repeat_head,
    set_page,
    text_value,
    text_width,
    tighten,
)

A4, A5_LANDSCAPE = (210.0, 297.0), (210.0, 148.0)
LINES = 22
AREA_WIDTH, AREA_HEIGHT = 156.0, 225.0
MARGINS = (37.0, 26.0, 35.0, 28.0)
PITCH = AREA_HEIGHT * POINTS_OF_MM / LINES
"""Height of a line in points: 28.99 (GB/T 9704-2012, 5.2.4)."""

TIGHTENED = 0.25
"""28 characters of 16 points are 448 points and the line has 442.2: a quarter point less after each fits."""

SIZE, TITLE_SIZE = 16.0, 22.0
SLIP_MARGINS, SLIP_PITCH, SLIP_SIZE, SLIP_TITLE = (15.0, 22.0, 16.0, 22.0), 24.0, 14.0, 18.0


def write_official(document: Any, sheet: Sheet, layout: OfficialDocument) -> None:
    """A notice, resolution or other document; a slip on half a sheet where the layout says so."""
    if layout.half_sheet:
        set_page(document, *A5_LANDSCAPE, SLIP_MARGINS)
        typist = _Typist(document, SLIP_SIZE, SLIP_TITLE, SLIP_PITCH)
    else:
        section = set_page(document, *A4, MARGINS)
        _set_grid(section)
        typist = _Typist(document, SIZE, TITLE_SIZE, PITCH)
    typist.head(sheet)
    typist.text(sheet, blank_lines=5 if layout.half_sheet else 14)
    if layout.receipt_columns:
        _receipt(document, layout)


def write_manuscript(document: Any, sheet: Sheet, layout: Manuscript) -> None:
    """Title and running text, such as the year's plan; signature lines at the end."""
    set_page(document, *A4, MARGINS)
    typist = _Typist(document, layout.font_size, TITLE_SIZE, layout.font_size * 1.8)
    typist.head(sheet)
    for field in layout.fields:
        if not field.hidden:
            typist.line(f"{field.label}：{text_value(sheet, field.key)}", "left")
    typist.body(passages(sheet, "body"))
    if sheet.values is None:
        typist.empty(14)
    for label in layout.signatures:
        typist.line(f"{label}：", "left")


def _set_grid(section: Any) -> None:
    """Word's own grid of lines, so that text typed later keeps the measure."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # Lines only: a suite that snaps characters to the grid would give each of them two places.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(PITCH * 20)))


class _Typist:
    """Adds paragraphs of one size and pitch (points)."""

    def __init__(self, document: Any, size: float, title_size: float, pitch: float) -> None:
        from docx.shared import Pt

        self.document, self.size, self.title_size, self.pitch = document, size, title_size, pitch
        document.styles["Normal"].font.size = Pt(size)

    def line(self, text: str, how: str, face: str = BODY) -> Any:
        """One paragraph without indent."""
        paragraph = align(self.document.add_paragraph(), how)
        line_height(paragraph, self.pitch)
        self._fit(add_run(paragraph, text, self.size, face))
        return paragraph

    def _fit(self, run: Any) -> None:
        if self.size == SIZE:
            tighten(run, TIGHTENED)

    def empty(self, count: int = 1) -> None:
        """Empty lines."""
        for _ in range(count):
            self.line("", "left")

    def head(self, sheet: Sheet) -> None:
        """Title, the line in brackets under it, an empty line."""
        title = align(self.document.add_paragraph(), "centre")
        line_height(title, self.title_size * 1.55)
        add_run(title, text_value(sheet, "title") or sheet.title, self.title_size, TITLE, bold=True)
        if subtitle := text_value(sheet, "subtitle"):
            self.line(
                subtitle if subtitle.startswith(("（", "(")) else f"（{subtitle}）", "centre", SUBHEADING
            )
        self.empty()

    def text(self, sheet: Sheet, blank_lines: int) -> None:
        """Addressee, body, attachments, signature, date and note."""
        if addressee := text_value(sheet, "addressee"):
            self.line(addressee.rstrip("：:") + "：", "left")
        self.body(pieces(sheet, "body"))
        if sheet.values is None:
            self.empty(blank_lines)
        self._attachments([part.text for part in passages(sheet, "attachments") if part.text])
        self._closing(sheet)

    def body(self, parts: Sequence[Paragraph | TextTable]) -> None:
        """The paragraphs, each level in its face, and the plain tables among them."""
        for passage in parts:
            if isinstance(passage, TextTable):
                _text_table(self.document, passage)
                continue
            before = len(self.document.paragraphs)
            add_passage(self.document, passage, self.size)
            for paragraph in self.document.paragraphs[before:]:
                line_height(paragraph, self.pitch)
                for run in paragraph.runs:
                    self._fit(run)

    def _attachments(self, names: list[str]) -> None:
        if names:
            self.empty()
        for number, name in enumerate(names, 1):
            mark = f"{number}." if len(names) > 1 else ""
            paragraph = self.line(("附件：" if number == 1 else "") + mark + name, "left")
            if number == 1:
                indent_first(paragraph, 2, self.size)
            else:
                indents(paragraph, leftChars=500, left=round(5 * self.size * 20))

    def _closing(self, sheet: Sheet) -> None:
        """The date four characters from the right, the signature centred over it (7.3.5.1)."""
        signer = text_value(sheet, "signed_by").replace("\n", " ")
        date = text_value(sheet, "signed_on") or ("　　年　月　日" if sheet.values is None else "")
        if signer or date:
            self.empty(2)
            # No page may hold the signature without text (GB/T 9704-2012, 7.3.5): two paragraphs go with it.
            attachments = len(passages(sheet, "attachments"))
            for paragraph in self.document.paragraphs[-4 - attachments - (1 if attachments else 0) :]:
                paragraph.paragraph_format.keep_with_next = True
        if signer:
            right = 4 * self.size + (text_width(date) - text_width(signer)) / 2 * self.size
            self._at_right(signer, max(right, 0.0), keep=bool(date))
        if date:
            self._at_right(date, 4 * self.size, keep=False)
        if note := text_value(sheet, "note"):
            bracketed = note if note.startswith(("（", "(")) else f"（{note}）"
            indent_first(self.line(bracketed, "left"), 2, self.size)

    def _at_right(self, text: str, points: float, *, keep: bool) -> None:
        paragraph = self.line(text, "right")
        indents(paragraph, right=round(points * 20))
        paragraph.paragraph_format.keep_with_next = keep or None


def _text_table(document: Any, table: TextTable) -> None:
    """A plain table as wide as the text; its head stands again on every page."""
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return
    made = document.add_table(rows=len(table.rows), cols=columns)
    made.style = "Table Grid"
    for number, (row, texts) in enumerate(zip(made.rows, table.rows, strict=True)):
        head = number < table.heads
        if head:
            repeat_head(row)
        for cell, text in zip(row.cells, texts, strict=False):
            paragraph = align(cell.paragraphs[0], "centre" if head else "left")
            add_run(paragraph, text, 12.0, HEADING if head else BODY)


def _receipt(document: Any, layout: OfficialDocument) -> None:
    """送达回执 under a notice: an empty table to be signed."""
    from docx.shared import Mm

    columns = [column for column in layout.receipt_columns if not column.hidden]
    heading = align(document.add_paragraph(), "centre")
    add_run(heading, "送达回执", 13.0, HEADING)
    table = document.add_table(rows=9, cols=len(columns))
    table.style = "Table Grid"
    scale = AREA_WIDTH / sum(column.width_mm for column in columns)
    for index, column in enumerate(columns):
        table.columns[index].width = Mm(column.width_mm * scale)
        add_run(align(table.rows[0].cells[index].paragraphs[0], "centre"), column.label, 12.0)
