"""When a term ends and when the next election may be (选举条例 第三条; 任期意见 一、二; B-36, B-40, B-41)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.dates import add_months
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind, Term
from branchbook.domain.roster import Roster
from branchbook.domain.tally_findings import Level
from branchbook.services.operations import operate
from branchbook.services.rules import shipped_rulebook
from branchbook.services.term_dates import (
    TermDates,
    anchors_of,
    dates_of_term,
    election_day_findings,
    extension_findings,
    term_dates,
    years_of_term,
)
from tests.services.election_books import begun, book_with_committee, entry, extension
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, TODAY, actor, named

RULES = shipped_rulebook().on(TODAY)


def dates(elected_on: date = date(2023, 9, 10), years: int = 3) -> TermDates:
    """The dates of a term without an extension."""
    return dates_of_term(Term(named("届"), FIRST_BRANCH, elected_on, years, True), (), RULES, TODAY)


@pytest.mark.parametrize(
    "elected_on, years, ends_on, remind_on, limit_on",
    [
        (date(2023, 11, 24), 5, date(2028, 11, 24), date(2028, 5, 24), date(2029, 11, 24)),
        (date(2023, 9, 10), 3, date(2026, 9, 10), date(2026, 3, 10), date(2027, 9, 10)),
        (date(2024, 2, 29), 3, date(2027, 2, 28), date(2026, 8, 28), date(2028, 2, 28)),
        (date(2024, 2, 29), 5, date(2029, 2, 28), date(2028, 8, 28), date(2030, 2, 28)),
        (date(2023, 8, 31), 3, date(2026, 8, 31), date(2026, 2, 28), date(2027, 8, 31)),
    ],
)
def test_three_or_five_years_with_month_ends_clamped(elected_on, years, ends_on, remind_on, limit_on) -> None:
    """任期意见 一; 支部工作条例 (B-36); the reminder six months before (B-40)."""
    found = dates(elected_on, years)
    assert (found.ends_on, found.remind_on, found.limit_on) == (ends_on, remind_on, limit_on)
    assert found.latest_on == ends_on


@given(st.dates(date(2018, 11, 1), date(2090, 12, 31)), st.sampled_from((3, 5)))
def test_reminder_end_and_limits_stand_in_their_order(elected_on: date, years: int) -> None:
    found = dates(elected_on, years)
    assert elected_on < found.earliest_on < found.remind_on < found.ends_on < found.limit_on
    assert found.ends_on == add_months(elected_on, 12 * years)


@pytest.mark.parametrize(
    "day, early, level, rule, said",
    [
        (date(2026, 9, 10), False, None, "", ""),
        (date(2026, 9, 9), False, Level.WARNING, "E-02", "提前换届须经上级批准"),
        (date(2026, 9, 9), True, Level.INFO, "E-02", "已同意提前换届"),
        (date(2025, 9, 10), True, Level.INFO, "E-02", "已同意提前换届"),
        (date(2025, 9, 9), True, Level.ERROR, "B-41", "提前超过 1 年"),
        (date(2025, 9, 9), False, Level.ERROR, "B-41", "提前超过 1 年"),
        (date(2026, 9, 11), False, Level.WARNING, "E-02", "延期换届须经上级批准"),
        (date(2027, 9, 10), False, Level.WARNING, "E-02", "没有登记上级同意延期的批复"),
        (date(2027, 9, 11), False, Level.ERROR, "B-41", "推迟超过 1 年"),
    ],
)
def test_early_and_late_elections_need_approval_and_at_most_a_year(day, early, level, rule, said) -> None:
    """选举条例 第三条 (E-02); 支部工作条例 (B-41): on the day of the end itself nothing is said."""
    found = election_day_findings(dates(), day, RULES, early_approved=early)
    assert [(each.level, each.rule) for each in found] == ([] if level is None else [(level, rule)])
    assert all(said in each.text and each.article for each in found)


def test_an_approved_extension_moves_the_latest_day_from_its_reply_on() -> None:
    """选举条例 第三条: more time with the approval of the higher organisation."""
    book = book_with_committee()
    extension(book, date(2027, 3, 10), replied_on=date(2026, 8, 1))
    with book.reading() as reading:
        before, after = (term_dates(reading, FIRST_BRANCH, day) for day in (date(2026, 7, 31), TODAY))
    assert before is not None
    assert after is not None
    assert (before.latest_on, before.extended_words) == (date(2026, 9, 10), "")
    assert (after.ends_on, after.latest_on) == (date(2026, 9, 10), date(2027, 3, 10))
    assert after.extended_words == "已批准延期至2027年3月10日（示机党〔2026〕9号）"
    assert extension_findings(after, RULES) == ()
    said = election_day_findings(after, date(2027, 3, 10), RULES, early_approved=False)
    assert [each.level for each in said] == [Level.INFO]
    late = election_day_findings(after, date(2027, 3, 11), RULES, early_approved=False)
    assert [(each.level, each.article) for each in late] == [
        (Level.WARNING, "基层组织选举工作条例 第三条"),
    ]
    assert "已批准延期至2027年3月10日" in late[0].text


def test_a_refused_or_unanswered_request_moves_nothing() -> None:
    book = book_with_committee()
    extension(book, date(2027, 3, 10), replied_on=date(2026, 8, 1), outcome="不批准")
    with book.reading() as reading:
        found = term_dates(reading, FIRST_BRANCH, TODAY)
    assert found is not None
    assert found.extension is None
    book = book_with_committee()
    extension(book, date(2027, 3, 10), replied_on=None)
    with book.reading() as reading:
        found = term_dates(reading, FIRST_BRANCH, TODAY)
    assert found is not None
    assert found.extension is None


def test_an_extension_beyond_a_year_is_an_error() -> None:
    """任期意见 二; 支部工作条例 (B-41): as a rule not more than a year."""
    book = book_with_committee()
    extension(book, date(2027, 9, 11), replied_on=date(2026, 8, 1))
    with book.reading() as reading:
        found = term_dates(reading, FIRST_BRANCH, TODAY)
    assert found is not None
    assert [(each.level, each.rule) for each in extension_findings(found, RULES)] == [(Level.ERROR, "B-41")]


def test_an_extension_belongs_to_the_term_in_which_it_was_asked_for() -> None:
    book = book_with_committee()
    extension(book, date(2027, 3, 10), replied_on=date(2026, 8, 1))
    with operate(book, actor(5), "新一届") as operating:
        old = next(each for each in operating.writing.roster().terms if each.id == named("上届"))
        operating.writing.put(
            Term(old.id, old.organisation_id, old.elected_on, 3, True, ended_on=date(2026, 10, 1))
        )
        operating.writing.put(Term(named("新届"), FIRST_BRANCH, date(2026, 10, 1), 3, True))
    with book.reading() as reading:
        found = term_dates(reading, FIRST_BRANCH, TODAY)
    assert found is not None
    assert (found.ends_on, found.extension) == (date(2029, 10, 1), None)


def test_without_a_term_there_are_no_dates() -> None:
    with book_with_committee().reading() as reading:
        assert term_dates(reading, SECOND_BRANCH, TODAY) is None


@pytest.mark.parametrize(
    "category, years", [("机关", 3), ("", 3), ("企业", 3), ("村", 5), ("行政村", 5), ("社区", 5)]
)
def test_the_first_term_goes_by_the_kind_of_organisation(category: str, years: int) -> None:
    """支部工作条例 (B-36), 任期意见 一: five years in villages and communities, elsewhere three."""
    day = date(2020, 1, 1)
    place = Organisation(
        FIRST_BRANCH, OrganisationKind.BRANCH, (DatedName("示例", day),), day, category=category
    )
    empty = Roster((), (), (place,))
    assert years_of_term(empty, place, TODAY) == years
    after = Roster((), (), (place,), (Term(named("届"), FIRST_BRANCH, day, 5, True),))
    assert years_of_term(after, place, TODAY) == 5


def test_due_dates_rest_on_the_end_of_the_term_and_on_the_day_planned() -> None:
    book = book_with_committee()
    decided = entry("decision", date(2026, 3, 1), seats=3, planned_on="2026-09-05")
    procedure = begun(book, "term_election", date(2026, 3, 1), (decided,))
    assert anchors_of(procedure, dates()) == {
        "term_end": date(2026, 9, 10),
        "planned_on": date(2026, 9, 5),
    }
    assert anchors_of(begun(book, "term_extension", date(2026, 3, 1)), None) == {}
