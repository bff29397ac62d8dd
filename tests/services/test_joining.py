"""Joining: what each step needs, what it makes of the roster, how it is taken back (发展党员工作细则 2014, 2026)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.people import FactKind, Standing
from branchbook.domain.procedures import ProcedureState
from branchbook.domain.records import PersonRef
from branchbook.services.joining import Stage, begin_joining, joining_findings, joining_view, stages_on
from branchbook.services.procedures import save_step
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.settings import change_setting
from branchbook.services.transfers import move_between_branches, transfer_out
from branchbook.services.work_calendar import shipped_calendar, work_calendar_of
from tests.services.asking import refused, roster_of
from tests.services.joining_book import (
    APPLICANT,
    APPLIED_ON,
    begun_joining,
    joining_book,
    kept,
    step,
    walked,
)
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, named

APPROVED_ON = date(2025, 2, 10)
MENTORS_ON = date(2023, 6, 12)


def standings_of(book):
    return [
        (fact.value, fact.from_on, fact.to_on)
        for fact in roster_of(book).facts_of(APPLICANT, FactKind.STANDING)
    ]


def findings_of(book, procedure_id):
    with book.reading() as reading:
        return joining_findings(reading, kept(book, procedure_id))


class TestRefused:
    """What the rules of the step's day forbid, and what cannot be."""

    @pytest.mark.parametrize(
        "until, entry, said",
        [
            ("sponsors", step("training", date(2024, 10, 12), days=2, hours=8), "不少于 3 天或 24 学时"),
            ("activist_filed", step("candidate", date(2024, 5, 31), "补录"), "2024-06-01 才满 12 个月"),
            (
                "interview",
                step("approval", date(2024, 12, 9), "补录", document="1", outcome="批准"),
                "早于支部大会",
            ),
            ("talk", step("talk", date(2026, 11, 25)), "在今天之后"),
            ("talk", step("activist", date(2023, 3, 10)), "晚于本步"),
        ],
    )
    def test_what_a_day_forbids(self, until, entry, said):
        book = joining_book()
        procedure_id = walked(book, until)
        refused(book, said, lambda: save_step(book, procedure_id, entry, actor(40)))

    @pytest.mark.parametrize("key, count", [("mentors", 0), ("mentors", 3), ("sponsors", 1), ("sponsors", 3)])
    def test_one_or_two_mentors_and_two_sponsors(self, key, count):
        """D-28, D-31."""
        book = joining_book()
        procedure_id = walked(book, "activist" if key == "mentors" else "candidate")
        names = ("赵示例", "钱示例", "孙示例")[:count]
        people = tuple(PersonRef(name, named(name)) for name in names)
        entry = replace(step(key, date(2025, 1, 2), "补录"), people={key: people})
        said = "正式党员，所填" if count else "还缺"
        refused(book, said, lambda: save_step(book, procedure_id, entry, actor(40)))

    def test_a_mentor_is_a_full_member_and_not_the_person(self):
        book = joining_book()
        procedure_id = walked(book, "activist")
        entry = replace(step("mentors", MENTORS_ON), people={"mentors": (PersonRef("卫示例", APPLICANT),)})
        refused(book, "不能是本人", lambda: save_step(book, procedure_id, entry, actor(40)))

    def test_a_name_outside_the_roster_is_only_told(self):
        book = joining_book()
        procedure_id = walked(book, "activist")
        entry = replace(step("mentors", MENTORS_ON), people={"mentors": (PersonRef("外单位某人"),)})
        save_step(book, procedure_id, entry, actor(40))
        assert "外单位某人不在花名册中" in findings_of(book, procedure_id)[-1].text

    def test_eighteen_years_old(self):
        """D-36, D26-01."""
        book = joining_book(born_on=date(2005, 3, 2))
        procedure_id = begun_joining(book)
        early = step("application", APPLIED_ON)
        refused(book, "未满 18 周岁", lambda: save_step(book, procedure_id, early, actor(2)))
        save_step(book, procedure_id, step("application", date(2023, 3, 2)), actor(3))

    def test_after_a_transfer_out_the_other_branch_goes_on(self):
        """D-22; what was open ends with the reason."""
        book = joining_book()
        procedure_id = walked(book, "mentors")
        transfer_out(book, APPLICANT, date(2024, 3, 1), "示例县委", "介字1号", actor(30))
        ended = kept(book, procedure_id)
        assert (ended.state, ended.ending_reason) == (ProcedureState.ABANDONED, "转出到示例县委")

    def test_in_another_branch_of_the_book_it_goes_on(self):
        """The cultivation counts on; the steps before the move stay."""
        book = joining_book()
        procedure_id = walked(book, "mentors")
        move_between_branches(book, APPLICANT, SECOND_BRANCH, date(2024, 3, 1), actor(30))
        moved = kept(book, procedure_id)
        assert (moved.is_open, moved.organisation_id) == (True, SECOND_BRANCH)
        save_step(book, procedure_id, step("candidate", date(2024, 7, 1)), actor(31))
        with book.reading() as reading:
            (line,) = stages_on(reading, SECOND_BRANCH, TODAY)
        assert line.dates["activist"] == date(2023, 6, 1)

    def test_a_member_does_not_join(self):
        book = joining_book()
        refused(book, "已是党员", lambda: begin_joining(book, named("赵示例"), TODAY, actor(1)))


class TestNotice:
    """D26-05: from the revision on a notice of five working days before someone becomes a development candidate."""

    def noticed(self, book, begins_on, ends_on):
        procedure_id = walked(book, "mentors")
        values = {"ends_on": ends_on.isoformat()}
        save_step(book, procedure_id, step("candidate_notice", begins_on, **values), actor(30))
        return procedure_id

    def test_without_a_notice_it_is_refused_from_the_revision_on(self):
        book = joining_book()
        procedure_id = walked(book, "mentors")
        entry = step("candidate", date(2026, 5, 18))
        refused(book, "须公示不少于 5 个工作日", lambda: save_step(book, procedure_id, entry, actor(30)))
        save_step(book, procedure_id, step("candidate", date(2026, 5, 17)), actor(31))  # the text of 2014

    def test_days_off_do_not_count(self):
        """Case 59: from Monday 28 September 2026 the National Day days off are left out."""
        book = joining_book()
        procedure_id = walked(book, "mentors")
        short = step("candidate_notice", date(2026, 9, 28), ends_on="2026-10-02")
        refused(book, "应不少于 5 个", lambda: save_step(book, procedure_id, short, actor(30)))
        with book.reading() as reading:
            last_day = work_calendar_of(reading).last_day(date(2026, 9, 28), 5).day
        full = step("candidate_notice", date(2026, 9, 28), ends_on=last_day.isoformat())
        save_step(book, procedure_id, full, actor(31))
        save_step(book, procedure_id, step("candidate", last_day), actor(32))

    def test_not_before_it_ended(self):
        book = joining_book()
        procedure_id = self.noticed(book, date(2026, 6, 1), date(2026, 6, 8))
        entry = step("candidate", date(2026, 6, 7))
        refused(book, "到 2026-06-08 才结束", lambda: save_step(book, procedure_id, entry, actor(32)))

    def test_a_version_may_be_chosen_with_a_reason(self):
        book = joining_book()
        procedure_id = walked(book, "mentors")
        chosen = step("candidate", date(2026, 5, 20), rule_version="2014")
        refused(book, "须写明原因", lambda: save_step(book, procedure_id, chosen, actor(30)))
        unknown = step("candidate", date(2026, 5, 20), "过渡", rule_version="2019")
        refused(book, "没有“2019”这一版", lambda: save_step(book, procedure_id, unknown, actor(30)))
        with_reason = step("candidate", date(2026, 5, 20), "公布前已报上级", rule_version="2014")
        save_step(book, procedure_id, with_reason, actor(31))
        assert standings_of(book)[-1][:2] == (Standing.DEVELOPMENT_CANDIDATE, date(2026, 5, 20))

    def test_the_boundary_is_the_book_s_own(self):
        """D26-21, 待核实."""
        book = joining_book()
        correction = RuleCorrection("D26-21", "示组通〔2026〕5号", "2026-07-01")
        change_setting(book, "rule_corrections", (correction,), actor(1))
        procedure_id = walked(book, "mentors")
        save_step(book, procedure_id, step("candidate", date(2026, 6, 30)), actor(30))

    @given(st.dates(date(2026, 5, 18), date(2026, 11, 1)), st.integers(0, 20))
    @settings(max_examples=25, deadline=None)
    def test_five_working_days_are_enough_and_fewer_never(self, begins_on, length):
        book = joining_book()
        procedure_id = walked(book, "mentors")
        ends_on = begins_on + timedelta(days=length)
        entry = step("candidate_notice", begins_on, ends_on=ends_on.isoformat())
        if shipped_calendar().working_days(begins_on, ends_on) < 5:
            refused(book, "应不少于 5 个", lambda: save_step(book, procedure_id, entry, actor(30)))
        else:
            save_step(book, procedure_id, entry, actor(30))


class TestFindings:
    def test_a_way_by_the_rules_has_none(self):
        book = joining_book()
        assert findings_of(book, walked(book)) == ()

    @pytest.mark.parametrize(
        "until, entry, said",
        [
            ("application", step("talk", date(2023, 4, 2)), "派人谈话应在 1 个月内（2023-04-01 前）"),
            ("form", step("meeting", date(2024, 12, 21)), "召开支部大会应在 1 个月内（2024-12-20 前）"),
            ("sponsors", step("training", date(2024, 10, 12), "补录"), "没有登记培训的天数"),
            (
                "interview",
                step("approval", date(2025, 3, 11), document="1", outcome="批准"),
                "审批接收决议应在 3 个月内（2025-03-10 前）",
            ),
            (
                "interview",
                step("approval", date(2025, 6, 11), document="1", outcome="批准", special=True),
                "应在 6 个月内（2025-06-10 前）",
            ),
        ],
    )
    def test_limits_passed_late_are_told(self, until, entry, said):
        book = joining_book()
        procedure_id = walked(book, until)
        save_step(book, procedure_id, entry, actor(40))
        (found,) = findings_of(book, procedure_id)
        assert said in found.text
        assert found.article == "发展党员工作细则（2014）"

    def test_a_year_without_a_table_is_provisional(self):
        """A notice of 2003 lies before the tables: 暂算, and only a warning."""
        book = joining_book(since=date(2016, 1, 4))
        procedure_id = begin_joining(book, APPLICANT, date(2016, 1, 4), actor(1)).value.id
        with book.reading() as reading:
            assert not work_calendar_of(reading).knows(date(2003, 6, 2))
        entry = step(
            "candidate_notice", date(2003, 6, 2), "旧档", ends_on="2003-06-04", rule_version="2026-05"
        )
        save_step(book, procedure_id, entry, actor(2))
        (found,) = findings_of(book, procedure_id)
        assert "暂算" in found.text


class TestStages:
    @pytest.mark.parametrize(
        "until, stage, next_name",
        [
            ("application", Stage.APPLICANT, "派人谈话"),
            ("mentors", Stage.ACTIVIST, "培养考察（满 6 个月）"),
            ("training", Stage.DEVELOPMENT_CANDIDATE, "支委会审查"),
            ("preliminary_review", Stage.ACCEPTANCE, "支部大会讨论接收"),
            ("approval", Stage.PROBATIONARY, "考察意见"),
        ],
    )
    def test_everyone_by_stage_with_what_is_next(self, until, stage, next_name):
        book = joining_book()
        procedure_id = walked(book, until)
        with book.reading() as reading:
            (line,) = stages_on(reading, FIRST_BRANCH, TODAY)
            assert stages_on(reading, SECOND_BRANCH, TODAY) == ()
            assert stages_on(reading, None, TODAY) == stages_on(reading, GENERAL_BRANCH, TODAY) == (line,)
            assert joining_view(reading, procedure_id, TODAY).procedure.id == procedure_id
        assert (line.name, line.stage, line.next_step) == ("卫示例", stage, next_name)
        assert line.dates["application"] == APPLIED_ON

    @pytest.mark.parametrize(
        "day, name, due_on, overdue",
        [
            (
                date(2023, 11, 30),
                "确定发展对象",
                None,
                False,
            ),  # a year is the least, no day on which it is due
            (date(2023, 12, 2), "培养考察（满 6 个月）", date(2023, 12, 1), True),  # D-29
        ],
    )
    def test_the_due_day(self, day, name, due_on, overdue):
        book = joining_book()
        walked(book, "mentors")
        with book.reading() as reading:
            (line,) = stages_on(reading, FIRST_BRANCH, day)
        assert (line.next_step, line.due_on, line.overdue) == (name, due_on, overdue)
        assert line.article == "发展党员工作细则（2014）"

    def test_a_meeting_is_due_within_a_month_of_the_preliminary_review(self):
        """D26-10; on a day under the text of 2026 its article is cited."""
        book = joining_book()
        walked(book, "form")
        with book.reading() as reading:
            (line,) = stages_on(reading, FIRST_BRANCH, date(2026, 6, 1))
        assert (line.due_on, line.overdue, line.article) == (
            date(2024, 12, 20),
            True,
            "发展党员工作细则（2026） 第十九条",
        )

    def test_someone_without_a_procedure_is_listed_too(self):
        with joining_book().reading() as reading:
            (line,) = stages_on(reading, FIRST_BRANCH, TODAY)
        assert (line.stage, line.procedure_id, line.missing) == (
            Stage.APPLICANT,
            None,
            ("建立发展党员档案",),
        )


def test_an_old_case_is_entered_late_under_no_rules():
    """Before 28 May 2014 the book has no rules on admission: order is looked at, numbers are not."""
    book = joining_book(born_on=date(1980, 1, 1), since=date(2018, 3, 1))
    procedure_id = begin_joining(book, APPLICANT, date(2009, 7, 1), actor(1), FIRST_BRANCH).value.id
    for minute, (key, day) in enumerate(
        (("application", date(2009, 7, 1)), ("talk", date(2010, 1, 4)), ("activist", date(2010, 2, 1))),
        start=2,
    ):
        save_step(book, procedure_id, step(key, day), actor(minute))
    candidate = step("candidate", date(2010, 6, 1), "旧档没有备案材料")
    save_step(book, procedure_id, candidate, actor(9))
    assert findings_of(book, procedure_id) == ()
    assert standings_of(book)[-1][:2] == (Standing.DEVELOPMENT_CANDIDATE, date(2010, 6, 1))
