"""The page of figures: what it says of the members' balance, what a number counted, what its papers show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from branchbook.app import Workshop
from branchbook.domain.charts import ChartStyle
from branchbook.domain.dates import Period
from branchbook.domain.measures import Figure, Measure
from branchbook.services.measures import FigurePair
from branchbook.services.meetings import finalise, save_record
from branchbook.services.statistics import (
    Balance,
    balance_words,
    counted_lines,
    difference,
    statistics_booklet,
    statistics_view,
)
from tests.faults.kill_trials import record
from tests.forms.reading import flat
from tests.services.small_book import FIRST_BRANCH, NAMES, TODAY, actor, named, small_book

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def book():
    """The small book with one general meeting in May."""
    made = small_book()
    held = replace(record(named("五月会"), "五月的会"), held_on=date(2026, 5, 8))
    save_record(made, held, actor())
    finalise(made, held.id, actor())
    return made


def figure(value):
    return Figure(Measure("a", "甲", "records"), None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "now, before, said",
    [
        ("3", "1", "+2"),
        ("1", "3", "−2"),
        ("2", "2", "持平"),
        (None, "1", ""),
        ("1", None, ""),
        ("1.5", "1", "+0.5"),
    ],
)
def test_the_difference_to_the_period_before(now, before, said):
    assert difference(FigurePair(figure(now), figure(before))) == said


def test_a_balance_that_does_not_come_out_is_told():
    assert "对不上" not in balance_words(Balance(10, 2, 1, 11))
    assert "对不上" in balance_words(Balance(10, 2, 1, 12))


def test_what_a_number_counted_stands_in_words(book):
    with book.reading() as reading:
        view = statistics_view(reading, YEAR, FIRST_BRANCH, TODAY)
        figures = {pair.now.measure.key: pair.now for pair in view.pairs}
        (line,) = counted_lines(reading, figures["general_meetings"].facts)
        people = counted_lines(reading, figures["members"].facts)
    assert (line.words, line.place, line.on) == ("支部党员大会《五月的会》", "第一支部", date(2026, 5, 8))
    assert len(people) == 6


def test_charts_show_every_month_of_the_period_and_the_members(book):
    with book.reading() as reading:
        view = statistics_view(reading, Period(date(2026, 1, 1), date(2026, 6, 30)), FIRST_BRANCH, TODAY)
    months = view.charts[0]
    assert [each.label for each in months.points] == ["1月", "2月", "3月", "4月", "5月", "6月"]
    assert [each.value for each in months.points] == [0, 0, 0, 0, 1, 0]
    assert {each.style for each in view.charts[1:]} == {ChartStyle.BARS}
    charts = {each.title: each for each in view.charts}
    assert sum(each.value or 0 for each in charts["党员年龄"].points) == 6
    (kind,) = charts["到会率（按会议种类）"].points
    assert (kind.label, kind.value) == ("支部党员大会", Decimal(100))
    by_member = charts["到会率（按党员）"]
    assert {each.value for each in by_member.points} == {Decimal(100)}
    assert {each.label for each in by_member.points} == set(NAMES[:6])


def test_who_was_never_due_and_what_nobody_has_is_no_bar():
    with small_book().reading() as reading:
        titles = [each.title for each in statistics_view(reading, YEAR, FIRST_BRANCH, TODAY).charts]
    assert not [each for each in titles if "到会率" in each or "学时" in each]


def test_the_papers_print_number_period_before_and_definition(book):
    with book.reading() as reading:
        view = statistics_view(reading, YEAR, FIRST_BRANCH, TODAY)
    text = flat(Workshop().press.press(statistics_booklet(view, "第一支部")).pdf)
    for words in (
        "第一支部2026年统计表",
        "支部党员大会",
        "期初 6 名",
        "空白表示没有可以统计的记录",
        "统计图",
    ):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_a_period_is_called_by_its_days_where_it_has_no_name():
    assert YEAR.words == "2026年"
    assert replace(YEAR, end=date(2026, 5, 8)).words == "2026-01-01 至 2026-05-08"
