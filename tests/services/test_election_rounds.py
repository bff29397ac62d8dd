"""Rounds of ballots: issued after the freeze, counted as typed, confirmed and frozen; each rule with its article."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from branchbook.domain.ballots import Ballot
from branchbook.domain.records import Vote
from branchbook.services.election_candidates import set_candidates
from branchbook.services.election_rounds import (
    confirm_round,
    discard_round,
    save_round,
)
from branchbook.services.election_voters import mark_all_present, set_voter
from tests.services.asking import refused
from tests.services.election_book import (
    MEETING,
    NAMES,
    counted,
    election_book,
    is_probationary,
    leaves,
    opened,
    prepared,
    refs,
    stand,
    step,
    stored,
    voter,
)
from tests.services.election_counts import (
    ARTICLE,
    COMMITTEE,
    FOUR,
    LI,
    QIAN,
    SECRETARY,
    SUN,
    WU,
    ZHAO,
    confirmed,
    enter,
    errors,
    issue,
    outcome,
    ready,
    result,
)
from tests.services.small_book import actor


def test_ballots_are_issued_to_those_present_for_the_candidates_in_their_order() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    assert (voting.due, voting.present, voting.issued, voting.seats) == (23, 19, 19, 3)
    assert [each.name for each in voting.lines] == [SUN, LI, ZHAO, QIAN]
    assert voting.held_on == MEETING


def test_no_ballot_before_the_freeze() -> None:
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    refused(book, "应到人数还没有冻结", lambda: issue(book, procedure_id))


@pytest.mark.parametrize(
    "votes, said",
    [
        ({}, f"选举办法还没有经大会表决通过（{ARTICLE}）"),
        ({"method": Vote(votes_for=11)}, f"选举办法没有通过：.*即 12 票；未通过（{ARTICLE}）"),
        ({"method": Vote(votes_for=12)}, f"监票人还没有经大会表决通过（{ARTICLE} 第二十二条）"),
    ],
)
def test_no_ballot_before_the_meeting_passed_method_and_scrutineers(votes: dict, said: str) -> None:
    """E-37 and 第二十二条: passed by more than half of those due."""
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    opened(book, procedure_id, absent=NAMES[6:10])
    people = {"scrutineers": refs(NAMES[-3]), "tellers": refs(NAMES[-2])}
    step(book, procedure_id, "method", MEETING, people=people, votes=votes)
    refused(book, said, lambda: issue(book, procedure_id))


def test_a_meeting_of_long_ago_without_its_votes_needs_a_reason() -> None:
    book = election_book()
    procedure_id = prepared(book)
    stand(book, procedure_id, COMMITTEE, *FOUR)
    opened(book, procedure_id)
    voting = issue(book, procedure_id, reason="补记，未留表决票数")
    assert voting.note == "补记，未留表决票数"
    assert book.state.operations[-1].head.reason == "补记，未留表决票数"


def test_without_four_fifths_there_is_no_election() -> None:
    """§12 case 13: of 23 due 19 have to come; 18 make the meeting invalid (E-17)."""
    book, procedure_id = ready(present=18)
    refused(
        book,
        f"会议无效：.*需 19 名到会；实到 18 名，还差 1 名.*（{ARTICLE}）",
        lambda: issue(book, procedure_id),
    )


def test_a_margin_too_small_is_refused_with_its_article() -> None:
    """§12 case 17, 第十三条."""
    book, procedure_id = ready(candidates=FOUR[:3])
    refused(
        book, f"候选人须有 4 名，现有 3 名；差额不足（{ARTICLE} 第十三条）", lambda: issue(book, procedure_id)
    )


def test_a_further_ballot_keeps_the_margin_and_is_not_held_without_it() -> None:
    """第十三条, E-32: one seat is left and one candidate; what would be counted could never be confirmed."""
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 16, QIAN: 13, SUN: 9, LI: 8})
    stays = stored(book, procedure_id).candidates
    left = [replace(each, withdrawn_reason="本人不愿参加" if each.name == LI else "") for each in stays]
    set_candidates(book, procedure_id, COMMITTEE, left, actor())
    refused(
        book,
        "应选委员 1 名，差额至少 1 名，候选人须有 2 名，现有 1 名；差额不足",
        lambda: issue(book, procedure_id, ballot=Ballot.FURTHER),
    )
    set_candidates(book, procedure_id, COMMITTEE, stays, actor())
    assert confirmed(book, procedure_id, {SUN: 11, LI: 9}, ballot=Ballot.FURTHER).seats == 1


def test_a_candidate_who_left_is_found_when_ballots_are_issued_and_when_they_are_counted() -> None:
    """Issue 3 §6: left between nomination and election."""
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    leaves(book, ZHAO, date(2026, 5, 10))
    enter(book, procedure_id, voting, {SUN: 17, LI: 15, ZHAO: 10})
    found = result(book, procedure_id)
    assert not found.valid
    assert found.elected == ()
    assert found.vacant == 3
    said = f"候选人{ZHAO}：2026-05-20 组织关系不在本组织，不能作为候选人"
    assert errors(found) == [said]
    assert stored(book, procedure_id).rounds[-1].returned == 19
    refused(book, said, lambda: confirm_round(book, procedure_id, voting.id, MEETING, actor()))
    discard_round(book, procedure_id, voting.id, actor())
    refused(book, f"{said}（{ARTICLE} 第五条）", lambda: issue(book, procedure_id))


def test_one_round_at_a_time() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    refused(book, "还有一轮投票没有确认", lambda: issue(book, procedure_id))
    refused(book, "还没有确认，候选人不能改", lambda: stand(book, procedure_id, COMMITTEE, *FOUR))
    discard_round(book, procedure_id, voting.id, actor())
    issue(book, procedure_id)


def test_a_committee_elects_its_own_heads() -> None:
    """B-37: the general meeting elects the committee, the committee its secretary."""
    book, procedure_id = ready()
    refused(book, "这一步不选举书记.*支部工作条例", lambda: issue(book, procedure_id, SECRETARY))
    refused(book, "这一步不选举委员", lambda: issue(book, procedure_id, COMMITTEE, where="first_meeting"))


@pytest.mark.parametrize(
    "change, said",
    [
        ({"returned": -1}, "数目应在 0 到 100000 之间（收回选票 -1）"),
        ({"returned": 10**9}, "数目应在 0 到 100000 之间（收回选票 1000000000）"),
        ({"invalid": 20}, "无效票 20 张，多于收回的 19 张"),
        ({"returned": 20}, "收回选票 20 张，多于发出的 19 张；选举无效"),
        ({"issued": 24}, "发出选票 24 张，多于实到会有选举权的 19 名"),
        ({"present": 24}, "实到会有选举权 24 名，多于应到会的 23 名"),
        ({"present": 18, "issued": 18}, "差 1 名，不能选举"),
    ],
)
def test_what_cannot_be_is_kept_and_told(change: dict, said: str) -> None:
    """Issue 3 §6: a clear error, nothing lost."""
    book, procedure_id = ready()
    voting = counted(issue(book, procedure_id), {ZHAO: 17, QIAN: 15, SUN: 10, LI: 9})
    typed = replace(voting, **change)
    save_round(book, procedure_id, typed, actor())
    assert stored(book, procedure_id).rounds[-1] == typed
    found = result(book, procedure_id)
    assert not found.valid
    assert found.elected == ()
    assert any(said in each for each in errors(found))


def test_a_number_beyond_every_file_is_refused() -> None:
    book, procedure_id = ready()
    voting = replace(issue(book, procedure_id), returned=10**30)
    refused(book, "数字太大", lambda: save_round(book, procedure_id, voting, actor()))


def test_a_name_twice_is_kept_and_told() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    enter(book, procedure_id, voting, {ZHAO: 17}, write_ins={ZHAO: 2})
    assert any("同一个姓名出现两次" in each for each in errors(result(book, procedure_id)))


def test_a_count_that_does_not_fit_is_not_confirmed() -> None:
    """E-25: for + against + abstentions = valid, for each candidate."""
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    typed = counted(voting, {ZHAO: 17})
    wrong = replace(typed, lines=(replace(typed.lines[0], votes_for=1), *typed.lines[1:]))
    save_round(book, procedure_id, wrong, actor())
    refused(
        book, "不等于有效票 19 张", lambda: confirm_round(book, procedure_id, voting.id, MEETING, actor())
    )


def test_other_candidates_than_those_on_the_ballot_are_refused() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    fewer = replace(voting, lines=voting.lines[:2])
    refused(book, "选票上的候选人和发出的不同", lambda: save_round(book, procedure_id, fewer, actor()))


def test_what_was_issued_stays_as_it_was() -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    typed = replace(voting, seats=9, due=99, held_on=date(2025, 1, 1), kind=SECRETARY, confirmed_on=MEETING)
    save_round(book, procedure_id, typed, actor())
    assert stored(book, procedure_id).rounds[-1] == voting


@pytest.mark.parametrize("day", [MEETING - timedelta(1), date(2026, 11, 25)])
def test_a_count_is_confirmed_between_the_ballot_and_today(day: date) -> None:
    book, procedure_id = ready()
    voting = issue(book, procedure_id)
    enter(book, procedure_id, voting, {ZHAO: 17, QIAN: 15, SUN: 10})
    refused(book, "确认日期应在投票当天", lambda: confirm_round(book, procedure_id, voting.id, day, actor()))


def test_a_confirmed_count_is_frozen() -> None:
    book, procedure_id = ready()
    voting = confirmed(book, procedure_id, {ZHAO: 17, QIAN: 15, SUN: 10, LI: 9})
    refused(book, "计票已经确认", lambda: enter(book, procedure_id, voting, {ZHAO: 1}))
    refused(book, "计票已经确认", lambda: discard_round(book, procedure_id, voting.id, actor()))
    refused(book, "计票已经确认", lambda: confirm_round(book, procedure_id, voting.id, MEETING, actor()))


def test_a_confirmed_result_does_not_follow_the_roster() -> None:
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 16, QIAN: 13, SUN: 5}, write_ins={WU: 11})
    before = outcome(book, procedure_id)
    leaves(book, ZHAO, date(2026, 5, 1))
    is_probationary(book, WU)
    assert outcome(book, procedure_id) == before


def test_who_came_stands_once_ballots_are_counted_until_the_ballot_is_void() -> None:
    """E-26: a void ballot is held again among those who are then present."""
    book, procedure_id = ready(20, 20)
    voting = issue(book, procedure_id)
    gone = replace(voter(book, procedure_id, NAMES[9]), present=False)
    set_voter(book, procedure_id, gone, actor())
    voting = stored(book, procedure_id).rounds[-1]
    assert (voting.present, voting.issued) == (19, 19)
    enter(book, procedure_id, voting, {ZHAO: 17}, returned=20)
    back = replace(gone, present=True)
    refused(book, "已经开始计票", lambda: set_voter(book, procedure_id, back, actor()))
    refused(book, "已经开始计票", lambda: mark_all_present(book, procedure_id, actor()))
    confirm_round(book, procedure_id, voting.id, MEETING, actor())
    set_voter(book, procedure_id, back, actor())
    assert stored(book, procedure_id).rounds[-1].present == 19
    assert issue(book, procedure_id).present == 20


def test_a_count_for_others_than_the_listed_voters_is_told() -> None:
    book, procedure_id = ready(20, 20)
    typed = replace(issue(book, procedure_id), present=19, issued=19)
    save_round(book, procedure_id, counted(typed, {ZHAO: 17}), actor())
    told = [each.text for each in result(book, procedure_id).findings if each.level == "warning"]
    assert "计票的应到 20 名、实到 19 名，与核定名单的应到 20 名、实到 20 名不同，请核对" in told
