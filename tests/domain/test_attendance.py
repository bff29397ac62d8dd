"""The arithmetic of one meeting (支部工作条例 第十一、十二条; 选举条例; exclusions X1 to X6)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.attendance import count, strictest
from branchbook.domain.people import FactKind, Restriction, Standing
from branchbook.domain.records import DecisionKind, Exclusion, Presence
from tests.domain.rosters import RosterBuilder
from tests.domain.rulebooks import BEFORE_ALL, agenda, record_of, rules_on

ORDINARY = DecisionKind.ORDINARY
PRESENT, LEAVE, ABSENT, EXCLUDED = Presence.PRESENT, Presence.ON_LEAVE, Presence.ABSENT, Presence.EXCLUDED


def branch_of(full, probationary=0):
    builder = RosterBuilder()
    branch = builder.organisation("一支部")
    people = builder.members([f"正{n}" for n in range(full)], branch)
    people += builder.members([f"预{n}" for n in range(probationary)], branch, Standing.PROBATIONARY)
    return builder, branch, people


def marks(people, *groups):
    """Mark people in order: (how many, mark) each."""
    spread = [mark for number, mark in groups for _ in range(number)]
    return list(zip(people, spread, strict=True))


def test_the_sentence_of_a_general_meeting():
    """23 with the right to vote and 2 without; 19 and 1 of them came."""
    builder, branch, people = branch_of(23, 2)
    came = marks(people, (19, PRESENT), (3, LEAVE), (1, ABSENT), (1, PRESENT), (1, ABSENT))
    counted = count(record_of(branch, came), builder.roster(), rules_on(), ORDINARY)
    assert (counted.due, counted.present, counted.on_leave, counted.absent) == (25, 20, 3, 2)
    assert (counted.due_votes, counted.present_votes) == (23, 19)
    assert counted.sentence == (
        "应到 25 名，实到 20 名，到会率 80.0%。应到会有表决权 23 名，需 12 名到会；实到 19 名，可以表决"
    )
    assert counted.frozen.quorum_met
    assert (counted.frozen.quorum_needed, counted.frozen.article) == (12, "支部工作条例 第十一条")


def test_probationary_members_are_due_and_make_no_quorum():
    """支部工作条例 第十一条 counts 有表决权的党员; 党章 第七条 gives probationary members no vote."""
    builder, branch, people = branch_of(8, 8)
    came = marks(people, (3, PRESENT), (5, ABSENT), (8, PRESENT))
    counted = count(record_of(branch, came), builder.roster(), rules_on(), ORDINARY)
    assert (counted.present, counted.present_votes) == (11, 3)
    assert not counted.frozen.quorum_met
    assert len(counted.reasons) == 8


def test_a_meeting_that_decides_nothing_has_no_quorum():
    builder, branch, people = branch_of(6)
    record = record_of(branch, marks(people, (1, PRESENT), (5, ABSENT)), kind="party_lesson")
    counted = count(record, builder.roster(), rules_on(), None)
    assert counted.quorum is None
    assert counted.sentence == "应到 6 名，实到 1 名，到会率 16.7%"
    assert (counted.frozen.quorum_needed, counted.frozen.quorum_met) == (0, True)


def test_a_record_without_a_day_is_not_measured_yet():
    builder, branch, people = branch_of(6)
    record = record_of(branch, marks(people, (6, PRESENT)), held_on=None)
    assert count(record, builder.roster(), rules_on(), ORDINARY).quorum is None


def test_before_the_rules_only_arithmetic():
    builder = RosterBuilder()
    branch = builder.organisation("一支部", founded_on=date(2000, 1, 1))
    people = [builder.member(name, branch, from_on=date(2001, 1, 1)) for name in "甲乙丙"]
    record = record_of(branch, marks(people, (1, PRESENT), (2, ABSENT)), held_on=BEFORE_ALL)
    counted = count(record, builder.roster(), rules_on(BEFORE_ALL), ORDINARY)
    assert counted.frozen.quorum_met
    assert "该日期无规则依据" in counted.sentence


def twenty_four():
    """24 full members: 1 留党察看, 1 in custody with rights suspended, 1 bedridden with both approvals."""
    builder, branch, people = branch_of(24)
    builder.fact(people[0], FactKind.RESTRICTION, Restriction.DISCIPLINARY_PROBATION.value)
    builder.fact(people[1], FactKind.RESTRICTION, Restriction.RIGHTS_SUSPENDED.value)
    came = marks(people, (2, ABSENT), (1, EXCLUDED), (17, PRESENT), (4, LEAVE))
    excluded = Exclusion(people[2], "X4", "上级批复〔2025〕3号", date(2025, 5, 1), True)
    record = record_of(branch, came, items=agenda(DecisionKind.ELECTION))
    return builder.roster(), replace(record, exclusions=(excluded,))


def test_an_election_counts_21_of_24_and_wants_17():
    """选举条例 第五条 and the exclusion X4 with both approvals."""
    roster, record = twenty_four()
    counted = count(record, roster, rules_on(), ORDINARY)
    assert (counted.due_votes, counted.quorum.needed, counted.quorum.met) == (21, 17, True)
    assert (counted.due, counted.excluded) == (23, 1)


def test_the_same_exclusion_changes_nothing_in_an_ordinary_meeting():
    roster, record = twenty_four()
    counted = count(replace(record, agenda=()), roster, rules_on(), ORDINARY, in_admission_meetings=True)
    assert (counted.due, counted.due_votes, counted.excluded) == (24, 22, 0)
    assert counted.absent == 3


@pytest.mark.parametrize(
    "decision", [DecisionKind.CONVERSION, DecisionKind.ACCEPTANCE, DecisionKind.DISPOSAL]
)
def test_admission_and_disposal_leave_out_by_the_setting_only(decision):
    roster, record = twenty_four()
    record = replace(record, agenda=agenda(decision))
    off = count(record, roster, rules_on(), ORDINARY)
    on = count(record, roster, rules_on(), ORDINARY, in_admission_meetings=True)
    assert (off.due_votes, on.due_votes) == (22, 21)


def test_a_business_trip_stays_in_the_number_due():
    """A member on a trip of three months stays in 应到: no exclusion, no proxy (选举条例 第二十四条)."""
    builder, branch, people = branch_of(5)
    record = record_of(branch, marks(people, (4, PRESENT), (1, LEAVE)), items=agenda(DecisionKind.ELECTION))
    counted = count(record, builder.roster(), rules_on(), ORDINARY)
    assert (counted.due_votes, counted.quorum.needed) == (5, 4)


def test_the_strictest_vote_measures_the_meeting():
    _, branch, _ = branch_of(1)

    def measured(*decisions, default=ORDINARY):
        return strictest(record_of(branch, (), items=agenda(*decisions)), default)

    assert measured() == ORDINARY
    assert measured(ORDINARY, DecisionKind.CONVERSION) == DecisionKind.CONVERSION
    assert measured(DecisionKind.CONVERSION, DecisionKind.ELECTION) == DecisionKind.ELECTION
    assert measured(DecisionKind.DISPOSAL) == DecisionKind.DISPOSAL
    assert measured(DecisionKind.DISPOSAL, default=DecisionKind.COMMITTEE) == DecisionKind.COMMITTEE
    assert measured(default=None) is None


def test_a_correction_counts_with_the_frozen_right_to_vote():
    """应到 of a final meeting does not change because the roster did."""
    builder, branch, people = branch_of(3)
    record = record_of(branch, marks(people, (3, PRESENT)))
    frozen = {people[0]: False, people[1]: True, people[2]: True}
    counted = count(record, builder.roster(), rules_on(), ORDINARY, frozen_votes=frozen)
    assert counted.due_votes == 2
    assert not counted.votes(people[0])
    assert counted.votes(people[1])


def test_someone_who_is_not_in_the_roster_does_not_vote():
    builder, branch, people = branch_of(2)
    _, _, strangers = branch_of(5)
    record = record_of(branch, marks([*people, strangers[4]], (3, PRESENT)))
    assert count(record, builder.roster(), rules_on(), ORDINARY).due_votes == 2


@pytest.mark.parametrize(
    "due,present,rate", [(23, 19, 826), (3, 2, 667), (8, 8, 1000), (3, 1, 333), (16, 1, 63), (0, 0, 0)]
)
def test_the_rate_is_rounded_half_up_in_whole_thousandths(due, present, rate):
    builder, branch, people = branch_of(due)
    record = record_of(branch, marks(people, (present, PRESENT), (due - present, ABSENT)))
    assert count(record, builder.roster(), rules_on(), ORDINARY).rate_permille == rate


@given(st.lists(st.sampled_from(Presence), max_size=30))
def test_everyone_due_has_exactly_one_mark(chosen):
    builder, branch, people = branch_of(len(chosen))
    record = record_of(branch, zip(people, chosen, strict=True))
    counted = count(record, builder.roster(), rules_on(), ORDINARY)
    assert counted.present + counted.on_leave + counted.absent == counted.due == len(chosen)
    assert counted.present_votes <= counted.due_votes <= counted.due


@given(st.permutations(range(12)), st.lists(st.sampled_from(Presence), min_size=12, max_size=12))
def test_the_order_of_the_lines_does_not_matter(order, chosen):
    builder, branch, people = branch_of(9, 3)
    lines = list(zip(people, chosen, strict=True))
    roster = builder.roster()
    one = count(record_of(branch, lines), roster, rules_on(), ORDINARY)
    other = count(record_of(branch, [lines[at] for at in order]), roster, rules_on(), ORDINARY)
    assert one.frozen == other.frozen
