"""One line of what is due, as the Desk shows it, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.dates import chinese_date
from branchbook.domain.requirements import Finding


@dataclass(frozen=True, slots=True)
class DueItem:
    """One line of what is due. ``badge`` is short (逾期 24 天), ``tone`` is bad, warn or quiet.

    ``action`` is the button's word. A finding's button begins or opens its record with ``begin_kind``,
    the finding's organisation, and ``begin_on`` (None: the period is over, the day stays open). A button about
    a term or an election opens ``procedure_id``, or begins the shape ``begin_procedure`` for the organisation; one
    with ``person_id`` is about that person, and a conversion is begun for them (``conversions.begin_conversion``).
    ``year`` is that of a yearly round that is opened or begun (``evaluations.begin_evaluation``), else 0.
    One with ``ledger_row_id`` opens that row of a ledger.
    """

    title: str
    badge: str
    tone: str
    detail: str
    article: str
    action: str = ""
    finding: Finding | None = None
    record_id: UUID | None = None
    begin_kind: str = ""
    begin_on: date | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    procedure_id: UUID | None = None
    begin_procedure: str = ""
    year: int = 0
    ledger_row_id: UUID | None = None
    about_rules: bool = False
    about_joining: bool = False


def short_date(day: date, today: date) -> str:
    """9月30日, with its year only where it is not this one."""
    return f"{day.month}月{day.day}日" if day.year == today.year else chinese_date(day)
