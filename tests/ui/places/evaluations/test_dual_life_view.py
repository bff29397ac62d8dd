"""Dual organisational life on the screen: leaders, their counts, and what each took part in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.domain.people import FactKind, Mark, PersonFact, Post
from branchbook.services.operations import operate
from branchbook.services.undo import undo_latest
from branchbook.ui.place import BeginRecord, Destination, ScopeChoice, ShowPaper, ShowRecord
from branchbook.ui.places.evaluations.dual_life import DualLifeView
from branchbook.ui.theme import ThemeChoice
from tests.services.small_book import GENERAL_BRANCH, TODAY, actor, named
from tests.ui.conftest import changes
from tests.ui.places.evaluations.view_host import hosted
from tests.ui.places.meetings.meetings_place import Hand, stored_record

LEADER = "王示例"


@pytest.fixture
def host(context, shown, settled):
    """王示例 is secretary of the general branch; the first branch held one meeting in which 赵示例 spoke."""
    with operate(context.book, actor(), "任职") as operating:
        operating.writing.put(
            PersonFact(
                uuid5(named(LEADER), "head"),
                named(LEADER),
                FactKind.POST,
                Post.SECRETARY,
                date(2024, 3, 1),
                None,
                GENERAL_BRANCH,
            )
        )
    stored_record(context.book, final=True)
    whole = replace(context, scope=ScopeChoice(GENERAL_BRANCH, 2026))
    return hosted(shown, whole, settled, DualLifeView())


def names(host) -> list[str]:
    return [each.name for each in host.view.leaders.rows_model.rows]


def add(host, settled, typed: str, since: str = "") -> None:
    host.view.person.setFocus()
    Hand(lambda: None).write(typed)
    if since:
        host.view.since.setText(since)
    host.view.add_button.click()
    settled(host.context.commands)


def test_holders_of_posts_are_listed_and_cannot_be_ended_here(host):
    assert names(host) == [LEADER]
    assert not host.view.end_button.isEnabled()
    assert not host.view.entries.isVisible()


def test_a_further_leader_is_named_from_a_day_and_what_they_did_is_shown(host, settled):
    add(host, settled, "赵示例", "2026-1-1")
    assert names(host) == ["赵示例", LEADER]
    host.view.leaders.selectRow(0)
    [entry] = host.view.entries.rows_model.rows
    assert (entry.due, entry.present, entry.spoke) == (True, True, True)
    columns = host.view.entries.rows_model.columns
    assert [column.text(entry) for column in columns] == [
        "11-20", "支部党员大会：讨论年度工作", "第一支部", "发言", "参加"
    ]  # fmt: skip
    counted = [
        column.text(host.view.leaders.rows_model.rows[0]) for column in host.view.leaders.rows_model.columns
    ]
    assert counted[3:] == ["1", "1", "0", "0", "0", "1", "0"]
    QTest.keyClick(host.view.entries, Qt.Key.Key_Return)
    host.view.entries.selectRow(0)
    QTest.keyClick(host.view.entries, Qt.Key.Key_Return)
    assert host.asked[-1] == Destination("meetings", ShowRecord(entry.record_id))


def test_naming_a_leader_is_one_operation_that_can_be_undone(host, settled):
    add(host, settled, "赵示例", "2026-1-1")
    undo_latest(host.context.book, actor(1), actor().now)
    host.reload(changes("person_fact"))
    settled(host.context.commands)
    assert names(host) == [LEADER]


def test_who_was_named_can_be_ended_and_stays_in_the_year(host, settled):
    add(host, settled, "赵示例", "2026-1-1")
    host.view.leaders.selectRow(0)
    assert host.view.end_button.isEnabled()
    host.view.end_button.click()
    settled(host.context.commands)
    assert names(host) == ["赵示例", LEADER], "the year's count is not lost"
    with host.context.book.reading() as reading:
        roster = reading.roster()
    assert Mark.DUAL_LIFE_LEADER not in roster.marks_on(named("赵示例"), TODAY)


def test_nobody_is_added_without_a_name_and_no_leader_twice(host, settled):
    host.view.add_button.click()
    assert names(host) == [LEADER]
    add(host, settled, LEADER)
    assert names(host) == [LEADER]


def test_an_activity_elsewhere_begins_with_the_leader_filled_in(host):
    host.view.new_button.click()
    people = (("leader", (named(LEADER),)),)
    begin = BeginRecord(("dual_life_activity",), GENERAL_BRANCH, TODAY, people)
    assert host.asked == [Destination("meetings", begin)]


def test_the_yearly_paper_is_printed_elsewhere(host):
    host.view.print_button.click()
    assert host.asked == [Destination("print", ShowPaper("dual_life"))]


def test_a_year_without_leaders_explains_itself(context, shown, settled):
    host = hosted(shown, context, settled, DualLifeView())
    assert host.view._empty.isVisible()
    assert not host.view._nothing.isVisible(), "nobody is at hand of whom to say that nothing was held"
    host.view.focus_first()
    assert host.view.person.hasFocus()


@pytest.mark.parametrize("scale, beside", [(100, True), (125, False), (150, False)])
def test_at_large_text_the_lists_stand_one_above_the_other(host, look, scale, beside):
    look.choose(ThemeChoice.LIGHT, scale)
    QApplication.processEvents()
    left, right = host.view.leaders, host.view.entries
    corner = [each.mapTo(host.view, each.rect().topLeft()) for each in (left, right)]
    assert (corner[1].x() > corner[0].x()) is beside
    assert left.columnWidth(1) > 70, "the posts keep their room"
