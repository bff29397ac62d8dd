"""Line-break faults in a PDF: marks where a line of Chinese may not begin or end, and cut numbers.

The rules are those of GB/T 15834-2011, 5.1. They are written here anew, not taken from the program's breaker: a fault
in its lists must be found, not repeated. Only lines that fill their column are looked at by their end: what stands
alone in a cell or ends a paragraph was not broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’…—％·")
NOT_LAST = frozenset("（《「『【〔“‘")
SAME_LINE = 2.0
"""Baselines closer than this (points) are one line."""

TOO_WIDE = 2.5
"""A gap of more than this many character widths separates columns."""


@dataclass(frozen=True, slots=True)
class Faults:
    """How many lines were looked at, and how many begin or end wrongly."""

    lines: int
    starts: int
    ends: int

    @property
    def all(self) -> int:
        """Faults of both sorts."""
        return self.starts + self.ends


def faults_in(pdf: Path) -> Faults:
    """Look at every line of running text of a file."""
    found = [faults_between(before, line) for before, line in broken_lines(pdf)]
    return Faults(len(found), sum(start for start, _ in found), sum(end for _, end in found))


def faults_between(before: str, line: str) -> tuple[int, int]:
    """Faults at the start of a line, and at the end of the one before it (a number cut in two is one)."""
    start = line[0] in NOT_FIRST and not line.startswith(("——", "……"))
    end = before[-1] in NOT_LAST or (before[-1].isdigit() and line[0].isdigit())
    return int(start), int(end)


def broken_lines(pdf: Path) -> Iterator[tuple[str, str]]:
    """Pairs of lines between which a paragraph was broken: same left edge, next below, the first one full."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield from _pairs(_lines(page.get_textpage()))
    finally:
        document.close()


@dataclass(slots=True)
class _Line:
    """Characters on one baseline, without a gap between them."""

    text: str
    left: float
    right: float
    top: float
    height: float


def _lines(page: object) -> list[_Line]:
    """The runs of characters of a page by their boxes, in the order of the content."""
    found: list[_Line] = []
    for number in range(page.count_chars()):  # type: ignore[attr-defined]
        character = page.get_text_range(number, 1)  # type: ignore[attr-defined]
        if not character.strip():
            continue
        left, bottom, right, top = page.get_charbox(number, loose=True)  # type: ignore[attr-defined]
        height = max(top - bottom, 1.0)
        last = found[-1] if found else None
        if last and abs(last.top - top) < SAME_LINE and -height < left - last.right < TOO_WIDE * height:
            last.text, last.right = last.text + character, max(right, last.right)
        else:
            found.append(_Line(character, left, right, top, height))
    return found


def _pairs(lines: list[_Line]) -> Iterator[tuple[str, str]]:
    for before, line in pairwise(lines):
        em = before.height
        below = 0.9 * em < before.top - line.top < 2.6 * em
        full = before.right >= line.right - em and len(before.text) >= 12
        led = ".." in before.text  # a line of the contents ends with its page
        if (
            below
            and full
            and not led
            and -0.5 * em < before.left - line.left < 2.6 * em
            and abs(em - line.height) < 1.0
        ):
            yield before.text, line.text
