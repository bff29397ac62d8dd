"""The grid: heads on every page, two columns of names, totals, lines to write on."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Paragraph, PrintOptions
from branchbook.forms.grid import lay_out_grid
from branchbook.forms.library import Role
from branchbook.forms.press import frame_of
from tests.forms.checking import assert_inside, assert_texts_do_not_touch, written
from tests.forms.examples import sheet

ROSTER = Grid(
    columns=(
        Column("number", "序号", 15.0),
        Column("name", "姓名", 30.0),
        Column("native_place", "籍贯", 60.0, align="left"),
        Column("dues", "党费", 30.0, align="right"),
        Column("secret", "身份证号", 40.0, hidden=True),
    ),
    total_key="total",
    note_key="notes",
)
SIGN_IN = Grid(
    columns=(Column("number", "序号", 12.0), Column("name", "姓名", 28.0), Column("signature", "签名", 42.5)),
    heading=(Field("meeting", "会议名称", 137.0, 28.0), Field("due", "应到", 20.0, 20.0)),
    footing=(Field("absent", "请假人员及事由", 131.0, 34.0),),
    row_height_mm=9.0,
    font_size=12.0,
    blank_rows=36,
    two_up=True,
)


def _pages(setter, layout, values, landscape=False):
    example = sheet(layout, values, "党员花名册", landscape)
    return lay_out_grid(example, layout, frame_of(example, PrintOptions()), setter)


def _people(count):
    return tuple(
        {
            "number": str(n),
            "name": f"党员{n}号",
            "native_place": "山东省济南市历城区",
            "dues": "65.00",
            "secret": "X",
        }
        for n in range(1, count + 1)
    )


def test_every_person_stands_once_under_the_repeated_heads(setter):
    pages = _pages(setter, ROSTER, {"rows": _people(60)}, landscape=True)
    assert len(pages) > 2
    assert all("序号姓名籍贯党费" in written([page]) for page in pages)
    assert [written(pages).count(f"党员{n}号") for n in range(1, 61)] == [1] * 60
    assert "身份证号" not in written(pages)
    for page in pages:
        assert_inside([page])
        assert_texts_do_not_touch(page)


def test_a_total_is_never_alone_on_a_page(setter):
    for count in range(15, 30):
        pages = _pages(
            setter, ROSTER, {"rows": _people(count), "total": ({"name": "合计", "dues": "99"},)}, True
        )
        last = written(pages[-1:])
        assert "合计99" in last
        assert "党员" in last.replace("党员花名册", "")


def test_totals_stand_in_the_heading_face(setter, fonts):
    (page,) = _pages(setter, ROSTER, {"rows": _people(2), "total": ({"name": "合计"},)})
    (total,) = [text for text in page.texts if text.characters == "合计"]
    assert total.typeface is fonts.typeface(Role.HEADING)


def test_cells_are_aligned_as_the_column_says(setter):
    (page,) = _pages(setter, ROSTER, {"rows": _people(1)})
    by_text = {text.characters: text for text in page.texts}
    width = 135.0
    left = (page.frame.width - width) / 2
    place, dues = by_text["山东省济南市历城区"], by_text["65.00"]
    edge = dues.x + dues.typeface.measure("65.00") * dues.size / 1000 * 25.4 / 72
    assert place.x == pytest.approx(left * width / width + 45.0 * 1.0 + 0.5, abs=8.0)
    assert edge < max(rule.x2 for rule in page.rules)
    assert max(rule.x2 for rule in page.rules) - edge < 1.5


def test_columns_wider_than_the_page_are_narrowed_by_proportion(setter):
    wide = replace(ROSTER, columns=tuple(replace(column, width_mm=80.0) for column in ROSTER.columns))
    (page,) = _pages(setter, wide, {"rows": _people(3)})
    assert max(rule.x2 for rule in page.rules) == pytest.approx(page.frame.width)
    assert_inside([page])


def test_a_blank_grid_has_the_empty_rows_it_promises(setter):
    (page,) = _pages(setter, ROSTER, None)
    levels = {round(rule.y1, 2) for rule in page.rules if rule.y1 == rule.y2}
    assert len(levels) == ROSTER.blank_rows + 2


def test_a_common_head_stands_over_its_columns(setter):
    months = tuple(Column(f"m{n}", f"{n}月", 12.0, group="实交金额（元）") for n in range(1, 13))
    (page,) = _pages(
        setter, Grid((Column("name", "姓名", 20.0), *months), blank_rows=5), None, landscape=True
    )
    by_text = {text.characters: text for text in page.texts}
    assert by_text["实交金额（元）"].baseline < by_text["1月"].baseline
    assert by_text["实交金额（元）"].baseline < by_text["姓名"].baseline < by_text["1月"].baseline
    assert written([page]).count("实交金额（元）") == 1


def test_the_sign_in_sheet_fills_the_left_half_first(setter):
    (page,) = _pages(setter, SIGN_IN, {"rows": _people(20), "meeting": "支部党员大会", "due": "20"})
    names = [
        text for text in page.texts if text.characters.startswith("党员") and text.characters.endswith("号")
    ]
    middle = page.frame.width / 2
    left = sorted((text for text in names if text.x < middle), key=lambda text: text.baseline)
    right = sorted((text for text in names if text.x > middle), key=lambda text: text.baseline)
    assert [text.characters for text in left + right] == [f"党员{n}号" for n in range(1, 21)]
    assert left[0].baseline == right[0].baseline


def test_the_sign_in_sheet_of_many_goes_on_in_order(setter):
    pages = _pages(setter, SIGN_IN, {"rows": _people(120)})
    assert len(pages) > 2
    assert [written(pages).count(f"党员{n}号") for n in range(1, 121)] == [1] * 120
    assert "党员1号" in written(pages[:1])
    assert "党员120号" in written(pages[-1:])
    assert_inside(pages)


def test_empty_fields_above_and_below_are_lines_to_write_on(setter):
    (page,) = _pages(setter, SIGN_IN, None)
    assert written([page]).startswith("党员花名册会议名称：应到：序号姓名签名")
    assert written([page]).endswith("请假人员及事由：")
    table_left = min(rule.x1 for rule in page.rules if rule.x1 == rule.x2)
    lines = [
        rule for rule in page.rules if rule.y1 == rule.y2 and rule.x1 > table_left + 12.0 and rule.x2 < 165.0
    ]
    assert any(rule.y1 < 30.0 for rule in lines)


def test_notes_stand_under_the_table(setter):
    (page,) = _pages(setter, ROSTER, {"rows": _people(2), "notes": (Paragraph("补课的计入到会。"),)})
    lowest = max(rule.y2 for rule in page.rules)
    (note,) = [text for text in page.texts if text.characters == "补课的计入到会。"]
    assert note.baseline > lowest


ANY = st.text(alphabet=st.sampled_from("党员姓名，。（）2026 Aw\n"), max_size=120)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(ANY, ANY, ANY), max_size=30), two_up=st.booleans(), landscape=st.booleans())
def test_whatever_is_typed_nothing_is_cut_or_set_outside(setter, rows, two_up, landscape):
    layout = replace(SIGN_IN if two_up else ROSTER, heading=())
    values = {"rows": tuple({"number": a, "name": b, "native_place": c, "signature": c} for a, b, c in rows)}
    pages = _pages(setter, layout, values, landscape)
    assert_inside(pages)
    for character in "2026Aw":
        assert written(pages).count(character) >= sum("".join(row).count(character) for row in rows)


def test_a_grid_without_columns_is_a_page_with_its_title(setter):
    (page,) = _pages(setter, Grid(columns=()), {"rows": _people(3)})
    assert written([page]) == "党员花名册"


def test_a_field_longer_than_a_page_goes_on(setter):
    pages = _pages(setter, SIGN_IN, {"meeting": "会" * 5000})
    assert written(pages).count("会") >= 5000
    assert_inside(pages)


def test_rows_are_made_a_little_lower_to_keep_a_table_and_its_footing_on_one_page(setter):
    layout = replace(
        SIGN_IN, footing=(Field("absent", "请假", 131.0, 34.0), Field("by", "统计人", 131.0, 34.0))
    )
    counts = [len(_pages(setter, layout, {"rows": _people(count)})) for count in range(2, 60, 2)]
    assert counts == sorted(counts)
    for count in range(2, 60, 2):
        last = written(_pages(setter, layout, {"rows": _people(count)})[-1:])
        assert "统计人：" in last
        assert f"党员{count}号" in last


def test_signatures_stand_under_the_last_row_on_its_page(setter):
    layout = replace(ROSTER, signatures=("制表人", "书记"), total_key="", note_key="")
    for count in range(15, 40):
        last = written(_pages(setter, layout, {"rows": _people(count)}, landscape=True)[-1:])
        assert last.endswith("制表人：书记：")
        assert f"党员{count}号" in last
