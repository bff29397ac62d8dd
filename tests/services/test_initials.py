"""Pinyin initials: every reading, the surname's own first, and no character that stands in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.services.initials import MOST_COMBINATIONS, initials_of


@pytest.mark.parametrize(
    "name, initials",
    [
        ("张三", "zs"),
        ("张三", "zhs"),
        ("单示例", "ssl"),
        ("仇示例", "qsl"),
        ("解示例", "xsl"),
        ("翟示例", "zsl"),
        ("曾示例", "zsl"),
        ("任示例", "rsl"),
        ("盖示例", "gsl"),
        ("尉示例", "wsl"),
        ("欧阳示", "oys"),
        ("阿卜杜拉·示例", "abdlsl"),
        ("A王", "aw"),
    ],
)
def test_a_name_is_found_by_its_initials(name: str, initials: str) -> None:
    assert initials in initials_of(name).split()


@pytest.mark.parametrize(
    "surname, likeliest", [("单", "s"), ("仇", "q"), ("曾", "z"), ("区", "o"), ("朴", "p")]
)
def test_the_reading_as_a_surname_comes_first(surname: str, likeliest: str) -> None:
    assert initials_of(surname).split()[0] == likeliest


@pytest.mark.parametrize("name", ["", "·", "\U00030729", "😀"])
def test_a_name_without_readings_is_no_error(name: str) -> None:
    assert initials_of(name) == ""


def test_a_rare_character_is_passed_over() -> None:
    assert "ws" in initials_of("王\U00030729示").split()


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_any_text_gives_few_plain_words(name: str) -> None:
    words = initials_of(name).split(" ")
    assert len(words) <= MOST_COMBINATIONS
    assert initials_of(name) == initials_of(name)
    assert all(word == word.lower() for word in words)
