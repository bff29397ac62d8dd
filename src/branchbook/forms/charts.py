"""Charts drawn with the same rules, boxes and faces as every other paper: one drawing for screen and print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from branchbook.domain.charts import Chart, ChartPoint, Charts, ChartStyle
from branchbook.domain.papers import Sheet
from branchbook.forms.flow import Flow
from branchbook.forms.library import Role
from branchbook.forms.page import THIN, Box, Frame, Page, Rule, Text
from branchbook.forms.setting import Setter, baseline, set_title, width_of
from branchbook.forms.typeface import Typeface
from branchbook.forms.values import charts_of

TITLE_SIZE, CHART_TITLE_SIZE = 16.0, 11.0
DARK, LIGHT = 0.35, 0.80
"""Grey of the period's bars and of those of the period before."""

COLUMNS_HEIGHT = 42.0  # of the highest column, mm
LABEL_HEIGHT, NUMBER_HEIGHT = 5.0, 4.5
BAR_HEIGHT, BAR_GAP = 3.6, 2.4
LABEL_WIDTH, NUMBER_WIDTH = 42.0, 16.0
GAP = 8.0


def lay_out_charts(sheet: Sheet, layout: Charts, frame: Frame, setter: Setter) -> list[Page]:
    """The sheet's title, then its charts one under another; no chart is parted between pages unless it must be."""
    flow = Flow(frame)
    flow.lines(set_title(sheet.title, setter.face(Role.TITLE), TITLE_SIZE, frame.width))
    flow.y += 3.0
    for chart in charts_of(sheet, layout.key):
        _draw(flow, chart, layout.font_size, setter)
    return flow.pages


def _draw(flow: Flow, chart: Chart, size: float, setter: Setter) -> None:
    head = set_title(_title(chart), setter.face(Role.HEADING), CHART_TITLE_SIZE, flow.frame.width)
    needed = sum(line.height for line in head) + min(_height(chart), flow.frame.height / 2)
    if needed > flow.room and not flow.at_top():
        flow.new_page()
    flow.lines(head)
    flow.y += 1.5
    face = setter.face(Role.BODY)
    if chart.style is ChartStyle.COLUMNS:
        _columns(flow, chart, size, face)
    else:
        _bars(flow, chart, size, face)
    flow.y += GAP


def _title(chart: Chart) -> str:
    unit = f"（单位：{chart.unit}）" if chart.unit else ""
    return f"{chart.title}{unit}"


def _height(chart: Chart) -> float:
    if chart.style is ChartStyle.COLUMNS:
        return NUMBER_HEIGHT + COLUMNS_HEIGHT + LABEL_HEIGHT
    return len(chart.points) * (BAR_HEIGHT + BAR_GAP)


def _columns(flow: Flow, chart: Chart, size: float, face: Typeface) -> None:
    """One column for each point over the whole width; the period before stands pale beside it."""
    page, width = flow.page, flow.frame.width
    floor = flow.y + NUMBER_HEIGHT + COLUMNS_HEIGHT
    step = width / max(len(chart.points), 1)
    doubled = any(each.before is not None for each in chart.points)
    broad = min(step * 0.62, 16.0) / (2 if doubled else 1)
    for number, point in enumerate(chart.points):
        middle = (number + 0.5) * step
        start = middle - broad * (1.0 if doubled else 0.5)
        for at, (value, grey) in enumerate(_pairs(point, doubled)):
            if value is None:
                continue
            height = _share(value, chart.most) * COLUMNS_HEIGHT
            page.boxes.append(Box(start + at * broad, floor - height, broad, height, grey))
            if grey == DARK:
                _centred(
                    page,
                    start + (at + 0.5) * broad,
                    floor - height - NUMBER_HEIGHT,
                    _shown(value),
                    size,
                    face,
                )
        _centred(page, middle, floor + 0.5, _fitted(point.label, step, size, face), size, face)
    page.rules.append(Rule(0.0, floor, width, floor, THIN))
    flow.y = floor + LABEL_HEIGHT


def _bars(flow: Flow, chart: Chart, size: float, face: Typeface) -> None:
    """One bar for each point with its label at the left and its number behind it; a long chart goes on overleaf."""
    room = flow.frame.width - LABEL_WIDTH - NUMBER_WIDTH
    for point in chart.points:
        if flow.room < BAR_HEIGHT + BAR_GAP:
            flow.new_page()
        page, top = flow.page, flow.y
        label = _fitted(point.label, LABEL_WIDTH - 2.0, size, face)
        left = LABEL_WIDTH - 2.0 - width_of(face.measure(label), size)
        page.texts.append(Text(left, top + baseline(BAR_HEIGHT, size), label, face, size))
        if point.before is not None:
            long = _share(point.before, chart.most) * room
            page.boxes.append(Box(LABEL_WIDTH, top - 0.6, long, BAR_HEIGHT + 1.2, LIGHT))
        if point.value is not None:
            long = _share(point.value, chart.most) * room
            page.boxes.append(Box(LABEL_WIDTH, top, long, BAR_HEIGHT, DARK))
            behind = max(long, _share(point.before or Decimal(0), chart.most) * room)
            place = LABEL_WIDTH + behind + 1.5
            page.texts.append(Text(place, top + baseline(BAR_HEIGHT, size), _shown(point.value), face, size))
        page.rules.append(
            Rule(LABEL_WIDTH, top - BAR_GAP / 2, LABEL_WIDTH, top + BAR_HEIGHT + BAR_GAP / 2, THIN)
        )
        flow.y += BAR_HEIGHT + BAR_GAP


def _pairs(point: ChartPoint, doubled: bool) -> Sequence[tuple[Decimal | None, float]]:
    return ((point.before, LIGHT), (point.value, DARK)) if doubled else ((point.value, DARK),)


def _share(value: Decimal, most: Decimal) -> float:
    return float(value / most) if most > 0 and value > 0 else 0.0


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _centred(page: Page, middle: float, top: float, text: str, size: float, face: Typeface) -> None:
    left = middle - width_of(face.measure(text), size) / 2
    page.texts.append(Text(left, top + baseline(NUMBER_HEIGHT, size), text, face, size))


def _fitted(text: str, width: float, size: float, face: Typeface) -> str:
    """As much of a label as fits, with a sign where it was cut."""
    if width_of(face.measure(text), size) <= width:
        return text
    while text and width_of(face.measure(f"{text}…"), size) > width:
        text = text[:-1]
    return f"{text}…"
