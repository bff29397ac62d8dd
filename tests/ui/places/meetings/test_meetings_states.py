"""定稿, 更正, 删除, undo: what may still happen to a record, and what is asked for first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.records import AgendaItem, Presence, RecordState, Resolution
from branchbook.services.meetings import save_record
from branchbook.services.resolutions import close_resolution
from branchbook.services.transfers import transfer_out
from branchbook.services.undo import next_redo, next_undo, redo, undo
from branchbook.ui.commands import Commands
from branchbook.ui.place import Destination, PlaceContext, ScopeChoice, ShowPaper
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named, small_book
from tests.ui.conftest import NOW
from tests.ui.executors import AtOnce
from tests.ui.places.meetings.meetings_place import (
    HELD_ON,
    records_of,
    stored_record,
)


@pytest.fixture
def book():
    return small_book()


@pytest.fixture
def context(book, qapp):
    """Like the shared one, with the real undo and redo."""
    started = NOW.replace(hour=0)

    def undo_last():
        with book.reading() as reading:
            operation = next_undo(reading)
        return undo(book, operation.head.id, actor(1), started)

    def redo_last():
        with book.reading() as reading:
            operation = next_redo(reading)
        return redo(book, operation.head.id, actor(1), started)

    commands = Commands(AtOnce(), lambda: NOW, undo_last, redo_last)
    yield PlaceContext(book, commands, ScopeChoice(FIRST_BRANCH, 2026), "李操作", lambda: NOW)
    commands.deleteLater()


class TestFinalising:
    def test_ctrl_enter_makes_it_final_and_locks_every_field(self, place, book, show, hand):
        body = show(stored_record(book))
        body.fields.subject.setFocus()
        hand.press(Qt.Key.Key_Return, ctrl=True)
        (record,) = records_of(book)
        assert record.state == RecordState.FINAL
        assert place.editing.locked
        assert body.fields.subject.isReadOnly()
        assert body.attendance.grid.read_only
        assert body.fields.editor("chair").isReadOnly()
        assert not place.editing.head.finalise.isVisible()
        assert place.editing.head.correct.isVisible()
        assert [entry.badge for entry in place.list.entries.entries] == ["已定稿"]
        hand.press(Qt.Key.Key_N, alt=True)
        assert len(body.agenda.items) == 1

    def test_what_is_missing_is_named_and_nothing_is_lost(self, place, book, show, hand):
        body = show(stored_record(book, people={}, agenda=()))
        body.fields.subject.setFocus()
        hand.press(Qt.Key.Key_End)
        hand.write("！")
        hand.press(Qt.Key.Key_Return, ctrl=True)
        assert all(word in place.banner.text for word in ("主持人", "记录人", "议题"))
        (record,) = records_of(book)
        assert (record.state, record.subject) == (RecordState.DRAFT, "讨论年度工作！")

    def test_leftovers_are_advice_and_never_block(self, place, book, show, hand):
        """A copied title with another month, and a blank: shown, then 仍然定稿."""
        body = show(stored_record(book, subject="10月例会", agenda=(AgendaItem(uuid4(), "讨论××工作"),)))
        body.fields.subject.setFocus()
        hand.press(Qt.Key.Key_Return, ctrl=True)
        advice = place.editing.finishing.advice
        assert advice.isVisible()
        assert "10 月" in advice.lines.text()
        assert "××" in advice.lines.text()
        assert records_of(book)[0].state == RecordState.DRAFT
        hand.press(Qt.Key.Key_Return, ctrl=True)
        assert records_of(book)[0].state == RecordState.FINAL
        assert not advice.isVisible()

    def test_escape_goes_back_to_the_record(self, place, book, show, hand, settle):
        show(stored_record(book, subject="10月例会"))
        place.editing.finalise()
        settle()
        hand.press(Qt.Key.Key_Escape)
        assert not place.editing.finishing.advice.isVisible()
        assert records_of(book)[0].state == RecordState.DRAFT

    def test_a_date_that_still_has_the_keyboard_counts(self, place, book, show, hand):
        """The roster of the new day is asked before the record is final."""
        body = show(stored_record(book))
        body.fields.when.day.setFocus()
        body.fields.when.day.selectAll()
        QTest.keyClicks(body.fields.when.day, "20261103")
        hand.press(Qt.Key.Key_Return, ctrl=True)
        (record,) = records_of(book)
        assert (record.held_on, record.state) == (date(2026, 11, 3), RecordState.FINAL)

    def test_the_preview_shows_the_papers_of_the_main_kind(self, place, book, show):
        record = stored_record(book)
        show(record)
        went: list[Destination] = []
        place.go.connect(went.append)
        place.editing.head.preview.click()
        assert went == [Destination("print", ShowPaper("general_meeting_minutes", record.id))]

    def test_a_record_in_which_nothing_was_typed_is_stored_to_be_previewed(self, place, book, settle):
        place.begin(("general_meeting",), FIRST_BRANCH, HELD_ON)
        settle()
        place.editing.preview()
        settle()
        assert [each.held_on for each in records_of(book)] == [HELD_ON]


class TestCorrecting:
    @pytest.fixture
    def body(self, place, book, show, settle):
        shown_body = show(stored_record(book, final=True))
        place.editing.head.correct.click()
        settle()
        return shown_body

    def test_the_fields_open_and_one_operation_with_the_reason_is_written(
        self, place, book, body, hand, settle
    ):
        lines = len(book.state.operations)
        assert not body.fields.venue.isReadOnly()
        body.fields.venue.setFocus()
        hand.write("示例礼堂")
        hand.tab(3)
        assert records_of(book)[0].venue == ""
        correction = place.editing.finishing.correction
        correction.reason.setFocus()
        hand.write("地点漏写")
        hand.press(Qt.Key.Key_Return)
        (record,) = records_of(book)
        assert (record.venue, record.state) == ("示例礼堂", RecordState.CORRECTED)
        assert record.correction_reason == "地点漏写"
        assert len(book.state.operations) == lines + 1
        assert place.editing.locked
        assert [entry.badge for entry in place.list.entries.entries] == ["已更正"]

    def test_a_resolution_carried_out_meanwhile_stays_so(self, place, book, show, hand, settle):
        """The ledger notes it while the correction is open: what was typed here is older than that."""
        resolution = Resolution(uuid4(), "整理档案室")
        item = AgendaItem(uuid4(), "讨论年度工作", resolutions=(resolution,))
        record = stored_record(book, final=True, agenda=(item,))
        body = show(record)
        place.editing.head.correct.click()
        settle()
        body.fields.venue.setFocus()
        hand.write("302")
        close_resolution(book, record.id, resolution.id, date(2026, 11, 23), "已整理", actor())
        place.editing.finishing.correction.confirmed.emit("地点写错")
        settle()
        (kept,) = records_of(book)
        assert (kept.venue, kept.agenda[0].resolutions[0].done_on) == ("302", date(2026, 11, 23))

    def test_without_a_reason_it_is_refused_and_stays_open(self, place, book, body, settle):
        place.editing.finishing.correction.confirm_button.click()
        settle()
        assert "原因" in place.banner.text
        assert place.editing.finishing.correcting

    def test_giving_up_shows_what_the_book_holds(self, place, book, body, hand, settle):
        body.fields.venue.setFocus()
        hand.write("示例礼堂")
        place.editing.finishing.correction.cancel_button.click()
        settle()
        assert body.fields.venue.text() == ""
        assert place.editing.locked
        assert book.state.drafts == {}


class TestRemoving:
    def test_a_draft_goes_at_once_into_the_bin(self, place, book, show, settle):
        show(stored_record(book))
        place.editing.head.delete.trigger()
        settle()
        assert records_of(book) == ()
        assert place.right.currentIndex() == 0
        assert place.list.entries.entries == ()

    def test_a_final_record_asks_for_the_reason_in_place(self, place, book, show, hand, settle):
        show(stored_record(book, final=True))
        place.editing.head.delete.trigger()
        deletion = place.editing.finishing.deletion
        assert deletion.isVisible()
        deletion.confirm_button.click()
        settle()
        assert "原因" in place.banner.text
        assert len(records_of(book)) == 1
        deletion.reason.setFocus()
        hand.write("重复录入")
        hand.press(Qt.Key.Key_Return)
        assert records_of(book) == ()
        assert book.state.operations[-1].head.reason == "重复录入"


class TestUndo:
    def test_undo_and_redo_are_seen_in_the_record_at_hand(self, place, book, show, hand, settle):
        body = show(stored_record(book))
        body.fields.venue.setFocus()
        hand.write("示例礼堂")
        hand.tab()
        place.context.commands.undo()
        settle()
        assert body.fields.venue.text() == ""
        place.context.commands.redo()
        settle()
        assert body.fields.venue.text() == "示例礼堂"

    def test_undoing_the_finalising_opens_the_record_again(self, place, book, show, settle):
        body = show(stored_record(book))
        place.editing.finalise()
        settle()
        assert place.editing.locked
        place.context.commands.undo()
        settle()
        assert not place.editing.locked
        assert not body.fields.subject.isReadOnly()

    def test_undoing_the_first_save_empties_the_card(self, place, book, hand, settle):
        place.begin(("general_meeting",), FIRST_BRANCH, HELD_ON)
        settle()
        place.editing.body_area.fields.venue.setFocus()
        hand.write("示例礼堂")
        hand.tab()
        place.context.commands.undo()
        settle()
        assert place.right.currentIndex() == 0
        assert records_of(book) == ()

    def test_a_record_with_half_typed_text_keeps_it(self, place, book, show, hand, settle):
        """Another place changed the record meanwhile: what is being typed is not replaced under the hand."""
        record = stored_record(book)
        body = show(record)
        body.fields.venue.setFocus()
        hand.write("示例")
        place.context.commands.do(lambda: save_record(book, replace(record, subject="别处改的"), actor(3)))
        settle()
        assert body.fields.venue.text() == "示例"


class TestFollowingTheRoster:
    def test_a_draft_opened_again_has_todays_roster_and_says_so(self, place, book, show, settle):
        draft, other = stored_record(book), stored_record(book, "committee_meeting")
        show(draft)
        assert not place.editing.notice.isVisible()
        show(other)
        transfer_out(book, named("吴示例"), date(2026, 11, 10), "外单位", "1", actor())
        body = show(draft)
        assert "不再应到 吴示例" in place.editing.notice.text
        assert len(body.attendance.grid.attendance.lines) == 5
        with book.reading() as reading:
            assert len(reading.get(type(draft), draft.id).attendance) == 5

    def test_coming_back_to_the_place_is_opening_it_again(self, place, book, show, settle):
        show(stored_record(book))
        transfer_out(book, named("吴示例"), date(2026, 11, 10), "外单位", "1", actor())
        place.open(place.context)
        settle()
        assert "不再应到 吴示例" in place.editing.notice.text


class TestCopying:
    def test_it_fills_what_is_empty_and_carries_no_old_text(self, place, book, settle):
        stored_record(
            book,
            day=date(2026, 8, 20),
            final=True,
            venue="示例会议室",
            agenda=(AgendaItem(uuid4(), "学习讨论"), AgendaItem(uuid4(), "研究8月工作")),
        )
        place.begin(("general_meeting",), FIRST_BRANCH, TODAY)
        settle()
        body = place.editing.body_area
        place.editing.head.copy.click()
        settle()
        assert body.fields.venue.text() == "示例会议室"
        assert body.fields.subject.text() == ""
        assert body.fields.when.day.value() == TODAY
        assert [item.title.text() for item in body.agenda.items] == ["学习讨论"]
        assert all(line.presence == Presence.PRESENT for line in place.editing.keeping.record.attendance)

    def test_without_an_earlier_one_it_says_so(self, place, settle):
        place.begin(("party_lesson",), FIRST_BRANCH, TODAY)
        settle()
        place.editing.head.copy.click()
        settle()
        assert "还没有可以参照的党课记录" in place.banner.text


def test_the_history_of_a_record_says_who_changed_what(place, book, show, hand, settle):
    body = show(stored_record(book))
    assert not body.history.isVisible()
    body.fields.venue.setFocus()
    hand.write("302")
    hand.tab()
    place.editing.head.history.trigger()
    settle()
    assert body.history.hasFocus()
    said = body.history.lines.text()
    assert "李操作 填写支部党员大会" in said
    assert "地点：（空） → 302" in said
    hand.press(Qt.Key.Key_Escape)
    assert not body.history.isVisible()
