"""Days and times as people type them."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from branchbook.domain.problems import Problem
from branchbook.ui.widgets.date_field import DateField, TimeField, parse_time

TODAY = date(2026, 11, 24)


class TestDateField:
    @pytest.mark.parametrize(
        "typed", ["2026-3-5", "2026.3.5", "2026/3/5", "3月5日", "20260305", "２０２６年３月５日"]
    )
    def test_dates_are_typed_as_people_write_them_and_shown_one_way(self, qtbot, beside, typed):
        values: list[Any]
        field, values = DateField(TODAY), []
        field.value_changed.connect(values.append)
        other = beside(field)
        field.setText(typed)
        assert field.value() == date(2026, 3, 5)
        other.setFocus()
        assert field.text() == "2026-03-05"
        assert values == [date(2026, 3, 5)]

    @pytest.mark.parametrize("typed", ["13月5", "2026-2-30", "昨天", "5"])
    def test_what_cannot_be_read_stays_as_typed_with_the_reason(self, qtbot, beside, typed):
        field = DateField(TODAY)
        other = beside(field)
        field.setText(typed)
        other.setFocus()
        assert field.text() == typed
        assert field.value() is None
        assert field.problem() is not None
        assert field.property("wrong")
        assert field.accessibleDescription() == field.toolTip() == str(field.problem())

    def test_enter_settles_and_empty_is_no_date(self, qtbot, beside):
        values: list[Any]
        field, values = DateField(TODAY), []
        field.value_changed.connect(values.append)
        beside(field)
        qtbot.keyClicks(field, "20261023")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        field.clear()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert values == [date(2026, 10, 23), None]
        assert field.problem() is None

    def test_setting_a_value_tells_nobody_and_takes_the_mark_away(self, qtbot):
        field = DateField(TODAY)
        qtbot.addWidget(field)
        field.setText("昨天")
        field.settle()
        with qtbot.assertNotEmitted(field.value_changed):
            field.set_value(date(2026, 1, 2))
        assert (field.text(), field.property("wrong")) == ("2026-01-02", False)

    def test_enter_does_not_settle_while_an_input_method_is_composing(self, qtbot, beside, compose):
        values: list[Any]
        field, values = DateField(TODAY), []
        field.value_changed.connect(values.append)
        beside(field)
        field.setText("2026")
        compose(field, "nian")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert values == []
        assert not field.property("wrong")

    @given(st.dates(min_value=date(1921, 7, 1), max_value=date(2100, 12, 31)))
    def test_what_is_shown_is_read_back_as_the_same_day(self, day):
        field = DateField(TODAY)
        field.set_value(day)
        assert field.value() == day


class TestTimeField:
    @pytest.mark.parametrize(
        "typed,expected",
        [
            ("9:30", time(9, 30)),
            ("9：30", time(9, 30)),
            ("930", time(9, 30)),
            ("1500", time(15, 0)),
            ("15点", time(15, 0)),
            ("9点半", time(9, 30)),
            ("下午3点", time(15, 0)),
            ("下午3点20分", time(15, 20)),
            ("中午12点", time(12, 0)),
            ("上午 8:05", time(8, 5)),
            ("晚上7点", time(19, 0)),
        ],
    )
    def test_times_are_typed_as_people_write_them(self, typed, expected):
        assert parse_time(typed) == expected

    @pytest.mark.parametrize("typed", ["25:00", "9:75", "三点", "12345", "-1"])
    def test_what_is_no_time_is_refused(self, typed):
        with pytest.raises(Problem):
            parse_time(typed)

    def test_it_is_shown_one_way(self, qtbot):
        field = TimeField()
        qtbot.addWidget(field)
        field.setText("下午3点半")
        field.settle()
        assert (field.text(), field.value()) == ("15:30", time(15, 30))
