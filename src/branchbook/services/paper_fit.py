"""A paper made to fit what it prints: what has nothing to say is left out, what was room for a pen is text's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from branchbook.catalogue.papers.measures import CONTENT_KEY
from branchbook.catalogue.papers.meeting_rows import NEVER_BLANK, ONLY_WHEN_FILLED
from branchbook.domain.papers import GridRow, LongRow, Paper, RecordTable, Row, Value
from branchbook.services.paper_changes import row_key

TableRow = Row | LongRow | GridRow
Values = Mapping[str, Value]

MINUTES_BESIDE_FIELDS = frozenset({"general_record", "life_meeting_record", "democratic_life_record"})
PRINTED_ROW_MM = 8.0
"""A row of one printed line; written by hand it needs more."""
PRINTED_PASSAGE_MM = 10.0
HEAD_MM = 11.5
"""The head of a small table: labels in two lines."""


def fitted(paper: Paper, values: Values | None) -> Paper:
    """The paper without the rows that are empty and only there when filled; blank, without the program's own.

    Filled, rows are as close as print allows, and the great cells take over what they leave.
    """
    layout = paper.layout
    if not isinstance(layout, RecordTable):
        return paper
    by_hand = [row for row in layout.rows if row_key(row) not in NEVER_BLANK]
    if values is None:
        return replace(paper, layout=replace(layout, rows=tuple(by_hand)))
    droppable = ONLY_WHEN_FILLED | _minutes_of(paper)
    kept = [_closer(row) for row in layout.rows if row_key(row) not in droppable or values.get(row_key(row))]
    spare = sum(_height(row, None) for row in by_hand) - sum(_height(row, values) for row in kept)
    great = sum(1 for row in kept if _is_great(row))
    share = max(spare, 0.0) / great if great else 0.0
    return replace(paper, layout=replace(layout, rows=tuple(_taller(row, share) for row in kept)))


def _minutes_of(paper: Paper) -> frozenset[str]:
    """On these the minutes stand beside fields that may already say everything."""
    return frozenset({CONTENT_KEY}) if paper.key in MINUTES_BESIDE_FIELDS else frozenset()


def _is_great(row: TableRow) -> bool:
    return isinstance(row, LongRow) and not row.label_beside


def _closer(row: TableRow) -> TableRow:
    if isinstance(row, GridRow):
        return row
    if isinstance(row, Row):
        return replace(row, height_mm=min(row.height_mm, PRINTED_ROW_MM))
    return replace(row, height_mm=min(row.height_mm, PRINTED_PASSAGE_MM)) if row.label_beside else row


def _taller(row: TableRow, share: float) -> TableRow:
    if isinstance(row, LongRow) and _is_great(row):
        return replace(row, height_mm=row.height_mm + share)
    return row


def _height(row: TableRow, values: Values | None) -> float:
    """The least height of a row, of a small table with as many rows as it prints."""
    if not isinstance(row, GridRow):
        return row.height_mm
    rows = values.get(row.key) if values is not None else None
    count = len(rows) if isinstance(rows, Sequence) else row.blank_rows
    return HEAD_MM + count * row.row_height_mm
