"""应到与不计入: who may vote, exclusions with both approvals, presence by keys, and the freeze."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from branchbook.domain.people import FactKind, PersonFact, Standing
from branchbook.services.operations import operate
from branchbook.ui.theme import Tone
from tests.services.election_books import begun, entry
from tests.services.small_book import actor, named
from tests.ui.places.elections.elections_place import MEETING_ON, PREPARED, Screen
from tests.ui.places.elections.screen_fixtures import reopened as reopened
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book


@pytest.fixture
def election(term_book):
    """Everything up to the voters; 张增补 is on probation on the day."""
    with operate(term_book, actor(-60), "预备党员") as operating:
        fact = PersonFact(
            named("预备"), named("张增补"), FactKind.STANDING, Standing.PROBATIONARY, date(2026, 5, 1)
        )
        operating.writing.put(fact)
    more = (entry("nomination", date(2026, 8, 25)), entry("candidate_approval", date(2026, 9, 1)))
    return begun(term_book, "term_election", date(2026, 3, 1), (*PREPARED, *more))


@pytest.fixture
def listed(election, screen) -> Screen:
    """The roster of the planned day was asked."""
    screen.press(screen.voters.take_button)
    return screen


def voter(screen: Screen, name: str):
    return next(each for each in screen.procedure.voters if each.name == name)


def select(screen: Screen, name: str) -> None:
    table = screen.voters.table
    row = [each.name for each in table.rows_model.rows].index(name)
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, 0))
    screen.settle()


def exclude(screen: Screen, name: str, *, approved: bool = True) -> None:
    fields = screen.voters.exclusion
    select(screen, name)
    screen.choose(fields.code, "X2")
    screen.type_into(fields.document, "示机党〔2026〕3号")
    screen.type_into(fields.consented_on, "2026-8-20")
    if approved:
        fields.approved.click()
        screen.settle()


def operations(screen: Screen) -> int:
    with screen.book.reading() as reading:
        return len(reading.operations(1000))


class TestVoters:
    def test_the_roster_is_asked_person_by_person_with_the_reason(self, listed):
        """Full members only (基层组织选举工作条例 第五条): a probationary member has no right to elect."""
        assert len(listed.procedure.voters) == 20
        rows = {each.name: each for each in listed.voters.table.rows_model.rows}
        assert not rows["张增补"].has_right
        table = listed.voters.table.rows_model
        at = [each.name for each in table.rows].index("张增补")
        assert table.index(at, 1).data() == "无"
        assert "预备" in table.index(at, 2).data()
        assert "第五条" in table.index(at, 2).data()
        assert "没有选举权 1 名" in listed.voters.sentence.text
        assert "应到 19 名" in listed.voters.sentence.text

    def test_key_4_goes_to_the_exclusion_of_the_current_voter(self, listed):
        select(listed, "周示例")
        listed.keys(listed.voters.table, Qt.Key.Key_4)
        assert listed.voters.exclusion.code.hasFocus()
        assert "周示例" in listed.voters.exclusion.title.text()

    def test_an_exclusion_counts_only_with_consent_and_the_meetings_approval(self, listed):
        exclude(listed, "周示例", approved=False)
        assert voter(listed, "周示例").is_due
        shown = listed.voters.table.rows_model
        at = [each.name for each in shown.rows].index("周示例")
        assert "还缺大会通过" in shown.index(at, 2).data()
        listed.voters.exclusion.approved.click()
        listed.settle()
        assert not voter(listed, "周示例").is_due
        assert "示机党〔2026〕3号 2026-08-20" in shown.index(at, 2).data()
        assert "经批准不计入 1 名" in listed.voters.sentence.text
        assert "应到 18 名" in listed.voters.sentence.text

    def test_someone_without_the_right_has_nothing_to_exclude(self, listed):
        select(listed, "张增补")
        assert not listed.voters.exclusion.isVisible()

    def test_a_change_of_the_roster_is_told_before_the_freeze(self, listed, reopened):
        with operate(listed.book, actor(5), "转正") as operating:
            fact = PersonFact(
                named("转正"), named("张增补"), FactKind.STANDING, Standing.FULL, date(2026, 9, 1)
            )
            operating.writing.put(fact)
        reopened()
        assert "张增补现在有选举权" in listed.voters.changes.text
        listed.voters.changes.linked.emit()
        listed.settle()
        assert not listed.voters.changes.isVisible()
        assert voter(listed, "张增补").has_right


class TestMeeting:
    @pytest.fixture
    def meeting(self, listed) -> Screen:
        listed.fill(day="2026-9-9")
        listed.go_to("opening")
        listed.fill(day="2026-9-10")
        return listed

    def test_nobody_came_until_it_is_entered(self, meeting):
        assert meeting.voters.sentence.tone == Tone.BAD
        assert "需 16 名到会" in meeting.voters.sentence.text

    def test_everyone_came_and_3_marks_the_exceptions(self, meeting):
        meeting.press(meeting.voters.everyone_button)
        assert meeting.voters.table.hasFocus()
        select(meeting, "吴示例")
        meeting.keys(meeting.voters.table, Qt.Key.Key_3)
        assert voter(meeting, "吴示例").present is False
        assert "实到 18 名" in meeting.voters.sentence.text
        meeting.keys(meeting.voters.table, Qt.Key.Key_1)
        assert voter(meeting, "吴示例").present is True
        meeting.keys(meeting.voters.table, Qt.Key.Key_Space)
        assert voter(meeting, "吴示例").present is False

    def test_a_pasted_list_marks_those_it_names_in_one_operation(self, meeting):
        QGuiApplication.clipboard().setText("赵示例、钱示例\n孙示例 缺席\n查无此人")
        before = operations(meeting)
        meeting.voters.table.setFocus()
        QTest.keyClick(meeting.voters.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        meeting.settle()
        assert [voter(meeting, name).present for name in ("赵示例", "钱示例", "孙示例")] == [
            True,
            True,
            False,
        ]
        assert voter(meeting, "李示例").present is None
        assert "查无此人" in meeting.voters.pasted_line.text
        assert operations(meeting) == before + 1

    def test_several_chosen_voters_are_marked_in_one_operation(self, meeting):
        meeting.voters.table.selectAll()
        before = operations(meeting)
        meeting.keys(meeting.voters.table, Qt.Key.Key_1)
        assert "实到 19 名" in meeting.voters.sentence.text
        assert operations(meeting) == before + 1

    def test_fewer_than_four_fifths_cannot_elect(self, meeting):
        """不少于五分之四: of nineteen sixteen (E-17); fifteen are too few."""
        meeting.press(meeting.voters.everyone_button)
        for name in ("赵示例", "钱示例", "孙示例", "李示例"):
            select(meeting, name)
            meeting.keys(meeting.voters.table, Qt.Key.Key_3)
        assert meeting.voters.sentence.tone == Tone.BAD
        assert "还差 1 名" in meeting.voters.sentence.text

    def test_after_the_freeze_only_presence_changes(self, meeting):
        meeting.press(meeting.voters.everyone_button)
        meeting.press(meeting.voters.freeze_button)
        assert meeting.procedure.voters_frozen_on == MEETING_ON
        assert "已按 9 月 10 日 冻结" in meeting.voters.sentence.text
        select(meeting, "周示例")
        assert not meeting.voters.exclusion.isVisible()
        meeting.keys(meeting.voters.table, Qt.Key.Key_3)
        assert voter(meeting, "周示例").present is False

    def test_a_voter_who_leaves_after_the_freeze_is_told_and_stays_counted(self, meeting, reopened):
        """应到 froze before ballots were issued; the roster's later word changes nothing."""
        meeting.press(meeting.voters.everyone_button)
        meeting.press(meeting.voters.freeze_button)
        with operate(meeting.book, actor(9), "预备") as operating:
            fact = PersonFact(
                named("处分"), named("吴示例"), FactKind.STANDING, Standing.PROBATIONARY, date(2026, 9, 10)
            )
            operating.writing.put(fact)
        reopened()
        assert "吴示例" in meeting.voters.changes.text
        assert "只作提示" in meeting.voters.changes.text
        assert voter(meeting, "吴示例").is_due

    def test_a_refusal_stands_in_the_section(self, meeting):
        """An exclusion after the meeting's day is no consent: the freeze names it and nothing is lost."""
        meeting.press(meeting.voters.everyone_button)
        exclude(meeting, "周示例")
        assert "到会的人应计入" in meeting.voters.refusal.text
        assert meeting.voters.refusal.isVisible()

    def test_a_meeting_that_is_held_anew_lifts_the_freeze_with_a_reason(self, meeting):
        meeting.press(meeting.voters.everyone_button)
        meeting.press(meeting.voters.freeze_button)
        meeting.press(meeting.voters.reopen_button)
        strip = meeting.voters.reopening
        assert strip.reason.hasFocus()
        meeting.press(strip.confirm_button)
        assert "需要写明原因" in meeting.voters.refusal.text
        meeting.type_into(strip.reason, "到会不足，另行召开")
        meeting.press(strip.confirm_button)
        assert meeting.procedure.voters_frozen_on is None
        assert not strip.isVisible()

    def test_votes_of_the_opening_are_measured_by_everyone_with_the_right(self, meeting):
        """支部工作条例 第十一条: more than half of those due; exclusions count only once they are passed."""
        meeting.press(meeting.voters.everyone_button)
        meeting.vote("work_report", votes_for=9)
        row = meeting.body.votes.votes["work_report"]
        assert "未通过" in row.badge.text()
        meeting.type_into(row.row.votes_for, "10")
        assert "通过 10" in row.badge.text()
        assert meeting.procedure.entry("opening").votes["work_report"].votes_for == 10
