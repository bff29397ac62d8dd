"""Names in the order of strokes, as they stand on a ballot (按姓氏笔画为序, 第二十四条, E-22).

The first character decides, by the number of its strokes and then by their sequence, then the next one. A
compound surname goes by its first character too. The order of characters is a table that is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from branchbook.domain.names import MIDDLE_DOT

T = TypeVar("T")

_BEFORE_ALL = -1
_SINGLE_NAME = 2
_MIDDLE_DOTS = frozenset("•‧∙⋅・．●・") | {MIDDLE_DOT}


@dataclass(frozen=True, slots=True)
class StrokeOrder:
    """The table: the place of each character it has, from 0 on."""

    places: Mapping[str, int]

    @classmethod
    def of(cls, characters: Iterable[str]) -> StrokeOrder:
        """The table of characters in their order."""
        return cls({character: place for place, character in enumerate(characters)})

    def key(self, name: str, *, single_names_first: bool = True) -> tuple[int, ...]:
        """What a name sorts by. Blanks and the middle dot between parts of a name weigh nothing.

        ``single_names_first``: of one surname, 田富 before 田大利 as the Party does it; else character by
        character. A character outside the table comes after all others, by its code point.
        """
        written = _written(name)
        key = [self._place(character) for character in written]
        if single_names_first and len(written) == _SINGLE_NAME:
            key.insert(1, _BEFORE_ALL)
        return tuple(key)

    def ordered(
        self, items: Iterable[T], name_of: Callable[[T], str], *, single_names_first: bool = True
    ) -> tuple[T, ...]:
        """The items by the names they have; equal names stay as they were."""
        return tuple(
            sorted(items, key=lambda each: self.key(name_of(each), single_names_first=single_names_first))
        )

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Characters of the names that the table does not have, each once."""
        characters = (character for name in names for character in _written(name))
        return tuple(dict.fromkeys(each for each in characters if each not in self.places))

    def hint(self, names: Iterable[str]) -> str:
        """What to tell where the order of some names is not certain; empty where it is."""
        characters = self.unknown(names)
        if not characters:
            return ""
        return f"笔画表里没有“{'、'.join(characters)}”，含这些字的姓名暂排在后面，请核对并手工调整次序"

    def _place(self, character: str) -> int:
        return self.places.get(character, len(self.places) + ord(character))


def _written(name: str) -> str:
    return "".join(each for each in name if not each.isspace() and each not in _MIDDLE_DOTS)
