"""Small parts of a Word file: faces for Chinese text, paragraphs, cells, page margins, fixed properties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from branchbook.domain.papers import GridRows, Paragraph, ParagraphStyle, Sheet, TextTable
from branchbook.exchange.xlsx_writing import printable, repack

BODY, HEADING, SUBHEADING, TITLE = "仿宋", "黑体", "楷体", "宋体"
"""Faces that every office suite in China has; a suite without them takes its own of the same kind."""

POINTS_OF_MM = 72 / 25.4
_FIXED_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def new_document() -> Any:
    """An empty document whose ordinary text is 仿宋."""
    from docx import Document

    document = Document()
    style = document.styles["Normal"]
    style.font.name = BODY
    set_face(style.element.get_or_add_rPr(), BODY)
    style.paragraph_format.space_after = style.paragraph_format.space_before = 0
    return document


def finished(document: Any, title: str) -> bytes:
    """The document's bytes, without a moment or a machine in them."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = "BranchBook"
    properties.comments, properties.title = "", printable(title)[:255]
    properties.created = properties.modified = _FIXED_MOMENT
    properties.revision = 1
    target = BytesIO()
    document.save(target)
    return repack(target.getvalue())


def set_page(document: Any, width: float, height: float, margins: tuple[float, float, float, float]) -> Any:
    """Paper size and margins (top, right, bottom, left) in millimetres; returns the section."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin = Mm(margins[0]), Mm(margins[1])
    section.bottom_margin, section.left_margin = Mm(margins[2]), Mm(margins[3])
    return section


def set_face(run_properties: Any, face: str) -> None:
    """One face for Han characters and for Latin letters and digits, as on the printed paper.

    Word keeps a face for each kind of script; without ``eastAsia`` Chinese text falls back to its own.
    """
    from docx.oxml.ns import qn

    fonts = run_properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)
    fonts.set(qn("w:hint"), "eastAsia")


def add_run(paragraph: Any, text: str, size: float, face: str = BODY, *, bold: bool = False) -> Any:
    """Plain text in one face and size (points); user text is never markup."""
    from docx.shared import Pt

    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run.bold = bold or None
    set_face(run._element.get_or_add_rPr(), face)
    return run


def align(paragraph: Any, how: str) -> Any:
    """left, centre, right or justify."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[how]
    return paragraph


def line_height(paragraph: Any, points: float) -> None:
    """An exact height of lines."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def indent_first(paragraph: Any, characters: int, size: float) -> None:
    """Indent the first line by whole characters; in twips too, for suites that do not count characters."""
    twips = round(characters * size * 20)
    indents(paragraph, firstLineChars=characters * 100, firstLine=twips)


def tighten(run: Any, points: float) -> None:
    """Take a little from the space after every character."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(-round(points * 20)))
    run._element.get_or_add_rPr().append(spacing)


def indents(paragraph: Any, **values: int) -> None:
    """Attributes of ``w:ind``: twips, or hundredths of a character where the name ends in Chars."""
    from docx.oxml.ns import qn

    properties = paragraph._element.get_or_add_pPr()
    element = properties.get_or_add_ind()
    for name, value in values.items():
        element.set(qn(f"w:{name}"), str(value))


_FACES: Mapping[ParagraphStyle, str] = {
    ParagraphStyle.HEADING: HEADING,
    ParagraphStyle.SUBHEADING: SUBHEADING,
}


def add_passage(holder: Any, passage: Paragraph, size: float, first: Any = None) -> None:
    """A paragraph of long text in its style, in a cell or document; ``first`` is an empty one to use."""
    style = passage.style
    for text in passage.text.split("\n"):
        paragraph = first if first is not None else holder.add_paragraph()
        first = None
        align(paragraph, "justify")
        if style not in (ParagraphStyle.PLAIN, ParagraphStyle.NOTE) and text[:1] != "\u3000":
            indent_first(paragraph, 2, size)
        own_size = size * 0.85 if style is ParagraphStyle.NOTE else size
        if passage.lead:
            add_run(paragraph, f"{passage.lead}：", own_size, HEADING)
            passage = Paragraph(passage.text, style)
        add_run(paragraph, text, own_size, _FACES.get(style, BODY))
        paragraph.paragraph_format.keep_with_next = style in _FACES or None


def text_value(sheet: Sheet, key: str) -> str:
    """A value as plain text."""
    value = (sheet.values or {}).get(key, "")
    if isinstance(value, str):
        return value
    spoken = (part for part in value if isinstance(part, Paragraph))
    return "\n".join(f"{part.lead}：{part.text}" if part.lead else part.text for part in spoken)


def passages(sheet: Sheet, key: str, style: ParagraphStyle = ParagraphStyle.BODY) -> tuple[Paragraph, ...]:
    """A value as paragraphs; a plain text's lines become paragraphs of ``style``."""
    value = (sheet.values or {}).get(key, "")
    if isinstance(value, str):
        return tuple(Paragraph(line, style) for line in value.splitlines())
    return tuple(part for part in value if isinstance(part, Paragraph))


def repeat_head(row: Any) -> None:
    """The row stands again at the top of every page that its table runs over."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def pieces(sheet: Sheet, key: str) -> tuple[Paragraph | TextTable, ...]:
    """A value as paragraphs with the plain tables that stand among them."""
    value = (sheet.values or {}).get(key, "")
    if isinstance(value, str):
        return passages(sheet, key)
    return tuple(part for part in value if isinstance(part, Paragraph | TextTable))


def text_width(text: str) -> float:
    """Width in characters of the text's size; Latin letters and digits take half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def table_rows(sheet: Sheet, key: str) -> GridRows:
    """A value as rows of a small table."""
    value = (sheet.values or {}).get(key, ())
    return () if isinstance(value, str) else tuple(part for part in value if isinstance(part, Mapping))
