"""The place by keyboard: every control has a name, and Tab goes in reading order."""

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

from branchbook.catalogue.procedures.evaluation import YEARLY
from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Audience, BallotForm
from branchbook.services.grade_rounds import begin_round
from tests.services.evaluation_book import MEETING, counted, graded, listed
from tests.services.small_book import actor, named
from tests.ui.places.evaluations.evaluations_place import Screen

STEPS = [step.key for step in YEARLY.steps]
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)


@pytest.fixture
def ready(book, screen, reopened) -> Screen:
    """A round with its list, a confirmed count, one that is open, and one grade."""
    procedure = listed(book)
    counted(book, procedure, [{named("赵示例"): Grade.QUALIFIED}])
    begin_round(book, procedure.id, Audience.MASSES, BallotForm.GRADES, MEETING, actor())
    graded(book, procedure, {"赵示例": Grade.QUALIFIED})
    reopened()
    screen.view.show_at(procedure.id, STEPS[0])
    screen.settle()
    return screen


@pytest.mark.parametrize("step", STEPS)
def test_every_control_has_a_name(ready, step):
    ready.go_to(step)
    for widget in ready.view.step.findChildren(QWidget):
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
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is each, (step, at, QApplication.focusWidget(), each)


@pytest.mark.parametrize("scale", [150, 200])
@pytest.mark.parametrize("step", ["participants", "mutual_evaluation", "ballot", "grading", "feedback"])
def test_every_step_fits_its_card_at_every_text_size(ready, look, step, scale):
    ready.go_to(step)
    look.choose(text_scale=scale)
    ready.settle()
    ready.settle()
    assert ready.body.widget().minimumSizeHint().width() <= ready.body.viewport().width()
