"""The Statistics place: texts to be copied into a web platform, and the list of what is owed, missing or at odds."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from branchbook.services.codec import to_json
from branchbook.services.operations import operate
from branchbook.services.rectifications import FROM_SELF_CHECK, add_rectification
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.store import Setting
from branchbook.ui.place import (
    BeginRecord,
    Destination,
    ShowLedgerRow,
    ShowRecord,
    ShowRules,
)
from branchbook.ui.places.statistics.inspection_card import destination_of
from tests.forms.reading import flat
from tests.services.small_book import FIRST_BRANCH, actor, named
from tests.ui.places.statistics_screen import finalised
from tests.ui.places.statistics_screen import screen as screen

# ------------------------------------------------------------------------------------ blocks


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_blocks_are_copied_by_enter_by_number_and_by_button(screen):
    screen.view("blocks")
    blocks = screen.place.blocks
    QTest.keyClick(blocks.table, Qt.Key.Key_Return)
    assert clipboard() == "第一支部"
    assert blocks.table.current_row[0] == 1  # the next field of the platform
    screen.press(blocks.copy_button)
    assert clipboard() == "6"
    blocks.copy_number(0)
    assert clipboard() == "第一支部"
    assert "已复制：单位名称" in screen.place.banner.text


def test_a_block_is_edited_moved_added_and_deleted(screen):
    screen.view("blocks")
    blocks = screen.place.blocks
    blocks.edit_button.click()
    assert blocks.editor.isVisible()
    blocks.title_field.setText("支部全称")
    blocks.source.setPlainText("全称：{{ 名.单位 }}")
    screen.press(blocks.save_button)
    assert blocks.table.current_row[1].text == "全称：第一支部"
    screen.press(blocks.down_button)
    assert [each.title for each in blocks.blocks[:2]] == ["党员人数", "支部全称"]
    assert blocks.table.current_row[0] == 1
    screen.press(blocks.new_button)
    assert blocks.blocks[2].title == "新的一栏"
    assert blocks.title_field.text() == "新的一栏"
    screen.press(blocks.delete_button)
    assert [each.title for each in blocks.blocks] == ["党员人数", "支部全称", "三会一课", "主题党日"]


def test_a_block_that_cannot_be_filled_says_why_and_copies_nothing(screen):
    screen.view("blocks")
    blocks = screen.place.blocks
    QGuiApplication.clipboard().setText("以前的")
    blocks.source.setPlainText("{{ 数.天气 }}")
    screen.press(blocks.save_button)
    assert "天气" in blocks.told.text()
    blocks.copy()
    assert clipboard() == "以前的"
    assert "天气" in screen.place.banner.text


# ------------------------------------------------------------------------------------ inspection


def test_the_inspection_view_lists_what_is_owed_and_begins_it(screen, qtbot):
    screen.view("inspection")
    card = screen.place.inspection
    line = next(each for each in card.table.rows_model.rows if each.what == "2026年第一季度支部党员大会")
    with qtbot.waitSignal(screen.place.go) as gone:
        card.table.opened.emit(line)
    assert gone.args[0] == Destination("meetings", BeginRecord(("general_meeting",), FIRST_BRANCH, None))
    assert "应开展未开展" in card.summary.text()


def test_its_lines_open_records_and_follow_the_book(screen, qtbot):
    screen.view("inspection")
    finalised(screen)
    card = screen.place.inspection
    lacking = next(each for each in card.table.rows_model.rows if each.entity == "record")
    card.table.select((lacking.group, lacking.place, lacking.what, lacking.on, lacking.id))
    with qtbot.waitSignal(screen.place.go) as gone:
        QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert gone.args == [Destination("meetings", ShowRecord(named("五月会")))]


def test_the_inspection_list_is_saved_as_a_paper(screen):
    screen.view("inspection")
    screen.files.answer = screen.folder / "迎检.pdf"
    screen.press(screen.place.inspection.save_button)
    assert "第一支部2026年迎检清单" in flat((screen.folder / "迎检.pdf").read_bytes())


def test_a_rule_that_no_longer_fits_and_a_rectification_lead_to_their_places(screen, qtbot):
    book, found = screen.context.book, actor(day=date(2026, 5, 20))
    with operate(book, actor(), "旧版本的更正") as operating:
        kept = (RuleCorrection("B-09", "某通知", value="每旬"),)
        operating.writing.put(Setting("book.rule_corrections", to_json(kept)))
    row = add_rectification(
        book, FIRST_BRANCH, "记录不全", FROM_SELF_CHECK, found, due_on=date(2026, 6, 2)
    ).value
    screen.view("inspection")
    ways = {each.what: destination_of(each) for each in screen.place.inspection.table.rows_model.rows}
    assert ways["规则更正不再适用"] == Destination("settings", ShowRules())
    assert ways["整改台账：记录不全"] == Destination("ledgers", ShowLedgerRow(row.id))
