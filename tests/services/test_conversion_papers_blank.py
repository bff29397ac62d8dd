"""Conversion papers without a conversion: the same words, blanks for every fact, nobody's name."""

from __future__ import annotations

import pypdfium2
import pytest

from branchbook.catalogue.papers_list import CONVERSION_PAPERS
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for, paper_entries, print_paper
from tests.services.conversion_printing import TODAY, named_book, pages_of, press
from tests.services.small_book import FIRST_BRANCH

KEYS = [paper.key for paper in CONVERSION_PAPERS]
SHAPES = ("conversion", "conversion_half_yearly", "conversion_extended")
BOOK = named_book()


def text_of(key: str, shape: str = "", *, organisation: bool = True) -> str:
    where = FIRST_BRANCH if organisation else None
    request = PaperRequest(key, TODAY, organisation_id=where, blank=True, kind=shape)
    with BOOK.reading() as reading:
        pressed = print_paper(reading, press(), request)
    assert pressed.missing == ()
    return "".join(pages_of(pressed.pdf))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_blank_and_names_nobody(key, shape):
    text = text_of(key, shape)
    assert text
    assert "示例，" not in text
    assert "褚示例" not in text
    assert "赵示例" not in text
    assert "None" not in text


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_blank_without_an_organisation(key):
    assert text_of(key, organisation=False)


def test_a_blank_register_follows_its_shape():
    assert "第一季度考察" in text_of("conversion:observation_register", "conversion")
    assert "半年考察意见" in text_of("conversion:observation_register", "conversion_half_yearly")
    extended = text_of("conversion:observation_register", "conversion_extended")
    assert "延长期考察" in extended
    assert "第一季度" not in extended


def test_blank_resolutions_and_requests_have_blanks_for_everything_that_is_voted():
    for key in ("conversion:resolution", "conversion:request", "conversion:extension_resolution"):
        text = text_of(key)
        assert "应到会有表决权的正式党员__名" in text.replace("＿", "_")


def test_blank_ballots_are_there_for_each_of_the_three_questions():
    text = text_of("conversion:ballot")
    assert text.count("表决事项：按期转为正式党员") == 4
    assert text.count("表决事项：延长预备期") == 4
    assert text.count("表决事项：取消预备党员资格") == 4


def test_nobody_is_extended_twice():
    """D-15: once."""
    assert "延长预备期" not in text_of("conversion:ballot", "conversion_extended")


def test_all_blank_papers_are_one_booklet_with_a_bookmark_each():
    with BOOK.reading() as reading:
        request = PaperRequest("conversion:all", TODAY, organisation_id=FIRST_BRANCH, blank=True)
        pressed = press().press(booklet_for(reading, request))
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(pressed.pdf).get_toc() if mark.level == 0]
    assert marks == [paper.name for paper in CONVERSION_PAPERS]


def test_the_gallery_has_them_together_with_all_of_one_person_last():
    own = [entry.key for entry in paper_entries() if entry.group == "conversion"]
    assert own[:2] == ["conversion:application", "conversion:observation_register"]
    assert own[-2:] == ["joining_ledger", "conversion:all"]
