"""What the Desk says of those who join and of probationary members, each line with its article."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.conversion_approval import record_approval
from branchbook.services.conversion_items import conversion_items, joining_items
from branchbook.services.desk import desk
from branchbook.services.procedures import save_step
from tests.services.conversion_book import (
    PROBATIONER,
    begun,
    conversion_book,
    done,
    prepared,
    reported,
    voted,
)
from tests.services.joining_book import joining_book, walked
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, actor


def items(book, day, place=FIRST_BRANCH):
    with book.reading() as reading:
        return list(conversion_items(reading, (place,), day))


def lines(book, day):
    return [(each.title.removeprefix("预备党员 褚示例 "), each.badge, each.tone) for each in items(book, day)]


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2026, 1, 19), []),
        (date(2026, 1, 20), [("考察意见", "应办", "warn")]),
        (date(2026, 4, 20), [("考察意见", "已过 90 天", "warn"), ("转正", "还有 183 天", "quiet")]),
        (date(2026, 9, 20), [("考察意见", "已过 243 天", "warn"), ("转正", "还有 30 天", "warn")]),
        (date(2026, 10, 20), [("考察意见", "已过 273 天", "warn"), ("转正", "还有 0 天", "warn")]),
        (date(2026, 10, 21), [("考察意见", "已过 274 天", "warn"), ("转正", "已满 1 天", "bad")]),
    ],
)
def test_through_the_year(day, expected):
    """D-05 quarters; a month before the end; the end (D-06)."""
    assert lines(conversion_book(), day) == expected


def test_before_the_end_it_says_that_the_meeting_must_wait():
    last = items(conversion_book(), date(2026, 9, 20))[-1]
    assert last.detail == "10月20日满，支部大会不得早于期满，缺：转正申请"
    assert "第三十二条" in last.article


def test_the_button_begins_the_conversion_or_opens_it():
    book = conversion_book()
    last = items(book, date(2026, 10, 1))[-1]
    assert (last.action, last.begin_procedure, last.procedure_id) == ("开始办理", "conversion", None)
    procedure_id = begun(book)
    last = items(book, date(2026, 10, 1))[-1]
    assert (last.action, last.begin_procedure, last.procedure_id) == ("打开", "", procedure_id)
    assert last.person_id == PROBATIONER


def test_a_postponed_meeting_is_not_late():
    """D-21."""
    book = conversion_book()
    procedure_id = begun(book)
    values = {"transferred_in_on": "2026-09-20", "until": "2027-04-20"}
    save_step(book, procedure_id, done("postponement", date(2026, 10, 2), **values), actor(20))
    last = items(book, date(2026, 11, 20))[-1]
    assert (last.badge, last.tone) == ("已满 31 天", "warn")
    assert "推迟讨论到2027年4月20日" in last.detail
    assert items(book, date(2027, 4, 21))[-1].tone == "bad"


def test_the_approval_within_three_months_then_talk_and_file():
    """D-18, D26-16."""
    book = conversion_book()
    procedure_id = prepared(book)
    voted(book, procedure_id)
    reported(book, procedure_id)
    (item,) = items(book, date(2026, 11, 1))
    assert (item.title, item.detail) == ("预备党员 褚示例 上级审批", "2027年1月26日前")
    assert item.article == "发展党员工作细则（2026） 第三十三条"
    assert items(book, date(2027, 1, 27))[0].tone == "bad"
    approval = done("approval", date(2026, 11, 10), document="示组〔2026〕9号", outcome="批准")
    record_approval(book, procedure_id, approval, actor(20))
    (item,) = items(book, date(2026, 11, 12))
    assert (item.title, item.badge, item.procedure_id) == (
        "预备党员 褚示例 谈话并宣布",
        "已过 2 天",
        procedure_id,
    )


def test_without_a_day_of_acceptance_that_is_what_lacks():
    (item,) = items(conversion_book(accepted_on=None), date(2026, 10, 1))
    assert (item.badge, item.begin_procedure) == ("没有登记接收日期", "")


def test_the_desk_shows_the_branch_s_own_and_the_general_branch_all():
    book = conversion_book()
    begun(book)
    day = date(2026, 10, 1)

    def titles(place):
        with book.reading() as reading:
            return [each.title for each in desk(reading, place, 2026, day).due if "褚示例" in each.title]

    both = ["预备党员 褚示例 考察意见", "预备党员 褚示例 转正"]
    assert titles(FIRST_BRANCH) == titles(GENERAL_BRANCH) == both
    assert titles(SECOND_BRANCH) == []


def test_a_step_of_joining_stands_on_the_desk_once_it_is_due():
    book = joining_book()
    procedure_id = walked(book, "form")
    with book.reading() as reading:
        assert list(joining_items(reading, (FIRST_BRANCH,), date(2024, 11, 18))) == []
        (item,) = joining_items(reading, (FIRST_BRANCH,), date(2024, 12, 1))
        assert list(joining_items(reading, (SECOND_BRANCH,), date(2024, 12, 1))) == []
    assert (item.title, item.badge) == ("卫示例 支部大会讨论接收", "还有 19 天")
    assert (item.procedure_id, item.article) == (procedure_id, "发展党员工作细则（2014）")
