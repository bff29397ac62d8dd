"""One ballot more, one ballot less: totals of an evaluation's round (民主测评, V-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.evaluation_count import Evaluated, Grade, GradeCount, count_grades
from branchbook.domain.evaluations import Audience, BallotForm, GradeLine, GradeRound, ItemCount, ItemGrade
from branchbook.domain.grade_ballots import (
    BALLOT_ITEMS,
    ballots_counted,
    round_faults,
    with_ballot,
    without_ballot,
)
from branchbook.domain.problems import RefusedProblem

MEMBERS = tuple(UUID(int=number) for number in range(1, 6))
NAMES = ("甲", "乙", "丙", "丁", "戊")
NAMED = dict(zip(MEMBERS, NAMES, strict=True))

grades = st.sampled_from(Grade)
marks = st.one_of(grades, st.lists(grades, max_size=4).map(tuple))
ballots = st.dictionaries(st.sampled_from(MEMBERS), marks)
item_marks = st.one_of(
    st.sampled_from(ItemGrade), st.lists(st.sampled_from(ItemGrade), max_size=3).map(tuple)
)
item_ballots = st.dictionaries(
    st.sampled_from(MEMBERS), st.dictionaries(st.sampled_from(BALLOT_ITEMS), item_marks)
)


def voting(number: int = 0, form: BallotForm = BallotForm.GRADES) -> GradeRound:
    """An empty round of five members with papers for so many ballots."""
    items = tuple(map(ItemCount, BALLOT_ITEMS)) if form == BallotForm.ITEMS else ()
    return GradeRound(
        UUID(int=99),
        Audience.MEMBERS,
        date(2026, 11, 12),
        due=number,
        present=number,
        issued=number,
        returned=number,
        form=form,
        lines=tuple(GradeLine(key, GradeCount(name), items) for key, name in NAMED.items()),
    )


@given(st.lists(ballots, max_size=12))
def test_typed_one_by_one_the_totals_are_those_of_the_whole_count(many):
    """The window counts ballot by ballot, the command line all at once: both give the same six numbers."""
    round_ = voting(len(many))
    for each in many:
        round_ = with_ballot(round_, each)
    whole = count_grades(
        [Evaluated(name) for name in NAMES],
        [{NAMED[key]: mark for key, mark in each.items()} for each in many],
    )
    assert tuple(each.count for each in round_.lines) == whole


@given(st.lists(st.tuples(ballots, item_ballots), max_size=6))
def test_totals_are_conserved(many):
    """Each member's six numbers, and each item's five, are the ballots counted."""
    round_ = voting(len(many), BallotForm.ITEMS)
    for grade, items in many:
        round_ = with_ballot(round_, grade, items)
    assert ballots_counted(round_) == len(many)
    assert all(item.all == len(many) for line in round_.lines for item in line.items)
    assert tuple(round_faults(round_)) == ()


@given(st.lists(ballots, max_size=10), ballots, item_ballots)
def test_a_ballot_taken_back_restores_the_totals(before, one, items):
    round_ = voting(len(before), BallotForm.ITEMS)
    for each in before:
        round_ = with_ballot(round_, each)
    assert without_ballot(with_ballot(round_, one, items), one, items) == round_


@given(ballots)
def test_a_void_line_is_never_a_grade(one):
    round_ = with_ballot(voting(1), one)
    for line in round_.lines:
        mark = one.get(line.person_id, ())
        several = not isinstance(mark, str) and len(mark) > 1
        assert (line.count.void, line.count.graded) == (1, 0) if several else line.count.void == 0


@given(ballots)
def test_the_papers_stay_as_they_were_counted(one):
    round_ = replace(voting(7), invalid=2)
    assert with_ballot(round_, one).papers == round_.papers


def test_a_mark_of_someone_or_something_not_on_the_ballot_is_refused():
    with pytest.raises(RefusedProblem, match="不在被测评名单"):
        with_ballot(voting(1), {UUID(int=77): Grade.EXCELLENT})
    with pytest.raises(RefusedProblem, match="没有“组织纪律”"):
        with_ballot(voting(1), {}, {MEMBERS[0]: {"组织纪律": ItemGrade.GOOD}})


def test_what_was_not_counted_cannot_be_taken_back():
    round_ = with_ballot(voting(1), {MEMBERS[0]: Grade.EXCELLENT})
    with pytest.raises(RefusedProblem, match="没有这样的一票"):
        without_ballot(round_, {MEMBERS[0]: Grade.QUALIFIED})


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"present": 11}, "实到 11，多于应到的 10"),
        ({"issued": 11}, "发出 11，多于实到的 10"),
        ({"returned": 11}, "收回 11，多于发出的 10"),
        ({"invalid": 12}, "无效票 12，多于收回的 10"),
        ({"returned": 9}, "甲的六项合计 10，不等于有效票 9"),
        ({"invalid": 1}, "戊的六项合计 10，不等于有效票 9"),
        ({"due": -1}, "票数应在 0 到 100000 之间"),
        ({"due": 100_001}, "票数应在 0 到 100000 之间"),
        ({"lines": ()}, "没有被测评人"),
    ],
)
def test_what_does_not_fit_is_said_with_its_numbers(changes, said):
    round_ = voting(10)
    for _ in range(10):
        round_ = with_ballot(round_, dict.fromkeys(MEMBERS, Grade.QUALIFIED))
    assert tuple(round_faults(round_)) == ()
    assert said in tuple(round_faults(replace(round_, **changes)))


def test_an_item_that_was_not_counted_is_told():
    round_ = with_ballot(voting(1, BallotForm.ITEMS), {})
    line = round_.lines[0]
    lame = replace(line, items=(replace(line.items[0], blank=0), *line.items[1:]))
    broken = replace(round_, lines=(lame, *round_.lines[1:]))
    assert tuple(round_faults(broken)) == (f"甲“{BALLOT_ITEMS[0]}”合计 0，不等于有效票 1",)
    assert ballots_counted(replace(broken, lines=())) is None
