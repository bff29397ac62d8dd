"""Every paper of an evaluation as it is laid out: nothing outside the page, no text upon another, no page empty.

Blank, of twelve members, of one, and of sixty with a name of thirty characters, long posts and long criticism.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from branchbook.catalogue.papers_list import EVALUATION_PAPERS
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.evaluations import Assessment, BallotForm, Criticism
from branchbook.domain.papers import Booklet, PrintOptions, Section, Sheet, single
from branchbook.domain.records import PersonRef
from branchbook.forms.page import Page
from branchbook.forms.press import _ENGINES, frame_of
from branchbook.forms.setting import Setter
from branchbook.services.operations import operate
from tests.fakes import FakeBook
from tests.forms import reading
from tests.forms.checking import assert_inside, assert_texts_do_not_touch
from tests.services.evaluation_printing import (
    ROUND,
    SAID,
    evaluated,
    invented,
    person_id,
    press,
    sample,
    sheets,
)
from tests.services.small_book import FIRST_BRANCH, actor

KEYS = [paper.key.partition(":")[2] for paper in EVALUATION_PAPERS]
LONG_NAME = "阿依古丽·买买提江·阿卜杜热合曼·图尔荪·艾则孜·喀什噶里"
LONG_POST = "某省某市某县某局某科某办公室主任兼某领导小组办公室副主任、某委员会委员兼秘书长"


@cache
def alone() -> FakeBook:
    return evaluated(invented(1))


@cache
def large() -> FakeBook:
    book = evaluated(
        (LONG_NAME, *invented(59)),
        form=BallotForm.ITEMS,
        masses=True,
        work_post=LONG_POST,
        summaries=["一年来的学习、工作和思想情况如下。" * 200],
    )
    with book.reading() as view:
        found = next(each for each in view.assessments((ROUND,)) if each.person_id == person_id(0))
    said = tuple(Criticism(PersonRef(name, person_id(1)), SAID * 30, SAID) for name in invented(30))
    changed: Assessment = replace(
        found, criticisms=said, departure_reason="受到组织处理，不以票定论。" * 20, opinion=SAID * 20
    )
    with operate(book, actor(90), "改") as operating:
        operating.writing.put(changed)
    return book


BOOKS = {"twelve": sample, "one": alone, "sixty": large}


def laid_out(sheet: Sheet, setter: Setter) -> list[Page]:
    layout = sheet.paper.layout
    return _ENGINES[type(layout)](sheet, layout, frame_of(sheet, PrintOptions()), setter)


def check(pages: list[Page]) -> None:
    assert_inside(pages)
    for page in pages:
        assert_texts_do_not_touch(page)
        assert page.texts, "no page is empty"


@pytest.mark.parametrize("key", KEYS)
def test_blank_it_stands_within_the_page(setter, key):
    blank = {"record_id": None, "organisation_id": FIRST_BRANCH, "blank": True, "year": 2026}
    for sheet in sheets(sample(), key, **blank):
        check(laid_out(sheet, setter))


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("key", KEYS)
def test_filled_it_stands_within_the_page(setter, key, book):
    for sheet in sheets(BOOKS[book](), key)[:3]:
        check(laid_out(sheet, setter))


@pytest.mark.parametrize("key", KEYS)
def test_there_is_ink_on_every_page_and_none_at_its_edge(key):
    for sheet in sheets(sample(), key)[:2]:
        printed = press().press(single(sheet))
        for page, (width, height) in enumerate(reading.sizes(printed.pdf)):
            left, top, right, bottom = reading.ink_box(printed.pdf, page)
            assert top > 5.0
            assert bottom < height - 5.0
            if not isinstance(sheet.paper.layout, Ballots):
                assert left > 10.0
                assert right < width - 10.0


@pytest.mark.parametrize("members, pages", [(1, 1), (11, 1), (24, 1), (40, 2), (60, 2)])
def test_a_ballot_is_one_leaf_up_to_sixty_members(setter, members, pages):
    """Closer lines rather than a page more; the notes are never alone on a page without a row."""
    (sheet,) = sheets(evaluated(invented(members + 1)), "ballot")
    made = laid_out(sheet, setter)
    assert len(made) == pages
    assert f"{members}" in {text.characters for text in made[-1].texts}


def test_both_storeys_of_a_grouped_head_stand_on_every_page_of_a_ballot(setter):
    (sheet,) = sheets(large(), "ballot_items")
    pages = laid_out(sheet, setter)
    assert len(pages) == 3
    for page in pages:
        assert (page.frame.page_width, page.frame.page_height) == (297.0, 210.0)
        found = [text.characters for text in page.texts]
        assert {"理想信念", "综合评定", "序号"} <= set(found)
        assert found.count("差") == 5


def test_printed_on_both_sides_each_members_form_begins_a_leaf():
    made = sheets(large(), "member_forms")[:3]
    booklet = Booklet("登记表", tuple(map(Section, made)), PrintOptions(duplex=True, apart=True))
    pressed = press().press(booklet)
    begun = 0
    for count in pressed.section_pages:
        assert begun % 2 == 0, "an odd page: a right-hand one"
        begun += count


def test_room_is_left_to_sign_under_the_last_line_of_a_full_cell(setter):
    (sheet,) = sheets(large(), "member_form", person_id=person_id(0))
    for page in laid_out(sheet, setter):
        signed = [text for text in page.texts if text.characters.startswith("本人（签名）")]
        for text in signed:
            above = [
                each.baseline for each in page.texts if each.baseline < text.baseline - 1.0 and each.x > 29.0
            ]
            assert text.baseline - max(above) > 9.0
