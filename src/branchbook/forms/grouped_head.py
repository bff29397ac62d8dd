"""A table's head of two storeys: neighbouring columns under a common name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from branchbook.domain.ballot_papers import Column
from branchbook.forms.flow import Cell, TableRow


def grouped_head(
    columns: Sequence[Column], labels: TableRow, upper: float, group_cell: Callable[[float, float, str], Cell]
) -> TableRow:
    """One row with both storeys; a column without a group takes both. ``upper`` is the height of the first, mm;

    ``group_cell`` makes the cell of a common name from where it begins, how wide it is, and the name.
    """
    lower = labels.height
    cells: list[Cell] = []
    position = 0
    while position < len(columns):
        group = columns[position].group
        stop = position + 1
        while group and stop < len(columns) and columns[stop].group == group:
            stop += 1
        below = labels.cells[position:stop]
        if not group:
            cells += below
        else:
            common = group_cell(below[0].x, sum(cell.width for cell in below), group)
            cells.append(replace(common, storey=(0.0, upper)))
            cells += [replace(cell, storey=(upper, lower)) for cell in below]
        position = stop
    return TableRow(tuple(cells), upper + lower, head=labels.head)
