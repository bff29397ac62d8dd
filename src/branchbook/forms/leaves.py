"""Pages bound as one paper: a cover, forms each on a page of its own, and paper to write on by hand."""

from __future__ import annotations

from dataclasses import replace

from branchbook.domain.papers import Cover, Leaves, RecordTable, Sheet, WritingPaper
from branchbook.forms.flow import Flow, rule_under
from branchbook.forms.front import lay_out_cover
from branchbook.forms.page import THIN, Frame, Page, Rule
from branchbook.forms.record_table import lay_out_record
from branchbook.forms.setting import Setter, set_text

SQUARES = 20  # across and down: 400 characters on a page
ROW_GAP = 3.2  # between rows of squares, mm
RULE_PITCH = 10.0


def lay_out_leaves(sheet: Sheet, layout: Leaves, frame: Frame, setter: Setter) -> list[Page]:
    """The pages of each part in turn; a cover bears no page number."""
    pages: list[Page] = []
    for number, part in enumerate(layout.parts):
        heading = layout.headings[number] if number < len(layout.headings) else ""
        pages += _part(replace(sheet, title=heading or sheet.title), part, frame, setter)
    return pages


def _part(sheet: Sheet, part: Cover | RecordTable | WritingPaper, frame: Frame, setter: Setter) -> list[Page]:
    if isinstance(part, WritingPaper):
        return lay_out_writing_paper(sheet, part, frame, setter)
    if isinstance(part, RecordTable):
        return lay_out_record(sheet, part, frame, setter)
    pages = lay_out_cover(sheet, part, frame, setter)
    for page in pages:
        page.without_foot = True
    return pages


def lay_out_writing_paper(_sheet: Sheet, layout: WritingPaper, frame: Frame, setter: Setter) -> list[Page]:
    """Empty pages of squares or of lines."""
    return [
        _squares(Page(frame), setter) if layout.squares else _lines(Page(frame))
        for _number in range(layout.pages)
    ]


def _squares(page: Page, setter: Setter) -> Page:
    """Rows of squares with a little room between them for corrections, and how many there are in the corner."""
    width = page.frame.width
    side = width / SQUARES
    for row in range(SQUARES):
        top = row * (side + ROW_GAP) + ROW_GAP
        page.box(0.0, top, width, side)
        page.rules += [Rule(place * side, top, place * side, top + side, THIN) for place in range(1, SQUARES)]
    under = SQUARES * (side + ROW_GAP) + ROW_GAP
    (mark,) = set_text(f"{SQUARES}×{SQUARES}＝{SQUARES * SQUARES}", setter.body, 9.0, width, "right")
    mark.draw(page, 0.0, under)
    return page


def _lines(page: Page) -> Page:
    flow = Flow(page.frame)
    while flow.room >= RULE_PITCH:
        flow.y += RULE_PITCH
        rule_under(page, 0.0, flow.y, page.frame.width)
    return page
