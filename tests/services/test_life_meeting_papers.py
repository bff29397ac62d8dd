"""Papers of organisational life meetings (A6, A6-1, A6-3) and of the 民主生活会 (A6-2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2
import pytest

from branchbook.domain.papers import GridRow, Paragraph, RecordTable, Sheet
from branchbook.domain.records import AgendaItem, Record, Speech
from branchbook.forms.press import PdfPress
from branchbook.services.meetings import finalise, save_record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.printing import print_paper
from branchbook.services.store import Book
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    GENERAL_BRANCH,
    NAMES,
    PEOPLE,
    TODAY,
    attendance,
    drafts,
    identity,
    meeting,
    ref,
    sample,
)


def examined(index: int, *said: tuple[int, str]) -> AgendaItem:
    speeches = tuple(Speech(NAMES[who], text, PEOPLE[who]) for who, text in said)
    return AgendaItem(identity(f"{index}{said}"), NAMES[index], speeches)


ITEMS = (
    AgendaItem(identity("通报"), "通报会前准备", (Speech(NAMES[0], "已谈心谈话。", PEOPLE[0]),)),
    examined(1, (1, "理论学习不够。"), (2, "深入一线少。"), (3, "批评不够直接。"), (1, "虚心接受。")),
    examined(2, (2, "工作主动性不足。")),
)
LIFE = meeting(
    "组织生活会",
    ("organisational_life_meeting",),
    date(2026, 2, 5),
    subject="年度组织生活会",
    agenda=ITEMS,
    fields={
        "examination": "逐一开展。",
        "last_year_measures": "去年三项均已完成。",
        "committee_examination": "班子学习不够。\n联系党员不够。",
        "promises": "半年内整改。",
    },
)
DEMOCRATIC = meeting(
    "民主生活会",
    ("democratic_life_meeting",),
    date(2026, 2, 9),
    organisation_id=GENERAL_BRANCH,
    subject="年度民主生活会",
    attendance=attendance((0, 1, 2)),
    people={"chair": (ref(0),), "minute_taker": (ref(2),)},
    agenda=ITEMS,
    fields={"group_examination": "班子检查。", "reported_on": "2026-02-20", "report": "示总〔2026〕3号"},
)


def book_with(record: Record) -> Book:
    book = sample(without=frozenset(drafts())).book
    save_record(book, record, ACTOR)
    finalise(book, record.id, ACTOR)
    return book


def printed(record: Record, paper: str) -> Sheet:
    with book_with(record).reading() as reading:
        return sheet_for(reading, PaperRequest(paper, TODAY, record_id=record.id))


def text(sheet: Sheet, key: str) -> str:
    value = (sheet.values or {})[key]
    return (
        value
        if isinstance(value, str)
        else "\n".join(each.text for each in value if isinstance(each, Paragraph))
    )


@pytest.mark.parametrize(
    "record, paper",
    [
        (LIFE, "life_meeting_record"),
        (LIFE, "life_meeting_speeches"),
        (DEMOCRATIC, "democratic_life_record"),
        (DEMOCRATIC, "life_meeting_speeches"),
    ],
)
def test_each_person_has_a_row_with_what_was_said_and_by_whom(record, paper):
    rows = (printed(record, paper).values or {})["examinations"]
    assert rows == (
        {
            "speaker": NAMES[1],
            "self_criticism": "理论学习不够。",
            "criticisms": f"{NAMES[2]}：深入一线少。\n{NAMES[3]}：批评不够直接。",
            "reply": "虚心接受。",
        },
        {"speaker": NAMES[2], "self_criticism": "工作主动性不足。", "criticisms": "", "reply": ""},
    )


def test_the_other_items_stand_among_the_minutes_alone():
    sheet = printed(LIFE, "life_meeting_record")
    assert text(sheet, "minutes") == "通报会前准备\n已谈心谈话。"
    assert sheet.title == "示例第一党支部组织生活会记录"
    assert text(sheet, "last_year_measures") == "去年三项均已完成。"


def test_a_meeting_recorded_before_prints_as_it_was_typed():
    earlier = drafts()["life"]
    sheet = printed(earlier, "life_meeting_record")
    assert text(sheet, "examination") == "逐一开展批评与自我批评。"
    assert isinstance(sheet.paper.layout, RecordTable)
    assert not any(isinstance(row, GridRow) for row in sheet.paper.layout.rows)


def test_the_day_of_the_report_is_printed_in_chinese():
    sheet = printed(DEMOCRATIC, "democratic_life_record")
    assert text(sheet, "reported_on") == "2026年2月20日"
    assert text(sheet, "report") == "示总〔2026〕3号"
    assert text(sheet, "due") == "3"


def test_the_list_of_problems_begins_with_the_group():
    sheet = printed(LIFE, "problem_list")
    assert sheet.title == "示例第一党支部查摆问题清单"
    rows = [row for row in (sheet.values or {})["rows"] if isinstance(row, Mapping)]
    assert [(row["whose"], row["problem"], row["source"]) for row in rows] == [
        ("班子", "班子学习不够。", "自查"),
        ("班子", "联系党员不够。", "自查"),
        (NAMES[1], "理论学习不够。", "自查"),
        (NAMES[1], "深入一线少。", NAMES[2]),
        (NAMES[1], "批评不够直接。", NAMES[3]),
        (NAMES[2], "工作主动性不足。", "自查"),
    ]


@cache
def press() -> PdfPress:
    return PdfPress()


def pages(record: Record, paper: str) -> list[str]:
    with book_with(record).reading() as reading:
        pdf = print_paper(reading, press(), PaperRequest(paper, TODAY, record_id=record.id)).pdf
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def test_a_long_meeting_runs_on_with_the_head_of_the_table_on_every_page():
    said = "在理论学习方面不够系统深入，" * 12
    long = tuple(
        examined(index, (index, said), (0, said), (3, said), (index, "接受。")) for index in range(4, 11)
    )
    found = pages(replace(LIFE, agenda=long), "life_meeting_record")
    assert len(found) > 2
    assert all("续页" in page for page in found[1:])
    whole = "".join("".join(page.split()) for page in found)
    assert whole.count("在理论学习方面") == 7 * 3 * 12, "nothing is lost"
    assert whole.count("自我批评要点") > 1
    for name in NAMES[4:11]:
        assert name in whole


def test_what_one_person_said_may_be_longer_than_a_page():
    endless = examined(4, (4, "检查自己的不足之处。" * 400), (5, "同意。"))
    found = pages(replace(LIFE, agenda=(endless,)), "life_meeting_record")
    assert "".join("".join(page.split()) for page in found).count("足") == 400


@pytest.mark.parametrize(
    "paper, place",
    [
        ("life_meeting_record", BRANCH),
        ("life_meeting_speeches", BRANCH),
        ("problem_list", BRANCH),
        ("talk_record", BRANCH),
        ("talk_summary", BRANCH),
        ("democratic_life_record", GENERAL_BRANCH),
        ("dual_life", GENERAL_BRANCH),
    ],
)
def test_blank_papers_are_one_page(paper, place):
    with book_with(LIFE).reading() as reading:
        request = PaperRequest(paper, TODAY, organisation_id=place, year=2026, blank=True)
        assert print_paper(reading, press(), request).pages == 1
