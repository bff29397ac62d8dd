"""The agenda: votes with their derived result, parts added and removed by keys."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.records import (
    AgendaItem,
    DecisionKind,
    Presence,
    Vote,
)
from branchbook.ui.theme import Tone
from tests.services.small_book import (
    FIRST_GROUP,
)
from tests.ui.places.meetings.meetings_place import (
    at_hand,
    records_of,
    stored_record,
)


class TestVotes:
    @pytest.fixture
    def item(self, place, show, settle):
        editor = show(stored_record(place.context.book)).agenda.items[0]
        editor.add_vote()
        settle()
        return editor

    def test_everyone_present_is_in_favour_until_other_counts_are_typed(self, place, item, qtbot):
        assert item.vote_row.votes_for.number() == 6
        item.vote_row.votes_for.setFocus()
        item.vote_row.votes_for.selectAll()
        QTest.keyClicks(item.vote_row.votes_for, "4")
        item.vote_row.abstentions.setFocus()
        item.vote_row.abstentions.selectAll()
        QTest.keyClicks(item.vote_row.abstentions, "2")
        qtbot.waitUntil(lambda: item.badge.text() == "通过 4 : 0，弃权 2")
        assert at_hand(place).agenda[0].vote == Vote(votes_for=4, abstentions=2)

    def test_exactly_half_does_not_pass(self, item, qtbot):
        item.vote_row.votes_for.setText("3")
        item.vote_row.votes_for.edited.emit("3")
        qtbot.waitUntil(lambda: item.badge.tone == Tone.BAD)
        assert "正好半数" in item.vote_row.sentence.text()

    def test_more_votes_than_voters_are_named_as_a_fault(self, item, qtbot):
        item.vote_row.votes_against.setText("3")
        item.vote_row.votes_against.edited.emit("3")
        qtbot.waitUntil(lambda: "多于到会有表决权的 6 名" in item.vote_row.sentence.text())
        assert item.vote_row.sentence.property("role") == "problem"

    def test_an_outcome_against_the_counts_wants_a_reason(self, place, item, hand, qtbot):
        item.vote_row.recorded.set_value(False)
        item.vote_row.recorded.value_changed.emit(False)
        qtbot.waitUntil(item.vote_row.reason.isVisible)
        assert "请写明原因" in item.vote_row.sentence.text()
        item.vote_row.reason.setFocus()
        hand.write("上级要求重新讨论")
        qtbot.waitUntil(lambda: "请写明原因" not in item.vote_row.sentence.text())
        vote = at_hand(place).agenda[0].vote
        assert (vote.recorded_passed, vote.reason) == (False, "上级要求重新讨论")

    @pytest.mark.parametrize("typed, number", [("１２", 12), ("", 0), (" 7 ", 7)])
    def test_counts_are_read_as_people_type_them(self, item, typed, number):
        field = item.vote_row.votes_against
        field.setText(typed)
        assert field.number() == number

    @pytest.mark.parametrize("typed", ["三", "-1", "1.5", "100000"])
    def test_what_is_no_count_is_marked_and_changes_nothing(self, place, item, typed):
        field = item.vote_row.votes_against
        field.setText(typed)
        field.edited.emit(typed)
        assert field.property("wrong")
        assert at_hand(place).agenda[0].vote.votes_against == 0

    def test_written_opinions_are_asked_for_only_where_they_may_count(self, item):
        """发展党员工作细则: opinions handed in before the meeting count in acceptance and conversion."""
        assert not item.vote_row.written_for.isVisible()
        item.vote_row._change(decision=DecisionKind.ACCEPTANCE)
        assert item.vote_row.written_for.isVisible()

    def test_a_group_meeting_takes_no_votes(self, begin):
        body = begin("group_meeting", whose=FIRST_GROUP)
        body.agenda.add_item()
        body.agenda.items[0].add_vote()
        assert body.agenda.items[0].vote_row is None


class TestAgenda:
    def test_only_those_present_can_be_picked_as_speakers(self, place, show, qtbot):
        body = show(stored_record(place.context.book))
        body.attendance.grid.attendance.mark([1], Presence.ABSENT)
        names = {each.name for each in body.agenda.items[0].context.present}
        qtbot.waitUntil(lambda: "钱示例" not in {each.name for each in body.agenda.items[0].context.present})
        assert "赵示例" in names

    def test_alt_delete_removes_the_part_with_the_keyboard_then_the_item(self, place, show, hand):
        body = show(stored_record(place.context.book))
        editor = body.agenda.items[0]
        editor.speeches[0].text.setFocus()
        hand.press(Qt.Key.Key_Delete, alt=True)
        assert at_hand(place).agenda[0].speeches == ()
        hand.press(Qt.Key.Key_Delete, alt=True)
        assert at_hand(place).agenda == ()

    def test_items_keep_their_identity_and_order(self, place, show, hand):
        items = tuple(AgendaItem(uuid4(), title) for title in ("一", "二", "三"))
        body = show(stored_record(place.context.book, agenda=items))
        body.agenda.items[1].title.setFocus()
        hand.press(Qt.Key.Key_End)
        hand.write("改")
        hand.press(Qt.Key.Key_N, alt=True)
        hand.write("四")
        hand.tab()
        agenda = records_of(place.context.book)[0].agenda
        assert [each.id for each in agenda[:3]] == [each.id for each in items]
        assert [each.title for each in agenda] == ["一", "二改", "三", "四"]
        assert [each.ordinal.text() for each in body.agenda.items] == ["议题一", "议题二", "议题三", "议题四"]


def test_initials_of_someone_who_is_not_present_are_marked(place, show, hand, qtbot):
    body = show(stored_record(place.context.book))
    speaker = body.agenda.items[0].speeches[0].speaker

    def known() -> int:
        return len(speaker._people.everyone)

    body.attendance.grid.attendance.mark([1], Presence.ON_LEAVE)
    qtbot.waitUntil(lambda: known() == 5)
    speaker.setFocus()
    speaker.selectAll()
    QTest.keyClicks(speaker, "qsl")
    hand.tab()
    assert speaker.property("wrong")
    assert "到会的人中没有这个首字母" in speaker.toolTip()
    body.attendance.grid.attendance.mark([1], Presence.PRESENT)
    qtbot.waitUntil(lambda: known() == 6)
    speaker.setFocus()
    speaker.selectAll()
    QTest.keyClicks(speaker, "qsl")
    hand.tab()
    assert speaker.text() == "钱示例"
    assert not speaker.property("wrong")
