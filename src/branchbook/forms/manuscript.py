"""Running text: plans, summaries, instructions. Blank, it is a page of ruled lines."""

from __future__ import annotations

from branchbook.domain.papers import Forms, Grid, Manuscript, Sheet
from branchbook.forms.flow import Flow, blank_line, keep_together, rule_under
from branchbook.forms.grid import draw_grid, place_fields
from branchbook.forms.library import Role
from branchbook.forms.page import Frame, Page
from branchbook.forms.record_table import draw_record_table, place_title
from branchbook.forms.setting import Setter, set_title
from branchbook.forms.signatures import signature_lines
from branchbook.forms.values import paragraphs_of, text_of

LEADING = 1.75
RULE_PITCH = 10.0
SIGNATURE_ROOM = 14.0


def lay_out_manuscript(sheet: Sheet, layout: Manuscript, frame: Frame, setter: Setter) -> list[Page]:
    """Title, subtitle, labelled lines, the text, signature lines on a page with text above them."""
    flow = Flow(frame)
    flow.whole(set_title(sheet.title, setter.face(Role.TITLE), 20.0, frame.width, 1.5))
    if subtitle := text_of(sheet, "subtitle"):
        flow.whole(set_title(subtitle, setter.face(Role.SUBHEADING), layout.font_size, frame.width, 1.6))
    flow.y += 4.0
    place_fields(flow, sheet, layout.fields, setter, 12.0)
    closing = signature_lines(layout.signatures, bool(layout.signatures), frame.width, 12.0, setter)
    paragraphs = paragraphs_of(sheet, "body")
    if paragraphs:
        block = setter.paragraphs(paragraphs, layout.font_size, frame.width, LEADING)
        if closing and len(block) > 2:
            block = (*block[:-2], *keep_together(block[-2:]))
            flow.lines((*block, blank_line(5.0, keep=True), *keep_together(closing)))
            return flow.pages
        flow.lines(block)
    else:
        _ruled(flow, SIGNATURE_ROOM if closing else 0.0)
    if closing:
        flow.space(4.0)
        flow.whole(closing)
    return flow.pages


def _ruled(flow: Flow, reserve: float) -> None:
    """Lines to write on, down to the foot of the page."""
    while flow.room - reserve >= RULE_PITCH:
        flow.y += RULE_PITCH
        rule_under(flow.page, 0.0, flow.y, flow.frame.width)


def lay_out_forms(sheet: Sheet, layout: Forms, frame: Frame, setter: Setter) -> list[Page]:
    """Several tables under one title, each with its own small heading, which stays with its table."""
    flow = Flow(frame)
    place_title(flow, sheet.title, setter, 18.0)
    for number, (heading, part) in enumerate(layout.parts):
        if number and not heading:
            flow.space(4.0)
        if heading:
            flow.space(5.0)
            if flow.room < 40.0 and not flow.at_top():
                flow.new_page()
            flow.lines(set_title(heading, setter.face(Role.HEADING), 13.0, frame.width, 1.6))
            flow.y += 1.0
        if isinstance(part, Grid):
            draw_grid(flow, sheet, part, setter)
        else:
            draw_record_table(flow, sheet, part, setter)
    return flow.pages
