"""The time line on screen: what is painted where, what is said, and what the keyboard opens."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.plans import Task, TaskState, time_line_of
from branchbook.ui.theme import Look, ThemeChoice
from branchbook.ui.widgets.time_line import TimeLineLegend, TimeLineView

TODAY = date(2026, 5, 20)
LATE = Task(
    UUID(int=1),
    "修订制度",
    "",
    TaskState.DOING,
    date(2026, 3, 2),
    date(2026, 4, 30),
    None,
    responsible="赵示例",
)
DONE = Task(UUID(int=2), "走访", "", TaskState.DONE, date(2026, 4, 6), date(2026, 5, 8), date(2026, 5, 8))
UNDATED = Task(UUID(int=3), "随时", "", TaskState.WAITING, None, None, None)


@pytest.fixture
def view(shown):
    view = TimeLineView()
    view.resize(900, 300)
    shown(view)
    view.show_line(time_line_of(2026, (LATE, DONE, UNDATED), TODAY))
    return view


def colours_of(view, number):
    """Every colour along the middle of a row."""
    area = view.visualRect(view.rows_model.index(number))
    image = view.viewport().grab().toImage()
    scale = image.width() / view.viewport().width()
    y = round(area.center().y() * scale)
    return {image.pixelColor(x, y).name().upper() for x in range(image.width())}


def words(view, number):
    return view.rows_model.index(number).data(int(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_bars_are_painted_by_how_a_task_stands(view, look, theme):
    look.choose(theme)
    view.setCurrentIndex(view.rows_model.index(2))
    tokens = look.tokens
    assert tokens.bad_ground.upper() in colours_of(view, 0)
    assert tokens.bad_ground.upper() not in colours_of(view, 1)
    assert tokens.ok.upper() in colours_of(view, 1)
    assert tokens.ok.upper() not in colours_of(view, 2)
    assert tokens.accent.upper() in colours_of(view, 2), "the line of this week goes through every row"


def test_every_row_is_said_in_words(view):
    assert words(view, 0) == "修订制度，进行中，赵示例，2026-03-02 至 2026-04-30，超过时限 20 天"
    assert words(view, 1) == "走访，已完成，2026-04-06 至 2026-05-08，2026-05-08 完成"
    assert words(view, 2) == "随时，未开始"


def test_the_keyboard_goes_down_and_enter_opens_the_task(view):
    opened: list[Task] = []
    view.opened.connect(opened.append)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [DONE]


def test_the_row_at_hand_stays_when_the_year_is_shown_anew(view):
    view.setCurrentIndex(view.rows_model.index(1))
    view.show_line(time_line_of(2026, (DONE, UNDATED), TODAY))
    assert view.currentIndex().row() == 0
    view.show_line(time_line_of(2026, (), TODAY))
    assert not view.currentIndex().isValid()


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_months_stand_above_the_rows_at_every_text_size(view, scale):
    Look.current().choose(ThemeChoice.LIGHT, scale)
    view.grab()
    first = view.visualRect(view.rows_model.index(0))
    assert first.height() == Look.current().px(40)
    assert view.viewport().y() >= Look.current().px(28)


def test_the_legend_names_every_kind_of_bar(shown):
    legend = TimeLineLegend()
    shown(legend)
    assert legend.accessibleName() == "已完成，计划、进行中，超过时限，本周"
    assert legend.width() >= legend.sizeHint().width()
