"""Where a line of what is due leads: to what it speaks of, or to where that is begun."""

from __future__ import annotations

from branchbook.services.due_items import DueItem
from branchbook.ui.place import (
    BeginProcedure,
    BeginRecord,
    Destination,
    ShowLedgerRow,
    ShowPerson,
    ShowProcedure,
    ShowRecord,
    ShowRules,
    Subject,
)


def way_of(item: DueItem) -> Destination | None:
    """The place and subject; None where the line is about a requirement alone (``way_of_finding``)."""
    if item.about_rules:
        return Destination("settings", ShowRules())
    if item.about_joining:
        return Destination("conversions", _joining(item))
    if item.year and item.organisation_id is not None:
        return Destination("evaluations", _round(item))
    if item.ledger_row_id is not None:
        return Destination("ledgers", ShowLedgerRow(item.ledger_row_id))
    if item.person_id is not None:
        return Destination("members", ShowPerson(item.person_id))
    if item.procedure_id is not None:
        return Destination("elections", ShowProcedure(item.procedure_id))
    if item.begin_procedure and item.organisation_id is not None:
        return Destination("elections", BeginProcedure(item.begin_procedure, item.organisation_id))
    return None


def way_of_finding(item: DueItem) -> Destination:
    """A requirement's record, or a new one of its kind; a checklist is ticked on the Desk."""
    if item.record_id is not None:
        return Destination("meetings", ShowRecord(item.record_id))
    if item.finding is not None and item.finding.kinds:
        begun = BeginRecord(item.finding.kinds, item.finding.organisation_id, item.begin_on)
        return Destination("meetings", begun)
    return Destination("desk")


def _round(item: DueItem) -> Subject | None:
    """A year's evaluation: opened where it is under way, else offered to begin."""
    if item.procedure_id is not None:
        return ShowProcedure(item.procedure_id)
    assert item.organisation_id is not None
    return BeginProcedure(item.begin_procedure, item.organisation_id, year=item.year)


def _joining(item: DueItem) -> Subject | None:
    """Someone's joining or conversion: opened where it is under way, else offered to begin."""
    if item.procedure_id is not None:
        return ShowProcedure(item.procedure_id)
    if item.person_id is not None and item.organisation_id is not None and item.begin_procedure:
        return BeginProcedure(item.begin_procedure, item.organisation_id, item.person_id)
    return ShowPerson(item.person_id) if item.person_id is not None else None
