"""The handbook of a year: its order, its chapters, what is in it and what is not."""

from dataclasses import replace
from datetime import date

import pytest

from branchbook.catalogue.handbook import PARTS, TICKED
from branchbook.domain.papers import Orientation, Photo
from branchbook.domain.problems import RefusedProblem
from branchbook.services.handbook import Handbook, handbook, handbook_parts, print_handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import save_record
from tests.services.paper_press import PressOfWords
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    GENERAL_BRANCH,
    GROUPS,
    TODAY,
    Sample,
    attach_photo,
    item,
    meeting,
    sample,
)

REQUEST = HandbookRequest(BRANCH, 2026, TODAY)

NOT_FOR_ALL_EYES = {"ledger_integrity_reminders", "ledger_ideological_risks", "ledger_hardship_members"}


@pytest.fixture(scope="module")
def year() -> Sample:
    return sample()


def made(year: Sample, request: HandbookRequest = REQUEST) -> Handbook:
    with year.book.reading() as reading:
        return handbook(reading, request)


def parts(book: Handbook) -> list[str]:
    return list(dict.fromkeys(each.part for each in book.sections))


def titles(book: Handbook, part: str) -> list[str]:
    return [each.section.sheet.title for each in book.sections if each.part == part]


def chapters(book: Handbook) -> list[str]:
    """What the contents list at the first level."""
    return [
        each.section.chapter or each.section.bookmark
        for each in book.sections
        if each.section.chapter or (each.section.level == 0 and each.section.listed)
    ]


def test_parts_stand_in_the_order_of_the_handbook(year):
    order = [part.key for part in PARTS]
    found = parts(made(year))
    assert found == sorted(found, key=order.index)
    assert found[:4] == ["handbook_cover", "handbook_instructions", "handbook_contents", "branch_basics"]
    assert found[-1] == "annual_work_summary"


def test_chapters_are_listed_once_each(year):
    assert chapters(made(year)) == [
        "组织概况",
        "党员花名册",
        "党费收缴登记表",
        "年度工作计划",
        "支部党员大会记录",
        "支部委员会会议记录",
        "党小组会记录",
        "党课记录",
        "主题党日活动记录",
        "组织生活会记录",
        "谈心谈话记录",
        "谈心谈话汇总",
        "年度出勤统计",
        "年度组织生活落实情况",
        "年度工作总结",
    ]


def test_the_cover_names_year_branch_and_secretary(year):
    values = made(year).sections[0].section.sheet.values or {}
    assert (values["year"], values["organisation"], values["secretary"]) == (
        "2026年",
        "示例第一党支部",
        "钱乙二",
    )
    past = made(year, replace(REQUEST, year=2025)).sections[0].section.sheet.values or {}
    assert past["secretary"] == "赵甲一", "who was secretary at the end of that year"


def test_front_pages_have_no_number_and_are_not_listed(year):
    front = [each.section for each in made(year).sections if each.part.startswith("handbook_")]
    assert [(section.numbered, section.listed) for section in front] == [(False, False)] * 3


def test_the_roster_lies_on_its_side_among_upright_pages(year):
    by_part = {each.part: each.section.sheet.paper.orientation for each in made(year).sections}
    assert by_part["member_roster"] == Orientation.LANDSCAPE
    assert by_part["general_meeting"] == Orientation.PORTRAIT


def test_a_meeting_of_two_kinds_is_printed_under_each(year):
    book = made(year)
    assert titles(book, "theme_party_day") == ["示例第一党支部主题党日活动记录"]
    assert titles(book, "party_lesson") == ["示例第一党支部党课记录"]
    records = {each.part: each.record_id for each in book.sections if each.record_id}
    assert records["theme_party_day"] == records["party_lesson"]


def test_a_record_is_listed_with_day_and_subject_a_groups_with_its_group(year):
    marks = {each.part: each.section.bookmark for each in made(year).sections}
    assert marks["general_meeting"] == "3月19日　推荐年度优秀共产党员"
    assert marks["group_meeting"] == "第一党小组　3月12日　学习讨论"


def test_by_quarter_records_stand_in_order_of_date(year):
    book = made(year, replace(REQUEST, by_quarter=True))
    found = [name for name in chapters(book) if "季度" in name]
    assert found == ["第一季度", "第二季度"]
    records = [each for each in book.sections if each.record_id]
    assert [each.part for each in records] == [
        "organisational_life_meeting",
        "committee_meeting",
        "group_meeting",
        "general_meeting",
        "party_lesson",
        "theme_party_day",
        "heart_to_heart_talk",
    ]
    assert records[0].section.bookmark == "2月5日　组织生活会　年度组织生活会"


def test_parts_can_be_ticked_off(year):
    book = made(year, replace(REQUEST, parts=frozenset({"handbook_cover", "general_meeting"})))
    assert parts(book) == ["handbook_cover", "general_meeting"]


def test_no_part_ticked_is_refused(year):
    with pytest.raises(RefusedProblem) as caught:
        made(year, replace(REQUEST, parts=frozenset()))
    assert "勾选" in str(caught.value)


def test_drafts_are_left_out_unless_asked_for_and_say_what_they_are():
    year = sample()
    save_record(
        year.book, meeting("草", ("general_meeting",), date(2026, 6, 9), agenda=(item("示例"),)), ACTOR
    )
    assert len(titles(made(year), "general_meeting")) == 1
    with_drafts = titles(made(year, replace(REQUEST, with_drafts=True)), "general_meeting")
    assert with_drafts == ["示例第一党支部党员大会记录", "示例第一党支部党员大会记录（草稿）"]


def test_another_years_records_are_not_in_it(year):
    book = made(year, replace(REQUEST, year=2025))
    assert not [each for each in book.sections if each.record_id]


def test_photos_of_the_year_come_with_day_and_meeting():
    year = sample()
    assert "photo_page" not in parts(made(year))
    attach_photo(year.book, year.records["day_and_lesson"], b"photo", "参观展馆")
    attach_photo(year.book, year.records["general"], b"another")
    (sheet,) = [each.section.sheet for each in made(year).sections if each.part == "photo_page"]
    photos = [photo for photo in (sheet.values or {})["photos"] if isinstance(photo, Photo)]
    assert [photo.caption for photo in photos] == [
        "3月19日支部党员大会",
        "3月27日主题党日：参观展馆",
    ]


def test_a_blank_handbook_has_a_years_sheets_of_each_kind(year):
    book = made(year, replace(REQUEST, blank=True))
    counts = {part: len(titles(book, part)) for part in parts(book)}
    assert (counts["general_meeting"], counts["committee_meeting"], counts["theme_party_day"]) == (4, 12, 12)
    worded = ("handbook_cover", "handbook_instructions", "handbook_contents", "evaluation_summary")
    blank = [each.section.sheet for each in book.sections if each.part not in worded]
    assert all(sheet.values is None for sheet in blank)
    assert (counts["evaluation_summary"], counts.get("evaluation_report", 0)) == (1, 0)
    assert chapters(book).count("支部党员大会记录") == 1
    fewer = made(year, replace(REQUEST, blank=True, blank_sheets={"general_meeting": 2}))
    assert len(titles(fewer, "general_meeting")) == 2


def test_a_general_branch_has_its_own_handbook_in_its_own_words(year):
    book = made(year, replace(REQUEST, organisation_id=GENERAL_BRANCH))
    assert book.booklet.title == "示例机关党总支2026年度党总支工作手册"
    assert titles(book, "handbook_cover") == ["党总支工作手册"]
    assert titles(book, "group_roster") == ["示例机关党总支所属党支部概况"]
    with year.book.reading() as reading:
        keys = {part.key for part in handbook_parts(reading, GENERAL_BRANCH)}
    assert "group_meeting" not in keys
    assert {"general_meeting", "committee_meeting"} <= keys


def test_a_group_has_no_handbook_of_its_own(year):
    with pytest.raises(RefusedProblem):
        made(year, replace(REQUEST, organisation_id=GROUPS[0]))


def test_it_is_bound_and_printed_on_both_sides(year):
    options = made(year).booklet.options
    assert options.duplex
    assert options.binding_mm >= 25.0
    assert options.printed_note == "", "no date of printing: the same book prints the same bytes"


def test_the_same_book_makes_the_same_handbook_and_pages_are_told_per_part(year):
    press = PressOfWords()
    with year.book.reading() as reading:
        first, second = (print_handbook(reading, press, REQUEST) for _ in range(2))
        pages = handbook(reading, REQUEST).pages_of_parts(first)
    assert first.pdf == second.pdf
    assert sum(pages.values()) == first.pages
    assert pages["member_roster"] == 1


def test_printing_can_be_cancelled(year):
    with year.book.reading() as reading, pytest.raises(RefusedProblem):
        print_handbook(reading, PressOfWords(), REQUEST, lambda done, total: False)


def test_every_part_is_ticked_but_the_schedule_and_single_activities():
    assert {part.key for part in PARTS} - TICKED == {"plan_schedule", "dual_life_activity", *NOT_FOR_ALL_EYES}
