"""Sign-in sheets, notices, receipts and resolutions."""

from datetime import date

import pytest

from branchbook.domain.papers import Paragraph, Sheet
from branchbook.domain.problems import RefusedProblem
from branchbook.services.meetings import finalise, save_record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for, sheets_for
from branchbook.services.paper_values_documents import FULL_PAGE, resolution_title
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    NAMES,
    TODAY,
    Sample,
    item,
    meeting,
    sample,
)


@pytest.fixture(scope="module")
def year() -> Sample:
    return sample()


def printed(year: Sample, paper: str, name: str) -> Sheet:
    with year.book.reading() as reading:
        return sheet_for(reading, PaperRequest(paper, TODAY, record_id=year.records[name]))


def names(sheet: Sheet) -> list[str]:
    return [row["name"] for row in (sheet.values or {})["rows"] if isinstance(row, dict) and row.get("name")]


def body(sheet: Sheet) -> list[str]:
    return [part.text for part in (sheet.values or {})["body"] if isinstance(part, Paragraph)]


def test_the_sign_in_sheet_has_the_names_of_those_due_and_no_signature(year):
    sheet = printed(year, "sign_in_sheet", "general")
    assert sheet.title == "示例第一党支部党员大会签到表"
    assert names(sheet) == list(NAMES[:11])
    assert all("signature" not in row for row in (sheet.values or {})["rows"] if isinstance(row, dict))
    assert (sheet.values or {})["due"] == "11"


def test_a_sign_in_sheet_fills_its_page(year):
    assert len((printed(year, "sign_in_sheet", "committee").values or {})["rows"]) == FULL_PAGE


def test_without_a_meeting_the_names_come_from_the_roster_of_the_day(year):
    with year.book.reading() as reading:
        now = sheet_for(reading, PaperRequest("sign_in_sheet", TODAY, organisation_id=BRANCH))
        then = sheet_for(reading, PaperRequest("sign_in_sheet", date(2026, 3, 1), organisation_id=BRANCH))
        blank = sheet_for(reading, PaperRequest("sign_in_sheet", TODAY, organisation_id=BRANCH, blank=True))
    assert (len(names(now)), len(names(then))) == (12, 11)
    assert "due" not in (now.values or {})
    assert blank.values is None


def test_a_notice_says_when_where_who_and_what_about(year):
    """GB/T 9704: addressee, body with 一、 headings, signature; its date is written by hand."""
    sheet = printed(year, "meeting_notice", "general")
    values = sheet.values or {}
    assert values["title"] == "关于召开支部党员大会的通知"
    assert values["addressee"] == "各党小组、全体党员："
    text = body(sheet)
    assert text[:3] == [
        "经研究，定于2026年3月19日召开支部党员大会。现将有关事项通知如下：",
        "一、会议时间",
        "2026年3月19日15:00—16:30。",
    ]
    assert {"二、会议地点", "三、参会人员", "四、会议议题", "1．推荐年度优秀共产党员；"} <= set(text)
    assert values["signed_by"] == "示例第一党支部"


def test_a_committees_notice_goes_to_its_members(year):
    sheet = printed(year, "meeting_notice", "committee")
    assert (sheet.values or {})["addressee"] == "各位委员："


def test_points_without_an_answer_are_left_out_and_the_others_counted_on(year):
    made = sample(without=frozenset({"general"}))
    record = meeting("未定", ("general_meeting",), date(2026, 12, 1), venue="", agenda=())
    save_record(made.book, record, ACTOR)
    text = body(printed(Sample(made.book, {"record": record.id}), "meeting_notice", "record"))
    assert [line for line in text if line[1:2] == "、"] == ["一、会议时间", "二、参会人员", "三、有关要求"]


def test_a_slip_fits_in_a_few_lines(year):
    text = body(printed(year, "meeting_notice_slip", "general"))
    assert text[0] == "定于2026年3月19日15:00—16:30召开支部党员大会，请准时参加。"
    assert len(text) == 4


def test_a_receipt_has_the_names(year):
    assert names(printed(year, "meeting_receipt", "general")) == list(NAMES[:11])


def test_a_resolution_is_dated_with_the_day_it_was_passed(year):
    """The date is that of passing, not of writing."""
    sheet = printed(year, "resolution_document", "general")
    assert sheet.title == "关于推荐年度优秀共产党员的决议"
    values = sheet.values or {}
    assert values["subtitle"] == "2026年3月19日示例第一党支部党员大会通过"
    assert values["signed_on"] == "2026年3月19日"
    text = "\n".join(body(sheet))
    assert "应到11名，实到9名" in text
    assert "推荐周戊五同志为年度优秀共产党员人选，报上级党组织。" in text
    assert "责任人" not in text


def test_each_item_has_its_own_resolution_and_one_can_be_chosen():
    made = sample(without=frozenset({"general"}))
    items = (
        item("第一件事", resolved="同意第一件事。"),
        item("没有决议的事"),
        item("第三件事", resolved="同意。"),
    )
    record = meeting("两项", ("general_meeting",), date(2026, 4, 2), agenda=items)
    save_record(made.book, record, ACTOR)
    finalise(made.book, record.id, ACTOR)
    with made.book.reading() as reading:
        both = sheets_for(reading, PaperRequest("resolution_document", TODAY, record_id=record.id))
        third = sheets_for(reading, PaperRequest("resolution_document", TODAY, record_id=record.id, item=3))
    assert [sheet.title for sheet in both] == ["关于第一件事的决议", "关于第三件事的决议"]
    assert [sheet.title for sheet in third] == ["关于第三件事的决议"]


def test_a_meeting_without_resolutions_has_no_such_paper():
    made = sample(without=frozenset({"general"}))
    record = meeting("无决议", ("general_meeting",), date(2026, 4, 2), agenda=(item("通报情况"),))
    save_record(made.book, record, ACTOR)
    with made.book.reading() as reading, pytest.raises(RefusedProblem) as caught:
        sheets_for(reading, PaperRequest("resolution_document", TODAY, record_id=record.id))
    assert "没有通过决议" in str(caught.value)


@pytest.mark.parametrize(
    "item_title, title",
    [
        ("推荐先进", "关于推荐先进的决议"),
        ("关于推荐先进", "关于推荐先进的决议"),
        ("通过工作报告的决议", "关于通过工作报告的决议"),
    ],
)
def test_a_title_says_neither_word_twice(item_title, title):
    assert resolution_title(item_title) == title


def test_a_record_is_titled_with_its_own_year_whatever_year_is_asked_for(year):
    request = PaperRequest("committee_meeting_minutes", TODAY, record_id=year.records["committee"], year=2030)
    with year.book.reading() as reading:
        assert sheet_for(reading, request).title == "示例第一党支部2026年3月支委会记录"
