"""Global search: names, initials, words, dates and document numbers, with what each hit is and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.dates import parse_date
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.people import Person
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.services.field_words import entity_word
from branchbook.services.guards import clean_line
from branchbook.services.ledger_reading import ledger_name, ledgers_of, row_title
from branchbook.services.member_table import posts_words
from branchbook.services.store import Reading, RecordQuery, SearchHit
from branchbook.services.words import word_of

MOST_HITS = 50
LONGEST_QUERY = 200
_ORDER = ("person", "record", "procedure", "assessment", "ledger_row", "attachment")
_DATE_LIKE = re.compile(r"\d{8}|\d{1,2}月\d{1,2}日?")


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One hit. ``opens`` is the value to open (an attachment opens its record, an assessment its round), ``where``
    says whose it is.

    ``marks`` are (start, end) within ``snippet``, which is plain text. ``family`` is that of a procedure's shape,
    empty for everything else; ``person_id`` the member whom an assessment is about.
    """

    entity: str
    entity_id: UUID
    opens: tuple[str, UUID]
    title: str
    where: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    held_on: date | None
    family: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Hits of one sort under their Chinese heading."""

    entity: str
    heading: str
    lines: tuple[FoundLine, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Groups in a fixed order. ``more`` is True where the limit was reached and words should be added."""

    words: str
    groups: tuple[FoundGroup, ...]
    more: bool

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return sum(len(group.lines) for group in self.groups)


def search(reading: Reading, words: str, today: date, limit: int = MOST_HITS) -> SearchResult:
    """Everything that contains all the words. Nothing typed finds nothing."""
    asked = query_words(words, today)
    if not asked:
        return SearchResult("", (), more=False)
    hits = reading.search(asked, limit)
    lines = lines_of_hits(reading, hits, today)
    groups = (
        FoundGroup(entity, entity_word(entity), tuple(line for line in lines if line.entity == entity))
        for entity in _ORDER
    )
    return SearchResult(asked, tuple(group for group in groups if group.lines), len(hits) >= limit)


def query_words(words: str, today: date) -> str:
    """The words as the store is asked for them: dates typed without a year or without signs become
    2026-03-05, as they stand in the book; everything else stays as typed."""
    line = clean_line(words[:LONGEST_QUERY], "搜索词")
    return " ".join(_dated(word, today) for word in line.split())


def _dated(word: str, today: date) -> str:
    if not _DATE_LIKE.fullmatch(word):
        return word
    try:
        return parse_date(word, today).isoformat()
    except Problem:
        return word


def lines_of_hits(reading: Reading, hits: tuple[SearchHit, ...], today: date) -> tuple[FoundLine, ...]:
    """Hits in words, in their order."""
    roster = reading.roster()
    files = {
        hit.entity_id: reading.get(Attachment, hit.entity_id) for hit in hits if hit.entity == "attachment"
    }
    owners = {file.record_id for file in files.values() if file is not None}
    wanted = {hit.entity_id for hit in hits if hit.entity == "record"} | owners
    query = RecordQuery(ids=tuple(sorted(wanted)))
    summaries = {each.id: each for each in reading.summaries(query)} if wanted else {}

    def line(hit: SearchHit) -> FoundLine:
        if hit.entity == "procedure":
            return _procedure_line(reading, roster, hit)
        if hit.entity == "assessment":
            return _assessment_line(reading, roster, hit)
        file = files.get(hit.entity_id)
        row = reading.get(LedgerRow, file.record_id if file else hit.entity_id)
        return _row_line(reading, roster, hit, row) if row else _line(roster, hit, file, summaries, today)

    return tuple(map(line, hits))


def _row_line(reading: Reading, roster: Roster, hit: SearchHit, row: LedgerRow) -> FoundLine:
    """A row is called by its ledger and what names it there; an attachment of one opens it."""
    ledger = next((each for each in ledgers_of(reading) if each.key == row.ledger), None)
    place = roster.organisation_by_id.get(row.organisation_id)
    name = ledger_name(reading, row.ledger)
    title = f"{name} · {row_title(ledger, row)}" if ledger else name
    held_on = row.day(ledger.date_field) if ledger and ledger.date_field else hit.held_on
    where = place.name if place else ""
    if hit.entity == "attachment":
        title, where = hit.title, f"{where} · {title}"
    return FoundLine(
        hit.entity, hit.entity_id, ("ledger_row", row.id), title, where, hit.snippet, hit.marks, held_on
    )


def _procedure_line(reading: Reading, roster: Roster, hit: SearchHit) -> FoundLine:
    """A procedure is called by its shape, and by the person whom it is about."""
    procedure = reading.get(Procedure, hit.entity_id)
    shape = SHAPE_BY_KEY.get(hit.title)
    title, where = shape.name if shape else hit.title, ""
    if procedure is not None:
        person = roster.person_by_id.get(procedure.subject_id) if procedure.subject_id else None
        place = roster.organisation_by_id.get(procedure.organisation_id)
        title = f"{title} · {person.name}" if person else title
        parts = (place.name_on(procedure.begun_on) if place else "", word_of(procedure.state))
        where = " · ".join(part for part in parts if part)
    opens = ("procedure", hit.entity_id)
    family = shape.family if shape else ""
    return FoundLine(
        hit.entity, hit.entity_id, opens, title, where, hit.snippet, hit.marks, hit.held_on, family
    )


def _assessment_line(reading: Reading, roster: Roster, hit: SearchHit) -> FoundLine:
    """An assessment leads to its round; it is called by the member and the year."""
    assessment = reading.get(Assessment, hit.entity_id)
    procedure = reading.get(Procedure, assessment.procedure_id) if assessment else None
    if procedure is None:
        return _line(roster, hit, None, {}, date.min)
    shape = SHAPE_BY_KEY.get(procedure.shape)
    place = roster.organisation_by_id.get(procedure.organisation_id)
    parts = (
        place.name_on(procedure.begun_on) if place else "",
        f"{procedure.year}年度{shape.name if shape else ''}",
        word_of(procedure.state),
    )
    opens = ("procedure", procedure.id)
    where, family = " · ".join(part for part in parts if part), shape.family if shape else ""
    return FoundLine(
        hit.entity,
        hit.entity_id,
        opens,
        hit.title,
        where,
        hit.snippet,
        hit.marks,
        hit.held_on,
        family,
        assessment.person_id if assessment else None,
    )


def _line(
    roster: Roster,
    hit: SearchHit,
    file: Attachment | None,
    summaries: dict[UUID, RecordSummary],
    today: date,
) -> FoundLine:
    opens, where, held_on = (hit.entity, hit.entity_id), "", hit.held_on
    title = hit.title
    if hit.entity == "person":
        where = _person_words(roster, hit.entity_id, today)
    else:
        owner_id = file.record_id if file is not None else hit.entity_id
        summary = summaries.get(owner_id)
        if summary is not None:
            opens, where, held_on = ("record", owner_id), _record_words(roster, summary), summary.held_on
            title = title or _kind_words(summary)  # a private record tells no subject
        elif owner_id in roster.person_by_id:
            opens, where = ("person", owner_id), roster.person_by_id[owner_id].name
    return FoundLine(hit.entity, hit.entity_id, opens, title, where, hit.snippet, hit.marks, held_on)


def _person_words(roster: Roster, person_id: UUID, today: date) -> str:
    person: Person | None = roster.person_by_id.get(person_id)
    if person is None:
        return ""
    branch, standing = roster.branch_of(person_id, today), roster.standing_on(person_id, today)
    parts = (
        branch.name_on(today) if branch else "已离开",
        word_of(standing) if standing else "",
        posts_words(roster, person_id, today),
    )
    return " · ".join(part for part in parts if part)


def _record_words(roster: Roster, summary: RecordSummary) -> str:
    place = roster.organisation_by_id.get(summary.organisation_id)
    name = "" if place is None else place.name_on(summary.held_on) if summary.held_on else place.name
    return " · ".join(part for part in (name, _kind_words(summary), word_of(summary.state)) if part)


def _kind_words(summary: RecordSummary) -> str:
    return "、".join(KIND_BY_KEY[key].short_name if key in KIND_BY_KEY else key for key in summary.kinds)
