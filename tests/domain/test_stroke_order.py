"""按姓氏笔画为序 (基层组织选举工作条例 第二十四条), by the shipped table."""

import random
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.stroke_order import StrokeOrder
from branchbook.services.stroke_order import stroke_order

LEVELS = Path(__file__).with_name("standard_list.txt").read_text(encoding="utf-8").splitlines()
"""The 通用规范汉字表 in its official order, one level a line (scripts/build_stroke_order.py --standard-list)."""

SAMPLE = [
    "丁一", "王五", "王文", "文强", "田富", "田大利", "史进", "司马光", "刘洋", "李四", "李一鸣", "李大鸣", "张三",
    "陈伟", "林森", "欧明", "欧阳少东", "赵一", "洪少东", "高富", "高大富",
]  # fmt: skip
"""Checked by hand, single-character given names first."""


def by_strokes(names, **options):
    return list(stroke_order().ordered(names, str, **options))


def shuffled(names):
    names = list(names)
    random.Random(11).shuffle(names)
    return names


class TestTheNationalList:
    def test_it_has_three_levels(self):
        assert [len(level) for level in LEVELS] == [3500, 3000, 1605]
        assert len(set("".join(LEVELS))) == 8105

    @pytest.mark.parametrize("level", LEVELS, ids=["first", "second", "third"])
    def test_every_character_is_in_its_official_order_within_its_level(self, level):
        assert "".join(by_strokes(shuffled(level))) == level

    def test_no_character_of_it_is_missing(self):
        assert stroke_order().unknown(LEVELS) == ()

    def test_no_character_stands_twice(self):
        places = stroke_order().places
        assert len(places) == 21173
        assert all(len(each) == 1 for each in places)


class TestSurnames:
    def test_seven_common_ones(self):
        """Collation by strokes in ICU has 张 before 李, which is wrong: 李 begins with 横, 张 with 折."""
        for names in permutations("丁王刘李张陈赵"):
            assert "".join(by_strokes(names)) == "丁王刘李张陈赵"

    def test_only_the_first_character_of_a_compound_surname_counts(self):
        assert by_strokes(["欧阳少东", "刘洋", "司马光", "林森", "欧明"]) == [
            "司马光",
            "刘洋",
            "林森",
            "欧明",
            "欧阳少东",
        ]


class TestNames:
    def test_the_sample_that_was_checked_by_hand(self):
        assert by_strokes(shuffled(SAMPLE)) == SAMPLE

    def test_single_character_given_names_come_first_by_a_setting(self):
        names = ["田大利", "田富"]
        assert by_strokes(names) == ["田富", "田大利"]
        assert by_strokes(names, single_names_first=False) == ["田大利", "田富"]

    def test_character_by_character_without_the_setting(self):
        """As people's congresses do it: 一 before 四, 大 before 富."""
        in_order = by_strokes(shuffled(SAMPLE), single_names_first=False)
        assert in_order[:3] == ["丁一", "王五", "王文"]
        assert [name for name in in_order if name[0] in "李高"] == [
            "李一鸣",
            "李大鸣",
            "李四",
            "高大富",
            "高富",
        ]

    def test_a_blank_set_between_two_characters_weighs_nothing(self):
        assert by_strokes(["田大利", "田　富", "田 丰"]) == ["田 丰", "田　富", "田大利"]

    @pytest.mark.parametrize("dot", "·•・")
    def test_names_with_a_dot_stay_as_typed(self, dot):
        names = [f"阿卜杜{dot}热合曼", "丁一", f"阿卜杜{dot}艾山"]
        assert by_strokes(names) == ["丁一", f"阿卜杜{dot}艾山", f"阿卜杜{dot}热合曼"]
        assert stroke_order().hint(names) == ""

    def test_equal_names_keep_their_order(self):
        people = [("张三", 1), ("丁一", 2), ("张三", 3)]
        ordered = stroke_order().ordered(people, lambda each: each[0])
        assert ordered == (("丁一", 2), ("张三", 1), ("张三", 3))

    @given(st.lists(st.sampled_from(SAMPLE)), st.booleans())
    def test_the_order_typed_in_never_matters(self, names, single_names_first):
        once = by_strokes(names, single_names_first=single_names_first)
        assert by_strokes(names[::-1], single_names_first=single_names_first) == once
        keys = [stroke_order().key(each, single_names_first=single_names_first) for each in once]
        assert all(one <= other for one, other in pairwise(keys))


class TestOutsideTheTable:
    def test_they_come_last_and_are_named(self):
        names = ["\U0003106c四", "赵六", "䶮\U000310d2", "丁一"]
        assert by_strokes(names)[0] == "丁一"
        assert by_strokes(names)[-1] == "\U0003106c四"
        assert stroke_order().unknown([*names, "\U0003106c五"]) == ("\U0003106c", "\U000310d2")
        assert stroke_order().hint(names) == (
            "笔画表里没有“\U0003106c、\U000310d2”，含这些字的姓名暂排在后面，请核对并手工调整次序"
        )

    def test_without_any_nothing_is_said(self):
        assert stroke_order().hint(SAMPLE) == ""

    def test_among_themselves_they_go_by_code_point(self):
        assert by_strokes("BA甲") == ["甲", "A", "B"]

    def test_a_table_is_what_it_is_given(self):
        small = StrokeOrder.of("乙甲")
        assert small.ordered(["甲", "乙", "丙"], str) == ("乙", "甲", "丙")
        assert small.unknown(["甲丙"]) == ("丙",)
