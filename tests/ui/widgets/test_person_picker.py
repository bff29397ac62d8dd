"""The picker of people: by name, initials or hand, with those not in the list kept as typed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from branchbook.ui.widgets.person_picker import PeopleModel, PersonChoice, PersonPicker, matches

PEOPLE = (
    PersonChoice(1, "张三", "zs", "书记"),
    PersonChoice(2, "张思远", "zsy"),
    PersonChoice(3, "单田", "st dt"),
    PersonChoice(4, "马文·阿不都热西提", "mwabdrxt"),
)


class TestPersonPicker:
    @pytest.fixture
    def picker(self, qtbot):
        field = PersonPicker()
        field.set_people(PEOPLE)
        qtbot.addWidget(field)
        return field

    @pytest.mark.parametrize(
        "typed,names",
        [
            ("zs", ["张三", "张思远"]),
            ("ZSY", ["张思远"]),
            ("dt", ["单田"]),
            ("st", ["单田"]),
            ("阿不都", ["马文·阿不都热西提"]),
            ("书记", ["张三"]),
            ("", ["张三", "张思远", "单田", "马文·阿不都热西提"]),
            ("qq", []),
        ],
    )
    def test_people_are_found_by_name_and_by_every_reading_of_their_initials(self, typed, names):
        assert [each.name for each in PEOPLE if matches(each, typed)] == names

    def test_initials_and_tab_pick_the_first_who_matches(self, picker, qtbot, beside):
        picked: list[Any] = []
        picker.picked.connect(picked.append)
        other = beside(picker)
        qtbot.keyClicks(picker, "zs")
        assert [each.name for each in picker.suggested] == ["张三", "张思远"]
        qtbot.keyClick(picker, Qt.Key.Key_Tab)
        assert picked == [PEOPLE[0]]
        assert picker.text() == "张三（书记）"
        assert picker.suggested == ()
        assert other.hasFocus()

    def test_down_and_enter_pick_another(self, picker, qtbot, beside):
        beside(picker)
        qtbot.keyClicks(picker, "zs")
        qtbot.keyClick(picker, Qt.Key.Key_Down)
        qtbot.keyClick(picker, Qt.Key.Key_Return)
        assert picker.value() == PEOPLE[1]
        assert picker.hasFocus()

    def test_down_in_an_empty_field_shows_everyone(self, picker, qtbot, beside):
        beside(picker)
        qtbot.keyClick(picker, Qt.Key.Key_Down)
        assert picker.suggested == PEOPLE
        qtbot.keyClick(picker, Qt.Key.Key_Return)
        assert picker.value() is None

    def test_escape_brings_back_who_was_picked(self, picker, qtbot, beside):
        beside(picker)
        picker.choose_id(3)
        picker.selectAll()
        qtbot.keyClicks(picker, "zs")
        qtbot.keyClick(picker, Qt.Key.Key_Escape)
        assert (picker.text(), picker.suggested, picker.value()) == ("单田", (), PEOPLE[2])

    def test_a_click_on_a_suggestion_picks_it_and_the_keyboard_stays(self, picker, qtbot, beside):
        beside(picker)
        qtbot.keyClicks(picker, "z")
        view = picker.window().findChild(QListView)
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center()
        )
        assert picker.value() == PEOPLE[1]
        assert picker.hasFocus()

    def test_left_by_the_mouse_what_fits_several_is_not_guessed(self, picker, qtbot, beside):
        other = beside(picker)
        picker.choose_id(1)
        picker.selectAll()
        qtbot.keyClicks(picker, "zs")
        other.setFocus(Qt.FocusReason.MouseFocusReason)
        assert picker.value() == PEOPLE[0]
        assert picker.text() == "张三（书记）"

    def test_left_by_the_mouse_the_only_match_is_taken(self, picker, qtbot, beside):
        other = beside(picker)
        qtbot.keyClicks(picker, "zsy")
        other.setFocus(Qt.FocusReason.MouseFocusReason)
        assert picker.value() == PEOPLE[1]

    def test_emptying_picks_nobody(self, picker, qtbot, beside):
        other = beside(picker)
        picker.choose_id(1)
        picked: list[Any] = []
        picker.picked.connect(picked.append)
        picker.clear()
        other.setFocus()
        assert picked == [None]
        assert picker.value() is None

    def test_a_free_field_takes_a_name_that_is_in_no_list(self, qtbot, beside):
        field = PersonPicker(free=True)
        field.set_people(PEOPLE)
        beside(field)
        field.setText("上级领导 赵某")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.value() == PersonChoice(None, "上级领导 赵某")

    def test_keys_belong_to_a_composing_input_method(self, picker, qtbot, beside, compose):
        other = beside(picker)
        compose(picker, "zhang")
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
            qtbot.keyClick(picker, key)
        assert picker.value() is None
        assert picker.suggested == ()
        assert not other.hasFocus()
        compose(picker, "", "张三")
        assert picker.suggested == PEOPLE[:1]

    def test_setting_tells_nobody(self, picker, qtbot):
        with qtbot.assertNotEmitted(picker.picked):
            picker.set_value(PEOPLE[0])
            picker.choose_id(99)
        assert picker.value() is None

    def test_the_model_of_people_keeps_its_contract(self, qtmodeltester):
        model = PeopleModel()
        model.set_people(PEOPLE)
        qtmodeltester.check(model)
        model.filter("zs")
        qtmodeltester.check(model)
        assert model.rowCount() == 2
