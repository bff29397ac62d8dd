"""Who came: marks, reasons, the sentence of arithmetic, observers."""

from __future__ import annotations

from datetime import date
from uuid import uuid5

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from branchbook.domain.people import FactKind, PersonFact, Standing
from branchbook.domain.records import (
    DecisionKind,
    PersonRef,
    Presence,
)
from branchbook.services.operations import operate
from branchbook.ui.theme import Tone
from tests.services.small_book import (
    actor,
    named,
)
from tests.ui.places.meetings.meetings_place import (
    at_hand,
    records_of,
    stored_record,
)


class TestAttendance:
    def test_the_sentence_turns_red_with_the_reason_and_green_again(self, place, show, qtbot):
        """支部工作条例 第十一条: half of those with the right to vote must come."""
        body = show(stored_record(place.context.book))
        sentence = body.attendance.sentence
        assert (sentence.tone, "可以表决" in sentence.text) == (Tone.OK, True)
        assert "第十一条" in sentence.text
        body.attendance.grid.attendance.mark([0, 1, 2, 3], Presence.ABSENT)
        qtbot.waitUntil(lambda: sentence.tone == Tone.BAD)
        assert "不能表决" in sentence.text
        body.attendance.grid.attendance.mark([0], Presence.PRESENT)
        qtbot.waitUntil(lambda: sentence.tone == Tone.WARN)
        assert "正好半数" in sentence.text
        body.attendance.grid.attendance.mark([1], Presence.PRESENT)
        qtbot.waitUntil(lambda: sentence.tone == Tone.OK)

    def test_a_reason_is_typed_beside_the_grid_and_goes_with_the_mark(self, place, show, hand):
        body = show(stored_record(place.context.book))
        body.attendance.grid.setFocus()
        body.attendance.grid.setCurrentIndex(body.attendance.grid.attendance.index(0))
        hand.press(Qt.Key.Key_Right, Qt.Key.Key_3)
        hand.tab()
        hand.write("未说明")
        hand.tab()
        (record,) = records_of(place.context.book)
        assert (record.attendance[1].presence, record.attendance[1].reason) == (Presence.ABSENT, "未说明")
        body.attendance.grid.attendance.mark([1], Presence.PRESENT)
        assert at_hand(place).attendance[1].reason == ""
        assert body.attendance.exceptions.rows == []

    def test_a_missed_lesson_can_be_made_up(self, place, begin, hand):
        body = begin("party_lesson")
        body.attendance.grid.attendance.mark([2], Presence.ON_LEAVE)
        row = body.attendance.exceptions.rows[0]
        row.make_up.setFocus()
        hand.write("11月28日补课")
        hand.tab()
        assert at_hand(place).attendance[2].make_up == "11月28日补课"

    def test_a_pasted_list_marks_and_names_who_was_not_found(self, place, show):
        body = show(stored_record(place.context.book))
        QGuiApplication.clipboard().setText("请假：钱示例、孙示例\n外人某 缺席")
        body.attendance.grid.setFocus()
        QTest.keyClick(body.attendance.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        marks = [line.presence for line in at_hand(place).attendance]
        assert marks[1] == marks[2] == Presence.ON_LEAVE
        assert "外人某" in body.attendance.pasted_line.text

    def test_probationary_members_are_marked_and_do_not_count_for_the_quorum(self, place, show, settle):
        with operate(place.context.book, actor(), "身份") as operating:
            person_id = named("吴示例")
            operating.writing.put(
                PersonFact(
                    uuid5(person_id, "standing"),
                    person_id,
                    FactKind.STANDING,
                    Standing.PROBATIONARY,
                    date(2026, 1, 5),
                )
            )
        body = show(stored_record(place.context.book))
        assert [line.note for line in body.attendance.grid.attendance.lines] == [""] * 5 + ["预备"]
        assert "应到会有表决权 5 名" in body.attendance.sentence.text
        assert "吴示例" in body.attendance.sentence.toolTip()

    def test_an_approved_exclusion_is_offered_only_where_an_election_is_held(self, place, show, hand, qtbot):
        record = stored_record(place.context.book)
        body = show(record)
        grid = body.attendance.grid
        grid.setFocus()
        grid.setCurrentIndex(grid.attendance.index(0))
        hand.press(Qt.Key.Key_4)
        assert at_hand(place).attendance[0].presence == Presence.PRESENT
        assert "没有可以扣除" in body.attendance.pasted_line.text
        body.agenda.items[0].add_vote()
        body.agenda.items[0].vote_row._change(decision=DecisionKind.ELECTION)
        qtbot.waitUntil(lambda: grid.attendance.exclusion_allowed)
        grid.setFocus()
        hand.press(Qt.Key.Key_4)
        assert at_hand(place).attendance[0].presence == Presence.EXCLUDED
        row = body.attendance.exceptions.rows[0]
        row.code.set_value("X2")
        row.code.value_changed.emit("X2")
        row.document.setFocus()
        hand.write("示组〔2026〕1号")
        row.approved.click()
        (exclusion,) = at_hand(place).exclusions
        assert (exclusion.code, exclusion.consent_document) == ("X2", "示组〔2026〕1号")
        assert exclusion.approved_by_meeting
        qtbot.waitUntil(lambda: "应到 5 名" in body.attendance.sentence.text)
        grid.attendance.mark([0], Presence.PRESENT)
        assert at_hand(place).exclusions == ()

    def test_observers_are_named_with_posts_and_remembered(self, place, begin, hand, settle):
        stored_record(
            place.context.book,
            day=date(2026, 9, 1),
            final=True,
            observers=(PersonRef("某领导", None, "联系领导"),),
        )
        body = begin("general_meeting")
        body.attendance.observers.setFocus()
        hand.write("张某（讲师）、李某")
        hand.tab()
        assert at_hand(place).observers == (PersonRef("张某", None, "讲师"), PersonRef("李某"))
        body.attendance.remembered.click()
        settle()
        (remembered,) = place.editing.observers.menu.actions()
        assert remembered.text() == "某领导（联系领导）"
        remembered.trigger()
        place.editing.observers.menu.hide()
        assert body.attendance.observers.text() == "张某（讲师）、李某、某领导（联系领导）"
        assert at_hand(place).observers[-1] == PersonRef("某领导", None, "联系领导")
