"""The papers of ledgers: a grid that lies or a page for each row, filled and blank, of shipped and own ones."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.history import OperationHead
from branchbook.domain.ledgers import LedgerDefinition, LedgerLayout, LedgerRow
from branchbook.domain.papers import Grid, Orientation, RecordTable
from branchbook.domain.problems import RefusedProblem
from branchbook.services.ledger_reading import definition_id
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printing import paper_entries_of, print_paper
from tests.services.conversion_printing import press
from tests.services.ledger_book import member, rectify, sample_row
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, small_book
from tests.services.test_printing_pressed import text_of

LEDGERS = shipped_ledgers().ledgers


def request(ledger, place=FIRST_BRANCH, **asked):
    return PaperRequest(f"ledger:{ledger}", TODAY, organisation_id=place, **{"year": 2026, **asked})


def sheets(book, ledger, place=FIRST_BRANCH, **asked):
    with book.reading() as reading:
        return sheets_for(reading, request(ledger, place, **asked))


def pressed(book, ledger, place=FIRST_BRANCH, **asked):
    with book.reading() as reading:
        return print_paper(reading, press(), request(ledger, place, **asked))


def squeezed(pressed_paper):
    return "".join(text_of(pressed_paper.pdf).split())


def put(book, *values):
    with book.writing(OperationHead(uuid4(), actor(70).now, "李操作", "设置")) as writing:
        writing.put_all(values)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.key)
def test_every_shipped_ledger_prints_filled_and_blank(ledger):
    book = small_book()
    for number in range(3):
        sample_row(book, ledger, number)
    filled, blank = pressed(book, ledger.key), pressed(book, ledger.key, blank=True)
    assert filled.missing == ()
    assert (filled.pages, blank.pages) == (1, 1)
    said, form = squeezed(filled), squeezed(blank)
    with book.reading() as reading:
        (row, *_) = reading.ledger_rows(ledger.key)
    for spec, _ in ledger.shown_columns:
        assert spec.label in form, spec.label
        if spec.type is FieldType.DATE:
            assert row.text(spec.key).replace("-", ".") in said
    assert f"2026年{ledger.name}" in said
    assert "赵示例" not in form
    for signature in ledger.paper.signatures:
        assert signature in form


def test_many_rows_run_on_with_the_head_repeated_and_the_sum_at_the_end():
    book = small_book()
    rows = [
        LedgerRow(
            uuid4(),
            "hardship_visits",
            FIRST_BRANCH,
            {"visited_on": "2026-01-20", "money": 20050, "way": "慰问金"},
            {"member": member("赵示例")},
            position,
        )
        for position in range(60)
    ]
    put(book, *rows)
    paper = pressed(book, "hardship_visits")
    assert paper.pages > 2
    text = squeezed(paper)
    assert text.count("慰问对象") == paper.pages
    assert text.count("合计") == 1
    assert "12030.00" in text


def test_a_long_text_is_wrapped_and_nothing_of_it_is_lost():
    book = small_book()
    problem = "联系群众不够紧密，" * 120 + "到此为止"
    rectify(book, problem, found_on="2026-02-01", due_on="2026-12-01", responsible=member("赵示例"))
    paper = pressed(book, "rectification")
    assert "到此为止" in squeezed(paper)
    assert squeezed(paper).count("，") == 120


def test_the_paper_of_the_general_branch_says_whose_each_row_is():
    book = small_book()
    rectify(book, "甲问题")
    rectify(book, "乙问题", SECOND_BRANCH)
    (sheet,) = sheets(book, "rectification", GENERAL_BRANCH)
    assert isinstance(sheet.paper.layout, Grid)
    assert [column.label for column in sheet.paper.layout.columns][:2] == ["序号", "党组织"]
    assert sum(column.width_mm for column in sheet.paper.layout.columns) == pytest.approx(252.0)
    text = squeezed(pressed(book, "rectification", GENERAL_BRANCH))
    assert "第一支部" in text
    assert "第二支部" in text


def test_what_was_left_over_from_the_year_before_is_carried_on():
    book = small_book()
    rectify(book, "去年没有完成的", found_on="2025-05-01")
    rectify(book, "今年才完成的", found_on="2025-05-01", done_on="2026-01-02")
    rectify(book, "去年完成的", found_on="2025-05-01", done_on="2025-12-31")
    (sheet,) = sheets(book, "rectification")
    assert {row["problem"] for row in sheet.values["rows"]} == {"去年没有完成的", "今年才完成的"}
    (sheet,) = sheets(book, "rectification", year=2025)
    assert len(sheet.values["rows"]) == 3


def own(layout=LedgerLayout.PAGE):
    fields = (
        FieldSpec("事项", "事项", required=True),
        FieldSpec("日期", "日期", FieldType.DATE),
        FieldSpec("经办人", "经办人", FieldType.PERSON),
        FieldSpec("参加人员", "参加人员", FieldType.PERSONS),
        FieldSpec("经过", "经过", FieldType.LONG_TEXT),
    )
    return LedgerDefinition(
        uuid4(), "own-1", True, "读书{year}活动", fields, date_field="日期", layout=layout
    )


def test_an_own_ledger_prints_each_row_on_a_page_of_its_own():
    book = small_book()
    put(book, own())
    assert pressed(book, "own-1").pages == 1, "nothing entered: a form"
    long_text = "读了一章，" * 900
    for number in range(2):
        values = {"事项": f"第{number}次", "日期": "2026-03-01", "经过": long_text if number else "读完"}
        put(book, LedgerRow(uuid4(), "own-1", FIRST_BRANCH, values, {"经办人": member("赵示例")}, number))
    made = sheets(book, "own-1")
    assert len(made) == 2
    assert isinstance(made[0].paper.layout, RecordTable)
    assert made[0].paper.orientation is Orientation.PORTRAIT
    assert made[0].title == "第一支部2026年读书｛year｝活动"
    paper = pressed(book, "own-1")
    assert paper.section_pages[0] == 1
    assert paper.section_pages[1] > 1
    assert squeezed(paper).count("，") == 900
    with book.reading() as reading:
        keys = [each.key for each in paper_entries_of(reading)]
    assert "ledger:own-1" in keys
    assert keys.index("ledger:own-1") < keys.index("ledger:rectification")


def test_a_ledger_prints_as_the_user_changed_it():
    book = small_book()
    added = FieldSpec("科室", "科室")
    change = LedgerDefinition(
        definition_id("rectification"),
        "rectification",
        fields=(added,),
        hidden=("target",),
        labels={"problem": "具体问题"},
    )
    put(book, change)
    rectify(book, "甲", 科室="办公室", found_on=date(2026, 1, 1).isoformat())
    text = squeezed(pressed(book, "rectification"))
    assert "具体问题" in text
    assert "办公室" in text
    assert "整改目标" not in text


def test_a_paper_of_a_ledger_that_is_gone_is_refused():
    with pytest.raises(RefusedProblem, match="没有这本台账"):
        sheets(small_book(), "own-1")
