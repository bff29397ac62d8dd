"""The vote at the table: typed by keyboard, said at once with its article, confirmed; what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.ballots import Question
from branchbook.domain.records import Presence
from branchbook.services.meetings import save_record
from branchbook.services.procedures import save_step
from branchbook.services.record_defaults import new_record
from branchbook.services.undo import next_undo
from branchbook.ui.theme import Tone
from tests.services.conversion_book import begun, done, prepared, voted
from tests.services.small_book import FIRST_BRANCH, actor
from tests.ui.places.conversions.conversions_place import reopen


@pytest.fixture
def meeting(screen, book):
    """Everything before the meeting is done, and its step is shown."""
    prepared(book)
    reopen(screen)
    screen.go_to("meeting")
    return screen


def open_vote(screen):
    """The vote that is not confirmed, as the book holds it."""
    (vote,) = [each for each in screen.procedure.questions if each.confirmed_on is None]
    return vote


def test_a_vote_is_entered_with_the_keyboard_alone(meeting):
    """Enter goes from number to number, and from the last one to the button that confirms."""
    meeting.ask(Question.CONVERT, "2026-10-22")
    counting = meeting.counting
    assert counting.fields["present"].hasFocus()
    meeting.keys("5\n5\n5\n0\n4\n1\n0\n1\n0\n0\n2026-10-21\n")
    vote = open_vote(meeting)
    assert (vote.due, vote.present, vote.issued, vote.returned, vote.invalid) == (6, 5, 5, 5, 0)
    assert (vote.votes_for, vote.votes_against, vote.abstentions) == (4, 1, 0)
    assert (vote.written.votes_for, vote.written.handed_in_on) == (1, date(2026, 10, 21))
    assert counting.confirm_button.hasFocus()
    assert "赞成 5 票（含书面 1 票）" in counting.verdict.text
    assert "第十九条" in counting.verdict.text
    assert counting.verdict.tone == Tone.OK
    meeting.keys("\n")
    assert meeting.procedure.questions[0].confirmed_on == date(2026, 10, 22)
    assert not counting.isVisible()
    assert "按期转正" in meeting.voting.results[0].text


def test_due_and_present_come_from_the_roster(meeting):
    meeting.ask(Question.CONVERT, "2026-10-22")
    assert meeting.counting.fields["due"].text() == "6"
    assert meeting.counting.fields["present"].text() == "6"


def test_the_linked_meeting_gives_its_day_and_who_came(meeting, book):
    """Five of six came: the meeting's own attendance is asked."""
    with book.reading() as reading:
        record = new_record(reading, "general_meeting", FIRST_BRANCH, date(2026, 10, 22), actor(20))
    absent = replace(record.attendance[0], presence=Presence.ABSENT)
    came = [replace(each, presence=Presence.PRESENT) for each in record.attendance[1:]]
    save_record(book, replace(record, attendance=(absent, *came)), actor(21))
    reopen(meeting)
    meeting.choose(meeting.body.fields.meeting.choice, record.id)
    meeting.press(meeting.voting.buttons[Question.CONVERT])
    assert meeting.voting.form._dates[0].value() == date(2026, 10, 22)
    meeting.press(meeting.voting.form.act)
    vote = open_vote(meeting)
    assert vote.present == vote.due - 1


def test_the_sentence_follows_every_key(meeting):
    """D-09: more than half of those due, and exactly half is not."""
    meeting.ask(Question.CONVERT, "2026-10-22")
    field = meeting.counting.fields["votes_for"]
    field.setFocus()
    field.selectAll()
    meeting.keys("3")
    meeting.type_into(meeting.counting.fields["votes_against"], "3")
    assert "正好半数" in meeting.counting.verdict.text
    assert meeting.counting.verdict.tone == Tone.WARN


def test_a_failed_vote_decides_nothing_and_another_question_may_be_put(meeting):
    """D-14: each outcome is a vote of its own."""
    meeting.ask(Question.CONVERT, "2026-10-22")
    meeting.count(votes_for="3", votes_against="3")
    assert "没有形成决议" in meeting.voting.results[0].text
    assert meeting.voting.offers.isVisible()
    meeting.ask(Question.EXTEND, "2026-10-22", "12")
    meeting.count(votes_for="6")
    assert meeting.place.screen_shown.record.step.resolved.months == 12
    assert not meeting.voting.offers.isVisible()


def test_no_quorum_is_confirmed_as_a_meeting_that_decided_nothing(meeting):
    """A letter never makes a quorum (D-10)."""
    meeting.ask(Question.CONVERT, "2026-10-22")
    for key in ("present", "issued", "returned", "votes_for"):
        meeting.type_into(meeting.counting.fields[key], "3")
    meeting.type_into(meeting.counting.written["votes_for"], "3")
    assert "书面意见不算到会" in meeting.counting.findings[0].text
    assert meeting.counting.verdict.tone == Tone.BAD
    meeting.press(meeting.counting.confirm_button)
    assert meeting.procedure.questions[0].confirmed_on is not None
    assert meeting.voting.offers.isVisible()


def test_numbers_that_contradict_each_other_are_not_confirmed(meeting):
    meeting.ask(Question.CONVERT, "2026-10-22")
    meeting.count(votes_for="7")
    assert "不等于有效票" in meeting.voting.refusal.text
    assert open_vote(meeting).votes_for == 7


def test_a_letter_after_the_meeting_is_refused_and_what_was_typed_stays(meeting):
    """D-10: handed in before the meeting."""
    meeting.ask(Question.CONVERT, "2026-10-22")
    meeting.type_into(meeting.counting.written["votes_for"], "1")
    meeting.type_into(meeting.counting.handed_in, "2026-10-23")
    meeting.voting.leave()
    meeting.settle()
    assert "在大会 2026-10-22 之后" in meeting.voting.refusal.text
    assert meeting.counting.handed_in.text() == "2026-10-23"


def test_by_hands_there_are_no_ballots_to_count(meeting):
    meeting.ask(Question.CONVERT, "2026-10-22")
    meeting.press(meeting.counting.by_hands)
    assert not meeting.counting.fields["issued"].isEnabled()
    meeting.count(votes_for="6")
    assert "举手" in meeting.voting.results[0].text


@pytest.mark.parametrize("months", ["3", "18"])
def test_an_extension_out_of_its_limits_is_refused_in_the_form(meeting, months):
    """D-15: six to twelve months."""
    meeting.ask(Question.EXTEND, "2026-10-22", months)
    assert "6 至 12 个月" in meeting.voting.form.banner.text
    assert meeting.procedure.questions == ()


def test_a_meeting_before_the_end_is_refused_with_its_article(screen, book):
    """D-06: said beforehand, and refused in the form."""
    begun(book)
    reopen(screen)
    screen.go_to("meeting")
    assert "不得早于这一天" in screen.guards
    screen.ask(Question.CONVERT, "2026-10-19")
    assert "不能讨论转正" in screen.voting.form.banner.text
    screen.press(screen.voting.form.give_up)
    assert screen.procedure.questions == ()


def test_a_vote_begun_by_mistake_is_taken_back(meeting):
    meeting.ask(Question.CANCEL, "2026-10-22")
    meeting.press(meeting.counting.drop_button)
    assert meeting.procedure.questions == ()
    assert meeting.voting.offers.isVisible()


def test_typing_is_in_the_book_within_the_half_second(meeting, qtbot):
    meeting.ask(Question.CONVERT, "2026-10-22")
    field = meeting.counting.fields["votes_for"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "6")
    qtbot.waitUntil(lambda: open_vote(meeting).votes_for == 6, timeout=2000)


def test_leaving_the_place_keeps_what_was_typed(meeting):
    meeting.ask(Question.CONVERT, "2026-10-22")
    field = meeting.counting.fields["votes_for"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5")
    meeting.place.leave()
    meeting.settle()
    assert open_vote(meeting).votes_for == 5


def test_the_count_is_frozen_once_confirmed_and_undo_opens_it(meeting, book):
    voted(book, meeting.procedure.id)
    reopen(meeting)
    assert not meeting.voting.offers.isVisible()
    meeting.place.context.commands.undo()
    meeting.settle()
    assert open_vote(meeting).votes_for == 6
    assert meeting.counting.isVisible()
    with book.reading() as reading:
        assert next_undo(reading) is not None


def test_approval_without_a_resolution_is_refused(meeting):
    """D-14: only what the branch resolved can be approved."""
    meeting.go_to("approval")
    assert "还没有通过决议" in meeting.guards
    meeting.fill(document="示委〔2026〕21号")
    meeting.choose(meeting.body.fields.editor("outcome"), "批准")
    meeting.type_into(meeting.body.fields.day, "2026-11-10")
    meeting.type_into(meeting.body.fields.reason, "补录")
    assert "还没有通过决议" in meeting.notice()
    assert meeting.procedure.done_on("approval") is None


def test_an_approval_before_the_vote_is_refused(meeting, book):
    voted(book, meeting.procedure.id)
    save_step(book, meeting.procedure.id, done("meeting", date(2026, 10, 22)), actor(13))
    save_step(book, meeting.procedure.id, done("report", date(2026, 10, 26)), actor(14))
    reopen(meeting)
    meeting.go_to("approval")
    meeting.fill(document="示委〔2026〕21号")
    meeting.choose(meeting.body.fields.editor("outcome"), "批准")
    meeting.type_into(meeting.body.fields.day, "2026-10-21")
    assert meeting.procedure.done_on("approval") is None
    assert meeting.notice() or meeting.body.fields.faults.text


def test_tab_visits_the_numbers_in_reading_order(meeting):
    meeting.ask(Question.CONVERT, "2026-10-22")
    counting = meeting.counting
    counting.fields["due"].setFocus()
    for key in ("present", "issued", "returned", "invalid", "votes_for", "votes_against", "abstentions"):
        QTest.keyClick(meeting.place.window().focusWidget(), Qt.Key.Key_Tab)
        assert counting.fields[key].hasFocus(), key
