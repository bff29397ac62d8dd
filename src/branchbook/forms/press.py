"""From a booklet to PDF: every sheet is laid out, pages are counted, the contents are filled in, all is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.charts import Charts
from branchbook.domain.papers import (
    Booklet,
    Contents,
    Cover,
    Forms,
    Grid,
    Layout,
    Leaves,
    Manuscript,
    OfficialDocument,
    Orientation,
    PhotoPage,
    PrintOptions,
    RecordTable,
    Section,
    Sheet,
    Slips,
    TimeLinePage,
    WritingPaper,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.forms.ballots import lay_out_ballots
from branchbook.forms.charts import lay_out_charts
from branchbook.forms.drawing import Drawing
from branchbook.forms.front import Entry, lay_out_contents, lay_out_cover
from branchbook.forms.grid import lay_out_grid
from branchbook.forms.leaves import lay_out_leaves, lay_out_writing_paper
from branchbook.forms.library import FontLibrary, Role, library
from branchbook.forms.manuscript import lay_out_forms, lay_out_manuscript
from branchbook.forms.official import lay_out_official
from branchbook.forms.page import POINT, Frame, Page, Text
from branchbook.forms.photos import lay_out_photos
from branchbook.forms.record_table import lay_out_record
from branchbook.forms.setting import Setter
from branchbook.forms.slips import lay_out_slips
from branchbook.forms.time_line import lay_out_time_line
from branchbook.forms.typeface import printable
from branchbook.resources import resource_path
from branchbook.services.printing_press import ContentSource, MissingCharacter, PressedPaper, Progress

A4, A5 = (210.0, 297.0), (148.0, 210.0)
SIDE, TOP, BOTTOM, LEAST_MARGIN = 22.5, 22.0, 20.0, 12.0
FOOT_SIZE = 9.0
FOOT_DROP = 11.0  # from the page's lower edge to the page number's baseline, mm
NUMBER_DROP = 7.0  # GB/T 9704: from the text area's lower edge to the top of the page number's dash, mm

_ENGINES: dict[type[Any], Callable[[Sheet, Any, Frame, Setter], list[Page]]] = {
    RecordTable: lay_out_record,
    Grid: lay_out_grid,
    OfficialDocument: lay_out_official,
    Cover: lay_out_cover,
    Manuscript: lay_out_manuscript,
    PhotoPage: lay_out_photos,
    Forms: lay_out_forms,
    Ballots: lay_out_ballots,
    Slips: lay_out_slips,
    WritingPaper: lay_out_writing_paper,
    Leaves: lay_out_leaves,
    Charts: lay_out_charts,
    TimeLinePage: lay_out_time_line,
}
_WITHOUT_FOOT = (Cover, Ballots, Slips)
"""Layouts that carry no page number: on a ballot it would tell one from another."""


@dataclass(slots=True)
class _Part:
    """A section with its pages; ``first`` is the number printed on its first page, 0 when it has none."""

    section: Section
    pages: list[Page]
    first: int = 0


def frame_of(sheet: Sheet, options: PrintOptions) -> Frame:
    """The page and content area of a sheet, with the binding margin at the left (landscape: at the top).

    Printed on both sides, left-hand pages have the binding margin on the other side.
    """
    layout: Layout = sheet.paper.layout
    if isinstance(layout, OfficialDocument):
        if layout.half_sheet:
            return Frame(A5[1], A5[0], 22.0, 15.0, A5[1] - 44.0, A5[0] - 31.0, 22.0, 15.0)
        return Frame(*A4, 28.0, 37.0, 156.0, 225.0, 26.0 if options.duplex else 28.0, 37.0, gb_numbers=True)
    binding = options.binding_mm
    if sheet.paper.orientation is Orientation.LANDSCAPE:
        side, top = SIDE, max(18.0, binding)
        height = A4[0] - top - 16.0
        return Frame(A4[1], A4[0], side, top, A4[1] - 2 * side, height, side, 16.0 if options.duplex else top)
    left = max(SIDE, binding)
    right = max(A4[0] - left - 165.0, LEAST_MARGIN)
    width = A4[0] - left - right
    return Frame(*A4, left, TOP, width, A4[1] - TOP - BOTTOM, right if options.duplex else left, TOP)


class PdfPress:
    """Implements services' PaperPress with our own engines. Safe to keep for the life of the process."""

    def __init__(self, fonts: Path | None = None, typefaces: FontLibrary | None = None) -> None:
        self._library = typefaces or library(fonts or resource_path("fonts"))
        self._setter = Setter(self._library)

    def press(
        self, booklet: Booklet, content: ContentSource | None = None, progress: Progress | None = None
    ) -> PressedPaper:
        """Lay out and draw. ``section_pages`` counts the pages of each section.

        Raises RefusedProblem where progress says to stop, UnreadableProblem for a damaged photo.
        """
        parts = self._lay_out(booklet, progress)
        _number(parts, booklet.options)
        self._fill_contents(parts, booklet.options)
        return self._draw(booklet, parts, content)

    def missing_characters(self, texts: tuple[str, ...]) -> tuple[MissingCharacter, ...]:
        """Characters of the texts that no face has, each with the text it stands in."""
        body = self._library.typeface(Role.BODY)
        found: dict[str, str] = {}
        for text in texts:
            for character in body.missing(printable(text)):
                found.setdefault(character, text)
        return tuple(MissingCharacter(character, text) for character, text in found.items())

    def _lay_out(self, booklet: Booklet, progress: Progress | None) -> list[_Part]:
        parts = []
        total = len(booklet.sections)
        for done, section in enumerate(booklet.sections):
            if progress and not progress(done, total):
                raise RefusedProblem("打印已取消", next_step="没有写出任何文件")
            frame = frame_of(section.sheet, booklet.options)
            layout = section.sheet.paper.layout
            if isinstance(layout, Contents):
                pages = lay_out_contents(section.sheet, frame, self._setter, _entries(booklet.sections, {}))
            else:
                pages = _ENGINES[type(layout)](section.sheet, layout, frame, self._setter)
            parts.append(_Part(section, pages))
        if progress:
            progress(total, total)
        return parts

    def _fill_contents(self, parts: Sequence[_Part], options: PrintOptions) -> None:
        """Lay the contents out again, now that the pages are known; their number cannot change."""
        firsts = {place: str(part.first) for place, part in enumerate(parts) if part.first}
        for part in parts:
            if isinstance(part.section.sheet.paper.layout, Contents):
                entries = _entries([other.section for other in parts], firsts)
                frame = frame_of(part.section.sheet, options)
                part.pages = lay_out_contents(part.section.sheet, frame, self._setter, entries)

    def _draw(self, booklet: Booklet, parts: Sequence[_Part], content: ContentSource | None) -> PressedPaper:
        drawing = Drawing(booklet.title, content)
        options = booklet.options
        together = sum(len(part.pages) for part in parts if part.first)
        documents = options.apart or _all_documents(parts)
        drawn, level, counts = 0, -1, []
        for place, part in enumerate(parts):
            begun = drawn
            for number, page in enumerate(part.pages):
                drawn += 1
                even = options.duplex and drawn % 2 == 0
                if part.first and not page.without_foot:
                    total = len(part.pages) if options.apart else together
                    self._foot(page, part.first + number, total, options, documents, even)
                drawing.draw(page, even, (f"s{place}", f"c{place}") if number == 0 else ())
            if part.section.chapter:
                drawing.outline(printable(part.section.chapter), f"c{place}", 0)
                level = 0
            if part.section.bookmark:
                level = min(part.section.level, level + 1)
                drawing.outline(printable(part.section.bookmark), f"s{place}", level)
            if _needs_blank_back(parts, place, drawn, options):
                drawing.draw(Page(part.pages[-1].frame))
                drawn += 1
            counts.append(drawn - begun)
        missing = tuple(MissingCharacter(*pair) for pair in drawing.missing.items())
        substitutes = tuple(drawing.substitutes.items())
        return PressedPaper(drawing.finish(), drawn, tuple(counts), missing, substitutes)

    def _foot(
        self, page: Page, number: int, total: int, options: PrintOptions, documents: bool, even: bool
    ) -> None:
        """第 N 页 共 M 页, at the outer side when printed on both; documents by themselves have — N —."""
        frame = page.frame
        if frame.gb_numbers and documents:
            self._official_number(page, number)
        else:
            label = f"第 {number} 页 共 {total} 页"
            body = self._library.typeface(Role.BODY)
            width = body.measure(label) * FOOT_SIZE / 1000 * POINT
            x = (frame.width - width) / 2
            if options.duplex:
                x = 0.0 if even else frame.width - width
            top = frame.even_top if even else frame.top
            page.texts.append(Text(x, frame.page_height - FOOT_DROP - top, label, body, FOOT_SIZE))
        if options.printed_note:
            self._printed_note(page, options.printed_note, even)

    def _official_number(self, page: Page, number: int) -> None:
        """GB/T 9704, 7.5: 14 pt figures between dashes, one character from the outer edge, odd pages right."""
        figures, size = self._library.typeface(Role.FIGURES), 14.0
        label = f"— {number} —"
        width = figures.measure(label) * size / 1000 * POINT
        em = size * POINT
        x = page.frame.width - em - width if number % 2 else em
        page.texts.append(Text(x, page.frame.height + NUMBER_DROP + 0.36 * em, label, figures, size))

    def _printed_note(self, page: Page, note: str, even: bool) -> None:
        frame, body = page.frame, self._library.typeface(Role.BODY)
        top = frame.even_top if even else frame.top
        page.texts.append(Text(0.0, frame.page_height - FOOT_DROP + 4.5 - top, printable(note), body, 8.0))


def _number(parts: Sequence[_Part], options: PrintOptions) -> None:
    """Give the numbered sections their first page; unnumbered ones (a cover, ballots) are not counted."""
    following = 1
    for part in parts:
        without = isinstance(part.section.sheet.paper.layout, _WITHOUT_FOOT)
        if part.section.numbered and options.page_numbers and not without:
            part.first = 1 if options.apart or _all_documents(parts) else following
            following += len(part.pages)


def _all_documents(parts: Sequence[_Part]) -> bool:
    """Whether nothing but official documents is printed: each is then numbered by itself."""
    return all(isinstance(part.section.sheet.paper.layout, OfficialDocument) for part in parts)


def _needs_blank_back(parts: Sequence[_Part], place: int, drawn: int, options: PrintOptions) -> bool:
    """Printed on both sides, the back of a cover or ballot is empty, and page 1 is a right-hand page.

    Papers that go to different hands each begin a leaf of their own.
    """
    if not options.duplex or drawn % 2 == 0 or place + 1 == len(parts):
        return False
    if options.apart:
        return True
    alone = isinstance(parts[place].section.sheet.paper.layout, _WITHOUT_FOOT)
    return alone or (options.page_numbers and not parts[place].first and bool(parts[place + 1].first))


def _entries(sections: Sequence[Section], firsts: dict[int, str]) -> list[Entry]:
    """The lines of the contents: the listed sections that have a name, without the contents themselves."""
    entries = []
    for place, section in enumerate(sections):
        if not section.numbered or isinstance(section.sheet.paper.layout, Contents | Cover):
            continue
        page = firsts.get(place, "")
        if section.chapter:
            entries.append(Entry(section.chapter, 0, place, page))
        if section.listed:
            entries.append(Entry(section.bookmark or section.sheet.title, section.level, place, page))
    return entries
