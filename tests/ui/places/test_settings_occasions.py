"""设置: the occasions on which someone has to be talked with, one a line."""

from __future__ import annotations

import pytest

from branchbook.domain.talks import OCCASIONS
from tests.ui.places.settings_screen import SettingsScreen, unnamed


@pytest.fixture
def screen(look, shown, settled):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    yield made
    made.window.close()


def test_the_list_is_kept_and_put_back(screen):
    card = screen.page("records").occasions
    assert card.text.value() == "\n".join(OCCASIONS)
    assert not card.save.isEnabled()
    card.text.selectAll()
    card.text.insertPlainText(" 岗位变动 \n\n长期病休\n")
    screen.press(card.save)
    assert screen.settings.talk_occasions == ("岗位变动", "长期病休")
    assert unnamed(card) == []
    screen.press(card.back)
    assert screen.settings.talk_occasions == OCCASIONS


def test_what_is_wrong_is_told_and_stays_as_typed(screen):
    card = screen.page("records").occasions
    card.text.selectAll()
    card.text.insertPlainText("岗位变动\n岗位变动")
    screen.press(card.save)
    assert card.problem.isVisible()
    assert "两次" in card.problem.text()
    assert card.text.value() == "岗位变动\n岗位变动"
    assert screen.settings.talk_occasions == OCCASIONS
