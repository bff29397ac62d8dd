"""The parts of a paper that the user can change, one after another, and each change as a new ``PaperChange``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from branchbook.catalogue.papers.measures import tables_of
from branchbook.domain.ballot_papers import Ballots, Column
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.papers import (
    Cover,
    Field,
    Forms,
    Grid,
    GridRow,
    Leaves,
    LongRow,
    Manuscript,
    Paper,
    RecordTable,
    Row,
)
from branchbook.services.paper_changes import TableRow, changed_paper, row_key

TITLE_WORDS: Mapping[str, str] = {
    "{organisation}": "〔组织〕",
    "{branch}": "〔支部〕",
    "{year}": "〔年〕",
    "{month}": "〔月〕",
    "{week}": "〔周〕",
    "{meeting}": "〔会议〕",
    "{item}": "〔议题〕",
    "{committee}": "〔委员会〕",
    "{election}": "〔召开大会选举〕",
    "{election_name}": "〔选举名称〕",
    "{offices}": "〔选举的职务〕",
    "{office}": "〔职务〕",
    "{by_election}": "〔补选〕",
    "{first}": "〔第一次〕",
    "{person}": "〔姓名〕",
    "{matter}": "〔请示事项〕",
    "{proposed}": "〔公示事项〕",
    "{audience}": "〔群众〕",
}
"""What stands in a title for a name or date, as the user sees and types it."""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One label of a paper as it is now, and what may be done with it.

    ``line`` is the key of the row or column it belongs to: that is what moves and what has a height (the
    first part of a line carries both). ``table`` numbers the table that it can move in. ``group`` is the common
    head that a column stands under.
    """

    key: str
    label: str
    shown: bool
    line: str
    table: int
    first: bool = True
    movable: bool = False
    height_mm: float | None = None
    group: str = ""


def paper_parts(paper: Paper) -> tuple[PaperPart, ...]:
    """The parts in the order in which they print; of a paper that is running text only there are none."""
    layout = paper.layout
    tables: list[RecordTable | Grid]
    if isinstance(layout, Forms | Leaves):
        tables = list(tables_of(paper))
    elif isinstance(layout, RecordTable | Grid):
        tables = [layout]
    elif isinstance(layout, Cover | Manuscript):
        fields = layout.lines if isinstance(layout, Cover) else layout.fields
        return tuple(_of_field(field, field.key, 0) for field in fields)
    elif isinstance(layout, Ballots) and layout.adjustable:
        return tuple(_of_columns(layout, 0))
    else:
        tables = []
    return tuple(part for number, table in enumerate(tables) for part in _of_table(table, number))


def _of_table(table: RecordTable | Grid, number: int) -> Iterator[PaperPart]:
    if isinstance(table, RecordTable):
        for row in table.rows:
            yield from _of_row(row, number)
        return
    for field in (*table.heading, *table.footing):
        yield _of_field(field, field.key, number)
    yield from _of_columns(table, number)


def _of_columns(table: Grid | Ballots, number: int) -> Iterator[PaperPart]:
    """The columns of a list; the first part carries the height of its rows."""
    for place, column in enumerate(table.columns):
        part = _of_column(column, column.key, number)
        height = table.row_height_mm if place == 0 else None
        yield replace(part, movable=True, height_mm=height)


def _of_row(row: TableRow, number: int) -> Iterator[PaperPart]:
    line = row_key(row)
    if isinstance(row, Row):
        for place, field in enumerate(row.fields):
            part = replace(_of_field(field, line, number), first=place == 0)
            yield replace(part, movable=True, height_mm=row.height_mm) if place == 0 else part
    elif isinstance(row, LongRow):
        yield replace(_of_field(row.field, line, number), movable=True, height_mm=row.height_mm)
    else:
        yield from _of_grid_row(row, number)


def _of_grid_row(row: GridRow, number: int) -> Iterator[PaperPart]:
    yield PaperPart(row.key, row.label, not row.hidden, row.key, number, True, True, row.row_height_mm)
    for column in row.columns:
        yield replace(_of_column(column, row.key, number), first=False)


def _of_field(field: Field, line: str, number: int) -> PaperPart:
    return PaperPart(field.key, field.label, not field.hidden, line, number)


def _of_column(column: Column, line: str, number: int) -> PaperPart:
    return PaperPart(column.key, column.label, not column.hidden, line, number, group=column.group)


# ----------------------------------------------------------------------------------------- changes


def title_for_user(title: str) -> str:
    """A title with Chinese words in place of the program's own."""
    for key, word in TITLE_WORDS.items():
        title = title.replace(key, word)
    return title


def title_of_user(text: str) -> str:
    """The title that the user typed, with the program's words."""
    for key, word in TITLE_WORDS.items():
        text = text.replace(word, key)
    return text.strip()


def with_title(paper: Paper, change: PaperChange, text: str) -> PaperChange:
    """Another title; an empty one, or the paper's own, puts it back."""
    title = title_of_user(text)
    return replace(change, title="" if title == paper.title else title)


def with_label(paper: Paper, change: PaperChange, key: str, text: str) -> PaperChange:
    """Another label; the paper's own puts it back."""
    labels = {name: label for name, label in change.labels.items() if name != key}
    if text.strip() != _shipped(paper)[key].label:
        labels[key] = text.strip()
    return replace(change, labels=labels)


def with_shown(paper: Paper, change: PaperChange, key: str, shown: bool) -> PaperChange:
    """Print a part, or leave it out."""
    hidden = tuple(name for name in change.hidden if name != key)
    brought = tuple(name for name in change.shown if name != key)
    by_default = _shipped(paper)[key].shown
    if shown and not by_default:
        brought = (*brought, key)
    elif not shown and by_default:
        hidden = (*hidden, key)
    return replace(change, hidden=hidden, shown=brought)


def with_height(paper: Paper, change: PaperChange, part: PaperPart, height_mm: float) -> PaperChange:
    """Another height of a row, in a list of all its rows; the paper's own puts it back."""
    key = height_key(paper, part)
    heights = {name: height for name, height in change.heights_mm.items() if name != key}
    measured = (each for each in paper_parts(paper) if each.height_mm is not None)
    shipped = next(each.height_mm for each in measured if height_key(paper, each) == key)
    if height_mm != shipped:
        heights[key] = height_mm
    return replace(change, heights_mm=heights)


def moved(paper: Paper, change: PaperChange, part: PaperPart, step: int) -> PaperChange:
    """Move a row or column by one place within its table; at the end nothing changes."""
    now = paper_parts(changed_paper(paper, change))
    lines = _lines(now, part.table)
    at = lines.index(part.line)
    if not 0 <= at + step < len(lines):
        return change
    lines[at], lines[at + step] = lines[at + step], lines[at]
    others = (each.line for each in now if each.movable and each.table != part.table)
    # One order for the whole paper: where two tables share a key, the table that was moved in goes first.
    return replace(change, order=tuple(dict.fromkeys((*lines, *others))))


def height_key(paper: Paper, part: PaperPart) -> str:
    """The key under which a height is kept: the row's, or the list's own."""
    layout = paper.layout
    if isinstance(layout, Ballots):
        return layout.key
    tables = tables_of(paper) if isinstance(layout, Forms | Leaves) else (layout,)
    table = tables[part.table]
    return table.key if isinstance(table, Grid) else part.line


def _lines(parts: Sequence[PaperPart], table: int) -> list[str]:
    return [each.line for each in parts if each.table == table and each.movable]


def _shipped(paper: Paper) -> Mapping[str, PaperPart]:
    found: dict[str, PaperPart] = {}
    for part in paper_parts(paper):
        found.setdefault(part.key, part)
    return found
