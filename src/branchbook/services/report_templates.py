"""What services ask of the room that fills report templates. ``exchange`` implements it with docx."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

Words = Mapping[str, object]
"""What a template may name: texts, lists of rows of texts, and tables of figures; nothing else is reachable."""


class BlockKind(StrEnum):
    """What a piece of the filled text is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    ITEM = "item"  # of a list without numbers
    NUMBERED = "numbered"  # of a list counted 1, 2, 3
    CLOSING = "closing"  # at the right: who signs, and the day
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One piece of the filled text in its order. ``rows`` is for tables."""

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A filled template: the docx, its text, and in Chinese what of it is more than text."""

    docx: bytes
    blocks: tuple[TextBlock, ...]
    not_carried: tuple[str, ...] = ()


class ReportTemplates(Protocol):
    """Fills docx templates."""

    def fill(self, template: Path, words: Words, unknown: Callable[[str], Exception]) -> FilledTemplate:
        """The template with its places filled.

        Raises UnreadableProblem for a file that is no docx, has macros, links to the outside or a broken tag, or is
        too large; and what ``unknown`` makes of a place that the words do not have.
        """
        ...

    def fill_text(self, name: str, text: str, words: Words, unknown: Callable[[str], Exception]) -> str:
        """A text with the same places, filled. ``name`` is told where something is wrong with it.

        Raises UnreadableProblem for a broken tag, and what ``unknown`` makes of a place that the words do not have.
        """
        ...


def texts_of(blocks: Sequence[TextBlock]) -> str:
    """All of the text, one line for each paragraph and for each row of a table."""
    lines: list[str] = []
    for block in blocks:
        lines += ["\t".join(row) for row in block.rows] if block.rows else [block.text]
    return "\n".join(lines)
