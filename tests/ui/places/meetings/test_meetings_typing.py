"""What is typed is never lost: drafts at once, operations when a field is left, input methods untouched."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import time as clock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.domain.records import Record, RecordState
from branchbook.services.codec import from_json
from branchbook.services.drafts import keep_draft
from branchbook.ui.commands import SaveState
from branchbook.ui.place import ShowFoundDraft
from branchbook.ui.places.meetings.keeping import DRAFT_AFTER_MS
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.places.meetings.meetings_place import HELD_ON, open_place, records_of, stored_record

PROMISED_MS = 500
"""A draft commits within this time of the last key."""


def drafts_of(place) -> list[Record]:
    return [from_json(each.entity, each.payload) for each in place.context.book.state.drafts.values()]


class TestDrafts:
    def test_what_is_typed_is_a_draft_in_time_without_a_line_of_history(self, place, show, qtbot):
        assert DRAFT_AFTER_MS < PROMISED_MS
        record = stored_record(place.context.book)
        body = show(record)
        lines = len(place.context.book.state.operations)
        body.fields.venue.setFocus()
        QTest.keyClicks(body.fields.venue, "301")
        qtbot.waitUntil(lambda: bool(drafts_of(place)))
        assert drafts_of(place) == [replace(record, venue="301")]
        qtbot.waitUntil(lambda: place.context.commands.status.state == SaveState.SAVED)
        assert len(place.context.book.state.operations) == lines

    def test_leaving_a_field_makes_one_operation_and_drops_the_draft(self, place, show, hand):
        record = stored_record(place.context.book)
        body = show(record)
        lines = len(place.context.book.state.operations)
        body.fields.venue.setFocus()
        QTest.keyClicks(body.fields.venue, "301")
        hand.tab()
        assert [each.venue for each in records_of(place.context.book)] == ["301"]
        assert len(place.context.book.state.operations) == lines + 1
        assert drafts_of(place) == []
        hand.tab(4)
        assert len(place.context.book.state.operations) == lines + 1

    def test_a_new_record_is_stored_only_when_something_is_typed(self, place, hand, settled):
        place.begin(("general_meeting",), FIRST_BRANCH, HELD_ON)
        settled(place.context.commands)
        place.leave()
        settled(place.context.commands)
        assert records_of(place.context.book) == ()
        place.editing.body_area.fields.venue.setFocus()
        hand.write("示例会议室")
        place.leave()
        settled(place.context.commands)
        assert [each.venue for each in records_of(place.context.book)] == ["示例会议室"]
        assert [entry.badge for entry in place.list.entries.entries] == ["草稿"]

    def test_leaving_the_place_also_keeps_a_date_that_has_the_keyboard(self, place, show, settled):
        body = show(stored_record(place.context.book))
        body.fields.when.day.setFocus()
        body.fields.when.day.selectAll()
        QTest.keyClicks(body.fields.when.day, "2026-11-3")
        place.leave()
        settled(place.context.commands)
        assert [f"{each.held_on}" for each in records_of(place.context.book)] == ["2026-11-03"]

    def test_going_to_another_record_saves_the_one_before(self, place, show, hand, settled):
        first = stored_record(place.context.book)
        second = stored_record(place.context.book, "theme_party_day", fields={"content": "参观"})
        body = show(first)
        body.fields.subject.setFocus()
        hand.press(Qt.Key.Key_End)
        hand.write("！")
        show(second)
        assert {each.subject for each in records_of(place.context.book)} == {"讨论年度工作！", "讨论年度工作"}

    def test_a_read_only_book_says_so_and_keeps_what_was_typed_on_the_screen(self, place, show, hand):
        body = show(stored_record(place.context.book))
        place.context.book._read_only = True
        body.fields.venue.setFocus()
        hand.write("示例会议室")
        hand.tab()
        assert "只读" in place.banner.text
        assert body.fields.venue.text() == "示例会议室"
        assert place.editing.keeping.dirty


class TestFoundDrafts:
    @pytest.fixture
    def left(self, context):
        """A record, and what an earlier run typed and did not save."""
        record = stored_record(context.book)
        typed = replace(record, subject="讨论年度工作和下年打算")
        keep_draft(context.book, typed, actor(1))
        return record, typed

    def test_it_is_said_shown_and_saved(self, shown, context, settled, left):
        place = open_place(shown, context, settled)
        assert "上次没有保存完的草稿" in place.banner.text
        assert left[1].subject in place.banner.text
        place.banner.linked.emit()
        settled(context.commands)
        assert place.editing.body_area.fields.subject.text() == left[1].subject
        place.leave()
        settled(context.commands)
        assert [each.subject for each in records_of(context.book)] == [left[1].subject]
        assert context.book.state.drafts == {}

    def test_the_desk_leads_straight_to_it_also_where_this_place_was_not_open_yet(
        self, shown, context, settled, left
    ):
        place = open_place(shown, context, settled, ShowFoundDraft())
        assert place.editing.body_area.fields.subject.text() == left[1].subject
        assert not place.banner.isVisible()

    def test_it_can_be_given_up(self, shown, context, settled, left):
        place = open_place(shown, context, settled)
        place.banner.linked.emit()
        settled(context.commands)
        place.editing.notice.linked.emit()
        settled(context.commands)
        assert place.editing.body_area.fields.subject.text() == left[0].subject
        assert context.book.state.drafts == {}
        assert records_of(context.book) == (left[0],)

    def test_a_correction_that_was_cut_off_goes_on_as_a_correction(self, shown, context, settled):
        final = stored_record(context.book, final=True)
        keep_draft(context.book, replace(final, venue="示例礼堂"), actor(1))
        place = open_place(shown, context, settled)
        place.banner.linked.emit()
        settled(context.commands)
        assert place.editing.finishing.correcting
        place.editing.finishing.correction.reason.setText("地点漏写")
        place.editing.finishing.correction.confirm_button.click()
        settled(context.commands)
        (stored,) = records_of(context.book)
        assert (stored.venue, stored.state) == ("示例礼堂", RecordState.CORRECTED)


class TestInputMethods:
    def fields(self, body):
        body.agenda.items[0].speeches[0].text.setPlainText("")
        return [
            body.fields.subject,
            body.fields.when.day,
            body.fields.editor("chair"),
            body.agenda.items[0].title,
            body.agenda.items[0].speeches[0].speaker,
            body.agenda.items[0].speeches[0].text,
            body.attendance.observers,
        ]

    @pytest.mark.parametrize("number", range(7))
    def test_keys_and_autosave_leave_preedit_text_alone(self, place, show, compose, settled, qtbot, number):
        record = stored_record(place.context.book)
        body = show(record)
        field = self.fields(body)[number]
        field.setFocus()
        settled(place.context.commands)
        before = place.editing.keeping.record
        compose(field, "huiyi")
        for key, held in (
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier),
            (Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier),
        ):
            QTest.keyClick(field, key, held)
        place.editing.keeping.keep_draft()
        settled(place.context.commands)
        assert QApplication.focusWidget() is field
        assert place.editing.keeping.record is before
        assert records_of(place.context.book)[0].state == RecordState.DRAFT
        assert "huiyi" not in str(drafts_of(place))

    def test_committed_text_is_typed_text(self, place, show, compose, hand):
        body = show(stored_record(place.context.book))
        text = body.agenda.items[0].speeches[0].text
        text.setFocus()
        text.selectAll()
        compose(text, "huiyi")
        compose(text, "", "会议")
        hand.tab()
        assert records_of(place.context.book)[0].agenda[0].speeches[0].text == "会议"


class TestText:
    @pytest.mark.parametrize("words", ["<b>加粗</b>", "甲 & 乙", "<img src=x>", "好👍🎉", "&amp;"])
    def test_text_is_shown_as_typed_everywhere(self, place, show, hand, settled, words):
        body = show(stored_record(place.context.book))
        body.fields.subject.setFocus()
        body.fields.subject.selectAll()
        hand.write(words)
        body.agenda.items[0].title.setFocus()
        body.agenda.items[0].title.selectAll()
        hand.write(words)
        hand.tab()
        settled(place.context.commands)
        assert body.fields.subject.text() == body.agenda.items[0].title.text() == words
        assert [entry.detail for entry in place.list.entries.entries] == [words]
        assert records_of(place.context.book)[0].agenda[0].title == words

    def test_two_hundred_thousand_characters_do_not_freeze_typing(self, place, show, hand, settled):
        body = show(stored_record(place.context.book))
        text = body.agenda.items[0].speeches[0].text
        text.setFocus()
        text.set_value(("会议认为，要把学习同工作结合起来。" * 20 + "\n") * 560)
        assert len(text.value()) > 190_000
        text.moveCursor(text.textCursor().MoveOperation.End)
        began = time.perf_counter()
        keys = 20
        for _ in range(keys):
            QTest.keyClick(text, Qt.Key.Key_A)
            QApplication.processEvents()
        each = (time.perf_counter() - began) / keys
        assert each < 0.1, f"{each * 1000:.0f} ms for a key"
        place.leave()
        settled(place.context.commands)
        assert records_of(place.context.book)[0].agenda[0].speeches[0].text.endswith("\n" + "a" * keys)


class TestAnswersWhileTyping:
    """The book answers when it can; somebody may be in the middle of a word then."""

    def test_a_time_being_typed_stays_when_the_record_is_shown_anew(self, place, show, hand, settle):
        record = stored_record(place.context.book)
        when = show(record).fields.when
        when.begins.setFocus()
        QTest.keyClicks(when.begins, "0930")
        place.editing.show_surroundings()
        settle()
        assert when.begins.text() == "0930"
        hand.tab()
        assert records_of(place.context.book)[0].starts_at == clock(9, 30)

    def test_a_name_being_typed_stays_when_the_record_is_shown_anew(self, place, show, settle):
        record = stored_record(place.context.book)
        chair = show(record).fields.editor("chair")
        chair.setFocus()
        chair.selectAll()
        QTest.keyClicks(chair, "s")
        place.editing.show_surroundings()
        settle()
        assert chair.text() == "s"

    def test_what_was_being_typed_does_not_go_over_to_another_record(self, place, show, settle):
        first = stored_record(place.context.book)
        second = stored_record(place.context.book, subject="另一次会议")
        when = show(first).fields.when
        when.begins.setFocus()
        QTest.keyClicks(when.begins, "0930")
        place.editing.show_record(second, second)
        settle()
        assert when.begins.text() == ""
