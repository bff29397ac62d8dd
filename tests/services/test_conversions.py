"""Conversions: what is missing when, the votes, and what an approval changes (发展党员工作细则 2014 and 2026)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from branchbook.domain.ballots import Question
from branchbook.domain.people import Person, Standing
from branchbook.domain.probation import ConversionNeed
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rights import rights_on
from branchbook.services.conversion_approval import record_approval
from branchbook.services.conversion_votes import begin_question, confirm_question, save_question
from branchbook.services.conversions import begin_conversion, conversion_view, conversions_on, probation_in
from branchbook.services.procedures import save_step
from branchbook.services.rules import rulebook_of
from branchbook.services.settings import change_setting
from branchbook.services.undo import undo
from tests.services.asking import last, refused, roster_of
from tests.services.conversion_book import (
    ENDS_ON,
    PROBATIONER,
    begun,
    conversion_book,
    done,
    prepared,
    reported,
    voted,
)
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, named

APPROVED_ON = date(2026, 11, 10)
APPROVAL = done("approval", APPROVED_ON, document="示组〔2026〕9号", outcome="批准")


def needs(book, day):
    with book.reading() as reading:
        (line,) = conversions_on(reading, day)
    return [each.need for each in line.missing]


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2026, 1, 19), []),
        (date(2026, 1, 20), [ConversionNeed.OBSERVATION]),  # three months
        (date(2026, 7, 20), [ConversionNeed.OBSERVATION] * 3),
        (date(2026, 9, 20), [ConversionNeed.OBSERVATION] * 3 + [ConversionNeed.APPLICATION]),
        (ENDS_ON, [ConversionNeed.OBSERVATION] * 4 + [ConversionNeed.APPLICATION, ConversionNeed.MEETING]),
    ],
)
def test_what_is_missing_on_a_day(day, expected):
    assert needs(conversion_book(), day) == expected


def test_the_line_tells_end_days_left_and_article():
    with conversion_book().reading() as reading:
        (line,) = conversions_on(reading, date(2026, 10, 10))
        assert conversions_on(reading, date(2026, 10, 10), GENERAL_BRANCH) == (line,)
        assert conversions_on(reading, date(2026, 10, 10), SECOND_BRANCH) == ()
    assert (line.name, line.organisation_id, line.days_left) == ("褚示例", FIRST_BRANCH, 10)
    assert line.probation.ends_on == ENDS_ON
    assert "第三十二条" in line.article
    assert "第七条" in line.article


def test_without_a_day_of_acceptance_it_is_told_and_nothing_is_begun():
    book = conversion_book(accepted_on=None)
    with book.reading() as reading:
        (line,) = conversions_on(reading, TODAY)
    assert line.probation is None
    refused(book, "没有登记支部大会接收日期", lambda: begun(book))


def test_a_full_member_has_no_conversion():
    book = conversion_book()
    refused(book, "不是本簿的预备党员", lambda: begin_conversion(book, named("赵示例"), TODAY, actor(1)))


def test_only_one_at_a_time():
    book = conversion_book()
    begun(book)
    refused(book, "正在办理", lambda: begun(book))


class TestVotes:
    def test_not_before_the_end_of_the_probation(self):
        book = conversion_book()
        procedure_id = prepared(book)
        early = ENDS_ON - timedelta(days=1)
        refused(
            book,
            "2026-10-20 才满",
            lambda: begin_question(book, procedure_id, Question.CONVERT, early, actor(5)),
        )
        assert begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(5)).value.due == 6

    @pytest.mark.parametrize("months", [3, 18])
    def test_an_extension_of_three_or_eighteen_months_is_refused(self, months):
        book = conversion_book()
        procedure_id = prepared(book)
        refused(
            book,
            "6 至 12 个月",
            lambda: begin_question(book, procedure_id, Question.EXTEND, ENDS_ON, actor(5), months),
        )

    @pytest.mark.parametrize("by_hands", [False, True])
    def test_the_setting_says_how_a_new_vote_is_taken(self, by_hands):
        """细则2014 第二十一条 leaves hands or ballots open (D-25); the revision has ballots (D26-11)."""
        book = conversion_book()
        procedure_id = prepared(book)
        change_setting(book, "conversion_by_hands", by_hands, actor(4))
        vote = begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(5)).value
        assert vote.by_hands is by_hands

    def test_one_question_at_a_time(self):
        book = conversion_book()
        procedure_id = prepared(book)
        begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(5))
        refused(
            book,
            "还有一项表决没有确认",
            lambda: begin_question(book, procedure_id, Question.EXTEND, ENDS_ON, actor(6), 6),
        )

    def test_a_failed_vote_decides_nothing_and_another_question_may_be_put(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id, votes_for=3)  # exactly half of six
        reported(book, procedure_id)
        refused(book, "还没有通过决议", lambda: record_approval(book, procedure_id, APPROVAL, actor(20)))
        voted(book, procedure_id, Question.EXTEND, 5, months=6)
        record_approval(book, procedure_id, APPROVAL, actor(21))
        with book.reading() as reading:
            assert probation_in(reading, reading.get(Person, PROBATIONER)).ends_on == date(2027, 4, 20)

    def test_numbers_that_contradict_each_other_are_kept_and_not_confirmed(self):
        book = conversion_book()
        procedure_id = prepared(book)
        vote = begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(5)).value
        save_question(book, procedure_id, vote, actor(6))  # nobody marked anything
        refused(
            book,
            "不等于有效票 6 张",
            lambda: confirm_question(book, procedure_id, vote.id, ENDS_ON, actor(7)),
        )

    def test_a_confirmed_count_is_frozen(self):
        book = conversion_book()
        procedure_id = prepared(book)
        vote = voted(book, procedure_id)
        refused(book, "已经确认", lambda: save_question(book, procedure_id, vote, actor(15)))


class TestApproval:
    def approved(self, book):
        procedure_id = prepared(book)
        voted(book, procedure_id)
        reported(book, procedure_id)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        return procedure_id

    def test_two_dates_are_kept(self):
        """Membership counts from the end (第三十六条), the rights from the approval (待核实)."""
        book = conversion_book()
        self.approved(book)
        person = roster_of(book).person_by_id[PROBATIONER]
        assert (person.full_member_since, person.rights_since) == (ENDS_ON, APPROVED_ON)
        assert roster_of(book).standing_on(PROBATIONER, APPROVED_ON) == Standing.FULL

    def test_no_roster_and_no_right_of_the_days_between_changes(self):
        book = conversion_book()
        between = [ENDS_ON + timedelta(days=number) for number in range((APPROVED_ON - ENDS_ON).days)]

        def states():
            roster = roster_of(book)
            with book.reading() as reading:
                rules = rulebook_of(reading)
            return [
                (
                    roster.standing_on(PROBATIONER, day),
                    rights_on(roster, PROBATIONER, day, rules.on(day)).counted,
                )
                for day in between
            ]

        before = states()
        self.approved(book)
        assert states() == before
        roster = roster_of(book)
        with book.reading() as reading:
            rules = rulebook_of(reading).on(APPROVED_ON)
        assert rights_on(roster, PROBATIONER, APPROVED_ON, rules).vote

    def test_the_end_counts_even_when_the_meeting_was_late(self):
        """Case 51."""
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id, held_on=date(2026, 11, 20))
        save_step(book, procedure_id, done("meeting", date(2026, 11, 20)), actor(13))
        save_step(book, procedure_id, done("report", date(2026, 11, 21)), actor(14))
        late = done("approval", date(2026, 11, 24), document="示组〔2026〕11号", outcome="批准")
        record_approval(book, procedure_id, late, actor(20))
        assert roster_of(book).person_by_id[PROBATIONER].full_member_since == ENDS_ON

    def test_undo_restores_the_roster(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id)
        reported(book, procedure_id)
        before = roster_of(book)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        undo(book, last(book), actor(30), actor().now)
        assert roster_of(book) == before

    def test_refused_by_the_higher_organisation_changes_nobody(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id)
        reported(book, procedure_id)
        before = roster_of(book)
        no = done("approval", APPROVED_ON, document="示组〔2026〕9号", outcome="不批准")
        record_approval(book, procedure_id, no, actor(20))
        assert roster_of(book) == before
        with book.reading() as reading:
            states = {
                each.spec.key: each.state for each in conversion_view(reading, procedure_id, TODAY).steps
            }
        assert states["after_refusal"] != "not_needed"

    def test_cancelled_ends_the_membership(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id, Question.CANCEL)
        reported(book, procedure_id)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        roster = roster_of(book)
        assert roster.branch_of(PROBATIONER, APPROVED_ON) is None
        assert roster.standing_on(PROBATIONER, APPROVED_ON) is None

    def test_an_extended_probation_is_extended_once_only(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id, Question.EXTEND, months=6)
        reported(book, procedure_id)
        record_approval(book, procedure_id, APPROVAL, actor(20))
        with book.reading() as reading:
            (line,) = conversions_on(reading, date(2027, 4, 20))
        assert (line.probation.ends_on, line.days_left) == (date(2027, 4, 20), 0)

    def test_an_approval_before_the_vote_is_refused(self):
        book = conversion_book()
        procedure_id = prepared(book)
        voted(book, procedure_id)
        save_step(book, procedure_id, done("meeting", date(2026, 10, 22)), actor(13))
        early = done("approval", date(2026, 10, 21), "先口头批准", document="示组〔2026〕9号", outcome="批准")
        refused(book, "早于支部大会", lambda: record_approval(book, procedure_id, early, actor(20)))

    def test_steps_wait_for_those_before_them(self):
        book = conversion_book()
        procedure_id = begun(book)
        with pytest.raises(RefusedProblem, match="“转正申请”还没有完成"):
            save_step(book, procedure_id, done("opinions", date(2026, 10, 12), opinion="同意"), actor(2))
