"""设置: days off of further years are typed as a table, checked, and kept as one operation."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.work_calendar import work_calendar_of
from tests.ui.places.settings_screen import SettingsScreen, unnamed

GOOD = '[2027]\nnotice = "示例通知"\noff = ["10-01"]\n'


@pytest.fixture
def screen(look, shown, settled):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    yield made
    made.window.close()


def test_a_year_is_added_and_taken_back(screen):
    page = screen.page("rules")
    page.show_part("holidays")
    card = page.holidays
    assert not card.save.isEnabled()
    card.text.insertPlainText(GOOD)
    screen.press(card.save)
    assert screen.settings.further_holidays == GOOD
    assert not card.save.isEnabled()
    with screen.book.reading() as reading:
        assert not work_calendar_of(reading).is_working_day(date(2027, 10, 1))
    assert unnamed(card) == []
    screen.undo()
    assert screen.settings.further_holidays == ""
    assert card.text.value() == ""


def test_a_wrong_table_is_told_and_what_was_typed_stays(screen):
    page = screen.page("rules")
    page.show_part("holidays")
    card = page.holidays
    card.text.insertPlainText('[2027]\noff = ["10-02"]\n')  # a Saturday
    screen.press(card.save)
    assert card.problem.isVisible()
    assert "放错了一栏" in card.problem.text()
    assert card.text.value() == '[2027]\noff = ["10-02"]\n'
    assert screen.settings.further_holidays == ""
