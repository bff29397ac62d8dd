"""Several small papers on one sheet: each laid out in its own part, with broken lines between to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from branchbook.forms.page import THIN, Frame, Page, Rule

A4 = (210.0, 297.0)
A4_LYING = (297.0, 210.0)
A5_LYING = (210.0, 148.0)
DASH, GAP = 2.0, 2.0  # of a line to cut along, mm


def whole_sheet(size: tuple[float, float]) -> Frame:
    """A page without margins: the parts on it have their own."""
    width, height = size
    return Frame(width, height, 0.0, 0.0, width, height, 0.0, 0.0)


def part_of(sheet: Frame, across: int, down: int, inset: tuple[float, float]) -> Frame:
    """The content area of one of ``across`` × ``down`` equal parts, ``inset`` (sides, top and foot) mm within it."""
    width = sheet.page_width / across - 2 * inset[0]
    height = sheet.page_height / down - 2 * inset[1]
    return replace(sheet, left=inset[0], top=inset[1], width=width, height=height)


def tiled(
    parts: Sequence[Page], sheet: Frame, across: int, down: int, inset: tuple[float, float]
) -> list[Page]:
    """The parts put row by row on as many sheets as they need, with the lines between them."""
    page_count = across * down
    pages = []
    for start in range(0, len(parts), page_count):
        page = Page(sheet)
        for place, part in enumerate(parts[start : start + page_count]):
            x = place % across * sheet.page_width / across + inset[0]
            y = place // across * sheet.page_height / down + inset[1]
            put(page, part, x, y)
        cut_lines(page, across, down)
        pages.append(page)
    return pages


def put(page: Page, part: Page, x: float, y: float) -> None:
    """Everything on a part, moved to its place on the page."""
    page.texts += [text._replace(x=text.x + x, baseline=text.baseline + y) for text in part.texts]
    page.rules += [
        Rule(rule.x1 + x, rule.y1 + y, rule.x2 + x, rule.y2 + y, rule.weight) for rule in part.rules
    ]


def cut_lines(page: Page, across: int, down: int) -> None:
    """Broken lines between the parts, from edge to edge."""
    width, height = page.frame.page_width, page.frame.page_height
    for row in range(1, down):
        y = row * height / down
        page.rules += [Rule(x, y, min(x + DASH, width), y, THIN) for x in _steps(width)]
    for column in range(1, across):
        x = column * width / across
        page.rules += [Rule(x, y, x, min(y + DASH, height), THIN) for y in _steps(height)]


def _steps(length: float) -> list[float]:
    return [step * (DASH + GAP) for step in range(int(length / (DASH + GAP)) + 1)]
