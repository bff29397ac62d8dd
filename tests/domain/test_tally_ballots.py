"""Ballots entered one by one and all at once: totals only, valid by 第二十五条 and the article on picks."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.tally import (
    BallotMark,
    CandidateCount,
    Count,
    WriteIn,
    WriteInWithoutAgainst,
    add_ballot,
    count_ballots,
    one_ballot,
    take_back,
)
from tests.domain.elections import ballots, empty_count

FOR, AGAINST, ILLEGIBLE = BallotMark.FOR, BallotMark.AGAINST, BallotMark.ILLEGIBLE
COUNT = WriteInWithoutAgainst.COUNT
settings_of_write_ins = st.sampled_from(WriteInWithoutAgainst)


def test_a_ballot_changes_totals_and_nothing_else():
    count = add_ballot(empty_count(), {"甲": FOR, "乙": AGAINST, "丙": ILLEGIBLE}, ["戊"])
    assert (count.returned, count.invalid, count.valid) == (1, 0, 1)
    assert count.candidates == (
        CandidateCount("甲", votes_for=1),
        CandidateCount("乙", votes_against=1),
        CandidateCount("丙", illegible=1),
        CandidateCount("丁", abstentions=1),  # no mark
    )
    assert count.write_ins == (WriteIn("戊", 1),)


def test_no_field_of_a_count_holds_a_ballot():
    """A secret ballot leaves no trace: numbers, names of candidates and of those written in."""
    kept = {field.name for field in fields(Count)}
    assert kept == {
        "kind", "on", "due", "present", "issued", "returned", "invalid", "seats", "base", "ballot", "candidates",
        "write_ins", "entered",
    }  # fmt: skip


class TestPicks:
    """E-27: as many persons as seats or fewer; more make the ballot invalid."""

    @pytest.mark.parametrize("picks,valid", [(0, True), (1, True), (2, True), (3, False), (4, False)])
    def test_picks_against_two_seats(self, picks, valid):
        marks = dict.fromkeys("甲乙丙丁"[:picks], FOR)
        reading = one_ballot(empty_count(seats=2), marks)
        assert (reading.picks, reading.valid) == (picks, valid)

    def test_an_invalid_ballot_only_counts_as_invalid(self):
        before = add_ballot(empty_count(seats=2), {"甲": FOR})
        after = add_ballot(before, dict.fromkeys("甲乙丙", FOR), ["戊"])
        assert after == replace(before, returned=2, invalid=1)

    def test_a_write_in_is_a_pick(self):
        marks = {"甲": FOR, "乙": FOR, "丙": AGAINST}
        assert one_ballot(empty_count(seats=2), marks).valid
        reading = one_ballot(empty_count(seats=2), marks, ["戊"])
        assert (reading.picks, reading.valid) == (3, False)


class TestWriteInsWithoutAgainst:
    """第二十五条: who is against someone may write another; whether a name counts without that is a setting."""

    def test_by_default_the_name_is_void_and_the_ballot_is_not(self):
        count = add_ballot(empty_count(seats=2), {"甲": FOR, "乙": FOR}, ["戊"])
        assert (count.invalid, count.write_ins) == (0, ())
        assert count.candidates[0].votes_for == 1
        reading = one_ballot(empty_count(seats=2), {"甲": FOR}, ["戊"])
        assert (reading.write_ins, reading.void_write_ins) == ((), ("戊",))

    def test_by_setting_it_counts(self):
        count = add_ballot(empty_count(seats=2), {"甲": FOR}, ["戊"], write_in_without_against=COUNT)
        assert count.write_ins == (WriteIn("戊", 1),)
        over = add_ballot(
            empty_count(seats=2), {"甲": FOR, "乙": FOR}, ["戊"], write_in_without_against=COUNT
        )
        assert over.invalid == 1

    @pytest.mark.parametrize("setting", WriteInWithoutAgainst)
    def test_with_one_against_it_counts_anyway(self, setting):
        count = add_ballot(empty_count(), {"乙": AGAINST}, ["戊"], write_in_without_against=setting)
        assert count.write_ins == (WriteIn("戊", 1),)


@given(ballots(), settings_of_write_ins)
def test_all_at_once_equals_one_by_one(given_ballots, setting):
    count = empty_count()
    for marks, written in given_ballots:
        count = add_ballot(count, marks, written, write_in_without_against=setting)
    assert count_ballots(empty_count(), given_ballots, write_in_without_against=setting) == count
    assert all(each.total == count.valid for each in count.candidates)
    assert count.returned == len(given_ballots)


@given(ballots(), ballots(), settings_of_write_ins)
def test_some_at_once_and_the_rest_later_is_the_same(first, later, setting):
    some = count_ballots(empty_count(), first, write_in_without_against=setting)
    assert count_ballots(some, later, write_in_without_against=setting) == count_ballots(
        empty_count(), first + later, write_in_without_against=setting
    )


@given(ballots(), st.randoms(use_true_random=False), settings_of_write_ins)
def test_the_order_of_ballots_never_matters(given_ballots, shuffling, setting):
    shuffled = list(given_ballots)
    shuffling.shuffle(shuffled)
    assert count_ballots(empty_count(), shuffled, write_in_without_against=setting) == count_ballots(
        empty_count(), given_ballots, write_in_without_against=setting
    )


@given(ballots(), ballots(most=1).filter(bool), settings_of_write_ins)
def test_taking_back_is_the_exact_inverse(given_ballots, last, setting):
    before = count_ballots(empty_count(), given_ballots, write_in_without_against=setting)
    ((marks, written),) = last
    after = add_ballot(before, marks, written, write_in_without_against=setting)
    assert take_back(after, marks, written, write_in_without_against=setting) == before


@pytest.mark.parametrize(
    "marks,written",
    [({"甲": FOR}, ()), ({"甲": FOR, "乙": FOR, "丙": FOR}, ()), ({"甲": AGAINST}, ("戊",)), ({}, ())],
)
def test_a_ballot_that_was_never_counted_cannot_be_taken_back(marks, written):
    count = empty_count()
    for _ in range(2):
        with pytest.raises(RefusedProblem, match="累计票数里没有这样一张选票"):
            take_back(count, marks, written)
        count = add_ballot(count, {"丁": FOR, "甲": ILLEGIBLE})


@pytest.mark.parametrize(
    "marks,written,said",
    [
        ({"子": FOR}, (), "选票上标记的人不是候选人（子）"),
        ({"甲": "yes"}, (), "不认识的标记（yes）"),
        ({"甲": AGAINST}, ("乙",), "另选他人写的是候选人（乙）"),
        ({"甲": AGAINST}, ("戊", "戊"), "一张选票上把同一个人写了两次（戊）"),
        ({"甲": AGAINST}, ("  ",), "另选他人的姓名是空的"),
        ({"甲": FOR, "乙": FOR, "丙": FOR, "丁": "yes"}, (), "不认识的标记（yes）"),
    ],
)
def test_what_no_ballot_can_bear_is_refused_either_way(marks, written, said):
    for enter in (
        lambda: add_ballot(empty_count(), marks, written),
        lambda: count_ballots(empty_count(), [({"甲": FOR}, ()), (marks, written)]),
    ):
        with pytest.raises(UnreadableProblem) as caught:
            enter()
        assert said in str(caught.value)
