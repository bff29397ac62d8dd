"""Reports: numbers, lists and names from records; blanks and leftovers told; nothing invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from branchbook.domain.dates import Period
from branchbook.domain.leftovers import report_leftovers
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.records import FrozenCount, RecordState
from branchbook.exchange.docx_template import DocxTemplates
from branchbook.services.measures import count
from branchbook.services.operations import operate
from branchbook.services.report_templates import texts_of
from branchbook.services.reports import fill_report, lists_of, names_of
from tests.faults.kill_trials import record
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named, small_book

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


@pytest.fixture
def template(tmp_path):
    """Writes a template with these paragraphs."""

    def write(*paragraphs):
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        path = tmp_path / "半年汇报.docx"
        document.save(path)
        return path

    return write


def report(book, path, period=HALF, place=FIRST_BRANCH):
    with book.reading() as reading:
        return fill_report(reading, DocxTemplates(), path, period, place, TODAY)


def test_numbers_are_those_of_the_measures_and_bring_their_records(template):
    book = small_book()
    path = template("{{ 名.单位 }}有党员 {{ 数.党员总数 }} 名，正式党员 {{ 数.full_members }} 名。")
    found = report(book, path)
    assert texts_of(found.filled.blocks) == "第一支部有党员 6 名，正式党员 6 名。"
    with book.reading() as reading:
        counted = {each.measure.key: each for each in count(reading, HALF, FIRST_BRANCH)}
    assert [each.figure for each in found.numbers] == [counted["members"], counted["full_members"]]
    assert [each.place for each in found.numbers] == ["数.党员总数", "数.正式党员"]
    assert len(found.numbers[0].figure.facts) == 6


def test_a_number_and_that_of_the_period_before_stand_both_in_the_table_of_numbers(template):
    found = report(small_book(), template("{{ 数.党员总数 }}，{{ 上期.党员总数 }}"))
    assert [(each.place, each.period.start) for each in found.numbers] == [
        ("数.党员总数", date(2026, 1, 1)),
        ("上期.党员总数", date(2025, 7, 1)),
    ]


def test_a_number_without_records_is_blank_and_listed_with_the_reason(template):
    found = report(
        small_book(), template("党课 {{ 数.党课 }} 次，书记 {{ 名.书记 }}，上期 {{ 上期.党课 }} 次")
    )
    assert texts_of(found.filled.blocks) == "党课  次，书记 ，上期  次"
    assert found.unfilled == (
        "名.书记",
        "数.党课（统计期内没有这类记录）",
        "上期.党课（统计期内没有这类记录）",
    )


def test_an_unknown_place_is_named_with_what_may_be_written(template):
    with pytest.raises(UnreadableProblem) as caught:
        report(small_book(), template("{{ 数.天气 }}"))
    assert "天气" in caught.value.what
    assert "数、上期后面写指标的名称" in caught.value.next_step


def test_a_period_that_ends_before_it_starts_is_refused(template):
    with pytest.raises(RefusedProblem, match="早于开始"):
        report(small_book(), template("一"), Period(HALF.end, HALF.start))


def test_what_looks_left_over_is_told(template):
    text = "2026年召开 × 次会议，xx 同志讲课；2021年至今；第二支部参加"
    remarks = report(small_book(), template(text)).remarks
    assert [(each.line, each.found) for each in remarks] == [
        (1, "×"),
        (1, "xx"),
        (1, "2021年"),
        (1, "第二支部"),
    ]
    assert [str(each).split("：")[0] for each in remarks] == [
        "第 1 段有“×”",
        "第 1 段有“xx”",
        "第 1 段写的是 2021 年",
        "第 1 段出现“第二支部”",
    ]


@pytest.mark.parametrize(
    "text, remarks",
    [
        ("2026年3月召开会议 3 次", 0),
        ("2025年", 0),
        ("2019年", 1),
        ("**重点**工作", 1),
        ("×××同志", 1),
        ("XX 支部", 1),
        ("excellent", 0),
        ("第三支部", 1),
    ],
)
def test_leftovers_of_a_report(text, remarks):
    assert len(report_leftovers(text, frozenset({2025, 2026}), ("第三支部",))) == remarks


@pytest.mark.parametrize(
    "period, label",
    [
        (HALF, "2026年上半年"),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), "2026年"),
        (Period(date(2026, 4, 1), date(2026, 6, 30)), "2026年第二季度"),
        (Period(date(2026, 2, 1), date(2026, 4, 30)), "2026-02-01 至 2026-04-30"),
        (Period(date(2026, 1, 1), date(2026, 11, 24)), "2026-01-01 至 2026-11-24"),
    ],
)
def test_a_period_is_called_by_its_name_where_it_has_one(period, label):
    with small_book().reading() as reading:
        assert names_of(reading.roster(), period, FIRST_BRANCH, TODAY)["统计期"] == label


def test_a_book_without_records_gives_empty_lists():
    book = small_book()
    with book.reading() as reading:
        lists = lists_of(reading, HALF, None)
    assert set(lists) >= {"会议活动", "党课", "主题党日", "党员增减"}
    assert not any(lists.values())


NOBODY = FrozenCount(0, 0, 0, 0, 0, 0, 0, 0, quorum_met=True, sentence="", article="")


def test_talks_stand_only_in_their_own_list_and_without_numbers_that_nobody_counted():
    book = small_book()
    for name, kind in (("五月会", "general_meeting"), ("谈话", "heart_to_heart_talk")):
        held = replace(
            record(named(name), name), kinds=(kind,), held_on=date(2026, 5, 8), state=RecordState.FINAL
        )
        with operate(book, actor(), "准备") as operating:
            operating.writing.put(replace(held, frozen=NOBODY))
    with book.reading() as reading:
        lists = lists_of(reading, HALF, FIRST_BRANCH)
    assert [each["主题"] for each in lists["会议活动"]] == ["五月会"]
    assert [each["主题"] for each in lists["谈心谈话"]] == ["谈话"]
    assert lists["谈心谈话"][0]["应到"] == lists["谈心谈话"][0]["实到"] == ""
