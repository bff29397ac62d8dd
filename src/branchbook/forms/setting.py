"""Setting text: from a value to lines with their heights, ready to be placed in a cell or down a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from branchbook.domain.papers import Paragraph, ParagraphStyle
from branchbook.forms.breaking import Line, balanced, break_paragraph, break_text
from branchbook.forms.library import FontLibrary, Role
from branchbook.forms.page import EM_CENTRE, POINT, Page, Picture, Text
from branchbook.forms.typeface import Typeface, printable

LEADING = 1.5  # line pitch in ems where a paper does not say otherwise
NOTE_SCALE = 0.85
SHORT = 200  # characters of a value whose setting is kept


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line, `height` mm high: texts and pictures placed from its top left corner.

    `keep`: it must not be the last line of a page (headings, the lines before a signature).
    """

    height: float
    texts: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()
    keep: bool = False

    def draw(self, page: Page, x: float, y: float) -> None:
        """Put the line on a page with its top left corner at (x, y)."""
        for left, level, characters, typeface, size, spacing in self.texts:
            page.texts.append(Text(left + x, level + y, characters, typeface, size, spacing))
        for picture in self.pictures:
            page.pictures.append(picture._replace(x=picture.x + x, y=picture.y + y))


Block = tuple[SetLine, ...]


def block_height(block: Iterable[SetLine]) -> float:
    """The height of lines under one another, in mm."""
    return sum(line.height for line in block)


def baseline(height: float, size: float) -> float:
    """Where the baseline lies below the top of a line of this height, so that characters stand in its middle."""
    return height / 2 + EM_CENTRE * size * POINT


def ems(width: float, size: float) -> int:
    """A width in mm as thousandths of an em; a hair is added so that rounding never costs a character."""
    return max(int(width / POINT / size * 1000 + 1), 1)


def width_of(units: float, size: float) -> float:
    """Thousandths of an em as mm."""
    return units * size / 1000 * POINT


def set_lines(
    lines: Iterable[Line], typeface: Typeface, size: float, width: float, height: float, align: str = "left"
) -> Block:
    """Place broken lines in a column `width` mm wide, each `height` mm high. `align`: left, centre or right."""
    level = baseline(height, size)
    placed = []
    for line in lines:
        x = width_of(line.indent, size)
        if align != "left":
            spare = width - x - width_of(line.width, size)
            x += spare / 2 if align == "centre" else spare
        text = Text(x, level, line.text, typeface, size, line.spacing * size / 1000)
        placed.append(SetLine(height, (text,) if line.text else ()))
    return tuple(placed)


@lru_cache(maxsize=8192)
def _short_text(
    text: str, typeface: Typeface, size: float, width: float, align: str, leading: float
) -> Block:
    """A short value, kept: tables repeat theirs from row to row and from print to print."""
    return _whole_text(text, typeface, size, width, align, leading)


def _whole_text(
    text: str, typeface: Typeface, size: float, width: float, align: str, leading: float
) -> Block:
    lines = break_text(printable(text), typeface, ems(width, size))
    return set_lines(lines, typeface, size, width, size * leading * POINT, align)


def set_text(
    text: str, typeface: Typeface, size: float, width: float, align: str = "left", leading: float = LEADING
) -> Block:
    """A short value in a cell: broken where it must be, each line aligned."""
    if not text:
        return ()
    setting = _short_text if len(text) <= SHORT else _whole_text
    return setting(text, typeface, size, width, align, leading)


@lru_cache(maxsize=8192)
def _short_label(text: str, typeface: Typeface, size: float, width: float, leading: float) -> Block:
    return _whole_label(text, typeface, size, width, leading)


def _whole_label(text: str, typeface: Typeface, size: float, width: float, leading: float) -> Block:
    room = ems(width, size)
    lines = balanced(printable(text), typeface, room)
    if len(lines) == 2:
        lines = _parted_at_mark(printable(text), typeface, room) or lines
    return set_lines(lines, typeface, size, width, size * leading * POINT, "centre")


def _parted_at_mark(text: str, typeface: Typeface, room: int) -> tuple[Line, ...]:
    """评议年度、 主题: two lines parted after the mark nearest the middle; none where a part does not fit."""
    marks = [place for place, character in enumerate(text[:-1], 1) if character == "、"]
    for place in sorted(marks, key=lambda place: abs(2 * place - len(text))):
        lines = (*break_text(text[:place], typeface, room), *break_text(text[place:], typeface, room))
        if len(lines) == 2:
            return lines
    return ()


def set_label(text: str, typeface: Typeface, size: float, width: float, leading: float = 1.3) -> Block:
    """A label in a narrow cell: centred, its lines as even as they can be."""
    if not text:
        return ()
    setting = _short_label if len(text) <= SHORT else _whole_label
    return setting(text, typeface, size, width, leading)


_WHOLE_WORDS = ("委员会", "党支部", "党总支", "总支部", "支部", "、")
"""A title of two lines is parted after one of these, or before 关于, sooner than within a word."""


def _parted_at_word(text: str, typeface: Typeface, room: int) -> tuple[Line, ...]:
    """中共……委员会, 关于……的请示: two lines parted where the sense allows it; none where a part does not fit."""
    about = text.find("关于", 1)
    after = {match.end() for word in _WHOLE_WORDS for match in re.finditer(word, text)}
    places = sorted(
        (place for place in after if 0 < place < len(text) and text[place : place + 2] != "委员"),
        key=lambda place: abs(2 * place - len(text)),
    )
    for place in [about, *places] if about > 0 else places:
        lines = (*break_text(text[:place], typeface, room), *break_text(text[place:], typeface, room))
        if len(lines) == 2:
            return lines
    return ()


def set_title(text: str, typeface: Typeface, size: float, width: float, leading: float = 1.4) -> Block:
    """A title: centred, over as few lines as fit, as even as they can be; never parted from what follows."""
    lines = balanced(printable(text), typeface, ems(width, size))
    if len(lines) == 2 and "\n" not in text:
        lines = _parted_at_word(printable(text), typeface, ems(width, size)) or lines
    block = set_lines(lines, typeface, size, width, size * leading * POINT, "centre")
    return tuple(replace(line, keep=True) for line in block)


class Setter:
    """Sets the paragraphs of a paper with the typefaces of one library."""

    def __init__(self, library: FontLibrary) -> None:
        self.library = library
        self.body = library.typeface(Role.BODY)

    def face(self, role: Role) -> Typeface:
        """The typeface of a role."""
        return self.library.typeface(role)

    def paragraphs(
        self, paragraphs: Iterable[Paragraph], size: float, width: float, leading: float = LEADING
    ) -> Block:
        """Long text in a column `width` mm wide, each paragraph in its style."""
        return tuple(
            line
            for paragraph in paragraphs
            for text in printable(paragraph.text).split("\n")
            for line in self._paragraph(replace(paragraph, text=text), size, width, leading)
        )

    def _paragraph(self, paragraph: Paragraph, size: float, width: float, leading: float) -> Block:
        style = paragraph.style
        if style is ParagraphStyle.SPEECH and paragraph.lead:
            return self._speech(paragraph, size, width, leading)
        if style is ParagraphStyle.NOTE:
            size = size * NOTE_SCALE
        role = {ParagraphStyle.HEADING: Role.HEADING, ParagraphStyle.SUBHEADING: Role.SUBHEADING}.get(
            style, Role.BODY
        )
        typeface = self.face(role)
        indent = 0 if style is ParagraphStyle.PLAIN or paragraph.text[:1] == "\u3000" else 2000
        lines = break_paragraph(paragraph.text, typeface, ems(width, size), indent)
        block = set_lines(lines, typeface, size, width, size * leading * POINT)
        return tuple(replace(line, keep=True) for line in block) if role is not Role.BODY else block

    def _speech(self, paragraph: Paragraph, size: float, width: float, leading: float) -> Block:
        """The speaker's name in the heading face, a colon, then what was said."""
        name = printable(paragraph.lead).replace("\n", " ").rstrip("：:") + "："
        bold = self.face(Role.HEADING)
        lead_width = bold.measure(name)
        column = ems(width, size)
        height = size * leading * POINT
        if lead_width + 4000 > column:
            whole = Paragraph(name + paragraph.text, ParagraphStyle.BODY)
            return self._paragraph(whole, size, width, leading)
        lines = break_paragraph(paragraph.text, self.body, column, 2000 + lead_width)
        first, *rest = set_lines(lines, self.body, size, width, height)
        label = Text(width_of(2000, size), baseline(height, size), name, bold, size)
        return (replace(first, texts=(label, *first.texts)), *rest)
