"""The bar of a probation: what it says, and that each part is painted in its own colour in both themes."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QColor

from branchbook.ui.theme import ThemeChoice
from branchbook.ui.widgets.probation_bar import Bar, ProbationBar

START, END = date(2025, 10, 20), date(2026, 10, 20)
OBSERVATIONS = (date(2026, 1, 20), date(2026, 4, 20), date(2026, 7, 20), END)


def bar(today: date, **more) -> Bar:
    return Bar(START, END, today, OBSERVATIONS, 2, **more)


def colours(widget: ProbationBar) -> set[str]:
    """Every colour in the picture of a widget."""
    image = widget.grab().toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(each).name().upper() for each in pixels}


@pytest.fixture
def painted(shown):
    """A bar 600 pixels wide."""
    widget = ProbationBar()
    shown(widget)
    widget.resize(600, 40)
    return widget


def test_everything_that_is_painted_is_said(painted):
    painted.show_bar(bar(date(2026, 6, 1)))
    assert painted.accessibleName() == painted.toolTip()
    assert painted.accessibleName() == ("预备期 2025-10-20 至 2026-10-20；考察 2 次，应有 4 次；还有 141 天")


def test_an_extension_and_a_postponement_are_said():
    said = bar(date(2026, 11, 24), first_end=date(2026, 4, 20), until=date(2027, 4, 20)).words
    assert "原定 2026-04-20 满，已延长" in said
    assert "推迟讨论到 2027-04-20" in said
    assert said.endswith("已满 35 天")


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_time_that_is_over_and_today_are_painted_in_both_themes(painted, look, theme):
    look.choose(theme)
    painted.show_bar(bar(date(2026, 6, 1)))
    found = colours(painted)
    assert {look.tokens.ok.upper(), look.tokens.line.upper()} <= found
    assert look.tokens.bad.upper() not in found or look.tokens.bad == look.tokens.accent


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_days_after_the_end_are_red_unless_the_discussion_waits(painted, look, theme):
    look.choose(theme)
    painted.show_bar(bar(date(2027, 1, 20)))
    assert look.tokens.bad.upper() in colours(painted)
    painted.show_bar(bar(date(2027, 1, 20), until=date(2027, 4, 20)))
    assert look.tokens.warn.upper() in colours(painted)


def test_without_a_probation_it_takes_no_room(painted):
    painted.show_bar(None)
    assert not painted.isVisible()
    assert painted.accessibleName() == ""
