"""The history of an election in its place: step by step in words, and the way back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.services.election_books import begun
from tests.ui.places.elections.elections_place import PREPARED
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book


@pytest.fixture
def election(term_book):
    """A term election with its reply, before the place is opened."""
    return begun(term_book, "term_election", date(2026, 3, 1), PREPARED)


def test_the_history_says_what_each_step_changed_and_leads_back(election, screen):
    place = screen.place
    place.time_line.history.trigger()
    screen.settle()
    endings = place.step.endings
    assert endings.past.isVisible()
    assert "支委会研究·候选人名额：（空） → 4" in endings.history.lines.text()
    steps = len(screen.procedure.steps)
    assert steps > 1
    screen.press(endings.history.back_button)
    assert len(screen.procedure.steps) <= steps
    assert "恢复到" in endings.history.lines.text()


def test_it_is_closed_by_its_button_and_by_escape(election, screen, qtbot):
    place = screen.place
    endings = place.step.endings
    for close in (
        lambda: screen.press(endings.history.close_button),
        lambda: qtbot.keyClick(endings.history, Qt.Key.Key_Escape),
    ):
        place.time_line.history.trigger()
        screen.settle()
        close()
        assert not endings.past.isVisible()
