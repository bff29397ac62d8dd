"""应到 and 实到 of an election: 基层组织选举工作条例 第五条, and the guidance X1–X6."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import Voter
from branchbook.domain.electorate import counts_of, differences, exclusion_faults, with_entries
from branchbook.domain.rulebook import Rulebook
from tests.domain.rosters import identity
from tests.domain.rulebooks import rules_on

DAY = date(2026, 5, 20)
EXCLUDED = Voter(
    identity("甲"),
    "甲",
    exclusion="X4",
    consent_document="示组1号",
    consented_on=DAY,
    approved_by_meeting=True,
)


@pytest.mark.parametrize(
    "change, due",
    [
        ({}, False),
        ({"exclusion": ""}, True),
        ({"consent_document": " "}, True),
        ({"consented_on": None}, True),
        ({"approved_by_meeting": False}, True),
        ({"has_right": False}, False),
    ],
)
def test_both_approvals_leave_a_voter_out(change: dict, due: bool) -> None:
    assert replace(EXCLUDED, **change).is_due is due


@pytest.mark.parametrize("code", ["X1", "X2", "X3", "X4", "X5", "X6"])
def test_the_six_classes_are_known(code: str) -> None:
    assert list(exclusion_faults(replace(EXCLUDED, exclusion=code), DAY, rules_on(DAY))) == []
    assert list(exclusion_faults(replace(EXCLUDED, exclusion=code), DAY, Rulebook(()))) == []


def test_several_faults_are_all_told() -> None:
    voter = replace(EXCLUDED, exclusion="X9", consented_on=DAY + timedelta(1), present=True)
    assert list(exclusion_faults(voter, DAY, rules_on(DAY))) == [
        "不认识的不计入情形 X9",
        "上级同意的日期 2026-05-21 晚于大会日期 2026-05-20",
        "到会的人应计入应到会人数",
    ]
    assert len(list(exclusion_faults(voter, None, rules_on(DAY)))) == 2


VOTERS = st.lists(
    st.builds(
        Voter,
        st.uuids(),
        st.just("某"),
        has_right=st.booleans(),
        exclusion=st.sampled_from(["", "X1"]),
        consent_document=st.sampled_from(["", "1号"]),
        consented_on=st.none() | st.just(DAY),
        approved_by_meeting=st.booleans(),
        present=st.none() | st.booleans(),
    ),
    max_size=12,
    unique_by=lambda each: each.person_id,
)


@given(VOTERS)
def test_everyone_is_counted_once(voters: list[Voter]) -> None:
    counts = counts_of(voters)
    assert counts.members == len(voters)
    assert counts.without_right + counts.excluded + counts.due == counts.members
    assert 0 <= counts.present <= counts.due


@given(VOTERS)
def test_a_roster_that_says_the_same_differs_in_nothing(voters: list[Voter]) -> None:
    assert differences(voters, voters) == ()
    assert len(differences(voters, ())) == len(differences((), voters)) == len(voters)


@given(VOTERS)
def test_a_new_snapshot_keeps_every_entry_and_no_right(voters: list[Voter]) -> None:
    for each in voters:
        kept = with_entries(Voter(each.person_id, "新名", has_right=False), each)
        assert (kept.name, kept.has_right) == ("新名", False)
        assert replace(kept, name=each.name, has_right=each.has_right) == each


def test_what_the_roster_says_now_is_told_person_by_person() -> None:
    before = Voter(identity("乙"), "乙")
    now = (
        replace(before, name="乙乙"),
        Voter(identity("丙"), "丙"),
        Voter(identity("丁"), "丁", has_right=False),
    )
    assert differences((before, EXCLUDED), now) == (
        "甲已不在名册中",
        "乙现名乙乙",
        "丙是新登记的",
        "丁是新登记的，没有选举权",
    )
    lost = replace(before, has_right=False, reason="预备党员没有选举权")
    assert differences((before,), (lost,)) == ("乙：预备党员没有选举权",)
    assert differences((lost,), (before,)) == ("乙现在有选举权",)
