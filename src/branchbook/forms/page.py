"""A laid-out page: texts, rules and pictures with their places, not yet drawn.

Lengths are millimetres, measured from the top left corner of the page's content area; sizes of type are points.
Pages are laid out first and drawn when all are known, so that "第 3 页 共 67 页" needs no second layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from branchbook.forms.typeface import Typeface

POINT = 25.4 / 72  # one point in millimetres
EM_TOP, EM_CENTRE = 0.88, 0.38  # of an em: top and middle of a Han character above its baseline
THIN, THICK = 0.5, 1.0  # rules in points


class Text(NamedTuple):
    """Characters on one baseline. ``spacing`` (points) is added after each character."""

    x: float
    baseline: float
    characters: str
    typeface: Typeface
    size: float
    spacing: float = 0.0


class Rule(NamedTuple):
    """A straight line; ``weight`` in points."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = THIN


class Picture(NamedTuple):
    """A photo, by content hash, in a box that it fills as far as its proportions allow."""

    x: float
    y: float
    width: float
    height: float
    sha256: str


class Box(NamedTuple):
    """A filled rectangle, under everything else; ``grey`` from 0 (black) to 1 (white)."""

    x: float
    y: float
    width: float
    height: float
    grey: float = 0.0


class Link(NamedTuple):
    """A rectangle that leads to the first page of a section."""

    x: float
    y: float
    width: float
    height: float
    section: int


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """The rules without repetition: those of one weight that lie on one line and meet become one.

    Cells draw their own borders, so neighbours draw the same edge; printed twice it would look heavier.
    """
    lines: dict[tuple[float, bool, float], list[tuple[float, float]]] = defaultdict(list)
    for x1, y1, x2, y2, weight in dict.fromkeys(rules):
        if y1 == y2:
            lines[weight, True, round(y1, 3)].append((x1, x2))
        else:
            lines[weight, False, round(x1, 3)].append((y1, y2))
    found = []
    for (weight, level, place), spans in sorted(lines.items()):
        for start, end in _joined(spans):
            found.append(
                Rule(start, place, end, place, weight) if level else Rule(place, start, place, end, weight)
            )
    return found


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals with those that overlap or touch made one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 0.01:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True, slots=True)
class Frame:
    """Page size and the content area within it. ``even_left`` and ``even_top`` are for left-hand pages."""

    page_width: float
    page_height: float
    left: float
    top: float
    width: float
    height: float
    even_left: float
    even_top: float
    gb_numbers: bool = False


@dataclass(slots=True)
class Page:
    """What stands on one page. ``without_foot``: it bears no page number, as a cover."""

    frame: Frame
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    without_foot: bool = False

    def box(self, x: float, y: float, width: float, height: float, weight: float = THIN) -> None:
        """Four rules around a rectangle."""
        right, bottom = x + width, y + height
        self.rules.append(Rule(x, y, right, y, weight))
        self.rules.append(Rule(x, bottom, right, bottom, weight))
        self.rules.append(Rule(x, y, x, bottom, weight))
        self.rules.append(Rule(right, y, right, bottom, weight))
