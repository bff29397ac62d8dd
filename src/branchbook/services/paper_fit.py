"""A paper made to fit what it prints: rows without anything to say are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from branchbook.catalogue.papers.measures import CONTENT_KEY
from branchbook.catalogue.papers.meeting_rows import NEVER_BLANK, ONLY_WHEN_FILLED
from branchbook.domain.papers import GridRow, LongRow, Paper, RecordTable, Row, Value
from branchbook.services.paper_changes import row_key


def fitted(paper: Paper, values: Mapping[str, Value] | None) -> Paper:
    """The paper without the rows that are empty and only there when filled; blank, without the program's own."""
    layout = paper.layout
    if not isinstance(layout, RecordTable):
        return paper
    droppable = NEVER_BLANK if values is None else ONLY_WHEN_FILLED | _minutes_of(paper)
    kept = tuple(row for row in layout.rows if not _is_empty(row, values or {}, droppable))
    return replace(paper, layout=replace(layout, rows=kept)) if len(kept) < len(layout.rows) else paper


def _minutes_of(paper: Paper) -> frozenset[str]:
    """On the general record the minutes stand beside fields that may already say everything."""
    return frozenset({CONTENT_KEY}) if paper.key == "general_record" else frozenset()


def _is_empty(row: Row | LongRow | GridRow, values: Mapping[str, Value], droppable: frozenset[str]) -> bool:
    return row_key(row) in droppable and not values.get(row_key(row))
