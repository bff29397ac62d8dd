"""A person's page: identity, dated facts, this year's attendance, and the records that name them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.identity_number import mask
from branchbook.domain.people import FactKind, MembershipChange, Person
from branchbook.domain.records import Attachment, Presence
from branchbook.domain.roster import Roster
from branchbook.services.election_office import awaiting_by_person
from branchbook.services.evaluation_reading import grades_over_years
from branchbook.services.fact_words import fact_words
from branchbook.services.guards import still_there
from branchbook.services.member_table import posts_words
from branchbook.services.mentions import Mention, mentions_of
from branchbook.services.people import person_warnings
from branchbook.services.person_stage import stage_sentence
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Reading
from branchbook.services.transfers import Transfer, transfers
from branchbook.services.words import word_of

EVALUATION = "democratic_evaluation"
TALK = "heart_to_heart_talk"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One dated fact in words, with its documents, as the histories of the page show it."""

    fact_id: UUID
    kind: FactKind
    words: str
    from_on: date
    to_on: date | None
    document: str
    ending: str
    ending_document: str
    note: str


@dataclass(frozen=True, slots=True)
class AttendanceCount:
    """How often a person was due at one kind of record in a year, and how often they came."""

    kind: str
    kind_name: str
    due: int
    present: int
    on_leave: int
    absent: int
    excluded: int


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade of one year in words: 2025年度 优秀, with the branch that gave it."""

    year: int
    words: str
    branch: str
    procedure_id: UUID


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything that the book knows about a person, as of a day and for that day's year.

    ``person.identity_number`` is masked unless the page was asked for the whole number. ``on_the_way`` says where
    someone stands who joins, or is to be converted. ``grades`` are those of the yearly rounds that ended, the latest
    first, each with the words for the page.
    """

    person: Person
    branch: str
    group: str
    standing: str
    posts: str
    facts: tuple[FactLine, ...]
    attendance: tuple[AttendanceCount, ...]
    evaluations: tuple[Mention, ...]
    talks: tuple[Mention, ...]
    mentions: tuple[Mention, ...]
    transfers: tuple[Transfer, ...]
    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...]
    on_the_way: str = ""
    grades: tuple[GradeLine, ...] = ()

    def facts_of(self, kind: FactKind) -> tuple[FactLine, ...]:
        """The history of one kind: posts over time, groups over time."""
        return tuple(line for line in self.facts if line.kind == kind)


def person_page(reading: Reading, person_id: UUID, day: date, *, whole_number: bool = False) -> PersonPage:
    """The page of a person. Raises RefusedProblem where the person is in the recycle bin.

    The identity number is masked as the setting says, unless ``whole_number`` asks for it.
    """
    person = still_there(reading, Person, person_id, "这个人")
    roster, mentions = reading.roster(), mentions_of(reading, person_id)
    standing = roster.standing_on(person_id, day)
    branch, group = roster.branch_of(person_id, day), roster.group_of(person_id, day)
    masked = book_settings(reading).identity_masked and not whole_number
    shown = replace(person, identity_number=mask(person.identity_number)) if masked else person
    return PersonPage(
        person=shown,
        branch=branch.name_on(day) if branch else "",
        group=group.name_on(day) if group else "",
        standing=word_of(standing) if standing else "",
        posts=posts_words(roster, person_id, day, awaiting_by_person(reading, day).get(person_id, ())),
        facts=_fact_lines(roster, person_id),
        attendance=attendance_counts(reading, person_id, day.year),
        evaluations=tuple(each for each in mentions if EVALUATION in each.kinds),
        talks=tuple(each for each in mentions if TALK in each.kinds),
        mentions=mentions,
        transfers=tuple(each for each in transfers(reading) if each.person_id == person_id),
        attachments=reading.attachments_of((person_id,)),
        warnings=person_warnings(reading, person),
        on_the_way=stage_sentence(reading, person_id, day),
        grades=_grade_lines(reading, roster, person_id),
    )


def attendance_counts(reading: Reading, person_id: UUID, year: int) -> tuple[AttendanceCount, ...]:
    """A person's attendance of a year by kind, in the catalogue's order; only final records count.

    A meeting that stands under several kinds is counted under each.
    """
    organisations = [organisation.id for organisation in reading.roster().organisations]
    counts: dict[str, Counter[str]] = {}
    for line in reading.attendance_lines(organisations, year):
        if line.person_id == person_id:
            for kind in line.kinds:
                counts.setdefault(kind, Counter())[line.presence] += 1
    ordered = [key for key in KIND_BY_KEY if key in counts]
    return tuple(_count(key, counts[key]) for key in ordered)


def _count(kind: str, marks: Counter[str]) -> AttendanceCount:
    excluded = marks[Presence.EXCLUDED]
    return AttendanceCount(
        kind,
        KIND_BY_KEY[kind].name,
        due=marks.total() - excluded,
        present=marks[Presence.PRESENT],
        on_leave=marks[Presence.ON_LEAVE],
        absent=marks[Presence.ABSENT],
        excluded=excluded,
    )


def _fact_lines(roster: Roster, person_id: UUID) -> tuple[FactLine, ...]:
    """Facts with the latest first."""
    lines = (
        FactLine(
            fact.id,
            fact.kind,
            fact_words(roster, fact),
            fact.from_on,
            fact.to_on,
            fact.document,
            _ending(fact.kind, fact.ending),
            fact.ending_document,
            fact.note,
        )
        for fact in roster.facts_of(person_id)
    )
    return tuple(sorted(lines, key=lambda line: line.from_on, reverse=True))


def _grade_lines(reading: Reading, roster: Roster, person_id: UUID) -> tuple[GradeLine, ...]:
    """The grades of the years that ended, the latest first."""
    found = []
    for each in grades_over_years(reading, person_id):
        place = roster.organisation_by_id.get(each.organisation_id)
        branch = place.name_on(date(each.year, 12, 31)) if place else ""
        found.append(
            GradeLine(each.year, f"{each.year}年度 {word_of(each.grade)}", branch, each.procedure_id)
        )
    return tuple(found)


def _ending(kind: FactKind, ending: str) -> str:
    if kind == FactKind.MEMBERSHIP and ending in set(MembershipChange):
        return word_of(MembershipChange(ending))
    return ending
