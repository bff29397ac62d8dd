"""The numbers of one meeting under the rules in force on its day, live while typing and when finalised."""

from __future__ import annotations

from dataclasses import dataclass

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.attendance import Count, count, strictest
from branchbook.domain.records import AgendaItem, DecisionKind, Record
from branchbook.domain.rights import exclusions_offered
from branchbook.domain.voting import Decision, decide
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import book_settings
from branchbook.services.settings_table import BookSettings
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands: its count, and the result of each vote by agenda item id as text."""

    count: Count
    decisions: dict[str, Decision]
    offers_exclusion: bool


def default_decision(record: Record) -> DecisionKind | None:
    """What the record's kinds decide ordinarily; a general meeting's rule before a committee's."""
    decisions = [kind_of(key).decision for key in record.kinds]
    return next((each for each in decisions if each is not None), None)


def count_of(reading: Reading, record: Record, finalised: Record | None = None) -> Count:
    """Add up a record's attendance. ``finalised`` is the record whose frozen votes stay as they are."""
    day = record.held_on
    default = default_decision(record)
    settings = book_settings(reading)
    rulebook = rulebook_of(reading)
    same_basis = finalised is not None and (finalised.held_on, finalised.kinds) == (day, record.kinds)
    frozen = (
        {line.person_id: line.votes for line in finalised.attendance} if finalised and same_basis else None
    )
    return count(
        record,
        reading.roster(),
        rulebook.on(day) if day else rulebook,
        default,
        in_admission_meetings=_by_setting(settings, strictest(record, default)),
        frozen_votes=frozen,
    )


def standing_of(reading: Reading, record: Record) -> Standing:
    """The live numbers under the grid and beside each vote, for a draft or a final record."""
    counted = count_of(reading, record, record if record.is_final else None)
    day = record.held_on
    rulebook = rulebook_of(reading).on(day) if day else rulebook_of(reading)
    decisions = {
        str(item.id): decide(item.vote, counted.due_votes, counted.present_votes, rulebook)
        for item in record.agenda
        if item.vote is not None
    }
    settings = book_settings(reading)
    kinds = {item.vote.decision for item in record.agenda if item.vote is not None}
    allowed = any(_by_setting(settings, kind) for kind in kinds)
    return Standing(counted, decisions, exclusions_offered(kinds, in_admission_meetings=allowed))


def decision_of(reading: Reading, record: Record, item: AgendaItem) -> Decision | None:
    """The result of one item's vote, derived; None where the item was not voted on."""
    return standing_of(reading, record).decisions.get(str(item.id))


def _by_setting(settings: BookSettings, decision: DecisionKind | None) -> bool:
    chosen = {
        DecisionKind.ACCEPTANCE: settings.exclude_at_acceptance,
        DecisionKind.CONVERSION: settings.exclude_at_conversion,
        DecisionKind.DISPOSAL: settings.exclude_at_disposal,
    }
    return chosen.get(decision, False) if decision else False
