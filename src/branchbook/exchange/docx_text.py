"""The text of a filled docx, piece by piece, and what of the document is more than text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from branchbook.services.report_templates import BlockKind, TextBlock

_LIST = re.compile(r"list|列表|编号|项目", re.IGNORECASE)
_COUNTED = re.compile(r"number|编号", re.IGNORECASE)
_BULLET, _DECIMAL = "bullet", "decimal"
_HOLDERS = ("r", "hyperlink", "ins", "smartTag")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LISTS = (BlockKind.ITEM, BlockKind.NUMBERED)

_MORE_THAN_TEXT: Mapping[str, tuple[str, ...]] = {
    "图片": ("pic", "imagedata"),
    "文本框": ("txbxContent",),
    "图形": ("chart", "relIds", "wsp"),
    "公式": ("oMath",),
    "嵌入的对象": ("object",),
    "脚注": ("footnoteReference", "endnoteReference"),
    "内容控件": ("sdtContent",),
    "合并的单元格": ("vMerge", "gridSpan"),
    "批注": ("commentReference",),
}
"""What the official layout does not take over, by the elements it stands in."""


def blocks_of(document: Any) -> Iterator[TextBlock]:
    """Paragraphs and tables in their order; empty paragraphs are left out."""
    from docx.table import Table

    styles = _Styles(document)
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            rows = tuple(tuple(_texts(row)) for row in part.rows)
            if rows:
                yield TextBlock(BlockKind.TABLE, rows=rows)
        elif text := "".join(_pieces(part._p)).strip():
            yield TextBlock(_kind(part, styles), text)


def not_carried(document: Any) -> Iterator[str]:
    """What stands in the document and is no text: it stays in the docx and is missing in the PDF."""
    there = {str(each).rpartition("}")[2] for each in {part.tag for part in document.element.body.iter()}}
    for name, elements in _MORE_THAN_TEXT.items():
        if not there.isdisjoint(elements):
            yield name
    if document.element.body.xpath(".//w:cols[@w:num > 1]"):
        yield "分栏"
    if document.element.body.xpath(".//w:tbl//w:tbl"):
        yield "表格里的表格"
    styles = _Styles(document)
    if any(_kind(each, styles) not in _LISTS and _numbering(each, styles) for each in document.paragraphs):
        yield "标题的自动编号"
    for section in document.sections:
        if any(each.text.strip() for part in (section.header, section.footer) for each in part.paragraphs):
            yield "页眉页脚"
            return


class _Styles:
    """The style of a paragraph. python-docx goes through all styles for the default one each time it is asked."""

    def __init__(self, document: Any) -> None:
        self._all = document.styles.element
        self._known: dict[str, Any] = {}

    def of(self, paragraph: Any) -> Any:
        """The paragraph's style; None where it has the document's usual one."""
        from docx.styles.style import StyleFactory

        key = paragraph._p.style
        if key is None:
            return None
        if key not in self._known:
            element = self._all.get_by_id(key)
            self._known[key] = StyleFactory(element) if element is not None else None
        return self._known[key]


def _texts(row: Any) -> Iterator[str]:
    """The texts of a row; a cell that spans columns is given once."""
    for cell in row._tr.tc_lst:
        yield "\n".join("".join(_pieces(paragraph)) for paragraph in cell.p_lst).strip()


def _pieces(holder: Any) -> Iterator[str]:
    """What stands in a paragraph or a part of it, read from the elements: some ten times as quick as python-docx.

    Only what stands in the line itself: a text box hangs on a run and is no part of the line.
    """
    for child in holder.iterchildren():
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name in _HOLDERS:
            yield from _pieces(child)
        elif name == "t":
            yield child.text or ""
        else:
            yield _MARKS.get(name, "")


def _kind(paragraph: Any, styles: _Styles) -> BlockKind:
    found_style = styles.of(paragraph)
    style = (found_style.name or "") if found_style is not None else ""
    if style in ("Title", "标题"):
        return BlockKind.TITLE
    if style in ("Subtitle", "副标题"):
        return BlockKind.SUBTITLE
    if found := re.match(r"(?:Heading|标题) ?(\d)", style):
        return BlockKind.HEADING if found[1] == "1" else BlockKind.SUBHEADING
    numbering = _numbering(paragraph, styles)
    if numbering or _LIST.search(style):
        counted = numbering == _DECIMAL if numbering else _COUNTED.search(style)
        return BlockKind.NUMBERED if counted else BlockKind.ITEM
    return BlockKind.CLOSING if _at_right(paragraph, found_style) else BlockKind.BODY


def _at_right(paragraph: Any, style: Any) -> bool:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    own = paragraph.paragraph_format.alignment
    if own is None and style is not None:
        own = style.paragraph_format.alignment
    return bool(own == WD_ALIGN_PARAGRAPH.RIGHT)


def _numbering(paragraph: Any, styles: _Styles) -> str:
    """How Word counts the paragraph by itself: decimal, bullet, chineseCounting …; empty where it does not."""
    style = styles.of(paragraph)
    holders = [paragraph._p, style.element if style is not None else None]
    for holder in holders:
        properties = holder.pPr.numPr if holder is not None and holder.pPr is not None else None
        if properties is not None and properties.numId is not None:
            level = properties.ilvl.val if properties.ilvl is not None else 0
            return _format(paragraph.part, properties.numId.val, level)
    return ""


def _format(part: Any, number: int, level: int) -> str:
    """What ``numbering.xml`` says of one level of one list; none where number 0 takes the numbering away."""
    if not number:
        return ""
    try:
        numbering = part.numbering_part.element
    except (KeyError, NotImplementedError):
        return _BULLET
    abstract = numbering.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    found = abstract and numbering.xpath(
        f"w:abstractNum[@w:abstractNumId='{abstract[0]}']/w:lvl[@w:ilvl='{level}']/w:numFmt/@w:val"
    )
    return str(found[0]) if found else _BULLET
