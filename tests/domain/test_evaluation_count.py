"""Ballots of an evaluation: 支部工作条例 第十八条, yearly notices (V-04 to V-07), rules.md §5 and case 61."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.evaluation_count import (
    CapBase,
    Evaluated,
    EvaluationBallots,
    Grade,
    GradeCount,
    Marks,
    cap_of,
    count_grades,
    evaluate,
)
from branchbook.domain.people import Standing
from branchbook.domain.tally_findings import Level
from branchbook.services.shipped_rules import shipped_rulebook

RULES = shipped_rulebook()
THREE = (Evaluated("甲"), Evaluated("乙"), Evaluated("丙", Standing.PROBATIONARY))


def papers(number, **changes):
    return EvaluationBallots(
        **{"due": number, "present": number, "issued": number, "returned": number, "invalid": 0} | changes
    )


def errors(result):
    return [each.text for each in result.findings if each.level == Level.ERROR]


def test_six_numbers_for_each_member():
    ballots: list[Marks] = [
        {"甲": Grade.EXCELLENT, "乙": Grade.QUALIFIED},
        {"甲": [Grade.EXCELLENT, Grade.QUALIFIED], "乙": Grade.UNQUALIFIED},
        {"甲": [Grade.QUALIFIED], "乙": []},
        {},
    ]
    assert count_grades(THREE, ballots) == (
        GradeCount("甲", excellent=1, qualified=1, void=1, blank=1),
        GradeCount("乙", qualified=1, unqualified=1, blank=2),
        GradeCount("丙", blank=4),
    )


def test_a_probationary_member_gets_no_grade():
    """Case 61, V-06."""
    result = evaluate(THREE, [{"丙": Grade.QUALIFIED}], papers(1), RULES)
    assert not result.valid
    assert "丙是预备党员" in errors(result)[0]
    assert [each.rule for each in result.findings if each.level == Level.ERROR] == ["V-06"]


@pytest.mark.parametrize(
    "given_papers, entered, words",
    [
        (papers(4, present=5), 5, "实到 5，多于应到的 4"),
        (papers(4, issued=5, returned=4), 4, "发出 5，多于实到的 4"),
        (papers(4, returned=5), 5, "收回 5，多于发出的 4"),
        (papers(4, invalid=1), 4, "不等于有效票 3 张"),
        (papers(4, invalid=5), 0, "无效票 5 张"),
    ],
)
def test_numbers_that_cannot_be(given_papers, entered, words):
    result = evaluate(THREE, [{}] * entered, given_papers, RULES)
    assert not result.valid
    assert any(words in text for text in errors(result))


def test_fewer_than_half_is_a_warning_and_no_error():
    result = evaluate(THREE, [{}], papers(1, due=3), RULES)
    assert result.valid
    assert any(each.level == Level.WARNING and "不足应到" in each.text for each in result.findings)


@pytest.mark.parametrize("number", range(3, 501))
def test_a_third_rounded_down_may_be_excellent(number):
    """V-04: floor(N/3), for every size of branch."""
    members = tuple(Evaluated(str(each)) for each in range(number))
    most = cap_of(members, RULES, CapBase.FULL_MEMBERS).most
    assert 3 * most <= number < 3 * (most + 1)


def test_both_readings_of_the_base_are_shown_where_they_differ():
    members = (*(Evaluated(str(each)) for each in range(5)), Evaluated("丙", Standing.PROBATIONARY))
    result = evaluate(members, [], papers(0, due=6, present=6), RULES)
    assert (result.cap.number, result.cap.most) == (5, 1)
    assert any("按参评党员 6 名计算为 2 名" in each.text for each in result.findings)


NAMES = ("甲", "乙", "丙")
BALLOTS = st.lists(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.sampled_from(list(Grade)) | st.lists(st.sampled_from(list(Grade)), max_size=3),
    ),
    max_size=30,
)


@given(BALLOTS)
def test_totals_are_conserved(ballots):
    assert all(each.all == len(ballots) for each in count_grades(THREE, ballots))


@given(BALLOTS, st.randoms())
def test_the_order_of_ballots_never_matters(ballots, chance):
    shuffled = list(ballots)
    chance.shuffle(shuffled)
    assert count_grades(THREE, shuffled) == count_grades(THREE, ballots)


@given(BALLOTS)
def test_a_void_line_never_counts_as_a_grade(ballots):
    voided = [{**each, "甲": [Grade.EXCELLENT, Grade.QUALIFIED]} for each in ballots]
    assert count_grades(THREE, voided)[0] == GradeCount("甲", void=len(ballots))
