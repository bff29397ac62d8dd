"""Fields that a kind of record or a step of a procedure describes as data; editors are made from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What a field holds; the editor makes a widget of it.

    A DATE is kept as ISO 8601 text, "" where none was entered. MONEY is a whole number of fen, a NUMBER one of
    its smallest parts (``decimals``), so that sums are exact. An ORGANISATION is its id as text, a LINK
    "record:<id>", "procedure:<id>" or "ledger_row:<id>". An ATTACHMENT has no value: the files of the kind that
    ``choices`` names, attached to whatever has the field, are it.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    PERSON = "person"
    PERSONS = "persons"
    MONEY = "money"
    ORGANISATION = "organisation"
    LINK = "link"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. ``PERSON`` and ``PERSONS`` fields live among the value's ``people``, others in its
    ``fields`` or ``values``. ``default_post`` pre-fills a person field with the holder of that post.
    ``beside_others``: asked only where a record is of other kinds too, whose own fields would hold it else.
    ``decimals`` are the places behind the point of a NUMBER: 1 counts half days exactly.
    ``carried``: a choice that a record after the pattern of the last one takes over.
    ``setting``: the book's setting that holds the choices, in place of ``choices``.
    """

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    default_post: str = ""
    hint: str = ""
    beside_others: bool = False
    decimals: int = 0
    setting: str = ""
    carried: bool = True


PERSON_TYPES = frozenset({FieldType.PERSON, FieldType.PERSONS})
