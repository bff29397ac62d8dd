"""Dataclass to row and back: one column for each field, converted by the field's type.

Dates and times become ISO 8601 text, ids and enumerations text, yes and no 1 and 0; anything nested
becomes JSON in the same form as exports and history use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from branchbook.services.codec import to_json

T = TypeVar("T")
_Convert = Callable[[Any], Any]


class RowCodec(Generic[T]):
    """Turns values of one frozen dataclass into rows and rows into values.

    ``left_out`` names fields that live in tables of their own; they come back through ``owned``.
    """

    def __init__(self, value_type: type[T], left_out: Iterable[str] = ()) -> None:
        """Read the dataclass's fields and types once."""
        hidden = frozenset(left_out)
        hints = get_type_hints(value_type)
        self.value_type = value_type
        self.names = tuple(field.name for field in fields(value_type) if field.name not in hidden)  # type: ignore[arg-type]
        converters = [_converters(hints[name]) for name in self.names]
        self._write = tuple((name, write) for name, (write, _, _) in zip(self.names, converters, strict=True))
        self._read = tuple((name, read) for name, (_, read, _) in zip(self.names, converters, strict=True))
        # A type without fields elsewhere is built by msgspec in one go; nested values stand in their cell as JSON.
        self._whole = not hidden
        pairs = zip(self.names, converters, strict=True)
        self._nested = tuple(name for name, (_, _, nested) in pairs if nested)

    def to_row(self, value: T) -> dict[str, Any]:
        """The row of a value: column name to a number, a text or None."""
        row = {}
        for name, convert in self._write:
            cell = getattr(value, name)
            row[name] = cell if convert is None or cell is None else convert(cell)
        return row

    def from_row(self, row: Sequence[Any], **owned: Any) -> T:
        """The value of a row whose cells stand in the order of ``names``; more cells may follow."""
        for (name, convert), cell in zip(self._read, row, strict=False):
            owned[name] = cell if convert is None or cell is None else convert(cell)
        return self.value_type(**owned)

    def from_rows(self, rows: Iterable[Sequence[Any]]) -> list[T]:
        """Values of many rows, several times faster for types that have all their fields in the row."""
        if not self._whole:
            return [self.from_row(row) for row in rows]
        cells = [dict(zip(self.names, row, strict=False)) for row in rows]
        # strict=False only for the yes and no that the tables keep as 1 and 0.
        if not self._nested:
            return msgspec.convert(cells, list[self.value_type], strict=False)  # type: ignore[name-defined]
        for cell in cells:
            for name in self._nested:
                if cell[name] is not None:
                    cell[name] = msgspec.Raw(cell[name])
        whole = msgspec.json.encode(cells)
        return msgspec.json.decode(whole, type=list[self.value_type], strict=False)  # type: ignore[name-defined]


def _converters(hint: Any) -> tuple[_Convert | None, _Convert | None, bool]:
    """How a field of this type is written and read (None: the cell is the value), and whether it is nested."""
    kind = _without_none(hint)
    if kind is str or kind is int:
        return None, None, False
    if kind is bool:
        return int, bool, False
    if kind is UUID:
        return str, _identity, False
    if kind in (date, time, datetime):
        return kind.isoformat, kind.fromisoformat, False
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str, kind, False
    return to_json, msgspec.json.Decoder(kind).decode, True


def _without_none(hint: Any) -> Any:
    """The type in ``X | None``."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    members = [each for each in get_args(hint) if each is not NoneType]
    return members[0] if len(members) == 1 else hint


def _identity(text: str) -> UUID:
    """``UUID(text)``, four times faster: the ids of a large book are thousands."""
    return msgspec.convert(text, UUID)
