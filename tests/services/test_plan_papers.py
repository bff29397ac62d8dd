"""The papers of plans from a book: the year's time line, and a week planned, done and carried over."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.paper_values_plans import week_words
from branchbook.services.plans import carry_over
from branchbook.services.printing import content_hash, print_paper, texts_of
from tests.services.conversion_printing import press
from tests.services.ledger_book import member, rectify
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, small_book
from tests.services.test_plans import MONDAY, NEXT, planned, weekly
from tests.services.test_printing_pressed import text_of


def request(paper, place=FIRST_BRANCH, day=TODAY, **asked):
    return PaperRequest(paper, day, organisation_id=place, year=2026, **asked)


def sheet(book, paper, place=FIRST_BRANCH, day=TODAY, **asked):
    with book.reading() as reading:
        return sheet_for(reading, request(paper, place, day, **asked))


def said(book, paper, place=FIRST_BRANCH, day=TODAY, **asked):
    with book.reading() as reading:
        printed = print_paper(reading, press(), request(paper, place, day, **asked))
    assert printed.missing == ()
    return "".join(text_of(printed.pdf).split())


@pytest.fixture
def book():
    book = small_book()
    planned(book, "走访离退休党员", due_on="2026-11-27", people={"responsible": member("赵示例")})
    planned(book, "二支部的任务", SECOND_BRANCH)
    weekly(book, "整理档案", outcome="还缺两份")
    weekly(book, "写总结", done_on="2026-11-24", result="已完成")
    rectify(book, "学习不够", due_on="2026-11-26", responsible=member("钱示例"))
    return book


def test_the_time_line_has_the_tasks_of_the_year(book):
    text = said(book, "plan_time_line")
    assert "第一支部2026年度工作任务时间线" in text
    assert "走访离退休党员" in text
    assert "赵示例" in text
    assert "二支部的任务" not in text
    assert "二支部的任务（第二支部）" in said(book, "plan_time_line", GENERAL_BRANCH)


def test_what_the_time_line_says_is_checked_and_hashed(book):
    shown = sheet(book, "plan_time_line")
    assert {"走访离退休党员", "赵示例"} <= set(texts_of(shown))
    assert content_hash([shown]) != content_hash([sheet(book, "plan_time_line", day=date(2026, 12, 2))])


def test_the_week_says_what_was_planned_done_and_carried_over(book):
    carry_over(book, FIRST_BRANCH, NEXT, actor(5))
    text = said(book, "weekly_summary")
    assert "第一支部周计划和小结（2026.11.23—11.29）" in text
    assert "还缺两份" in text
    assert "转到11.30" in text
    assert "计划2项，完成1项，结转1项，未完成0项" in text
    following = said(book, "weekly_summary", day=NEXT)
    assert "自11.23结转" in following
    assert "计划1项，完成0项，结转0项，未完成1项" in following


def test_beside_the_week_stands_what_is_due_in_it(book):
    rows = sheet(book, "weekly_summary").values["beside"]
    assert [(each["source"], each["title"], each["owner"]) for each in rows] == [
        ("年度任务", "走访离退休党员", "赵示例"),
        ("整改", "学习不够", "钱示例"),
    ]
    assert sheet(book, "weekly_summary", day=date(2026, 1, 7)).values["beside"] == ({"title": "无"},)


def test_a_blank_week_has_room_for_its_days_in_the_title(book):
    assert (
        sheet(book, "weekly_summary", blank=True).title
        == "第一支部周计划和小结（　　月　　日至　　月　　日）"
    )


@pytest.mark.parametrize("paper", ["plan_time_line", "weekly_summary"])
def test_blank_they_are_forms(book, paper):
    text = said(book, paper, blank=True)
    assert "责任人" in text
    assert "走访" not in text
    assert "整理档案" not in text


def test_a_week_that_ends_in_another_year_says_so():
    assert week_words(MONDAY) == "2026.11.23—11.29"
    assert week_words(date(2026, 12, 28)) == "2026.12.28—2027.01.03"
