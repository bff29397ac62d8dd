"""关于: what the program is, and the licence of every part that is shipped with it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from branchbook import __version__
from branchbook.resources import resources_folder
from branchbook.ui.places.settings.notices import parts
from tests.ui.places.settings_screen import SettingsScreen

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture
def page(look, shown, settled):
    screen = SettingsScreen(settled)
    shown(screen.window)
    screen.open()
    yield screen.page("about")
    screen.window.close()


def test_it_says_which_version_this_is_and_that_it_stays_offline(page):
    said = " ".join(each.text() for each in page.findChildren(type(page.version)))
    assert __version__ in said
    assert "不联网" in said
    assert "不是任何党组织的官方软件" in said


def test_each_part_shows_its_whole_licence(page, qtbot):
    assert page.text.toPlainText().lstrip().startswith("Apache License")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    text = page.text.toPlainText()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert page.text.isReadOnly()


def test_every_dependency_of_the_program_has_its_notice():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["speed"]]
    wanted = [re.split(r"[<>=\[ ]", each)[0] for each in asked]
    named = " ".join(part.name for part in parts()).casefold()
    assert [each for each in wanted if each.casefold() not in named] == []


def test_every_face_and_the_icons_have_their_notice():
    given = {text for part in parts() for text in part.texts}
    folders = {path.name for path in (resources_folder() / "fonts").iterdir() if path.is_dir()}
    shown = {Path(each).parts[1] for each in given if each.startswith("fonts/")}
    light = {"noto-serif-light", "noto-serif-bold"}
    assert folders - shown <= light, "both weights of one family stand under one notice"
    assert any(each.startswith("icons/lucide/") for each in given)


@pytest.mark.parametrize("part", parts(), ids=lambda each: each.name)
def test_the_licence_is_there_to_be_read(part):
    assert len(part.licence_text()) > 80
    assert part.purpose
    assert part.licence
    assert part.origin


def test_no_licence_lies_there_unused():
    used = {text for part in parts() for text in part.texts}
    lying = {
        f"notices/{path.name}" for path in (resources_folder() / "notices").iterdir() if path.suffix == ".txt"
    }
    assert lying <= used
