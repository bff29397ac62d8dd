"""The papers of an evaluation (forms B1–B5): what stands on them, on how many pages, and what does not."""

from __future__ import annotations

import re
import time

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.catalogue.papers_list import EVALUATION_PAPERS
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.domain.papers import Booklet, Orientation, Section
from branchbook.domain.problems import RefusedProblem
from branchbook.services.paper_choices import EvaluationOrder, ProbationaryOnBallot
from branchbook.services.settings import change_setting
from tests.services.evaluation_printing import (
    SAID,
    SUMMARY,
    evaluated,
    invented,
    person_id,
    press,
    printed,
    rows_of,
    sample,
    sheets,
)
from tests.services.small_book import actor

KEYS = [paper.key.partition(":")[2] for paper in EVALUATION_PAPERS]
PAGES = {"member_form": 24, "member_forms": 24, "report": 2, "feedback": 12}
LONG_NAME = "阿依古丽·买买提江·阿卜杜热合曼·图尔荪·艾则孜·喀什噶里"


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_of_twelve_members_comes_out_on_its_pages(key):
    pages = printed(sample(), key)
    assert len(pages) == PAGES.get(key, 1)
    assert "None" not in "".join(pages)


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_for_one_member_alone(key):
    pages = printed(evaluated(invented(1)), key)
    assert "赵评甲" in "".join(pages)
    assert len(pages) <= 2


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_before_anything_was_written_or_counted(key):
    """Heads from the roster and the list; blanks for what is not there; no number is made up."""
    text = "".join(printed(evaluated(invented(4), empty=True), key))
    assert "None" not in text
    assert "有效票0" not in text


@pytest.mark.parametrize("key", [key for key in KEYS if key != "notice"])
def test_a_name_of_thirty_characters_is_printed_whole(key):
    text = "".join(printed(evaluated((LONG_NAME, *invented(2))), key))
    assert LONG_NAME.replace("·", "") in text.replace("·", "")


# -------------------------------------------------------------------------------------- B1 登记表


def test_the_form_has_all_of_its_fields_on_two_pages():
    own, branch = printed(sample(), "member_form", person_id=person_id(0))
    assert own.startswith("民主评议党员登记表")
    for label in ("姓名赵评甲", "性别男", "出生年月1980.05", "民族汉族", "籍贯某省某县", "学历大学本科"):
        assert label in own
    for label in ("入党时间2010.06.01", "转正时间2011.06.01", "参加工作时间2003.07", "年度2026年"):
        assert label in own
    assert "现任职务示例机关综合科科员" in own
    assert "所在党支部第一支部" in own
    assert SUMMARY in own
    assert "本人（签名）" in own
    assert "曾用名" not in own
    assert "姓名赵评甲" in branch
    assert f"自评：自评等次合格。学习抓得不够紧，主动担当不够。互评：1．{SAID}" in branch
    assert "参加12人，有效票11张优秀10票，合格1票，基本合格0票，不合格0票" in branch
    assert "评定等次：优秀" in branch
    assert "支部书记（签字或盖章）" in branch
    assert "（盖章）" in branch
    assert "注：预备党员参加民主评议，不评定等次。" in branch


def test_who_criticised_stands_in_the_record_and_not_on_the_form():
    text = "".join(printed(sample(), "member_form", person_id=person_id(0)))
    assert "钱评甲" not in text
    assert any(row.get("by") == "钱评甲" for row in rows_of(sheets(sample(), "mutual_record")[0]))


def test_blank_and_void_marks_are_told_where_there_are_any():
    text = "".join(printed(sample(), "member_form", person_id=person_id(2)))
    assert "合格1票，基本合格0票，不合格0票，弃权1票，作废1票" in text


def test_a_probationary_member_has_a_form_without_a_grade():
    """V-06: they attend and get no grade."""
    text = "".join(printed(sample(), "member_form", person_id=person_id(11)))
    assert "预备党员参加评议，不评定等次。" in text
    assert "评定等次：" not in text
    assert "自评等次" not in text
    assert SUMMARY in text


def test_all_forms_in_one_file_each_on_its_own_pages_numbered_by_itself():
    pages = printed(sample(), "member_forms")
    for place, name in enumerate(invented(12)):
        own, branch = pages[2 * place : 2 * place + 2]
        assert f"姓名{name}" in own
        assert f"姓名{name}" in branch
        assert "第1页共2页" in own
        assert "第2页共2页" in branch


def test_a_longer_summary_goes_on_under_the_name_and_the_next_member_begins_a_page():
    names = invented(3)
    book = evaluated(names, summaries=["", "\n".join(f"第{n}段：{SUMMARY}" for n in range(60))])
    pages = printed(book, "member_forms")
    assert len(pages) > 7
    assert f"姓名{names[0]}" in pages[0]
    continued = [page for page in pages if "民主评议党员登记表（续页）" in page]
    assert len(continued) == len(pages) - 6
    assert all(f"姓名{names[1]}" in page for page in continued)
    assert f"姓名{names[2]}" in pages[-2]


@pytest.mark.parametrize("whole", [True, False], ids=["one paragraph", "many"])
def test_a_hundred_thousand_characters_are_printed_whole_and_soon(whole):
    """Issue 5 §8."""
    lines = [
        f"{place:05}·学习贯彻党的创新理论，联系实际查摆问题，逐条整改落实到位。" for place in range(2900)
    ]
    text = ("" if whole else "\n").join(lines)
    assert len(text) > 100_000
    began = time.perf_counter()
    pages = printed(evaluated(invented(1), summaries=[text]), "member_forms")
    assert time.perf_counter() - began < 30, "pages flow, no hang"
    printed_text = "".join(pages)
    assert all(f"{place:05}" in printed_text for place in range(0, 2900, 29))
    assert "02899" in printed_text
    assert "本人（签名）" in pages[-2]


LINE = st.text(st.sampled_from("学习贯彻落实查摆问题，。、；“”（）0123456789AB"), min_size=1, max_size=900)


@settings(max_examples=25, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=6))
def test_whatever_the_summary_it_comes_out_whole(lines):
    text = "\n".join(lines)
    *own, _branch = printed(evaluated(invented(1), summaries=[text]), "member_forms")
    parts = [re.split("第[0-9]+页共", page.partition("个人小结（总结）")[2])[0] for page in own]
    found = "".join(parts).replace("本人（签名）：年月日", "")
    assert found == "".join(text.split()), "in order, nothing left out, nothing twice"


def test_a_person_who_takes_no_part_is_refused():
    with pytest.raises(RefusedProblem) as caught:
        printed(sample(), "member_form", person_id=person_id(99))
    assert "没有参加" in str(caught.value)


def test_before_the_list_is_settled_the_forms_are_those_of_the_roster():
    book = evaluated(invented(3), empty=True, participants=())
    names = {str((sheet.values or {})["name"]) for sheet in sheets(book, "member_forms")}
    assert set(invented(3)) < names, "and the members of the small book"


# -------------------------------------------------------------------------------------- B2 测评票


def streams(pdf: bytes) -> list[list[tuple[str, tuple[float, ...]]]]:
    """Every character of every page with its place."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        layer = page.get_textpage()
        found.append([(layer.get_text_range(n, 1), layer.get_charbox(n)) for n in range(layer.count_chars())])
    return found


@pytest.mark.parametrize("key", ["ballot", "ballot_items", "ballot_masses"])
@pytest.mark.parametrize("members", [3, 12, 60])
def test_any_number_of_ballots_are_the_same_to_the_last_point(key, members):
    """无记名: nothing tells one ballot from another."""
    (sheet,) = sheets(evaluated(invented(members)), key)
    copies = Booklet("测评票", tuple(Section(sheet) for _ in range(5)))
    pages = streams(press().press(copies).pdf)
    length = len(pages) // 5
    assert len(pages) == 5 * length
    assert all(pages[copy * length : (copy + 1) * length] == pages[:length] for copy in range(5))


def test_a_ballot_has_no_number_of_its_own_and_no_voter():
    text = "".join(printed(evaluated(invented(12)), "ballot"))
    assert "第1页" not in text
    assert "编号" not in text
    assert "签名" not in text
    assert "测评人" not in text


def test_the_notes_of_a_ballot_say_how_to_mark_and_the_cap():
    text = "".join(printed(sample(), "ballot"))
    assert "在认可的等次栏内划“√”" in text
    assert "多选的该人次作废，不选的视为弃权" in text
    assert "优秀不超过3名" in text
    assert "情形：①学习不够；②作用发挥不够。" in text


def test_probationary_members_are_left_out_or_have_a_dash():
    (sheet,) = sheets(sample(), "ballot")
    assert [row["name"] for row in rows_of(sheet)] == list(invented(11))
    book = evaluated(invented(12))
    change_setting(book, "evaluation_ballot_probationary", ProbationaryOnBallot.DASH, actor(90))
    (sheet,) = sheets(book, "ballot")
    last = rows_of(sheet)[-1]
    assert (last["name"], last["excellent"], last["unqualified"]) == (invented(12)[-1], "—", "—")
    assert "problems" not in last


def test_members_stand_by_strokes_where_the_book_says_so():
    book = evaluated(("赵评甲", "王评甲", "李评甲", "丁评甲"))
    change_setting(book, "evaluation_ballot_order", EvaluationOrder.STROKES, actor(90))
    (sheet,) = sheets(book, "ballot")
    assert [row["name"] for row in rows_of(sheet)] == ["王评甲", "李评甲", "赵评甲"]


def test_the_ballot_by_items_lies_and_asks_five_items_and_the_grade():
    (sheet,) = sheets(sample(), "ballot_items")
    assert sheet.paper.orientation == Orientation.LANDSCAPE
    text = "".join(printed(sample(), "ballot_items"))
    assert all(item in text for item in BALLOT_ITEMS)
    assert "综合评定" in text
    assert text.count("一般") == 5
