"""The report as an official document, and the table of its numbers."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.dates import Period
from branchbook.domain.measures import Fact, Figure
from branchbook.domain.papers import Paragraph, ParagraphStyle, TextTable
from branchbook.forms.values import body_of, rows_of
from branchbook.services.measures import count
from branchbook.services.report_paper import document_values, not_on_paper, numbers_booklet, report_booklet
from branchbook.services.report_templates import BlockKind, FilledTemplate, TextBlock
from branchbook.services.reports import Report, ReportNumber
from tests.services.small_book import FIRST_BRANCH, small_book

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


def body(*pairs):
    return TextBlock(BlockKind.BODY, "".join(pairs))


def test_title_addressee_levels_lists_and_signature_find_their_places():
    values = document_values(
        (
            TextBlock(BlockKind.TITLE, "2026年上半年工作情况"),
            TextBlock(BlockKind.SUBTITLE, "第一支部"),
            body("示例总支："),
            TextBlock(BlockKind.HEADING, "一、学习"),
            body("（一）党课"),
            body("一、讲了三次；二、记了笔记。"),
            TextBlock(BlockKind.NUMBERED, "甲"),
            TextBlock(BlockKind.NUMBERED, "乙"),
            TextBlock(BlockKind.ITEM, "丙"),
            TextBlock(BlockKind.TABLE, rows=(("日期",), ("1月",))),
            TextBlock(BlockKind.NUMBERED, "丁"),
            TextBlock(BlockKind.CLOSING, "第一支部"),
            TextBlock(BlockKind.CLOSING, "2026年7月1日"),
        )
    )
    assert values["title"] == "2026年上半年工作情况"
    assert values["subtitle"] == "第一支部"
    assert values["addressee"] == "示例总支："
    assert (values["signed_by"], values["signed_on"]) == ("第一支部", "2026年7月1日")
    assert values["body"] == (
        Paragraph("一、学习", ParagraphStyle.HEADING),
        Paragraph("（一）党课", ParagraphStyle.SUBHEADING),
        Paragraph("一、讲了三次；二、记了笔记。"),
        Paragraph("1.甲"),
        Paragraph("2.乙"),
        Paragraph("丙"),
        TextTable((("日期",), ("1月",))),
        Paragraph("1.丁"),
    )


@pytest.mark.parametrize("blocks", [(), (body("一段。"),), (TextBlock(BlockKind.CLOSING, "支部"),)])
def test_a_text_without_the_usual_parts_is_taken_as_it_is(blocks):
    values = document_values(blocks)
    assert len(values["body"]) == sum(each.kind is BlockKind.BODY for each in blocks)
    assert "title" not in values


def test_what_cannot_be_carried_is_named():
    wide = TextBlock(BlockKind.TABLE, rows=(("一",) * 15,))
    filled = FilledTemplate(b"", (wide,), ("图片",))
    report = Report(filled, (), (), ())
    assert not_on_paper(report) == ("图片", "有 15 栏的表格")
    assert body_of(report_booklet(report, "汇报").sections[0].sheet, "body") == ()


def test_every_number_stands_with_definition_and_records():
    book = small_book()
    with book.reading() as reading:
        counted = {each.measure.key: each for each in count(reading, HALF, FIRST_BRANCH)}
        numbers = (
            ReportNumber("数.党员总数", counted["members"], HALF),
            ReportNumber("数.党课", counted["party_lessons"], HALF),
        )
        booklet = numbers_booklet(reading, Report(FilledTemplate(b"", ()), numbers, (), ()), "上半年")
    members, lessons = rows_of(booklet.sections[0].sheet, "rows")
    assert (members["value"], members["count"]) == ("6 名", "6")
    assert "统计期最后一天的党员" in members["definition"]
    assert "赵示例" in members["records"]
    assert (lessons["value"], lessons["records"]) == ("", "")
    assert "没有这类记录" in lessons["definition"]


def test_very_many_records_are_counted_and_the_rest_is_told():
    book = small_book()
    with book.reading() as reading:
        figure = next(each for each in count(reading, HALF, FIRST_BRANCH) if each.measure.key == "members")
        fact = figure.facts[0]
        many = tuple(
            Fact(
                "person", fact.id, fact.organisation_id, date.fromordinal(fact.on.toordinal() - n), fact.cells
            )
            for n in range(150)
        )
        report = Report(
            FilledTemplate(b"", ()),
            (ReportNumber("数.党员总数", Figure(figure.measure, figure.value, many), HALF),),
            (),
            (),
        )
        (row,) = rows_of(numbers_booklet(reading, report, "上半年").sections[0].sheet, "rows")
    assert row["count"] == "150"
    assert row["records"].count("；") == 120
    assert "共 150 条" in row["records"]
