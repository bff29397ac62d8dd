"""The content as a docx for LibreOffice to turn into a PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec

from benchmarks.content import Part, Table

FACE = "BranchBook Fang"


def write_docx(content: Path, target: Path) -> None:
    """Titles, running text and tables, each part on pages of its own."""
    from docx import Document
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    for number, part in enumerate(msgspec.json.decode(content.read_bytes(), type=list[Part])):
        section = document.sections[0] if not number else document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if part.landscape else WD_ORIENT.PORTRAIT
        sides = (297, 210) if part.landscape else (210, 297)
        section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])
        document.add_heading(part.title, 1)
        if part.fields:
            _add_table(document, [list(pair) for pair in part.fields])
        for text in part.paragraphs:
            document.add_paragraph(text)
        for table in part.tables:
            _add_table(document, table)
    document.save(str(target))


def _add_table(document: object, rows: Table) -> None:
    made = document.add_table(len(rows), len(rows[0]), "Table Grid")  # type: ignore[attr-defined]
    for row, cells in zip(rows, made.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=True):
            cell.text = text
