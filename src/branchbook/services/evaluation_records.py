"""Records of the year that a round's steps may take up: what was entered before is a step, and stays a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.evaluation import FAMILY, YEARLY
from branchbook.domain.dates import chinese_date
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import RecordSummary
from branchbook.services.operations import Actor
from branchbook.services.procedures import procedures_of
from branchbook.services.store import Reading, RecordQuery

SIMPLE_KINDS = (
    "organisational_life_meeting",
    "democratic_evaluation",
    "heart_to_heart_talk",
    "general_meeting",
)
"""Kinds of record in which parts of a round were entered before there were rounds."""

_OWN_KIND = {
    "life_meeting": "organisational_life_meeting",
    "self_evaluation": "democratic_evaluation",
    "mutual_evaluation": "democratic_evaluation",
    "ballot": "democratic_evaluation",
    "talks": "heart_to_heart_talk",
}
"""The kind that is a step's own; a step is taken up by it alone."""

_TAKEN_UP = ("life_meeting", "self_evaluation", "mutual_evaluation", "ballot")
_NOT_DONE_BY_IT = ("ballot",)
"""The ballot's step rests on a count, which a record does not give."""

_FIRST_MONTH, _LAST_MONTH = 4, 3
"""A round of a year is held from the spring of it to that of the next: earlier records are last year's round."""


def simple_records(
    reading: Reading, organisation_id: UUID, year: int
) -> Mapping[str, tuple[RecordSummary, ...]]:
    """By step the records that it may take up, the latest first: of the year, or of the first quarter after it.

    Records that another round took up are left out; drafts are offered, undated ones are not.
    """
    taken = _taken(reading, organisation_id, year)
    query = RecordQuery(
        (organisation_id,), SIMPLE_KINDS, date(year, 1, 1), date(year + 1, _LAST_MONTH, 31), undated=False
    )
    found = [each for each in reading.summaries(query) if each.id not in taken]
    offered: dict[str, tuple[RecordSummary, ...]] = {}
    for step in YEARLY.steps:
        kinds = set(step.record_kinds) & set(SIMPLE_KINDS) | {_OWN_KIND.get(step.key, "")}
        fitting = tuple(each for each in found if kinds & set(each.kinds))
        if fitting:
            offered[step.key] = fitting
    return offered


def taking_up(reading: Reading, procedure: Procedure, actor: Actor) -> Procedure:
    """The round with the only record that fits a step taken up by it, said in the step's reason."""
    offered = simple_records(reading, procedure.organisation_id, procedure.year)
    first = date(procedure.year, _FIRST_MONTH, 1)
    for key in _TAKEN_UP:
        held = [
            each
            for each in offered.get(key, ())
            if _OWN_KIND[key] in each.kinds
            and each.is_held
            and each.held_on is not None
            and first <= each.held_on <= actor.today
        ]
        if len(held) == 1:
            procedure = procedure.with_entry(_entry(key, held[0]))
    return procedure


def _entry(step: str, record: RecordSummary) -> StepEntry:
    assert record.held_on is not None
    words = f"由已有的记录带入：{chinese_date(record.held_on)}{record.subject}".rstrip()
    done_on = None if step in _NOT_DONE_BY_IT else record.held_on
    return StepEntry(step, done_on, record_id=record.id, reason=words)


def _taken(reading: Reading, organisation_id: UUID, year: int) -> frozenset[UUID]:
    """Records in the rounds of other years."""
    return frozenset(
        entry.record_id
        for each in procedures_of(reading, organisation_id, FAMILY)
        if each.year != year
        for entry in each.steps
        if entry.record_id is not None
    )
