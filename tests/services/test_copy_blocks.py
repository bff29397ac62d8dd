"""Blocks to be copied: the user's order, filled one by one, kept in the book and undone."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.domain.dates import Period
from branchbook.domain.problems import RefusedProblem
from branchbook.exchange.docx_template import DocxTemplates
from branchbook.services.copy_blocks import (
    MOST_BLOCKS,
    SUGGESTED,
    CopyBlock,
    blocks_of,
    filled_blocks,
    keep_blocks,
)
from branchbook.services.undo import undo_latest
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, small_book

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


def filled(book, period=HALF):
    with book.reading() as reading:
        return filled_blocks(reading, DocxTemplates(), period, FIRST_BRANCH, TODAY)


def test_the_suggested_blocks_stand_there_until_own_ones_are_kept():
    book = small_book()
    found = filled(book)
    assert tuple(each.block for each in found) == SUGGESTED
    assert (found[0].text, found[1].text) == ("第一支部", "6")
    assert not any(each.problem for each in found)


def test_own_blocks_keep_their_order_and_are_filled():
    book = small_book()
    own = (CopyBlock("二", "{{ 数.党员总数 }} 名 & <b>"), CopyBlock("一", "{{ 名.统计期 }}"))
    assert keep_blocks(book, own, actor()).value == own
    assert [(each.block.title, each.text) for each in filled(book)] == [
        ("二", "6 名 & <b>"),
        ("一", "2026年上半年"),
    ]
    undo_latest(book, actor(1), actor().now)
    with book.reading() as reading:
        assert blocks_of(reading) == SUGGESTED


def test_no_blocks_at_all_is_a_choice_too():
    book = small_book()
    keep_blocks(book, (), actor())
    assert filled(book) == ()


def test_a_wrong_block_is_told_and_does_not_hinder_the_others():
    book = small_book()
    wrong_ones = (CopyBlock("错", "{{ 数.天气 }}"), CopyBlock("残", "{{ 数.党课"))
    keep_blocks(book, (*wrong_ones, CopyBlock("对", "{{ 名.单位 }}")), actor())
    wrong, broken, right = filled(book)
    assert (wrong.text, broken.text, right.text) == ("", "", "第一支部")
    assert "天气" in wrong.problem
    assert "残" in broken.problem
    assert "标记不完整" in broken.problem


def test_what_stayed_blank_is_told_with_its_block():
    book = small_book()
    keep_blocks(
        book, (CopyBlock("党课", "{{ 数.党课 }} 次"), CopyBlock("人数", "{{ 数.党员总数 }}")), actor()
    )
    lessons, members = filled(book)
    assert lessons.unfilled == ("数.党课（统计期内没有这类记录）",)
    assert members.unfilled == ()


@pytest.mark.parametrize(
    "blocks, what",
    [((CopyBlock(" ", "一"),), "标题"), ((CopyBlock("一", "一"),) * (MOST_BLOCKS + 1), "最多")],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(blocks, what):
    book = small_book()
    with pytest.raises(RefusedProblem, match=what):
        keep_blocks(book, blocks, actor())
    with book.reading() as reading:
        assert blocks_of(reading) == SUGGESTED


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(RefusedProblem, match="早于开始"):
        filled(small_book(), Period(HALF.end, HALF.start))
