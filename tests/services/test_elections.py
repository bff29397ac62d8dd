"""Elections begun, listed and shown (支部工作条例, B-32, B-35, B-39; 选举条例)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from branchbook.domain.organisations import Term
from branchbook.domain.tally_findings import Level
from branchbook.services.closing import open_matters
from branchbook.services.elections import (
    ElectionState,
    ElectionView,
    begin_election,
    election_view,
    elections_of,
    suggested_shape,
)
from branchbook.services.operations import operate
from branchbook.services.procedures import abandon_procedure
from tests.fakes import FakeBook
from tests.services.asking import refused
from tests.services.election_books import (
    begun,
    book_with_committee,
    counted,
    entry,
    extension,
    put_procedure,
    voters,
)
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)


def shape(book: FakeBook, place=FIRST_BRANCH, day: date = TODAY) -> tuple[str, str, str]:
    with book.reading() as reading:
        found = suggested_shape(reading, place, day)
    return found.shape.key, found.reason, found.article


def shown(book: FakeBook, procedure, today: date = TODAY) -> ElectionView:
    with book.reading() as reading:
        return election_view(reading, procedure.id, today)


@pytest.mark.parametrize(
    "place, day, key, said",
    [
        (FIRST_BRANCH, TODAY, "term_election", "当日有正式党员 20 名，7 名以上应设支部委员会"),
        (
            SECOND_BRANCH,
            TODAY,
            "secretary_election",
            "当日有正式党员 4 名，不足 7 名的不设支部委员会，选书记",
        ),
        (GENERAL_BRANCH, TODAY, "general_branch_election", "党总支设委员会"),
        (FIRST_BRANCH, date(2026, 3, 10), "term_election", "7 名以上"),
        (FIRST_BRANCH, date(2026, 3, 9), "by_election", "本届任期到2026年9月10日才届满，任期内的空缺用补选"),
    ],
)
def test_the_shape_follows_from_members_and_term(place, day, key, said) -> None:
    """B-32, B-35: a committee from seven full members on; B-39: while the term runs only a vacancy is filled."""
    found, reason, article = shape(book_with_committee(), place, day)
    assert found == key
    assert said in reason
    assert article


def test_exactly_seven_full_members_elect_a_committee() -> None:
    """rules.md §12, case 9: B-32 says 7 or more."""
    six = small_book()
    assert shape(six)[0] == "secretary_election"


def test_an_election_begins_once_and_where_it_belongs() -> None:
    book = book_with_committee()
    start = partial(begin_election, book, day=TODAY, actor=actor())
    refused(book, "党小组不选举", partial(start, FIRST_GROUP, "term_election"))
    refused(book, "不用于党总支", partial(start, GENERAL_BRANCH, "term_election"))
    refused(book, "不用于党支部", partial(start, FIRST_BRANCH, "general_branch_election"))
    refused(
        book,
        "该日期无规则依据",
        lambda: begin_election(book, FIRST_BRANCH, "term_election", date(2020, 7, 12), actor()),
    )
    tomorrow = TODAY + timedelta(1)
    refused(
        book,
        "开始日期在今天之后",
        lambda: begin_election(book, FIRST_BRANCH, "term_election", tomorrow, actor()),
    )
    begin_election(book, FIRST_BRANCH, "term_election", TODAY, actor())
    refused(book, "正在办理", partial(start, FIRST_BRANCH, "by_election"))
    begin_election(book, FIRST_BRANCH, "term_extension", TODAY, actor(1))


def test_elections_are_listed_open_ones_first_and_a_general_branch_sees_all() -> None:
    book = book_with_committee()
    old = begun(book, "by_election", date(2025, 2, 1))
    abandon_procedure(book, old.id, date(2025, 3, 1), "不再需要", actor(3))
    new = begun(book, "term_election", date(2026, 3, 10))
    with book.reading() as reading:
        own = elections_of(reading, FIRST_BRANCH, TODAY)
        assert elections_of(reading, GENERAL_BRANCH, TODAY) == own == elections_of(reading, None, TODAY)
        assert elections_of(reading, SECOND_BRANCH, TODAY) == ()
    assert [(each.id, each.state, each.state_words) for each in own] == [
        (new.id, ElectionState.PLANNED, "拟换届"),
        (old.id, ElectionState.ABANDONED, "已终止"),
    ]
    assert own[0].next is not None
    assert (own[0].next.spec.key, own[0].next.overdue, own[1].next) == ("decision", True, None)


def test_the_view_knows_the_term_and_what_was_approved_beyond_it() -> None:
    book = book_with_committee()
    procedure = begun(
        book, "term_election", date(2026, 8, 1), (entry("decision", date(2026, 8, 2), seats=3),)
    )
    view = shown(book, procedure)
    assert (view.organisation_name, view.term_end, view.latest_on) == (
        "第一支部",
        date(2026, 9, 10),
        date(2026, 9, 10),
    )
    assert [(each.level, each.rule, each.text) for each in view.findings] == [
        (Level.WARNING, "E-02", "任期已经届满，超期 75 天")
    ]
    extension(book, date(2027, 3, 10), replied_on=date(2026, 8, 10))
    view = shown(book, procedure)
    assert (view.latest_on, view.findings, view.state) == (date(2027, 3, 10), (), ElectionState.POSTPONED)
    assert view.state_words == "已研究，已批准延期至2027年3月10日（示机党〔2026〕9号）"


def test_after_the_election_the_view_still_speaks_of_the_term_that_it_ended() -> None:
    book = book_with_committee()
    procedure = counted(book)
    with operate(book, actor(5), "新一届") as operating:
        old = operating.writing.get(Term, named("上届"))
        operating.writing.put(
            Term(old.id, old.organisation_id, old.elected_on, 3, True, ended_on=date(2026, 9, 8))
        )
        operating.writing.put(Term(named("新届"), FIRST_BRANCH, date(2026, 9, 8), 3, True))
    assert shown(book, procedure).term_end == date(2026, 9, 10)


def test_without_a_term_the_dates_are_unknown_and_said_so() -> None:
    book = small_book()
    view = shown(book, begun(book, "secretary_election", TODAY))
    assert (view.term_end, view.latest_on) == (None, None)
    assert "没有登记本届届次" in view.findings[0].text


def test_a_shape_that_no_longer_fits_is_told() -> None:
    """B-35: fewer than seven full members by now."""
    book = small_book()
    found = shown(book, begun(book, "term_election", TODAY)).findings
    assert [(each.rule, each.level) for each in found[1:]] == [("B-35", Level.WARNING)]
    book = book_with_committee()
    found = shown(book, begun(book, "secretary_election", TODAY)).findings
    assert [each.rule for each in found] == ["E-02", "B-32"]


def test_summaries_are_one_short_line_for_each_step() -> None:
    book = book_with_committee()
    procedure = counted(book, held_on=date(2026, 9, 8))
    for each in (
        entry("decision", date(2026, 8, 20), seats=3, deputies=1, candidates=4),
        entry("request", date(2026, 8, 20), document="机党〔2026〕14 号"),
        entry("reply", date(2025, 12, 25), document="示党〔2025〕1号", early=True),
        entry("nomination", None, issued=40, returned=38),
        entry("result_reply", date(2026, 9, 20), document="示党〔2026〕3号", outcome="批准"),
        entry("filing", None, place="柜三"),
    ):
        procedure = procedure.with_entry(each)
    procedure = put_procedure(book, procedure, voters=voters(19, 20, without_right=2))
    said = shown(book, procedure).summaries
    assert said["decision"] == "8 月 20 日 · 委员 3 名，其中副书记 1 名，候选人 4 名"
    assert said["request"] == "8 月 20 日 · 机党〔2026〕14 号"
    assert said["reply"] == "2025 年 12 月 25 日 · 示党〔2025〕1号 · 同意提前换届"
    assert said["nomination"] == "发出推荐票 40 张，收回 38 张"
    assert said["voters"] == "9 月 8 日 · 应到 20 名，不计入 2 名"
    assert said["opening"] == "9 月 8 日 · 应到 20 名，实到 19 名"
    assert said["count"] == "9 月 8 日 · 当选委员 3 名"
    assert said["first_meeting"] == "9 月 8 日 · 书记李示例"
    assert said["result_reply"] == "9 月 20 日 · 示党〔2026〕3号 · 批准"
    assert said["filing"] == "柜三"


def test_an_open_election_is_named_when_the_branch_is_closed() -> None:
    book = book_with_committee()
    begun(book, "term_election", date(2026, 9, 1))
    with book.reading() as reading:
        found = open_matters(reading, FIRST_BRANCH, TODAY)
        assert open_matters(reading, SECOND_BRANCH, TODAY) == ()
    assert [each.words for each in found] == ["2026-09-01 开始的换届选举（设支委会）还没有办结"]
    assert not found[0].blocking
