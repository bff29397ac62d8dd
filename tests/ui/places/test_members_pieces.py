"""党员: the pieces of its own — a row of buttons that wraps, and fields that show how they begin."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from branchbook.ui.places.members.field_ends import show_beginning
from branchbook.ui.places.members.flow_row import GAP, FlowRow
from branchbook.ui.places.members.placing_list import PlacingList
from branchbook.ui.widgets.fields import LineField


class Fixed(QWidget):
    """100 × 30 pixels."""

    def sizeHint(self) -> QSize:
        return QSize(100, 30)


@pytest.fixture
def row(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    buttons = [Fixed() for _ in range(5)]
    layout = FlowRow(buttons)
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder, layout, buttons


@pytest.mark.parametrize(
    "width, rows", [(5 * 100 + 4 * GAP, 1), (5 * 100 + 4 * GAP - 1, 2), (206, 3), (100, 5), (40, 5)]
)
def test_as_many_rows_as_the_width_makes_of_it(row, width, rows):
    _, layout, _ = row
    assert layout.heightForWidth(width) == rows * 30 + (rows - 1) * GAP


def test_hidden_widgets_take_no_room(row):
    _, layout, buttons = row
    for button in buttons[1:]:
        button.hide()
    assert layout.heightForWidth(100) == 30


def test_widgets_follow_each_other_in_reading_order(row, shown):
    holder, _, buttons = row
    holder.resize(320, 200)
    shown(holder)
    at = [(button.y(), button.x()) for button in buttons]
    assert at == sorted(at)
    assert {button.y() for button in buttons} == {0, 30 + GAP}


def test_a_long_text_shows_how_it_begins_unless_it_is_being_written(beside):
    field = LineField()
    field.set_value("示例省示例市示例区示例街道示例社区")
    other = beside(field)
    field.setCursorPosition(5)
    show_beginning(field)
    assert field.cursorPosition() == 5
    other.setFocus()
    show_beginning(field)
    assert field.cursorPosition() == 0


def test_everyone_begins_at_the_first_place_offered_even_where_another_is_nowhere(qtbot):
    placing = PlacingList("去向")
    qtbot.addWidget(placing)
    placing.ask([("a", "赵示例"), ("b", "钱示例")], [(1, "第一小组"), (None, "不编组")])
    assert placing.placed() == {"a": 1, "b": 1}
    placing.fields["b"].set_value(None)
    placing.offer([(1, "机关一组"), (None, "不编组")])
    assert placing.placed() == {"a": 1, "b": None}
    assert placing.fields["a"].accessibleName() == "赵示例去向"
