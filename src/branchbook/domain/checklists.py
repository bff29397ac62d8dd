"""User-defined checklists such as “五必做”: named items, each owed once in every period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Cadence(StrEnum):
    """How long one period of a requirement is."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item; held records of any kind in ``satisfied_by`` satisfy it, else it is ticked by hand."""

    id: UUID
    title: str
    satisfied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """A named list of items. ``organisation_ids`` empty: it applies to every branch.

    ``source`` names the document that asks for it; ``label`` is shown beside the name, for example
    示例，非官方定义.
    """

    id: UUID
    name: str
    cadence: Cadence
    items: tuple[ChecklistItem, ...]
    from_on: date
    to_on: date | None = None
    organisation_ids: tuple[UUID, ...] = ()
    source: str = ""
    label: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class ChecklistTick:
    """An item ticked by hand for one period of one organisation, with what proves it."""

    id: UUID
    checklist_id: UUID
    item_id: UUID
    organisation_id: UUID
    period_start: date
    ticked_on: date
    evidence: str = ""
