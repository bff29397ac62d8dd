"""The result of an election by 基层组织选举工作条例, case by case."""

from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.rulebook import Correction
from branchbook.domain.tally import (
    Ballot,
    CandidateCount,
    ElectionBase,
    ElectionKind,
    Level,
    Outcome,
    WriteIn,
    tally,
)
from branchbook.services.rules import shipped_rulebook
from tests.domain.elections import count_of, found, outcomes, result_of, texts

FOUR = {"甲": 17, "乙": 15, "丙": 10, "丁": 9}
TIED = {"甲": 16, "乙": 13, "丙": 12, "丁": 12}


class TestWhoIsElected:
    """The article on being elected (number not known): more than half of those present."""

    def test_those_over_half_fill_the_seats(self):
        result = result_of(FOUR, 3, 19, 23)
        assert result.valid
        assert (result.elected, result.tie, result.vacant) == (("甲", "乙", "丙"), (), 0)
        assert (result.needed, result.base, result.base_words) == (10, 19, "实到会有选举权人数")
        assert "丙：赞成 10 票，须超过实到会有选举权人数 19 名的半数（9.5），即 10 票；当选" in texts(result)

    def test_exactly_half_elects_nobody_and_the_count_stays_valid(self):
        result = result_of({"甲": 10, "乙": 10, "丙": 10}, 2, 20)
        assert result.valid
        assert (result.elected, result.vacant) == ((), 2)
        assert set(outcomes(result).values()) == {"not_over_half"}
        assert "正好达到而未超过" in texts(result)

    def test_a_name_written_on_ballots_counts_like_a_candidate(self):
        """第二十五条: 另选他人 with 11 votes of 20 present."""
        result = result_of({"甲": 12, "乙": 3, "丙": 2}, 2, 20, written={"戊": 11, "己": 1})
        assert result.elected == ("甲", "戊")
        assert [each.name for each in result.results] == ["甲", "乙", "丙", "戊", "己"]
        assert outcomes(result)["己"] == Outcome.NOT_OVER_HALF
        assert result.results[3].votes_against == result.results[3].abstentions == 0

    def test_nobody_is_filled_up_by_ranking(self):
        """E-32: the seats left want a further ballot, or are given up with the consent of half (E-33)."""
        votes = {"甲": 15, "乙": 14, "丙": 13, "丁": 12, "戊": 10, "己": 3}
        result = result_of(votes, 5, 20)
        assert result.elected == ("甲", "乙", "丙", "丁")
        assert result.vacant == 1
        assert found(result, "warning") == ["E-32"]
        assert "实到 20 名中须有 10 名以上同意" in texts(result)

    def test_over_half_and_yet_not_seated(self):
        """E-30: by votes where more than the seats are over half."""
        result = result_of({"甲": 16, "乙": 13, "丙": 12, "丁": 11}, 3, 20)
        assert result.elected == ("甲", "乙", "丙")
        assert outcomes(result)["丁"] == Outcome.OVER_HALF_NOT_SEATED

    def test_the_elected_stand_in_the_order_of_the_ballot(self):
        result = result_of({"甲": 11, "乙": 0, "丙": 15}, 2, 20, written={"戊": 12})
        assert result.elected == ("丙", "戊")  # 甲 is over half, but third

    def test_a_secretary_is_elected_from_one_candidate(self):
        """E-15: no margin is asked for; the committee's own quorum and majority decide."""
        result = result_of({"甲": 3}, 1, 5, kind=ElectionKind.SECRETARY)
        assert (result.valid, result.elected) == (True, ("甲",))
        assert "E-11" not in texts(result)

    @pytest.mark.parametrize("kind", [ElectionKind.SECRETARY, ElectionKind.DEPUTY])
    def test_two_of_a_committee_of_three_elect_no_secretary(self, kind):
        """Quorum ⌈2.4⌉ = 3."""
        result = result_of({"甲": 2}, 1, 2, 3, kind=kind)
        assert not result.valid
        assert (result.quorum.needed, result.quorum.present, result.quorum.met) == (3, 2, False)


class TestTheBase:
    def test_two_readings_of_the_base_are_told_with_the_name(self):
        """23 due, 19 present, 11 votes: over half of those present, not of those due (待核实)."""
        result = result_of({**FOUR, "丙": 11}, 3, 19, 23)
        (warning,) = (each for each in result.findings if each.level == Level.WARNING)
        assert (warning.rule, warning.article) == ("E-28", "基层组织选举工作条例（待核实）")
        assert warning.text.startswith("丙：赞成 11 票")
        assert "按实到会 19 名须 10 票，超过；按应到会 23 名须 12 票，未超过" in warning.text
        assert warning.text.endswith("两种口径结果不同，请报上级确认")

    def test_by_those_due_the_same_votes_do_not_elect(self):
        result = result_of({**FOUR, "丙": 11}, 3, 19, 23, base=ElectionBase.DUE)
        assert result.elected == ("甲", "乙")
        assert (result.needed, result.base, result.base_words) == (12, 23, "应到会有选举权人数")
        assert found(result, "warning") == ["E-28", "E-32"]

    def test_without_a_difference_nothing_is_said(self):
        assert found(result_of(FOUR, 3, 19), "warning") == []

    def test_invalid_ballots_and_abstentions_stay_in_the_base(self):
        result = result_of({"甲": 10, "乙": 2}, 1, 20, invalid=5)
        assert result.elected == ()
        assert (result.ballots.valid, result.ballots.invalid) == (15, 5)

    def test_a_fraction_corrected_by_the_user_is_used_and_worded(self):
        values = {"majority_numerator": 2, "majority_denominator": 3}
        rules = shipped_rulebook().corrected([Correction("E-28", "示组发〔2026〕9号", values=values)])
        result = tally(count_of(FOUR, 3, 19), rules)
        assert result.needed == 13
        assert result.elected == ("甲", "乙")
        assert "的 2/3，即 13 票" in texts(result)


class TestQuorum:
    """E-17: not fewer than four fifths."""

    @pytest.mark.parametrize(
        "due,present,needed,met",
        [
            (23, 19, 19, True),
            (23, 18, 19, False),
            (25, 20, 20, True),
            (21, 17, 17, True),
            (21, 16, 17, False),
        ],
    )
    def test_four_fifths(self, due, present, needed, met):
        result = result_of({"甲": present, "乙": 0}, 1, present, due)
        assert (result.quorum.needed, result.quorum.present, result.quorum.met) == (needed, present, met)
        assert result.valid is met
        assert result.elected == (("甲",) if met else ())

    def test_without_voters_nothing_is_elected(self):
        result = result_of({"甲": 0, "乙": 0}, 1, 0)
        assert not result.valid
        assert "没有有选举权的人，不能选举" in texts(result)

    def test_more_present_than_due_is_no_meeting(self):
        assert found(result_of({"甲": 20, "乙": 0}, 1, 20, 19), "error") == ["E-17"]


class TestTheMargin:
    """第十三条: a fifth more candidates than seats, rounded up, never equal."""

    @pytest.mark.parametrize("seats,least", [(1, 2), (3, 4), (5, 6), (6, 8), (7, 9), (11, 14)])
    def test_one_candidate_too_few_voids_a_committees_election(self, seats, least):
        def valid(candidates):
            return result_of({f"候选{n}": 0 for n in range(candidates)}, seats, 20).valid

        assert valid(least)
        assert not valid(least - 1)

    def test_too_small_a_margin_is_named(self):
        result = result_of({"甲": 17, "乙": 15, "丙": 12}, 3, 19)
        assert found(result, "error") == ["E-11"]
        assert (result.elected, result.tie, result.vacant) == ((), (), 3)
        assert "应选委员 3 名，差额至少 1 名，候选人须有 4 名，现有 3 名；差额不足" in texts(result)
        assert next(each for each in result.findings if each.rule == "E-11").article.endswith("第十三条")

    @pytest.mark.parametrize(
        "ballot,valid", [(Ballot.MAIN, False), (Ballot.FURTHER, False), (Ballot.TIE, True)]
    )
    def test_a_further_ballot_keeps_the_margin_a_tie_ballot_does_not(self, ballot, valid):
        seven = {f"候选{n}": 9 + n for n in range(7)}
        assert result_of(seven, 6, 20, ballot=ballot).valid is valid

    @pytest.mark.parametrize("seats", range(1, 12))
    def test_those_left_always_suffice_for_a_further_ballot(self, seats):
        least = seats + -(-seats // 5)
        for elected in range(seats):
            left = {f"候选{n}": 0 for n in range(least - elected)}
            assert result_of(left, seats - elected, 20, ballot=Ballot.FURTHER).valid


class TestTies:
    """E-30 and E-31 (待核实)."""

    def test_those_tied_at_the_last_seat_vote_again(self):
        result = result_of(TIED, 3, 20)
        assert (result.elected, result.tie, result.vacant) == (("甲", "乙"), ("丙", "丁"), 1)
        assert found(result, "warning") == ["E-30"]
        assert "丙、丁 同为 12 票，余下 1 个名额不能确定，须就票数相等者再次投票" in texts(result)

    def test_a_tie_that_all_seats_can_hold_is_none(self):
        result = result_of(TIED, 4, 20, ballot=Ballot.TIE)
        assert result.elected == ("甲", "乙", "丙", "丁")

    def test_a_tie_beyond_the_last_seat_is_none(self):
        result = result_of({"甲": 13, "乙": 12, "丙": 12, "丁": 11, "戊": 11}, 3, 20)
        assert (result.elected, result.tie) == (("甲", "乙", "丙"), ())
        assert outcomes(result)["丁"] == outcomes(result)["戊"] == Outcome.OVER_HALF_NOT_SEATED

    def test_everybody_tied(self):
        result = result_of(dict.fromkeys("甲乙丙", 12), 2, 20)
        assert (result.elected, result.tie, result.vacant) == ((), ("甲", "乙", "丙"), 2)

    def test_a_tie_of_those_not_over_half_is_none(self):
        result = result_of({"甲": 16, "乙": 10, "丙": 10}, 2, 20)
        assert (result.elected, result.tie, result.vacant) == (("甲",), (), 1)

    def test_in_the_second_vote_more_votes_win_without_half(self):
        result = result_of({"丙": 8, "丁": 9}, 1, 20, ballot=Ballot.TIE)
        assert (result.valid, result.elected, result.vacant) == (True, ("丁",), 0)
        assert outcomes(result)["丙"] == Outcome.NOT_OVER_HALF
        sentence = next(each for each in result.findings if each.text.startswith("丁"))
        assert (sentence.rule, sentence.article) == ("E-31", "通行做法（待核实）")
        assert sentence.text.endswith("不要求过半数；当选")

    def test_a_second_tie_is_told(self):
        result = result_of({"丙": 9, "丁": 9}, 1, 20, ballot=Ballot.TIE)
        assert (result.elected, result.tie) == ((), ("丙", "丁"))

    def test_nobody_is_elected_by_no_vote(self):
        result = result_of({"丙": 0, "丁": 0, "戊": 4}, 2, 20, ballot=Ballot.TIE)
        assert (result.elected, result.tie, result.vacant) == (("戊",), ("丙", "丁"), 1)
        assert result_of({"丙": 0}, 1, 20, ballot=Ballot.TIE).elected == ()

    def test_nobody_else_wins_a_tie_ballot(self):
        result = result_of({"丙": 4, "丁": 5}, 1, 20, written={"戊": 11}, ballot=Ballot.TIE)
        assert (result.valid, result.elected) == (True, ("丁",))
        assert outcomes(result)["戊"] == Outcome.OVER_HALF_NOT_SEATED
        assert found(result, "warning") == ["E-30"]

    def test_a_tie_ballot_without_a_choice_is_doubted(self):
        assert found(result_of({"丙": 9}, 1, 20, ballot=Ballot.TIE), "warning") == ["E-30"]


class TestReconciliation:
    """E-25 to E-27 (numbers not known)."""

    def test_more_ballots_than_voters_void_everything(self):
        result = result_of({"甲": 20, "乙": 1}, 1, 20, returned=21)
        assert not result.valid
        assert found(result, "error") == ["E-26"]
        assert "收回选票 21 张，多于发出的 20 张；选举无效，须重新选举" in texts(result)
        assert (result.elected, result.vacant) == ((), 1)
        assert outcomes(result)["甲"] == Outcome.OVER_HALF_NOT_SEATED

    def test_more_issued_than_present_voids_too(self):
        assert found(result_of({"甲": 20, "乙": 0}, 1, 20, issued=21), "error") == ["E-26"]

    def test_fewer_returned_is_only_told(self):
        result = result_of({"甲": 18, "乙": 0}, 1, 20, returned=18)
        assert result.valid
        assert "发出选票 20 张，收回选票 18 张，比发出的少 2 张；选举有效" in texts(result)
        assert found(result, "warning") == []

    def test_fewer_issued_than_present_is_worth_a_look(self):
        result = result_of({"甲": 18, "乙": 0}, 1, 20, returned=18, issued=18)
        assert result.valid
        assert found(result, "warning") == ["E-25"]

    def test_marks_that_are_not_the_valid_ballots_are_named(self):
        count = count_of(FOUR, 3, 19)
        wrong = (*count.candidates[:3], CandidateCount("丁", 9, 8, 1, 2))
        result = tally(replace(count, candidates=wrong), shipped_rulebook())
        assert found(result, "error") == ["E-25"]
        expected = (
            "丁：赞成 9＋不赞成 8＋弃权 1＋无法辨认 2＝20，不等于有效票 19 张（收回 19 张，减无效 0 张）"
        )
        assert expected in texts(result)

    def test_partly_illegible_ballots_complete_the_sum(self):
        count = count_of(FOUR, 3, 19)
        right = (*count.candidates[:3], CandidateCount("丁", 9, 8, 1, 1))
        assert tally(replace(count, candidates=right), shipped_rulebook()).valid

    def test_more_invalid_than_returned(self):
        assert found(result_of({}, 1, 20, invalid=21, kind=ElectionKind.SECRETARY), "error") == ["E-25"]

    def test_more_votes_than_seats_on_all_ballots(self):
        """E-27: four with 16 of 20 each want 64 picks; 20 ballots of 3 seats hold 60."""
        result = result_of(dict.fromkeys("甲乙丙丁", 16), 3, 20)
        assert found(result, "error") == ["E-27"]
        assert "赞成票合计 64 票（含另选他人），多于有效票 20 张 × 应选 3 名＝60 票" in texts(result)

    def test_write_ins_count_towards_that_sum(self):
        votes = {"甲": 20, "乙": 0}
        assert result_of(votes, 1, 20).valid
        assert found(result_of(votes, 1, 20, written={"丙": 1}), "error") == ["E-27"]

    def test_a_name_cannot_be_written_more_often_than_there_are_ballots(self):
        result = result_of({"甲": 1, "乙": 0, "丙": 0}, 2, 20, invalid=10, written={"戊": 11})
        assert found(result, "error") == ["E-25"]
        assert "另选他人 戊：赞成 11 票，多于有效票 10 张" in texts(result)

    def test_ballots_typed_in_have_to_be_those_returned(self):
        result = result_of(FOUR, 3, 19, entered=18)
        assert found(result, "error") == ["E-25"]
        assert "逐票录入 18 张，与收回的 19 张不符" in texts(result)

    def test_an_election_for_no_seat(self):
        result = result_of({"甲": 0}, 0, 20, kind=ElectionKind.SECRETARY)
        assert not result.valid
        assert "应选名额为 0" in texts(result)


class TestFindings:
    def test_each_rests_on_a_rule_and_its_article(self):
        for each in result_of(FOUR, 3, 19, 23, invalid=0, written={"己": 1}).findings:
            assert each.rule.startswith("E-")
            assert each.article.startswith("基层组织选举工作条例")
            assert each.text

    def test_all_faults_are_told_at_once(self):
        result = result_of({"甲": 20, "乙": 20}, 2, 15, 20, returned=20)
        assert found(result, "error") == ["E-17", "E-11", "E-26"]


class TestBeforeTheRules:
    """该日期无规则依据: only the numbers are checked, and nothing is blocked."""

    ON = date(2020, 7, 12)

    def test_nobody_is_derived_as_elected(self):
        result = result_of(FOUR, 3, 10, 23, returned=10, on=self.ON, candidates=())
        assert result.valid  # neither quorum nor margin is asked for
        assert (result.elected, result.tie, result.vacant, result.needed) == ((), (), 3, 0)
        assert (result.quorum.needed, result.quorum.met) == (0, True)
        assert {(each.rule, each.article) for each in result.findings} == {("", "")}
        assert "该日期无规则依据，只核对票数，不推算当选人" in texts(result)
        assert "有效" not in texts(result).replace("有效票", "")

    def test_every_outcome_is_undecided(self):
        assert set(outcomes(result_of(FOUR, 3, 19, on=self.ON, written={"戊": 1})).values()) == {"undecided"}

    def test_numbers_that_contradict_each_other_are_told(self):
        result = result_of(FOUR, 3, 19, returned=20, on=self.ON)
        assert not result.valid
        assert "收回选票 20 张，多于发出的 19 张；数目有误" in texts(result)

    def test_the_next_day_the_rules_decide(self):
        assert result_of(FOUR, 3, 19, on=date(2020, 7, 13)).elected == ("甲", "乙", "丙")

    def test_what_is_in_force_on_the_day_may_be_handed_in_as_well(self):
        count = count_of(FOUR, 3, 19)
        rules = shipped_rulebook()
        assert tally(count, rules.on(count.on)) == tally(count, rules)


class TestInput:
    @pytest.mark.parametrize(
        "change,said",
        [
            ({"due": -1}, "应到 -1"),
            ({"present": 100_001}, "实到 100001"),
            ({"returned": 10**9}, "收回选票 1000000000"),
            ({"seats": -3}, "应选名额 -3"),
            ({"candidates": (CandidateCount("甲", -1),)}, "甲 赞成 -1"),
            ({"write_ins": (WriteIn("戊", -1),)}, "戊 赞成 -1"),
            ({"candidates": (CandidateCount("甲"), CandidateCount("甲"))}, "同一个姓名出现两次（甲）"),
            ({"write_ins": (WriteIn("甲", 1),)}, "同一个姓名出现两次（甲）"),
            ({"write_ins": (WriteIn("戊", 1), WriteIn("戊", 1))}, "同一个姓名出现两次（戊）"),
            ({"candidates": (CandidateCount(" "),)}, "姓名是空的"),
        ],
    )
    def test_what_is_no_count_is_refused(self, change, said):
        with pytest.raises(UnreadableProblem) as caught:
            tally(replace(count_of(FOUR, 3, 19), **change), shipped_rulebook())
        assert said in str(caught.value)

    def test_a_hundred_thousand_is_still_a_number(self):
        assert result_of({"甲": 100_000, "乙": 0}, 1, 100_000).elected == ("甲",)
