"""Columns of tables, and ballots that are made of them: what papers of several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid. ``group`` is a common head above neighbouring columns with the same group."""

    key: str
    label: str
    width_mm: float
    align: str = "centre"  # centre, left or right
    group: str = ""
    hidden: bool = False


class BallotStyle(StrEnum):
    """How the names stand on a ballot (forms in use call them 甲 and 乙)."""

    CELLS = "cells"  # 甲: names set vertically side by side, a cell for the mark above each
    TABLE = "table"  # 乙: a line for each name, a column for each mark


@dataclass(frozen=True, slots=True)
class Ballots:
    """Ballots and other small papers, several alike on a sheet, with lines to cut along.

    All copies are the same; no number, name or page number tells one from another (选举条例: 无记名).
    ``columns`` are those of TABLE; CELLS sets only the rows' ``name``. ``write_ins`` empty places
    follow (另选他人), in TABLE beside the names in ``write_in_columns``. ``per_sheet`` is 1, 2, 4 or 8
    on A4, with ``half_sheet`` one on a sheet of A5 that lies; where a copy does not fit, fewer stand
    on a sheet, and one alone may run on to further pages; a lying paper has one. ``adjustable``: the user may
    rename and leave out columns (not where a regulation gives the form). ``font_size`` 0: as the copies ask for.

    Values: ``subtitle`` (lines in the middle under the title), ``left`` and ``right`` (on one line above the
    names), ``rows``, ``notes`` (paragraphs). ``columns`` without rows print ``blank_rows`` empty ones.
    """

    columns: tuple[Column, ...] = ()
    style: BallotStyle = BallotStyle.CELLS
    key: str = "rows"
    write_ins: int = 0
    write_in_columns: tuple[Column, ...] = ()
    blank_rows: int = 5
    per_sheet: int = 2
    half_sheet: bool = False
    seal: str = "（支部盖章）"
    row_height_mm: float = 9.5
    note_size: float = 10.0
    adjustable: bool = False
    font_size: float = 0.0
