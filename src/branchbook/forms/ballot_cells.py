"""The row of cells of a ballot: names set vertically, a cell for the mark above each, empty ones for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from branchbook.forms.flow import Flow
from branchbook.forms.library import Role
from branchbook.forms.page import EM_CENTRE, POINT, THICK, THIN, Page, Text
from branchbook.forms.setting import Setter, block_height, set_label
from branchbook.forms.typeface import printable

LABEL_MM, LEAST_MM, MOST_MM = 13.0, 13.0, 18.0
HEAD_MM, MARK_MM, NAME_MM = 7.0, 13.0, 38.0
LOW_NAME_MM = 28.0  # where there are several bands
_SIZES = ((4, 16.0, 1.12), (6, 14.0, 1.1), (8, 12.0, 1.08), (99, 10.5, 1.04))
"""Characters of a name → points, and their pitch in ems: a long name is set smaller and closer, to fit half a sheet."""
PADDING_MM = 2.5  # above and below the longest name, together
CANDIDATES, OTHERS = "候选人", "另选他人"


@dataclass(frozen=True, slots=True)
class _Column:
    """One person's place: its name, empty for one to be written in."""

    name: str
    group: str


def draw_cells(flow: Flow, names: Sequence[str], write_ins: int, setter: Setter) -> None:
    """The cells at the flow's height, in as many bands as the width asks for, candidates before others."""
    columns = [_Column(printable(name).strip(), CANDIDATES) for name in names]
    columns += [_Column("", OTHERS)] * write_ins
    bands = _bands(columns, flow.frame.width)
    least = NAME_MM if len(bands) == 1 else LOW_NAME_MM
    for number, band in enumerate(bands):
        flow.y += 3.0 if number else 0.0
        height = max([least, *(vertical_height(column.name) + PADDING_MM for column in band)])
        tall = HEAD_MM + MARK_MM + height
        if tall > flow.room and not flow.at_top():
            flow.new_page()
        _Band(flow.page, flow.y, flow.frame.width, height, setter).draw(band)
        flow.y += tall


def _bands(columns: list[_Column], width: float) -> list[list[_Column]]:
    """Everything in one band where it fits; else the candidates evenly over bands, the others after the last."""
    most = int((width - LABEL_MM) / LEAST_MM)
    if len(columns) <= most:
        return [columns]
    candidates, others = (
        _evenly([column for column in columns if column.group == group], most)
        for group in (CANDIDATES, OTHERS)
    )
    if candidates and len(others) == 1 and len(candidates[-1]) + len(others[0]) <= most:
        return [*candidates[:-1], candidates[-1] + others[0]]
    return candidates + others


def _evenly(columns: list[_Column], most: int) -> list[list[_Column]]:
    """As few bands as hold so many columns, none longer than it must be."""
    count = ceil(len(columns) / most)
    share = ceil(len(columns) / count) if count else 1
    return [columns[place : place + share] for place in range(0, len(columns), share)]


def size_of(name: str) -> float:
    """The size of a vertical name in points."""
    return next(size for most, size, _ in _SIZES if len(name) <= most)


def pitch_of(name: str) -> float:
    """From one character of a vertical name to the next, mm."""
    return next(size * pitch * POINT for most, size, pitch in _SIZES if len(name) <= most)


def vertical_height(name: str) -> float:
    """How tall a name is when it is set vertically, mm. A name of two characters has a gap between them."""
    return (len(name) + (1 if len(name) == 2 else 0)) * pitch_of(name)


class _Band:
    """One band of cells: a line of heads, one of empty cells for marks, one of names."""

    def __init__(self, page: Page, y: float, width: float, name_height: float, setter: Setter) -> None:
        self.page, self.y, self.width, self.tall, self.setter = page, y, width, name_height, setter

    def draw(self, columns: Sequence[_Column]) -> None:
        """The whole band, in the middle of the page's width."""
        pitch = min((self.width - LABEL_MM) / max(len(columns), 1), MOST_MM)
        left = (self.width - LABEL_MM - pitch * len(columns)) / 2
        self._labels(left)
        x = left + LABEL_MM
        for group in dict.fromkeys(column.group for column in columns):
            own = [column for column in columns if column.group == group]
            self._cell(x, self.y, pitch * len(own), HEAD_MM, group)
            for column in own:
                self.page.box(x, self.y + HEAD_MM, pitch, MARK_MM, THIN)
                self.page.box(x, self.y + HEAD_MM + MARK_MM, pitch, self.tall, THIN)
                self._name(column.name, x + pitch / 2)
                x += pitch
        whole = HEAD_MM + MARK_MM + self.tall
        self.page.box(left, self.y, x - left, whole, THICK)

    def _labels(self, left: float) -> None:
        self._cell(left, self.y, LABEL_MM, HEAD_MM + MARK_MM, "符号")
        self._cell(left, self.y + HEAD_MM + MARK_MM, LABEL_MM, self.tall, "姓名")

    def _cell(self, x: float, y: float, width: float, height: float, label: str) -> None:
        self.page.box(x, y, width, height, THIN)
        block = set_label(label, self.setter.face(Role.HEADING), 11.0, width - 1.0, 1.2)
        top = y + (height - block_height(block)) / 2
        for line in block:
            line.draw(self.page, x + 0.5, top)
            top += line.height

    def _name(self, name: str, middle: float) -> None:
        """The characters one under another, in the middle of the cell."""
        size, pitch, body = size_of(name), pitch_of(name), self.setter.body
        em = size * POINT
        spaced = f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name
        y = self.y + HEAD_MM + MARK_MM + (self.tall - vertical_height(name)) / 2
        for character in spaced:
            if not character.isspace():
                x = middle - body.measure(character) / 1000 * em / 2
                level = y + pitch / 2 + EM_CENTRE * em
                self.page.texts.append(Text(x, level, character, body, size))
            y += pitch
