"""One cell of a ledger's table, read as its field wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from branchbook.domain.amounts import HalfCents, amount_words, decimals_of, read_amount
from branchbook.domain.fields import PERSON_TYPES, FieldSpec, FieldType
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.domain.roster import Roster
from branchbook.services.evidence import place_words
from branchbook.services.list_reading import NOTHING, NameReader, read_day
from branchbook.services.roster_plan import RosterChange
from branchbook.services.roster_values import Severity

READ_ONLY = frozenset({FieldType.LINK, FieldType.ATTACHMENT})
"""What stands in a table to be looked at only."""

_KEPT_AS_TEXT = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What a cell says: a value, or people; ``remarks`` are (severity, text) for the user to look at."""

    value: FieldValue = ""
    people: tuple[PersonRef, ...] = ()
    remarks: tuple[tuple[Severity, str], ...] = ()


@dataclass(frozen=True)
class CellReader:
    """Reads cells for one organisation as it is on a day; half cents go by the book's setting."""

    roster: Roster
    today: date
    half_cents: HalfCents

    def read(
        self, spec: FieldSpec, text: str, organisation_id: UUID, before: tuple[PersonRef, ...]
    ) -> ReadCell:
        """Raises RefusedProblem for what the field cannot hold. 无 empties everything but texts."""
        if text.strip() == NOTHING and spec.type not in _KEPT_AS_TEXT:
            return ReadCell()
        if spec.type in PERSON_TYPES:
            return self._people(spec, text, organisation_id, before)
        if spec.type in (FieldType.NUMBER, FieldType.MONEY):
            return self._amount(spec, text)
        if spec.type is FieldType.DATE:
            return ReadCell(read_day(text).isoformat())
        if spec.type is FieldType.YES_NO:
            return ReadCell(_yes_no(text))
        if spec.type is FieldType.CHOICES:
            return ReadCell(tuple(part.strip() for part in text.split("、") if part.strip()))
        if spec.type is FieldType.ORGANISATION:
            return ReadCell(str(self.place(text)))
        return ReadCell(text.strip() if spec.type is FieldType.CHOICE else text)

    def place(self, text: str) -> UUID:
        """An organisation by its name, a group's with its branch before it. Raises RefusedProblem for others."""
        found = self._places.get(" ".join(text.split()))
        if found is None:
            raise RefusedProblem("簿中没有这个组织，或有几个同名", text.strip(), "请写簿中的全称")
        return found

    def _people(
        self, spec: FieldSpec, text: str, organisation_id: UUID, before: tuple[PersonRef, ...]
    ) -> ReadCell:
        people, strangers = NameReader(self.roster, organisation_id, self.today).read(text, before)
        if spec.type is FieldType.PERSON and len(people) > 1:
            raise RefusedProblem("这一栏只写一个人", text.strip(), "请改正")
        remarks = tuple((Severity.CHECK, f"花名册里没有“{name}”，按所写的名字照录") for name in strangers)
        return ReadCell(people=people, remarks=remarks)

    def _amount(self, spec: FieldSpec, text: str) -> ReadCell:
        decimals = decimals_of(spec)
        read = read_amount(text, decimals, self.half_cents)
        if not read.rounded:
            return ReadCell(read.units)
        words = f"“{text.strip()}”四舍五入为 {amount_words(read.units, decimals)}"
        return ReadCell(read.units, remarks=((Severity.CHECK, words),))

    @cached_property
    def _places(self) -> Mapping[str, UUID | None]:
        """By name and by full name; None where a name is that of several."""
        found: dict[str, UUID | None] = {}
        for each in self.roster.organisations:
            for name in {each.name, each.name_on(self.today), place_words(self.roster, each.id, self.today)}:
                found[name] = each.id if found.get(name, each.id) == each.id else None
        return found


def _yes_no(text: str) -> bool:
    plain = text.strip()
    if plain in ("是", "有", "√"):
        return True
    if plain in ("否", "×"):
        return False
    raise RefusedProblem("应是“是”或“否”", plain, "请改正")


def changes_between(
    labels: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[RosterChange, ...]:
    """The cells that differ, in words, in the order of the labels."""
    return tuple(
        RosterChange(label, before.get(key, ""), after.get(key, ""))
        for key, label in labels.items()
        if before.get(key, "") != after.get(key, "")
    )
