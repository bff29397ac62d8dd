"""The shipped table of days off and days of work, beside a peer, and what is said of a wrong one."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from branchbook.domain.problems import UnreadableProblem
from branchbook.services.settings import change_setting
from branchbook.services.work_calendar import parse_holidays, shipped_calendar, work_calendar_of
from tests.fakes import FakeBook
from tests.services.small_book import actor

KNOWN_DIFFERENCES = {date(2005, 12, 31)}
"""A Saturday of work by the notice for 2006 (国办发明电〔2005〕35号), which the peer does not have."""


def test_every_day_from_2004_to_2026_agrees_with_the_peer():
    calendar = shipped_calendar()
    days = (date(2004, 1, 1) + timedelta(days=number) for number in range(8401))
    differing = {day for day in days if calendar.is_working_day(day) != chinese_calendar.is_workday(day)}
    assert differing == KNOWN_DIFFERENCES


def test_the_table_covers_2004_to_2026():
    tables = shipped_calendar().tables
    assert sorted(tables) == list(range(2004, 2027))
    assert tables[2026].notice == "国办发明电〔2025〕7号"


@pytest.mark.parametrize(
    "text, words",
    [
        ("[2027", "不是正确的 TOML"),
        ("[soon]\noff = []\n", "应是一个年份"),
        ("[2027]\nholidays = []\n", "2027.holidays"),
        ('[2027]\noff = "10-01"\n', "一列日期"),
        ('[2027]\noff = ["13-01"]\n', "13-01"),
        ('[2027]\noff = ["02-30"]\n', "02-30"),
        ("[2027]\noff = [1001]\n", "1001"),
        ('[2027]\noff = ["10-02"]\n', "放错了一栏"),
        ('[2027]\nwork = ["10-01"]\n', "放错了一栏"),
        ("[2027]\nnotice = 7\n", "2027.notice"),
    ],
)
def test_a_wrong_table_is_told_with_file_year_and_key(text, words):
    with pytest.raises(UnreadableProblem) as caught:
        parse_holidays(text, "2027.toml")
    assert words in str(caught.value)
    assert "2027.toml" in caught.value.where


def test_a_book_adds_years_of_its_own():
    """A year without a table is 暂算 until the book has one; a year of the book replaces the shipped one."""
    book = FakeBook()
    with book.reading() as reading:
        assert work_calendar_of(reading).last_day(date(2027, 9, 27), 5).provisional
    text = '[2027]\nnotice = "示例通知"\noff = ["10-01"]\n\n[2026]\noff = ["10-01"]\nwork = []\n'
    change_setting(book, "further_holidays", text, actor())
    with book.reading() as reading:
        calendar = work_calendar_of(reading)
    counted = calendar.last_day(date(2027, 9, 27), 5)
    assert (counted.day, counted.provisional, counted.notices) == (date(2027, 10, 4), False, ("示例通知",))
    assert calendar.is_working_day(date(2026, 10, 2))
    assert calendar.tables[2025] == shipped_calendar().tables[2025]
