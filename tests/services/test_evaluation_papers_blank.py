"""Evaluation papers without a round: the same words, blanks for every fact, nobody's name; and the user's changes."""

from __future__ import annotations

import pypdfium2
import pytest

from branchbook.catalogue.papers_list import EVALUATION_PAPERS, paper_of
from branchbook.domain.paper_change import PaperChange
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_changes import change_paper, changed_paper
from branchbook.services.paper_parts import paper_parts, with_label, with_shown
from branchbook.services.printing import booklet_for, paper_entries, print_paper
from tests.services.evaluation_printing import (
    TODAY,
    evaluated,
    invented,
    pages_of,
    press,
    printed,
    sample,
    sheets,
)
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, actor

KEYS = [paper.key for paper in EVALUATION_PAPERS]


def blank(key: str, *, year: int | None = 2026, organisation: object = FIRST_BRANCH) -> list[str]:
    request = PaperRequest(key, TODAY, organisation_id=organisation, blank=True, year=year)  # type: ignore[arg-type]
    with sample().reading() as reading:
        pressed = print_paper(reading, press(), request)
    assert pressed.missing == ()
    return pages_of(pressed.pdf)


@pytest.mark.parametrize(
    "organisation", [FIRST_BRANCH, GENERAL_BRANCH, None], ids=["branch", "general", "none"]
)
@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_blank_and_names_nobody(key, organisation):
    text = "".join(blank(key, organisation=organisation))
    assert text
    assert "评甲" not in text
    assert "示例，" not in text
    assert "None" not in text


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_paper_without_a_year_has_room_for_it(key):
    assert "2026" not in "".join(blank(key, year=None))


@pytest.mark.parametrize(
    "key, count", [("member_forms", 2), ("ballot", 1), ("ballot_items", 1), ("summary", 1), ("feedback", 1)]
)
def test_blank_forms_stand_on_as_few_pages_as_filled_ones(key, count):
    assert len(blank(f"evaluation:{key}")) == count


def test_a_blank_form_has_blanks_for_the_numbers_and_the_grade():
    text = "".join(blank("evaluation:member_form")).replace("＿", "_")
    assert "参加__人，有效票__张优秀__票，合格__票，基本合格__票，不合格__票" in text
    assert "评定等次：____" in text
    assert "（同意、不同意）" in text


def test_all_blank_papers_are_one_booklet_with_a_bookmark_each():
    with sample().reading() as reading:
        request = PaperRequest("evaluation:all", TODAY, organisation_id=FIRST_BRANCH, blank=True, year=2026)
        pressed = press().press(booklet_for(reading, request))
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(pressed.pdf).get_toc() if mark.level == 0]
    assert marks == [paper.name for paper in EVALUATION_PAPERS[1:]]


def test_the_gallery_has_them_together_with_all_of_one_year_last():
    own = [entry.key for entry in paper_entries() if entry.group == "evaluation"]
    assert own == [*KEYS, "evaluation:all"]


# ----------------------------------------------------------------------- places differ (forms I3)


def test_rows_of_the_form_can_be_left_out_and_renamed():
    """有的省去本人意见、上级意见; 有的标题为党员年度考评表."""
    book = evaluated(invented(3))
    change = PaperChange(
        title="党员年度考评表",
        labels={"summary": "年度总结", "name": "党员姓名"},
        hidden=("own_opinion", "superior_opinion"),
        shown=("former_name",),
    )
    change_paper(book, "evaluation:member_forms", change, actor(90))
    own, branch = printed(book, "member_forms")[:2]
    assert own.startswith("党员年度考评表")
    assert "年度总结" in own
    assert "党员姓名赵评甲曾用名" in own
    assert "本人意见" not in branch
    assert "上级党组织" not in branch
    assert "支部意见" in branch


def test_the_grades_of_a_ballot_can_be_renamed_and_left_out():
    """评议等次有四等也有三等."""
    book = evaluated(invented(4))
    paper = paper_of("evaluation:ballot")
    change = with_label(paper, PaperChange(), "basically_qualified", "较差")
    change = with_shown(paper, change, "unqualified", False)
    change = with_shown(paper, change, "problems", False)
    change_paper(book, "evaluation:ballot", change, actor(90))
    text = "".join(printed(book, "ballot"))
    assert "较差" in text
    assert "不合格" not in text
    assert "存在问题" not in text, "neither the column nor its note"


def test_the_parts_of_a_ballot_are_its_columns_and_those_of_an_election_have_none():
    parts = paper_parts(paper_of("evaluation:ballot"))
    assert [each.label for each in parts][:4] == ["序号", "姓名", "优秀", "合格"]
    assert parts[0].height_mm is not None
    assert paper_parts(paper_of("election:ballot")) == ()
    change = PaperChange(labels={"for": "同意"})
    assert changed_paper(paper_of("election:ballot"), change).layout == paper_of("election:ballot").layout


def test_columns_under_a_common_head_say_which():
    parts = {each.key: each for each in paper_parts(paper_of("evaluation:ballot_items"))}
    assert (parts["good_1"].group, parts["good_1"].label) == ("理想信念", "好")
    assert parts["name"].group == ""


def test_what_members_answered_can_be_shown_in_the_record_of_criticism():
    book = evaluated(invented(3))
    assert "虚心接受" not in "".join(printed(book, "mutual_record"))
    change_paper(book, "evaluation:mutual_record", PaperChange(shown=("reply",)), actor(90))
    assert "虚心接受，认真整改。" in "".join(printed(book, "mutual_record"))


def test_a_general_branch_has_its_own_words():
    text = "".join(blank("evaluation:member_form", organisation=GENERAL_BRANCH))
    assert "所在党总支" in text
    assert "党总支意见" in text
    assert sheets(sample(), "member_form")[0].title == "民主评议党员登记表"
