"""Quorum and majority, case by case, each with the document and article that decides it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from branchbook.domain.records import DecisionKind, Vote
from branchbook.domain.rulebook import Correction, Rulebook
from branchbook.domain.voting import count_faults, decide, outcome_of, quorum
from branchbook.services.rules import shipped_rulebook
from tests.domain.rulebooks import BEFORE_ALL, ON_2026, rules_on

ORDINARY, COMMITTEE = DecisionKind.ORDINARY, DecisionKind.COMMITTEE
ACCEPTANCE, CONVERSION = DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION
DISPOSAL, ELECTION = DecisionKind.DISPOSAL, DecisionKind.ELECTION
GENERAL = "支部工作条例 第十一条"
OF_COMMITTEE = "支部工作条例 第十二条"
ADMISSION_2014 = "发展党员工作细则（2014） 第二十条、第三十三条"

QUORUM_CASES = [
    # decision, due, needed, article
    (ORDINARY, 23, 12, GENERAL),
    (ORDINARY, 24, 12, GENERAL),  # 半数以上 includes half
    (ORDINARY, 1, 1, GENERAL),
    (ORDINARY, 41, 21, GENERAL),
    (DISPOSAL, 20, 10, GENERAL),
    (COMMITTEE, 5, 3, OF_COMMITTEE),
    (COMMITTEE, 3, 2, OF_COMMITTEE),
    (COMMITTEE, 7, 4, OF_COMMITTEE),
    (COMMITTEE, 4, 2, OF_COMMITTEE),
    (CONVERSION, 16, 9, ADMISSION_2014),  # 超过半数: 8 of 16 is not enough
    (CONVERSION, 15, 8, ADMISSION_2014),
    (ACCEPTANCE, 23, 12, ADMISSION_2014),
    (ACCEPTANCE, 2, 2, ADMISSION_2014),
    (ELECTION, 23, 19, "基层组织选举工作条例"),  # 4/5 of 23 is 18.4
    (ELECTION, 25, 20, "基层组织选举工作条例"),  # exactly 4/5 is enough
    (ELECTION, 21, 17, "基层组织选举工作条例"),
    (ELECTION, 3, 3, "基层组织选举工作条例"),
]


@pytest.mark.parametrize("decision,due,needed,article", QUORUM_CASES)
def test_so_many_must_come(decision, due, needed, article):
    enough = quorum(decision, due, needed, rules_on())
    short = quorum(decision, due, needed - 1, rules_on())
    assert (enough.needed, enough.met, enough.article) == (needed, True, article)
    assert not short.met


def test_the_sentence_of_a_quorum_says_the_arithmetic():
    assert (
        quorum(ORDINARY, 23, 19, rules_on()).sentence
        == "应到会有表决权 23 名，需 12 名到会；实到 19 名，可以表决"
    )
    assert (
        quorum(COMMITTEE, 5, 2, rules_on()).sentence
        == "应到会委员 5 名，需 3 名到会；实到 2 名，还差 1 名，不能表决"
    )
    assert quorum(ELECTION, 23, 18, rules_on()).sentence.startswith("应到会有选举权 23 名，需 19 名到会")


def test_exactly_half_is_enough_for_a_general_meeting_and_worth_a_look():
    half = quorum(ORDINARY, 24, 12, rules_on())
    assert half.met
    assert half.exactly_half
    assert "正好半数" in half.sentence
    assert not quorum(ORDINARY, 24, 13, rules_on()).exactly_half


def test_where_nobody_may_vote_nothing_can_be_voted_on():
    nobody = quorum(ORDINARY, 0, 0, rules_on())
    assert not nobody.met
    assert "没有可以表决的人" in nobody.sentence


DECISION_CASES = [
    # decision, due, present, for, against, abstain, passed, needed (支部工作条例 第十一条 unless said)
    (ORDINARY, 23, 12, 12, 0, 0, True, 12),
    (
        ORDINARY,
        24,
        20,
        12,
        3,
        5,
        False,
        13,
    ),  # 12 is more than half of those present, not of those due
    (ORDINARY, 24, 20, 13, 3, 4, True, 13),
    (ORDINARY, 23, 23, 11, 0, 12, False, 12),
    (ORDINARY, 23, 11, 11, 0, 0, None, 12),  # no quorum: no resolution at all
    (DISPOSAL, 20, 18, 10, 8, 0, False, 11),
    (DISPOSAL, 20, 18, 11, 7, 0, True, 11),
    (COMMITTEE, 5, 2, 2, 0, 0, None, 3),  # 支部工作条例 第十二条
    (COMMITTEE, 5, 3, 3, 0, 0, True, 3),
    (COMMITTEE, 5, 4, 2, 1, 1, False, 3),
    (CONVERSION, 15, 15, 7, 8, 0, False, 8),  # a failed vote decides nothing further
    (CONVERSION, 16, 16, 8, 8, 0, False, 9),  # exactly half fails (细则2014 第二十条)
    (CONVERSION, 16, 9, 9, 0, 0, True, 9),
    (ELECTION, 23, 19, 10, 9, 0, True, 10),  # base: those present
    (ELECTION, 20, 20, 10, 10, 0, False, 11),
]


@pytest.mark.parametrize("decision,due,present,favour,against,abstain,passed,needed", DECISION_CASES)
def test_a_vote_is_decided_on_its_own_base(decision, due, present, favour, against, abstain, passed, needed):
    vote = Vote(decision=decision, votes_for=favour, votes_against=against, abstentions=abstain)
    decided = decide(vote, due, present, rules_on())
    assert (decided.passed, decided.needed) == (passed, needed)


def test_the_sentence_of_a_decision_names_the_base():
    decided = decide(Vote(votes_for=12), 23, 19, rules_on())
    assert decided.sentence == "赞成 12 票，须超过应到会 23 名的半数，即 12 票；通过"
    assert decided.article == GENERAL
    half = decide(Vote(votes_for=12), 24, 19, rules_on())
    assert half.exactly_half
    assert half.sentence.endswith("正好半数，未通过")


def test_letters_count_as_votes_and_never_as_presence():
    """细则2014 第二十条: 8 of 16 with 5 letters is no quorum; 9 with letters passes."""
    letters = Vote(decision=CONVERSION, votes_for=8, written_for=5)
    assert decide(letters, 16, 8, rules_on()).passed is None
    helped = Vote(decision=CONVERSION, votes_for=7, votes_against=2, written_for=2)
    assert decide(helped, 16, 9, rules_on()).votes_for == 9
    assert decide(helped, 16, 9, rules_on()).passed is True
    assert decide(replace(helped, written_for=0), 16, 9, rules_on()).passed is False


def test_letters_are_counted_with_a_warning_under_the_revision_of_2026():
    vote = Vote(decision=CONVERSION, votes_for=8, written_for=2)
    decided = decide(vote, 16, 9, rules_on(ON_2026))
    assert decided.passed is True
    assert "待核实" in decided.warnings[0]
    assert decided.article == "发展党员工作细则（2026） 第十九条"
    assert quorum(CONVERSION, 16, 8, rules_on(ON_2026)).article.endswith("（待核实）")


def test_letters_in_another_meeting_are_a_fault():
    faults = decide(Vote(votes_for=12, written_for=1), 23, 19, rules_on()).faults
    assert faults == ("这类表决不计入缺席者的书面意见",)


@pytest.mark.parametrize(
    "vote,words",
    [
        (Vote(votes_for=20), "多于到会"),
        (Vote(votes_for=-1), "负数"),
        (Vote(decision=CONVERSION, votes_for=10, written_for=3, written_against=2), "书面意见 5 份"),
    ],
)
def test_impossible_numbers_decide_nothing(vote, words):
    decided = decide(vote, 23, 19, rules_on())
    assert decided.passed is None
    assert words in decided.faults[0]


@pytest.mark.parametrize("decision", [ACCEPTANCE, CONVERSION])
def test_no_letters_are_never_too_many_even_where_more_came_than_were_due(decision):
    """Only letters that were handed in are compared with those who were away (发展党员工作细则 第二十条)."""
    vote = Vote(decision=decision, votes_for=20)
    assert count_faults(vote, 19, 20) == ()
    assert count_faults(replace(vote, written_for=1), 19, 20) == ("书面意见 1 份，多于未到会的 0 名",)


@given(
    decision=st.sampled_from(DecisionKind),
    due=st.integers(0, 60),
    present=st.integers(0, 60),
    votes_for=st.integers(0, 60),
    letters=st.integers(0, 60),
)
def test_faults_of_letters_are_named_only_where_there_are_letters(decision, due, present, votes_for, letters):
    faults = count_faults(Vote(decision=decision, votes_for=votes_for, written_for=letters), due, present)
    assert any("书面意见" in each for each in faults) == (
        letters > 0 and (decision not in (ACCEPTANCE, CONVERSION) or letters > max(due - present, 0))
    )


@pytest.mark.parametrize("decision", [kind for kind in DecisionKind if kind is not ELECTION])
def test_the_sentence_names_those_due_where_they_are_the_base(decision):
    assert (
        "须超过应到会 23 名的半数，即 12 票" in decide(Vote(decision=decision), 23, 19, rules_on()).sentence
    )


def test_the_sentence_of_an_election_names_those_present():
    """The base of an election is the number present (基层组织选举工作条例, rule E-28)."""
    decided = decide(Vote(decision=ELECTION, votes_for=10), 23, 19, rules_on())
    assert decided.sentence == "赞成 10 票，须超过实到会 19 名的半数，即 10 票；通过"


def test_an_outcome_against_the_counts_is_kept_only_with_a_reason():
    vote = Vote(votes_for=11, recorded_passed=True)
    decided = decide(vote, 23, 19, rules_on())
    assert decided.contradicts
    assert outcome_of(vote, decided) is False
    explained = replace(vote, reason="会后查明漏计一票，见附件")
    assert outcome_of(explained, decide(explained, 23, 19, rules_on())) is True
    agreeing = Vote(votes_for=12, recorded_passed=True)
    assert not decide(agreeing, 23, 19, rules_on()).contradicts


def test_before_the_earliest_rule_only_arithmetic_is_checked():
    nothing = rules_on(BEFORE_ALL)
    measured = quorum(ORDINARY, 23, 3, nothing)
    assert (measured.needed, measured.met) == (0, True)
    assert measured.sentence == "应到会有表决权 23 名；实到 3 名；该日期无规则依据，只核对人数"
    vote = Vote(votes_for=2, recorded_passed=True)
    decided = decide(vote, 23, 3, nothing)
    assert (decided.passed, decided.contradicts) == (None, False)
    assert outcome_of(vote, decided) is True
    assert decide(Vote(votes_for=4), 23, 3, nothing).faults


def test_the_base_of_a_committee_is_a_choice_and_says_so():
    """支部工作条例 names no majority for the committee: default all its members, 待核实."""
    vote = Vote(decision=COMMITTEE, votes_for=2, votes_against=1)
    assert decide(vote, 5, 3, rules_on()).passed is False
    on_present = shipped_rulebook().with_values({"B-17": {"base": "present"}}).on(ON_2026)
    decided = decide(vote, 5, 3, on_present)
    assert decided.passed is True
    assert decided.base_words == "实到会"
    assert "待核实" in decided.article


def test_a_correction_of_the_user_changes_the_threshold_and_names_its_source():
    correction = Correction("B-12", "某县委通知", values={"quorum_numerator": 2, "quorum_denominator": 3})
    corrected = shipped_rulebook().corrected([correction]).on(ON_2026)
    measured = quorum(ORDINARY, 23, 15, corrected)
    assert (measured.needed, measured.met) == (16, False)
    assert measured.article == "支部工作条例 第十一条（依据：某县委通知）"


DECISIONS = st.sampled_from(DecisionKind)
DUE = st.integers(1, 500)


@given(DECISIONS, DUE, st.data())
def test_one_more_in_favour_never_turns_a_pass_into_a_fail(decision, due, data):
    present = data.draw(st.integers(0, due))
    favour = data.draw(st.integers(0, max(present - 1, 0)))
    before = decide(Vote(decision=decision, votes_for=favour), due, present, rules_on())
    after = decide(Vote(decision=decision, votes_for=favour + 1), due, present, rules_on())
    assume(not after.faults)
    assert after.passed or not before.passed


@given(DECISIONS, DUE, st.data())
def test_an_abstention_is_worth_no_more_than_a_vote_against(decision, due, data):
    present = data.draw(st.integers(0, due))
    favour = data.draw(st.integers(0, present))
    rest = present - favour
    abstaining = Vote(decision=decision, votes_for=favour, abstentions=rest)
    against = Vote(decision=decision, votes_for=favour, votes_against=rest)
    book = rules_on()
    assert decide(abstaining, due, present, book).passed == decide(against, due, present, book).passed


@given(DECISIONS, st.integers(1, 250))
def test_exactly_half_of_the_base_never_passes(decision, half):
    vote = Vote(decision=decision, votes_for=half, votes_against=half)
    assert decide(vote, 2 * half, 2 * half, rules_on()).passed is False


@given(DECISIONS, DUE)
def test_the_quorum_is_never_more_than_everyone(decision, due):
    measured = quorum(decision, due, due, rules_on())
    assert 1 <= measured.needed <= due
    assert measured.met


@given(DECISIONS, DUE, st.integers(0, 500), st.integers(0, 500))
def test_a_letter_never_makes_a_quorum(decision, due, present, letters):
    assume(present + letters <= due)
    with_letters = Vote(decision=decision, votes_for=0, written_for=letters)
    if not quorum(decision, due, present, rules_on()).met:
        assert decide(with_letters, due, present, rules_on()).passed is None


def test_an_empty_rulebook_is_false():
    assert not Rulebook(())
    assert rules_on()
