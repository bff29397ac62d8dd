"""The committee's own meeting, and the branch that has no committee (第二十条, 支部工作条例)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from branchbook.domain.ballots import Ballot, Voter
from branchbook.domain.people import FactKind, Post, Restriction
from branchbook.services.election_outcomes import committee_voters
from branchbook.services.election_rounds import agree_to_fewer_seats, confirm_round, discard_round
from branchbook.services.election_scrutineers import scrutineer_findings
from tests.fakes import FakeBook
from tests.services.asking import refused
from tests.services.election_book import (
    COMMITTEE_DAY,
    MEETING,
    NAMES,
    begun,
    election_book,
    fact,
    opened,
    prepared,
    refs,
    serves,
    stand,
    step,
    stored,
    with_method,
)
from tests.services.election_counts import (
    ARTICLE,
    COMMITTEE,
    DEPUTY,
    FOUR,
    LI,
    QIAN,
    SECRETARY,
    SUN,
    ZHAO,
    committee,
    confirmed,
    enter,
    follows,
    issue,
    outcome,
    ready,
    result,
    with_committee,
)
from tests.services.small_book import GENERAL_BRANCH, actor, small_book


def test_the_new_committee_elects_its_secretary_and_deputy_by_its_own_quorum() -> None:
    """第二十条, E-17: the voters are the three members; the secretary is one of them."""
    book, procedure_id = with_committee()
    step(book, procedure_id, "count", MEETING)
    step(book, procedure_id, "first_meeting", COMMITTEE_DAY)
    secretary = confirmed(book, procedure_id, {ZHAO: 2}, SECRETARY, where="first_meeting")
    assert (secretary.due, secretary.present, secretary.seats) == (3, 3, 1)
    assert secretary.held_on == COMMITTEE_DAY
    confirmed(book, procedure_id, {QIAN: 3}, DEPUTY, where="first_meeting")
    found = outcome(book, procedure_id)
    assert found.secretary is not None
    assert (found.secretary.name, found.secretary.votes_for) == (ZHAO, 2)
    assert [each.name for each in found.deputies] == [QIAN]
    assert found.vacant == 0


def test_a_committee_of_three_with_two_present_elects_nobody() -> None:
    """§12 case 33: quorum ceil(2.4) = 3."""
    book, procedure_id = with_committee()
    step(book, procedure_id, "first_meeting", None, people={"absent": refs(SUN)})
    refused(
        book,
        f"会议无效：.*3 名，需 3 名到会；实到 2 名.*（{ARTICLE}）",
        lambda: issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY),
    )


def test_one_of_three_is_not_more_than_half() -> None:
    book, procedure_id = with_committee()
    voting = issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY)
    enter(book, procedure_id, voting, {ZHAO: 1})
    assert result(book, procedure_id).needed == 2
    assert result(book, procedure_id).elected == ()


def test_a_secretary_who_was_not_elected_to_the_committee_is_refused() -> None:
    """B-37: elected by the committee among its own."""
    book, procedure_id = with_committee()
    stand(book, procedure_id, SECRETARY, LI)
    refused(
        book,
        f"候选人{LI}：不是当选的委员.*支部工作条例",
        lambda: issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY),
    )


def test_the_committee_meets_after_it_was_elected() -> None:
    book, procedure_id = with_committee()
    day = MEETING - timedelta(1)
    refused(
        book,
        f"早于选举大会的日期 2026-05-20（{ARTICLE} 第二十条）",
        lambda: issue(book, procedure_id, SECRETARY, where="first_meeting", on=day),
    )


def test_the_secretary_does_not_stand_for_deputy_too() -> None:
    book, procedure_id = with_committee()
    stand(book, procedure_id, DEPUTY, ZHAO, QIAN)
    confirmed(book, procedure_id, {ZHAO: 3}, SECRETARY, where="first_meeting")
    voting = issue(book, procedure_id, DEPUTY, where="first_meeting", on=COMMITTEE_DAY)
    assert [each.name for each in voting.lines] == [QIAN]


def test_a_secretary_not_over_half_is_balloted_again_and_the_seat_cannot_be_given_up() -> None:
    book, procedure_id = with_committee()
    voting = confirmed(book, procedure_id, {ZHAO: 1}, SECRETARY, where="first_meeting")
    (further,) = follows(book, procedure_id)
    assert (further.ballot, further.names) == (Ballot.FURTHER, (ZHAO,))
    refused(
        book,
        "书记的名额不能减少",
        lambda: agree_to_fewer_seats(book, procedure_id, voting.id, 3, actor()),
    )


@pytest.mark.parametrize(
    "free, roles, said",
    [
        (1, {"scrutineers": ZHAO, "tellers": SUN}, "监票人不能是候选人：赵示例.*第二十二条"),
        (1, {"scrutineers": SUN, "tellers": ZHAO}, ""),
        (0, {"scrutineers": SUN, "tellers": ZHAO}, ""),
        (2, {"scrutineers": SUN, "tellers": ZHAO}, "计票人不能是候选人：赵示例.*第二十三条"),
    ],
)
def test_a_small_committee_is_warned_where_it_has_nobody_else(free: int, roles: dict, said: str) -> None:
    """第二十二条: scrutineers are members who do not stand; three members with two heads leave one."""
    book, procedure_id = with_committee()
    if free == 2:
        stand(book, procedure_id, DEPUTY)
    if free == 0:
        stand(book, procedure_id, DEPUTY, QIAN, SUN)
    people = {role: refs(name) for role, name in roles.items()}

    def entered() -> object:
        return step(book, procedure_id, "first_meeting", None, people=people)

    if said:
        refused(book, said, entered)
    else:
        entered()


def test_a_branch_without_a_committee_elects_its_secretary_in_the_general_meeting() -> None:
    """支部工作条例 (B-35, B-37): fewer than seven full members."""
    book = election_book(6)
    procedure_id = prepared(book, "secretary_election")
    stand(book, procedure_id, SECRETARY, ZHAO)
    stand(book, procedure_id, DEPUTY, QIAN)
    opened(book, procedure_id, absent=(LI,))
    with_method(book, procedure_id, "周示例", "吴示例")
    secretary = confirmed(book, procedure_id, {ZHAO: 3}, SECRETARY)
    assert (secretary.due, secretary.present) == (6, 5)
    confirmed(book, procedure_id, {QIAN: 5}, DEPUTY)
    found = outcome(book, procedure_id)
    assert found.secretary is not None
    assert found.secretary.name == ZHAO
    assert (found.committee, found.vacant) == ((), 0)


def test_before_the_earliest_rules_nobody_is_derived_as_elected() -> None:
    """0.1: before 2020-07-13 the numbers are checked and nothing else."""
    book = election_book()
    day = date(2019, 3, 5)
    early = {key: date(2019, 1, 5) for key in ("decision",)}
    procedure_id = prepared(book, days=early)
    step(book, procedure_id, "decision", date(2019, 1, 5), values={"seats": 3})
    for key in ("request", "reply", "nomination", "candidate_approval"):
        step(book, procedure_id, key, date(2019, 1, 20), values={"seats": 3} if key == "reply" else {})
    stand(book, procedure_id, COMMITTEE, *FOUR[:3])
    opened(book, procedure_id, on=day)
    voting = issue(book, procedure_id)
    enter(book, procedure_id, voting, {ZHAO: 17, QIAN: 15, SUN: 10})
    found = result(book, procedure_id)
    assert found.valid
    assert found.elected == ()
    assert any("该日期无规则依据" in each.text for each in found.findings)
    confirm_round(book, procedure_id, voting.id, day, actor())
    assert follows(book, procedure_id) == ()
    assert issue(book, procedure_id, ballot=Ballot.FURTHER).ballot == Ballot.FURTHER


def by_election(*candidates: str) -> tuple[FakeBook, UUID]:
    """A by-election for one seat; 冯示例, 陈示例 and 褚示例 are in office."""
    book = election_book(20)
    for name, post in (
        ("冯示例", Post.SECRETARY),
        ("陈示例", Post.ORGANISATION_MEMBER),
        ("褚示例", Post.DISCIPLINE_MEMBER),
    ):
        serves(book, name, post, date(2024, 5, 20))
    procedure_id = prepared(book, "by_election", seats=1, deputies=0)
    stand(book, procedure_id, COMMITTEE, *candidates)
    opened(book, procedure_id)
    with_method(book, procedure_id, NAMES[18], NAMES[19])
    return book, procedure_id


def test_a_by_election_fills_the_vacancy_and_the_whole_committee_votes_for_its_secretary() -> None:
    """E-16, E-39: one seat, two candidates at least; at the committee's meeting the others in office vote too."""
    book, procedure_id = by_election(ZHAO, QIAN)
    confirmed(book, procedure_id, {ZHAO: 15, QIAN: 5})
    found = outcome(book, procedure_id)
    assert [each.name for each in found.committee] == [ZHAO]
    assert found.vacant == 0
    stand(book, procedure_id, SECRETARY, ZHAO)
    voting = issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY)
    assert (voting.due, voting.present) == (4, 4)
    assert {each.name for each in voters_of(book, procedure_id)} == {ZHAO, "冯示例", "陈示例", "褚示例"}


def test_a_by_election_may_be_for_the_secretary_alone() -> None:
    """Where there is no committee the general meeting elects; with one the committee may (B-37)."""
    book, procedure_id = by_election(ZHAO, QIAN)
    stand(book, procedure_id, SECRETARY, "陈示例")
    voting = issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY)
    assert voting.due == 3
    discard_round(book, procedure_id, voting.id, actor())
    assert issue(book, procedure_id, SECRETARY).due == 20


def test_a_committee_fills_the_place_of_its_secretary_without_a_general_meeting() -> None:
    """B-37, E-16: no seat of the committee is vacant, so nobody is called together but its members."""
    book = election_book(20)
    for name, post in (("陈示例", Post.ORGANISATION_MEMBER), ("褚示例", Post.DISCIPLINE_MEMBER)):
        serves(book, name, post, date(2024, 5, 20))
    procedure_id = begun(book, "by_election")
    vacancy = {"vacated_posts": "书记", "vacancy_reason": "调离"}
    step(book, procedure_id, "decision", date(2026, 3, 2), values=vacancy)
    step(book, procedure_id, "request", date(2026, 3, 5))
    step(book, procedure_id, "reply", date(2026, 3, 20), values={"document": "示机党〔2026〕5号"})
    stand(book, procedure_id, SECRETARY, "陈示例")
    voting = issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY)
    assert (voting.due, voting.present) == (2, 2)
    enter(book, procedure_id, voting, {"陈示例": 2})
    confirm_round(book, procedure_id, voting.id, COMMITTEE_DAY, actor())
    found = outcome(book, procedure_id)
    assert found.secretary is not None
    assert (found.secretary.name, found.vacant) == ("陈示例", 0)


def test_a_by_election_of_one_seat_needs_two_candidates() -> None:
    """第十三条: a fifth of one seat, rounded up, is one more."""
    book, procedure_id = by_election(ZHAO)
    refused(book, "候选人须有 2 名，现有 1 名；差额不足", lambda: issue(book, procedure_id))


def voters_of(book: FakeBook, procedure_id: UUID) -> tuple[Voter, ...]:
    procedure = stored(book, procedure_id)
    with book.reading() as reading:
        return committee_voters(reading, procedure)


def test_a_general_branch_elects_with_the_members_of_all_its_branches() -> None:
    """第五条: every full member of its branches votes; a candidate may come from any of them."""
    book = small_book()
    procedure_id = prepared(book, "general_branch_election", organisation=GENERAL_BRANCH)
    stand(book, procedure_id, COMMITTEE, ZHAO, QIAN, SUN, "郑示例")
    opened(book, procedure_id, absent=(LI, "周示例"))
    with_method(book, procedure_id, "冯示例", "陈示例")
    voting = confirmed(book, procedure_id, {ZHAO: 8, QIAN: 5, SUN: 4, "郑示例": 7})
    assert (voting.due, voting.present) == (10, 8)
    assert committee(book, procedure_id) == ["郑示例", ZHAO, QIAN]


def test_a_member_of_the_committee_who_lost_the_right_since_does_not_vote() -> None:
    """第五条: rights are those of the committee's own day."""
    book, procedure_id = with_committee()
    fact(book, SUN, FactKind.RESTRICTION, Restriction.RIGHTS_SUSPENDED, COMMITTEE_DAY)
    voting = issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY)
    assert (voting.due, voting.present) == (2, 2)


def test_a_scrutineer_from_outside_the_committee_is_told() -> None:
    """第二十二条: at the committee's meeting from its members who do not stand."""
    book, procedure_id = with_committee()
    step(book, procedure_id, "first_meeting", None, people={"scrutineers": refs(LI), "tellers": refs(QIAN)})
    procedure = stored(book, procedure_id)
    with book.reading() as reading:
        told = scrutineer_findings(reading, procedure, "first_meeting")
    assert [(each.level, each.rule) for each in told] == [("warning", "E-21"), ("warning", "E-20")]
    assert f"计票人{QIAN}是候选人；不是候选人的委员只有 1 名" in told[0].text
    assert f"监票人{LI}不是委员" in told[1].text


# ---------------------------------------------------------------- when a step is done


def test_the_count_is_done_when_every_seat_is_filled_or_a_reason_says_why_not() -> None:
    book, procedure_id = ready(20, 20)

    def count_done(**more: Any) -> object:
        return step(book, procedure_id, "count", MEETING, **more)

    refused(book, "还没有计票", count_done)
    voting = issue(book, procedure_id)
    refused(book, "还有一轮投票没有确认", lambda: count_done(reason="急"))
    enter(book, procedure_id, voting, {ZHAO: 16, QIAN: 13, SUN: 12, LI: 12})
    confirm_round(book, procedure_id, voting.id, MEETING, actor())
    refused(book, "再次投票", count_done)
    count_done(reason="票数相等，另定日期再次投票")
    step(book, procedure_id, "count", None)
    confirmed(book, procedure_id, {SUN: 11, LI: 9}, ballot=Ballot.TIE)
    refused(
        book,
        "早于投票的日期 2026-05-20",
        lambda: step(book, procedure_id, "count", MEETING - timedelta(1), reason="补记"),
    )
    count_done()


def test_the_result_is_reported_once_the_committee_elected_its_secretary() -> None:
    """B-38: the report asks for the approval of the heads, so their election comes first."""
    book, procedure_id = with_committee()
    step(book, procedure_id, "count", MEETING)
    refused(
        book,
        "“第一次支委会”还没有完成",
        lambda: step(book, procedure_id, "result_report", COMMITTEE_DAY),
    )


def test_a_deputy_whom_the_meeting_is_to_elect_is_not_forgotten() -> None:
    """E-14: without a committee the general meeting elects both; the count is not done after the secretary's."""
    book = election_book(6)
    procedure_id = prepared(book, "secretary_election")
    stand(book, procedure_id, SECRETARY, ZHAO)
    stand(book, procedure_id, DEPUTY, QIAN)
    opened(book, procedure_id)
    with_method(book, procedure_id, "周示例", "吴示例")
    confirmed(book, procedure_id, {ZHAO: 5}, SECRETARY)
    refused(book, "还没有选举副书记", lambda: step(book, procedure_id, "count", MEETING))
    step(book, procedure_id, "count", MEETING, reason="副书记暂缺，上级已同意")


def test_the_committees_meeting_is_not_before_the_general_one() -> None:
    """第二十条: the newly elected committee meets after it was elected."""
    book, procedure_id = with_committee()
    refused(
        book,
        f"早于选举大会的日期 2026-05-20（{ARTICLE} 第二十条）",
        lambda: step(book, procedure_id, "first_meeting", MEETING - timedelta(1), reason="补记"),
    )
    issue(book, procedure_id, SECRETARY, where="first_meeting", on=COMMITTEE_DAY)
    refused(
        book,
        "还有一轮投票没有确认（支委会选举）",
        lambda: step(book, procedure_id, "first_meeting", COMMITTEE_DAY, reason="急"),
    )
