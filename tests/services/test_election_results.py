"""Who is elected by 基层组织选举工作条例: the cases of rules.md §12, each through the book."""

from datetime import timedelta

import pytest

from branchbook.domain.ballots import Ballot
from branchbook.domain.tally import ElectionBase
from branchbook.services.election_rounds import (
    ElectionOutcome,
    agree_to_fewer_seats,
    confirm_round,
)
from branchbook.services.election_voters import reopen_voters
from branchbook.services.settings import change_setting
from tests.services.asking import refused
from tests.services.election_book import (
    MEETING,
    NAMES,
    is_probationary,
    opened,
    step,
    with_method,
)
from tests.services.election_counts import (
    ARTICLE,
    FOUR_OF_FIVE,
    HEADS,
    LI,
    QIAN,
    SIX,
    SUN,
    WU,
    ZHAO,
    ZHOU,
    committee,
    confirmed,
    enter,
    follows,
    issue,
    outcome,
    ready,
    result,
)
from tests.services.small_book import actor, named


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
