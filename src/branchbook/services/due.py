"""What is owed: the findings of a year, from the shipped requirements and the book's checklists."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from branchbook.catalogue.requirements import REQUIREMENTS
from branchbook.domain.checklist_findings import checklist_findings
from branchbook.domain.checklists import Checklist, ChecklistTick
from branchbook.domain.requirements import Finding, LocalCadence, Situation, findings
from branchbook.domain.roster import Roster
from branchbook.services.evaluation_reading import counted_elsewhere, rounds_held
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import book_settings
from branchbook.services.store import Reading, RecordQuery


def situation_of(reading: Reading, organisation_ids: tuple[UUID, ...], year: int, today: date) -> Situation:
    """The roster, the year's records of the organisations and their groups, and the rules."""
    roster = reading.roster()
    places = organisation_ids + _groups_below(roster, organisation_ids)
    query = RecordQuery(places, from_on=date(year, 1, 1), to_on=date(year, 12, 31), undated=False)
    settings = book_settings(reading)
    local = tuple(
        LocalCadence(
            each.requirement,
            each.cadence,
            each.source,
            each.from_on or date.min,
            each.times,
            each.organisation_ids,
        )
        for each in settings.local_cadences
    )
    return Situation(
        roster,
        reading.summaries(query),
        rulebook_of(reading),
        today,
        half_period_counts=settings.half_period_rule,
        talks_with_each=settings.talks_with_each_committee_member,
        local=local,
        rounds=rounds_held(reading, organisation_ids, year),
        counted_elsewhere=counted_elsewhere(reading, organisation_ids, year),
    )


def year_findings(
    reading: Reading, organisation_ids: tuple[UUID, ...], year: int, today: date
) -> tuple[Finding, ...]:
    """Every period of a year of every requirement, then of every checklist, in the order of the grid."""
    return findings_in(reading, situation_of(reading, organisation_ids, year, today), organisation_ids, year)


def findings_in(
    reading: Reading, situation: Situation, organisation_ids: tuple[UUID, ...], year: int
) -> tuple[Finding, ...]:
    """As ``year_findings``, for a situation already at hand."""
    required = findings(REQUIREMENTS, situation, organisation_ids, year)
    checklists = reading.all(Checklist)
    if not checklists:
        return required
    ticks = reading.all(ChecklistTick)
    return required + checklist_findings(checklists, ticks, situation, organisation_ids, year)


def default_organisations(reading: Reading, today: date) -> tuple[UUID, ...]:
    """All branches of the book that exist in the year of ``today``, and the general branch."""
    roster = reading.roster()
    top = roster.general_branch()
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    branches = [
        each.id
        for each in roster.organisations
        if each.kind.value == "branch"
        and each.founded_on <= last
        and (each.closed_on is None or each.closed_on > first)
    ]
    order = {each.id: (each.position, each.founded_on, each.name) for each in roster.organisations}
    return tuple(sorted(branches, key=lambda each: order[each])) + ((top.id,) if top else ())


def _groups_below(roster: Roster, organisation_ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    wanted = set(organisation_ids)
    return tuple(
        each.id for each in roster.organisations if each.parent_id in wanted and each.kind == "group"
    )
