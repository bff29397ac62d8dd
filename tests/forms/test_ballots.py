"""Ballots: all copies alike, nothing that tells one from another (选举条例 第二十四条 无记名), names never cut."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballot_papers import Ballots, BallotStyle, Column
from branchbook.domain.papers import PrintOptions, Slips, single
from branchbook.forms.ballots import lay_out_ballots
from branchbook.forms.page import POINT, Page
from branchbook.forms.press import frame_of
from branchbook.forms.slips import lay_out_slips
from tests.forms import reading
from tests.forms.checking import assert_inside, assert_texts_do_not_touch, written
from tests.forms.examples import sheet

TITLE = "中共示例第一支部委员会委员选票"
CELLS = Ballots(key="candidates", write_ins=3)
TABLE = Ballots(
    columns=(
        Column("name", "候选人姓名", 42.0),
        Column("for", "赞成", 20.0),
        Column("against", "不赞成", 20.0),
        Column("abstain", "弃权", 20.0),
    ),
    style=BallotStyle.TABLE,
    key="candidates",
    write_ins=3,
    write_in_columns=(Column("name", "另选他人姓名", 42.0), Column("for", "赞成", 20.0)),
)
VOTE = Ballots(
    columns=tuple(Column(word, word, 30.0) for word in ("赞成", "不赞成", "弃权")),
    style=BallotStyle.TABLE,
    blank_rows=1,
    per_sheet=8,
)
NOTES = "1．赞成的画“○”，不赞成的画“×”，弃权的不画。\n2．所选人数等于或者少于应选人数的有效。"
NAMES = ("丁一", "王小五", "欧阳少东", "阿卜杜热合曼·买买提明", "𬭎㭎喆")


def _values(names: tuple[str, ...], **others: str):
    rows = tuple({"name": name} for name in names)
    return {"candidates": rows, "left": "应选3名", "right": "2026年5月20日", "notes": NOTES, **others}


def _pages(setter, layout: Ballots, values) -> list[Page]:
    example = sheet(layout, values, TITLE)
    return lay_out_ballots(example, layout, frame_of(example, PrintOptions()), setter)


def _copies(page: Page, count: int) -> list[list[tuple[float, float, str]]]:
    """The texts of each of ``count`` parts below one another, measured from the part's own top."""
    height = page.frame.page_height / count
    parts: list[list[tuple[float, float, str]]] = [[] for _ in range(count)]
    for text in page.texts:
        part = int(text.baseline / height)
        parts[part].append((round(text.x, 2), round(text.baseline - part * height, 1), text.characters))
    return parts


@pytest.mark.parametrize("layout", [CELLS, TABLE], ids=["cells", "table"])
def test_two_ballots_on_a_sheet_are_alike_to_the_last_point(setter, layout):
    (page,) = _pages(setter, layout, _values(NAMES))
    upper, lower = _copies(page, 2)
    assert upper == lower
    assert upper


@pytest.mark.parametrize("layout", [CELLS, TABLE], ids=["cells", "table"])
@pytest.mark.parametrize("count", [1, 4, 9, 15])
def test_every_name_stands_whole_on_each_copy(setter, layout, count):
    names = (*(f"示例人{place:02}" for place in range(1, count)), "阿卜杜热合曼·买买提明")
    pages = _pages(setter, layout, _values(names))
    assert len(pages) == 1
    copies = written(pages).count(TITLE)
    assert copies in (1, 2)
    for name in names:
        assert written(pages).count(name) == copies
    assert_inside(pages)
    assert_texts_do_not_touch(pages[0])


def test_fifteen_candidates_take_a_whole_sheet(setter):
    (page,) = _pages(setter, CELLS, _values(tuple(f"示例人{place}" for place in range(15))))
    assert written([page]).count(TITLE) == 1


def test_a_ballot_too_tall_for_half_a_sheet_takes_the_whole_and_never_runs_over_the_line(setter):
    note = "用蓝黑色或者黑色的钢笔、签字笔填写，符号准确，字迹清楚。" * 2
    long = "\n".join(f"{place}．{note}" for place in range(1, 7))
    (page,) = _pages(setter, CELLS, _values(NAMES, notes=long))
    assert written([page]).count(TITLE) == 1
    assert not [rule for rule in page.rules if rule.y1 == rule.y2 == 148.5]


def test_a_page_of_ballots_has_no_number_and_no_printed_note(press):
    options = PrintOptions(printed_note="本表由第一支部打印")
    printed = press.press(single(sheet(CELLS, _values(NAMES), TITLE), options))
    text = reading.flat(printed.pdf)
    assert "第1页" not in text
    assert "打印" not in text


def test_between_ballots_runs_a_broken_line_to_cut_along(setter):
    (page,) = _pages(setter, CELLS, _values(NAMES))
    middle = [rule for rule in page.rules if rule.y1 == rule.y2 == 148.5]
    assert len(middle) > 40
    assert all(rule.x2 - rule.x1 <= 2.0 for rule in middle)


def test_one_ballot_is_a_sheet_of_a5(press):
    layout = replace(CELLS, per_sheet=1, half_sheet=True)
    printed = press.press(single(sheet(layout, _values(NAMES), TITLE)))
    assert reading.sizes(printed.pdf) == [(210, 148)]


@pytest.mark.parametrize("per_sheet", [4, 8])
def test_small_ballots_stand_four_and_eight_on_a_sheet(setter, per_sheet):
    """Forms D7: 票决票, A4 2×4."""
    layout = replace(VOTE, per_sheet=per_sheet)
    (page,) = _pages(setter, layout, {"subtitle": "票决对象：王小五", "notes": "只能选一栏，多选无效。"})
    assert written([page]).count("票决对象：王小五") == per_sheet
    assert_inside([page])
    assert_texts_do_not_touch(page)


def test_a_long_list_of_names_runs_on_with_its_head(setter):
    """Forms B2: an assessment ballot of a large branch."""
    layout = replace(TABLE, write_ins=0, write_in_columns=(), per_sheet=1)
    names = tuple(f"示例党员{place:03}" for place in range(80))
    pages = _pages(setter, layout, _values(names))
    assert len(pages) > 1
    assert all("候选人姓名" in written([page]) for page in pages)
    assert all(written(pages).count(name) == 1 for name in names)
    assert_inside(pages)


def test_a_blank_ballot_has_as_many_cells_as_it_promises(setter):
    layout = replace(CELLS, blank_rows=4, write_ins=3)
    (page,) = _pages(setter, layout, None)
    assert written([page]).count("候选人") == 2
    assert written([page]).count("另选他人") == 2
    edges = {round(rule.x1, 2) for rule in page.rules if rule.x1 == rule.x2}
    assert len(edges) == 4 + 3 + 2


def test_names_of_two_characters_stand_apart(setter):
    (page,) = _pages(setter, CELLS, _values(("丁一", "王小五")))
    by_text = {text.characters: text for text in page.texts if text.baseline < 148}
    pitch = by_text["小"].baseline - by_text["王"].baseline
    assert by_text["一"].baseline - by_text["丁"].baseline == pytest.approx(2 * pitch)
    assert pitch >= 16 * POINT


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.text(alphabet=st.sampled_from("丁王欧阳·𬭎A "), min_size=1, max_size=14), max_size=18),
    write_ins=st.integers(0, 12),
    style=st.sampled_from(BallotStyle),
    per_sheet=st.sampled_from([1, 2, 4, 8]),
)
def test_whatever_the_names_nothing_is_set_outside(setter, names, write_ins, style, per_sheet):
    layout = replace(TABLE, style=style, write_ins=write_ins, per_sheet=per_sheet)
    assert_inside(_pages(setter, layout, _values(tuple(names))))


SLIPS = Slips(
    parts=(("present", "到会人数报告单"), ("issued", "发出选票报告单"), ("returned", "收回选票报告单")),
    signatures=("监票人（签名）", "计票人（签名）"),
)


def _slips(setter, values) -> list[Page]:
    example = sheet(SLIPS, values, "示例第一党支部换届选举党员大会")
    return lay_out_slips(example, SLIPS, frame_of(example, PrintOptions()), setter)


def test_three_slips_stand_on_one_page_each_with_its_signatures(setter):
    (page,) = _slips(setter, {"present": "应到23名，实到19名。特此报告。"})
    assert written([page]).count("监票人（签名）：") == 3
    assert written([page]).count("示例第一党支部换届选举党员大会") == 3
    assert "应到23名，实到19名。特此报告。" in written([page])
    assert_inside([page])
    assert_texts_do_not_touch(page)


def test_a_long_slip_takes_more_pages_and_loses_nothing(setter):
    pages = _slips(setter, {"issued": "剩余选票处理说明。" * 60})
    assert written(pages).count("剩余选票处理说明。") == 60
    assert_inside(pages)
