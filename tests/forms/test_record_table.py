"""The record table: nothing cut, heads repeated on 续页, signatures in their columns."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import (
    Field,
    GridRow,
    LongRow,
    Paragraph,
    ParagraphStyle,
    Photo,
    PrintOptions,
    RecordTable,
    Row,
)
from branchbook.forms.library import Role
from branchbook.forms.page import POINT, THICK
from branchbook.forms.press import frame_of
from branchbook.forms.record_table import lay_out_record
from branchbook.forms.setting import set_label
from tests.forms.checking import assert_inside, assert_texts_do_not_touch, written
from tests.forms.examples import RECORD, minutes, sheet

VOTES = GridRow(
    "votes",
    (
        Column("item", "议题", 60.0, "left"),
        Column("votes_for", "赞成", 30.0),
        Column("passed", "是否通过", 30.0),
    ),
    label="表决形式及结果",
)


def _pages(setter, layout, values, title="支部党员大会记录"):
    example = sheet(layout, values, title)
    return lay_out_record(example, layout, frame_of(example, PrintOptions()), setter)


def test_a_short_record_is_one_page_with_every_value(setter):
    pages = _pages(setter, RECORD, {"time": "2026年10月23日", "venue": "三楼会议室", "minutes": minutes(2)})
    assert len(pages) == 1
    text = written(pages)
    for part in (
        "支部党员大会记录",
        "时间2026年10月23日地点三楼会议室",
        "第1段",
        "第2段",
        "主持人（签名）：",
    ):
        assert part in text
    assert_inside(pages)
    assert_texts_do_not_touch(pages[0])


def test_long_minutes_go_on_under_the_repeated_head(setter):
    pages = _pages(setter, RECORD, {"time": "2026年10月23日", "minutes": minutes(60), "absent": "无"})
    assert len(pages) > 2
    for page in pages[1:]:
        assert written([page]).startswith("支部党员大会记录（续页）时间2026年10月23日地点")
    assert all("缺席及原因" not in written([page]) for page in pages[1:])
    assert [written(pages).count(f"第{number}段") for number in range(1, 61)] == [1] * 60
    assert_inside(pages)


def test_a_border_closes_the_table_on_every_page(setter):
    """Where a row runs over, Platypus loses the rule; here every page has its whole outer border."""
    for page in _pages(setter, RECORD, {"minutes": minutes(60)}):
        outer = [rule for rule in page.rules if rule.weight == THICK]
        lowest = max(rule.y2 for rule in page.rules)
        assert len(outer) == 4
        assert max(rule.y1 for rule in outer) == pytest.approx(lowest)
        inside = [text for text in page.texts if text.x > 30.0 and text.size == RECORD.font_size]
        assert all(text.baseline < lowest for text in inside if text.characters[0] == "第")


def test_a_blank_paper_has_labels_room_and_lines_to_sign(setter):
    (page,) = _pages(setter, RECORD, None)
    assert written([page]) == (
        "支部党员大会记录时间地点缺席及原因会议内容会议决议主持人（签名）：记录人（签名）：年月日"
    )
    heights = sorted({round(rule.y1, 1) for rule in page.rules if rule.y1 == rule.y2})
    assert heights[-2] - heights[-3] == pytest.approx(120.0, abs=0.1)


def test_signatures_stand_in_fixed_columns_with_the_date_at_the_right(setter):
    (page,) = _pages(setter, RECORD, None)
    chair, minute_taker, date = page.texts[-3:]
    assert chair.baseline == minute_taker.baseline == date.baseline
    assert chair.x < minute_taker.x < date.x
    assert date.x + date.typeface.measure(date.characters) * 12 / 1000 * 25.4 / 72 == pytest.approx(
        165.0, abs=0.2
    )


def test_signatures_never_stand_alone_on_a_page(setter):
    for count in range(12, 30):
        pages = _pages(setter, RECORD, {"minutes": minutes(count), "resolutions": "通过。"})
        last = written(pages[-1:])
        assert "签名" in last
        assert "通过。" in last or "段。" in last


def test_hidden_fields_and_rows_are_left_out_and_the_rest_fills_the_width(setter):
    hidden = replace(RECORD.rows[0].fields[1], hidden=True)
    layout = replace(
        RECORD,
        rows=(
            Row((RECORD.rows[0].fields[0], hidden), 10.0),
            Row((hidden,), 10.0),
            LongRow(replace(RECORD.rows[2].field, hidden=True), 50.0),
            replace(VOTES, hidden=True),
            RECORD.rows[3],
        ),
        repeated_rows=0,
    )
    (page,) = _pages(setter, layout, {"time": "今天"})
    assert "地点" not in written([page])
    assert "会议内容" not in written([page])
    assert max(rule.x2 for rule in page.rules) == pytest.approx(165.0, abs=0.1)


def test_a_small_table_has_its_head_and_empty_rows_when_blank(setter):
    layout = RecordTable((VOTES,))
    (page,) = _pages(setter, layout, None)
    assert written([page]).startswith("支部党员大会记录表决形式及结果议题赞成是否通过")
    levels = {round(rule.y1, 2) for rule in page.rules if rule.y1 == rule.y2}
    assert len(levels) == 1 + 1 + 1 + VOTES.blank_rows
    (filled,) = _pages(
        setter, layout, {"votes": ({"item": "接收预备党员", "votes_for": "13", "passed": "通过"},)}
    )
    assert "接收预备党员13通过" in written([filled])


def test_the_head_of_a_small_table_is_repeated_and_never_left_alone(setter):
    for count in range(8, 26):
        layout = RecordTable((LongRow(Field("minutes", "内容", 137.0, 28.0), 10.0), VOTES))
        rows = tuple({"item": f"议题{number}", "passed": "通过"} for number in range(6))
        pages = _pages(setter, layout, {"minutes": minutes(count), "votes": rows})
        for page in pages:
            text = written([page])
            if "是否通过" in text:
                assert "是否通过议题" in text
            if "议题3" in text:
                assert "是否通过" in text


def test_speakers_stand_in_the_heading_face_before_what_they_said(setter, fonts):
    speech = (
        Paragraph("同意。", ParagraphStyle.SPEECH, "王建国"),
        Paragraph("一、议题", ParagraphStyle.HEADING),
    )
    (page,) = _pages(setter, RECORD, {"minutes": speech})
    bold = [text.characters for text in page.texts if text.typeface is fonts.typeface(Role.HEADING)]
    assert bold == ["王建国：", "一、议题"]
    assert "王建国：同意。" in written([page])


def test_a_record_a_little_too_long_takes_the_room_from_its_empty_cells(setter):
    tall_cell = LongRow(Field("minutes", "会议内容", 137.0, 28.0), 190.0)
    tall = replace(RECORD, rows=(*RECORD.rows[:2], tall_cell, RECORD.rows[3]))
    assert len(_pages(setter, tall, {"minutes": minutes(3)})) == 1


def test_photos_stand_in_a_long_cell_with_their_captions(setter):
    photos = tuple(Photo(f"{number:064x}", f"第{number}张") for number in range(5))
    pages = _pages(setter, RECORD, {"minutes": photos})
    assert [picture.sha256 for page in pages for picture in page.pictures] == [
        photo.sha256 for photo in photos
    ]
    assert "第4张" in written(pages)
    assert_inside(pages)


ANY = st.text(alphabet=st.sampled_from("会议记录，。（）“”2026 Aw\n-/％"), max_size=400)


@settings(max_examples=60, deadline=None)
@given(time=ANY, venue=ANY, absent=ANY, long=ANY, size=st.sampled_from([9.0, 12.0, 16.0]))
def test_whatever_is_typed_nothing_is_cut_or_set_outside(setter, time, venue, absent, long, size):
    layout = replace(RECORD, font_size=size)
    values = {"time": time, "venue": venue, "absent": absent, "minutes": long * 8, "resolutions": long}
    pages = _pages(setter, layout, values)
    assert_inside(pages)
    text = written(pages)
    for character in "会议记录2026Aw％":
        least = sum(value.count(character) for value in values.values())
        assert text.count(character) >= least


def test_a_value_longer_than_a_page_in_a_short_row_splits(setter):
    pages = _pages(setter, RECORD, {"absent": "缺" * 6000, "venue": "地" * 4000})
    assert written(pages).count("缺") >= 6000
    assert written(pages).count("地") >= 4000
    assert_inside(pages)


def test_two_hundred_thousand_characters_in_one_minute_are_all_printed(setter):
    pages = _pages(setter, RECORD, {"minutes": "会" * 200_000})
    assert written(pages).count("会") >= 200_000
    assert_inside(pages[:3])


def test_a_record_that_lacks_a_few_millimetres_takes_them_from_its_rows_and_stays_on_one_page(setter):
    """An ordinary row gives at most a tenth of its height; what lacks more than that runs on."""
    rows = tuple(Row((Field(f"f{number}", "栏目", 137.0, 28.0),), 10.0) for number in range(10))
    layout = _with_minutes(rows)
    full = next(count for count in range(1, 60) if len(_pages(setter, layout, _words(count))) > 1)
    (last,) = _pages(setter, layout, _words(full - 1))
    roomy, *_ = _pages(setter, layout, _words(1))
    assert _row_heights(roomy) == {10.0}
    (squeezed,) = _row_heights(last)
    assert 9.0 <= squeezed < 10.0


def test_lines_come_a_little_closer_before_a_record_runs_on_for_its_end(setter):
    """Down to 0.86 of their pitch, and no further; a record that runs on all the same keeps its pitch."""
    layout = _with_minutes(())
    full = next(count for count in range(1, 90) if len(_pages(setter, layout, _words(count))) > 1)
    (last,) = _pages(setter, layout, _words(full - 1))
    usual, *_ = _pages(setter, layout, _words(1 + full))
    roomy = _pitch(usual)
    assert roomy == pytest.approx(12 * 1.5 * POINT, abs=0.01)
    assert 0.86 * roomy - 0.01 <= _pitch(last) < 0.9 * roomy
    assert max(text.baseline for text in last.texts) < last.frame.height


def _pitch(page):
    """The distance in mm between two lines of the minutes."""
    lines = sorted(text.baseline for text in page.texts if text.characters == "一行")
    return lines[1] - lines[0]


def _row_heights(page):
    """Heights in mm of the boxes of ten rows: the distances between the tops of the first cells."""
    tops = sorted({round(rule.y1, 3) for rule in page.rules if rule.y1 == rule.y2})[:10]
    return {round(after - before, 2) for before, after in itertools.pairwise(tops)}


def _with_minutes(rows):
    """A table of rows above one long cell that has no room to spare."""
    return RecordTable(rows=(*rows, LongRow(Field("minutes", "会议内容", 137.0, 28.0), 10.0)))


def _words(count):
    """Minutes of that many lines."""
    return {"minutes": "\n".join("一行" for _ in range(count))}


def test_a_label_of_two_lines_is_parted_after_its_mark(setter):
    """评议年度、 over 主题, and not 评议年 over 度、主题; where no mark helps the lines are as even as can be."""
    parted = set_label("评议年度、主题", setter.body, 12.0, 26.0)
    assert ["".join(text.characters for text in line.texts) for line in parted] == ["评议年度、", "主题"]
    even = set_label("到会委员是否达到半数以上", setter.body, 12.0, 27.0)
    assert ["".join(text.characters for text in line.texts) for line in even] == [
        "到会委员是否",
        "达到半数以上",
    ]
