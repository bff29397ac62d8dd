"""The place by keyboard and at every text size: names, Tab order, nothing cut at the right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from branchbook.catalogue.procedures.elections import WITH_COMMITTEE
from tests.ui.places.elections.elections_place import Screen, ready_to_count
from tests.ui.places.elections.screen_fixtures import reopened as reopened
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book

STEPS = [step.key for step in WITH_COMMITTEE.steps]
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)


@pytest.fixture
def ready(term_book, screen, reopened) -> Screen:
    ready_to_count(term_book)
    reopened()
    return screen


@pytest.mark.parametrize("step", STEPS)
def test_every_control_has_a_name(ready, step):
    ready.go_to(step)
    for widget in ready.place.step.findChildren(QWidget):
        reached = isinstance(widget, CONTROLS) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        inside = isinstance(widget.parentWidget(), QComboBox)
        if reached and widget.isVisible() and not inside:
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, (step, widget)


@pytest.mark.parametrize("step", STEPS)
def test_tab_goes_through_a_step_in_reading_order(ready, step):
    """From the day on, each stop is the one that the body says comes next."""
    ready.go_to(step)
    wanted = [
        each
        for each in ready.body.stops()
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    wanted = wanted[wanted.index(ready.body.fields.day) :]
    wanted[0].setFocus()
    for each in wanted[1:]:
        if step in ("count", "first_meeting") and ready.counting.panel.isVisible():
            break  # the panel has its own order, tested with it
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Tab)
        reached = QApplication.focusWidget()
        assert reached is each or each.focusProxy() is reached, (step, each, reached)


def test_the_day_of_the_election_comes_before_the_counting_panel(ready):
    """It stands above the panel; Tab went through the whole count first."""
    ready.go_to("count")
    ready.press(ready.counting.start_button)
    day, panel = ready.body.fields.day, ready.counting.panel
    assert panel.isVisible()
    wanted = [day, *(each for each in panel.stops() if each.isVisible() and each.isEnabled())]
    reached, at = list[QWidget](), ready.place.time_line.steps
    while len(reached) < len(wanted):
        at = at.nextInFocusChain()
        assert at is not ready.place.time_line.steps, reached
        if at in wanted:
            reached.append(at)
    assert reached == wanted


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_fits_its_card_at_every_text_size(ready, look, step, scale):
    ready.go_to(step)
    look.choose(text_scale=scale)
    ready.settle()
    ready.settle()
    assert ready.body.widget().minimumSizeHint().width() <= ready.body.viewport().width()
    card, line = ready.place.step.layout(), ready.place.time_line
    assert card is not None
    rail = look.px(176)
    assert card.totalMinimumSize().width() + line.width() + 3 * 16 <= 1366 - rail


def test_the_keyboard_comes_back_to_where_it_was(ready):
    field = ready.body.fields.day
    field.setFocus()
    ready.place.leave()
    ready.place.time_line.steps.setFocus()
    ready.place.open(ready.place.context)
    ready.settle()
    ready.place.focus_first()
    assert QApplication.focusWidget() in (field, ready.place.time_line.steps)
