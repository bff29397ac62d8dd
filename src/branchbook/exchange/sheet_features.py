"""What a sheet's XML says beside its values: merged areas, hidden rows, formulas.

openpyxl does not tell these while it streams, and loading 100,000 rows whole would take ten times the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 1, inclusive."""


@dataclass
class SheetFeatures:
    """Positions count from 1."""

    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)


_SIGNS = re.compile(rb"[<:]f[\s>/]|mergeCell|hidden=|\x00")
_CHUNK = 1 << 20


def may_have_features(file: IO[bytes]) -> bool:
    """Whether a full scan is worth its time; a plain sheet of 100,000 rows is searched in a blink."""
    tail = b""
    while chunk := file.read(_CHUNK):
        if _SIGNS.search(tail + chunk):
            return True
        tail = chunk[-16:]
    return False


def scan_sheet(file: IO[bytes]) -> SheetFeatures:
    """Read one worksheet part once, keeping only the features."""
    from defusedxml.ElementTree import iterparse

    features = SheetFeatures()
    row_number = column_number = 0
    has_formula = False
    for event, element in iterparse(file, events=("start", "end")):
        tag = element.tag.removeprefix(_MAIN).removeprefix(_STRICT)
        if event == "start":
            if tag == "row":
                row_number = int(element.get("r") or row_number + 1)
                column_number = 0
                if element.get("hidden") in ("1", "true"):
                    features.hidden_rows.append(row_number)
            elif tag == "c":
                column_number = _column_of(element.get("r"), column_number + 1)
                has_formula = False
            elif tag == "f":
                has_formula = True
            continue
        if tag == "c" and has_formula:
            features.formulas.add((row_number, column_number))
            has_formula = False
        _note_at_end(tag, element, features)
        if tag in ("row", "c"):
            element.clear()
    return features


def _note_at_end(tag: str, element: object, features: SheetFeatures) -> None:
    get = getattr(element, "get")  # noqa: B009  (defusedxml gives no types)
    if tag == "mergeCell":
        area = parse_area(get("ref") or "")
        if area is not None:
            features.merged.append(area)
    elif tag == "col" and get("hidden") in ("1", "true"):
        features.hidden_columns.append((int(get("min")), int(get("max"))))


def _column_of(reference: str | None, default: int) -> int:
    position = _position(reference or "")
    return default if position is None else position[1]


def parse_area(reference: str) -> Area | None:
    """``A1:C3`` as numbers; None where the text is not an area."""
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last or first)
    return None if start is None or end is None else (*start, *end)


def _position(reference: str) -> tuple[int, int] | None:
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column
