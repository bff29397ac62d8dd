"""The committee's own meeting, and the branch that has no committee (第二十条, 支部工作条例)."""

from datetime import date, timedelta

import pytest

from branchbook.domain.ballots import Ballot
from branchbook.services.election_rounds import (
    agree_to_fewer_seats,
    confirm_round,
)
from tests.services.asking import refused
from tests.services.election_book import (
    COMMITTEE_DAY,
    MEETING,
    election_book,
    opened,
    prepared,
    refs,
    stand,
    step,
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
    confirmed,
    enter,
    follows,
    issue,
    outcome,
    result,
    with_committee,
)
from tests.services.small_book import actor


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
