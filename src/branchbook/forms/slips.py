"""Slips: short reports one under another on a page, to be cut apart and handed over one by one."""

from __future__ import annotations

from branchbook.domain.papers import Sheet, Slips
from branchbook.forms.flow import Flow
from branchbook.forms.library import Role
from branchbook.forms.page import Frame, Page
from branchbook.forms.setting import Setter, block_height, set_title
from branchbook.forms.signatures import signature_lines
from branchbook.forms.tiles import A4, part_of, tiled, whole_sheet
from branchbook.forms.values import paragraphs_of

INSET = (24.0, 10.0)
HEAD_SIZE, TITLE_SIZE = 12.0, 17.0


def lay_out_slips(sheet: Sheet, layout: Slips, _frame: Frame, setter: Setter) -> list[Page]:
    """All parts on one page, equal in height; as many fewer to a page as the longest of them asks for."""
    whole = whole_sheet(A4)
    down = max(len(layout.parts), 1)
    while True:
        parts = [_slip(sheet, layout, part, part_of(whole, 1, down, INSET), setter) for part in layout.parts]
        if down == 1 or all(len(part) == 1 for part in parts):
            return tiled([page for part in parts for page in part], whole, 1, down, INSET)
        down -= 1


def _slip(sheet: Sheet, layout: Slips, part: tuple[str, str], frame: Frame, setter: Setter) -> list[Page]:
    """The organisation in small type, the slip's own title, its text, and the signatures at its foot."""
    key, title = part
    flow = Flow(frame)
    flow.lines(set_title(sheet.title, setter.face(Role.SUBHEADING), HEAD_SIZE, frame.width))
    flow.lines(set_title(title, setter.face(Role.TITLE), TITLE_SIZE, frame.width))
    flow.y += 2.5
    flow.lines(setter.paragraphs(paragraphs_of(sheet, key), layout.font_size, frame.width, 1.6))
    closing = signature_lines(layout.signatures, layout.date_line, frame.width, 12.0, setter)
    height = block_height(closing)
    if height > flow.room:
        flow.new_page()
    flow.y = max(flow.y, min(flow.y + 8.0, frame.height - height))
    flow.lines(closing)
    return flow.pages
