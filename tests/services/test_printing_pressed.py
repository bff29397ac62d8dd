"""Every paper through the real press: it comes out, on the pages expected, and its text can be read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2
import pytest

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.papers import Subject
from branchbook.domain.records import Speech
from branchbook.forms.press import PdfPress
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.meetings import finalise, save_record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import paper_entries, print_paper
from branchbook.services.printing_press import PressedPaper
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    NAMES,
    TODAY,
    Sample,
    general_meeting,
    item,
    meeting,
    sample,
)

RECORD_OF = {
    "general_meeting_minutes": "general",
    "committee_meeting_minutes": "committee",
    "group_meeting_minutes": "group",
    "party_lesson_record": "day_and_lesson",
    "theme_party_day_record": "day_and_lesson",
    "talk_record": "talk",
    "life_meeting_record": "life",
    "life_meeting_speeches": "life",
    "problem_list": "life",
    "sign_in_sheet": "general",
    "meeting_notice": "general",
    "meeting_notice_slip": "general",
    "meeting_receipt": "general",
    "resolution_document": "general",
}


@cache
def press() -> PdfPress:
    return PdfPress()


@cache
def year() -> Sample:
    return sample()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def printed(made: Sample, paper: str, **request: object) -> PressedPaper:
    with made.book.reading() as reading:
        return print_paper(reading, press(), PaperRequest(paper, TODAY, **request))  # type: ignore[arg-type]


@pytest.mark.parametrize("paper, name", RECORD_OF.items(), ids=list(RECORD_OF))
def test_a_short_record_comes_out_on_one_page(paper, name):
    pressed = printed(year(), paper, record_id=year().records[name])
    assert pressed.pages == 1
    assert pressed.missing == ()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.is_meeting], ids=lambda kind: kind.key)
def test_a_blank_record_comes_out_on_one_page(kind):
    blank = printed(year(), kind.paper, organisation_id=BRANCH, kind=kind.key, blank=True)
    assert blank.pages == 1


@pytest.mark.parametrize(
    "entry",
    [
        each
        for each in paper_entries()[:-1]
        # The handover's list is as long as what is open; tests/services has a file about it.
        if each.subject in (Subject.ORGANISATION, Subject.YEAR) and each.key != "handover"
    ],
    ids=lambda e: e.key,
)
def test_a_paper_of_the_branch_comes_out_on_one_page_filled_and_blank(entry):
    filled = printed(year(), entry.key, organisation_id=BRANCH, year=2026)
    blank = printed(year(), entry.key, organisation_id=BRANCH, year=2026, blank=True)
    assert (filled.pages, blank.pages) == (1, 1)
    assert filled.missing == ()


def test_the_minutes_read_back_in_order():
    text = text_of(printed(year(), "general_meeting_minutes", record_id=year().records["general"]).pdf)
    wanted = (
        "党员大会记录",
        "2026年3月19日",
        "赵甲一",
        "王辛八",
        "推荐年度",
        "李丁四",
        "举手表决",
        "主持人（签名）",
    )
    places = [text.index(word) for word in wanted]
    assert places == sorted(places)


def test_every_name_of_the_roster_reads_back():
    text = text_of(printed(year(), "member_roster", organisation_id=BRANCH).pdf).replace("\r\n", "")
    assert all(name.split("·")[0] in text for name in NAMES)


def test_long_minutes_go_on_to_the_next_page_with_head_and_title():
    """Nothing is cut, nothing set smaller: the text runs on under the title and the head of the table."""
    made = sample(without=frozenset({"general"}))
    long = "这是一段示例发言，用来检查长记录怎样换页。" * 40
    said = tuple(Speech(NAMES[index], long) for index in range(6))
    record = replace(general_meeting(), agenda=(replace(item("示例议题"), speeches=said),))
    save_record(made.book, record, ACTOR)
    finalise(made.book, record.id, ACTOR)
    pressed = printed(made, "general_meeting_minutes", record_id=record.id)
    text = text_of(pressed.pdf).replace("\r\n", "")
    assert pressed.pages > 2
    assert text.count("（续页）") == pressed.pages - 1
    assert text.count("2026年3月19日15:00") == pressed.pages
    assert text.count("怎") == 240


@pytest.mark.parametrize("members, pages", [(41, 1), (60, 2)])
def test_a_sign_in_sheet_holds_a_branch_on_one_page_in_two_halves(members, pages):
    made = sample(without=frozenset({"general"}))
    lines = general_meeting().attendance
    many = tuple(replace(lines[index % 11], name=f"示例{index:02}") for index in range(members))
    record = meeting(
        "四十一", ("general_meeting",), date(2026, 4, 1), attendance=many, agenda=(item("示例"),)
    )
    save_record(made.book, record, ACTOR)
    pressed = printed(made, "sign_in_sheet", record_id=record.id)
    text = text_of(pressed.pdf)
    assert pressed.pages == pages
    assert all(f"示例{index:02}" in text for index in range(members))


def test_text_that_looks_like_markup_prints_as_typed():
    made = sample(without=frozenset({"general"}))
    record = replace(general_meeting(), venue="<b>楼</b>&<img>")
    save_record(made.book, record, ACTOR)
    assert "<b>楼</b>&<img>" in text_of(printed(made, "general_meeting_minutes", record_id=record.id).pdf)


def test_the_handbook_is_the_same_bytes_twice_with_contents_numbers_and_bookmarks():
    with year().book.reading() as reading:
        made = handbook(reading, HandbookRequest(BRANCH, 2026, TODAY))
        first, second = (press().press(made.booklet, reading.content) for _ in range(2))
    assert first.pdf == second.pdf
    document = pypdfium2.PdfDocument(first.pdf)
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert (0, "支部党员大会记录") in marks
    assert (1, "3月19日　推荐年度优秀共产党员") in marks
    pages = [page.get_textpage().get_text_bounded() for page in document]
    contents = next(text for text in pages if "目录" in text)
    assert "支部党员大会记录" in contents
    assert "3月19日" in contents
    assert any("第 1 页 共" in text and "基本情况" in text for text in pages), (
        "page 1 is the first after the front"
    )
    landscape = [page for page in document if page.get_width() > page.get_height()]
    assert len(landscape) == 3, "the roster, the dues and the talks"
