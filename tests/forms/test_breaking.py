"""Lines are broken as GB/T 15834-2011 (5.1) asks, and no character is lost, whatever the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from branchbook.forms.breaking import (
    LOOSEST_GAP,
    NO_LINE_END,
    NO_LINE_START,
    SQUEEZE,
    balanced,
    break_paragraph,
    break_text,
    clusters,
)
from branchbook.forms.typeface import printable

HAN = "党支部会议记录应到实到请假缺席主持人同意通过讨论决议学习一二三"
MARKS = "，。、；：？！”’）》〉】…—·％"
OPENING = "“‘（《〈【"
PIECES = st.sampled_from(
    [*HAN, *MARKS, *OPENING, "2026", "98.5%", "12:30", "https://example.org/a", "GB/T", " ", "……"]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=160).map("".join)
WIDTHS = st.integers(6000, 40000)
PATIENT = settings(max_examples=200, deadline=None)


def _bare(text: str) -> str:
    return "".join(text.split())


@PATIENT
@given(text=TEXTS, width=WIDTHS, indent=st.sampled_from([0, 2000]))
@example(text="（" * 30, width=6000, indent=0)
@example(text="。" * 30, width=6000, indent=2000)
def test_no_character_is_lost_or_moved(body, text, width, indent):
    lines = break_paragraph(text, body, width, indent)
    assert _bare("".join(line.text for line in lines)) == _bare(text)


@PATIENT
@given(text=TEXTS, width=WIDTHS, indent=st.sampled_from([0, 2000]))
def test_no_line_begins_or_ends_with_a_forbidden_mark(body, text, width, indent):
    """A mark stands wrong only where the piece that it belongs to is wider than a whole line."""
    lines = [line.text for line in break_paragraph(text, body, width, indent)]
    if all(body.measure(piece) <= width - indent for piece in clusters(text)):
        assert not [line for line in lines[1:] if line[0] in NO_LINE_START]
        assert not [line for line in lines[:-1] if line[-1] in NO_LINE_END]


@PATIENT
@given(text=TEXTS, width=WIDTHS)
def test_no_line_is_wider_than_the_column(body, text, width):
    for line in break_paragraph(text, body, width, 2000):
        drawn = line.indent + line.width + line.spacing * (len(line.text) - 1)
        assert drawn <= width + 1 or len(line.text) == 1


@PATIENT
@given(text=TEXTS, width=WIDTHS)
def test_justified_lines_end_at_the_edge_and_gaps_stay_decent(body, text, width):
    for line in break_paragraph(text, body, width):
        assert -SQUEEZE <= line.spacing <= LOOSEST_GAP
        if line.spacing:
            assert line.width + line.spacing * (len(line.text) - 1) == pytest.approx(width, abs=1)


@given(text=st.text(max_size=200), width=st.integers(1, 20000))
@settings(max_examples=200, deadline=None)
def test_any_text_at_any_width_is_broken_whole(body, text, width):
    text = printable(text).replace("\n", "")
    lines = break_paragraph(text, body, width)
    assert _bare("".join(line.text for line in lines)) == _bare(text)


@pytest.mark.parametrize(
    "word",
    ["2026", "98.5%", "1,234.56", "15:30", "GB/T", "https://example.org/a-b_c", "don't", "2026年", "37号"],
)
def test_numbers_words_and_dates_stay_whole(body, word):
    text = "会议记录" * 3 + word + "会议记录" * 3
    for width in range(13_000, 20_000, 500):
        assert any(word in line.text for line in break_paragraph(text, body, width, justified=False)), width


@pytest.mark.parametrize("pair", ["——", "……"])
def test_a_dash_and_an_ellipsis_are_never_cut(body, pair):
    for width in range(6000, 12000, 250):
        assert any(
            pair in line.text for line in break_paragraph(f"会议记录会议{pair}通过决议同意", body, width)
        )


def test_a_single_closing_mark_is_squeezed_in(body):
    text = "一" * 29 + "，" + "二" * 10
    first = break_paragraph(text, body, 29_000)[0]
    assert first.text == "一" * 29 + "，"
    assert first.spacing == pytest.approx(-1000 / 29)


def test_where_squeezing_is_too_much_the_character_goes_down_with_its_mark(body):
    first, second = break_paragraph("一" * 9 + "二，" + "三" * 3, body, 10_000)[:2]
    assert first.text == "一" * 9
    assert second.text.startswith("二，")
    assert first.width + first.spacing * 8 == pytest.approx(10_000)


def test_the_last_line_is_not_stretched(body):
    assert break_paragraph("一" * 25, body, 10_000)[-1].spacing == 0


def test_a_word_longer_than_a_line_is_cut_and_nothing_of_it_lost(body):
    word = "a" * 200_000
    lines = break_paragraph(word, body, 28_000)
    assert "".join(line.text for line in lines) == word
    assert max(line.width for line in lines) <= 28_000


def test_spaces_at_a_line_end_vanish_and_an_indent_typed_by_hand_stays(body):
    lines = break_paragraph("　　会议记录 会议记录", body, 6_000)
    assert lines[0].text == "　　会议记录"
    assert lines[1].text == "会议记录"


def test_line_ends_in_a_cell_are_kept_and_an_empty_line_is_a_line(body):
    assert [line.text for line in break_text("甲\n\n乙", body, 5000)] == ["甲", "", "乙"]
    assert [line.text for line in break_paragraph("", body, 5000)] == [""]


def test_a_title_takes_as_few_lines_as_it_must_and_evens_them(body):
    title = "关于召开支部党员大会讨论接收预备党员转正的通知"
    greedy, even = break_text(title, body, 20_000), balanced(title, body, 20_000)
    assert len(even) == len(greedy) == 2
    assert abs(even[0].width - even[1].width) <= 2000 < abs(greedy[0].width - greedy[1].width)


def test_hanging_lines_begin_further_in(body):
    lines = break_paragraph("一" * 40, body, 20_000, 2000, 5000)
    assert [line.indent for line in lines] == [2000, 5000, 5000]
