"""The time line on paper: bars where their weeks are, late parts told apart, heads on every page, blank a form."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from branchbook.catalogue.papers.plans import TIME_LINE
from branchbook.domain.papers import PrintOptions, Sheet, TimeLinePage, single
from branchbook.domain.plans import Task, TaskState, time_line_of
from branchbook.forms.press import PdfPress, frame_of
from branchbook.forms.setting import Setter
from branchbook.forms.time_line import DONE, LATE, OPEN, lay_out_time_line
from tests.forms.reading import flat

PRESS = PdfPress()
TODAY = date(2026, 5, 20)
LEGEND = 3  # boxes of the legend
LEFT, WIDTH = 66.0 + 24.0, 252.0


def task(begin, due, done=None, title="任务", **given):
    state = TaskState.DONE if done else TaskState.DOING
    return Task(UUID(int=1), title, "", state, begin, due, done, responsible="赵示例", **given)


def pages(*tasks, today=TODAY):
    values = {"time_line": (time_line_of(2026, tasks, today),)}
    return laid_out(values)


def laid_out(values):
    sheet = Sheet(TIME_LINE, "时间线", values)
    assert isinstance(TIME_LINE.layout, TimeLinePage)
    setter = Setter(PRESS._library)
    return lay_out_time_line(sheet, TIME_LINE.layout, frame_of(sheet, PrintOptions()), setter)


def bars(page):
    return page.boxes[:-LEGEND]


def words(page):
    return [each.characters for each in page.texts]


def test_a_bar_lies_over_its_weeks():
    (page,) = pages(task(date(2025, 12, 31), date(2026, 12, 31)))
    (bar,) = bars(page)
    assert (bar.x, bar.width) == (pytest.approx(LEFT), pytest.approx(WIDTH - LEFT))
    assert bar.grey == OPEN


def test_what_is_late_goes_on_in_black_behind_the_due_week_and_what_is_done_is_pale():
    (page,) = pages(
        task(date(2026, 4, 6), date(2026, 4, 30)), task(date(2026, 5, 4), date(2026, 6, 30), date(2026, 5, 8))
    )
    open_part, late, done = bars(page)
    assert [each.grey for each in (open_part, late, done)] == [OPEN, LATE, DONE]
    assert late.x == pytest.approx(open_part.x + open_part.width)
    week = (WIDTH - LEFT) / 53
    assert late.width == pytest.approx(3 * week)  # the weeks of 4, 11 and 18 May
    assert done.width == pytest.approx(week)


def test_the_line_of_today_is_missing_in_another_year():
    given = task(date(2026, 4, 6), date(2026, 4, 30))
    (page,) = pages(given)
    (other,) = pages(given, today=date(2027, 2, 1))
    assert len(page.rules) == len(other.rules) + 1


def test_a_task_without_days_has_its_row_and_no_bar():
    (page,) = pages(task(None, None, title="没有日期"))
    assert bars(page) == []
    assert "没有日期" in words(page)


def test_many_tasks_go_on_with_the_head_again_and_long_words_make_their_row_higher():
    tasks = [task(date(2026, 3, 2), date(2026, 6, 30), title=f"第{number}项" * 12) for number in range(30)]
    found = pages(*tasks)
    assert len(found) > 1
    assert all("责任人" in words(page) and "12月" in words(page) for page in found)
    assert sum(len(page.boxes) for page in found) == 30 + LEGEND
    for page in found:
        assert all(each.y + each.height <= page.frame.height for each in page.boxes)


def test_whose_task_it_is_stands_behind_it():
    (page,) = pages(task(date(2026, 3, 2), date(2026, 6, 30), place="第一支部"))
    assert "任务（第一支部）" in words(page)


@pytest.mark.parametrize("values", [None, {}], ids=["blank", "nothing planned"])
def test_blank_it_is_a_form_with_twelve_months(values):
    (page,) = laid_out(values)
    assert bars(page) == []
    assert [each for each in words(page) if each.endswith("月")] == [f"{number}月" for number in range(1, 13)]


def test_it_prints_on_one_page_that_lies():
    values = {"time_line": (time_line_of(2026, [task(date(2026, 3, 2), None)], TODAY),)}
    pressed = PRESS.press(single(Sheet(TIME_LINE, "示例支部2026年度工作任务时间线", values)))
    assert pressed.pages == 1
    assert "今天所在的周" in flat(pressed.pdf)
