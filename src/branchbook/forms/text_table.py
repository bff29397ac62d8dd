"""A plain table among the paragraphs of an official document: as wide as the text, its head on every page."""

from __future__ import annotations

from collections.abc import Sequence

from branchbook.domain.papers import TextTable
from branchbook.forms.flow import PAD_X, Cell, Flow, Table, TableRow
from branchbook.forms.library import Role
from branchbook.forms.page import POINT
from branchbook.forms.setting import Block, Setter, set_label, set_text
from branchbook.forms.typeface import Typeface, printable

SIZE, SMALL = 12.0, 10.5
MANY = 7  # from so many columns on the small size is taken
LEAST_ROW = 8.0
MARGIN = 2 * PAD_X + 0.2
LEADING = 1.3
SHORT = 8.0  # ems: a column of nothing longer is centred
WIDEST = 24.0  # ems: a longer text wraps anyway and takes no more room from the others


def lay_out_text_table(flow: Flow, table: TextTable, setter: Setter) -> None:
    """Place the table at the flow's height, over as many pages as it needs."""
    rows = _rows(table, flow.frame.width, setter)
    if not rows:
        return
    placed = Table(flow, 0.0, flow.frame.width)
    placed.open()
    for row in rows[: table.heads]:
        placed.add(row)
    placed.heads = rows[: table.heads]
    for row in rows[table.heads :]:
        placed.add(row)
    placed.close()


def start_height(part: Block | TextTable, width: float, setter: Setter) -> float:
    """The height of the head and the first row, mm: what must stand under a heading; 0 of what is no table."""
    if not isinstance(part, TextTable):
        return 0.0
    return sum(row.height for row in _rows(TextTable(part.rows[: part.heads + 1], part.heads), width, setter))


def _rows(table: TextTable, width: float, setter: Setter) -> tuple[TableRow, ...]:
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return ()
    size = SMALL if columns >= MANY else SIZE
    texts = [[printable(each) for each in (*row, *[""] * (columns - len(row)))] for row in table.rows]
    longest = [_longest([row[column] for row in texts], setter.body) for column in range(columns)]
    widths = _widths(longest, width, size)
    head = setter.face(Role.HEADING)
    found = []
    for number, row in enumerate(texts):
        cells, x = [], 0.0
        for text, wide, ems in zip(row, widths, longest, strict=True):
            inner = wide - MARGIN
            block = (
                set_label(text, head, size, inner)
                if number < table.heads
                else set_text(text, setter.body, size, inner, "centre" if ems <= SHORT else "left", LEADING)
            )
            cells.append(Cell(x, wide, block))
            x += wide
        found.append(
            TableRow(tuple(cells), LEAST_ROW, splits=number >= table.heads, head=number < table.heads)
        )
    return tuple(found)


def _longest(texts: Sequence[str], typeface: Typeface) -> float:
    """The longest line of a column in ems."""
    return max((typeface.measure(line) / 1000 for text in texts for line in text.split("\n")), default=0.0)


def _widths(longest: Sequence[float], width: float, size: float) -> list[float]:
    """The width of the table shared out: short columns get what they ask for, long ones share the rest."""
    em = size * POINT
    asked = [max(min(each, WIDEST), 2.0) * em + MARGIN for each in longest]
    if sum(asked) <= width:
        spare = (width - sum(asked)) / len(asked)
        return [each + spare for each in asked]
    rest, found = width, dict[int, float]()
    for place, number in enumerate(sorted(range(len(asked)), key=asked.__getitem__)):
        found[number] = min(asked[number], rest / (len(asked) - place))
        rest -= found[number]
    return [found[number] for number in range(len(asked))]
