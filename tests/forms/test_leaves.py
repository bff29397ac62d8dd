"""Pages bound as one paper, and paper to write on by hand."""

from __future__ import annotations

from branchbook.domain.papers import (
    Cover,
    Field,
    Leaves,
    LongRow,
    Paper,
    RecordTable,
    Sheet,
    Subject,
    WritingPaper,
)
from branchbook.forms.leaves import lay_out_leaves, lay_out_writing_paper
from branchbook.forms.library import library
from branchbook.forms.page import Frame
from branchbook.forms.setting import Setter
from branchbook.forms.signatures import SEAL_ROOM
from branchbook.resources import resource_path

FRAME = Frame(210.0, 297.0, 22.5, 22.0, 165.0, 255.0, 22.5, 22.0)
SETTER = Setter(library(resource_path("fonts")))
COVER = Cover((Field("name", "姓名", 90.0),))
CELL = LongRow(
    Field("opinion", "意见", 165.0), 100.0, label_beside=False, closing=("书记（签名）",), seal=True
)
TABLE = RecordTable((CELL,), date_line=False)


def sheet(layout, **values):
    return Sheet(Paper("observation", "D2", "登记表", "登记表", layout, Subject.PROCEDURE), "登记表", values)


def text(page):
    return "".join(each.characters for each in page.texts)


def test_every_part_begins_a_page_with_its_heading_and_the_cover_bears_no_number():
    layout = Leaves((COVER, TABLE, TABLE), ("", "第一部分"))
    pages = lay_out_leaves(sheet(layout), layout, FRAME, SETTER)
    assert [page.without_foot for page in pages] == [True, False, False]
    assert text(pages[1]).startswith("第一部分")
    assert text(pages[2]).startswith("登记表"), "a part without a heading has the paper's title"


def test_squares_are_twenty_by_twenty_and_square():
    (page,) = lay_out_writing_paper(sheet(WritingPaper(1)), WritingPaper(1), FRAME, SETTER)
    level = {rule.y1 for rule in page.rules if rule.y1 == rule.y2}
    upright = {round(rule.x1, 2) for rule in page.rules if rule.x1 == rule.x2}
    assert len(level) == 40
    assert len(upright) == 21
    assert max(level) < FRAME.height
    tops = sorted(level)
    assert tops[1] - tops[0] == 165.0 / 20


def test_lines_fill_the_page():
    pages = lay_out_writing_paper(
        sheet(WritingPaper(3, squares=False)), WritingPaper(3, squares=False), FRAME, SETTER
    )
    assert len(pages) == 3
    assert len(pages[0].rules) == 25


def test_signature_and_seal_stand_at_the_foot_of_the_cell_with_room_for_the_seal():
    """A branch's seal is 42 mm across: 45 mm are kept."""
    layout = Leaves((TABLE,))
    (page,) = lay_out_leaves(sheet(layout, opinion="同意。"), layout, FRAME, SETTER)
    places = {each.characters: each.baseline for each in page.texts}
    opinion = next(place for words, place in places.items() if "同意" in words)
    bottom = max(rule.y1 for rule in page.rules if rule.y1 == rule.y2)
    seal = next(place for words, place in places.items() if "盖章" in words)
    signature = next(place for words, place in places.items() if "书记" in words)
    assert opinion < seal < signature < bottom
    assert bottom - opinion > SEAL_ROOM


def test_a_long_opinion_carries_its_signature_to_its_last_page():
    layout = Leaves((TABLE,))
    pages = lay_out_leaves(sheet(layout, opinion="很长的意见。" * 1200), layout, FRAME, SETTER)
    assert len(pages) > 2
    assert ["书记" in text(page) for page in pages] == [False] * (len(pages) - 1) + [True]
    for page in pages:
        lowest = max(rule.y1 for rule in page.rules if rule.y1 == rule.y2)
        assert all(each.baseline <= max(lowest, 20.0) for each in page.texts)
        assert lowest <= FRAME.height + 0.1


def test_an_opinion_that_just_fills_the_page_loses_nothing():
    layout = Leaves((TABLE,))
    for count in range(280, 420, 7):
        words = "很长的意见。" * count
        pages = lay_out_leaves(sheet(layout, opinion=words), layout, FRAME, SETTER)
        assert sum(text(page).count("意见。") for page in pages) >= count - len(pages) * 40
        assert "书记" in text(pages[-1])
