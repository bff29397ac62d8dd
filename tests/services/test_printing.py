"""The list of papers, printing one, the check of characters, and noticing what changed since it was printed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from branchbook.catalogue.papers_list import HANDBOOK_KEY, PAPER_BY_KEY
from branchbook.domain.papers import PrintOptions, Sheet, Subject
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import correct
from branchbook.services.operations import Actor, operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printed_papers import note_handbook, note_paper, stale_papers
from branchbook.services.printing import (
    booklet_for,
    content_hash,
    paper_entries,
    print_paper,
    unprintable,
    word_paper,
)
from tests.services.paper_press import PressOfWords
from tests.services.printing_sample import ACTOR, BRANCH, TODAY, Sample, person, sample

HANDBOOK = HandbookRequest(BRANCH, 2026, TODAY)


class WordOfTitles:
    """A docx press that says what it was given."""

    def docx(self, sheet: Sheet) -> bytes:
        return sheet.title.encode()


@pytest.fixture
def year() -> Sample:
    return sample()


def minutes(year: Sample) -> PaperRequest:
    return PaperRequest("general_meeting_minutes", TODAY, record_id=year.records["general"])


def correct_venue(year: Sample) -> None:
    with year.book.reading() as reading:
        record = reading.get(Record, year.records["general"])
    assert record is not None
    correct(year.book, replace(record, venue="示例楼一层"), "地点写错", ACTOR)


def test_the_list_has_every_paper_that_prints_by_itself_and_the_handbook():
    entries = {entry.key: entry for entry in paper_entries()}
    assert set(PAPER_BY_KEY) - set(entries) == {
        "handbook_cover",
        "handbook_instructions",
        "handbook_contents",
    }
    assert entries[HANDBOOK_KEY].subject == Subject.YEAR
    assert entries["general_meeting_minutes"].name == "支部党员大会记录"
    assert entries["general_meeting_minutes"].subject == Subject.RECORD


@pytest.mark.parametrize("entry", paper_entries()[:-1], ids=lambda entry: entry.key)
def test_every_paper_of_the_list_prints_blank(year, entry):
    request = PaperRequest(entry.key, TODAY, organisation_id=BRANCH, year=2026, blank=True)
    with year.book.reading() as reading:
        pages = print_paper(reading, PressOfWords(), request).pages
    assert pages == 1 or entry.subject == Subject.PROCEDURE


@pytest.mark.parametrize(
    "entry",
    [entry for entry in paper_entries()[:-1] if entry.subject in (Subject.ORGANISATION, Subject.YEAR)],
    ids=lambda e: e.key,
)
def test_every_paper_of_a_branch_or_year_prints_filled(year, entry):
    request = PaperRequest(entry.key, TODAY, organisation_id=BRANCH, year=2026)
    with year.book.reading() as reading:
        assert print_paper(reading, PressOfWords(), request).pages == 1


def test_the_booklet_has_the_options_asked_for(year):
    with year.book.reading() as reading:
        booklet = booklet_for(reading, minutes(year), PrintOptions(binding_mm=25.0))
    assert booklet.options.binding_mm == 25.0
    assert booklet.title == "示例第一党支部党员大会记录"


def test_a_character_without_a_glyph_is_told_with_the_persons_name(year):
    request = PaperRequest("member_roster", TODAY, organisation_id=BRANCH)
    with year.book.reading() as reading:
        (found,) = unprintable(reading, PressOfWords("喆"), sheets_for(reading, request))
    assert (found.where, found.character) == ("姓名“褚喆”", "喆")
    assert "U+5586" in found.sentence


def test_a_character_in_the_minutes_is_told_with_the_paper(year):
    with year.book.reading() as reading:
        found = unprintable(reading, PressOfWords("酿"), sheets_for(reading, minutes(year)))
    assert [each.where for each in found] == ["《示例第一党支部党员大会记录》"]
    assert "酝酿" in found[0].context


def test_nothing_lacking_is_told_as_nothing(year):
    with year.book.reading() as reading:
        assert unprintable(reading, PressOfWords(), sheets_for(reading, minutes(year))) == ()


def test_only_papers_meant_for_it_become_docx(year):
    with year.book.reading() as reading:
        assert word_paper(reading, WordOfTitles(), minutes(year)).decode() == "示例第一党支部党员大会记录"
        with pytest.raises(RefusedProblem) as caught:
            word_paper(reading, WordOfTitles(), PaperRequest("dues_register", TODAY, organisation_id=BRANCH))
    assert "PDF" in str(caught.value)


def test_equal_values_have_equal_hashes_and_others_do_not(year):
    with year.book.reading() as reading:
        before = content_hash(sheets_for(reading, minutes(year)))
        assert content_hash(sheets_for(reading, minutes(year))) == before
    correct_venue(year)
    with year.book.reading() as reading:
        assert content_hash(sheets_for(reading, minutes(year))) != before


def test_a_record_changed_since_it_was_printed_is_told_until_it_is_printed_again(year):
    def print_and_note(actor: Actor = ACTOR) -> None:
        with year.book.reading() as reading:
            sheets = sheets_for(reading, minutes(year))
            pressed = print_paper(reading, PressOfWords(), minutes(year))
        note_paper(year.book, minutes(year), sheets, pressed, actor)

    def stale() -> list[str]:
        with year.book.reading() as reading:
            return [each.title for each in stale_papers(reading, HANDBOOK)]

    print_and_note()
    assert stale() == []
    correct_venue(year)
    assert stale() == ["示例第一党支部党员大会记录"]
    print_and_note(replace(ACTOR, now=ACTOR.now + timedelta(hours=1)))
    assert stale() == []


def test_printing_the_handbook_notes_every_record_in_it(year):
    with year.book.reading() as reading:
        made = handbook(reading, HANDBOOK)
        lines_before = len(reading.operations(1000))
    note_handbook(year.book, made, HANDBOOK, PressOfWords().press(made.booklet), ACTOR)
    correct_venue(year)
    with year.book.reading() as reading:
        (changed,) = stale_papers(reading, HANDBOOK)
        assert len(reading.operations(1000)) == lines_before + 1, "only the correction is a line of history"
    assert changed.record_id == year.records["general"]


def test_a_name_that_changes_later_stays_as_written_in_a_printed_record(year):
    with operate(year.book, ACTOR, "改名") as operating:
        operating.writing.put(replace(person(3), name="李改名"))
    with year.book.reading() as reading:
        assert reading.get(Person, person(3).id) is not None
        (sheet,) = sheets_for(reading, minutes(year))
    assert "李丁四" in str(sheet.values)
    assert "李改名" not in str(sheet.values)
