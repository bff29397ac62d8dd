"""发展党员台账 (E5): three tables on a day, from the steps of joining and conversion."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.papers import Sheet
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.printing import print_paper
from tests.fakes import FakeBook
from tests.services.conversion_printing import (
    TODAY,
    converted,
    named_book,
    pages_of,
    prepared,
    press,
    rows_of,
)
from tests.services.joining_book import joining_book, walked
from tests.services.small_book import FIRST_BRANCH


def ledger(book: FakeBook, day: date = TODAY) -> Sheet:
    with book.reading() as reading:
        return sheet_for(reading, PaperRequest("joining_ledger", day, organisation_id=FIRST_BRANCH))


def names(sheet: Sheet, table: str, of: str) -> list[str]:
    return [row[f"{of}_name"] for row in rows_of(sheet, table) if row]


@pytest.mark.parametrize(
    "until, table, of",
    [
        ("application", "applicants", "applicant"),
        ("mentors", "applicants", "applicant"),
        ("training", "candidates", "candidate"),
        ("preliminary_review", "candidates", "candidate"),
    ],
)
def test_everyone_stands_in_the_table_of_the_stage(until, table, of):
    book = joining_book()
    walked(book, until)
    sheet = ledger(book)
    assert names(sheet, table, of) == ["卫示例"]
    others = {"applicants": "applicant", "candidates": "candidate", "probationers": "probationer"}
    assert all(names(sheet, other, word) == [] for other, word in others.items() if other != table)


def test_the_dates_of_the_steps_stand_in_their_columns():
    book = joining_book()
    walked(book, "training")
    (row,) = rows_of(ledger(book), "candidates")
    assert row["candidate_applied_on"] == "2023.03.01"
    assert row["candidate"] == "2024.07.01"
    assert row["sponsors"] == "赵示例、钱示例"
    assert row["training"] == "2024.10.12"
    assert row["preliminary_review"] == ""


def test_a_probationary_member_has_the_end_and_what_is_missing():
    book = named_book()
    prepared(book)
    (row,) = rows_of(ledger(book), "probationers")
    assert row["accepted_on"] == "2025.10.20"
    assert row["acceptance_approved_on"] == "2025.12.01"
    assert row["probation_end"] == "2026.10.20"
    assert row["probationer_sponsors"] == "赵示例、钱示例"
    assert "支部大会讨论" in row["probationer_note"]


def test_who_was_converted_stays_in_the_ledger_of_that_year_only():
    book, _procedure = converted()
    (row,) = rows_of(ledger(book), "probationers")
    assert row["probationer_note"] == "已转正"
    assert row["approval"] == "2026.11.20"
    assert names(ledger(book, date(2027, 3, 1)), "probationers", "probationer") == []


def test_the_ledger_lies_on_its_side_and_tells_its_day():
    book, _procedure = converted()
    with book.reading() as reading:
        request = PaperRequest("joining_ledger", TODAY, organisation_id=FIRST_BRANCH)
        pressed = print_paper(reading, press(), request)
        blank = print_paper(
            reading, press(), PaperRequest("joining_ledger", TODAY, organisation_id=FIRST_BRANCH, blank=True)
        )
    (page,) = pages_of(pressed.pdf)
    assert "统计日期：2026年11月26日" in page
    assert "褚示例" in page
    (empty,) = pages_of(blank.pdf)
    assert "褚示例" not in empty
