"""A count typed as digits, and what is no count."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.ui.widgets.field_editors import Edit, Entered, make_editor
from branchbook.ui.widgets.fields import FieldGrid
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import NumberField


@pytest.fixture
def field(beside):
    made = NumberField()
    made.set_number(3)
    beside(made)
    made.selectAll()
    return made


def type_keys(field: NumberField, keys: str) -> list[int]:
    told: list[int] = []
    field.counted.connect(told.append)
    QTest.keyClicks(field, keys)
    return told


@pytest.mark.parametrize("keys", ["1000000000", "3.5", "12a", "-1"])
def test_what_is_no_count_takes_back_the_digits_typed_up_to_there(field, keys):
    """Nobody meant 10000 who typed 1000000000 (issue 3 §6)."""
    assert type_keys(field, keys)[-1] == 3
    assert field.number() is None
    assert field.property("wrong")
    field.set_number(3)
    assert field.text() == keys


def test_a_count_is_told_while_it_is_typed(field):
    assert type_keys(field, "12") == [1, 12]
    assert not field.property("wrong")


def test_a_field_of_a_step_is_empty_until_a_number_is_entered(beside):
    """A 0 that nobody typed stood in a required field that was then said to be missing."""
    entered, edits = Entered({}, {}), list[Edit]()
    editor = make_editor(FieldSpec("seats", "委员名额", FieldType.NUMBER), edits.append, date(2026, 9, 10))
    line = editor.widget
    assert isinstance(line, NumberField)
    beside(line)
    editor.show(entered, ())
    assert (line.text(), line.placeholderText()) == ("", "")
    QTest.keyClicks(line, "0")
    entered = edits[-1](entered)
    assert entered.values == {"seats": 0}
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    entered = edits[-1](entered)
    editor.show(entered, ())
    assert (dict(entered.values), line.text()) == ({}, "")


def test_a_field_in_a_grid_says_under_it_what_is_wrong(beside):
    grid, field = FieldGrid(1), NumberField()
    grid.add("委员名额", field)
    beside(grid)
    QTest.keyClicks(field, "3.5")
    (line,) = [each for each in grid.findChildren(Text) if each.property("role") == "problem"]
    assert line.isVisible()
    assert "0 到 99999 的整数" in line.text()
    field.selectAll()
    QTest.keyClicks(field, "3")
    assert not line.isVisible()
