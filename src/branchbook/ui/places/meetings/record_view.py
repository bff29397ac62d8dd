"""Everything the record card shows of one record, read in one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.fields import PERSON_TYPES
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Post, Standing
from branchbook.domain.records import PRIVATE, Attachment, AttachmentKind, PersonRef, Record
from branchbook.domain.rights import exclusion_classes
from branchbook.domain.roster import Roster
from branchbook.services.evidence import expected_of, places_below
from branchbook.services.meetings import with_day_changed
from branchbook.services.operations import Actor
from branchbook.services.record_defaults import default_person, new_record
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import book_settings
from branchbook.services.store import Reading, RecordQuery
from branchbook.ui.people_choices import namesakes, people_choices, people_of
from branchbook.ui.widgets.person_picker import PersonChoice


@dataclass(frozen=True)
class RecordView:
    """A record with what surrounds it. ``number`` is which of its kind it is in its year, 0 when undated.

    ``organisations`` could hold it; ``notes`` are words behind names in the grid, ``shown`` names of those
    due who are not the only ones of their name; ``expected`` are the attachments that the settings want;
    ``choices`` are those that a setting holds, by its key.
    """

    record: Record
    organisation: Organisation
    number: int
    organisations: tuple[tuple[UUID, str], ...]
    people: tuple[PersonChoice, ...]
    notes: Mapping[UUID, str]
    shown: Mapping[UUID, str]
    attachments: tuple[Attachment, ...]
    expected: tuple[AttachmentKind, ...]
    exclusion_classes: Mapping[str, str]
    secretary_id: UUID | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def view_of(reading: Reading, record: Record, scope_id: UUID, today: date) -> RecordView:
    """The record as it would be shown now; ``today`` stands for the day of an undated one."""
    roster = reading.roster()
    day = record.held_on or today
    secretary = roster.holder_of(record.organisation_id, Post.SECRETARY, day)
    settings = book_settings(reading)
    return RecordView(
        record=record,
        organisation=roster.organisation_by_id[record.organisation_id],
        number=_number(reading, record),
        organisations=_organisations(roster, record, scope_id, day),
        people=people_choices(roster, record.organisation_id, day),
        notes=_notes(roster, record, day),
        shown=_shown(roster, record, day),
        attachments=reading.attachments_of((record.id,)),
        expected=expected_of(record.kinds, settings.expected_attachments),
        exclusion_classes=exclusion_classes(rulebook_of(reading).on(day)),
        secretary_id=secretary.id if secretary else None,
        choices={"talk_occasions": settings.talk_occasions},
    )


def _shown(roster: Roster, record: Record, day: date) -> dict[UUID, str]:
    """As the pickers show them, so that a namesake bears the same mark in the grid and beside it."""
    due = (roster.person_by_id.get(line.person_id) for line in record.attendance)
    people = (*people_of(roster, record.organisation_id, day), *filter(None, due))
    return namesakes(tuple({person.id: person for person in people}.values()))


def moved_to(reading: Reading, record: Record, organisation_id: UUID, actor: Actor) -> Record:
    """The record as another organisation's: who is due and who chairs are asked anew, the text stays."""
    fresh = new_record(reading, record.kind, organisation_id, record.held_on, actor)
    moved = replace(record, organisation_id=organisation_id, attendance=(), people=fresh.people)
    moved = with_day_changed(reading, moved, actor)
    return replace(moved, agenda=record.agenda or fresh.agenda)


def with_kinds(reading: Reading, record: Record, kinds: tuple[str, ...], actor: Actor) -> Record:
    """The record under other kinds: fields that only a dropped kind had go, new persons are pre-filled."""
    roster, day = reading.roster(), record.held_on or actor.today
    specs = {spec.key: spec for key in kinds for spec in kind_of(key).fields}
    people = {key: refs for key, refs in record.people.items() if key in specs}
    for key, spec in specs.items():
        if spec.type in PERSON_TYPES and key not in people:
            found = default_person(roster, spec, record.organisation_id, day)
            people |= {key: (found,)} if found else {}
    fields = {key: value for key, value in record.fields.items() if key in specs}
    if len(kinds) > 1:
        fields.pop(PRIVATE, None)  # what is a meeting too is not private
    return with_day_changed(reading, replace(record, kinds=kinds, people=people, fields=fields), actor)


def remembered_observers(reading: Reading, record: Record, since: date) -> tuple[PersonRef, ...]:
    """Observers of this organisation's meetings since a day, each once, the latest first."""
    query = RecordQuery((record.organisation_id,), from_on=since, undated=False)
    found = [ref for each in reversed(reading.records(query)) for ref in each.observers]
    return tuple(dict.fromkeys(found))


def holders_of(roster: Roster, kind_key: str, scope_id: UUID, day: date) -> tuple[Organisation, ...]:
    """Who of an organisation and those below it can hold a kind on a day, the highest first, in the book's
    order; the groups of one branch stand together."""
    kinds = kind_of(kind_key).held_by
    found = [roster.organisation_by_id[each] for each in places_below(roster, scope_id)]
    holders = [each for each in found if each.kind in kinds and each.exists_on(day)]
    levels = list(OrganisationKind)

    def order(each: Organisation) -> tuple[int, int, int, str]:
        parent = roster.organisation_by_id.get(each.parent_id) if each.parent_id else None
        return levels.index(each.kind), parent.position if parent else 0, each.position, each.name

    return tuple(sorted(holders, key=order))


def _organisations(roster: Roster, record: Record, scope_id: UUID, day: date) -> tuple[tuple[UUID, str], ...]:
    holders = holders_of(roster, record.kind, scope_id, day)
    own = roster.organisation_by_id[record.organisation_id]
    named = {each.id: _place_name(roster, each, scope_id, day) for each in (*holders, own)}
    return tuple(named.items())


def _place_name(roster: Roster, place: Organisation, scope_id: UUID, day: date) -> str:
    parent = roster.organisation_by_id.get(place.parent_id) if place.parent_id else None
    if place.kind == OrganisationKind.GROUP and parent is not None and parent.id != scope_id:
        return f"{parent.name_on(day)} {place.name_on(day)}"
    return place.name_on(day)


def _notes(roster: Roster, record: Record, day: date) -> dict[UUID, str]:
    return {
        line.person_id: "预备"
        for line in record.attendance
        if roster.standing_on(line.person_id, day) == Standing.PROBATIONARY
    }


def _number(reading: Reading, record: Record) -> int:
    if record.held_on is None:
        return 0
    year = record.held_on.year
    query = RecordQuery((record.organisation_id,), (record.kind,), date(year, 1, 1), record.held_on, False)
    earlier = [
        each for each in reading.summaries(query) if each.kinds[0] == record.kind and each.id != record.id
    ]
    before = [each for each in earlier if each.held_on != record.held_on or _begins(each) < _begins(record)]
    return len(before) + 1


def _begins(each: object) -> tuple[bool, str, str]:
    """When on its day a record begins: by the time where it is known, then by age."""
    starts_at, created_at = getattr(each, "starts_at", None), getattr(each, "created_at", None)
    return starts_at is None, str(starts_at or ""), str(created_at or "9999")
