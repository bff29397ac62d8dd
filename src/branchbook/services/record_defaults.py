"""What a new record starts with: who is due, who chairs, who takes the minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.catalogue.kinds import AttendanceBase, RecordKind
from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.fields import PERSON_TYPES, FieldSpec, FieldType
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import Person, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, Attendance, PersonRef, Record, Resolution
from branchbook.domain.rights import due_on, is_due_on
from branchbook.domain.roster import Roster
from branchbook.services.operations import Actor
from branchbook.services.store import Reading, RecordQuery

_OCCASION = re.compile(r"第?[〇零一二三四五六七八九十百]+[年月季日号次届期批名人]|[上下]半年")
"""A date or number in words: 十月, 第二季度, 第三次. The 三 of 三会一课 is none."""


def people_due(
    roster: Roster, kinds: tuple[str, ...], organisation_id: UUID, day: date
) -> tuple[Person, ...]:
    """Who is due at a record on a day: the committee only where every kind is the committee's."""
    bases = {kind_of(key).attendance for key in kinds}
    if AttendanceBase.MEMBERS in bases:
        return due_on(roster, organisation_id, day)
    if AttendanceBase.COMMITTEE in bases:
        committee = roster.committee_on(organisation_id, day)
        return tuple(person for person in committee if is_due_on(roster, person.id, day))
    return ()


def attendance_for(
    roster: Roster,
    kinds: tuple[str, ...],
    organisation_id: UUID,
    day: date,
    kept: tuple[Attendance, ...] = (),
) -> tuple[Attendance, ...]:
    """The grid for a day: everyone due, present; marks already made are kept for those still due."""
    marks = {line.person_id: line for line in kept}
    due = people_due(roster, kinds, organisation_id, day)
    return tuple(
        replace(marks[person.id], name=person.name)
        if person.id in marks
        else Attendance(person.id, person.name)
        for person in due
    )


def default_person(roster: Roster, spec: FieldSpec, organisation_id: UUID, day: date) -> PersonRef | None:
    """Who stands in a person field by default: the holder of its post on that day."""
    if not spec.default_post:
        return None
    organisation = roster.organisation_by_id[organisation_id]
    post = Post(spec.default_post)
    holder = roster.holder_of(organisation_id, post, day)
    if holder is None and organisation.kind == OrganisationKind.GROUP and organisation.parent_id is not None:
        holder = roster.holder_of(organisation.parent_id, post, day) if post is not Post.SECRETARY else None
    return reference_to(roster, holder, organisation_id, day) if holder else None


def reference_to(roster: Roster, person: Person, organisation_id: UUID, day: date) -> PersonRef:
    """A person as named in a record of that day, with the first post held there."""
    posts = [fact for fact in roster.posts_on(person.id, day) if fact.organisation_id == organisation_id]
    return PersonRef(person.name, person.id, posts[0].value if posts else "")


def new_record(
    reading: Reading, kind_key: str, organisation_id: UUID, held_on: date | None, actor: Actor
) -> Record:
    """A record of a kind, filled as far as the roster knows; not stored yet.

    ``held_on`` None leaves the date open; the roster is then asked as of today. Raises
    RefusedProblem where this organisation cannot hold that kind, or was closed by that day.
    """
    roster, kind = reading.roster(), kind_of(kind_key)
    organisation = roster.organisation_by_id[organisation_id]
    if organisation.kind not in kind.held_by:
        raise RefusedProblem(f"“{organisation.name}”不召开{kind.name}", "", "请在上方选择支部或党小组")
    if held_on is not None and organisation.closed_on is not None and held_on >= organisation.closed_on:
        raise RefusedProblem(
            f"“{organisation.name}”已于 {organisation.closed_on} 撤销",
            f"{held_on}",
            "请核对日期，或选择现在的组织",
        )
    day = held_on or actor.today
    return Record(
        id=uuid4(),
        kinds=(kind.key,),
        organisation_id=organisation_id,
        held_on=held_on,
        people=_default_people(roster, kind, organisation_id, day),
        attendance=attendance_for(roster, (kind.key,), organisation_id, day),
        agenda=_first_agenda(reading, kind, organisation_id),
        created_at=actor.now,
        kind_version=kind.version,
    )


def copy_last(
    reading: Reading, kind_key: str, organisation_id: UUID, held_on: date | None, actor: Actor
) -> Record:
    """A new record after the pattern of the last one of its kind.

    Only the frame is carried: venue, chair, minute-taker, times, choices and the shape of the agenda.
    No date, number or name of the old meeting's text comes along: titles that carry digits or a
    person's name are left out, as are minutes, votes, resolutions and remarks.
    """
    fresh = new_record(reading, kind_key, organisation_id, held_on, actor)
    query = RecordQuery((organisation_id,), (kind_key,), undated=False)
    earlier = [each for each in reading.summaries(query) if each.is_held and each.id != fresh.id]
    if not earlier:
        raise RefusedProblem(f"还没有可以参照的{kind_of(kind_key).name}记录", "", "请先直接填写一次")
    last = reading.get(Record, earlier[0].id)
    assert last is not None
    return replace(
        fresh,
        venue=last.venue,
        starts_at=last.starts_at,
        ends_at=last.ends_at,
        people={**fresh.people, **_still_there(reading.roster(), last, held_on or actor.today)},
        fields=_choices_of(last),
        agenda=fresh.agenda or _standing_items(reading.roster(), last),
    )


def _default_people(
    roster: Roster, kind: RecordKind, organisation_id: UUID, day: date
) -> Mapping[str, tuple[PersonRef, ...]]:
    people = {}
    for spec in kind.fields:
        if spec.type in PERSON_TYPES:
            found = default_person(roster, spec, organisation_id, day)
            if found:
                people[spec.key] = (found,)
    return people


def _first_agenda(reading: Reading, kind: RecordKind, organisation_id: UUID) -> tuple[AgendaItem, ...]:
    """The organisation's open resolutions come up again as items, the earliest passed first."""
    if not kind.has_agenda:
        return ()
    open_ones = reading.resolutions((organisation_id,), open_only=True)
    return tuple(_follow_up(each.resolution) for each in reversed(open_ones))


def _follow_up(resolution: Resolution) -> AgendaItem:
    first_line = resolution.text.strip().splitlines()[0] if resolution.text.strip() else ""
    title = f"上次决议落实情况：{first_line[:40]}"
    return AgendaItem(uuid4(), title, follows_resolution_id=resolution.id)


def _still_there(roster: Roster, last: Record, day: date) -> Mapping[str, tuple[PersonRef, ...]]:
    """Persons named in the last record who still belong to the same organisation on the day."""
    members = {person.id: person for person in roster.members_on(last.organisation_id, day)}
    kept = {}
    for key in ("chair", "minute_taker"):
        found = [members[ref.person_id] for ref in last.people.get(key, ()) if ref.person_id in members]
        if found:
            kept[key] = (reference_to(roster, found[0], last.organisation_id, day),)
    return kept


def _choices_of(last: Record) -> Mapping[str, str | int | bool | tuple[str, ...]]:
    choosing = {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO}
    keys = {
        spec.key
        for kind in last.kinds
        for spec in kind_of(kind).fields
        if spec.type in choosing and spec.carried
    }
    return {key: value for key, value in last.fields.items() if key in keys}


def _standing_items(roster: Roster, last: Record) -> tuple[AgendaItem, ...]:
    names = [person.name for person in roster.people]

    def is_standing(title: str) -> bool:
        of_an_occasion = any(character.isdigit() for character in title) or _OCCASION.search(title)
        return bool(title) and not of_an_occasion and not any(name in title for name in names)

    return tuple(AgendaItem(uuid4(), item.title) for item in last.agenda if is_standing(item.title))
