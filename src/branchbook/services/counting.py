"""The numbers of one meeting under the rules in force on its day, live while typing and when finalised."""

from __future__ import annotations

from dataclasses import dataclass

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.attendance import Count, count, strictest
from branchbook.domain.records import DecisionKind, Presence, Record
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
    decisions = {kind_of(key).decision for key in record.kinds}
    order = (DecisionKind.ORDINARY, DecisionKind.COMMITTEE)
    return next((each for each in order if each in decisions), None)


def count_of(reading: Reading, record: Record, finalised: Record | None = None) -> Count:
    """Add up a record's attendance. ``finalised`` is the record whose frozen votes stay as they are.

    They hold for its day, whatever kinds the record has. Of someone left out of 应到 at 定稿 nothing was
    frozen: where the exclusion is taken back, the roster says whether they vote.
    """
    day = record.held_on
    default = default_decision(record)
    settings = book_settings(reading)
    rulebook = rulebook_of(reading)
    frozen = None
    if finalised is not None and finalised.held_on == day:
        frozen = {
            line.person_id: line.votes
            for line in finalised.attendance
            if line.votes or line.presence != Presence.EXCLUDED
        }
    return count(
        record,
        reading.roster(),
        rulebook.on(day) if day else rulebook,
        default,
        in_admission_meetings=_by_setting(settings, strictest(record, default)),
        frozen_votes=frozen,
    )


def standing_of(reading: Reading, record: Record) -> Standing:
    """The live numbers under the grid and beside each vote, for a draft or a final record.

    A final record that is being corrected counts with what was frozen in the one that the book holds.
    """
    finalised = (reading.get(Record, record.id) or record) if record.is_final else None
    counted = count_of(reading, record, finalised)
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


def unexplained_items(reading: Reading, record: Record) -> tuple[str, ...]:
    """Titles of items of a counted record whose recorded outcome contradicts the counts without a reason."""
    doubtful = [
        (item.title, item.vote)
        for item in record.agenda
        if item.vote is not None and item.vote.recorded_passed is not None and not item.vote.reason.strip()
    ]
    if not doubtful or record.frozen is None or record.held_on is None:
        return ()
    due, present = record.frozen.due_votes, record.frozen.present_votes
    rulebook = rulebook_of(reading).on(record.held_on)
    return tuple(title for title, vote in doubtful if decide(vote, due, present, rulebook).contradicts)


def _by_setting(settings: BookSettings, decision: DecisionKind | None) -> bool:
    chosen = {
        DecisionKind.ACCEPTANCE: settings.exclude_at_acceptance,
        DecisionKind.CONVERSION: settings.exclude_at_conversion,
        DecisionKind.DISPOSAL: settings.exclude_at_disposal,
    }
    return chosen.get(decision, False) if decision else False
