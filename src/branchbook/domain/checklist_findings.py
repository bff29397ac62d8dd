"""Findings of user-defined checklists: a period is held when every item is satisfied or ticked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from branchbook.domain.checklists import Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.dates import Period, periods_of_year
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.requirements import CADENCE_NAMES, Finding, FindingState, Situation, owes
from branchbook.domain.standing_periods import stood_for

_Ticked = tuple[UUID, UUID, date]
"""Checklist, organisation and first day of the period of a tick."""


def checklist_findings(
    checklists: Sequence[Checklist],
    ticks: Sequence[ChecklistTick],
    situation: Situation,
    organisation_ids: Iterable[UUID],
    year: int,
) -> tuple[Finding, ...]:
    """One finding per period of each checklist and branch; the requirement is ``checklist:<id>``."""
    ticked: dict[_Ticked, set[UUID]] = defaultdict(set)
    for tick in ticks:
        ticked[tick.checklist_id, tick.organisation_id, tick.period_start].add(tick.item_id)
    branches = [situation.roster.organisation_by_id[each] for each in organisation_ids]
    found = []
    for checklist in sorted(checklists, key=lambda each: (each.position, each.name, str(each.id))):
        for place in branches:
            if place.kind == OrganisationKind.BRANCH and applies_to(checklist, place):
                for period in periods_of_year(year, checklist.cadence):
                    done = ticked[checklist.id, place.id, period.start]
                    found.append(_finding(checklist, done, situation, place, period))
    return tuple(found)


def applies_to(checklist: Checklist, place: Organisation) -> bool:
    """Whether a checklist asks anything of an organisation."""
    return not checklist.organisation_ids or place.id in checklist.organisation_ids


def _open_items(
    checklist: Checklist,
    ticked: Collection[UUID],
    situation: Situation,
    organisation_id: UUID,
    period: Period,
) -> tuple[tuple[ChecklistItem, ...], tuple[UUID, ...]]:
    """Items neither satisfied in a period nor ``ticked``, and the records that satisfy the others.

    Records of the organisation's groups count for it; what is dated after today does not count yet.
    """
    last = min(period.end, situation.today)
    groups = (each.id for each in situation.roster.organisations if each.parent_id == organisation_id)
    held = [
        record
        for place in (organisation_id, *groups)
        for record in situation.by_place.get(place, ())
        if record.is_held and record.held_on is not None and period.start <= record.held_on <= last
    ]
    missing, records = [], []
    for item in checklist.items:
        satisfying = [record.id for record in held if set(record.kinds) & set(item.satisfied_by)]
        records.extend(satisfying)
        if not satisfying and item.id not in ticked:
            missing.append(item)
    return tuple(missing), tuple(dict.fromkeys(records))


def _finding(
    checklist: Checklist,
    ticked: Collection[UUID],
    situation: Situation,
    place: Organisation,
    period: Period,
) -> Finding:
    missing, records = _open_items(checklist, ticked, situation, place.id, period)
    state, reason = _state(checklist, place, period, missing, situation)
    return Finding(
        requirement=f"checklist:{checklist.id}",
        title=checklist.name,
        cadence=CADENCE_NAMES[checklist.cadence],
        organisation_id=place.id,
        scope=place.name_on(min(period.end, situation.today)),
        period_start=period.start,
        period_end=period.end,
        state=state,
        records=records,
        reason=reason,
        article=checklist.source or checklist.label,
        confidence="C",
    )


def _state(
    checklist: Checklist,
    place: Organisation,
    period: Period,
    missing: tuple[ChecklistItem, ...],
    situation: Situation,
) -> tuple[FindingState, str]:
    today = situation.today
    if period.end < checklist.from_on or (checklist.to_on is not None and checklist.to_on < period.start):
        return FindingState.NOT_REQUIRED, "清单不适用于这一期"
    if not missing:
        return FindingState.HELD, "各项均已完成"
    ends = {place.founded_on} | ({place.closed_on} if place.closed_on else set())
    if not owes(stood_for(period, ends, place.exists_on), period, situation):
        return FindingState.NOT_REQUIRED, "本期存续不足一半，不作要求"
    lacking = f"还缺：{'、'.join(item.title for item in missing)}"
    if today < period.start:
        return FindingState.NOT_YET, "时间未到"
    if today <= period.end:
        return FindingState.DUE, lacking
    return FindingState.OVERDUE, f"已逾期 {(today - period.end).days} 天；{lacking}"
