"""Rounds of ballots by 基层组织选举工作条例: the cases of rules.md §12 through the book, each with its article."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from branchbook.domain.ballots import Ballot, BallotRound, ElectionKind
from branchbook.domain.records import Vote
from branchbook.domain.tally import ElectionBase, TallyResult
from branchbook.services.election_rounds import (
    ElectionOutcome,
    NextRound,
    agree_to_fewer_seats,
    begin_round,
    confirm_round,
    discard_round,
    election_outcome,
    round_result,
    save_round,
    what_follows,
)
from branchbook.services.election_voters import reopen_voters
from branchbook.services.settings import change_setting
from tests.fakes import FakeBook
from tests.services.asking import refused
from tests.services.election_book import (
    COMMITTEE_DAY,
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
    with_method,
)
from tests.services.small_book import actor, named

COMMITTEE, SECRETARY, DEPUTY = ElectionKind.COMMITTEE, ElectionKind.SECRETARY, ElectionKind.DEPUTY
ZHAO, QIAN, SUN, LI = FOUR = ("赵示例", "钱示例", "孙示例", "李示例")
ARTICLE = "基层组织选举工作条例"
HEADS = 2
"""A secretary and a deputy, whom the committee elects later."""


def ready(
    members: int = 23, present: int = 19, seats: int = 3, candidates: tuple[str, ...] = FOUR
) -> tuple[FakeBook, UUID]:
    """A meeting with so many due and present, ready to issue ballots."""
    book = election_book(members)
    procedure_id = prepared(book, seats=seats)
    stand(book, procedure_id, COMMITTEE, *candidates)
    opened(book, procedure_id, absent=NAMES[6 : 6 + members - present])
    with_method(book, procedure_id, NAMES[members - 2], NAMES[members - 1])
    return book, procedure_id


def issue(
    book: FakeBook,
    procedure_id: UUID,
    kind: ElectionKind = COMMITTEE,
    ballot: Ballot = Ballot.MAIN,
    where: str = "count",
    **more,
) -> BallotRound:
    return begin_round(book, procedure_id, where, kind, actor(), ballot, **more).value.rounds[-1]


def enter(
    book: FakeBook, procedure_id: UUID, voting: BallotRound, votes: Mapping[str, int], **more
) -> BallotRound:
    return save_round(book, procedure_id, counted(voting, votes, **more), actor()).value.rounds[-1]


def confirmed(
    book: FakeBook, procedure_id: UUID, votes: Mapping[str, int], kind=COMMITTEE, ballot=Ballot.MAIN, **more
) -> BallotRound:
    """Issue, count and confirm in one go."""
    where = more.pop("where", "count")
    voting = issue(book, procedure_id, kind, ballot, where)
    enter(book, procedure_id, voting, votes, **more)
    return confirm_round(book, procedure_id, voting.id, voting.held_on, actor()).value.rounds[-1]


def result(book: FakeBook, procedure_id: UUID, voting: BallotRound | None = None) -> TallyResult:
    procedure = stored(book, procedure_id)
    with book.reading() as reading:
        return round_result(reading, procedure, voting or procedure.rounds[-1])


def follows(book: FakeBook, procedure_id: UUID, voting: BallotRound | None = None) -> tuple[NextRound, ...]:
    procedure = stored(book, procedure_id)
    with book.reading() as reading:
        return what_follows(reading, procedure, voting or procedure.rounds[-1])


def outcome(book: FakeBook, procedure_id: UUID) -> ElectionOutcome:
    with book.reading() as reading:
        return election_outcome(reading, stored(book, procedure_id))


def committee(book: FakeBook, procedure_id: UUID) -> list[str]:
    return [each.name for each in outcome(book, procedure_id).committee]


def errors(found: TallyResult) -> list[str]:
    return [each.text for each in found.findings if each.level == "error"]


# ---------------------------------------------------------------- before the ballots are issued


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


# ---------------------------------------------------------------- the result


def test_more_than_half_of_those_present_are_elected() -> None:
    """§12 case 19: 19 present, 17, 15, 10 and 9 votes for three seats: three are elected (10 > 9.5)."""
    book, procedure_id = ready()
    confirmed(book, procedure_id, {ZHAO: 17, QIAN: 15, SUN: 10, LI: 9})
    assert committee(book, procedure_id) == [SUN, ZHAO, QIAN]
    assert outcome(book, procedure_id).vacant == HEADS
    assert follows(book, procedure_id) == ()


def test_the_two_bases_are_compared_and_the_setting_decides() -> None:
    """§12 case 21, §2.2: 11 of 19 present are enough, of 23 due they are not; the other base by the setting."""
    book, procedure_id = ready()
    votes = {ZHAO: 17, QIAN: 15, SUN: 11, LI: 9}
    confirmed(book, procedure_id, votes)
    found = result(book, procedure_id)
    assert SUN in found.elected
    warned = [each.text for each in found.findings if each.level == "warning"]
    assert any("两种口径结果不同，请报上级确认" in each for each in warned)
    change_setting(book, "election_base", ElectionBase.DUE, actor())
    assert SUN in result(book, procedure_id).elected  # a round keeps the base under which it was held
    other, other_id = ready()
    change_setting(other, "election_base", ElectionBase.DUE, actor())
    confirmed(other, other_id, votes)
    assert SUN not in result(other, other_id).elected


def test_exactly_half_is_not_elected() -> None:
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 17, QIAN: 15, SUN: 10, LI: 9})
    assert committee(book, procedure_id) == [ZHAO, QIAN]


def test_more_ballots_than_voters_void_the_election_and_it_is_held_again() -> None:
    """§12 case 23: 20 voters, 21 ballots in the box."""
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 21, QIAN: 21, SUN: 21}, returned=21)
    assert outcome(book, procedure_id) == ElectionOutcome(vacant=3 + HEADS, void=True)
    again = follows(book, procedure_id)
    assert [(each.ballot, each.seats) for each in again] == [(Ballot.MAIN, 3)]
    assert again[0].sentence == f"选举无效，须重新选举（{ARTICLE}）"
    confirmed(book, procedure_id, {ZHAO: 17, QIAN: 15, SUN: 11})
    assert committee(book, procedure_id) == [SUN, ZHAO, QIAN]
    assert not outcome(book, procedure_id).void


def test_a_void_election_may_be_repeated_on_another_day() -> None:
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {}, returned=21)
    reopen_voters(book, procedure_id, "选举无效，另行召开大会", actor())
    again = MEETING + timedelta(7)
    step(book, procedure_id, "opening", None)
    step(book, procedure_id, "method", None)
    opened(book, procedure_id, on=again)
    with_method(book, procedure_id, NAMES[18], NAMES[19], on=again)
    assert issue(book, procedure_id).held_on == again


def test_a_tie_at_the_last_seat_is_voted_on_between_the_tied_only() -> None:
    """§12 case 25: 16, 13, 12, 12 of 20 for three seats: 丙 and 丁 again, more votes win (E-30, E-31)."""
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 16, QIAN: 13, SUN: 12, LI: 12})
    assert committee(book, procedure_id) == [ZHAO, QIAN]
    (tie,) = follows(book, procedure_id)
    assert (tie.ballot, tie.seats, set(tie.names)) == (Ballot.TIE, 1, {SUN, LI})
    assert ARTICLE in tie.sentence
    refused(book, "再次投票", lambda: issue(book, procedure_id, ballot=Ballot.FURTHER))
    confirmed(book, procedure_id, {SUN: 9, LI: 8}, ballot=Ballot.TIE)
    assert committee(book, procedure_id) == [SUN, ZHAO, QIAN]


def test_a_tie_again_is_voted_on_again() -> None:
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 16, QIAN: 13, SUN: 12, LI: 12})
    confirmed(book, procedure_id, {SUN: 10, LI: 10}, ballot=Ballot.TIE)
    (tie,) = follows(book, procedure_id)
    assert (tie.ballot, tie.seats) == (Ballot.TIE, 1)
    confirmed(book, procedure_id, {SUN: 9, LI: 11}, ballot=Ballot.TIE)
    assert committee(book, procedure_id) == [LI, ZHAO, QIAN]


SIX = (*FOUR, "周示例", "吴示例")
ZHOU, WU = SIX[4:]
FOUR_OF_FIVE = {ZHAO: 16, QIAN: 15, SUN: 14, LI: 13, ZHOU: 10, WU: 9}


def test_open_seats_are_balloted_anew_and_never_filled_by_ranking() -> None:
    """E-32: five seats, four over half; the fifth goes to nobody, however many votes there were."""
    book, procedure_id = ready(20, 20, 5, SIX)
    confirmed(book, procedure_id, FOUR_OF_FIVE)
    assert ZHOU not in committee(book, procedure_id)
    (further,) = follows(book, procedure_id)
    assert (further.ballot, further.seats, set(further.names)) == (Ballot.FURTHER, 1, {ZHOU, WU})
    assert f"不得按票数递补（{ARTICLE}）" in further.sentence
    voting = confirmed(book, procedure_id, {ZHOU: 12, WU: 8}, ballot=Ballot.FURTHER)
    assert voting.seats == 1
    assert set(committee(book, procedure_id)) == {ZHAO, QIAN, SUN, LI, ZHOU}
    refused(book, "委员已经选出，不需要再投票", lambda: issue(book, procedure_id, ballot=Ballot.FURTHER))


@pytest.mark.parametrize("consenting, vacant", [(10, 0), (9, 1), (20, 0), (0, 1)])
def test_half_of_the_voters_may_agree_to_fewer_seats(consenting: int, vacant: int) -> None:
    """§12 case 27: 10 of 20 agree: four seats; 9 agree: 另行选举 (E-33, 半数以上)."""
    book, procedure_id = ready(20, 20, 5, SIX)
    voting = confirmed(book, procedure_id, FOUR_OF_FIVE)
    agree_to_fewer_seats(book, procedure_id, voting.id, consenting, actor())
    assert outcome(book, procedure_id).vacant == vacant + HEADS
    assert [each.ballot for each in follows(book, procedure_id)] == [Ballot.FURTHER] * vacant
    if vacant:
        assert (
            f"同意减少名额的 {consenting} 名，不足实到 20 名的半数" in follows(book, procedure_id)[0].sentence
        )


@pytest.mark.parametrize("consenting", [-1, 21])
def test_an_impossible_consent_is_refused(consenting: int) -> None:
    book, procedure_id = ready(20, 20, 5, SIX)
    voting = confirmed(book, procedure_id, FOUR_OF_FIVE)
    refused(
        book,
        "同意人数应在 0 到实到 20 名之间",
        lambda: agree_to_fewer_seats(book, procedure_id, voting.id, consenting, actor()),
    )


@pytest.mark.parametrize("votes", [{ZHAO: 16, QIAN: 13, SUN: 12, LI: 12}, {}, {ZHAO: 16, QIAN: 13, SUN: 12}])
def test_seats_are_given_up_only_where_some_are_open_and_nobody_is_tied(votes: dict) -> None:
    book, procedure_id = ready(20, 20)
    voting = confirmed(book, procedure_id, votes)
    said = f"接近应选名额、且没有票数相等的，才能减少名额（{ARTICLE}）"
    refused(book, said, lambda: agree_to_fewer_seats(book, procedure_id, voting.id, 20, actor()))


# ---------------------------------------------------------------- names written in


def test_someone_written_in_by_more_than_half_is_elected() -> None:
    """§12 case 29, 第二十五条: 11 of 20 present; found in the roster by name."""
    book, procedure_id = ready(20, 20)
    confirmed(book, procedure_id, {ZHAO: 16, QIAN: 13, SUN: 5}, write_ins={WU: 11})
    assert committee(book, procedure_id) == [WU, ZHAO, QIAN]
    written = next(each for each in outcome(book, procedure_id).committee if each.name == WU)
    assert (written.person_id, written.votes_for, written.votes_against) == (named(WU), 11, 0)


def test_votes_for_someone_without_the_right_to_be_elected_count_for_nobody() -> None:
    book, procedure_id = ready(20, 20)
    is_probationary(book, WU)
    voting = issue(book, procedure_id)
    enter(book, procedure_id, voting, {ZHAO: 16, QIAN: 13}, write_ins={WU: 11, "外人": 12})
    found = result(book, procedure_id)
    assert found.valid
    assert found.elected == (ZHAO, QIAN)
    warned = {each.text: each.article for each in found.findings if each.level == "warning"}
    said = f"另选他人 {WU}（11 票）：预备党员没有表决权、选举权和被选举权，所得票不计"
    assert warned[said] == f"{ARTICLE} 第五条"
    assert any(each.startswith("另选他人 外人（12 票）：名册中没有这个人") for each in warned)
    confirm_round(book, procedure_id, voting.id, MEETING, actor())
    assert committee(book, procedure_id) == [ZHAO, QIAN]


def test_someone_elected_before_is_not_elected_again() -> None:
    book, procedure_id = ready(20, 20, 5, SIX)
    confirmed(book, procedure_id, FOUR_OF_FIVE)
    voting = issue(book, procedure_id, ballot=Ballot.FURTHER)
    assert {each.name for each in voting.lines} == {ZHOU, WU}
    enter(book, procedure_id, voting, {ZHOU: 5}, write_ins={ZHAO: 12})
    found = result(book, procedure_id)
    assert found.elected == ()
    assert any("已经当选，所得票不计" in each.text for each in found.findings)


# ---------------------------------------------------------------- impossible numbers


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


# ---------------------------------------------------------------- confirming


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


# ---------------------------------------------------------------- the committee's own meeting


def with_committee(seats: int = 3, candidates: tuple[str, ...] = FOUR) -> tuple[FakeBook, UUID]:
    book, procedure_id = ready(20, 20, seats, candidates)
    confirmed(book, procedure_id, dict(zip(candidates, (16, 15, 14, 9, 8), strict=False)))
    stand(book, procedure_id, SECRETARY, ZHAO)
    stand(book, procedure_id, DEPUTY, QIAN)
    return book, procedure_id


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


# ---------------------------------------------------------------- the other shapes


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
