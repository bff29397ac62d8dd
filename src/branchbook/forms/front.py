"""What stands before a booklet's papers: the cover and the contents with page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branchbook.domain.papers import Cover, Sheet
from branchbook.forms.flow import Flow, rule_under
from branchbook.forms.library import Role
from branchbook.forms.page import POINT, Frame, Link, Page, Text
from branchbook.forms.setting import SetLine, Setter, baseline, block_height, set_text, set_title
from branchbook.forms.values import text_of

COVER_SIZE = 18.0
ENTRY_SIZE, ENTRY_HEIGHT = 12.0, 8.2
LEVEL_INDENT = 8.0
NUMBER_ROOM = 12.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: the section's name, its level, its number among the sections, its page as printed."""

    name: str
    level: int
    section: int
    page: str


def lay_out_cover(sheet: Sheet, layout: Cover, frame: Frame, setter: Setter) -> list[Page]:
    """A great title in the upper third, labelled lines in the lower half, each over a rule."""
    flow = Flow(frame)
    flow.y = frame.height * 0.16
    flow.lines(set_title(sheet.title, setter.face(Role.TITLE), layout.title_size, frame.width, 1.5))
    shown = [part for part in layout.lines if not part.hidden]
    bottom = frame.height * 0.86
    pitch = 16.0
    flow.y = max(flow.y + 20.0, bottom - pitch * len(shown))
    labels = max([part.label_width_mm for part in shown], default=0.0)
    values = max([part.width_mm for part in shown], default=0.0)
    scale = min(frame.width / max(labels + values, 1.0), 1.0)
    left = (frame.width - (labels + values) * scale) / 2
    for part in shown:
        label = set_text(part.label, setter.body, COVER_SIZE, labels * scale)
        value = set_text(text_of(sheet, part.key), setter.body, COVER_SIZE, values * scale - 4.0, "centre")
        height = max(block_height(label), block_height(value), 9.0)
        if height > flow.room:
            flow.new_page()
        _place(flow.page, label, left, flow.y + height - block_height(label))
        _place(flow.page, value, left + labels * scale + 2.0, flow.y + height - block_height(value))
        rule_under(flow.page, left + labels * scale, flow.y + height, values * scale)
        flow.y += max(height + 5.0, pitch)
    return flow.pages


def _place(page: Page, block: Sequence[SetLine], x: float, y: float) -> None:
    for line in block:
        line.draw(page, x, y)
        y += line.height


def lay_out_contents(sheet: Sheet, frame: Frame, setter: Setter, entries: Sequence[Entry]) -> list[Page]:
    """The names of the sections, dot leaders and page numbers; each line leads to its section."""
    flow = Flow(frame)
    flow.lines(set_title(sheet.title or "目录", setter.face(Role.TITLE), 22.0, frame.width, 1.6))
    flow.y += 4.0
    for entry in entries:
        _place_entry(flow, entry, setter)
    return flow.pages


def _place_entry(flow: Flow, entry: Entry, setter: Setter) -> None:
    width = flow.frame.width
    role = Role.HEADING if entry.level == 0 else Role.BODY
    typeface, body = setter.face(role), setter.body
    indent = min(entry.level, 4) * LEVEL_INDENT
    block = set_text(entry.name, typeface, ENTRY_SIZE, width - indent - NUMBER_ROOM - 6.0)
    height = max(block_height(block), ENTRY_HEIGHT)
    if height > flow.room:
        flow.new_page()
    y = flow.y + (height - block_height(block)) / 2
    _place(flow.page, block, indent, y)
    last = block[-1].texts[0] if block and block[-1].texts else None
    level = flow.y + height - (height - block_height(block)) / 2 - (block[-1].height if block else height)
    line = level + baseline(block[-1].height if block else height, ENTRY_SIZE)
    em = ENTRY_SIZE * POINT
    start = indent + (typeface.measure(last.characters) * em / 1000 if last else 0.0) + em / 2
    number_width = body.measure(entry.page) * em / 1000
    if entry.page:
        _leader(flow.page, start, width - max(number_width, 5.0) - em / 2, line, setter)
        flow.page.texts.append(Text(width - number_width, line, entry.page, body, ENTRY_SIZE))
    flow.page.links.append(Link(indent, flow.y, width - indent, height, entry.section))
    flow.y += height


def _leader(page: Page, start: float, end: float, line: float, setter: Setter) -> None:
    """Dots from the name to the number, on places that are the same on every line."""
    figures = setter.face(Role.FIGURES)
    size, step = 9.0, 2.2
    dot = figures.measure(".") * size / 1000
    count = int((end - start) / step)
    if count > 2:
        spacing = step / POINT - dot
        page.texts.append(Text(end - count * step, line, "." * count, figures, size, spacing))
