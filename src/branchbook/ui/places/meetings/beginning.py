"""How a record at the Meetings place begins: new, pre-filled, or after the pattern of the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.records import Record
from branchbook.services.operations import Actor
from branchbook.services.record_defaults import copy_last, new_record, reference_to
from branchbook.services.store import Reading
from branchbook.ui.place import BeginRecord
from branchbook.ui.places.meetings.record_view import holders_of, with_kinds


def begun(
    reading: Reading,
    kinds: tuple[str, ...],
    organisation_id: UUID | None,
    held_on: date | None,
    scope_id: UUID,
    actor: Actor,
) -> Record:
    """A new record of these kinds, not stored. Without an organisation it is the first in scope that holds
    the main kind. Raises RefusedProblem where the organisation can't hold it."""
    day = held_on or actor.today
    holders = holders_of(reading.roster(), kinds[0], scope_id, day)
    whose = organisation_id or (holders[0].id if holders else scope_id)
    record = new_record(reading, kinds[0], whose, held_on, actor)
    return with_kinds(reading, record, kinds, actor) if len(kinds) > 1 else record


def filled(reading: Reading, record: Record, asked: BeginRecord) -> Record:
    """The record with the persons and values that another place asked for."""
    roster = reading.roster()
    day = record.held_on or (record.created_at.date() if record.created_at else date.min)
    people = {
        key: tuple(
            reference_to(roster, roster.person_by_id[each], record.organisation_id, day)
            for each in ids
            if each in roster.person_by_id
        )
        for key, ids in asked.people
    }
    return replace(record, people={**record.people, **people}, fields={**record.fields, **dict(asked.fields)})


def copied(reading: Reading, record: Record, actor: Actor) -> Record:
    """The record filled after the pattern of the last one of its kind; what it says already stays.

    Raises RefusedProblem where there is none to copy.
    """
    last = copy_last(reading, record.kind, record.organisation_id, record.held_on, actor)
    begun_agenda = any(item.title or item.speeches for item in record.agenda)
    return replace(
        record,
        venue=record.venue or last.venue,
        starts_at=record.starts_at or last.starts_at,
        ends_at=record.ends_at or last.ends_at,
        people={**record.people, **last.people},
        fields={**last.fields, **record.fields},
        agenda=record.agenda if begun_agenda else last.agenda,
    )
