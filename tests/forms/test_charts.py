"""Charts: bars as long as their numbers, labels that fit, nothing drawn where there is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.catalogue.papers.statistics import CHARTS
from branchbook.domain.charts import Chart, ChartPoint, Charts, ChartStyle
from branchbook.domain.papers import PrintOptions, Sheet, single
from branchbook.forms.charts import DARK, LIGHT, lay_out_charts
from branchbook.forms.press import PdfPress, frame_of
from branchbook.forms.setting import Setter
from tests.forms.reading import flat

PRESS = PdfPress()


def chart(*numbers, style=ChartStyle.COLUMNS, before=()):
    pairs = zip(numbers, before or [None] * len(numbers), strict=True)
    points = tuple(
        ChartPoint(
            f"第{at}项", None if value is None else Decimal(value), None if old is None else Decimal(old)
        )
        for at, (value, old) in enumerate(pairs, 1)
    )
    return Chart("示例图", "次", points, style)


def pages(*charts):
    sheet = Sheet(CHARTS, "统计图", {"charts": charts})
    return lay_out_charts(sheet, Charts(), frame_of(sheet, PrintOptions()), Setter(PRESS._library))


@pytest.mark.parametrize("style", ChartStyle)
def test_bars_are_in_proportion(style):
    (page,) = pages(chart(10, 5, 0, style=style))
    long = [each.height if style is ChartStyle.COLUMNS else each.width for each in page.boxes]
    assert long[0] == pytest.approx(2 * long[1])
    assert long[2] == 0


@pytest.mark.parametrize("style", ChartStyle)
def test_no_number_draws_no_bar_and_writes_no_zero(style):
    (page,) = pages(chart(3, None, style=style))
    assert len(page.boxes) == 1
    assert "0" not in {each.characters for each in page.texts}


@pytest.mark.parametrize("style", ChartStyle)
def test_the_period_before_stands_pale_beside(style):
    (page,) = pages(chart(4, style=style, before=(8,)))
    shades = {each.grey: each for each in page.boxes}
    assert set(shades) == {DARK, LIGHT}
    assert {each.characters for each in page.texts} >= {"4"}


def test_title_and_unit_are_printed_and_the_same_charts_give_the_same_bytes():
    sheet = Sheet(CHARTS, "示例统计图", {"charts": (chart(1, 2),)})
    first, second = PRESS.press(single(sheet)), PRESS.press(single(sheet))
    assert first.pdf == second.pdf
    text = flat(first.pdf)
    assert "示例统计图" in text
    assert "示例图（单位：次）" in text


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=80), st.sampled_from(ChartStyle))
def test_every_bar_and_label_lies_within_its_page(numbers, style):
    for page in pages(chart(*numbers, style=style)):
        for box in page.boxes:
            assert 0 <= box.x <= page.frame.width
            assert box.x + box.width <= page.frame.width + 0.01
            assert box.y >= 0
            assert box.y + box.height <= page.frame.height + 0.01


def test_a_long_chart_goes_on_overleaf_and_loses_no_bar():
    found = pages(chart(*range(1, 121), style=ChartStyle.BARS))
    assert len(found) > 1
    assert sum(len(page.boxes) for page in found) == 120
