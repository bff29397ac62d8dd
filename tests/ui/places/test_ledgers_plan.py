"""The plan in the Ledgers place: board, time line and week by keyboard, each press one operation of the book."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.plans import TaskState
from branchbook.services.plans import PLAN_TASKS, WEEKLY_PLAN, Duty
from branchbook.services.undo import undo_latest
from branchbook.ui.place import Destination, ShowPaper, ShowRecord
from branchbook.ui.places.ledgers.plan_views import BOARD, ROWS, THIS_WEEK, TIME_LINE
from tests.services.ledger_book import member, rectify
from tests.services.small_book import TODAY, actor, small_book
from tests.services.test_plans import MONDAY, NEXT, held, planned, weekly
from tests.ui.places.ledgers_screen import on_screen
from tests.ui.places.members_screen import write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def book():
    made = small_book()
    planned(
        made, "修订制度", progress="进行中", due_on="2026-11-10", people={"responsible": member("赵示例")}
    )
    planned(made, "走访", due_on="2026-12-10", activity="党课", planned=4)
    weekly(made, "整理档案")
    weekly(made, "写总结", done_on=TODAY.isoformat(), result="已完成")
    rectify(made, "学习不够", due_on="2026-11-20")
    return made


@pytest.fixture
def screen(shown, book):
    made = on_screen(shown, book, lambda: undo_latest(book, actor(500), actor(-500).now))
    made.place.show_ledger(PLAN_TASKS)
    made.settle()
    return made


@pytest.fixture
def gone(screen):
    found: list[Destination] = []
    screen.place.go.connect(found.append)
    return found


def plan(screen):
    return screen.place.plan


def column(screen, state):
    return plan(screen).board.columns[state]


def titles(entries):
    return [each.title for each in entries.entries]


def tap(screen, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)
    screen.settle()


def view(screen, key):
    screen.chip(plan(screen).bar_chips, key)


class TestTheBoard:
    def test_is_what_the_tasks_begin_with_and_other_ledgers_have_no_such_views(self, screen):
        assert plan(screen).board.isVisible()
        assert not screen.place.rows.isVisible()
        assert titles(column(screen, TaskState.WAITING)) == ["走访"]
        late = column(screen, TaskState.DOING).entries[0]
        assert (late.title, late.detail, late.badge) == ("修订制度", "11月10日前 · 赵示例", "逾期 14 天")
        screen.place.show_ledger("rectification")
        screen.settle()
        assert screen.place.rows.isVisible()
        assert not plan(screen).bar.isVisible()

    def test_a_task_is_moved_by_keys_with_the_keyboard_following_it(self, screen):
        plan(screen).focus_first()
        waiting = column(screen, TaskState.WAITING)
        assert waiting.hasFocus()
        tap(screen, waiting, Qt.Key.Key_Right, CTRL)
        doing = column(screen, TaskState.DOING)
        assert doing.hasFocus()
        assert titles(waiting) == []
        tap(screen, doing, Qt.Key.Key_Right, CTRL)
        done = column(screen, TaskState.DONE)
        assert titles(done) == ["走访"]
        assert {row.text("task"): row.text("done_on") for row in screen.rows}["走访"] == TODAY.isoformat()
        screen.place.context.commands.undo()
        screen.settle()
        assert "走访" in titles(doing)

    def test_arrows_go_between_columns_and_pass_over_empty_ones(self, screen):
        plan(screen).focus_first()
        tap(screen, column(screen, TaskState.WAITING), Qt.Key.Key_Right)
        doing = column(screen, TaskState.DOING)
        assert doing.hasFocus()
        tap(screen, doing, Qt.Key.Key_Right)
        assert plan(screen).board.duties.hasFocus(), "nothing is done yet"
        tap(screen, plan(screen).board.duties, Qt.Key.Key_Left)
        assert doing.hasFocus()

    def test_a_task_is_moved_by_the_buttons_too(self, screen):
        column(screen, TaskState.DOING).setCurrentIndex(column(screen, TaskState.DOING).model().index(0, 0))
        screen.press(plan(screen).left)
        assert set(titles(column(screen, TaskState.WAITING))) == {"修订制度", "走访"}
        screen.press(plan(screen).left)
        assert len(titles(column(screen, TaskState.WAITING))) == 2, "there is nothing further left"

    def test_what_is_refused_is_said_and_the_task_stays(self, screen, book):
        planned(book, "明年的", begin_on="2026-12-01", due_on="2026-12-31", progress="进行中")
        screen.place._load()
        screen.settle()
        doing = column(screen, TaskState.DOING)
        doing.setFocus()
        doing.setCurrentIndex(doing.model().index(1, 0))
        tap(screen, doing, Qt.Key.Key_Right, CTRL)
        assert "早于开始日期" in screen.place.banner.text
        assert "明年的" in titles(doing)

    def test_enter_opens_the_task_in_the_list(self, screen):
        doing = column(screen, TaskState.DOING)
        doing.setFocus()
        doing.setCurrentIndex(doing.model().index(0, 0))
        tap(screen, doing, Qt.Key.Key_Return)
        assert screen.place.rows.isVisible()
        assert screen.place.row.view.title == "修订制度"
        assert plan(screen).view == ROWS

    def test_beside_it_stand_duties_and_what_was_planned_and_held(self, screen, book, gone):
        board = plan(screen).board
        assert titles(board.duties) == ["学习不够"]
        assert board.counts.entries[0].detail == "计划 4 · 没有记录"
        held(book, "party_lesson", date(2026, 3, 9))
        screen.place._load()
        screen.settle()
        assert board.counts.entries[0].detail == "计划 4 · 已开展 1"
        assert board.counts.entries[0].badge == "还差 3"
        board.duties.setFocus()
        board.duties.setCurrentIndex(board.duties.model().index(0, 0))
        tap(screen, board.duties, Qt.Key.Key_Return)
        assert screen.place.ledger == "rectification"
        assert screen.place.row.view.title == "学习不够"
        assert gone == []

    def test_without_tasks_it_says_how_to_begin(self, shown):
        empty = on_screen(shown, small_book())
        empty.place.show_ledger(PLAN_TASKS)
        empty.settle()
        assert plan(empty).nothing.isVisible()
        assert plan(empty).currentWidget() is plan(empty).nothing
        plan(empty).add()
        empty.settle()
        assert empty.place.row.view.is_new
        assert empty.place.row.view.ledger.key == PLAN_TASKS


class TestTheTimeLine:
    def test_has_the_year_and_enter_opens_a_task(self, screen):
        view(screen, TIME_LINE)
        line = plan(screen).time_line
        assert line.isVisible()
        assert [row.task.title for row in line.rows_model.rows] == ["修订制度", "走访"]
        plan(screen).focus_first()
        tap(screen, line, Qt.Key.Key_Down)
        tap(screen, line, Qt.Key.Key_Return)
        assert screen.place.row.view.title == "走访"

    def test_is_printed_as_its_paper(self, screen, gone):
        view(screen, TIME_LINE)
        screen.press(plan(screen).print_button)
        assert gone == [Destination("print", ShowPaper("plan_time_line"))]


class TestTheWeek:
    @pytest.fixture
    def week(self, screen):
        screen.place.show_ledger(WEEKLY_PLAN)
        screen.settle()
        return plan(screen).weekly

    def test_is_what_the_weekly_plan_begins_with(self, screen, week):
        assert week.isVisible()
        assert plan(screen).view == THIS_WEEK
        assert titles(week.entries) == ["整理档案", "写总结"]
        assert [each.icon_words for each in week.entries.entries] == ["未完成", "已完成"]
        assert [each.title for each in week.due.entries] == ["修订制度", "学习不够"]

    def test_space_notes_a_line_as_done_and_takes_it_back(self, screen, week):
        plan(screen).focus_first()
        tap(screen, week.entries, Qt.Key.Key_Space)
        assert [each.icon_words for each in week.entries.entries] == ["已完成", "已完成"]
        assert not week.next.isVisible()
        tap(screen, week.entries, Qt.Key.Key_Space)
        assert week.entries.entries[0].icon_words == "未完成"

    def test_a_line_is_written_and_kept_by_enter(self, screen, week):
        screen.place.begin()
        assert week.line.hasFocus()
        write(week.line, "交党费")
        tap(screen, week.line, Qt.Key.Key_Return)
        assert titles(week.entries)[-1] == "交党费"
        assert week.line.text() == ""
        (row,) = [each for each in screen.rows if each.text("content") == "交党费"]
        assert row.day("week_on") == MONDAY
        tap(screen, week.line, Qt.Key.Key_Return)
        assert len(titles(week.entries)) == 3, "nothing is written where nothing was typed"

    def test_a_task_is_taken_up_by_space_and_a_rectification_is_not(self, screen, week):
        week.due.setFocus()
        tap(screen, week.due, Qt.Key.Key_Space)
        assert "修订制度" in titles(week.entries)
        assert titles(week.due) == ["学习不够"]
        assert not week.take.isEnabled()
        tap(screen, week.due, Qt.Key.Key_Space)
        assert len(titles(week.entries)) == 3

    def test_the_next_week_begins_from_what_is_left_in_one_press(self, screen, week):
        assert week.next.text() == "结转 1 项到下周"
        screen.press(week.next)
        assert week.view.week == NEXT
        assert titles(week.entries) == ["整理档案"]
        assert "自 11.23 结转" in week.entries.entries[0].detail
        screen.press(week.before)
        assert "转到 11.30" in week.entries.entries[0].detail
        assert not week.next.isVisible()

    def test_an_earlier_weeks_rest_can_be_carried_to_the_week_that_is_shown(self, screen, week):
        screen.press(week.after)
        assert week.here.text() == "把前几周剩下的 1 项结转到这一周"
        screen.press(week.here)
        assert titles(week.entries) == ["整理档案"]
        screen.press(week.this)
        assert week.view.week == MONDAY

    def test_enter_opens_what_it_stands_on(self, screen, week, book, gone):
        screen.press(week.before)
        assert week.view.week == MONDAY - timedelta(days=7)
        screen.press(week.this)
        week.due.setFocus()
        week.due.setCurrentIndex(week.due.model().index(1, 0))
        tap(screen, week.due, Qt.Key.Key_Return)
        assert screen.place.row.view.title == "学习不够"

    def test_a_resolution_opens_its_meeting(self, screen, week, gone):
        record_id = UUID(int=5)
        plan(screen)._open_duty(Duty("决议", "购书", None, record_id=record_id))
        assert gone == [Destination("meetings", ShowRecord(record_id))]

    def test_is_printed_with_its_own_week(self, screen, week, gone):
        screen.press(week.after)
        screen.press(plan(screen).print_button)
        assert gone == [Destination("print", ShowPaper("weekly_summary", day=NEXT))]


def test_the_list_of_a_plan_is_one_press_away_and_back(screen):
    view(screen, ROWS)
    assert screen.place.rows.isVisible()
    assert screen.place.row.view is not None
    assert set(screen.titles) == {"修订制度", "走访"}
    view(screen, BOARD)
    assert plan(screen).board.isVisible()
    view(screen, THIS_WEEK)
    assert screen.place.entries.current_key == WEEKLY_PLAN
