"""The Desk about terms and elections under way (支部工作条例, B-40; 选举条例 第三条)."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.desk import DueItem, desk
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.settings import change_setting
from branchbook.services.store import Book
from tests.services.election_books import begun, book_with_committee, entry, extension
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, TODAY, actor, small_book


def items(book: Book, today: date, place=FIRST_BRANCH) -> list[DueItem]:
    """What the Desk says about terms and procedures."""
    with book.reading() as reading:
        shown = desk(reading, place, today.year, today).due
    found = [each for each in shown if each.procedure_id or each.begin_procedure]
    return [each for each in found if each.finding is None]  # those of the year are owed, not under way


@pytest.mark.parametrize(
    "today, badge, tone, article",
    [
        (date(2026, 3, 10), "还有 184 天", "quiet", "支部工作条例"),
        (date(2026, 9, 10), "还有 0 天", "quiet", "支部工作条例"),
        (date(2026, 9, 11), "超期 1 天", "bad", "基层组织选举工作条例 第三条"),
    ],
)
def test_the_reminder_begins_the_election_and_what_is_overdue_names_its_article(
    today, badge, tone, article
) -> None:
    """B-40: six months before the end; E-02: at the end of the term the election is due."""
    found = items(book_with_committee(), today)
    assert [(each.title, each.badge, each.tone, each.article) for each in found] == [
        ("委员会任期", badge, tone, article)
    ]
    assert found[0].detail == "2026年9月10日届满 · 提前 6 个月提醒"
    assert (found[0].action, found[0].begin_procedure) == ("开始换届", "term_election")
    assert found[0].organisation_id == FIRST_BRANCH


def test_the_day_before_the_reminder_nothing_is_said() -> None:
    assert items(book_with_committee(), date(2026, 3, 9)) == []
    assert items(small_book(), TODAY) == []


def test_five_years_where_the_term_has_five() -> None:
    """任期意见 一: a village's committee."""
    book = book_with_committee(years=5)
    assert items(book, date(2028, 3, 9)) == []
    assert items(book, date(2028, 3, 10))[0].detail.startswith("2028年9月10日届满")


def test_an_approved_extension_is_said_and_counts() -> None:
    book = book_with_committee()
    extension(book, date(2027, 3, 10), replied_on=date(2026, 8, 1))
    term = next(each for each in items(book, TODAY) if each.title == "委员会任期")
    assert (term.badge, term.tone) == ("还有 106 天", "quiet")
    assert term.detail == "2026年9月10日届满 · 已批准延期至2027年3月10日（示机党〔2026〕9号）"
    late = next(each for each in items(book, date(2027, 3, 11)) if each.title == "委员会任期")
    assert (late.badge, late.tone) == ("超期 1 天", "bad")


def test_an_open_election_is_opened_and_shows_its_overdue_step() -> None:
    """E-35: the request one month before the planned day, 待核实."""
    book = book_with_committee()
    decided = entry("decision", date(2026, 3, 20), seats=3, planned_on="2026-09-05")
    procedure = begun(book, "term_election", date(2026, 3, 10), (decided,))
    term, step = items(book, date(2026, 8, 1))
    assert (term.action, term.procedure_id, term.begin_procedure) == ("打开", procedure.id, "")
    assert (step.title, step.badge, step.tone) == ("换届选举（设支委会）：换届请示", "还有 4 天", "warn")
    assert step.detail == "2026年8月5日前"
    assert step.article == "各地规定（待核实）"
    assert step.procedure_id == procedure.id
    late, _ = items(book, date(2026, 8, 8))  # overdue first
    assert (late.badge, late.tone) == ("逾期 3 天", "bad")


def test_the_decision_is_due_six_months_before_the_end() -> None:
    book = book_with_committee()
    begun(book, "term_election", date(2026, 3, 1))
    found = items(book, date(2026, 3, 9))
    assert [(each.title, each.badge, each.article) for each in found] == [
        ("换届选举（设支委会）：支委会研究", "还有 1 天", "支部工作条例")
    ]


def test_a_step_without_a_due_date_is_shown_as_under_way() -> None:
    book = book_with_committee()
    steps = (entry("decision", date(2026, 3, 2), seats=3), entry("request", date(2026, 3, 3)))
    begun(book, "term_election", date(2026, 3, 1), steps)
    found = items(book, date(2026, 3, 4))
    assert [(each.badge, each.tone, each.detail) for each in found] == [
        ("办理中", "quiet", "下一步 · 2026年3月1日开始办理")
    ]


def test_the_general_branch_names_whose_it_is() -> None:
    book = book_with_committee()
    begun(book, "term_election", date(2026, 9, 12))
    titles = [(each.title, each.detail) for each in items(book, date(2026, 9, 12), GENERAL_BRANCH)]
    assert titles[0][0] == "第一支部委员会任期"
    assert titles[1] == ("换届选举（设支委会）：支委会研究", "第一支部 · 2026年3月10日前")


def test_the_months_of_a_corrected_rule_count() -> None:
    """E-35 is 待核实: where a local document says two months, two months it is."""
    book = book_with_committee()
    change_setting(
        book, "rule_corrections", (RuleCorrection("E-35", "示组发〔2026〕5号", value="2"),), actor(5)
    )
    decided = entry("decision", date(2026, 3, 20), seats=3, planned_on="2026-09-05")
    begun(book, "term_election", date(2026, 3, 10), (decided,))
    step = items(book, date(2026, 7, 1))[1]
    assert (step.badge, step.detail) == ("还有 4 天", "2026年7月5日前")
    assert step.article == "各地规定（依据：示组发〔2026〕5号）"
