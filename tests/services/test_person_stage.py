"""Where someone stands on the way of joining, in one sentence for the person's page."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.conversion_approval import record_approval
from branchbook.services.person_page import person_page
from branchbook.services.person_stage import stage_sentence
from tests.services.conversion_book import PROBATIONER, conversion_book, done, prepared, reported, voted
from tests.services.joining_book import APPLICANT, joining_book, walked
from tests.services.small_book import TODAY, actor, named


def said(book, person_id, day):
    with book.reading() as reading:
        return stage_sentence(reading, person_id, day)


@pytest.mark.parametrize(
    "day, words",
    [
        (date(2026, 1, 4), "预备期 2025-10-20 起，2026-10-20 满，还有 289 天；依据："),
        (date(2026, 10, 22), "2026-10-20 满，已满 2 天；缺：考察意见（2026-01-20 前）"),
    ],
)
def test_of_someone_probationary(day, words):
    assert words in said(conversion_book(), PROBATIONER, day)


def test_without_a_day_of_acceptance():
    assert "没有登记支部大会接收日期" in said(conversion_book(accepted_on=None), PROBATIONER, TODAY)


def test_after_the_approval_the_talk_is_owed():
    book = conversion_book()
    procedure_id = prepared(book)
    voted(book, procedure_id)
    reported(book, procedure_id)
    approval = done("approval", date(2026, 11, 10), document="示组〔2026〕9号", outcome="批准")
    record_approval(book, procedure_id, approval, actor(20))
    assert said(book, PROBATIONER, date(2026, 11, 12)).startswith("转正已批准；缺：谈话并宣布；依据：")


def test_before_the_acceptance():
    book = joining_book()
    walked(book, "form")
    assert said(book, APPLICANT, date(2024, 12, 1)) == (
        "发展对象（待接收），2024-07-01 起；下一步：支部大会讨论接收（2024-12-20 前）；依据：发展党员工作细则（2014）"
    )


def test_of_a_full_member_nothing_and_the_page_has_it():
    assert said(conversion_book(), named("赵示例"), TODAY) == ""
    with conversion_book().reading() as reading:
        assert person_page(reading, PROBATIONER, TODAY).on_the_way.startswith("预备期 2025-10-20 起")
