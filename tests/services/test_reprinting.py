"""已改未重印: single papers of records and procedures, told until they are printed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.services.meetings import correct
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printed_papers import note_paper
from branchbook.services.printing import print_paper
from branchbook.services.reprinting import changed_since_printed, papers_to_reprint
from tests.services.election_printing import TODAY as ELECTION_DAY
from tests.services.election_sample import ELECTION, election_book, term_election
from tests.services.paper_press import PressOfWords
from tests.services.printing_sample import ACTOR, TODAY, sample


def print_and_note(book, request, actor=ACTOR):
    with book.reading() as reading:
        sheets = sheets_for(reading, request)
        pressed = print_paper(reading, PressOfWords(), request)
    note_paper(book, request, sheets, pressed, actor)


def later(hours):
    return replace(ACTOR, now=ACTOR.now + timedelta(hours=hours))


def test_every_paper_of_a_record_is_told_until_it_is_printed_again():
    made = sample()
    record_id = made.records["general"]
    papers = ("general_meeting_minutes", "sign_in_sheet", "resolution_document")
    for paper in papers:
        print_and_note(made.book, PaperRequest(paper, TODAY, record_id=record_id))

    def told():
        with made.book.reading() as reading:
            record = reading.get(Record, record_id)
            both = papers_to_reprint(reading, record_id, TODAY)
            year = changed_since_printed(reading, (record.organisation_id,), record.held_on.year, TODAY)
            assert set(year) == set(both)
            assert (
                changed_since_printed(reading, (record.organisation_id,), record.held_on.year - 1, TODAY)
                == ()
            )
            return {each.paper for each in both}

    assert told() == set()
    with made.book.reading() as reading:
        record = reading.get(Record, record_id)
    assert record is not None
    correct(made.book, replace(record, venue="示例楼一层"), "地点写错", later(1))
    assert told() == set(papers), "each says now that it was corrected"
    print_and_note(made.book, PaperRequest("sign_in_sheet", TODAY, record_id=record_id), later(2))
    assert told() == set(papers) - {"sign_in_sheet"}


def test_a_paper_printed_as_one_of_two_kinds_is_not_stale():
    made = sample()
    with made.book.reading() as reading:
        both = next(
            each for each in reading.all(Record) if "party_lesson" in each.kinds and len(each.kinds) > 1
        )
    request = PaperRequest("party_lesson_record", TODAY, record_id=both.id, kind="party_lesson")
    print_and_note(made.book, request)
    with made.book.reading() as reading:
        assert papers_to_reprint(reading, both.id, TODAY) == ()


def test_papers_of_a_procedure():
    made = election_book(term_election())
    request = PaperRequest("election:candidate_roster", ELECTION_DAY, record_id=ELECTION)
    print_and_note(made.book, request)
    with made.book.reading() as reading:
        assert papers_to_reprint(reading, ELECTION, ELECTION_DAY) == ()
        procedure = reading.get(Procedure, ELECTION)
    assert procedure is not None
    with operate(made.book, later(9000), "改") as operating:
        operating.writing.put(replace(procedure, candidates=procedure.candidates[1:]))
    with made.book.reading() as reading:
        (found,) = papers_to_reprint(reading, ELECTION, ELECTION_DAY)
        assert (found.record_id, found.paper) == (ELECTION, request.paper)
        own = (procedure.organisation_id,)
        assert changed_since_printed(reading, own, 2026, ELECTION_DAY) == (found,)
