"""Private records: what they show without being asked.

A private talk is the secretary's own. Who talked with whom and when stays open, since the year is counted by
it; subject, occasion, texts and evidence are left out of lists, papers, handbook, history and search. They come
back only by 显示 on the record itself and by a switch at the printing of one paper. The exchange file and
the backup hold everything: they are the book.
"""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.records import PRIVATE, Record

WITHHELD = "内容不公开"
"""Stands on a paper in the place of what is left out."""

PRIVATE_JSON = f'"{PRIVATE}":true'
"""How a private record's JSON says so. Within a text the quotes would be escaped, so nothing typed looks like it."""


def may_be_private(kinds: tuple[str, ...]) -> bool:
    """Whether a record of these kinds can be marked private."""
    return any(KIND_BY_KEY[key].open_fields is not None for key in kinds if key in KIND_BY_KEY)


def open_part(record: Record) -> Record:
    """The record as it may be shown to anyone: itself, or without what is private."""
    if not record.is_private:
        return record
    found = (KIND_BY_KEY[key].open_fields or frozenset() for key in record.kinds if key in KIND_BY_KEY)
    shown = frozenset({PRIVATE}).union(*found)
    fields = {key: value for key, value in record.fields.items() if key in shown}
    return replace(
        record, subject="", occasion="", fields=fields, agenda=(), observers=(), correction_reason=""
    )


def is_private_json(payload: str | None) -> bool:
    """Whether a stored state of a record (as history keeps it) is private."""
    return payload is not None and PRIVATE_JSON in payload
