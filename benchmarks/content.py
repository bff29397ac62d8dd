"""What a handbook says, without its layout: titles, labelled values, paragraphs and tables, for peers to set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Booklet, Field, Grid, GridRow, LongRow, Paragraph, Row, Sheet

Table = list[list[str]]


class Part(msgspec.Struct):
    """A sheet: its title, its short values with their labels, its running text, its tables (heads first)."""

    title: str
    landscape: bool
    fields: list[tuple[str, str]] = []
    paragraphs: list[str] = []
    tables: list[Table] = []


def parts_of(booklet: Booklet) -> list[Part]:
    """Every sheet of the booklet that says something."""
    parts = (_part(section.sheet) for section in booklet.sections if section.sheet.values is not None)
    return [part for part in parts if part.title or part.paragraphs or part.tables]


def write_content(booklet: Booklet, path: Path) -> int:
    """Keep the parts as JSON; the number of characters in them."""
    parts = parts_of(booklet)
    path.write_bytes(msgspec.json.encode(parts))
    return sum(map(len, texts_of(parts)))


def texts_of(parts: list[Part]) -> Iterator[str]:
    """Every piece of text in order."""
    for part in parts:
        yield part.title
        for label, value in part.fields:
            yield from (label, value)
        yield from part.paragraphs
        yield from (cell for table in part.tables for row in table for cell in row)


def _part(sheet: Sheet) -> Part:
    labels, columns = _labels(sheet.paper.layout)
    part = Part(sheet.title, sheet.paper.orientation == "landscape")
    for key, value in (sheet.values or {}).items():
        if isinstance(value, str):
            if value:
                part.fields.append((labels.get(key, ""), value))
        elif value and isinstance(value[0], Paragraph):
            part.paragraphs += (f"{each.lead}{each.text}" for each in value if isinstance(each, Paragraph))
        elif value and isinstance(value[0], Mapping):
            part.tables.append(_table(value, columns.get(key, ())))
    return part


def _table(rows: Any, columns: tuple[Column, ...]) -> Table:
    keys = [column.key for column in columns] or list(rows[0])
    heads = [[column.label for column in columns]] if columns else []
    return heads + [[str(row.get(key, "")) for key in keys] for row in rows]


def _labels(layout: Any) -> tuple[dict[str, str], dict[str, tuple[Column, ...]]]:
    """Labels of fields by key, and the columns of tables by key."""
    labels: dict[str, str] = {}
    columns: dict[str, tuple[Column, ...]] = {}
    if isinstance(layout, Grid):
        columns[layout.key] = tuple(each for each in layout.columns if not each.hidden)
    for each in getattr(layout, "rows", ()):
        if isinstance(each, GridRow):
            columns[each.key] = tuple(column for column in each.columns if not column.hidden)
        elif isinstance(each, LongRow):
            labels[each.field.key] = each.field.label
        elif isinstance(each, Row):
            labels |= {field.key: field.label for field in each.fields}
    for name in ("heading", "footing", "fields", "lines"):
        labels |= {each.key: each.label for each in getattr(layout, name, ()) if isinstance(each, Field)}
    for _, part in getattr(layout, "parts", ()):
        inner_labels, inner_columns = _labels(part)
        labels, columns = labels | inner_labels, columns | inner_columns
    return labels, columns
