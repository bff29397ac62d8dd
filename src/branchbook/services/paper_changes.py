"""The user's own titles, labels, order and heights of papers: kept with the book, and put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from branchbook.catalogue.papers.measures import width_of
from branchbook.catalogue.papers_list import paper_of
from branchbook.domain.ballot_papers import Ballots, Column
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.papers import (
    Cover,
    Field,
    Forms,
    Grid,
    GridRow,
    Layout,
    Leaves,
    LongRow,
    Manuscript,
    Paper,
    RecordTable,
    Row,
    WritingPaper,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.services.operations import Actor, Outcome
from branchbook.services.settings import book_settings, change_setting
from branchbook.services.settings_table import BookSettings
from branchbook.services.store import Book, Reading

T = TypeVar("T")
TableRow = Row | LongRow | GridRow

LEAST_HEIGHT_MM, GREATEST_HEIGHT_MM = 5.0, 240.0


def change_paper(book: Book, paper_key: str, change: PaperChange, actor: Actor) -> Outcome[BookSettings]:
    """Keep what the user changed on one paper. Raises RefusedProblem for a height that no page has."""
    paper = paper_of(paper_key)
    for height in change.heights_mm.values():
        if not LEAST_HEIGHT_MM <= height <= GREATEST_HEIGHT_MM:
            raise RefusedProblem(
                f"栏高应在 {LEAST_HEIGHT_MM:g} 到 {GREATEST_HEIGHT_MM:g} 毫米之间",
                paper.name,
                "请改为合适的高度",
            )
    changes = {**_kept(book), paper.key: change}
    return change_setting(book, "paper_changes", changes, actor)


def put_paper_back(book: Book, paper_key: str, actor: Actor) -> Outcome[BookSettings]:
    """Forget the changes of one paper: it prints as it was shipped."""
    key = paper_of(paper_key).key
    changes = {name: change for name, change in _kept(book).items() if name != key}
    return change_setting(book, "paper_changes", changes, actor)


def change_of(reading: Reading, paper_key: str) -> PaperChange:
    """What the user changed on a paper; nothing where nothing was."""
    return book_settings(reading).paper_changes.get(paper_key, PaperChange())


def changed_paper(paper: Paper, change: PaperChange) -> Paper:
    """The paper with a change applied. Keys that it does not have are ignored."""
    if change == PaperChange():
        return paper
    return replace(paper, title=change.title or paper.title, layout=_changed_layout(paper.layout, change))


def _kept(book: Book) -> Mapping[str, PaperChange]:
    with book.reading() as reading:
        return book_settings(reading).paper_changes


def _changed_layout(layout: Layout, change: PaperChange) -> Layout:
    if isinstance(layout, RecordTable):
        return _changed_record(layout, change)
    if isinstance(layout, Grid):
        return _changed_grid(layout, change)
    if isinstance(layout, Forms):
        return Forms(tuple((heading, _changed_part(part, change)) for heading, part in layout.parts))
    if isinstance(layout, Leaves):
        return replace(layout, parts=tuple(_changed_leaf(part, change) for part in layout.parts))
    if isinstance(layout, Cover):
        return replace(layout, lines=_changed_fields(layout.lines, change))
    if isinstance(layout, Ballots) and layout.adjustable:
        columns = _reordered(_changed_columns(layout.columns, change), change.order, lambda each: each.key)
        height = change.heights_mm.get(layout.key, layout.row_height_mm)
        return replace(layout, columns=columns, row_height_mm=height)
    if isinstance(layout, Manuscript):
        return replace(layout, fields=_changed_fields(layout.fields, change))
    return layout


def _changed_part(part: RecordTable | Grid, change: PaperChange) -> RecordTable | Grid:
    return _changed_record(part, change) if isinstance(part, RecordTable) else _changed_grid(part, change)


def _changed_leaf(
    part: Cover | RecordTable | WritingPaper, change: PaperChange
) -> Cover | RecordTable | WritingPaper:
    changed = _changed_layout(part, change)
    assert isinstance(changed, Cover | RecordTable | WritingPaper)
    return changed


def _changed_record(layout: RecordTable, change: PaperChange) -> RecordTable:
    rows = tuple(_changed_row(row, change) for row in layout.rows)
    return replace(layout, rows=_reordered(rows, change.order, row_key))


def row_key(row: TableRow) -> str:
    """The key by which a row is ordered and its height kept: its first field's, or the table's own."""
    if isinstance(row, Row):
        return row.fields[0].key
    return row.field.key if isinstance(row, LongRow) else row.key


def _changed_row(row: TableRow, change: PaperChange) -> TableRow:
    height = change.heights_mm.get(row_key(row))
    if isinstance(row, Row):
        return replace(row, fields=_changed_fields(row.fields, change), height_mm=height or row.height_mm)
    if isinstance(row, LongRow):
        (field,) = _changed_fields((row.field,), change)
        return replace(row, field=field, height_mm=height or row.height_mm)
    return replace(
        row,
        label=change.labels.get(row.key, row.label),
        columns=_changed_columns(row.columns, change),
        hidden=_is_hidden(row.key, row.hidden, change),
        row_height_mm=height or row.row_height_mm,
    )


def _changed_grid(layout: Grid, change: PaperChange) -> Grid:
    return replace(
        layout,
        columns=_reordered(_changed_columns(layout.columns, change), change.order, lambda each: each.key),
        heading=_changed_fields(layout.heading, change),
        footing=_changed_fields(layout.footing, change),
        row_height_mm=change.heights_mm.get(layout.key, layout.row_height_mm),
    )


def _changed_fields(fields: tuple[Field, ...], change: PaperChange) -> tuple[Field, ...]:
    return tuple(
        replace(
            field,
            label=change.labels.get(field.key, field.label),
            hidden=_is_hidden(field.key, field.hidden, change),
        )
        for field in fields
    )


def _changed_columns(columns: tuple[Column, ...], change: PaperChange) -> tuple[Column, ...]:
    """Columns relabelled, hidden and shown; those that print share the width that the paper gave them."""
    changed = tuple(
        replace(
            column,
            label=change.labels.get(column.key, column.label),
            hidden=_is_hidden(column.key, column.hidden, change),
        )
        for column in columns
    )
    now = width_of(changed)
    if not now:
        return columns
    scale = width_of(columns) / now
    return tuple(replace(column, width_mm=column.width_mm * scale) for column in changed)


def _is_hidden(key: str, by_default: bool, change: PaperChange) -> bool:
    if key in change.hidden:
        return True
    return by_default and key not in change.shown


def _reordered(items: Sequence[T], order: Sequence[str], key: Callable[[T], str]) -> tuple[T, ...]:
    """The items named in ``order`` take one another's places in that order; the others stay where they are."""
    rank = {name: index for index, name in enumerate(order)}
    named = sorted((item for item in items if key(item) in rank), key=lambda item: rank[key(item)])
    following = iter(named)
    return tuple(next(following) if key(item) in rank else item for item in items)
