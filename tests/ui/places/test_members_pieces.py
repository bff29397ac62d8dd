"""党员: the pieces of its own — fields that show how they begin, and the list of people to place."""

from branchbook.ui.places.members.field_ends import show_beginning
from branchbook.ui.places.members.placing_list import PlacingList
from branchbook.ui.widgets.fields import LineField


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
