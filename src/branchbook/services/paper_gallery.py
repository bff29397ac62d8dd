"""What the gallery of papers shows, and what a paper can be printed of: records, organisations, resolutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from branchbook.catalogue.kinds_list import kind_of
from branchbook.catalogue.meetings.heart_to_heart_talk import KIND as TALK
from branchbook.catalogue.papers_list import family_of
from branchbook.catalogue.procedures_list import SHAPES, shape_of
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import Organisation
from branchbook.domain.papers import Subject
from branchbook.domain.people import Person
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import AttachmentKind, Record, RecordSummary
from branchbook.services.evaluation_facts import rows_or_proposed
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.printed_papers import WITH_PRIVATE_CONTENT, stale_papers
from branchbook.services.printing import PaperEntry, paper_entries_of
from branchbook.services.procedures import procedures_of
from branchbook.services.reprinting import changed_since_printed
from branchbook.services.store import Reading, RecordQuery

PRINTED_FROM_THE_ROSTER = frozenset({"sign_in_sheet", "meeting_receipt"})
"""Papers of a record that are filled without one too: the names come from the roster of the day."""


OF_ONE_MEMBER = frozenset({"evaluation:member_form", "evaluation:feedback"})
"""Papers of an evaluation that can be printed of one member alone."""
WITH_PRIVATE_ROWS = frozenset({"talk_summary"})
"""Papers of a year in which what is private is left out row by row."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the gallery. ``records`` counts what it can print in the year, None where it needs none."""

    entry: PaperEntry
    records: int | None
    printed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """A record that a paper can print. ``words`` is how it is told in a list: 10月23日 推荐优秀党员."""

    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class PaperNeeds:
    """What a paper can be printed of. Records are those of the year, the latest first; ``record_id`` is the one
    asked for, else the latest that was held."""

    records: tuple[RecordChoice, ...]
    organisations: tuple[Organisation, ...]
    record_id: UUID | None = None
    kinds: tuple[str, ...] = ()
    """Kinds of the record at hand under which it can print; more than one only where there is a choice."""
    items: tuple[tuple[int, str], ...] = ()
    """Agenda items of the record at hand with resolutions: number from 1, and title."""
    people: tuple[RecordChoice, ...] = ()
    """Members of the round at hand, where the paper has a sheet for each."""
    has_private: bool = False
    """Whether something private would be left out, which may be asked for."""


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A record whose printed paper says something else now, and the words by which it is told in a list."""

    record_id: UUID
    paper: str
    title: str
    words: str


def paper_lines(reading: Reading, organisation_id: UUID, year: int, today: date) -> tuple[PaperLine, ...]:
    """Every single paper with the number of its records in the year and when it was last printed."""
    shelf = _Shelf(reading, _binding(reading, organisation_id, year, today))
    printed: dict[str, datetime] = {}
    for each in reading.printed():
        printed.setdefault(each.paper.removesuffix(WITH_PRIVATE_CONTENT), each.printed_at)
    return tuple(
        PaperLine(entry, shelf.count(entry), printed.get(entry.key))
        for entry in paper_entries_of(reading)
        if entry.key != "handbook"
    )


def paper_needs(
    reading: Reading, paper: PaperEntry, organisation_id: UUID, year: int, today: date, record_id: UUID | None
) -> PaperNeeds:
    """What this paper can be printed of. A record asked for stands in the list whatever its year."""
    view = _binding(reading, organisation_id, year, today)
    organisations = view.organisations_of_year
    if paper.subject == Subject.PROCEDURE:
        procedures = _Shelf(reading, view).procedures(paper)
        return _procedure_needs(reading, paper, procedures, organisations, record_id, today)
    if paper.subject != Subject.RECORD:
        own_only = paper.subject == Subject.YEAR
        private = paper.key in WITH_PRIVATE_ROWS and _has_private_talks(reading, view)
        return PaperNeeds((), organisations[:1] if own_only else organisations, has_private=private)
    found = _Shelf(reading, view).printable(paper)
    if record_id is not None and all(each.id != record_id for each in found):
        found = [*reading.summaries(RecordQuery(ids=(record_id,))), *found]
    names = {each.id: each.name for each in organisations[1:]}
    choices = tuple(RecordChoice(each.id, _words(each, year, names)) for each in found)
    chosen = record_id or _likeliest(found)
    record = reading.get(Record, chosen) if chosen else None
    private = record is not None and record.is_private
    kinds, items = _kinds(paper, record), _items(paper, record)
    return PaperNeeds(choices, organisations, chosen, kinds, items, has_private=private)


def _has_private_talks(reading: Reading, view: Binding) -> bool:
    """Whether any talk of the year is private."""
    first, last = date(view.year, 1, 1), date(view.year, 12, 31)
    query = RecordQuery(view.places_of_year, (TALK.key,), first, last, undated=False)
    return any(each.is_private for each in reading.records(query))


def _procedure_needs(
    reading: Reading,
    paper: PaperEntry,
    procedures: tuple[Procedure, ...],
    organisations: tuple[Organisation, ...],
    record_id: UUID | None,
    today: date,
) -> PaperNeeds:
    """The procedures of the paper's family; blank, the shapes whose words it can have."""
    people = reading.roster().person_by_id if procedures else {}
    choices = tuple(RecordChoice(each.id, _procedure_words(each, people)) for each in procedures)
    chosen = record_id or (procedures[0].id if procedures else None)
    shapes = tuple(shape.key for shape in SHAPES if shape.family == family_of(paper.key))
    people_of_round = _members_of(reading, paper, chosen, today)
    return PaperNeeds(choices, organisations[:1], chosen, shapes, people=people_of_round)


def _members_of(
    reading: Reading, paper: PaperEntry, procedure_id: UUID | None, today: date
) -> tuple[RecordChoice, ...]:
    """Who has a sheet of an evaluation's paper: those in its list, and of whom something was written."""
    if paper.key not in OF_ONE_MEMBER or procedure_id is None:
        return ()
    procedure = reading.get(Procedure, procedure_id)
    rows = rows_or_proposed(reading, procedure, today) if procedure else ()
    return tuple(
        RecordChoice(each.participant.person_id, each.participant.name)
        for each in rows
        if each.participant.takes_part or each.assessment
    )


def _procedure_words(procedure: Procedure, people: Mapping[UUID, Person]) -> str:
    """2026年5月20日 换届选举（设支委会）, a conversion with the name first, an evaluation with its year;

    before it is held the day it was begun.
    """
    held = procedure.done_on("count") or procedure.done_on("meeting") or procedure.begun_on
    if procedure.year:
        return f"{procedure.year}年度 {shape_of(procedure.shape).name}"
    person = people.get(procedure.subject_id) if procedure.subject_id else None
    whose = f"{person.name} " if person else ""
    return f"{whose}{chinese_date(held)} {shape_of(procedure.shape).name}"


def stale_lines(reading: Reading, request: HandbookRequest) -> tuple[StaleLine, ...]:
    """What was printed and has changed since: a handbook's records in its order, then single papers of the same."""
    organisations = _binding(
        reading, request.organisation_id, request.year, request.day
    ).organisations_of_year
    ids = tuple(each.id for each in organisations)
    papers = {(each.record_id, each.paper): each for each in stale_papers(reading, request)}
    for each in changed_since_printed(reading, ids, request.year, request.day):
        papers.setdefault((each.record_id, each.paper), each)
    found = reading.summaries(RecordQuery(ids=tuple(record_id for record_id, _ in papers))) if papers else ()
    words = {each.id: _words(each, request.year, {}) for each in found}
    people = reading.roster().person_by_id
    for record_id, _ in papers:
        procedure = None if record_id in words else reading.get(Procedure, record_id)
        if procedure is not None:
            words[record_id] = _procedure_words(procedure, people)
    return tuple(
        StaleLine(each.record_id, each.paper, each.title, words.get(each.record_id, ""))
        for each in papers.values()
    )


def _binding(reading: Reading, organisation_id: UUID, year: int, today: date) -> Binding:
    return Binding(BookView(reading), PaperRequest("", today, organisation_id=organisation_id, year=year))


class _Shelf:
    """The records of a year, those of groups too, and which of them a paper can print."""

    def __init__(self, reading: Reading, view: Binding) -> None:
        self._reading = reading
        self._ids = tuple(each.id for each in view.organisations_of_year)
        self._year = view.year
        self._procedures: dict[str, tuple[Procedure, ...]] = {}
        first, last = date(view.year, 1, 1), date(view.year, 12, 31)
        found = reading.summaries(RecordQuery(self._ids, from_on=first, to_on=last))
        self._records = sorted(found, key=lambda each: each.held_on or date.min, reverse=True)

    def printable(self, paper: PaperEntry) -> list[RecordSummary]:
        """Records of the paper's kinds, the latest first, undated drafts last; only with what it is about."""
        found = [each for each in self._records if not paper.kinds or set(paper.kinds) & set(each.kinds)]
        if paper.key == "resolution_document":
            return [each for each in found if each.id in self._with_resolutions]
        return (
            [each for each in found if each.id in self._with_photos] if paper.key == "photo_page" else found
        )

    def count(self, paper: PaperEntry) -> int | None:
        """How many there are; None for a paper that is not of a record."""
        if paper.subject == Subject.PROCEDURE:
            return len(self.procedures(paper))
        return len(self.printable(paper)) if paper.subject == Subject.RECORD else None

    def procedures(self, paper: PaperEntry) -> tuple[Procedure, ...]:
        """The organisation's, whatever their year: one runs over two. The latest begun first."""
        family = family_of(paper.key)
        if family not in self._procedures:
            own = self._ids[0] if self._ids else None
            found = procedures_of(self._reading, own, family) if own is not None else ()
            self._procedures[family] = found
        return self._procedures[family]

    @cached_property
    def _with_resolutions(self) -> frozenset[UUID]:
        passed = self._reading.resolutions(self._ids, False, (self._year,))
        return frozenset(each.record_id for each in passed)

    @cached_property
    def _with_photos(self) -> frozenset[UUID]:
        attachments = self._reading.attachments_of([each.id for each in self._records])
        return frozenset(each.record_id for each in attachments if each.kind == AttachmentKind.PHOTO)


def _likeliest(found: list[RecordSummary]) -> UUID | None:
    """What somebody who chose only the paper means: the latest record that was held."""
    return next((each.id for each in found if each.is_held), found[0].id if found else None)


def _words(record: RecordSummary, year: int, names: dict[UUID, str]) -> str:
    """10月23日 第一党小组 学习讨论（草稿）; a day of another year with its year."""
    day = "未定日期"
    if record.held_on is not None:
        day = chinese_date(record.held_on).removeprefix(f"{year}年")
    parts = (
        day,
        names.get(record.organisation_id, ""),
        record.subject.strip() or kind_of(record.kinds[0]).name,
        "" if record.is_held else "（草稿）",
    )
    return " ".join(part for part in parts if part)


def _kinds(paper: PaperEntry, record: Record | None) -> tuple[str, ...]:
    if record is None:
        return ()
    return tuple(key for key in record.kinds if not paper.kinds or key in paper.kinds)


def _items(paper: PaperEntry, record: Record | None) -> tuple[tuple[int, str], ...]:
    if record is None or paper.key != "resolution_document":
        return ()
    return tuple(
        (number, item.title) for number, item in enumerate(record.agenda, start=1) if item.resolutions
    )
