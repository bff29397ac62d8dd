from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.problems import Problem
from branchbook.ui.widgets.choice import ChoiceField
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
