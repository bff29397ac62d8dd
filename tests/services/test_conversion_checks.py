"""What a step of a conversion needs, what is only told, and what becomes of it when the person moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballots import Question, WrittenOpinions
from branchbook.domain.people import FactKind, MembershipChange
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.rights import rights_on
from branchbook.services.conversion_approval import record_approval
from branchbook.services.conversion_checks import conversion_findings
from branchbook.services.conversion_votes import begin_question, save_question
from branchbook.services.conversions import (
    begin_conversion,
    conversion_anchors,
    conversions_on,
    conversions_to_end,
    probation_in,
)
from branchbook.services.exchange_selection import selected_values
from branchbook.services.operations import operate
from branchbook.services.procedures import reopen_step, save_step
from branchbook.services.redrawing import NewPart, split_off
from branchbook.services.rule_choices import RightsFrom
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import change_setting
from branchbook.services.transfers import move_between_branches, transfer_out
from branchbook.services.undo import undo
from tests.services.asking import last, refused, roster_of
from tests.services.conversion_book import (
    ACCEPTED_ON,
    ENDS_ON,
    PROBATIONER,
    begun,
    conversion_book,
    done,
    prepared,
    reported,
    voted,
)
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, actor, named

APPROVED_ON = date(2026, 11, 10)
APPROVAL = done("approval", APPROVED_ON, document="示组〔2026〕9号", outcome="批准")


def kept(book, procedure_id):
    with book.reading() as reading:
        return reading.get(Procedure, procedure_id)


def texts(book, procedure_id):
    with book.reading() as reading:
        return [each.text for each in conversion_findings(reading, kept(book, procedure_id))]


def decided(book, question=Question.CONVERT, **values):
    procedure_id = prepared(book)
    voted(book, procedure_id, question, **values)
    reported(book, procedure_id)
    return procedure_id


class TestMeeting:
    def test_not_before_the_end_of_the_probation_even_with_a_reason(self):
        """D-06."""
        book = conversion_book()
        procedure_id = prepared(book)
        early = done("meeting", ENDS_ON - timedelta(days=1), "大家都在")
        refused(book, "2026-10-20 才满", lambda: save_step(book, procedure_id, early, actor(20)))
        save_step(book, procedure_id, done("meeting", ENDS_ON), actor(21))

    def test_what_lacks_is_told_with_its_article(self):
        book = conversion_book()
        procedure_id = prepared(book)
        save_step(book, procedure_id, done("meeting", date(2026, 11, 23)), actor(20))
        with book.reading() as reading:
            found = conversion_findings(reading, kept(book, procedure_id))
        assert [each.text for each in found] == [
            "大会已登记，还没有确认的表决票数",
            "预备期 2026-10-20 已满，2026-11-23 才讨论；转正日期仍从期满之日算起",
            "还有 4 次考察没有登记",
        ]
        assert "待核实" in found[1].article

    def test_of_another_day_than_the_vote(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id)
        save_step(book, procedure_id, done("meeting", date(2026, 10, 23)), actor(20))
        assert "大会登记为 2026-10-23，表决在 2026-10-22，请核对" in texts(book, procedure_id)


class TestVotes:
    def test_a_letter_after_the_meeting_is_refused(self):
        """Case 47; D-10."""
        book = conversion_book()
        procedure_id = prepared(book)
        vote = begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(10)).value
        late = replace(vote, written=WrittenOpinions(1, 0, 0, ENDS_ON + timedelta(days=1)))
        refused(book, "不计入票数", lambda: save_question(book, procedure_id, late, actor(11)))
        in_time = replace(vote, written=WrittenOpinions(1, 0, 0, ENDS_ON))
        save_question(book, procedure_id, in_time, actor(12))

    @pytest.mark.parametrize("chosen, version", [("", "2026-05"), ("2014", "2014")])
    def test_the_text_of_the_vote_is_that_of_the_meeting(self, chosen, version):
        """Of its day, or the one chosen for the meeting with a reason."""
        book = conversion_book()
        procedure_id = prepared(book)
        if chosen:
            entry = replace(done("meeting", ENDS_ON, "大会在修订前已通知", rule_version=chosen), done_on=None)
            save_step(book, procedure_id, entry, actor(9))
        assert (
            begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(10)).value.rule_version
            == version
        )

    def test_after_a_resolution_no_other_question_is_put(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id)
        refused(
            book,
            "已经通过一项决议",
            lambda: begin_question(book, procedure_id, Question.CANCEL, ENDS_ON, actor(20)),
        )


class TestPostponement:
    """D-21, D26-20: who came in during the probation may wait six months; the conversion keeps its date."""

    @pytest.mark.parametrize(
        "came_on, until, said",
        [
            (date(2026, 10, 21), date(2027, 1, 4), "不在预备期内"),
            (ACCEPTED_ON - timedelta(days=1), date(2027, 1, 4), "不在预备期内"),
            (date(2026, 9, 20), date(2027, 4, 21), "最晚到 2027-04-20"),
            (date(2026, 9, 20), ENDS_ON, "不需要推迟"),
        ],
    )
    def test_its_limits(self, came_on, until, said):
        book = conversion_book()
        procedure_id = begun(book)
        entry = done(
            "postponement",
            date(2026, 11, 1),
            transferred_in_on=came_on.isoformat(),
            until=until.isoformat(),
        )
        refused(book, said, lambda: save_step(book, procedure_id, entry, actor(20)))

    def test_the_meeting_is_due_later_and_the_end_stays(self):
        """Case 57."""
        book = conversion_book()
        procedure_id = begun(book)
        values = {"transferred_in_on": "2026-09-20", "until": "2027-04-20"}
        save_step(book, procedure_id, done("postponement", date(2026, 10, 2), **values), actor(20))
        with book.reading() as reading:
            (line,) = conversions_on(reading, date(2026, 12, 1))
        meeting = next(each for each in line.missing if each.need == "meeting")
        assert (line.probation.ends_on, meeting.due_on, meeting.overdue) == (
            ENDS_ON,
            date(2027, 4, 20),
            False,
        )
        assert "名册里没有 褚示例在 2026-09-20 转入的登记" in texts(book, procedure_id)[0]


class TestApproval:
    def test_it_follows_from_the_step_however_it_is_saved(self):
        book = conversion_book()
        procedure_id = decided(book)
        save_step(book, procedure_id, APPROVAL, actor(20))
        assert roster_of(book).person_by_id[PROBATIONER].full_member_since == ENDS_ON

    @pytest.mark.parametrize(
        "accepted_on, said", [(date(2025, 12, 1), "2026-12-01 才满"), (None, "没有登记支部大会接收日期")]
    )
    def test_not_where_the_day_of_acceptance_was_corrected_past_the_vote(self, accepted_on, said):
        """D-06: the meeting was before the end of the probation as it is known now."""
        book = conversion_book()
        procedure_id = decided(book)
        with operate(book, actor(20), "更正") as operating:
            person = operating.writing.roster().person_by_id[PROBATIONER]
            operating.writing.put(replace(person, accepted_on=accepted_on))
        refused(book, said, lambda: save_step(book, procedure_id, APPROVAL, actor(21)))

    def test_it_happens_once_and_is_taken_back_by_undo(self):
        book = conversion_book()
        procedure_id = decided(book)
        before = roster_of(book)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        refused(book, "已经登记", lambda: reopen_step(book, procedure_id, "approval", actor(21)))
        later = replace(APPROVAL, done_on=date(2026, 11, 11))
        refused(book, "已经登记", lambda: record_approval(book, procedure_id, later, actor(22)))
        undo(book, last(book), actor(23), actor().now)
        assert roster_of(book) == before

    def test_one_that_was_refused_above_may_be_entered_anew(self):
        book = conversion_book()
        procedure_id = decided(book)
        no = done("approval", APPROVED_ON, document="示组〔2026〕9号", outcome="不批准")
        record_approval(book, procedure_id, no, actor(20))
        record_approval(book, procedure_id, APPROVAL, actor(21))
        assert roster_of(book).person_by_id[PROBATIONER].rights_since == APPROVED_ON

    def test_three_months_are_told_not_refused(self):
        """D-18, D26-16."""
        book = conversion_book(accepted_on=date(2025, 5, 20))
        procedure_id = prepared(book)
        voted(book, procedure_id, held_on=date(2026, 10, 22))
        save_step(book, procedure_id, done("meeting", date(2026, 10, 22)), actor(13))
        save_step(book, procedure_id, done("report", date(2026, 10, 22), reason="补录"), actor(14))
        entry = replace(kept(book, procedure_id).entry("report"), done_on=date(2026, 7, 1), reason="口头先报")
        save_step(book, procedure_id, entry, actor(15))
        record_approval(book, procedure_id, APPROVAL, actor(20))
        assert any("审批应在 3 个月内（2026-10-01 前）" in each for each in texts(book, procedure_id))

    def test_talk_and_file_are_still_owed_by_a_full_member(self):
        book = conversion_book()
        procedure_id = decided(book)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        with book.reading() as reading:
            assert conversions_on(reading, APPROVED_ON) == ()
            (line,) = conversions_to_end(reading, APPROVED_ON)
            assert conversions_to_end(reading, APPROVED_ON, GENERAL_BRANCH) == (line,)
            assert conversions_to_end(reading, APPROVED_ON, SECOND_BRANCH) == ()
        assert [each.need for each in line.missing] == ["talk"]
        save_step(book, procedure_id, done("talk", date(2026, 11, 12)), actor(21))
        save_step(book, procedure_id, done("archive", date(2026, 11, 20)), actor(22))
        with book.reading() as reading:
            assert conversions_to_end(reading, date(2026, 11, 20)) == ()
        assert "归档材料还缺：入党志愿书" in texts(book, procedure_id)[-1]


class TestExtension:
    """D-15: approved, it ends the first conversion; the second one has its own end, and no third."""

    def extended(self, book):
        procedure_id = decided(book, Question.EXTEND, months=6)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        return procedure_id

    def test_the_first_is_finished_and_the_second_offered(self):
        book = conversion_book()
        first = self.extended(book)
        assert kept(book, first).state is ProcedureState.FINISHED
        second = begin_conversion(book, PROBATIONER, date(2026, 11, 12), actor(21)).value
        assert second.shape == "conversion_extended"
        with book.reading() as reading:
            anchors = conversion_anchors(reading, second)
            assert conversion_anchors(reading, kept(book, first))["probation_end"] == ENDS_ON
            (line,) = conversions_on(reading, date(2027, 4, 20))
        assert (anchors["accepted_on"], anchors["probation_end"]) == (ENDS_ON, date(2027, 4, 20))
        assert [each.need for each in line.missing] == ["observation", "application", "meeting"]

    def test_no_second_extension(self):
        book = conversion_book()
        self.extended(book)
        second = begin_conversion(book, PROBATIONER, date(2026, 11, 12), actor(21)).value.id
        later = date(2027, 4, 20)
        late = replace(actor(0, later))
        refused(
            book,
            "只能延长一次",
            lambda: begin_question(book, second, Question.EXTEND, later, late, 6),
        )
        assert begin_question(book, second, Question.CANCEL, later, late).value.due == 6

    def test_undo_opens_the_first_again(self):
        book = conversion_book()
        first = self.extended(book)
        undo(book, last(book), actor(21), actor().now)
        assert kept(book, first).is_open
        with book.reading() as reading:
            person = roster_of(book).person_by_id[PROBATIONER]
            assert probation_in(reading, person).extension is None


class TestMoving:
    def observed(self, book):
        procedure_id = begun(book, date(2026, 1, 20))
        save_step(book, procedure_id, done("observation_3", date(2026, 1, 21), opinion="踏实"), actor(2))
        return procedure_id

    def test_a_transfer_out_ends_it_with_the_reason(self):
        book = conversion_book()
        procedure_id = self.observed(book)
        transfer_out(book, PROBATIONER, date(2026, 6, 1), "示例县委组织部", "介字1号", actor(10))
        ended = kept(book, procedure_id)
        assert (ended.state, ended.ended_on) == (ProcedureState.ABANDONED, date(2026, 6, 1))
        assert ended.ending_reason == "转出到示例县委组织部"
        with book.reading() as reading:
            assert conversions_on(reading, date(2026, 5, 31))
            assert not conversions_on(reading, date(2026, 6, 1)), "nothing is owed here any more"
            sent = [value.id for name, value in selected_values(reading, FIRST_BRANCH) if name == "procedure"]
        assert sent == [procedure_id]
        undo(book, last(book), actor(11), actor().now)
        assert kept(book, procedure_id).is_open

    def test_nothing_is_done_here_after_a_transfer_out(self):
        """D-22: also where the transfer is entered before the steps."""
        book = conversion_book()
        procedure_id = begun(book)
        transfer_out(book, PROBATIONER, date(2026, 10, 15), "示例县委组织部", "介字1号", actor(10))
        entry = done("application", date(2026, 10, 16))
        refused(book, "已经结束", lambda: save_step(book, procedure_id, entry, actor(11)))

    def test_another_branch_of_the_book_begins_anew_and_the_observations_count_on(self):
        book = conversion_book()
        first = self.observed(book)
        move_between_branches(book, PROBATIONER, SECOND_BRANCH, date(2026, 3, 2), actor(10))
        assert kept(book, first).ending_reason == "转到第二支部"
        second = begin_conversion(book, PROBATIONER, date(2026, 3, 3), actor(11)).value
        assert second.organisation_id == SECOND_BRANCH
        with book.reading() as reading:
            (line,) = conversions_on(reading, date(2026, 4, 20))
        assert [each.due_on for each in line.missing] == [date(2026, 4, 20)]
        for minute, (key, day) in enumerate((("observation_6", date(2026, 4, 21)), ("meeting", ENDS_ON)), 12):
            entry = done(key, day, "其余步骤补录中", opinion="踏实")
            save_step(book, second.id, entry, actor(minute))
        assert "还有 2 次考察没有登记" in texts(book, second.id)

    def test_a_redrawing_carries_it_on(self):
        book = conversion_book()
        procedure_id = self.observed(book)
        part = NewPart("第三支部", (PROBATIONER, named("赵示例")))
        made = split_off(book, FIRST_BRANCH, part, date(2026, 3, 2), "示党〔2026〕1号", actor(10)).value.made[
            0
        ]
        moved = kept(book, procedure_id)
        assert (moved.organisation_id, moved.is_open) == (made.id, True)

    def test_a_cancellation_leaves_its_own_conversion_open_for_the_file(self):
        book = conversion_book()
        procedure_id = decided(book, Question.CANCEL)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        assert kept(book, procedure_id).is_open
        save_step(book, procedure_id, done("talk", date(2026, 11, 12)), actor(21))
        (ended,) = roster_of(book).facts_of(PROBATIONER, FactKind.MEMBERSHIP)
        assert ended.ending == MembershipChange.PROBATION_CANCELLED


@given(st.integers(0, 14), st.integers(0, 14), st.sampled_from(RightsFrom))
@settings(max_examples=30, deadline=None)
def test_membership_counts_from_the_end_and_no_day_between_changes(late, waited, rights_from):
    """D-20 with every late meeting and approval, under both readings of from when the rights hold (待核实)."""
    book = conversion_book()
    change_setting(book, "rights_from", rights_from, actor(1))
    procedure_id = prepared(book)
    held_on = ENDS_ON + timedelta(days=late)
    approved_on = held_on + timedelta(days=waited)
    voted(book, procedure_id, held_on=held_on)
    save_step(book, procedure_id, done("meeting", held_on), actor(13))
    save_step(book, procedure_id, done("report", held_on), actor(14))
    days = [ACCEPTED_ON + timedelta(days=number) for number in range((approved_on - ACCEPTED_ON).days)]

    def counts():
        roster = roster_of(book)
        with book.reading() as reading:
            rules = rulebook_of(reading)
        people = [roster.members_on(FIRST_BRANCH, day) for day in days]
        return [
            sum(rights_on(roster, each.id, day, rules.on(day)).counted for each in members)
            for day, members in zip(days, people, strict=True)
        ]

    before = counts()
    record_approval(book, procedure_id, replace(APPROVAL, done_on=approved_on), actor(20))
    person = roster_of(book).person_by_id[PROBATIONER]
    assert person.full_member_since == ENDS_ON
    assert person.rights_since in (approved_on, ENDS_ON)
    assert counts() == before


def test_a_notice_before_a_conversion_is_local_so_a_short_one_is_told():
    book = conversion_book()
    procedure_id = prepared(book)
    entry = done("public_notice", date(2026, 10, 19), ends_on="2026-10-21")
    save_step(book, procedure_id, entry, actor(20))
    assert texts(book, procedure_id) == [
        "公示 2026-10-19 至 2026-10-21 共 3 个工作日，应不少于 5 个，到 2026-10-23 才满"
    ]
    back = done("public_notice", date(2026, 10, 19), ends_on="2026-10-18")
    refused(book, "早于公示开始", lambda: save_step(book, procedure_id, back, actor(21)))
