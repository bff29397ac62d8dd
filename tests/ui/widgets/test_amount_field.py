"""An amount typed as people write it: told in its smallest part, written out in full when the field is left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.amounts import HalfCents
from branchbook.ui.widgets.amount_field import AmountField


@pytest.fixture
def field(beside):
    made = AmountField(2)
    beside(made)
    return made


def typed(field, text):
    told: list[object] = []
    field.entered.connect(told.append)
    QTest.keyClicks(field, text)
    return told


@pytest.mark.parametrize(
    "text, units, written", [("1,200.5", 120050, "1200.50"), ("3", 300, "3.00"), ("0", 0, "0.00")]
)
def test_it_is_told_while_typing_and_written_out_when_left(field, text, units, written):
    told = typed(field, text)
    assert told[-1] == units
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == written
    assert field.units() == units


@pytest.mark.parametrize("text, said", [("abc", "不是一个数"), ("-3", "负数"), ("1.234", "最多 2 位小数")])
def test_what_is_no_amount_stays_typed_and_says_why(field, text, said):
    judged: list[object] = []
    field.judged.connect(judged.append)
    typed(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert said in str(judged[-1])
    assert field.text() == text
    field.show_units(500)
    assert field.text() == text, "what the book says does not overwrite what cannot be read yet"


def test_nothing_typed_is_no_amount(field):
    told = typed(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert told == [500, None]
    assert field.problem() is None


def test_the_book_may_say_another_amount_or_none(field):
    field.show_units(1)
    assert field.text() == "0.01"
    field.show_units(None)
    assert field.text() == ""


def test_half_cents_are_rounded_where_the_setting_says_so_and_shown(beside):
    field = AmountField(2, HalfCents.ROUND)
    beside(field)
    assert typed(field, "2.675")[-1] == 268
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "2.68"


def test_half_days_have_one_place(beside):
    field = AmountField(1)
    beside(field)
    assert typed(field, "2.5")[-1] == 25
