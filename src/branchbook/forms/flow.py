"""Placing things down a page and on to the next: lines, table rows that split, signature lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from branchbook.forms.page import THICK, THIN, Frame, Page, Rule
from branchbook.forms.setting import Block, SetLine, block_height

PAD_X, PAD_Y = 1.5, 1.0  # between a cell's rule and its text, mm
LEAST_PART = 16.0  # a split row is not begun in less than this, mm
HAIR = 1e-6


class Flow:
    """Pages being filled from top to bottom. ``y`` is how far the current page is filled.

    `continued` is called on every page but the first, to repeat what must stand at its head.
    """

    def __init__(self, frame: Frame, continued: Callable[[Flow], None] | None = None) -> None:
        self.frame = frame
        self.pages: list[Page] = []
        self.continued = continued
        self.y = 0.0
        self.top = 0.0
        self.new_page()

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """What is left of the current page, mm."""
        return self.frame.height - self.y

    def new_page(self) -> None:
        """Begin a page, with the repeated head when it is not the first."""
        self.pages.append(Page(self.frame))
        self.y = self.top = 0.0
        if len(self.pages) > 1 and self.continued:
            self.continued(self)
            self.top = self.y

    def at_top(self) -> bool:
        """Whether nothing but a repeated head stands on the page."""
        return self.y <= self.top + HAIR

    def space(self, height: float) -> None:
        """Leave a gap, none at the top of a page."""
        if not self.at_top():
            self.y += height

    def lines(self, block: Block, x: float = 0.0) -> None:
        """Place lines under one another over as many pages as they need, keeping kept lines with the next."""
        position = 0
        while position < len(block):
            stop = position + 1
            while stop < len(block) and block[stop - 1].keep:
                stop += 1
            group = block[position:stop]
            if block_height(group) > self.room + HAIR and not self.at_top():
                self.new_page()
            for line in group:
                if line.height > self.room + HAIR and not self.at_top():
                    self.new_page()
                line.draw(self.page, x, self.y)
                self.y += line.height
            position = stop

    def whole(self, block: Block, x: float = 0.0) -> None:
        """Place lines that belong on one page together."""
        if block_height(block) > self.room + HAIR and not self.at_top():
            self.new_page()
        self.lines(block, x)


@dataclass(frozen=True, slots=True)
class Cell:
    """A bordered cell of a table.

    `repeats`: its text stands again on every page that its row runs over (labels). `pad`: room between the rule at
    its left and its text. `storey`: it takes only this part of the row's height (from, height; mm), as in a head
    of two storeys. `foot`: lines at the lower edge of the cell, on the last page that its row runs over.
    """

    x: float
    width: float
    block: Block = ()
    top: bool = False
    repeats: bool = False
    pad: float = PAD_X
    storey: tuple[float, float] | None = None
    foot: Block = ()
    text_height: float = field(init=False, compare=False, default=0.0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text_height", block_height(self.block))

    @property
    def needed(self) -> float:
        """The height that its text asks for, mm."""
        return self.text_height + block_height(self.foot) + 2 * PAD_Y


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells side by side. `splits`: it may begin on one page and go on on the next. `head`: it names columns."""

    cells: tuple[Cell, ...]
    least: float
    splits: bool = False
    head: bool = False
    needed: float = field(init=False, compare=False, default=0.0)
    """The height that the longest cell asks for, mm; asked for many times."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "needed", max([cell.needed for cell in self.cells], default=0.0))

    @property
    def height(self) -> float:
        """The height the row gets when it stands on one page."""
        return max(self.least, self.needed)

    @property
    def least_part(self) -> float:
        """The least room in which the row may begin: its labels must fit, and a few lines."""
        return max([LEAST_PART, *(cell.needed for cell in self.cells if cell.repeats)])

    @property
    def unplaced(self) -> bool:
        """Whether there is text other than repeated labels."""
        return any(cell.block or cell.foot for cell in self.cells if not cell.repeats)


@dataclass(slots=True)
class Table:
    """A bordered table down a flow. ``heads`` stand again at the top of every page it runs over."""

    flow: Flow
    x: float
    width: float
    heads: tuple[TableRow, ...] = ()
    _began: float = field(default=0.0)

    def open(self) -> None:
        """Begin at the flow's height."""
        self._began = self.flow.y

    def close(self) -> None:
        """Draw the outer border of the part on this page."""
        if self.flow.y > self._began:
            self.flow.page.box(self.x, self._began, self.width, self.flow.y - self._began, THICK)

    def turn(self) -> None:
        """Go on on the next page."""
        self.close()
        self.flow.new_page()
        self.open()
        if sum(head.height for head in self.heads) <= self.flow.room / 2:
            for head in self.heads:
                self._draw(head, head.height)
        self.flow.top = self.flow.y

    def add(self, row: TableRow, reserve: float = 0.0) -> None:
        """Place a row; `reserve` mm must stay free under it for what belongs to the table's end."""
        rest: TableRow | None = row
        while rest is not None:
            rest = self._place(rest, reserve)

    def _place(self, row: TableRow, reserve: float) -> TableRow | None:
        """Place the row or the part of it that fits; return what is still to be placed on the next page."""
        flow, at_top = self.flow, self.flow.at_top()
        room = flow.room - reserve
        if row.height <= room + HAIR:
            self._draw(row, row.height)
            return None
        if row.needed <= room + HAIR and (row.splits or at_top):
            self._draw(row, room)
            return None
        whole_page = flow.frame.height - flow.top - reserve
        if not at_top and (
            flow.room < row.least_part or (not row.splits and row.height <= whole_page + HAIR)
        ):
            self.turn()
            return row
        limit = room if row.needed <= flow.room + HAIR else flow.room
        first, rest = split(row, limit, forced=at_top)
        if first is None and at_top:
            return TableRow(tuple(replace(cell, repeats=False) for cell in row.cells), 0.0, row.splits)
        if first is not None:
            self._draw(first, limit if row.splits else min(first.height, limit))
        if first is not None and not rest.unplaced:
            return None
        self.turn()
        return rest

    def _draw(self, row: TableRow, height: float) -> None:
        page = self.flow.page
        for cell in row.cells:
            drop, tall = cell.storey or (0.0, height)
            y = self.flow.y + drop
            page.box(cell.x, y, cell.width, tall, THIN)
            inner = y + PAD_Y if cell.top else y + (tall - cell.text_height) / 2
            for line in cell.block:
                line.draw(page, cell.x + cell.pad, inner)
                inner += line.height
            inner = y + tall - PAD_Y - block_height(cell.foot)
            for line in cell.foot:
                line.draw(page, cell.x + cell.pad, inner)
                inner += line.height
        self.flow.y += height


def split(row: TableRow, room: float, forced: bool = False) -> tuple[TableRow | None, TableRow]:
    """A row cut so that its first part fits in `room` mm: (first part, rest).

    The first part is None when not one line of a cell fits and there is a better page to come; `forced` takes at
    least one line of each cell in any case, so that layout always goes on.
    """
    firsts, rests, moved = [], [], False
    for cell in row.cells:
        if cell.repeats:
            firsts.append(cell)
            rests.append(cell)
            continue
        count = _fitting(cell.block, room - 2 * PAD_Y, forced)
        moved = moved or count > 0
        firsts.append(replace(cell, block=cell.block[:count], top=True, foot=()))
        rests.append(replace(cell, block=cell.block[count:], top=True))
    rest = TableRow(tuple(rests), min(row.least, 20.0), row.splits)
    return (TableRow(tuple(firsts), 0.0, row.splits) if moved else None), rest


def _fitting(block: Block, room: float, forced: bool) -> int:
    """How many lines fit in `room` mm, not ending on a line that must be kept with the next."""
    count, used = 0, 0.0
    while count < len(block) and used + block[count].height <= room + HAIR:
        used += block[count].height
        count += 1
    if count < len(block):
        kept = count
        while kept and block[kept - 1].keep:
            kept -= 1
        count = kept or count
    return max(count, 1) if forced and block else count


def rule_under(page: Page, x: float, y: float, width: float) -> None:
    """A line to write on."""
    page.rules.append(Rule(x, y, x + width, y, THIN))


def keep_together(block: Block) -> Block:
    """Lines none of which may be parted from the next."""
    return tuple(replace(line, keep=True) for line in block)


def blank_line(height: float, keep: bool = False) -> SetLine:
    """An empty line."""
    return SetLine(height, keep=keep)
