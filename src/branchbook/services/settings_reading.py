"""The settings of a book as typed values, read from what is stored over the defaults."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

from branchbook.services.codec import decode
from branchbook.services.settings_table import SPEC_BY_KEY, BookSettings
from branchbook.services.store import Reading

PREFIX = "book."
"""Keys of declared settings begin so; other values kept as settings (transfers) have their own prefix."""

SETTING_TYPES = get_type_hints(BookSettings)
"""The type of each setting's value."""


def book_settings(reading: Reading) -> BookSettings:
    """All settings of a book. Raises UnreadableProblem naming a stored setting that cannot be read."""
    stored = reading.settings(PREFIX)
    values = {
        each.name: decode(
            stored[PREFIX + each.name], SETTING_TYPES[each.name], f"设置“{label_of(each.name)}”"
        )
        for each in fields(BookSettings)
        if PREFIX + each.name in stored
    }
    return BookSettings(**values)


def label_of(key: str) -> str:
    """The Chinese label of a setting; the key itself for one that is not declared."""
    return SPEC_BY_KEY[key].label if key in SPEC_BY_KEY else key
