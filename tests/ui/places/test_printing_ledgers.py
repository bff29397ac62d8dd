"""Papers of ledgers in the Print place: a group of their own, with those that only this book has."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.ledger_definitions import new_ledger, rename_field
from branchbook.services.ledgers import add_row
from branchbook.services.printing import paper_entries
from branchbook.ui.place import ShowPaper
from tests.services.printing_sample import ACTOR, BRANCH
from tests.ui.places.printing_screen import PrintScreen


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    return made.open()


def told(screen, outcome):
    """The book was changed elsewhere in the window."""
    screen.commands.changed.emit(outcome.changes)
    screen.settle()
    return outcome.value


def test_ledgers_stand_in_a_group_of_their_own(screen):
    screen.show_group("ledger")
    tiles = {tile.key: tile for tile in screen.papers.gallery.tiles}
    assert list(tiles) == [entry.key for entry in paper_entries() if entry.group == "ledger"]
    assert tiles["ledger:rectification"].detail == "横向"


def test_a_ledger_of_ones_own_is_asked_for_from_its_place_and_shown_filled(screen):
    made = told(screen, new_ledger(screen.book, "读书会台账", ACTOR))
    told(screen, add_row(screen.book, made.key, BRANCH, ACTOR, {"日期": "2026-03-01", "事项": "读第一章"}))
    screen.place.show_subject(ShowPaper(f"ledger:{made.key}"))
    screen.settle()
    assert screen.papers.groups.current == "ledger"
    assert screen.papers.gallery.tiles[0].name == "读书会台账", "one's own stand first"
    assert screen.preview.product.title.endswith("2026年读书会台账")
    assert not screen.papers.fields.adjust.isVisible(), "it is changed in the settings"


def test_one_that_the_gallery_has_not_heard_of_is_shown_when_it_has(screen):
    made = new_ledger(screen.book, "读书会台账", ACTOR)
    screen.place.show_subject(ShowPaper(f"ledger:{made.value.key}"))
    screen.settle()
    told(screen, made)
    assert screen.papers.gallery.current_key == f"ledger:{made.value.key}"
    assert "读书会台账" in screen.preview.product.title


def test_another_label_is_in_the_preview_at_once(screen):
    screen.show_group("ledger")
    screen.choose("ledger:rectification")
    before = screen.pdf
    told(screen, rename_field(screen.book, "rectification", "problem", "具体问题", ACTOR))
    assert screen.pdf != before


def test_the_paper_of_a_week_is_asked_for_with_its_day_and_another_can_be_typed(screen):
    add = {"week_on": "2026-03-02", "content": "整理档案"}
    told(screen, add_row(screen.book, "weekly_plan", BRANCH, ACTOR, add))
    screen.place.show_subject(ShowPaper("weekly_summary", day=date(2026, 3, 4)))
    screen.settle()
    fields = screen.papers.fields
    assert fields.day.isVisible()
    assert fields.day.accessibleName() == "所在周"
    assert "2026.03.02—03.08" in screen.preview.product.title
    fields.day.set_value(date(2026, 3, 11))
    fields.changed.emit()
    screen.settle()
    assert "2026.03.09—03.15" in screen.preview.product.title
    screen.place.show_subject(ShowPaper("plan_time_line"))
    screen.settle()
    assert not fields.day.isVisible()
