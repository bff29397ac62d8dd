"""Rows wrap and columns become one when the text is large: nothing is clipped at the right."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.wrapping_row import WrappingRow
from tests.ui.places.meetings.meetings_place import stored_record


@pytest.fixture
def row(qtbot):
    made = WrappingRow()
    qtbot.addWidget(made)
    for number in range(5):
        label = QLabel(str(number))
        label.setFixedSize(100, 20)
        made.add(label)
    made.show()
    return made


@pytest.mark.parametrize("width, lines", [(532, 1), (531, 2), (320, 2), (208, 3), (100, 5), (10, 5)])
def test_a_row_takes_as_many_lines_as_it_needs(row, width, lines):
    assert row.heightForWidth(width) == lines * 20 + (lines - 1) * 4


def test_a_widget_that_is_hidden_takes_no_room(row):
    row.shown[0].hide()
    assert row.heightForWidth(424) == 20


def test_widgets_stay_in_reading_order(row):
    row.resize(216, 80)
    places = [each.geometry().topLeft().toTuple() for each in row.shown]
    assert places == [(0, 0), (108, 0), (0, 24), (108, 24), (0, 48)]


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_the_record_fits_its_card_at_every_text_size(place, book, show, settle, look, scale):
    place.resize(1366 - (112 if scale == 200 else 176 * scale // 100), 640)
    body = show(stored_record(book))
    body.agenda.items[0].add_vote()
    body.agenda.items[0].add_resolution()
    settle()
    look.choose(text_scale=scale)
    settle()
    settle()
    assert body.widget().minimumSizeHint().width() <= body.viewport().width()
    assert place.minimumSizeHint().width() <= 600


def test_filters_go_on_in_the_next_line_instead_of_being_cut_off(qtbot):
    chips = Chips(wrapping=True)
    qtbot.addWidget(chips)
    chips.set_chips([(str(number), f"组织生活会 {number}") for number in range(8)])
    chips.resize(272, 24)
    chips.show()
    ends = [each.geometry().right() for each in chips.findChildren(QPushButton)]
    assert max(ends) < 272
    assert chips.height() > 2 * 24
    chips.set_chips([("all", "全部")])
    assert chips.height() == 24
