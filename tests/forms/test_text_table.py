"""Plain tables within the official document: head repeated, cells wrapped, rows over pages, nothing outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.papers import OfficialDocument, Paragraph, ParagraphStyle, PrintOptions, TextTable
from branchbook.forms.official import PITCH, lay_out_official
from branchbook.forms.press import frame_of
from tests.forms.checking import assert_inside, written
from tests.forms.examples import SENTENCE, sheet

HEAD = ("日期", "名称", "主题")


def pages(setter, *body, **more):
    layout = OfficialDocument()
    example = sheet(layout, {"title": "工作情况", "body": body, **more}, "报告")
    return lay_out_official(example, layout, frame_of(example, PrintOptions()), setter)


def table(count, subject="学习"):
    return TextTable((HEAD, *(("2026年3月5日", "主题党日", f"{subject}{n}") for n in range(1, count + 1))))


def test_a_table_stands_between_its_paragraphs(setter):
    made = pages(setter, Paragraph("前面的话。"), table(2), Paragraph("后面的话。"))
    text = written(made)
    assert text.index("前面的话") < text.index("日期") < text.index("学习2") < text.index("后面的话")
    assert_inside(made)


def test_its_head_stands_again_on_every_page(setter):
    made = pages(setter, table(120))
    assert len(made) > 2
    for page in made:
        assert written([page]).count("名称") == 1
    for number in range(1, 121):
        assert f"学习{number}" in written(made)
    assert_inside(made)


def test_a_long_cell_wraps_and_a_row_longer_than_a_page_goes_on(setter):
    made = pages(setter, TextTable((HEAD, ("2026年3月5日", "主题党日", SENTENCE * 60))))
    assert len(made) > 1
    assert written(made).count(SENTENCE[:6]) >= 60
    assert_inside(made)


def test_the_text_after_a_table_stands_on_the_grid_of_lines_again(setter):
    (page,) = pages(setter, Paragraph("前面。"), table(3), Paragraph("后面。"))
    before = next(each for each in page.texts if each.characters == "前面。")
    after = next(each for each in page.texts if each.characters == "后面。")
    lines = (after.baseline - before.baseline) / PITCH
    assert lines == pytest.approx(round(lines), abs=0.001)


def test_a_heading_is_not_parted_from_its_table(setter):
    """On whichever line of the page the heading would come."""
    for count in range(1, 24):
        made = pages(
            setter,
            Paragraph("支" * 28 * count, ParagraphStyle.PLAIN),
            Paragraph("一、一览表", ParagraphStyle.HEADING),
            table(3),
        )
        (with_heading,) = (written([page]) for page in made if "一、一览表" in written([page]))
        assert "学习1" in with_heading


def test_short_columns_keep_their_width_beside_long_ones(setter):
    rows = (HEAD, *(("2026年12月15日", "主题党日", SENTENCE * 3) for _ in range(3)))
    made = pages(setter, TextTable(rows))
    assert [each.characters for each in made[0].texts].count("2026年12月15日") == 3


def test_the_signature_stays_with_the_text_after_a_table(setter):
    for count in range(1, 40):
        made = pages(
            setter, table(count), Paragraph("后面的话。"), signed_by="第一支部", signed_on="2026年7月1日"
        )
        last = written(made[-1:])
        assert "后面的话" in last
        assert "第一支部" in last


CELL = st.text(alphabet=st.sampled_from("会议，。（）2026 Aw\n"), max_size=120)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), max_size=8))
)
def test_whatever_stands_in_it_nothing_is_lost_or_set_outside(setter, rows):
    made = pages(setter, TextTable(tuple(tuple(row) for row in rows)))
    assert_inside(made)
    for character in "会2Aw":
        assert written(made).count(character) >= sum(cell.count(character) for row in rows for cell in row)
