"""The handbook's records: printed under each of their kinds, by kind or by quarter, and their photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

from branchbook.catalogue.handbook import QUARTERS, HandbookPart
from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.papers import Section, Sheet
from branchbook.domain.records import Record
from branchbook.services.handbook_request import HandbookRequest, HandbookSection
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_sheets import bound_sheets, titled_sheet
from branchbook.services.paper_values_handbook import photos_of
from branchbook.services.paper_words import subject_of
from branchbook.services.privacy import open_part
from branchbook.services.store import RecordQuery


@dataclass(frozen=True)
class HandbookBinding:
    """A handbook's request with the book behind it; the year's records are read once for all parts."""

    view: BookView
    request: HandbookRequest

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The year's records of the organisation, then of its groups one after another, by day and hour.

        What is private in them is left out.
        """
        request = self.request
        places = [each.id for each in Binding(self.view, request.paper("")).organisations_of_year]
        query = RecordQuery(
            tuple(places), from_on=date(request.year, 1, 1), to_on=date(request.year, 12, 31), undated=False
        )
        read = map(open_part, self.view.reading.records(query))
        found = [each for each in read if each.is_final or request.with_drafts]
        return tuple(sorted(found, key=lambda each: (places.index(each.organisation_id), *_moment(each))))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One record as it stands under one of its kinds."""

    part: HandbookPart
    record: Record


def record_sections(book: HandbookBinding, parts: tuple[HandbookPart, ...]) -> Iterable[HandbookSection]:
    """The sections of the year's records of the named parts, each with the key of its part.

    By kind every part is a chapter, its records in order of organisation and date; by quarter the four
    quarters are, their records in order of date.
    """
    entries = [_Entry(part, record) for part in parts for record in book.records if part.kind in record.kinds]
    if book.request.by_quarter:
        entries.sort(key=lambda entry: _moment(entry.record))
    chapter = ""
    for entry in entries:
        named = _quarter(entry.record) if book.request.by_quarter else entry.part.title
        for section in _entry_sections(book, entry):
            opened = replace(section, chapter=named if named != chapter else "")
            chapter, record_id = named, entry.record.id
            yield HandbookSection(entry.part.key, f"{entry.part.key}:{record_id}", opened, record_id)


def _entry_sections(book: HandbookBinding, entry: _Entry) -> Iterable[Section]:
    record = entry.record
    paper = PaperRequest(
        kind_of(entry.part.kind).paper, book.request.day, record_id=record.id, kind=entry.part.kind
    )
    binding = Binding(book.view, paper, loaded=record)
    place = "" if record.organisation_id == book.request.organisation_id else binding.names.organisation
    for sheet in bound_sheets(binding):
        yield Section(sheet, bookmark=_bookmark(book, entry, place), level=1)


def _bookmark(book: HandbookBinding, entry: _Entry, place: str) -> str:
    """3月20日 学习讨论; a group's meeting says whose, and a quarter's record of which kind it is."""
    record = entry.record
    day = f"{record.held_on.month}月{record.held_on.day}日" if record.held_on else ""
    kind = kind_of(entry.part.kind).name if book.request.by_quarter or not subject_of(record) else ""
    return "　".join(part for part in (place, day, kind, subject_of(record)) if part)


def _moment(record: Record) -> tuple[date, time]:
    """When it began; what has no hour stands after the others of its day."""
    return (record.held_on or date.max, record.starts_at or time.max)


def _quarter(record: Record) -> str:
    assert record.held_on is not None
    return QUARTERS[(record.held_on.month - 1) // 3]


def photo_sheet(book: HandbookBinding) -> tuple[Sheet, ...]:
    """All photos of the year's records on pages of six, in order of date; nothing without photos."""
    shown = (each for each in book.records if not each.is_private)
    records = sorted(shown, key=lambda each: each.held_on or date.max)
    photos = photos_of(
        book.view.reading.attachments_of([each.id for each in records]), {each.id: each for each in records}
    )
    if not photos:
        return ()
    return (titled_sheet(Binding(book.view, book.request.paper("photo_page")), {"photos": photos}),)
