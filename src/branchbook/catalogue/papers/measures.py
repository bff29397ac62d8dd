"""Widths and small builders that all papers share. Millimetres throughout."""

from __future__ import annotations

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Forms, Grid, GridRow, Leaves, LongRow, Paper, RecordTable, Row

PORTRAIT_MM = 165.0
"""Width of every table on a portrait A4 page (forms in use: 16.5 cm)."""

LANDSCAPE_MM = 252.0
"""Width of every table on a landscape A4 page."""

LABEL_MM = 28.0
"""A label's cell: six characters of 12 points and the padding."""

LEFT_VALUE_MM, RIGHT_VALUE_MM = 60.0, 49.0
"""The two value cells of a row of four; the left one holds 2026年10月23日15:00—16:30 on one line."""

CONTENT_KEY = "minutes"
"""The key of the great cell with the minutes, the same in every paper that has one."""


def pair(left: tuple[str, str], right: tuple[str, str], height_mm: float = 9.5) -> Row:
    """A row of four cells from two (key, label)."""
    fields = (
        Field(left[0], left[1], LEFT_VALUE_MM, LABEL_MM),
        Field(right[0], right[1], RIGHT_VALUE_MM, LABEL_MM),
    )
    return Row(fields, height_mm)


def line(key: str, label: str, height_mm: float = 9.5) -> Row:
    """A row with one label and one wide value."""
    return Row((Field(key, label, PORTRAIT_MM - LABEL_MM, LABEL_MM, centred=False),), height_mm)


def passage(key: str, label: str, height_mm: float) -> LongRow:
    """A long text with its label in the cell at the left."""
    field = Field(key, label, PORTRAIT_MM - LABEL_MM, LABEL_MM, centred=False)
    return LongRow(field, height_mm)


def great_cell(key: str, label: str, height_mm: float) -> LongRow:
    """A long text across the whole table, its label above it."""
    return LongRow(Field(key, label, PORTRAIT_MM, 0.0, centred=False), height_mm, label_beside=False)


def width_of(columns: tuple[Column, ...]) -> float:
    """The width of the columns that print."""
    return sum(column.width_mm for column in columns if not column.hidden)


def tables_of(paper: Paper) -> tuple[RecordTable | Grid, ...]:
    """The tables of a paper, also those that stand one under another; none for running text."""
    layout = paper.layout
    if isinstance(layout, RecordTable | Grid):
        return (layout,)
    if isinstance(layout, Leaves):
        return tuple(part for part in layout.parts if isinstance(part, RecordTable))
    return tuple(table for _heading, table in layout.parts) if isinstance(layout, Forms) else ()


def row_width(row: Row | LongRow | GridRow) -> float:
    """The width of one row of a record table, labels included, hidden fields left out."""
    if isinstance(row, GridRow):
        return width_of(row.columns)
    if isinstance(row, LongRow):
        return row.field.width_mm + (row.field.label_width_mm if row.label_beside else 0.0)
    return sum(field.width_mm + field.label_width_mm for field in row.fields if not field.hidden)
