"""How papers word what they say: who is counted in a vote, which organisation a post belongs to, what comes first."""

from dataclasses import replace
from datetime import date, time

import pytest

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.papers import GridRows, Paragraph
from branchbook.domain.people import FactKind, PersonFact, Post
from branchbook.domain.records import DecisionKind, Record, Vote
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.paper_words import within_general_branch
from branchbook.services.vote_lines import cited
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    GENERAL_BRANCH,
    PEOPLE,
    TODAY,
    Sample,
    attendance,
    identity,
    item,
    meeting,
    sample,
)


def minutes(record: Record) -> list[str]:
    made, paper = sample(), kind_of(record.kind).paper
    save_record(made.book, record, ACTOR)
    finalise(made.book, record.id, ACTOR)
    with made.book.reading() as reading:
        sheet = sheet_for(reading, PaperRequest(paper, TODAY, record_id=record.id))
    found = (sheet.values or {})["minutes"]
    return [each.text for each in found if isinstance(each, Paragraph)]


def voted(kind: str, vote: Vote, *, present: range = range(11)) -> str:
    record = meeting(
        f"表决{kind}{vote.decision}",
        (kind,),
        date(2026, 4, 16),
        subject="表决",
        attendance=attendance(present),
        agenda=(item("一件事", vote=vote),),
    )
    return minutes(record)[-1]


def test_a_vote_names_whom_its_base_counts():
    """支部工作条例 第十一条: of those due with the right to vote, who are fewer than all who are due."""
    said = voted("general_meeting", Vote(votes_for=9, votes_against=1, abstentions=1))
    assert said.endswith(
        "赞成须超过应到会有表决权党员11名的半数，即至少6票；通过。依据：支部工作条例第十一条。"
    )


def test_a_committees_vote_is_measured_by_its_members():
    vote = Vote(votes_for=3, votes_against=1, decision=DecisionKind.COMMITTEE)
    said = voted("committee_meeting", vote, present=range(4))
    assert "赞成须超过应到会委员" in said
    assert "有表决权" not in said


def test_exactly_half_of_those_due_does_not_pass_and_says_so():
    said = voted("general_meeting", Vote(votes_for=5, votes_against=5), present=range(10))
    assert "10名的半数，即至少6票；正好半数，未通过。" in said


@pytest.mark.parametrize(
    "article, printed",
    [
        ("支部工作条例 第十一条", "依据：支部工作条例第十一条。"),
        ("发展党员工作细则（2026） 第十九条（待核实）", "依据：发展党员工作细则（2026）第十九条（待核实）。"),
        ("", ""),
    ],
)
def test_an_article_stands_without_brackets_round_brackets(article: str, printed: str):
    assert cited(article) == printed


def test_items_are_numbered_only_where_there_are_several():
    one = meeting("一题", ("general_meeting",), date(2026, 4, 16), agenda=(item("只有一题", (0, "说。")),))
    two = replace(one, id=identity("两题"), agenda=(item("甲", (0, "说。")), item("乙", (1, "说。"))))
    assert minutes(one)[0] == "只有一题"
    assert [line for line in minutes(two) if "、" in line] == ["一、甲", "二、乙"]


def with_post_above() -> Sample:
    """The organisation member of the branch is the general branch's secretary too."""
    made = sample()
    fact = PersonFact(
        identity("党总支书记"),
        PEOPLE[2],
        FactKind.POST,
        Post.SECRETARY,
        date(2025, 1, 1),
        None,
        GENERAL_BRANCH,
    )
    with operate(made.book, ACTOR, "任职") as operating:
        operating.writing.put(fact)
    return made


def posts(made: Sample, organisation_id: object) -> dict[str, str]:
    request = PaperRequest("member_roster", TODAY, organisation_id=organisation_id)  # type: ignore[arg-type]
    with made.book.reading() as reading:
        values = sheet_for(reading, request).values or {}
    rows = values["rows"]
    assert isinstance(rows, tuple)
    found: GridRows = tuple(row for row in rows if isinstance(row, dict))
    return {row["name"]: row["party_post"] for row in found}


def test_a_post_elsewhere_says_in_what_organisation():
    """Somebody who is secretary twice is not 书记、书记: the post of the other organisation names it."""
    made = with_post_above()
    in_branch, in_general_branch = posts(made, BRANCH), posts(made, GENERAL_BRANCH)
    assert in_branch["孙丙三"] == "组织委员、党总支书记"
    assert in_general_branch["孙丙三"] == "书记、支部组织委员"
    assert in_branch["周戊五"] == in_general_branch["周戊五"] == "党小组组长"


def test_a_branchs_name_is_not_said_in_full_on_its_general_branchs_papers():
    assert within_general_branch("示例机关第一党支部", "示例机关党总支") == "第一党支部"
    assert within_general_branch("另一处党支部", "示例机关党总支") == "另一处党支部"
    assert within_general_branch("第一党小组", "示例机关第一党支部") == "第一党小组"


def test_two_meetings_of_one_day_stand_in_the_order_of_their_hours():
    made = sample()
    for hour in (16, 9, 14):
        record = meeting(
            f"{hour}时",
            ("general_meeting",),
            date(2026, 4, 16),
            starts_at=time(hour),
            ends_at=None,
            agenda=(item("议"),),
        )
        save_record(made.book, replace(record, subject=f"{hour}时的会"), ACTOR)
        finalise(made.book, record.id, ACTOR)
    with made.book.reading() as reading:
        found = handbook(reading, HandbookRequest(BRANCH, 2026, TODAY))
    listed = [each.section.bookmark for each in found.sections if "时的会" in each.section.bookmark]
    assert [each.split("　")[-1] for each in listed] == ["9时的会", "14时的会", "16时的会"]


def paragraphs(value: object) -> list[str]:
    assert isinstance(value, tuple)
    return [each.text for each in value if isinstance(each, Paragraph)]


def test_a_blank_notice_has_its_headings_and_no_invented_value():
    """What is written by hand has room under its heading; what is asked of the members stands there."""
    made = sample()
    with made.book.reading() as reading:
        request = PaperRequest("meeting_notice", TODAY, organisation_id=BRANCH, blank=True)
        notice = sheet_for(reading, request).values or {}
        slip = sheet_for(reading, replace(request, paper="meeting_notice_slip")).values or {}
    text = paragraphs(notice["body"])
    headings = [line for line in text if line[1:2] == "、"]
    assert headings == ["一、会议时间", "二、会议地点", "三、参会人员", "四、会议议题", "五、有关要求"]
    assert "signed_by" not in notice
    said = "".join((*text, *paragraphs(slip["body"]), str(notice["title"]), str(notice["signed_on"])))
    assert not any(figure in said for figure in "0123456789")
    assert "示例" not in said
    assert paragraphs(slip["body"])[1:3] == ["地点：", "议题："]


def test_a_lesson_is_given_and_a_meeting_is_called():
    made = sample()
    with made.book.reading() as reading:
        request = PaperRequest("meeting_notice", TODAY, record_id=made.records["day_and_lesson"])
        values = sheet_for(reading, request).values or {}
    assert values["title"] == "关于开展“弘扬优良作风”主题党日的通知"
    assert paragraphs(values["body"])[1] == "一、时间"


def test_a_resolution_says_the_votes_and_cites_no_article():
    """What the minutes found the count on does not stand in a document that goes out."""
    made = sample()
    with made.book.reading() as reading:
        request = PaperRequest("resolution_document", TODAY, record_id=made.records["general"])
        text = paragraphs((sheet_for(reading, request).values or {})["body"])
    assert text[1].startswith("会议表决结果：举手表决，赞成8票")
    assert "依据" not in "".join(text)
