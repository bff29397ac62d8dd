"""Values of records' papers: names as written, numbers as frozen, every vote with its arithmetic."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from branchbook.domain.papers import Paragraph, ParagraphStyle, RecordTable, Sheet
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attendance, Exclusion, Presence, Record, Vote
from branchbook.services.meetings import correct, finalise, save_record
from branchbook.services.operations import Actor, operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_changes import row_key
from branchbook.services.paper_sheets import sheet_for
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    NAMES,
    PEOPLE,
    TODAY,
    Sample,
    attendance,
    general_meeting,
    item,
    meeting,
    sample,
)


@pytest.fixture(scope="module")
def year() -> Sample:
    return sample()


def printed(year: Sample, paper: str, name: str, kind: str = "") -> Sheet:
    with year.book.reading() as reading:
        return sheet_for(reading, PaperRequest(paper, TODAY, record_id=year.records[name], kind=kind))


def text(sheet: Sheet, key: str) -> str:
    value = (sheet.values or {})[key]
    if isinstance(value, str):
        return value
    return "\n".join(f"{p.lead}|{p.text}" if p.lead else p.text for p in value if isinstance(p, Paragraph))


def keys(sheet: Sheet) -> list[str]:
    layout = sheet.paper.layout
    assert isinstance(layout, RecordTable)
    return [row_key(row) for row in layout.rows]


def put(record: Record) -> Sample:
    """A book with this one record, finalised."""
    made = sample(without=frozenset({"general"}))
    save_record(made.book, record, ACTOR)
    finalise(made.book, record.id, ACTOR)
    return Sample(made.book, {"record": record.id})


def test_the_head_says_when_where_and_who(year):
    sheet = printed(year, "general_meeting_minutes", "general")
    assert sheet.title == "示例第一党支部党员大会记录"
    assert text(sheet, "time") == "2026年3月19日15:00—16:30"
    assert text(sheet, "venue") == "示例楼三层会议室"
    assert text(sheet, "chair") == "赵甲一"
    assert text(sheet, "minute_taker") == "孙丙三"


def test_numbers_are_those_frozen_when_it_was_finalised(year):
    sheet = printed(year, "general_meeting_minutes", "general")
    assert [text(sheet, key) for key in ("due", "present", "due_votes", "present_votes")] == [
        "11",
        "9",
        "11",
        "9",
    ]


def test_a_later_change_of_the_roster_changes_no_number_and_no_name(year):
    book = sample().book
    person = replace(Person(PEOPLE[7], "王辛八"), name="王改名", position=7)
    with operate(book, ACTOR, "改名") as operating:
        operating.writing.put(person)
    sheet = printed(Sample(book, year.records), "general_meeting_minutes", "general")
    assert "王辛八" in text(sheet, "absent")
    assert text(sheet, "due") == "11"


def test_absence_has_its_reason_and_its_make_up_study(year):
    sheet = printed(year, "general_meeting_minutes", "general")
    assert text(sheet, "absent") == "王辛八（请假：公差）；冯壬九（缺席；补课：3月28日）"


def test_nobody_absent_and_no_observer_is_said(year):
    sheet = printed(year, "committee_meeting_minutes", "committee")
    assert (text(sheet, "absent"), text(sheet, "observers")) == ("无", "无")


def test_observers_stand_with_their_posts(year):
    assert (
        text(printed(year, "general_meeting_minutes", "general"), "observers")
        == "何列席（示例机关党委组织员）"
    )


def test_the_quorum_is_said_with_its_article(year):
    """支部工作条例 第十一条: half of those with the right to vote must come."""
    sentence = text(printed(year, "general_meeting_minutes", "general"), "quorum")
    assert "应到会有表决权11名，需6名到会；实到9名，可以表决" in sentence
    assert "第十一条" in sentence


def test_the_committee_says_whether_half_of_it_came(year):
    """支部工作条例 第十二条."""
    sentence = text(printed(year, "committee_meeting_minutes", "committee"), "majority")
    assert sentence.startswith("是。")
    assert "第十二条" in sentence


def test_minutes_stand_per_item_and_speaker(year):
    value = (printed(year, "general_meeting_minutes", "general").values or {})["minutes"]
    paragraphs = [part for part in value if isinstance(part, Paragraph)]
    assert paragraphs[0] == Paragraph("一、推荐年度优秀共产党员", ParagraphStyle.HEADING)
    assert paragraphs[1] == Paragraph(
        "介绍推荐条件和名额，通报支委会酝酿情况。", ParagraphStyle.SPEECH, "赵甲一"
    )
    assert paragraphs[2] == Paragraph("请大家充分发表意见。")
    assert Paragraph("二、通报党费收缴情况", ParagraphStyle.HEADING) in paragraphs


def test_a_vote_stands_in_the_table_and_as_arithmetic_with_its_article(year):
    """支部工作条例 第十一条: more than half of those due with the right to vote."""
    sheet = printed(year, "general_meeting_minutes", "general")
    rows = (sheet.values or {})["votes"]
    assert rows == (
        {
            "item": "推荐年度优秀共产党员",
            "method": "举手表决",
            "vote_due": "11",
            "vote_present": "9",
            "votes_for": "8",
            "votes_against": "0",
            "abstentions": "1",
            "passed": "通过",
        },
    )
    minutes = text(sheet, "minutes")
    assert "表决|举手表决，赞成8票，不赞成0票，弃权1票" in minutes
    assert "赞成须超过应到会有表决权党员11名的半数，即至少6票；通过。" in minutes
    assert "依据：支部工作条例第十一条。" in minutes


def test_exactly_half_fails_and_the_override_prints_its_reason():
    """超过半数: 5 of 10 is not enough; what was recorded otherwise needs a reason."""
    vote = Vote(votes_for=5, votes_against=4, recorded_passed=True, reason="会后经上级核定")
    record = replace(
        meeting("半数", ("general_meeting",), date(2026, 4, 1), attendance=attendance(range(10))),
        agenda=(item("示例事项", vote=vote),),
    )
    sheet = printed(put(record), "general_meeting_minutes", "record")
    assert "未通过" in text(sheet, "minutes")
    assert "说明|记录的结果为“通过”，与按票数得出的结果不同，原因：会后经上级核定" in text(sheet, "minutes")
    rows = (sheet.values or {})["votes"]
    assert isinstance(rows, tuple)
    assert [row["passed"] for row in rows if isinstance(row, dict)] == ["通过"]


def test_resolutions_say_who_and_until_when(year):
    sheet = printed(year, "general_meeting_minutes", "general")
    assert text(sheet, "resolutions").endswith("（责任人：李丁四；时限：2026年4月30日）")


def test_rows_with_nothing_to_say_are_left_out(year):
    assert not {"votes", "exclusions", "correction"} & set(
        keys(printed(year, "committee_meeting_minutes", "committee"))
    )
    assert "votes" in keys(printed(year, "general_meeting_minutes", "general"))


def test_exclusions_print_with_consent_and_approval():
    away = {9: Attendance(PEOPLE[9], NAMES[9], Presence.EXCLUDED)}
    excluded = Exclusion(PEOPLE[9], "X4", "示例党委〔2026〕1号", date(2026, 3, 1), True)
    record = replace(general_meeting(), attendance=attendance(range(11), away), exclusions=(excluded,))
    sheet = printed(put(record), "general_meeting_minutes", "record")
    assert (
        text(sheet, "exclusions") == "陈癸十（X4，上级同意：示例党委〔2026〕1号，2026年3月1日，经大会通过）"
    )


def test_one_meeting_of_two_kinds_prints_on_the_paper_of_each(year):
    day = printed(year, "theme_party_day_record", "day_and_lesson", "theme_party_day")
    lesson = printed(year, "party_lesson_record", "day_and_lesson", "party_lesson")
    assert day.title == "示例第一党支部主题党日活动记录"
    assert lesson.title == "示例第一党支部党课记录"
    assert text(day, "standing_items") == "重温入党誓词、交纳党费"
    assert text(lesson, "lecturer") == "赵甲一（书记）"
    assert text(lesson, "summary").splitlines() == [
        "学习有关文件，结合本单位实际谈体会。",
        "布置下一阶段学习。",
    ]


def test_a_lesson_within_another_meeting_prints_under_its_own_title():
    made = sample()
    with made.book.reading() as reading:
        both = next(
            each for each in reading.all(Record) if "party_lesson" in each.kinds and len(each.kinds) > 1
        )
    titled = replace(both, fields={**both.fields, "lesson_title": "一名普通党员的一天"})
    correct(made.book, titled, "补写党课题目", ACTOR)
    with made.book.reading() as reading:
        lesson, day = (
            sheet_for(reading, PaperRequest(paper, TODAY, record_id=both.id, kind=kind))
            for paper, kind in (
                ("party_lesson_record", "party_lesson"),
                ("theme_party_day_record", "theme_party_day"),
            )
        )
    assert text(lesson, "subject") == "一名普通党员的一天"
    assert text(day, "subject") == both.subject


def test_the_commission_and_the_occasion_print_where_there_is_one(year):
    """支部工作条例 第十四条: another member chairs on the secretary's commission, which is recorded."""
    assert not {"commission", "occasion"} & set(keys(printed(year, "general_meeting_minutes", "general")))
    record = replace(
        general_meeting(), occasion="补开第三季度", fields={"commission": "书记出差，委托组织委员主持"}
    )
    sheet = printed(put(record), "general_meeting_minutes", "record")
    assert {"commission", "occasion"} <= set(keys(sheet))
    assert text(sheet, "commission") == "书记出差，委托组织委员主持"


def test_a_paper_of_another_kind_is_refused(year):
    with pytest.raises(RefusedProblem) as caught:
        printed(year, "party_lesson_record", "general")
    assert "党课记录" in str(caught.value)


def test_a_talk_prints_on_its_own_paper_without_attendance(year):
    sheet = printed(year, "talk_record", "talk")
    assert sheet.title == "示例第一党支部谈心谈话记录"
    assert {"talker", "content", "requests", "follow_up"} <= set(keys(sheet))
    assert "due" not in keys(sheet), "nobody is due at a talk"
    assert text(sheet, "talker") == "赵甲一（书记）"


def test_a_groups_meeting_names_group_and_branch(year):
    sheet = printed(year, "group_meeting_minutes", "group")
    assert sheet.title == "示例第一党支部党小组会记录"
    assert text(sheet, "group") == "第一党小组"


def test_a_late_entry_says_so_in_title_and_remark():
    record = meeting("补", ("general_meeting",), date(2026, 1, 5), agenda=(item("示例"),), created_at=None)
    sheet = printed(put(record), "general_meeting_minutes", "record")
    assert sheet.title.endswith("（补记）")
    assert text(sheet, "remark") == "本记录为补记，补记日期：2026年11月24日。"


def test_a_correction_prints_its_reason(year):
    made = sample()
    with made.book.reading() as reading:
        record = reading.get(Record, made.records["general"])
    assert record is not None
    correct(made.book, replace(record, venue="示例楼一层"), "地点写错", ACTOR)
    sheet = printed(made, "general_meeting_minutes", "general")
    assert text(sheet, "correction") == "定稿后作过更正，原因：地点写错"
    assert "correction" in keys(sheet)


def test_a_draft_says_so_and_leaves_what_no_record_holds_blank():
    made = sample(without=frozenset({"general"}))
    save_record(made.book, general_meeting(), Actor("李测试", datetime(2026, 3, 19, 20, tzinfo=UTC)))
    sheet = printed(Sample(made.book, {"record": general_meeting().id}), "general_meeting_minutes", "record")
    assert sheet.title.endswith("（草稿）")
    assert (text(sheet, "due"), text(sheet, "present")) == ("11", "9")
    assert "due_votes" not in (sheet.values or {}), "who may vote is counted when it is finalised"
    rows = (sheet.values or {})["votes"]
    assert [row["passed"] for row in rows if isinstance(row, dict)] == [""]


def test_text_is_never_markup():
    record = replace(general_meeting(), venue="<b>示例</b> & <img>")
    assert text(printed(put(record), "general_meeting_minutes", "record"), "venue") == "<b>示例</b> & <img>"


def test_blank_without_a_record_leaves_room_for_names_and_numbers(year):
    with year.book.reading() as reading:
        sheet = sheet_for(
            reading, PaperRequest("committee_meeting_minutes", TODAY, organisation_id=BRANCH, blank=True)
        )
    assert sheet.values is None
    assert sheet.title == "示例第一党支部　　　　年　　月支委会记录"
    assert not {"correction", "exclusions", "quorum"} & set(keys(sheet))


def test_a_record_that_is_gone_is_said(year):
    with year.book.reading() as reading, pytest.raises(RefusedProblem) as caught:
        sheet_for(reading, PaperRequest("general_meeting_minutes", TODAY, record_id=BRANCH))
    assert "找不到" in str(caught.value)
