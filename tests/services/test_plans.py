"""Plans on a book: the board written, the week carried over, planned against held, and what stands beside."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.history import OperationHead
from branchbook.domain.ledgers import LedgerDefinition
from branchbook.domain.plans import PlannedCount, TaskState
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, Record, RecordState, Resolution
from branchbook.services.desk import desk
from branchbook.services.ledger_reading import definition_id
from branchbook.services.ledger_values import LINK_RECORD, LINK_ROW, link_to, link_words
from branchbook.services.ledgers import add_row, ledger_view
from branchbook.services.measures import shipped_measures
from branchbook.services.plans import (
    MEASURES,
    PLAN_TASKS,
    WEEKLY_PLAN,
    carry_over,
    finish,
    move_task,
    plan_view,
    take_up,
    week_view,
)
from branchbook.services.undo import undo_latest
from tests.services.ledger_book import member, rectify
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

MONDAY, NEXT = date(2026, 11, 23), date(2026, 11, 30)  # today, a Tuesday, lies in the first


@pytest.fixture
def book():
    return small_book()


def planned(book, task="建立学习制度", place=FIRST_BRANCH, people=None, **values):
    given = {"task": task, "begin_on": "2026-03-02", "due_on": "2026-12-18", **values}
    return add_row(book, PLAN_TASKS, place, actor(), given, people or {}).value


def weekly(book, content, week=MONDAY, place=FIRST_BRANCH, **values):
    given = {"week_on": week.isoformat(), "content": content, **values}
    return add_row(book, WEEKLY_PLAN, place, actor(), given).value


def seen(book, year=2026, place=FIRST_BRANCH):
    with book.reading() as reading:
        return plan_view(reading, place, year, TODAY)


def week(book, day=MONDAY, place=FIRST_BRANCH):
    with book.reading() as reading:
        return week_view(reading, place, day, TODAY)


def state_of(book, row):
    return next(each.state for each in seen(book).tasks if each.id == row.id)


def held(book, kind, day, place=FIRST_BRANCH, **given):
    record = Record(
        uuid4(), (kind,), place, day, subject=given.pop("subject", "示例"), state=RecordState.FINAL, **given
    )
    with book.writing(OperationHead(uuid4(), actor().now, "李操作", "记录")) as writing:
        writing.put(record)
    return record


class TestTheBoard:
    def test_writes_where_a_task_was_moved(self, book):
        row = planned(book)
        assert state_of(book, row) is TaskState.WAITING
        move_task(book, row.id, TaskState.DOING, actor(1))
        assert state_of(book, row) is TaskState.DOING
        done = move_task(book, row.id, TaskState.DONE, actor(2)).value
        assert (done.text("progress"), done.day("done_on")) == ("已完成", TODAY)
        back = move_task(book, row.id, TaskState.WAITING, actor(3)).value
        assert (back.text("progress"), back.text("done_on")) == ("未开始", "")

    def test_is_undone_as_one_operation(self, book):
        row = planned(book)
        move_task(book, row.id, TaskState.DONE, actor(1))
        undo_latest(book, actor(2), actor().now)
        assert state_of(book, row) is TaskState.WAITING

    def test_keeps_the_day_on_which_a_task_was_done(self, book):
        row = planned(book, progress="已完成", done_on="2026-10-09")
        assert move_task(book, row.id, TaskState.DONE, actor(1)).value.day("done_on") == date(2026, 10, 9)

    def test_does_not_call_done_what_has_no_day_as_little_as_the_desk_does(self, book):
        row = planned(book, progress="已完成", due_on="2026-11-01")
        assert state_of(book, row) is TaskState.DOING
        with book.reading() as reading:
            assert any(item.ledger_row_id == row.id for item in desk(reading, FIRST_BRANCH, 2026, TODAY).due)

    def test_refuses_to_finish_what_begins_later(self, book):
        row = planned(book, begin_on="2026-12-01")
        with pytest.raises(RefusedProblem, match="早于开始日期"):
            move_task(book, row.id, TaskState.DONE, actor(1))
        assert state_of(book, row) is TaskState.WAITING

    def test_refuses_to_write_a_field_that_the_user_hid(self, book):
        row = planned(book)
        hidden = LedgerDefinition(definition_id(PLAN_TASKS), PLAN_TASKS, hidden=("done_on",))
        with book.writing(OperationHead(uuid4(), actor().now, "李操作", "隐藏")) as writing:
            writing.put(hidden)
        with pytest.raises(RefusedProblem, match=r"完成日期.*已隐藏"):
            move_task(book, row.id, TaskState.DONE, actor(1))

    def test_carries_an_unfinished_task_into_the_next_year_and_a_finished_one_not(self, book):
        waiting = planned(book, "未完", begin_on="2025-03-03", due_on="2025-12-19")
        planned(book, "办完", begin_on="2025-03-03", due_on="2025-12-19", done_on="2025-12-01")
        assert [each.id for each in seen(book).tasks] == [waiting.id]
        assert {each.title for each in seen(book, 2025).tasks} == {"未完", "办完"}

    def test_says_whose_task_it_is_where_several_branches_stand_together(self, book):
        planned(book, "一", people={"responsible": member("赵示例")})
        planned(book, "二", SECOND_BRANCH)
        tasks = seen(book, place=GENERAL_BRANCH).tasks
        assert {each.place for each in tasks} == {"第一支部", "第二支部"}
        assert {each.responsible for each in tasks} == {"赵示例", ""}

    def test_names_the_meeting_that_did_it(self, book):
        record = held(book, "general_meeting", date(2026, 4, 9), subject="学习制度")
        planned(book, meeting=link_to(LINK_RECORD, record.id))
        (task,) = seen(book).tasks
        assert task.link == "2026-04-09 支部党员大会《学习制度》"


class TestBesideThePlan:
    def test_stand_open_resolutions_and_rectifications_the_earliest_first(self, book):
        rectify(book, "学习不够", due_on="2026-11-20", responsible=member("钱示例"))
        rectify(book, "已经改了", due_on="2026-11-01", done_on="2026-11-02")
        rectify(book, "没有时限")
        due = Resolution(uuid4(), "同意", due_on=date(2026, 11, 27))
        closed = Resolution(uuid4(), "同意", due_on=date(2026, 11, 1), done_on=date(2026, 11, 1))
        agenda = (
            AgendaItem(uuid4(), "购书", resolutions=(due,)),
            AgendaItem(uuid4(), "旧事", resolutions=(closed,)),
        )
        record = held(book, "committee_meeting", date(2026, 11, 3), agenda=agenda)
        duties = seen(book).duties
        assert [(each.source, each.title) for each in duties] == [("整改", "学习不够"), ("决议", "购书")]
        assert [each.is_late(TODAY) for each in duties] == [True, False]
        assert duties[0].responsible == "钱示例"
        assert duties[1].record_id == record.id
        assert week(book, date(2026, 11, 18)).duties == duties[:1]
        assert week(book).duties == duties


class TestPlannedAgainstHeld:
    def test_counts_what_was_held_as_the_statistics_do(self, book):
        planned(book, "讲党课", activity="党课", planned=4)
        planned(book, "主题党日", activity="主题党日", planned=12)
        assert [each.held for each in seen(book).counts] == [None, None]  # nothing entered is not none held
        held(book, "party_lesson", date(2026, 3, 9))
        held(book, "party_lesson", date(2026, 6, 9))
        held(book, "party_lesson", date(2025, 6, 9))
        counts = seen(book).counts
        assert counts == (PlannedCount("党课", 4, 2), PlannedCount("主题党日", 12, 0))
        assert [each.lacking for each in counts] == [2, 12]

    def test_has_a_measure_of_that_name_for_every_kind_that_the_ledger_offers(self):
        activity = shipped_ledgers().by_key[PLAN_TASKS].field("activity")
        names = {each.key: each.name for each in shipped_measures().measures}
        assert tuple(MEASURES) == activity.choices
        assert [names[key] for key in MEASURES.values()] == list(activity.choices)


class TestTheWeek:
    def test_offers_tasks_that_are_due_until_one_is_taken_up(self, book):
        row = planned(book, due_on="2026-11-27", people={"responsible": member("赵示例")})
        assert [each.id for each in week(book).due] == [row.id]
        line = take_up(book, row.id, TODAY, actor(1)).value
        assert week(book).due == ()
        (entry,) = week(book).entries
        assert (entry.id, entry.content, entry.responsible) == (line.id, "建立学习制度", "赵示例")
        assert entry.week == MONDAY
        with pytest.raises(RefusedProblem, match="已有这项任务"):
            take_up(book, row.id, MONDAY, actor(2))
        take_up(book, row.id, NEXT, actor(3))

    def test_says_in_words_from_which_task_a_line_was_taken(self, book):
        row = planned(book)
        take_up(book, row.id, TODAY, actor(1))
        with book.reading() as reading:
            (line,) = ledger_view(reading, WEEKLY_PLAN, FIRST_BRANCH, TODAY).lines
            assert line.cells["task"] == "工作任务“建立学习制度”"
            assert link_words(reading, [link_to(LINK_ROW, uuid4())]) == {}

    def test_begins_with_what_earlier_weeks_left_over_in_one_operation(self, book):
        waiting = weekly(book, "整理档案")
        weekly(book, "写总结", done_on=TODAY.isoformat())
        older = weekly(book, "走访", date(2026, 11, 9), result="部分完成")
        assert carry_over(book, FIRST_BRANCH, NEXT, actor(1)).value == 2
        fresh = week(book, NEXT)
        assert [(each.content, each.carried_from) for each in fresh.entries] == [
            ("走访", date(2026, 11, 9)),
            ("整理档案", MONDAY),
        ]
        assert fresh.left_over == ()
        assert {each.id: each.carried_to for each in week(book).entries}[waiting.id] == NEXT
        with pytest.raises(RefusedProblem, match="没有未完成的事项"):
            carry_over(book, FIRST_BRANCH, NEXT, actor(2))
        undo_latest(book, actor(3), actor().now)
        assert [each.id for each in week(book, NEXT).left_over] == [older.id, waiting.id]
        assert week(book, NEXT).entries == ()

    def test_carries_only_what_belongs_to_the_organisation(self, book):
        weekly(book, "甲")
        weekly(book, "乙", place=SECOND_BRANCH)
        assert carry_over(book, SECOND_BRANCH, NEXT, actor(1)).value == 1
        assert [each.content for each in week(book, NEXT, GENERAL_BRANCH).entries] == ["乙"]

    def test_notes_a_line_as_done_and_takes_it_back(self, book):
        row = weekly(book, "整理档案")
        finish(book, row.id, True, actor(1))
        (entry,) = week(book).entries
        assert (entry.is_done, entry.done_on, entry.result) == (True, TODAY, "已完成")
        finish(book, row.id, False, actor(2))
        (entry,) = week(book).entries
        assert (entry.is_done, entry.done_on, entry.result) == (False, None, "")

    def test_knows_a_week_by_any_of_its_days(self, book):
        weekly(book, "周五的事", date(2026, 11, 27))
        assert [each.content for each in week(book, date(2026, 11, 29)).entries] == ["周五的事"]

    def test_refuses_what_is_gone(self, book):
        with pytest.raises(RefusedProblem):
            move_task(book, named("没有"), TaskState.DOING, actor())
        with pytest.raises(RefusedProblem):
            finish(book, named("没有"), True, actor())
