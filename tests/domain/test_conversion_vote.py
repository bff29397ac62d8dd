"""The vote at the end of a probation: 发展党员工作细则 2014 第二十、三十三条, 2026 第十九条; rules.md §0.2, §12."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import Question, QuestionRound, WrittenOpinions
from branchbook.domain.conversion_vote import RuleVersion, version_on, vote_result
from branchbook.domain.tally_findings import Level
from branchbook.services.shipped_rules import shipped_rulebook

RULES = shipped_rulebook()


def vote(due, present, votes_for, against=None, *, written=(0, 0, 0), version="2014", **more):
    against = present - votes_for if against is None else against
    abstentions = present - votes_for - against
    return QuestionRound(
        UUID(int=1),
        Question.CONVERT,
        date(2026, 11, 23),
        due,
        present,
        issued=present,
        returned=present,
        votes_for=votes_for,
        votes_against=against,
        abstentions=abstentions,
        written=WrittenOpinions(*written),
        rule_version=version,
        **more,
    )


@pytest.mark.parametrize(
    "given_vote, valid, passed, needed, article",
    [
        (vote(15, 8, 8), True, True, 8, "第二十条、第三十三条"),  # more than half came, more than half agree
        (vote(15, 8, 7), True, False, 8, "第二十条"),  # case 55: 7 of 15 decides nothing
        (vote(15, 8, 6, 1, written=(2, 1, 0)), True, True, 8, "第二十条"),  # two letters make eight
        (vote(16, 8, 8, written=(5, 0, 0)), False, False, 9, "第二十条"),  # case 45: letters are no presence
        (vote(16, 9, 8), True, False, 9, "第二十条"),  # exactly half of those due
        (vote(16, 9, 9), True, True, 9, "第二十条"),
        (vote(24, 20, 12, 3), True, False, 13, "第二十条"),  # the base is due, not present
        (vote(15, 8, 8, version="2026-05"), True, True, 8, "第十九条"),
        (vote(15, 8, 6, 1, written=(2, 0, 0), version="2026-05"), True, True, 8, "第十九条"),
    ],
)
def test_more_than_half_of_those_due_come_and_agree(given_vote, valid, passed, needed, article):
    result = vote_result(given_vote, RULES)
    assert (result.valid, result.passed, result.needed) == (valid, passed, needed)
    assert article in result.findings[-1].article


def test_written_opinions_under_2026_are_counted_with_a_warning():
    result = vote_result(vote(15, 8, 6, 1, written=(2, 1, 0), version="2026-05"), RULES)
    assert [each.rule for each in result.findings if each.level == Level.WARNING] == ["D26-19"]
    assert result.for_total == 8


@pytest.mark.parametrize(
    "given_vote, words",
    [
        (vote(15, 16, 10), "多于应到"),
        (replace(vote(15, 10, 9), issued=11, returned=11), "多于实到"),
        (replace(vote(15, 10, 9), returned=11), "多于发出"),
        (replace(vote(15, 10, 9), invalid=1), "不等于有效票 9 张"),
        (replace(vote(15, 10, 9), invalid=11), "无效票 11 张，多于收回的 10 张"),
        (vote(15, 10, 9, written=(4, 2, 0)), "多于没有到会的 5 名"),
    ],
)
def test_numbers_that_cannot_be_void_the_vote(given_vote, words):
    result = vote_result(given_vote, RULES)
    assert not result.valid
    assert not result.passed
    assert any(words in each.text for each in result.findings if each.level == Level.ERROR)


def test_fewer_ballots_back_than_issued_is_no_fault():
    assert vote_result(replace(vote(15, 10, 9, 0), issued=10, returned=9, abstentions=0), RULES).passed


def test_an_unknown_version_checks_the_numbers_alone():
    result = vote_result(vote(15, 8, 8, version="1990"), RULES)
    assert (result.valid, result.passed, result.needed) == (True, False, 0)


@pytest.mark.parametrize(
    "day, version",
    [
        (date(2014, 5, 27), None),
        (date(2014, 5, 28), RuleVersion.OF_2014),
        (date(2026, 5, 17), RuleVersion.OF_2014),
        (date(2026, 5, 18), RuleVersion.OF_2026),
    ],
)
def test_the_version_follows_from_the_day(day, version):
    assert version_on(day, RULES) == version


COUNTS = st.integers(0, 60)
VERSIONS = st.sampled_from(["2014", "2026-05"])


@st.composite
def votes(draw):
    due = draw(st.integers(1, 60))
    present = draw(st.integers(0, due))
    votes_for = draw(st.integers(0, present))
    against = draw(st.integers(0, present - votes_for))
    away = due - present
    written_for = draw(st.integers(0, away))
    written_against = draw(st.integers(0, away - written_for))
    return vote(
        due, present, votes_for, against, written=(written_for, written_against, 0), version=draw(VERSIONS)
    )


@given(votes())
def test_a_letter_never_makes_a_quorum(given_vote):
    """2014 第二十条: presence is presence."""
    without = replace(given_vote, written=WrittenOpinions())
    assert vote_result(given_vote, RULES).quorum.met == vote_result(without, RULES).quorum.met


@given(votes())
def test_exactly_half_of_those_due_never_passes(given_vote):
    result = vote_result(given_vote, RULES)
    if 2 * result.for_total <= given_vote.due:
        assert not result.passed


@given(votes().filter(lambda each: each.votes_for > 0))
def test_one_fewer_in_favour_never_turns_a_failure_into_a_pass(given_vote):
    fewer = replace(given_vote, votes_for=given_vote.votes_for - 1, abstentions=given_vote.abstentions + 1)
    assert vote_result(given_vote, RULES).passed or not vote_result(fewer, RULES).passed


@pytest.mark.parametrize("version, warned", [("2014", False), ("2026-05", True)])
def test_hands_are_a_choice_in_2014_and_pointed_out_in_2026(version, warned):
    """D-25 against D26-11; whether the revision means conversions too is in doubt, so nothing is refused."""
    result = vote_result(vote(15, 8, 8, version=version, by_hands=True), RULES)
    assert (result.valid, result.passed) == (True, True)
    told = [each.article for each in result.findings if each.level == Level.WARNING and "举手" in each.text]
    assert told == (["发展党员工作细则（2026） 第十九条"] if warned else [])
