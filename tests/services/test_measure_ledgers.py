"""Ledgers as sources of measures: cells by type, another day, what is carried on, fields and ledgers that are gone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from branchbook.domain.dates import Period
from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.records import FieldValue
from branchbook.services.ledger_definitions import add_field, hide_field, new_ledger, put_back, remove_ledger
from branchbook.services.ledgers import add_row
from branchbook.services.measures import count, facts_of, faults_of, keep_own, measures_of, whole_year
from branchbook.services.statistics import counted_lines
from tests.services.ledger_book import member, rectify
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, actor, small_book

YEAR = whole_year(2026)
Values = dict[str, FieldValue]


def measured(book, key, period=YEAR, place=None):
    with book.reading() as reading:
        return {each.measure.key: each for each in count(reading, period, place)}[key]


def own(key, source, more=""):
    return f'[[measure]]\nkey = "{key}"\nname = "{key}"\nsource = "{source}"\n{more}\n'


def test_money_is_summed_in_yuan_exactly_and_parts_make_the_whole():
    book = small_book()
    for fen, fund in ((10010, "党费"), (20020, "党费"), (33333, "行政经费")):
        values: Values = {"visited_on": "2026-02-10", "way": "走访", "money": fen, "fund": fund}
        add_row(book, "hardship_visits", FIRST_BRANCH, actor(), values, {"member": member("赵示例")})
    figure = measured(book, "hardship_money")
    assert figure.value == Decimal("633.63")
    assert {part.label: part.value for part in figure.parts["fund"]} == {
        "党费": Decimal("300.30"),
        "行政经费": Decimal("333.33"),
    }
    assert measured(book, "hardship_visits").value == 3


def test_a_number_has_its_places_and_an_empty_one_does_not_count():
    book = small_book()
    for hours in (15, 10, None):
        values: Values = {"kind": "志愿服务", "matter": "整理旧书", "day_on": "2026-03-07"}
        values |= {"hours": hours} if hours is not None else {}
        add_row(book, "volunteer_work", FIRST_BRANCH, actor(), values, {"member": member("赵示例")})
    assert measured(book, "volunteer_hours").value == Decimal("2.5")
    assert measured(book, "volunteer_deeds").value == 3
    assert measured(book, "promises").value == 0, "rows were looked through and none was a promise"
    assert measured(book, "study_classes").value is None, "no row of that ledger: blank and not 0"


@pytest.mark.parametrize(
    "start, end, found, done, overdue",
    [
        (
            "2026-01-01",
            "2026-03-31",
            2,
            None,
            1,
        ),  # the second was due on the last of March: not late on the day
        ("2026-01-01", "2026-04-01", 2, None, 2),
        ("2026-04-01", "2026-06-30", None, 1, 1),  # found before, and carried on until it was done in May
        ("2026-07-01", "2026-12-31", None, None, 1),
    ],
)
def test_rectifications_are_counted_when_found_when_done_and_as_long_as_they_are_late(
    start, end, found, done, overdue
):
    book = small_book()
    rectify(book, "甲", found_on="2026-01-10", due_on="2026-02-28")
    rectify(book, "乙", found_on="2026-02-01", due_on="2026-03-31", done_on="2026-05-04")
    rectify(book, "没有发现日期", due_on="2026-03-31", done_on="")
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert measured(book, "rectifications", period).value == found
    assert measured(book, "rectifications_done", period).value == done
    assert measured(book, "rectifications_overdue", period).value == overdue


def test_rows_belong_to_their_branch_and_branches_make_the_book():
    book = small_book()
    rectify(book, "甲", found_on="2026-01-10")
    rectify(book, "乙", SECOND_BRANCH, found_on="2026-01-11")
    rectify(book, "丙", SECOND_BRANCH, found_on="2026-01-12")
    assert [
        measured(book, "rectifications", YEAR, each).value for each in (FIRST_BRANCH, SECOND_BRANCH, None)
    ] == [
        1,
        2,
        3,
    ]
    parts = measured(book, "rectifications").parts["of_organisation"]
    assert sorted(part.value for part in parts) == [1, 2]


def test_a_number_opens_its_row():
    book = small_book()
    row = rectify(book, "学习制度落实不够", found_on="2026-01-10")
    figure = measured(book, "rectifications")
    with book.reading() as reading:
        (line,) = counted_lines(reading, figure.facts)
    assert (line.entity, line.id) == ("ledger_row", row.id)
    assert line.words == "整改台账“学习制度落实不够”"
    assert line.place


def test_a_users_own_ledger_is_counted_by_its_key_or_its_name():
    book = small_book()
    ledger = new_ledger(book, "来访登记", actor()).value
    add_field(book, ledger.key, "人数", FieldType.NUMBER, actor())
    add_row(book, ledger.key, FIRST_BRANCH, actor(), {"日期": "2026-04-01", "事项": "参观", "人数": 7}, {})
    keep_own(
        book,
        own("by_key", f"ledger:{ledger.key}") + own("by_name", "ledger:来访登记", 'sum = "人数"'),
        actor(),
    )
    assert measured(book, "by_key").value == 1
    assert measured(book, "by_name").value == 7


def test_a_hidden_field_is_counted_still():
    book = small_book()
    values: Values = {"visited_on": "2026-02-10", "way": "走访", "money": 100}
    add_row(book, "hardship_visits", FIRST_BRANCH, actor(), values, {"member": member("赵示例")})
    hide_field(book, "hardship_visits", "money", actor())
    assert measured(book, "hardship_money").value == 1


def test_a_field_that_is_gone_is_named_and_the_other_measures_work():
    book = small_book()
    add_field(book, "rectification", "分值", FieldType.NUMBER, actor())
    text = own("scores", "ledger:rectification", 'sum = "分值"') + own("plain", "ledger:rectification")
    keep_own(
        book, text + own("filtered", "ledger:rectification", 'where = { "分值" = { at_least = 1 } }'), actor()
    )
    rectify(book, "甲", found_on="2026-01-10", 分值=3)
    assert measured(book, "scores").value == 3
    put_back(book, "rectification", actor())
    assert measured(book, "plain").value == 1
    with book.reading() as reading:
        faults = faults_of(reading)
        assert "scores" not in {each.key for each in measures_of(reading)}
    assert [each.where for each in faults] == ["自定义指标 scores.sum", "自定义指标 filtered.where.分值"]
    assert "分值" in faults[0].what


def test_a_ledger_that_is_gone_is_named_and_comes_back_with_its_measures():
    book = small_book()
    ledger = new_ledger(book, "来访登记", actor()).value
    keep_own(book, own("visits", f"ledger:{ledger.key}"), actor())
    remove_ledger(book, ledger.key, actor())
    with book.reading() as reading:
        (fault,) = faults_of(reading)
        assert fault.where == "自定义指标 visits.source"
        assert count(reading, YEAR), "the shipped ones are counted"


@pytest.mark.parametrize(
    "source, more, what",
    [
        ("records", 'date = "held_on"', "只按自己的日期统计"),
        ("ledger:rectification", 'date = "problem"', "不是日期"),
        ("ledger:rectification", 'date = "colour"', "没有栏目"),
        ("ledger:commendations", "carried = true", "没有结转"),
        ("ledger:weather", "", "不认识的来源"),
    ],
)
def test_what_a_source_cannot_do_is_refused(source, more, what):
    with pytest.raises(UnreadableProblem, match=what):
        keep_own(small_book(), own("a", source, more), actor())


def test_what_another_program_wrote_into_a_row_is_no_number():
    book = small_book()
    row = rectify(book, "甲", found_on="2026-01-10")
    with book.reading() as reading:
        (fact,) = facts_of(reading, YEAR, None, {"ledger:rectification"})["ledger:rectification"]
    assert isinstance(row, LedgerRow)
    assert fact.cells["found_on"] == date(2026, 1, 10)
    assert fact.cells["due_on"] is None
    assert (fact.cells["done"], fact.cells["overdue"]) == (False, False)
