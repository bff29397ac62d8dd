"""The papers of an election filled from its procedure: every fact where it belongs, blanks for the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branchbook.catalogue.papers_list import ELECTION_PAPERS
from branchbook.domain.ballot_papers import Ballots, BallotStyle
from branchbook.domain.ballots import Ballot
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, AttachmentKind
from branchbook.domain.tally import WriteInWithoutAgainst
from branchbook.services.operations import operate
from branchbook.services.paper_choices import BallotsPerSheet
from branchbook.services.settings import change_setting
from tests.services.election_printing import (
    LONG_REASON,
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
    ELECTION,
    LONG_NAME,
    MAIN,
    candidates,
    election_book,
    held_round,
    term_election,
    voters,
)
from tests.services.printing_sample import ACTOR

# ------------------------------------------------------------------------------------- requests


def test_the_request_tells_the_term_the_members_and_the_places():
    text = words(term(), "request")
    assert "本届支部委员会于2023年5月25日选举产生，任期3年，至2026年5月25日任期届满" in text
    assert "拟于2026年5月20日召开党员大会" in text
    assert "现有党员24名，其中正式党员23名、预备党员1名" in text
    assert "设委员3名，其中书记1名、副书记1名。委员候选人4名，差额1名" in text
    assert "联系人：王小五　电话：0531-000001" in text
    assert "不计入" not in text, "nobody is to be left out of 应到"


def test_what_is_not_recorded_is_a_blank_and_never_none():
    bare = Procedure(ELECTION, "term_election", BRANCH, date(2025, 12, 1))
    made = election_book(bare)
    for paper in ELECTION_PAPERS:
        text = words(made, paper.key.removeprefix("election:"))
        assert "None" not in text
    assert "设委员＿＿名" in words(made, "request")
    assert "拟于＿＿＿年＿＿月＿＿日召开党员大会" in words(made, "request")


def test_members_to_be_left_out_of_the_count_are_told_and_attached():
    made = election_book(term_election(voters=voters(23, excluded=2)))
    text = words(made, "request")
    assert "拟不计入本次选举应到会人数的党员2名" in text
    assert "不计入选举应到会人数人员名单" in text


def test_candidates_stand_in_the_order_of_the_procedure():
    names = "丁一、王小五、令狐少东、阿卜杜热合曼·买买提明"
    assert f"{names}4名同志为委员候选人预备人选，差额1名" in words(term(), "candidates_request")
    order = [row["name"] for row in rows_of(sheets(term(), "candidate_roster")[0], "rows")]
    assert "、".join(order) == names
    turned = election_book(term_election(candidates=tuple(reversed(candidates(4, heads=False)))))
    order = [row["name"] for row in rows_of(sheets(turned, "ballot")[0], "candidates")]
    assert order[0] == "丁一", "a ballot that was held keeps its own order"
    expected = election_book(term_election(candidates=tuple(reversed(candidates(4, heads=False))), rounds=()))
    order = [row["name"] for row in rows_of(sheets(expected, "ballot")[0], "candidates")]
    assert order == list(reversed(names.split("、")))


def test_who_withdrew_stands_on_no_paper():
    away = replace(candidates(5)[4], withdrawn_reason="本人提出不再参选")
    made = election_book(term_election(candidates=(*candidates(4), away), rounds=()))
    assert away.name not in words(made, "ballot")
    assert away.name not in words(made, "candidate_roster")


def test_the_candidates_table_has_what_the_roster_knows_and_no_identity_number():
    (sheet,) = sheets(term(), "candidate_roster")
    first = rows_of(sheet, "rows")[0]
    assert first["born_on"] == "1975.04（51岁）"
    assert first["education"] == "大学本科（学士）"
    assert first["nominated"] == "委员、书记"
    assert "identity_number" not in first
    assert "address" not in first


def test_each_candidate_has_a_profile_to_be_completed_by_hand():
    """第二十一条: 简历、工作实绩、主要优缺点."""
    profiles = sheets(term(), "candidate_profiles")
    assert [value(sheet, "name") for sheet in profiles] == ["丁一", "王小五", "令狐少东", LONG_NAME]
    assert all(not value(sheet, "career") for sheet in profiles)
    assert all(len(text) > 40 for text in printed(term(), "candidate_profiles"))


def test_each_reply_is_registered_on_a_sheet_of_its_own():
    first, second = sheets(term(), "reply")
    assert value(first, "document") == "机党〔2026〕14号"
    assert value(first, "seats") == "3名"
    assert value(second, "document") == "机党〔2026〕21号"
    assert value(second, "order_secretary") == "1．丁一"


def test_the_scan_of_a_reply_is_named_where_it_is_registered():
    made = election_book(term_election())
    with operate(made.book, ACTOR, "添加附件") as operating:
        sha256 = operating.writing.keep_content(b"a scan")
        operating.writing.put(
            Attachment(ELECTION, ELECTION, AttachmentKind.OTHER, "批复14号.pdf", sha256, 6, "application/pdf")
        )
    assert "批复14号.pdf" in words(made, "reply")


# --------------------------------------------------------------------------------------- voters


def test_the_list_of_those_not_counted_has_reasons_and_both_approvals():
    """rules §2.3: 上级同意 and 大会通过; without a right to elect neither is needed."""
    made = election_book(term_election(voters=voters(23, excluded=1)))
    (sheet,) = sheets(made, "not_counted")
    excluded, probationary = rows_of(sheet, "rows")
    assert "卧床" in excluded["reason"]
    assert excluded["higher"] == "机党〔2026〕9号\n2026年5月8日"
    assert excluded["meeting"] == "通过\n2026年5月20日"
    assert probationary["reason"] == "预备党员没有选举权（选举条例 第五条）"
    assert probationary["higher"] == probationary["meeting"] == "—"
    assert value(sheet, "due") == "23名"


def test_what_the_roster_notes_of_rights_that_are_kept_is_no_reason():
    """A warning takes no right to elect; it has no place on a list that hangs in the meeting."""
    (excluded,) = (each for each in voters(23, excluded=1) if each.exclusion)
    noted = replace(excluded, reason="受警告处分，权利不变")
    made = election_book(term_election(voters=(*voters(23), noted)))
    assert noted.name in words(made, "not_counted")
    assert "警告" not in words(made, "not_counted")


def test_after_the_count_is_frozen_an_exclusion_without_approval_is_none():
    (excluded,) = (each for each in voters(23, excluded=1) if each.exclusion)
    unapproved = replace(excluded, approved_by_meeting=False)
    frozen = election_book(term_election(voters=(*voters(23), unapproved)))
    assert unapproved.name not in words(frozen, "not_counted")
    open_ = election_book(term_election(voters=(*voters(23), unapproved), voters_frozen_on=None, rounds=()))
    assert unapproved.name in words(open_, "not_counted")


def test_forty_one_on_the_list_with_long_reasons_run_on_and_nobody_is_lost():
    made = election_book(term_election(voters=voters(60, barred=41, reason=LONG_REASON)), members=61)
    pages = printed(made, "not_counted")
    assert len(pages) > 1
    assert all("不计入的原因" in page for page in pages)
    assert all("".join(pages).count(f"冯示{number:02}") == 1 for number in range(1, 42))
    assert "".join(pages).count("仅持临时证明") == 41


# --------------------------------------------------------------------------------------- ballots


def test_the_ballot_names_seats_candidates_margin_and_day():
    text = "".join(printed(election_book(term_election(rounds=(), candidates=candidates(3))), "ballot"))
    assert text.count("应选3名，候选人3名，差额0名") == 2
    assert text.count("中共示例机关第一支部委员会委员选票") == 2
    assert text.count("2026年5月20日") == 2
    for name in ("丁一", "王小五", "令狐少东"):
        assert text.count(name) == 2


def test_no_name_of_a_voter_and_no_total_stands_on_a_ballot():
    text = "".join(printed(term(), "ballot"))
    assert "史示" not in text
    assert "17" not in text.replace("2026", "")


def test_a_name_of_eleven_characters_stands_whole_on_the_ballot():
    assert LONG_NAME in "".join(printed(term(), "ballot"))


def test_fifteen_candidates_fit_their_ballot_and_their_tally_sheet():
    marks = tuple((30 - place, 20 + place, 3) for place in range(15))
    main = held_round(marks, due=60, present=56, seats=11, invalid=3)
    made = election_book(
        term_election(voters=voters(60), candidates=candidates(15), rounds=(main,)), members=61
    )
    assert len(printed(made, "ballot")) == 1
    tally = "".join(printed(made, "tally_sheet"))
    assert all(tally.count(line.name) >= 1 for line in main.lines)
    (sheet,) = sheets(made, "result")
    assert len(rows_of(sheet, "candidates")) == 15


@pytest.mark.parametrize("style", list(BallotStyle))
@pytest.mark.parametrize("per_sheet", list(BallotsPerSheet))
def test_the_ballot_follows_the_book_s_settings(style, per_sheet):
    """Forms I3 8: 甲乙式, 另选空格数, 每张几份."""
    made = election_book(term_election(rounds=(), candidates=candidates(3)))
    for key, setting in (
        ("ballot_style", style),
        ("ballots_per_sheet", per_sheet),
        ("ballot_write_ins", 2),
        ("ballot_colour_note", False),
    ):
        change_setting(made.book, key, setting, ACTOR)
    (sheet,) = sheets(made, "ballot")
    layout = sheet.paper.layout
    assert isinstance(layout, Ballots)
    assert (layout.style, layout.write_ins) == (style, 2)
    pages = printed(made, "ballot")
    assert len(pages) == 1
    assert pages[0].count("委员选票") == (1 if per_sheet == BallotsPerSheet.ONE else 2)
    assert "纸印制" not in pages[0]
    assert ("打" not in pages[0]) or style == BallotStyle.TABLE
    assert ("“√”" in pages[0]) == (style == BallotStyle.TABLE)
    assert ("“○”" in pages[0]) == (style == BallotStyle.CELLS)


def test_the_method_and_the_chair_explain_the_form_that_is_printed():
    made = election_book(term_election())
    assert "画“○”" in words(made, "method")
    assert "画“○”" in words(made, "agenda")
    change_setting(made.book, "ballot_style", BallotStyle.TABLE, ACTOR)
    for key in ("method", "agenda", "first_meeting_method"):
        assert "三栏" in words(made, key)
        assert "○" not in words(made, key)


def test_what_a_lone_name_is_worth_is_the_same_on_every_paper():
    """第二十五条; places differ, the book's setting (待核实)."""
    made = election_book(term_election())
    assert all("所写部分无效" in words(made, key) for key in ("method", "ballot", "first_meeting_method"))
    change_setting(made.book, "write_in_without_against", WriteInWithoutAgainst.COUNT, ACTOR)
    assert all("按另选计票" in words(made, key) for key in ("method", "ballot", "first_meeting_method"))


def test_as_many_places_for_others_as_seats_unless_the_book_says_otherwise():
    (sheet,) = sheets(term(), "ballot")
    assert isinstance(sheet.paper.layout, Ballots)
    assert sheet.paper.layout.write_ins == 3


def test_ballots_of_different_offices_are_to_be_printed_on_different_paper():
    assert "用白色纸印制" in words(term(), "ballot")
    assert "用粉色纸印制" in words(term(), "ballot_secretary")
    assert "用黄色纸印制" in words(term(), "ballot_deputy")


def test_a_further_ballot_and_a_tie_ballot_are_ballots_of_their_own():
    further = held_round(((12, 7, 0), (6, 13, 0)), seats=1, first=2, ballot=Ballot.FURTHER)
    made = counted(MAIN, further)
    main, second = sheets(made, "ballot")
    assert "另行选举" in value(second, "subtitle")
    assert value(main, "subtitle") == ""
    titles = [sheet.title for sheet in sheets(made, "result")]
    assert titles == ["示例机关第一党支部委员选举结果报告单", "示例机关第一党支部委员另行选举结果报告单"]
