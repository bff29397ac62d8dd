"""调整表样: every change of a paper shows in its pages at once, can be undone, and put back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.domain.paper_change import PaperChange
from branchbook.services.paper_changes import change_of
from tests.ui.places.members_screen import write
from tests.ui.places.printing_screen import PrintScreen

PAPER = "general_meeting_minutes"


@pytest.fixture
def screen(qtbot, settled, tmp_path):
    made = PrintScreen(settled, tmp_path)
    qtbot.addWidget(made.place)
    made.open()
    made.place.activateWindow()
    qtbot.waitUntil(made.place.isActiveWindow)
    made.choose(PAPER)
    made.press(made.papers.fields.adjust)
    return made


def change(screen) -> PaperChange:
    with screen.book.reading() as reading:
        return change_of(reading, PAPER)


def row(screen, key):
    return next(each for each in screen.place.change_card.rows if each.part.key == key)


def retype(screen, field, text) -> None:
    field.setFocus()
    field.selectAll()
    write(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.settle()


def test_it_stands_in_the_left_column_beside_the_pages(screen):
    assert screen.place.left.currentWidget() is screen.place.change_card
    assert screen.place.change_card.title_field.text() == "〔组织〕党员大会记录"
    assert not screen.place.change_card.put_back.isEnabled()


def test_another_title_is_on_the_pages_at_once(screen):
    retype(screen, screen.place.change_card.title_field, "〔组织〕会议纪要")
    assert change(screen).title == "{organisation}会议纪要"
    assert screen.preview.product.title == "示例第一党支部会议纪要"
    assert "示例第一党支部会议纪要" in screen.text


def test_another_label_and_a_part_left_out(screen):
    retype(screen, row(screen, "chair").label, "召集人")
    assert "召集人" in screen.text
    QTest.keyClick(row(screen, "minute_taker").box, Qt.Key.Key_Space)
    screen.settle()
    assert change(screen) == PaperChange(labels={"chair": "召集人"}, hidden=("minute_taker",))
    assert not row(screen, "minute_taker").part.shown


def test_a_height_in_millimetres_and_one_that_no_page_has(screen):
    retype(screen, row(screen, "chair").height_field, "20毫米")
    assert change(screen).heights_mm == {"chair": 20.0}
    retype(screen, row(screen, "chair").height_field, "900")
    assert "5 到 240 毫米" in screen.place.change_card.banner.text
    assert change(screen).heights_mm == {"chair": 20.0}


def test_a_height_that_is_no_number_is_marked_and_not_kept(screen):
    field = row(screen, "chair").height_field
    retype(screen, field, "abc")
    assert field.property("wrong")
    assert "毫米数" in field.toolTip()
    assert change(screen) == PaperChange()


def test_a_row_moves_and_the_keyboard_moves_with_it(screen):
    keys = [each.part.key for each in screen.place.change_card.rows]
    down = row(screen, "chair").down
    down.setFocus()
    QTest.keyClick(down, Qt.Key.Key_Space)
    screen.settle()
    after = [each.part.key for each in screen.place.change_card.rows]
    assert after.index("chair") > keys.index("chair")
    assert sorted(after) == sorted(keys)
    assert QApplication.focusWidget() is row(screen, "chair").down


def test_what_is_being_typed_stays_while_an_earlier_change_arrives(screen):
    retype(screen, row(screen, "chair").label, "召集人")
    field = row(screen, "minute_taker").label
    field.setFocus()
    field.selectAll()
    write(field, "执笔")
    screen.place.change_card.load()
    screen.settle()
    assert row(screen, "minute_taker").label is field
    assert field.text() == "执笔"


def test_enter_of_an_input_method_does_not_settle(screen, compose):
    field = row(screen, "chair").label
    field.setFocus()
    field.selectAll()
    compose(field, "zhaojiren")
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.settle()
    assert change(screen) == PaperChange()
    compose(field, "", "召集人")
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.settle()
    assert change(screen).labels == {"chair": "召集人"}


def test_undo_takes_back_a_change_and_the_card_shows_it(screen):
    retype(screen, row(screen, "chair").label, "召集人")
    screen.commands.undo()
    screen.settle()
    assert change(screen) == PaperChange()
    screen.papers.gallery.setFocus()
    assert row(screen, "chair").part.label == "主持人"
    assert "召集人" not in screen.text


def test_put_back_forgets_every_change(screen):
    retype(screen, screen.place.change_card.title_field, "会议纪要")
    retype(screen, row(screen, "chair").label, "召集人")
    screen.press(screen.place.change_card.put_back)
    assert change(screen) == PaperChange()
    assert screen.place.change_card.title_field.text() == "〔组织〕党员大会记录"
    assert screen.preview.product.title == "示例第一党支部党员大会记录"


def test_esc_goes_back_to_the_gallery(screen):
    QTest.keyClick(screen.place.change_card.title_field, Qt.Key.Key_Escape)
    assert screen.place.left.currentWidget() is screen.place.overview
    assert screen.papers.gallery.current_key == PAPER


def test_running_text_has_a_title_only(screen):
    QTest.keyClick(screen.place.change_card.title_field, Qt.Key.Key_Escape)
    screen.choose("resolution_document")
    screen.press(screen.papers.fields.adjust)
    assert screen.place.change_card.rows == []
    assert not screen.place.change_card.nothing.isHidden()
    assert screen.place.change_card.title_field.text() == "关于〔议题〕的决议"
