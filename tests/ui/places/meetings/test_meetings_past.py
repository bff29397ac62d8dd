"""The past of a record on its card: an earlier state put back, and papers printed before it was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from branchbook.domain.records import Record
from branchbook.services.meetings import correct, save_record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printed_papers import note_paper
from branchbook.services.printing import print_paper
from branchbook.ui.theme import Tone
from tests.services.paper_press import PressOfWords
from tests.services.small_book import actor
from tests.ui.places.meetings.meetings_place import stored_record


def later(hours):
    now = actor()
    return replace(now, now=now.now + timedelta(hours=hours))


def test_an_earlier_state_of_a_draft_is_put_back(place, book, show, settle):
    record = stored_record(book)
    save_record(book, replace(record, venue="三楼"), later(1))
    save_record(book, replace(record, venue="四楼"), later(2))
    history = show(record).history
    place.editing.head.history.trigger()
    settle()
    assert history.earlier.count() == 2
    assert history.earlier.currentText().endswith("填写支部党员大会")
    history.back_button.click()
    settle()
    with book.reading() as reading:
        assert reading.get(Record, record.id).venue == "三楼"
    assert place.banner.tone is Tone.OK
    assert "恢复到" in history.lines.text()


def test_a_final_record_is_not_put_back(place, book, show, settle):
    record = stored_record(book, final=True)
    history = show(record).history
    place.editing.head.history.trigger()
    settle()
    history.back_button.click()
    settle()
    assert "已经定稿" in place.banner.text
    with book.reading() as reading:
        assert reading.get(Record, record.id).is_final


def test_a_paper_printed_before_a_correction_is_marked_on_the_card(place, book, show, settle):
    record = stored_record(book, final=True)
    request = PaperRequest("general_meeting_minutes", actor().today, record_id=record.id)
    with book.reading() as reading:
        sheets, pressed = sheets_for(reading, request), print_paper(reading, PressOfWords(), request)
    note_paper(book, request, sheets, pressed, actor())
    show(record)
    settle()
    assert place.editing.head.reprint.text() == ""
    with book.reading() as reading:
        final = reading.get(Record, record.id)
    correct(book, replace(final, venue="三楼"), "地点写错", later(1))
    place.editing.reload()
    settle()
    badge = place.editing.head.reprint
    assert (badge.text(), badge.toolTip()) == ("已改未重印", "支部党员大会记录")
