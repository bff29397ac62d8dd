"""The rail: what it leaves away where the text is very large."""

from PySide6.QtWidgets import QApplication

from branchbook.ui.place import PlaceSpec
from branchbook.ui.rail import Rail
from tests.ui.note_place import NotePlace


def test_where_text_is_large_the_rail_leaves_its_room_to_the_places(shown, look):
    spec = PlaceSpec("meetings", "组织生活", "users", "3", lambda: NotePlace("meetings", []))
    rail = shown(Rail((spec,)))
    wide = rail.width()
    button = rail.buttons["meetings"]
    button.set_badge(3)
    look.choose(text_scale=200)
    QApplication.processEvents()
    assert rail.width() < wide
    assert "组织生活" in button.toolTip()
    assert "3 件待办" in button.toolTip()
    look.choose(text_scale=100)
    QApplication.processEvents()
    assert rail.width() == wide
