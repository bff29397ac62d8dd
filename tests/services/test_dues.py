"""Dues in a book: fixed once a year, months marked as one operation, owed months from the roster, arrears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.dues import Arrears, DuesRounding, Payer
from branchbook.domain.people import FactKind
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.services.dues import due_words, dues_of_year, fix_dues, mark_paid, rate_words
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.paper_values_dues import month_words
from branchbook.services.settings import change_setting
from branchbook.services.undo import undo
from tests.services.small_book import FIRST_BRANCH, actor, named, small_book

MEMBER = named("赵示例")
NOVEMBER = date(2026, 11, 29)


def view(book, year=2026, today=NOVEMBER):
    with book.reading() as reading:
        return dues_of_year(reading, FIRST_BRANCH, year, today)


def fixed(base=812_300, payer=Payer.WAGE, book=None, **more):
    made = book or small_book()
    fix_dues(made, FIRST_BRANCH, MEMBER, 2026, payer, actor(), base_fen=base, **more)
    return made


def test_a_book_without_dues_says_nothing_of_arrears():
    shown = view(small_book())
    assert shown.lines
    assert not shown.is_kept
    assert all(each.arrears == Arrears() and each.due is None and not each.paid for each in shown.lines)


def test_a_base_is_fixed_and_gives_what_is_owed_a_month():
    line = view(fixed()).line(MEMBER)
    assert (line.payer, line.base_fen, line.due.fen) == (Payer.WAGE, 812_300, 12_185)
    assert rate_words(line.due) == "1.5"
    assert due_words(line.due) == "121.85（121.845 取整）"


def test_the_rounding_is_a_setting():
    book = fixed()
    change_setting(book, "dues_rounding", DuesRounding.DOWN, actor())
    assert view(book).line(MEMBER).due.fen == 12_184


def test_months_are_marked_with_what_is_due_and_can_be_taken_back():
    book = fixed(300_000)
    assert mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [1, 2, 3], actor()).value == 3
    assert mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [4], actor(), fen=10_000).value == 1, "F-16: more"
    assert mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [4], actor(), fen=10_000).value == 0, "as it was"
    line = view(book).line(MEMBER)
    assert line.paid == {1: 1_500, 2: 1_500, 3: 1_500, 4: 10_000}
    assert line.total == 14_500
    mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [4], actor(), paid=False)
    assert view(book).line(MEMBER).paid == {1: 1_500, 2: 1_500, 3: 1_500}


def test_marking_is_one_operation_that_undo_takes_back():
    book = fixed(300_000)
    done = mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [1, 2], actor())
    assert done.changes.operation_id is not None
    undo(book, done.changes.operation_id, actor(1), actor(-500).now)
    assert view(book).line(MEMBER).paid == {}
    assert view(book).line(MEMBER).base_fen == 300_000


def test_what_is_not_fixed_or_not_owed_is_refused_and_nothing_is_kept():
    book = small_book()
    with pytest.raises(RefusedProblem, match="还没有核定"):
        mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [1], actor())
    with pytest.raises(RefusedProblem, match="农民党员"):
        fixed(None, Payer.FARMER, book, sum_fen=500)
    with pytest.raises(ReasonProblem, match="第七条"):
        fixed(None, Payer.REDUCED, book, sum_fen=0)
    assert not view(book).is_kept


def test_the_base_stays_for_the_year_once_something_was_paid():
    """F-15: 一般当年不变; before the first payment a mistake is simply mended."""
    book = fixed(300_000)
    fixed(400_000, book=book)
    mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [1], actor())
    with pytest.raises(ReasonProblem, match="当年不变"):
        fixed(500_000, book=book)
    assert view(book).line(MEMBER).base_fen == 400_000
    fixed(500_000, book=book, reason="年初核错")
    assert view(book).line(MEMBER).base_fen == 500_000
    assert view(book).line(MEMBER).paid == {1: 4_000}, "what was paid stays"


def test_arrears_have_their_article():
    book = fixed(300_000)
    mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [1, 2, 3, 4], actor())
    line = view(book).line(MEMBER)
    assert [month for _, month in line.arrears.months] == [5, 6, 7, 8, 9, 10]
    assert line.arrears.run == 6
    assert "第十三条" in line.standing
    assert "第二十九条" in view(book, today=date(2026, 10, 1)).line(MEMBER).standing
    assert view(book, today=date(2026, 5, 31)).line(MEMBER).standing == ""


def test_who_is_freed_of_dues_is_never_in_arrears():
    book = fixed(None, Payer.REDUCED, sum_fen=0, approval="示党〔2026〕9号")
    assert view(book).line(MEMBER).arrears == Arrears()


def test_who_leaves_owes_no_month_after_that():
    book = fixed(300_000)
    with book.reading() as reading:
        fact = next(
            each for each in reading.roster().facts_of(MEMBER, FactKind.MEMBERSHIP) if each.to_on is None
        )
    with operate(book, actor(), "转出") as operating:
        operating.writing.put(replace(fact, to_on=date(2026, 6, 1), ending="transferred_out"))
    line = view(book).line(MEMBER)
    assert line.owed == (1, 2, 3, 4, 5)
    with pytest.raises(RefusedProblem, match="6月不在本支部"):
        mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [5, 6], actor())
    assert view(book, 2027, date(2027, 2, 1)).line(MEMBER) is None


def test_only_a_branch_collects_dues():
    book = small_book()
    with book.reading() as reading:
        other = next(each for each in reading.roster().organisations if each.kind != "branch")
        with pytest.raises(RefusedProblem, match="按党支部"):
            dues_of_year(reading, other.id, 2026, NOVEMBER)


@pytest.mark.parametrize(
    "months, words",
    [
        ((), ""),
        ((3,), "3月"),
        ((1, 2, 3), "1—3月"),
        ((1, 2, 3, 5, 7, 8), "1—3、5、7—8月"),
        ((12, 11), "11—12月"),
    ],
)
def test_months_in_words(months, words):
    assert month_words(months) == words


def sheet(book, paper):
    with book.reading() as reading:
        request = PaperRequest(paper, NOVEMBER, organisation_id=FIRST_BRANCH, year=2026)
        return sheet_for(reading, request).values


def test_the_register_has_bases_and_the_published_list_has_none():
    book = fixed()
    mark_paid(book, FIRST_BRANCH, [MEMBER], 2026, [1, 2, 3], actor())
    line = next(row for row in sheet(book, "dues_register")["rows"] if row["name"] == "赵示例")
    assert (line["base"], line["rate"], line["monthly"]) == ("8123.00", "1.5", "121.85")
    assert (line["month_1"], line["month_4"], line["sum"]) == ("121.85", "", "365.55")
    assert "121.845 取整" in line["note"]
    published = sheet(book, "dues_published")
    line = next(row for row in published["rows"] if row["name"] == "赵示例")
    assert (line["months"], line["sum"]) == ("1—3月", "365.55")
    assert "8123" not in str(published)
    assert "1.5" not in str(published)
    assert published["total"][0]["sum"] == "365.55"


def test_papers_of_a_year_in_which_nothing_is_kept_hold_no_sums():
    book = small_book()
    assert all(set(row) <= {"number", "name", "note"} for row in sheet(book, "dues_register")["rows"])
    assert sheet(book, "dues_published")["rows"] == ()


def test_months_that_are_paid_back_late_have_their_article():
    """第十二条 (F-13): 补交一般不超过 6 个月."""
    shown = view(fixed())
    assert shown.late_months == frozenset({1, 2, 3, 4}), "November is more than six months after April"
    assert "第十二条" in shown.late_article
    line = shown.line(MEMBER)
    assert line is not None
    assert [month for month in range(1, 13) if shown.would_be_late(line, month)] == [1, 2, 3, 4]
    assert view(fixed(), 2027, date(2027, 2, 1)).late_months == frozenset()
