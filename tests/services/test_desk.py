"""The Desk: overdue first, the grid by month, and a summary of the branch's shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.organisations import Term
from branchbook.domain.people import FactKind, PersonFact, Post, Standing
from branchbook.domain.records import AgendaItem, PersonRef
from branchbook.services.desk import DeskView, desk
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.record_defaults import new_record
from branchbook.services.year_grid import SYMBOLS, CellState
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, TODAY, actor, named, small_book


def view(book: FakeBook, organisation_id=FIRST_BRANCH, today: date = TODAY) -> DeskView:
    """The Desk of the first branch in 2026."""
    with book.reading() as reading:
        return desk(reading, organisation_id, 2026, today)


def hold(book: FakeBook, kind: str, held_on: date, *, final: bool = True) -> None:
    """One record of a kind, finalised or left as a draft."""
    with book.reading() as reading:
        record = new_record(reading, kind, FIRST_BRANCH, held_on, actor())
    filled = replace(
        record,
        subject="示例",
        people={
            key: (PersonRef("赵示例", named("赵示例")),) for key in ("chair", "minute_taker", "lecturer")
        },
        fields={"content": "示例", "summary": "示例"},
        agenda=(AgendaItem(uuid4(), "示例议题"),),
    )
    save_record(book, filled, actor())
    if final:
        finalise(book, filled.id, actor())


def line(shown: DeskView, requirement: str) -> list[str]:
    """The twelve symbols of one line."""
    found = next(each for each in shown.grid if each.requirement == requirement)
    return [SYMBOLS[cell.state] for cell in found.cells]


def test_a_quarter_shows_where_it_was_held_where_it_is_due_and_where_it_was_missed() -> None:
    """支部工作条例 第十一条: the general meeting is owed once a quarter."""
    book = small_book()
    hold(book, "general_meeting", date(2026, 2, 10))
    assert line(view(book), "general_meeting") == [
        "·",
        "●",
        "·",
        "·",
        "·",
        "！",
        "·",
        "·",
        "！",
        "·",
        "◐",
        "·",
    ]


def test_a_month_not_begun_is_dashed() -> None:
    symbols = line(view(small_book()), "theme_party_day")
    assert symbols[:10] == ["！"] * 10
    assert symbols[10:] == ["◐", "□"]


def test_a_past_draft_is_held_but_not_final() -> None:
    book = small_book()
    hold(book, "theme_party_day", date(2026, 11, 10), final=False)
    shown = view(book)
    assert line(shown, "theme_party_day")[10] == "○"
    item = next(each for each in shown.due if each.badge == "未定稿")
    assert item.record_id is not None


def test_overdue_stands_first_and_names_days_and_article() -> None:
    shown = view(small_book())
    tones = [item.tone for item in shown.due]
    assert tones == sorted(tones, key=["bad", "warn", "quiet"].index)
    meeting = next(each for each in shown.due if each.title == "第三季度支部党员大会")
    assert meeting.badge == "逾期 55 天"
    assert meeting.article == "支部工作条例 第十一条"
    assert (meeting.begin_kind, meeting.begin_on) == ("general_meeting", None)


def test_an_open_period_begins_its_record_today() -> None:
    due = next(each for each in view(small_book()).due if each.title == "第四季度支部党员大会")
    assert (due.begin_on, due.action) == (TODAY, "开始记录")


def test_a_group_is_named_in_what_it_owes() -> None:
    titles = [each.title for each in view(small_book()).due if each.badge.startswith("还有")]
    assert "11月第一小组党小组会" in titles


def test_without_a_committee_no_committee_meeting_is_owed() -> None:
    """支部工作条例 第十二条 asks it of committees; a branch of six has none."""
    assert "committee_meeting" not in {each.requirement for each in view(small_book()).grid}


@pytest.mark.parametrize("today, shown", [(date(2026, 12, 30), True), (date(2026, 12, 29), False)])
def test_a_term_stands_on_the_desk_six_calendar_months_before_its_end(today: date, shown: bool) -> None:
    """支部工作条例: the reminder comes six months ahead; the term of 2024-06-30 ends on 2027-06-30."""
    book = small_book()
    with operate(book, actor(), "任期") as operating:
        operating.writing.put(Term(uuid4(), FIRST_BRANCH, date(2024, 6, 30), 3, True))
    found = [each for each in view(book, today=today).due if "任期" in each.title]
    assert bool(found) is shown
    assert all(each.article == "支部工作条例" for each in found)


def test_a_probation_that_ends_soon_stands_on_the_desk() -> None:
    book = small_book()
    person_id = named("王示例")
    with operate(book, actor(), "预备") as operating:
        person = operating.writing.roster().person_by_id[person_id]
        operating.writing.put(replace(person, accepted_on=date(2025, 12, 13)))
        fact = next(each for each in operating.writing.roster().facts_of(person_id, FactKind.STANDING))
        operating.writing.put(replace(fact, value=Standing.PROBATIONARY))
    due = [each for each in view(book, GENERAL_BRANCH).due if each.person_id == person_id]
    assert [(each.title, each.badge) for each in due] == [
        ("预备党员 王示例 考察意见", "已过 256 天"),
        ("预备党员 王示例 转正", "还有 19 天"),
    ]
    assert due[1].article.startswith("发展党员工作细则（2014）")


def test_the_summary_says_what_is_asked_of_the_branch() -> None:
    book = small_book()
    assert view(book).summary == "本支部不设支委会、党小组 2 个；正式党员 6 名，预备党员 0 名。"
    with operate(book, actor(), "选举") as operating:
        operating.writing.put(Term(uuid4(), FIRST_BRANCH, date(2025, 1, 1), 3, True))
        operating.writing.put(
            PersonFact(
                uuid4(), named("赵示例"), FactKind.POST, Post.SECRETARY, date(2025, 1, 1), None, FIRST_BRANCH
            )
        )
    assert view(book).summary.startswith("本支部设支委会（1 人）")


def test_every_state_has_its_own_symbol() -> None:
    assert len(set(SYMBOLS.values())) == len(CellState)
