"""What services ask of files that come from and go to other programs. ``exchange`` implements it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from branchbook.services.printing_press import ContentSource


class NoteKind(StrEnum):
    """What a reader had to do to turn a cell or row into plain text."""

    MERGED_FILLED = "merged_filled"  # the cells of a merged area all carry its value
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_SHEET = "hidden_sheet"
    FORMULA = "formula"  # the value that the formula last gave
    FORMULA_EMPTY = "formula_empty"  # a formula that was never calculated
    CELL_ERROR = "cell_error"  # #N/A and the like, read as empty


@dataclass(frozen=True, slots=True)
class TableNote:
    """A remark about reading a table. ``row`` and ``column`` count from 1; 0 is the whole table."""

    kind: NoteKind
    text: str
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class CellTable:
    """One sheet as text. ``rows[0]`` is the file's first row, so row n of the file is ``rows[n - 1]``.

    Dates read as 2019-07-01; whole numbers without a decimal point; empty cells as "". Rows end with
    their last non-empty cell.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[TableNote, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list to be written. ``width`` is in characters."""

    label: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list to be written as one sheet: a head, then rows of text. Nothing in it is ever a formula."""

    name: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]


class TableFiles(Protocol):
    """Reads and writes spreadsheet files."""

    def read(self, path: Path) -> tuple[CellTable, ...]:
        """Every sheet of the file. Raises UnreadableProblem saying what the file is instead."""
        ...

    def write(self, path: Path, tables: Sequence[ListTable]) -> None:
        """Write one sheet per table; an existing file is replaced only when the new one is complete."""
        ...


@dataclass(frozen=True, slots=True)
class ExchangeLimits:
    """How much an exchange file may hold, in bytes, so that a hostile one cannot fill the disk."""

    total_bytes: int
    entity_bytes: int = 64 * 1024 * 1024
    setting_name: str = "交换文件大小上限"


class ExchangeReader(Protocol):
    """An exchange file opened for reading; nothing of it is held in memory as a whole."""

    def entities(self) -> Iterator[tuple[str, str]]:
        """Each value as (type name, JSON text), in the file's order. May be asked again."""
        ...

    def content_names(self) -> frozenset[str]:
        """The SHA-256 names of the attachments in the file."""
        ...

    def content(self, sha256: str) -> bytes:
        """An attachment's bytes. Raises UnreadableProblem where they do not match their name."""
        ...


class ExchangeArchives(Protocol):
    """Writes and opens exchange files (docs/exchange-format.md)."""

    def write(
        self, path: Path, entities: Iterator[tuple[str, str]], contents: Sequence[str], source: ContentSource
    ) -> None:
        """Write (type name, JSON text) in the order given, then the attachments named by ``contents``.

        An existing file is replaced only when the new one is complete.
        """
        ...

    def open(self, path: Path, limits: ExchangeLimits) -> AbstractContextManager[ExchangeReader]:
        """Open a file. Raises UnreadableProblem for anything but a whole exchange file in our version."""
        ...
