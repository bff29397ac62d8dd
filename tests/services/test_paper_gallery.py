"""What the gallery says of each paper, and what a paper can be printed of."""

from datetime import date

import pytest

from branchbook.catalogue.handbook import TICKED
from branchbook.domain.papers import Subject
from branchbook.domain.records import Record
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import correct
from branchbook.services.operations import Actor
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_gallery import (
    PRINTED_FROM_THE_ROSTER,
    paper_lines,
    paper_needs,
    stale_lines,
)
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.printed_papers import note_handbook, note_paper
from branchbook.services.printing import paper_entries
from tests.services.paper_press import PressOfWords
from tests.services.printing_sample import ACTOR, BRANCH, GROUPS, TODAY, attach_photo, sample

ENTRIES = {entry.key: entry for entry in paper_entries()}


@pytest.fixture
def made():
    return sample()


def needs(made, paper, record=None, year=2026):
    with made.book.reading() as reading:
        return paper_needs(reading, ENTRIES[paper], BRANCH, year, TODAY, record)


def lines(made, year=2026):
    with made.book.reading() as reading:
        return {line.entry.key: line for line in paper_lines(reading, BRANCH, year, TODAY)}


def test_every_single_paper_is_a_line_and_the_handbook_is_none(made):
    assert list(lines(made)) == [key for key in ENTRIES if key != "handbook"]


def test_records_of_the_year_are_counted_per_paper_those_of_groups_too(made):
    found = lines(made)
    assert found["general_meeting_minutes"].records == 1
    assert found["group_meeting_minutes"].records == 1
    assert found["talk_record"].records == found["life_meeting_record"].records == 1
    assert found["party_lesson_record"].records == found["theme_party_day_record"].records == 1
    assert found["member_roster"].records is None


def test_another_year_has_no_records(made):
    assert lines(made, 2025)["general_meeting_minutes"].records == 0


def test_it_tells_when_a_paper_was_printed_last(made):
    request = PaperRequest("member_roster", TODAY, organisation_id=BRANCH, year=2026)
    assert lines(made)["member_roster"].printed_at is None
    with made.book.reading() as reading:
        sheets = (sheet_for(reading, request),)
    pressed = PressOfWords().press(_booklet(made))
    note_paper(made.book, request, sheets, pressed, ACTOR)
    assert lines(made)["member_roster"].printed_at == ACTOR.now


def test_a_paper_of_records_offers_those_of_its_kinds_and_takes_the_latest_held(made):
    found = needs(made, "sign_in_sheet")
    assert found.record_id == made.records["day_and_lesson"]
    assert [each.words for each in found.records][:2] == ["3月27日 弘扬优良作风", "3月19日 支部党员大会"]
    assert "3月12日 第一党小组 学习讨论" in [each.words for each in found.records]


def test_a_record_asked_for_is_offered_whatever_its_year(made):
    found = needs(made, "general_meeting_minutes", made.records["general"], year=2025)
    assert [each.words for each in found.records] == ["2026年3月19日 支部党员大会"]
    assert found.record_id == made.records["general"]


def test_a_record_of_two_kinds_can_print_under_either_where_the_paper_knows_both(made):
    record = made.records["day_and_lesson"]
    assert needs(made, "sign_in_sheet", record).kinds == ("theme_party_day", "party_lesson")
    assert needs(made, "party_lesson_record", record).kinds == ("party_lesson",)


def test_resolutions_are_offered_by_agenda_item(made):
    assert needs(made, "resolution_document", made.records["general"]).items == ((1, "推荐年度优秀共产党员"),)
    assert needs(made, "general_meeting_minutes", made.records["general"]).items == ()


def test_only_meetings_that_resolved_something_are_offered_for_their_resolutions(made):
    found = needs(made, "resolution_document")
    assert {each.id for each in found.records} == {made.records["general"], made.records["committee"]}
    assert lines(made)["resolution_document"].records == 2


def test_only_records_with_photos_are_offered_for_the_photo_page(made):
    assert needs(made, "photo_page").records == ()
    attach_photo(made.book, made.records["life"], b"a picture")
    assert [each.id for each in needs(made, "photo_page").records] == [made.records["life"]]
    assert lines(made)["photo_page"].records == 1


def test_a_paper_of_an_organisation_offers_the_branch_and_its_groups_one_of_the_year_only_the_branch(made):
    assert [each.id for each in needs(made, "member_roster").organisations] == [BRANCH, *GROUPS]
    assert [each.id for each in needs(made, "attendance_year").organisations] == [BRANCH]


@pytest.mark.parametrize(
    "paper", [entry.key for entry in ENTRIES.values() if entry.subject == Subject.RECORD]
)
def test_papers_said_to_be_printed_from_the_roster_are_exactly_those_that_are(made, paper):
    request = PaperRequest(paper, TODAY, organisation_id=BRANCH, year=2026)
    with made.book.reading() as reading:
        filled = sheet_for(reading, request).values is not None
    assert filled == (paper in PRINTED_FROM_THE_ROSTER)


def test_what_changed_since_it_was_printed_is_told_by_its_day(made):
    request = HandbookRequest(BRANCH, 2026, TODAY, parts=TICKED)
    with made.book.reading() as reading:
        whole = handbook(reading, request)
        assert stale_lines(reading, request) == ()
    note_handbook(made.book, whole, request, PressOfWords().press(whole.booklet), ACTOR)
    with made.book.reading() as reading:
        assert stale_lines(reading, request) == ()
        record = reading.get(Record, made.records["committee"])
    _change_venue(made, record)
    with made.book.reading() as reading:
        (line,) = stale_lines(reading, request)
    assert (line.record_id, line.paper) == (made.records["committee"], "committee_meeting_minutes")
    assert line.words == "3月10日 研究三月份工作"


def _change_venue(made, record):
    from dataclasses import replace

    later = Actor(ACTOR.who, ACTOR.now.replace(hour=10))
    correct(made.book, replace(record, venue="另一会议室"), "地点写错", later)


def _booklet(made):
    from branchbook.services.printing import booklet_for

    with made.book.reading() as reading:
        return booklet_for(reading, PaperRequest("member_roster", date(2026, 1, 1), organisation_id=BRANCH))


def test_a_paper_of_one_member_offers_the_members_of_the_round(made):
    assert needs(made, "evaluation:member_form").people == ()
    begun = begin_evaluation(made.book, BRANCH, 2026, date(2026, 3, 2), ACTOR)
    found = needs(made, "evaluation:member_form")
    assert found.record_id == begun.value.id
    assert [each.words for each in found.records] == ["2026年度 组织生活会和民主评议党员"]
    with made.book.reading() as reading:
        here = reading.roster().members_on(BRANCH, TODAY)
    assert {each.id for each in found.people} == {each.id for each in here}
    assert needs(made, "evaluation:summary").people == ()
