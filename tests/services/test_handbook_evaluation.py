"""The year's evaluation in the handbook: the count when it stands, the report when it was made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.handbook import handbook, print_handbook
from branchbook.services.handbook_request import HandbookRequest
from tests.services.evaluation_printing import ROUND, TODAY, evaluated, invented, pages_of, press, sample
from tests.services.small_book import FIRST_BRANCH

REQUEST = HandbookRequest(FIRST_BRANCH, 2026, TODAY)


def parts(book, request=REQUEST) -> list[str]:
    with book.reading() as reading:
        return [
            each.part for each in handbook(reading, request).sections if each.part.startswith("evaluation")
        ]


def test_count_and_report_stand_under_one_chapter_with_page_numbers():
    with sample().reading() as reading:
        pressed = print_handbook(reading, press(), REQUEST)
    pages = pages_of(pressed.pdf)
    contents = next(page for page in pages if page.startswith("目录"))
    assert "民主评议党员" in contents
    assert "民主评议测评汇总表" in contents
    assert "民主评议结果报告" in contents
    assert any("第一支部2026年度民主评议党员测评汇总表" in page for page in pages)


def test_nothing_stands_there_before_the_count_is_confirmed():
    assert parts(evaluated(invented(4), empty=True)) == []
    assert parts(sample()) == ["evaluation_summary", "evaluation_report"]


def test_a_report_that_was_not_made_is_not_bound():
    with sample().reading() as reading:
        steps = reading.get(Procedure, ROUND).steps
    book = evaluated(invented(4), steps=tuple(each for each in steps if each.step != "result_report"))
    assert parts(book) == ["evaluation_summary"]


@pytest.mark.parametrize("year", [2025, 2027])
def test_another_years_handbook_has_none_of_it(year):
    assert parts(sample(), replace(REQUEST, year=year)) == []


def test_an_abandoned_round_is_left_out():
    assert parts(evaluated(invented(4), state=ProcedureState.ABANDONED)) == []
