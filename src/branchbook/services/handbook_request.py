"""What a handbook is asked for, and what one of its sections is known by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from branchbook.catalogue.handbook import BINDING_MM, TICKED
from branchbook.domain.papers import PrintOptions, Section
from branchbook.services.paper_binding import PaperRequest, within_year


def bound_duplex() -> PrintOptions:
    """Printed on both sides with room for binding: how a handbook is meant to be made."""
    return PrintOptions(duplex=True, binding_mm=BINDING_MM)


@dataclass(frozen=True, slots=True)
class HandbookRequest:
    """Which handbook, of which parts. ``day`` is today: the roster is that of the year's end, or today's.

    ``by_quarter`` puts the records in order of date under the four quarters instead of under their
    kinds. Only final records print unless ``with_drafts``; a draft says so beside its title.
    ``blank_sheets`` overrides how many empty sheets of a part a blank handbook has.
    """

    organisation_id: UUID
    year: int
    day: date
    parts: frozenset[str] = TICKED
    by_quarter: bool = False
    blank: bool = False
    with_drafts: bool = False
    identity_numbers: bool | None = None
    blank_sheets: Mapping[str, int] = field(default_factory=dict)
    options: PrintOptions = field(default_factory=bound_duplex)

    @property
    def roster_day(self) -> date:
        """The day on which the handbook asks the roster: 31 December, or today while the year runs."""
        return within_year(self.day, self.year)

    def paper(self, key: str) -> PaperRequest:
        """The request for one paper of this handbook."""
        return PaperRequest(
            key,
            self.day,
            organisation_id=self.organisation_id,
            year=self.year,
            identity_numbers=self.identity_numbers,
            with_drafts=self.with_drafts,
        )


@dataclass(frozen=True, slots=True)
class HandbookSection:
    """A section with the part it belongs to. ``key`` is the same in every printing of the same thing.

    ``record_id`` is set where the section shows one record.
    """

    part: str
    key: str
    section: Section
    record_id: UUID | None = None
