"""Text is cleaned of what cannot be seen and drawn with the first face that has each character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.forms.typeface import printable


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("甲\x00乙\x07", "甲乙"),
        ("甲\r\n乙\r丙\u2028丁\x0b戊", "甲\n乙\n丙\n丁\n戊"),
        ("甲\u202e乙\u200f丙\ufeff", "甲乙丙"),
        ("葛\U000e0100某\ufe0f", "葛某"),
        ("<b>粗</b> &amp; <img>", "<b>粗</b> &amp; <img>"),
        ("一\t二", "一　二"),
        ("plain, ascii", "plain, ascii"),
    ],
)
def test_only_what_cannot_be_seen_is_dropped(typed, printed):
    assert printable(typed) == printed


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert printable(printable(text)) == printable(text)


@given(st.text(alphabet=st.characters(categories=["Lo", "Nd", "Po"])))
def test_letters_and_figures_are_never_dropped(text):
    visible = [character for character in text if not 0xFFF9 <= ord(character) <= 0xFFFB]
    assert [character for character in printable(text) if character in visible] == visible


def test_runs_cut_the_text_where_the_face_changes_and_join_to_the_text(body):
    text = "李𬭎和赵䶮、王强"
    runs = body.runs(text)
    assert "".join(run for _place, run in runs) == text
    assert [run for place, run in runs if place] == ["𬭎", "䶮"]


def test_what_no_face_has_is_told_once_each_in_order(body):
    assert body.missing("会😀议🎉😀 \n\u3000") == ["😀", "🎉"]


def test_widths_add_up(body):
    assert body.measure("支部") == 2000
    assert body.measure("支部1") == 2000 + body.advances["1"]
    assert body.measures["支部1"] == body.measure("支部1")
