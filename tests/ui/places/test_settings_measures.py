"""The settings' page of measures: a user's own are tried out, kept when all of them fit, and taken back by undo."""

from __future__ import annotations

import pytest

from branchbook.services.measures import own_text
from branchbook.ui.places.settings.measures_page import PATTERN
from tests.ui.places.settings_screen import SettingsScreen, unnamed

COUNTED = """[[measure]]
key = "women"
name = "女同志"
unit = "名"
source = "members"
where = { standing = "full" }
"""


@pytest.fixture
def screen(look, settled, shown):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    return made


@pytest.fixture
def page(screen):
    return screen.page("measures")


def kept(screen):
    with screen.book.reading() as reading:
        return own_text(reading)


def typed(screen, page, text):
    page.text.setPlainText(text)
    screen.press(page.preview_button)


def test_what_is_typed_is_counted_before_it_is_kept(screen, page):
    typed(screen, page, COUNTED)
    (figure,) = page.figures.rows_model.rows
    assert (figure.measure.name, figure.value) == ("女同志", 6)
    assert kept(screen) == ""
    screen.press(page.save_button)
    assert kept(screen) == COUNTED
    screen.undo()
    assert kept(screen) == ""


def test_a_fault_is_named_the_others_are_counted_and_nothing_is_kept(screen, page):
    typed(screen, page, COUNTED + COUNTED.replace('"women"', '"men"').replace("standing", "colour"))
    assert "men.where.colour" in page.told.text()
    assert [each.measure.key for each in page.figures.rows_model.rows] == ["women"]
    screen.press(page.save_button)
    assert kept(screen) == ""
    assert "colour" in page.told.text()


def test_a_text_that_is_no_toml_is_told(screen, page):
    typed(screen, page, "[[measure")
    assert "自定义指标" in page.told.text()
    assert not page.figures.isVisible()


def test_the_pattern_can_be_kept_as_it_is(screen, page):
    screen.press(page.pattern_button)
    assert page.text.value() == PATTERN
    assert not page.told.isVisible()
    screen.press(page.save_button)
    assert kept(screen) == PATTERN


def test_every_source_is_listed_with_its_fields(page):
    keys = {each.key: each for each in page.sources.rows_model.rows}
    assert {"records", "members", "changes", "ledger:rectification"} <= set(keys)
    assert "kind" in keys["records"].fields
    assert unnamed(page) == []


def test_what_is_typed_stays_when_the_book_changes(screen, page):
    typed(screen, page, COUNTED)
    page.show_view(page.view)
    screen.settle()
    assert page.text.value() == COUNTED
