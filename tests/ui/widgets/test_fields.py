from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.problems import Problem
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField, TimeField, parse_time
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.long_text import LongText

TODAY = date(2026, 11, 24)


class TestLineField:
    def test_it_tells_typing_and_leaving_but_not_what_the_program_sets(self, qtbot, beside):
        typed: list[Any]
        field, typed, left = LineField(), [], []
        field.edited.connect(typed.append)
        field.left.connect(lambda: left.append(field.value()))
        other = beside(field)
        field.set_value("机关")
        assert typed == []
        qtbot.keyClicks(field, "ab")
        other.setFocus()
        assert typed == ["机关a", "机关ab"]
        assert left == ["机关ab"]

    def test_setting_the_same_text_leaves_the_cursor(self, qtbot):
        field = LineField("三楼会议室")
        qtbot.addWidget(field)
        field.setCursorPosition(2)
        field.set_value("三楼会议室")
        assert field.cursorPosition() == 2

    def test_preedit_text_is_not_a_value_until_it_is_committed(self, qtbot, beside, compose):
        typed: list[Any]
        field, typed = LineField(), []
        field.edited.connect(typed.append)
        beside(field)
        compose(field, "zhang'san")
        assert field.value() == ""
        assert typed == []
        compose(field, "", "张三")
        assert field.value() == "张三"


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


class TestLongText:
    def test_it_grows_with_its_text_up_to_its_most(self, qtbot):
        field = LongText()
        qtbot.addWidget(field)
        field.resize(400, 30)
        field.show()
        one = field.height()
        field.set_value("\n".join("介绍推荐条件" for _ in range(5)))
        five = field.height()
        field.set_value("\n".join("介绍推荐条件" for _ in range(400)))
        assert 28 <= one <= 34  # one line of whatever face the machine has
        assert five > 4 * (one - 10)
        assert field.height() < 1000
        assert field.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded

    def test_a_long_line_wraps_into_more_height(self, qtbot):
        field = LongText()
        qtbot.addWidget(field)
        field.resize(200, 30)
        field.show()
        field.set_value("群众反映好。" * 30)
        assert field.height() > 100

    def test_only_plain_text_is_pasted(self, qtbot):
        field = LongText()
        qtbot.addWidget(field)
        mime = QMimeData()
        mime.setHtml("<b>加粗</b>")
        mime.setText("加粗\x00\x07<i>照旧</i>\n第二段")
        field.insertFromMimeData(mime)
        assert field.value() == "加粗<i>照旧</i>\n第二段"

    def test_tab_goes_on_and_leaving_is_told(self, qtbot, beside):
        field, left = LongText(), []
        field.left.connect(lambda: left.append(True))
        other = beside(field)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        assert other.hasFocus()
        assert left == [True]
        assert field.value() == ""

    def test_tab_and_enter_are_left_to_a_composing_input_method(self, qtbot, beside, compose):
        field = LongText()
        beside(field)
        compose(field, "tongyi")
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.hasFocus()
        assert field.value() == ""
        compose(field, "", "同意")
        assert field.value() == "同意"

    def test_what_the_program_sets_is_not_told_as_typing(self, qtbot):
        typed: list[Any]
        field, typed = LongText(), []
        qtbot.addWidget(field)
        field.edited.connect(typed.append)
        field.set_value("草稿")
        assert typed == []
        qtbot.keyClicks(field, "x")
        assert len(typed) == 1

    def test_two_hundred_thousand_characters_are_kept(self, qtbot):
        field = LongText()
        qtbot.addWidget(field)
        text = "议" * 200_000
        field.set_value(text)
        assert field.value() == text


class TestChoiceField:
    def test_it_gives_values_and_tells_only_what_the_user_chose(self, qtbot):
        field = ChoiceField([("hands", "举手"), ("secret", "无记名")])
        qtbot.addWidget(field)
        chosen: list[Any] = []
        field.value_changed.connect(chosen.append)
        field.set_value("secret")
        assert (field.value(), chosen) == ("secret", [])
        qtbot.keyClick(field, Qt.Key.Key_Up)
        assert (field.value(), chosen) == ("hands", ["hands"])

    def test_the_value_stays_when_the_choices_change(self, qtbot):
        field = ChoiceField([(2025, "2025 年"), (2026, "2026 年")])
        qtbot.addWidget(field)
        field.set_value(2026)
        field.set_choices([(2026, "2026 年"), (2027, "2027 年")])
        assert field.value() == 2026
        field.set_choices([(2030, "2030 年")])
        assert field.value() == 2030
        field.set_value("没有的")
        assert field.value() is None


class TestFieldGrid:
    @pytest.fixture
    def grid(self, qtbot):
        made = FieldGrid(2)
        qtbot.addWidget(made)
        return made

    def test_labels_name_their_editors(self, grid):
        place = grid.add("地点", LineField())
        assert place.accessibleName() == "地点"

    def test_tab_follows_reading_order(self, grid, qtbot, shown):
        editors = [grid.add(name, LineField()) for name in ("时间", "地点", "主持人", "记录人")]
        shown(grid)
        editors[0].setFocus()
        for editor in editors[1:]:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            assert editor.hasFocus()

    def test_a_problem_stands_under_its_field_until_it_is_taken_back(self, grid):
        when, where = grid.add("时间", LineField()), grid.add("地点", LineField())
        grid.set_problem(when, Problem("没有这一天", "2月30日", "请核对"))
        assert when.property("wrong")
        assert not where.property("wrong")
        shown = [line for line in grid.findChildren(QWidget) if line.property("role") == "problem"]
        assert [line.isVisibleTo(grid) for line in shown] == [True, False]
        grid.clear_problems()
        assert not when.property("wrong")
        assert when.accessibleDescription() == ""

    def test_hidden_fields_take_their_labels_with_them(self, grid):
        one, other = grid.add("党总支", LineField()), grid.add("支部", LineField())
        grid.show_only(other)
        assert not one.isVisibleTo(grid)
        assert other.isVisibleTo(grid)
        grid.show_only(one, other)
        assert one.isVisibleTo(grid)
