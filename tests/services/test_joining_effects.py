"""What the steps of joining make of the roster, once, and how it is taken back (党章 第七条; 发展党员工作细则)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.people import FactKind, MembershipChange, Standing
from branchbook.domain.procedures import ProcedureState
from branchbook.services.conversions import begin_conversion, conversions_on
from branchbook.services.people import correct_person
from branchbook.services.procedures import reopen_step, save_step
from branchbook.services.undo import undo
from tests.services.asking import last, refused, roster_of
from tests.services.joining_book import (
    APPLICANT,
    APPLIED_ON,
    joining_book,
    kept,
    step,
    walked,
)
from tests.services.small_book import FIRST_BRANCH, TODAY, actor

APPROVED_ON = date(2025, 2, 10)
MENTORS_ON = date(2023, 6, 12)


def standings_of(book):
    return [
        (fact.value, fact.from_on, fact.to_on)
        for fact in roster_of(book).facts_of(APPLICANT, FactKind.STANDING)
    ]


class TestStandings:
    def test_standings_begin_with_their_steps(self):
        book = joining_book()
        walked(book)
        assert standings_of(book) == [
            (Standing.APPLICANT, APPLIED_ON, date(2023, 6, 1)),
            (Standing.ACTIVIST, date(2023, 6, 1), date(2024, 7, 1)),
            (Standing.DEVELOPMENT_CANDIDATE, date(2024, 7, 1), APPROVED_ON),
            (Standing.PROBATIONARY, APPROVED_ON, None),
        ]

    def test_someone_entered_today_gets_the_days_of_the_steps(self):
        """The roster had them an applicant since the day on which they were typed in."""
        book = joining_book(since=TODAY)
        walked(book, "candidate")
        assert standings_of(book)[-1] == (Standing.DEVELOPMENT_CANDIDATE, date(2024, 7, 1), None)

    def test_a_corrected_day_moves_the_standing(self):
        book = joining_book()
        procedure_id = walked(book, "activist_filed")
        save_step(book, procedure_id, step("activist", date(2023, 5, 1)), actor(30))
        assert standings_of(book) == [
            (Standing.APPLICANT, APPLIED_ON, date(2023, 5, 1)),
            (Standing.ACTIVIST, date(2023, 5, 1), None),
        ]

    @pytest.mark.parametrize("key", ["activist", "candidate"])
    def test_a_step_taken_back_gives_back_what_was_before(self, key):
        book = joining_book()
        procedure_id = walked(book, {"activist": "talk", "candidate": "mentors"}[key])
        before = standings_of(book)
        save_step(book, procedure_id, step(key, date(2024, 7, 1)), actor(30))
        assert standings_of(book) != before
        reopen_step(book, procedure_id, key, actor(31))
        assert standings_of(book) == before

    def test_undo_restores_exactly(self):
        book = joining_book()
        procedure_id = walked(book, "talk")
        before = roster_of(book)
        save_step(book, procedure_id, step("activist", date(2023, 6, 1)), actor(30))
        undo(book, last(book), actor(31), actor().now)
        assert roster_of(book) == before

    def test_nobody_goes_back_a_stage(self):
        book = joining_book()
        procedure_id = walked(book)
        refused(
            book,
            "已经批准并更新了名册",
            lambda: save_step(book, procedure_id, step("meeting", date(2024, 12, 11)), actor(40)),
        )


@given(
    st.lists(st.integers(0, 500), min_size=2, max_size=6).map(sorted),
    st.lists(st.sampled_from(("activist", "candidate")), max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_the_standings_depend_on_the_steps_alone(gaps, taken_back):
    """Whatever was entered, moved and taken back before, the same days give the same standings without a gap."""
    activist_on = date(2023, 6, 1) + timedelta(days=gaps[0])
    candidate_on = date(2024, 12, 1) + timedelta(days=gaps[-1])
    straight, crooked = joining_book(), joining_book()
    for book in (straight, crooked):
        procedure_id = walked(book, "talk")
        if book is crooked:
            for minute, key in enumerate(taken_back, start=40):
                day = {"activist": date(2023, 5, 2), "candidate": date(2025, 2, 3)}[key]
                save_step(book, procedure_id, step(key, day, "补录"), actor(minute))
                reopen_step(book, procedure_id, key, actor(minute))
        save_step(book, procedure_id, step("activist", activist_on), actor(50))
        save_step(book, procedure_id, step("candidate", candidate_on, "补录"), actor(51))
    assert standings_of(crooked) == standings_of(straight)
    assert [(end, begin) for (_, _, end), (_, begin, _) in pairwise(standings_of(straight))] == [
        (activist_on, activist_on),
        (candidate_on, candidate_on),
    ]


class TestAcceptance:
    def test_probation_runs_from_the_resolution_and_the_standing_from_the_approval(self):
        """Case 49; 党章 第七条."""
        book = joining_book()
        walked(book)
        roster = roster_of(book)
        assert roster.person_by_id[APPLICANT].accepted_on == date(2024, 12, 10)
        assert (
            roster.standing_on(APPLICANT, APPROVED_ON - timedelta(days=1)) == Standing.DEVELOPMENT_CANDIDATE
        )
        assert roster.standing_on(APPLICANT, APPROVED_ON) == Standing.PROBATIONARY
        with book.reading() as reading:
            (line,) = conversions_on(reading, TODAY)
        assert line.probation.ends_on == date(2025, 12, 10)

    def test_the_membership_begins_with_the_approval(self):
        book = joining_book()
        walked(book)
        first, second = roster_of(book).facts_of(APPLICANT, FactKind.MEMBERSHIP)
        assert (first.to_on, second.from_on, second.value) == (
            APPROVED_ON,
            APPROVED_ON,
            MembershipChange.ACCEPTED,
        )
        assert second.document == "示委〔2025〕1号"

    def test_no_count_of_the_days_before_changes(self):
        book = joining_book()
        procedure_id = walked(book, "interview")
        days = [date(2024, 12, 10) + timedelta(days=number) for number in range(62)]
        before = [roster_of(book).members_on(FIRST_BRANCH, day) for day in days]
        entry = step("approval", APPROVED_ON, document="示委〔2025〕1号", outcome="批准")
        save_step(book, procedure_id, entry, actor(40))
        after = [roster_of(book).members_on(FIRST_BRANCH, day) for day in days]
        assert [[each.id for each in day] for day in before] == [[each.id for each in day] for day in after]

    def test_it_happens_once(self):
        book = joining_book()
        procedure_id = walked(book)
        again = step("approval", date(2025, 3, 1), document="示委〔2025〕9号", outcome="批准")
        refused(book, "已经批准", lambda: save_step(book, procedure_id, again, actor(40)))
        refused(book, "已经批准", lambda: reopen_step(book, procedure_id, "approval", actor(41)))

    def test_undo_restores(self):
        book = joining_book()
        procedure_id = walked(book, "interview")
        before = roster_of(book)
        entry = step("approval", APPROVED_ON, document="示委〔2025〕1号", outcome="批准")
        save_step(book, procedure_id, entry, actor(40))
        undo(book, last(book), actor(41), actor().now)
        assert roster_of(book) == before

    def test_refused_above_changes_nobody(self):
        book = joining_book()
        procedure_id = walked(book, "interview")
        before = roster_of(book)
        entry = step("approval", APPROVED_ON, document="示委〔2025〕1号", outcome="不批准")
        save_step(book, procedure_id, entry, actor(40))
        assert roster_of(book) == before

    def test_without_the_day_of_the_meeting_nothing_is_approved(self):
        book = joining_book()
        procedure_id = walked(book, "form")
        entry = step("approval", APPROVED_ON, "补录", document="1", outcome="批准")
        refused(
            book, "没有登记支部大会讨论接收的日期", lambda: save_step(book, procedure_id, entry, actor(40))
        )

    def test_another_day_of_acceptance_in_the_roster_is_refused(self):
        book = joining_book()
        procedure_id = walked(book, "interview")
        person = replace(roster_of(book).person_by_id[APPLICANT], accepted_on=date(2024, 12, 1))
        correct_person(book, person, actor(39))
        entry = step("approval", APPROVED_ON, document="1", outcome="批准")
        refused(book, "入党时间是 2024-12-01", lambda: save_step(book, procedure_id, entry, actor(40)))

    def test_the_conversion_ends_the_joining(self):
        book = joining_book()
        procedure_id = walked(book)
        begin_conversion(book, APPLICANT, date(2025, 12, 1), actor(40))
        assert kept(book, procedure_id).state is ProcedureState.FINISHED
