"""What the papers say once ballots are counted: reports, tally, result, first meeting, register; the shapes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.ballots import WriteInLine
from branchbook.domain.people import FactKind, PersonFact, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import StepEntry
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.operations import operate
from branchbook.services.paper_choices import SpareBallots
from branchbook.services.printing import texts_of
from branchbook.services.settings import change_setting
from tests.services.election_printing import (
    counted,
    printed,
    rows_of,
    sheets,
    term,
    value,
    words,
)
from tests.services.election_sample import (
    BRANCH,
    LONG_NAME,
    candidates,
    election_book,
    entries,
    finished,
    held_round,
    name_of,
    person_id,
    term_election,
)
from tests.services.election_shapes import (
    by_election,
    by_election_of_secretary,
    general_branch_election,
    secretary_election,
)
from tests.services.printing_sample import ACTOR

# ---------------------------------------------------------------------------------------- counts


def test_the_slips_report_numbers_and_whether_they_fit():
    text = "".join(printed(term(), "slips"))
    assert "应到会有选举权的正式党员23名，实到会19名，缺席4名，达到应到会人数的五分之四" in text
    assert "发出19张" in text
    assert "收回的选票等于发出的选票，选举有效" in text
    assert "大会主持人丁一同志" in text
    assert "当众剪角作废" in text


def test_spare_ballots_are_kept_or_cut_as_the_book_says():
    made = election_book(term_election())
    change_setting(made.book, "spare_ballots", SpareBallots.KEEP, ACTOR)
    assert "留存3张备查" in words(made, "slips")


def test_more_ballots_than_voters_void_the_election_on_every_paper():
    """第二十七条: 收回 > 投票人数, 选举无效 (rules §12 case 23)."""
    void = held_round(((17, 2, 1), (15, 3, 2), (11, 7, 2), (9, 9, 2)), returned=20)
    made = counted(void)
    assert "收回的选票多于发出的选票，选举无效" in words(made, "slips")
    assert "本次选举无效，应重新选举" in words(made, "result")
    assert "当选为委员（" not in words(made, "result")


def test_the_result_says_who_is_elected_and_why_with_the_article():
    """rules §12 case 21: 23 due, 19 present, 11 for: elected by 实到, not by 应到."""
    text = "".join(printed(term(), "result"))
    assert (
        "应到会有选举权的党员23名，实到会19名；发出选票19张，收回选票19张，其中有效票19张，无效票0张" in text
    )
    assert "下列同志当选为委员（按姓氏笔画为序）：丁一、王小五、令狐少东。" in text
    assert "应到会有选举权23名，须不少于其4/5，即19名到会；实到19名，会议有效（基层组织选举工作条例）" in text
    assert "计票以实到会有选举权人数19名为基数，赞成票超过半数、即10票以上的当选" in text
    assert "待核实" in text
    assert "两种口径结果不同，请报上级确认" in text


def test_the_conflict_of_the_two_bases_is_told_on_the_tally_paper():
    """rules §2.2."""
    text = "".join(printed(term(), "tally_sheet"))
    assert "令狐少东：赞成11票" in text
    assert "两种口径结果不同，请报上级确认" in text
    clear = counted(held_round(((17, 1, 1), (15, 2, 2), (13, 4, 2), (9, 8, 2))))
    assert "两种口径" not in words(clear, "tally_sheet")


def test_votes_stand_in_order_of_votes_and_write_ins_below():
    main = held_round(
        ((9, 8, 2), (11, 6, 2), (15, 2, 2), (17, 1, 1)), write_ins=(WriteInLine("萧示17", 3, person_id(17)),)
    )
    (sheet,) = sheets(counted(main), "result")
    rows = rows_of(sheet, "candidates")
    assert [row["for"] for row in rows] == ["17", "15", "11", "9"]
    assert rows_of(sheet, "write_ins") == [{"other": "萧示17", "other_for": "3", "other_outcome": "未过半数"}]


def test_exactly_half_is_not_elected_and_said_so():
    """第二十八条: 超过半数."""
    main = held_round(((17, 1, 2), (15, 3, 2), (10, 8, 2), (9, 9, 2)), present=20, seats=3)
    text = words(counted(main), "result")
    assert "令狐少东 10 票，正好半数，不当选" in text
    assert "尚缺委员1名" in text


def test_a_tie_at_the_last_seat_is_told():
    """rules §12 case 25."""
    main = held_round(((16, 2, 2), (13, 5, 2), (12, 6, 2), (12, 6, 2)), present=20, seats=3)
    text = words(counted(main), "result")
    assert f"令狐少东、{LONG_NAME}得票相等，就票数相等的被选举人再次投票" in text
    assert "当选为委员（按姓氏笔画为序）：丁一、王小五。" in text


def test_seats_left_open_with_the_voters_consent_are_told():
    """rules §12 case 27: 10 of 20 agree."""
    main = held_round(((16, 2, 2), (13, 5, 2), (9, 9, 2), (8, 10, 2)), present=20, seats=3)
    agreed = counted(replace(main, consenting=10))
    assert "经选举人10名同意，减少名额1名，不再进行选举" in words(agreed, "result")
    refused = counted(replace(main, consenting=9))
    assert "尚缺委员1名" in words(refused, "result")


def test_before_the_count_the_names_stand_on_the_tally_sheet_and_no_numbers():
    made = election_book(term_election(rounds=()))
    committee, secretary, deputy = sheets(made, "tally_sheet")
    rows = rows_of(committee, "candidates")
    assert rows[0]["name"] == "丁一"
    assert all(row["for_count"] == "" for row in rows)
    assert secretary.title == "示例机关第一党支部书记选举计票单"
    assert deputy.title == "示例机关第一党支部副书记选举计票单"


# ------------------------------------------------------------------------------- after the count


def test_the_first_meeting_has_a_report_for_each_head():
    first, second = sheets(term(), "first_meeting_result")
    assert "第一次全体会议书记选举结果报告单" in first.title
    assert "应到会有选举权的委员3名，实到会3名" in words(term(), "first_meeting_result")
    assert "当选为副书记：王小五。" in "".join(texts_of(second))


def test_heads_wait_for_approval_until_the_reply():
    assert "书记、副书记待上级党组织批准" in words(term(), "division_of_work")
    assert "书记（待批）" in words(term(), "register")
    reply = StepEntry("result_reply", date(2026, 6, 5), {"outcome": "批准", "document": "机党〔2026〕30号"})
    made = election_book(term_election(steps=entries(result_reply=reply)))
    assert "待批" not in words(made, "register")
    assert "待上级党组织批准" not in words(made, "division_of_work")
    assert len(sheets(made, "reply")) == 3


def test_a_refused_secretary_is_not_said_to_wait_for_approval():
    """支部工作条例 (B-38): the reply has come."""
    reply = StepEntry("result_reply", date(2026, 6, 5), {"outcome": "不批准", "document": "机党〔2026〕30号"})
    made = election_book(term_election(steps=entries(result_reply=reply)))
    assert "书记（未获批准）" in words(made, "register")
    assert "待批" not in words(made, "register")
    assert "书记、副书记未获上级党组织批准" in words(made, "division_of_work")


def test_who_was_elected_and_has_no_share_of_the_work_is_in_the_lists():
    """The committee has as many members as were elected, whatever is divided among them."""
    whole = term_election()
    made = election_book(replace(whole, assignments=whole.assignments[:2]))
    names = [row["name"] for row in rows_of(sheets(made, "division_of_work")[0], "rows")]
    assert names == [row["name"] for row in rows_of(sheets(term(), "division_of_work")[0], "rows")]
    assert rows_of(sheets(made, "register")[0], "new")[2]["post"] == "委员"


def test_a_chief_scrutineer_named_twice_is_one_person():
    method = term_election().entry("method")
    chief = method.people["scrutineers"][:1]
    named = replace(method, people={**method.people, "chief_scrutineer": chief})
    made = election_book(term_election(steps=entries(method=named)))
    names = [row["name"] for row in rows_of(sheets(made, "scrutineers")[0], "rows")]
    assert len(names) == len(set(names))


def test_a_candidate_is_shown_with_the_post_held_before_the_election():
    """现任党内职务: what the election led to is no post yet when candidates are introduced (第二十一条)."""
    made = election_book(term_election())
    elected_on = made.procedure.done_on("count")
    assert elected_on is not None
    with operate(made.book, ACTOR, "任职") as operating:
        since = (uuid4(), person_id(2), FactKind.POST, Post.COMMITTEE_MEMBER, elected_on)
        operating.writing.put(PersonFact(*since, organisation_id=BRANCH))
    rows = {row["name"]: row["party_post"] for row in rows_of(sheets(made, "candidate_roster")[0], "rows")}
    assert (rows[name_of(0)], rows[name_of(2)]) == ("书记", "")


def test_the_report_tells_votes_and_who_serves():
    text = words(term(), "result_report")
    assert "丁一得赞成票17票、不赞成票1票、弃权票1票" in text
    assert "另选他人萧示17得2票" in text
    assert "丁一、王小五、令狐少东同志当选为委员" in text
    assert "丁一任书记，王小五任副书记，令狐少东任宣传委员" in text
    assert "请予备案；书记、副书记当选结果请批复" in text


def test_the_register_has_the_meeting_the_former_and_the_new_board():
    (sheet,) = sheets(term(), "register")
    assert value(sheet, "voters") == "23"
    assert value(sheet, "sent") == "何示派"
    former = [(row["former_name"], row["former_post"]) for row in rows_of(sheet, "former")]
    assert former == [("丁一", "书记"), ("王小五", "组织委员"), ("陈示09", "宣传委员")]
    changes = [row["former_change"] for row in rows_of(sheet, "former")]
    assert changes == ["继续当选", "继续当选", ""], "why somebody left is not known and not invented"
    assert rows_of(sheet, "new")[0]["duty"] == "主持全面工作"


def test_the_handbook_of_the_year_has_the_register_of_a_finished_election_only():
    """Handbook part 5, 换届改选情况 (forms F)."""
    for procedure, year, wanted in (
        (finished(term_election()), 2026, 1),
        (finished(term_election()), 2025, 0),
        (term_election(), 2026, 0),
    ):
        made = election_book(procedure)
        with made.book.reading() as reading:
            found = handbook(reading, HandbookRequest(BRANCH, year, date(2026, 12, 1)))
        registers = [each for each in found.sections if each.part == "election_register"]
        assert len(registers) == wanted
        if wanted:
            assert "丁一" in "".join(texts_of(registers[0].section.sheet))


# -------------------------------------------------------------------------------------- the shapes


def test_a_branch_without_a_committee_elects_its_secretary_in_the_meeting():
    made = election_book(secretary_election(), members=6)
    assert "正式党员不足7名，不设支部委员会" in words(made, "request")
    assert "设书记1名，候选人按应选人数提名" in words(made, "request")
    assert "副书记" not in words(made, "request").replace("书记、副书记候选人", "")
    assert "中共示例机关第一支部书记选票" in words(made, "ballot_secretary")
    assert "下列同志当选为书记：丁一。" in words(made, "result")
    with pytest.raises(RefusedProblem) as caught:
        sheets(made, "ballot")
    assert "不设委员会的选举没有“委员选票”" in caught.value.what


def test_a_by_election_tells_the_vacancy_and_asks_for_the_record_only():
    made = election_book(by_election())
    assert "因郭示09同志调离，宣传委员空缺，现需补选" in words(made, "request")
    assert "补选委员选票" in words(made, "ballot")
    assert "特此报告，请予备案。" in words(made, "result_report")


def test_a_secretary_is_by_elected_in_the_committee():
    made = election_book(by_election_of_secretary())
    assert "补选书记1名，候选人按应选人数提名" in words(made, "request")
    assert "党员大会" not in words(made, "request")
    assert "书记由支部委员会全体会议选举" in words(made, "request")
    agenda = words(made, "first_meeting_agenda")
    assert "第一次" not in agenda
    assert "王小五同志当选为书记，报上级党组织批准" in agenda
    assert "副书记" not in agenda
    assert "下列同志当选为书记：王小五。" in words(made, "first_meeting_result")
    assert "第一次" not in words(made, "first_meeting_method")
    assert "党员大会" not in words(made, "result_report")
    with pytest.raises(RefusedProblem):
        sheets(made, "agenda")


def test_a_general_branch_has_its_own_words():
    made = election_book(general_branch_election())
    assert "中共示例机关总支部委员会" in words(made, "request")
    assert "新一届总支部委员会第一次全体会议" in words(made, "first_meeting_agenda")
    (ballot,) = sheets(made, "ballot")
    assert isinstance(ballot.paper.layout, Ballots)
    assert ballot.paper.layout.seal == "（党总支盖章）"
    assert "联系党支部" in "".join(printed(made, "division_of_work"))
    assert "支部书记" not in "".join(printed(made, "not_counted"))


def test_those_elected_are_announced_by_strokes_a_write_in_among_them():
    """第三十条: 当选名单 of a committee by 姓氏笔画."""
    main = held_round(
        ((17, 1, 1), (5, 12, 2), (15, 2, 2), (5, 12, 2)),
        write_ins=(WriteInLine("卜示例", 11, person_id(18)),),
    )
    text = words(counted(main), "result")
    assert "（按姓氏笔画为序）：丁一、卜示例、令狐少东。" in text
    assert "现在宣布当选名单（按姓氏笔画为序）：丁一、卜示例、令狐少东。" in words(counted(main), "agenda")


def test_no_paper_says_strokes_of_an_order_that_was_set_by_hand():
    turned = tuple(reversed(candidates(4, heads=False)))
    by_hand = tuple(replace(each, manual_reason="上级批复已定次序") for each in turned)
    made = election_book(term_election(candidates=by_hand, rounds=()))
    for key in ("ballot", "candidates_request", "candidate_roster"):
        assert "姓氏笔画" not in words(made, key)
        assert "姓氏笔画" in words(term(), key)


def test_the_chair_says_what_is_elected_in_this_meeting():
    assert "本次选举委员，应选3名。" in words(term(), "agenda")
    alone = election_book(secretary_election(), members=6)
    assert "本次选举书记，应选1名。" in words(alone, "agenda")
    assert "书记候选人以上级党组织批准的顺序为序" in words(alone, "method")
    assert "副书记" not in words(alone, "method")


def test_votes_for_somebody_whom_the_roster_does_not_know_count_for_nobody():
    """第五条: only a full member of the branch can be elected; so says the screen, and so the paper."""
    main = held_round(
        ((17, 1, 1), (5, 12, 2), (15, 2, 2), (5, 12, 2)), write_ins=(WriteInLine("无此人", 11),)
    )
    (sheet,) = sheets(counted(main), "result")
    assert rows_of(sheet, "write_ins")[0]["other_outcome"] == "不计"
    assert "当选为委员（按姓氏笔画为序）：丁一、令狐少东。" in words(counted(main), "result")
