"""A year's tasks as bars by weeks on a page that lies: months above, today's line through all, late parts in black."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branchbook.domain.papers import Sheet, TimeLinePage
from branchbook.domain.plans import Bar, Task, TimeLine, TimeLineRow
from branchbook.forms.flow import PAD_X, PAD_Y, Flow
from branchbook.forms.library import Role
from branchbook.forms.page import Box, Frame, Page, Rule, Text
from branchbook.forms.setting import Block, Setter, baseline, block_height, set_text, set_title, width_of
from branchbook.forms.typeface import Typeface
from branchbook.forms.values import time_line_of

TITLE_SIZE = 16.0
MONTHS = 12
HEAD_HEIGHT, LEGEND_HEIGHT = 8.0, 7.0
DONE, OPEN, LATE = 0.82, 0.55, 0.08
"""Greys of what is done, what is still open, and what went on behind its due day; told apart on any printer."""
BAR_SHARE = 0.46  # of a row's height
LEADING = 1.25
LINE, HAIR, TODAY = 0.25, 0.1, 1.8  # around bars, between months, of today, points


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of a page stand, from the left, mm."""

    title: float
    person: float
    width: float
    weeks: int

    @property
    def left(self) -> float:
        """Where the first week begins."""
        return self.title + self.person

    def at(self, column: float) -> float:
        """Where a week begins."""
        return self.left + (self.width - self.left) * column / max(self.weeks, 1)


def lay_out_time_line(sheet: Sheet, layout: TimeLinePage, frame: Frame, setter: Setter) -> list[Page]:
    """Title, head and a row for each task, the head again on every page; blank, empty rows under twelve months."""
    line = time_line_of(sheet, layout.key)
    columns = _Columns(
        layout.title_width_mm, layout.person_width_mm, frame.width, len(line.weeks) if line else MONTHS
    )
    months = line.months if line else tuple(range(MONTHS))
    face = setter.face(Role.BODY)
    flow = Flow(frame, lambda each: _head(each, columns, months, layout.font_size, setter))
    flow.lines(set_title(sheet.title, setter.face(Role.TITLE), TITLE_SIZE, frame.width))
    flow.y += 3.0
    _head(flow, columns, months, layout.font_size, setter)
    flow.top = flow.y
    rows: Sequence[TimeLineRow | None] = line.rows if line and line.rows else (None,) * layout.blank_rows
    for row in rows:
        _row(flow, row, line, layout, columns, months, face)
    _legend(flow, layout.font_size, face)
    return flow.pages


def _head(flow: Flow, columns: _Columns, months: Sequence[int], size: float, setter: Setter) -> None:
    page, top, face = flow.page, flow.y, setter.face(Role.HEADING)
    page.box(0.0, top, columns.title, HEAD_HEIGHT)
    page.box(columns.title, top, columns.person, HEAD_HEIGHT)
    _centred(page, columns.title / 2, top, HEAD_HEIGHT, "任务", size, face)
    _centred(page, columns.title + columns.person / 2, top, HEAD_HEIGHT, "责任人", size, face)
    ends = (*months[1:], columns.weeks)
    for number, (first, end) in enumerate(zip(months, ends, strict=True), 1):
        left, right = columns.at(first), columns.at(end)
        page.box(left, top, right - left, HEAD_HEIGHT)
        _centred(page, (left + right) / 2, top, HEAD_HEIGHT, f"{number}月", size, face)
    flow.y += HEAD_HEIGHT


def _row(
    flow: Flow,
    row: TimeLineRow | None,
    line: TimeLine | None,
    layout: TimeLinePage,
    columns: _Columns,
    months: Sequence[int],
    face: Typeface,
) -> None:
    """One task, its row as high as its words need; a row is never parted between pages."""
    size = layout.font_size
    title = set_text(_title(row.task), face, size, columns.title - 2 * PAD_X, leading=LEADING) if row else ()
    person = (
        set_text(row.task.responsible, face, size, columns.person - 2 * PAD_X, "centre", LEADING)
        if row
        else ()
    )
    height = max(layout.row_height_mm, *(block_height(each) + 2 * PAD_Y for each in (title, person)))
    if flow.room < height + LEGEND_HEIGHT and not flow.at_top():
        flow.new_page()
    page, top = flow.page, flow.y
    page.box(0.0, top, columns.title, height)
    page.box(columns.title, top, columns.person, height)
    page.box(columns.left, top, columns.width - columns.left, height)
    _block(page, title, PAD_X, top, height)
    _block(page, person, columns.title + PAD_X, top, height)
    for month in months[1:]:
        page.rules.append(Rule(columns.at(month), top, columns.at(month), top + height, HAIR))
    if row and line:
        _bar(page, row.bar, row.task, columns, top, height)
        if line.today_column is not None:
            middle = columns.at(line.today_column + 0.5)
            page.rules.append(Rule(middle, top, middle, top + height, TODAY))
    flow.y += height


def _title(task: Task) -> str:
    """The task, with whose it is where several organisations stand together."""
    return f"{task.title}（{task.place}）" if task.place else task.title


def _bar(page: Page, bar: Bar | None, task: Task, columns: _Columns, top: float, height: float) -> None:
    if bar is None:
        return
    high = min(height * BAR_SHARE, 4.0)
    above = top + (height - high) / 2
    split = bar.last + 1 if bar.late_from is None else bar.late_from
    grey = DONE if task.done_on else OPEN
    for first, end, shade in ((bar.first, split, grey), (split, bar.last + 1, LATE)):
        if end > first:
            left, right = columns.at(first), columns.at(end)
            page.boxes.append(Box(left, above, right - left, high, shade))
            page.box(left, above, right - left, high, LINE)


def _legend(flow: Flow, size: float, face: Typeface) -> None:
    """What the greys mean, under the table."""
    page, x, top = flow.page, 0.0, flow.y + 2.0
    for words, shade in (("已完成", DONE), ("计划、进行中", OPEN), ("超过时限", LATE)):
        page.boxes.append(Box(x, top + 1.0, 8.0, 3.0, shade))
        page.box(x, top + 1.0, 8.0, 3.0, LINE)
        page.texts.append(Text(x + 9.5, top + baseline(5.0, size), words, face, size))
        x += 9.5 + width_of(face.measure(words), size) + 6.0
    page.rules.append(Rule(x, top + 0.5, x, top + 4.5, TODAY))
    page.texts.append(Text(x + 2.0, top + baseline(5.0, size), "今天所在的周", face, size))
    flow.y += LEGEND_HEIGHT


def _block(page: Page, block: Block, x: float, top: float, height: float) -> None:
    y = top + (height - block_height(block)) / 2
    for each in block:
        each.draw(page, x, y)
        y += each.height


def _centred(
    page: Page, middle: float, top: float, height: float, text: str, size: float, face: Typeface
) -> None:
    left = middle - width_of(face.measure(text), size) / 2
    page.texts.append(Text(left, top + baseline(height, size), text, face, size))
