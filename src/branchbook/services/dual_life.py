"""Dual organisational life of a year: who leads, what each took part in, and the counts (B-21).

Leaders are those who hold a post in the general branch's committee on the day, and whoever bears the mark
双重组织生活领导干部 on it. What they took part in is read from the records of branches and groups; what no record
of this book can have is entered as a record of its own (``dual_life_activity``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.meetings.dual_life_activity import KIND as ACTIVITY
from branchbook.catalogue.meetings.dual_life_activity import ON_LEAVE
from branchbook.domain.dual_life import LifeCount, LifeEntry, life_count
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import COMMITTEE_POSTS, FactKind, Mark, PersonFact, Post
from branchbook.domain.records import PersonRef, Presence, Record
from branchbook.domain.roster import Roster
from branchbook.services.member_table import posts_words
from branchbook.services.paper_binding import within_year
from branchbook.services.place_words import short_places
from branchbook.services.privacy import open_part
from branchbook.services.store import Reading, RecordQuery

NOT_ORDINARY_LIFE = frozenset({"committee_meeting", "heart_to_heart_talk"})
"""Where someone sits by post, or talks with one person, they do not take part as an ordinary member."""


@dataclass(frozen=True, slots=True)
class LeaderYear:
    """A leader's year. ``mark_id`` is the fact by which the user named them, None for a holder of a post."""

    person_id: UUID
    name: str
    post: str
    branch: str
    entries: tuple[LifeEntry, ...]
    mark_id: UUID | None

    @property
    def count(self) -> LifeCount:
        """The year in numbers."""
        return life_count(self.entries)


def dual_life_of_year(
    reading: Reading, organisation_id: UUID, year: int, today: date
) -> tuple[LeaderYear, ...]:
    """The leaders of a general branch, or those of one branch, in the roster's order.

    Only final records up to today count, on days on which the person was a leader.
    """
    roster = reading.roster()
    leaders = _Leaders(roster, year, today)
    short = short_places(roster, [each.id for each in roster.organisations if _holds_life(each)], leaders.day)
    entries: dict[UUID, list[LifeEntry]] = defaultdict(list)
    query = RecordQuery(from_on=date(year, 1, 1), to_on=leaders.day, undated=False)
    for record in reading.records(query):
        if record.is_final and leaders.spans:
            for person_id, entry in _entries(roster, open_part(record), short):
                if leaders.is_leader(person_id, entry.held_on):
                    entries[person_id].append(entry)
    found = (
        _leader(roster, leaders, short, person_id, entries[person_id])
        for person_id in leaders.of(organisation_id)
    )
    return tuple(found)


def _holds_life(place: Organisation) -> bool:
    return place.kind != OrganisationKind.GROUP


class _Leaders:
    """Who leads on which days of a year, up to today."""

    def __init__(self, roster: Roster, year: int, today: date) -> None:
        self.roster, self.year, self.day = roster, year, within_year(today, year)
        self.spans: dict[UUID, list[PersonFact]] = defaultdict(list)
        top = roster.general_branch()
        for fact in roster.facts:
            posted = fact.kind == FactKind.POST and top is not None and fact.organisation_id == top.id
            leads = posted and Post(fact.value) in COMMITTEE_POSTS
            marked = fact.kind == FactKind.MARK and fact.value == Mark.DUAL_LIFE_LEADER
            if (leads or marked) and self._is_within(fact):
                self.spans[fact.person_id].append(fact)

    def is_leader(self, person_id: UUID, day: date) -> bool:
        """Whether the person leads on a day."""
        return any(fact.holds_on(day) for fact in self.spans.get(person_id, ()))

    def mark_of(self, person_id: UUID) -> UUID | None:
        """The mark that holds at the year's end or today, and that can be ended."""
        marks = (each for each in self.spans[person_id] if each.kind == FactKind.MARK)
        return next((each.id for each in marks if each.holds_on(self.day)), None)

    def of(self, organisation_id: UUID) -> tuple[UUID, ...]:
        """Leaders who belong to the organisation, in the roster's order."""
        place = self.roster.organisation_by_id[organisation_id]
        everyone = place.kind == OrganisationKind.GENERAL_BRANCH
        people = [self.roster.person_by_id[each] for each in self.spans if each in self.roster.person_by_id]
        people.sort(key=lambda each: (each.position, each.name, str(each.id)))
        return tuple(
            each.id
            for each in people
            if everyone or getattr(self.roster.branch_of(each.id, self.day), "id", None) == organisation_id
        )

    def _is_within(self, fact: PersonFact) -> bool:
        begun = fact.from_on <= self.day
        return begun and (fact.to_on is None or fact.to_on > date(self.year, 1, 1))


def _leader(
    roster: Roster, leaders: _Leaders, short: Mapping[UUID, str], person_id: UUID, entries: list[LifeEntry]
) -> LeaderYear:
    person, branch = roster.person_by_id[person_id], roster.branch_of(person_id, leaders.day)
    return LeaderYear(
        person_id,
        person.name,
        posts_words(roster, person_id, leaders.day) or person.work_post,
        short.get(branch.id, branch.name_on(leaders.day)) if branch else "",
        tuple(entries),
        leaders.mark_of(person_id),
    )


def _entries(roster: Roster, record: Record, short: Mapping[UUID, str]) -> Iterator[tuple[UUID, LifeEntry]]:
    """What a record says of anyone in it, by person."""
    if ACTIVITY.key in record.kinds:
        yield from ((person_id, _activity(record)) for person_id in _ids(record.people.get("leader", ())))
        return
    kinds = [key for key in record.kinds if key not in NOT_ORDINARY_LIFE]
    if not kinds or not any(KIND_BY_KEY[key].is_meeting for key in kinds if key in KIND_BY_KEY):
        return
    place = roster.organisation_by_id[record.organisation_id]
    lines = {} if place.kind == OrganisationKind.GENERAL_BRANCH else _lines(record)
    lecturers, speakers = _ids(record.people.get("lecturer", ())), frozenset(_speakers(record))
    for person_id in dict.fromkeys((*lines, *lecturers, *_ids(record.observers))):
        presence, reason = lines.get(person_id, (None, ""))
        assert record.held_on is not None
        yield (
            person_id,
            LifeEntry(
                record.id,
                record.held_on,
                short.get(place.id, place.name_on(record.held_on)),
                "、".join(KIND_BY_KEY[key].name for key in kinds if key in KIND_BY_KEY),
                record.subject,
                due=presence is not None,
                present=presence in (None, Presence.PRESENT),
                on_leave=presence == Presence.ON_LEAVE,
                lectured=person_id in lecturers,
                spoke=person_id in speakers,
                reason=reason,
            ),
        )


def _activity(record: Record) -> LifeEntry:
    """Leave is counted as something that the leader was to attend; what was attended is further life elsewhere."""
    assert record.held_on is not None
    on_leave = record.fields.get("took_part") == ON_LEAVE
    return LifeEntry(
        record.id,
        record.held_on,
        record.venue,
        "",
        record.subject,
        due=on_leave,
        present=not on_leave,
        on_leave=on_leave,
        lectured=record.fields.get("lectured") is True and not on_leave,
        spoke=record.fields.get("spoke") is True and not on_leave,
        reason=str(record.fields.get("leave_reason", "")),
    )


def _lines(record: Record) -> Mapping[UUID, tuple[Presence, str]]:
    return {
        line.person_id: (line.presence, line.reason)
        for line in record.attendance
        if line.presence != Presence.EXCLUDED
    }


def _ids(people: Iterable[PersonRef]) -> tuple[UUID, ...]:
    return tuple(each.person_id for each in people if each.person_id is not None)


def _speakers(record: Record) -> Iterator[UUID]:
    for item in record.agenda:
        yield from (speech.person_id for speech in item.speeches if speech.person_id is not None)
