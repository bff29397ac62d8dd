"""The script that makes the table of strokes: the official order inside each level, everything else as it was."""

import bz2
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.services.stroke_order import stroke_order
from scripts import build_stroke_order as script

WORDS = {
    "all_word": [
        {"chinese": "a", "stroke_increment_level": 1},
        {"chinese": "丁", "stroke_increment_level": 7},
        {"chinese": "一", "stroke_increment_level": 3},
        {"chinese": "一", "stroke_increment_level": 3},  # another reading
        {"chinese": "十", "stroke_increment_level": 9},
    ]
}


def test_each_chinese_character_is_taken_once_in_the_order_of_strokes():
    assert script.order_of(WORDS) == ["一", "丁", "十"]


def test_what_agrees_stays_and_the_rest_goes_between_its_neighbours():
    order = list("一丁丅十七")
    assert "".join(script.corrected(order, ["一十丁"])) == "一十丁丅七"
    assert "".join(script.corrected(order, ["一十丁", "七丅"])) == "一十丁七丅"


def test_what_is_missing_stands_behind_the_one_before_it():
    assert "".join(script.corrected("一二三四", ["一甲三", "二乙四"])) == "一甲二乙三四"
    assert "".join(script.corrected("一二", ["二甲乙"])) == "一二甲乙"


@given(st.permutations(range(12)), st.permutations(range(16)), st.integers(0, 16))
def test_every_level_ends_in_its_order_and_nothing_else_moves(order, numbers, first):
    """Levels share no character; some of theirs are not in the order at all."""
    levels = [sorted(numbers[:first]), sorted(numbers[first:])[::2]]
    levelled = {each for level in levels for each in level}
    given_order = [f"{each:02}" for each in order]
    named = [[f"{each:02}" for each in level] for level in levels]
    made = script.corrected(given_order, named)
    assert script.inversions(made, named) == 0
    assert sorted(made) == sorted({*given_order, *(each for level in named for each in level)})
    others = [each for each in given_order if int(each) not in levelled]
    assert [each for each in made if each in set(others)] == others


def test_the_shipped_table_has_nothing_left_to_correct():
    shipped = list(stroke_order().places)
    levels = Path(__file__).with_name("standard_list.txt").read_text(encoding="utf-8").splitlines()
    assert script.inversions(shipped, levels) == 0
    assert script.corrected(shipped, levels) == shipped


@pytest.mark.parametrize("name", ["all_word.json", "res/all_word.json", "cn_sort/res/all_word.json"])
def test_the_data_are_found_in_a_folder_or_a_file(tmp_path, name):
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(WORDS), encoding="utf-8")
    assert script.read_words(tmp_path) == script.read_words(file) == WORDS


def test_the_data_are_found_in_a_wheel(tmp_path):
    with zipfile.ZipFile(tmp_path / "cn_sort.whl", "w") as wheel:
        wheel.writestr(script.WORDS, json.dumps(WORDS))
    assert script.read_words(tmp_path / "cn_sort.whl") == WORDS


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(SystemExit, match=r"no all_word\.json"):
        script.read_words(tmp_path)
    with pytest.raises(SystemExit, match="0 characters with kTGH"):
        script.standard_list(tmp_path)


def test_the_levels_come_from_unihan_packed_or_not(tmp_path):
    lines = [f"U+{0x4E00 + number:04X}\tkTGH\t2013:{number}" for number in range(1, 8106)]
    (tmp_path / "Unihan_OtherMappings.txt").write_text("\n".join(lines[:5000]), encoding="utf-8")
    (tmp_path / "Unihan_Readings.txt.bz2").write_bytes(bz2.compress("\n".join(lines[5000:]).encode()))
    levels = script.standard_list(tmp_path)
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert levels[0][0] == "\u4e01"
