"""Education hours of a branch's members in a year, summed from attendance and from the ledgers of study.

A meeting gives its length to each who was present; a class and a course give the hours entered for them. Which meetings
are study is written nowhere: here the general and group meetings, lessons and theme days are (待核实).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.education_hours import (
    HoursOfYear,
    StudyEntry,
    StudyHour,
    distinct,
    floor_of,
    minutes_between,
    tenths_of,
)
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Presence, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.services.paper_binding import within_year
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Reading, RecordQuery

STUDY_KINDS = frozenset({"general_meeting", "group_meeting", "party_lesson", "theme_party_day"})
_LEDGERS = (("study_classes", "attendees", "subject"), ("members_on_courses", "member", "course"))
"""Ledgers of study: the field of who took part, and the one that names the class; both have ``hours`` in tenths."""


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One member's year; ``leads``: secretary or of the committee, of whom more is asked."""

    person_id: UUID
    name: str
    leads: bool
    hours: HoursOfYear

    @property
    def meeting_tenths(self) -> int:
        """Tenths of hours from meetings."""
        return sum(each.tenths for each in self.hours.entries if each.entity == "record")

    @property
    def training_tenths(self) -> int:
        """Tenths of hours from classes and courses."""
        return self.hours.tenths - self.meeting_tenths


@dataclass(frozen=True, slots=True)
class HoursView:
    """The members of a branch on ``day`` with their hours of the year.

    ``untimed`` meetings of study have no start and end, and give nobody any hours.
    """

    branch_id: UUID
    branch: str
    year: int
    day: date
    lines: tuple[HoursLine, ...]
    untimed: int
    study_hour: StudyHour

    @property
    def below(self) -> tuple[HoursLine, ...]:
        """Those short of their floor."""
        return tuple(each for each in self.lines if each.hours.is_below)


def hours_words(tenths: int) -> str:
    """12.5, and 12 for whole hours."""
    whole, part = divmod(tenths, 10)
    return f"{whole}.{part}" if part else str(whole)


def hours_of_year(reading: Reading, branch_id: UUID, year: int, today: date) -> HoursView:
    """Every member of a branch, in the roster's order, with what they took part in anywhere in the book.

    Raises RefusedProblem for what is no branch.
    """
    roster = reading.roster()
    branch = roster.organisation_by_id.get(branch_id)
    if branch is None or branch.kind != OrganisationKind.BRANCH:
        raise RefusedProblem("学时按党支部统计", branch.name if branch else "", "请选择一个党支部")
    day, length = within_year(today, year), book_settings(reading).study_hour
    entries, untimed = _of_meetings(reading, roster, year, length)
    for person_id, entry in _of_ledgers(reading, year):
        entries[person_id].append(entry)
    rules = rulebook_of(reading).on(day)
    lines = []
    for person in roster.members_on(branch_id, day):
        leads = _leads(roster, person.id, day)
        floor, rule = floor_of(rules, leads=leads)
        hours = HoursOfYear(distinct(entries.get(person.id, ())), floor, rule)
        lines.append(HoursLine(person.id, person.name, leads, hours))
    return HoursView(branch_id, branch.name_on(day), year, day, tuple(lines), untimed, length)


def branch_hours(reading: Reading, organisation_id: UUID, year: int, today: date) -> HoursView | None:
    """The hours of a branch; None for any other organisation."""
    place = reading.roster().organisation_by_id.get(organisation_id)
    if place is None or place.kind != OrganisationKind.BRANCH:
        return None
    return hours_of_year(reading, organisation_id, year, today)


def _of_meetings(
    reading: Reading, roster: Roster, year: int, length: StudyHour
) -> tuple[dict[UUID, list[StudyEntry]], int]:
    """What each took part in, and how many meetings of study have no times."""
    query = RecordQuery(
        kinds=tuple(sorted(STUDY_KINDS)), from_on=date(year, 1, 1), to_on=date(year, 12, 31), undated=False
    )
    held = {each.id: each for each in reading.summaries(query) if each.is_held}
    entries = {each.id: _entry(each, length) for each in held.values()}
    found: dict[UUID, list[StudyEntry]] = defaultdict(list)
    places = tuple(each.id for each in roster.organisations)
    for line in reading.attendance_lines(places, year):
        entry = entries.get(line.record_id)
        if entry is not None and line.presence == Presence.PRESENT:
            found[line.person_id].append(entry)
    return found, sum(1 for each in entries.values() if each is None)


def _entry(record: RecordSummary, length: StudyHour) -> StudyEntry | None:
    minutes = minutes_between(record.starts_at, record.ends_at)
    if minutes is None or record.held_on is None:
        return None
    kinds = "、".join(KIND_BY_KEY[key].name for key in record.kinds if key in KIND_BY_KEY)
    words = f"{kinds}《{record.subject}》" if record.subject else kinds
    return StudyEntry("record", record.id, record.held_on, words, tenths_of(minutes, length))


def _of_ledgers(reading: Reading, year: int) -> Iterator[tuple[UUID, StudyEntry]]:
    """Hours entered for classes and courses, for each member named."""
    for ledger, people, title in _LEDGERS:
        for row in reading.ledger_rows(ledger):
            day, tenths = row.day("from_on"), row.units("hours")
            if day is not None and day.year == year and tenths is not None:
                yield from _for_each(
                    row, people, StudyEntry("ledger_row", row.id, day, row.text(title), tenths)
                )


def _for_each(row: LedgerRow, people: str, entry: StudyEntry) -> Iterator[tuple[UUID, StudyEntry]]:
    for ref in row.people.get(people, ()):
        if ref.person_id is not None:
            yield ref.person_id, entry


def _leads(roster: Roster, person_id: UUID, day: date) -> bool:
    """Whether the person is secretary or on a committee (基层党组织书记和班子成员)."""
    return any(Post(each.value) in COMMITTEE_POSTS for each in roster.posts_on(person_id, day))


def floor_words(lines: Sequence[HoursLine]) -> Mapping[str, str]:
    """What is asked for, by article: 32 学时 → the article."""
    rules = (each.hours for each in lines if each.hours.rule is not None)
    return {f"{each.floor} 学时": each.rule.citation for each in rules if each.rule is not None}
