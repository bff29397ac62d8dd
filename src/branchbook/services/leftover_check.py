"""The look before 定稿: advice on what a copied record left behind. It never blocks saving or 定稿."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.leftovers import Leftover, Surroundings, leftovers
from branchbook.domain.organisations import Organisation
from branchbook.domain.records import Record
from branchbook.domain.roster import Roster
from branchbook.services.counting import count_of
from branchbook.services.meetings import missing_fields
from branchbook.services.store import Reading


def look_over(reading: Reading, record: Record) -> tuple[Leftover, ...]:
    """Everything in a record that looks left over, in the order in which it stands; empty where all is well."""
    related, others = _names(reading.roster(), record.organisation_id)
    counted = count_of(reading, record).frozen if record.attendance else None
    around = Surroundings(
        own_names=related,
        other_names=others,
        missing=missing_fields(record),
        labels=_labels(record),
        count=counted,
    )
    return leftovers(record, around)


def _names(roster: Roster, organisation_id: UUID) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names, former ones too, of the organisation with those above and below it; and of all others."""
    related = {organisation_id}
    above: UUID | None = organisation_id
    while above is not None:
        related.add(above)
        organisation = roster.organisation_by_id.get(above)
        above = organisation.parent_id if organisation else None
    below = [each.id for each in roster.organisations if each.parent_id == organisation_id]
    below += [each.id for each in roster.organisations if each.parent_id in set(below)]
    related.update(below)
    own = [each for each in roster.organisations if each.id in related]
    others = [each for each in roster.organisations if each.id not in related]
    return _all_names(own), _all_names(others)


def _all_names(organisations: Iterable[Organisation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(dated.name for each in organisations for dated in each.names))


def _labels(record: Record) -> dict[str, str]:
    kinds = [kind_of(key) for key in record.kinds]
    labels = {spec.key: spec.label for kind in reversed(kinds) for spec in kind.fields}
    return {**labels, "subject": kinds[0].subject_label}
