"""The Ledgers place: all ledgers, the rows of one, and the row at hand, by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.amounts import HalfCents
from branchbook.domain.records import Attachment, AttachmentKind
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.exchange_files import ListColumn, ListTable
from branchbook.services.search import search
from branchbook.services.settings import change_setting
from branchbook.services.undo import undo_latest
from branchbook.ui.book_search import destination_of
from branchbook.ui.place import Destination, ShowLedger, ShowLedgerRow, ShowPaper
from branchbook.ui.theme import ThemeChoice, Tone
from tests.services.ledger_book import member, rectify
from tests.services.small_book import GENERAL_BRANCH, SECOND_BRANCH, TODAY, actor, named, small_book
from tests.ui.places.ledgers_screen import on_screen


@pytest.fixture
def book():
    made = small_book()
    rectify(made, "联系群众不够", found_on="2026-03-05", due_on="2026-06-30", responsible=member("赵示例"))
    rectify(made, "学习笔记不全", found_on="2026-04-01", due_on="2026-12-30", progress="整改中")
    rectify(made, "去年完成的", found_on="2025-04-01", done_on="2025-05-01", progress="已完成")
    rectify(made, "别的支部", SECOND_BRANCH, found_on="2026-04-01")
    return made


@pytest.fixture
def screen(shown, book):
    return on_screen(shown, book, lambda: undo_latest(book, actor(500), actor(-500).now))


def test_all_ledgers_stand_at_the_left_with_what_is_overdue(screen):
    entries = screen.place.entries.entries
    assert len(entries) == 16
    assert (entries[0].title, entries[0].detail, entries[0].badge) == ("整改台账", "2 行", "逾期 1")
    assert entries[1].detail == "本年没有登记"
    assert screen.place.entries.current_key == "rectification"
    assert screen.titles == ["联系群众不够", "学习笔记不全"]
    assert screen.place.rows.totals.text() == "共 2 行 · 逾期 1 行"


def test_the_filter_narrows_while_typing_and_the_choices_by_what_stands_there(screen):
    rows = screen.place.rows
    screen.type_into(rows.filter, "笔记")
    assert screen.titles == ["学习笔记不全"]
    screen.type_into(rows.filter, "没有的")
    assert screen.titles == []
    screen.type_into(rows.filter, "")
    screen.choose(rows.period, "ever")
    assert len(screen.titles) == 3
    progress = rows.choices[1]
    assert progress.isVisible()
    screen.choose(progress, "已完成")
    assert screen.titles == ["去年完成的"]


def test_a_row_is_shown_changed_and_kept_and_one_undo_takes_it_back(screen, book):
    screen.place.rows.table.selectRow(0)
    screen.settle()
    row = screen.place.row
    assert row.grid.isVisible()
    assert screen.field("due_on").text() == "2026-06-30"
    assert not row.save_button.isEnabled()
    screen.type_field("done_on", "2026年7月2日")
    assert row._subtitle.text() == "", "kept when the field was left"
    assert screen.rows[0].values["done_on"] == "2026-07-02"
    assert screen.place.entries.entries[0].badge == ""
    screen.place.context.commands.undo()
    screen.settle()
    assert "done_on" not in screen.rows[0].values
    assert screen.field("done_on").text() == ""


def test_a_new_row_by_the_keyboard_alone(screen):
    QTest.keyClick(screen.place.rows.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert screen.field("source").hasFocus()
    screen.pick_field("source", "自查")
    assert screen.place.row._subtitle.text() == "有没保存的修改"
    assert len(screen.rows) == 4
    screen.type_field("problem", "公开栏没有更新")
    assert len(screen.rows) == 5, "kept as soon as it has what is asked for"
    assert screen.field("target").hasFocus()
    screen.type_field("responsible", "qsl、wsl")
    assert screen.field("responsible").text() == "钱示例、吴示例"
    QTest.keyClick(screen.field("due_on"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert screen.rows[-1].values == {"source": "自查", "problem": "公开栏没有更新"}
    assert [ref.person_id for ref in screen.rows[-1].people["responsible"]] == [
        named("钱示例"),
        named("吴示例"),
    ]
    assert "公开栏没有更新" in screen.titles
    assert screen.place.rows.table.current_row.title == "公开栏没有更新"


@pytest.mark.parametrize(
    "key, text, said",
    [
        ("due_on", "某天", "看不懂"),
        ("due_on", "2026-01-01", "早于发现日期"),
        ("done_on", "2027-01-01", "晚于今天"),
    ],
)
def test_what_is_refused_is_said_under_its_field_and_stays_typed(screen, key, text, said):
    screen.place.rows.table.selectRow(0)
    screen.settle()
    screen.type_field(key, text)
    screen.keep()
    assert said in screen.problem(key)
    assert screen.field(key).text() == text
    assert screen.rows[0].text(key) != text


def test_required_fields_are_asked_for(screen):
    screen.place.begin()
    screen.settle()
    screen.keep()
    assert "必填" in screen.problem("source")
    assert screen.field("source").hasFocus()


def test_going_to_another_row_or_ledger_keeps_what_is_typed_first(screen):
    table = screen.place.rows.table
    table.selectRow(0)
    screen.settle()
    screen.type_field("measure", "每月走访")
    table.selectRow(1)
    screen.settle()
    assert screen.rows[0].values["measure"] == "每月走访"
    assert screen.place.row.view.title == "学习笔记不全"
    screen.type_field("measure", "每季检查")
    screen.place.show_ledger("hardship_visits")
    screen.settle()
    assert screen.place.ledger == "hardship_visits"
    screen.place.show_ledger("rectification")
    screen.settle()
    assert screen.rows[1].values["measure"] == "每季检查"


def test_what_cannot_be_kept_holds_the_row(screen):
    table = screen.place.rows.table
    table.selectRow(0)
    screen.settle()
    screen.type_field("due_on", "某天")
    table.selectRow(1)
    screen.settle()
    assert screen.place.row.view.title == "联系群众不够"
    assert table.current_row.title == "联系群众不够"
    screen.place.show_ledger("hardship_visits")
    screen.settle()
    assert screen.place.ledger == "rectification"
    assert screen.place.entries.current_key == "rectification"
    assert screen.field("due_on").text() == "某天"


def test_leaving_the_place_keeps_what_is_typed(screen):
    screen.place.rows.table.selectRow(0)
    screen.settle()
    screen.type_field("measure", "每月走访")
    screen.place.leave()
    screen.settle()
    assert screen.rows[0].values["measure"] == "每月走访"


def test_money_is_typed_as_written_and_summed_in_the_line_below(screen, book):
    screen.place.show_ledger("hardship_visits")
    screen.settle()
    assert screen.place.rows.empty.isVisible()
    screen.press(screen.place.rows.empty.button)
    screen.type_field("visited_on", "2026-1-20")
    screen.type_field("member", "zsl")
    screen.type_field("money", "1,200.5")
    assert screen.field("money").text() == "1200.50"
    screen.keep()
    assert screen.rows[0].values["money"] == 120050
    assert screen.place.rows.totals.text() == "共 1 行 · 金额（元）合计 1200.50"
    screen.type_field("money", "3.005")
    screen.keep()
    assert "最多 2 位小数" in screen.problem("money")
    assert screen.rows[0].values["money"] == 120050
    change_setting(book, "half_cents", HalfCents.ROUND, actor(90))
    screen.place.row.forget()
    screen.place.begin()
    screen.settle()
    screen.type_field("money", "3.005")
    assert screen.field("money").text() == "3.01"


def test_a_row_goes_to_the_bin(screen):
    screen.place.rows.table.selectRow(0)
    screen.settle()
    screen.press(screen.place.row.remove_button)
    assert screen.titles == ["学习笔记不全"]
    assert screen.place.banner.tone is Tone.OK
    assert screen.place.pages.currentWidget() is screen.place.nothing


def test_a_file_is_attached_to_a_new_row_which_is_kept_first(screen, book, tmp_path):
    screen.place.begin()
    screen.settle()
    screen.pick_field("source", "自查")
    screen.type_field("problem", "公开栏没有更新")
    screen.files.answer = tmp_path / "照片说明.pdf"
    screen.files.answer.write_bytes(b"%PDF-1.4 x")
    screen.place.row.attachments.add_asked.emit(AttachmentKind.OTHER)
    screen.settle()
    with book.reading() as reading:
        (file,) = reading.all(Attachment)
    assert file.record_id == screen.rows[-1].id
    assert [row.attachment.id for row in screen.place.row.attachments.rows] == [file.id]


def test_the_general_branch_sees_whose_each_row_is_and_can_give_it_to_another(shown, book):
    screen = on_screen(shown, book, scope=GENERAL_BRANCH)
    assert set(screen.titles) == {"联系群众不够", "学习笔记不全", "别的支部"}
    assert [column.title for column in screen.place.rows.table.rows_model.columns][:2] == ["状态", "党组织"]
    assert screen.place.rows.select(screen.rows[0].id)
    screen.place.show_row(screen.rows[0].id)
    screen.settle()
    assert screen.place.row.holder.isVisible()
    screen.choose(screen.place.row.holder, SECOND_BRANCH)
    screen.keep()
    assert screen.rows[0].organisation_id == SECOND_BRANCH


def test_a_ledger_goes_out_is_filled_in_elsewhere_and_comes_back(screen, book, tmp_path):
    place = screen.place
    screen.files.answer = tmp_path / "整改.xlsx"
    screen.press(place.rows.export_button)
    assert screen.files.suggested == "整改台账 2026-11-24.xlsx"
    assert "已导出 2 行" in place.banner.text
    (table,) = SpreadsheetFiles().read(tmp_path / "整改.xlsx")
    assert len(table.rows) == 3
    _fill(tmp_path / "填好.xlsx", (table.rows[0], ("自查", "", "新问题"), ("听说", "", "坏的")))
    screen.files.answer = tmp_path / "填好.xlsx"
    screen.press(place.rows.import_button)
    assert place.pages.currentWidget() is place.importing
    assert "新增 1 行" in place.importing._subtitle.text()
    screen.press(place.importing.take_in)
    assert "新问题" in screen.titles
    assert place.banner.tone is Tone.OK


def _fill(path, rows):
    head, *others = rows
    columns = tuple(ListColumn(label) for label in head)
    lines = tuple((*row, *[""] * (len(head) - len(row))) for row in others)
    SpreadsheetFiles().write(path, (ListTable("台账", columns, lines),))


def test_a_file_that_is_no_ledger_is_told_and_nothing_changes(screen, tmp_path):
    _fill(tmp_path / "别的.xlsx", (("姓名",), ("甲",)))
    screen.files.answer = tmp_path / "别的.xlsx"
    screen.press(screen.place.rows.import_button)
    assert "没有找到整改台账的表头" in screen.place.banner.text
    assert screen.place.pages.currentWidget() is not screen.place.importing


def test_printing_goes_to_the_place_of_papers(screen):
    went: list[Destination] = []
    screen.place.go.connect(went.append)
    screen.press(screen.place.rows.print_button)
    assert went == [Destination("print", ShowPaper("ledger:rectification"))]


def test_other_places_open_a_row_or_a_ledger(screen, book):
    with book.reading() as reading:
        old = reading.ledger_rows("rectification")[2]
    screen.place.show_ledger("contact_points")
    screen.settle()
    screen.place.show_subject(ShowLedgerRow(old.id))
    screen.settle()
    assert screen.place.ledger == "rectification"
    assert screen.place.row.view.row.id == old.id
    assert screen.place.rows.table.current_row.row.id == old.id, "also one of another year"
    screen.place.show_subject(ShowLedger("contact_points"))
    screen.settle()
    assert screen.place.entries.current_key == "contact_points"


def test_in_large_text_no_field_is_wider_than_its_card(shown, book, look):
    look.choose(ThemeChoice.LIGHT, 150)
    screen = on_screen(shown, book)
    card = screen.place.row
    for key in ("rectification", "ideological_risks", "hardship_visits"):
        screen.place.show_ledger(key)
        screen.settle()
        screen.place.begin()
        screen.settle()
        room = card.scrolled.viewport().width()
        assert card.scrolled.widget().minimumSizeHint().width() <= room, key


def test_enter_goes_from_the_list_to_the_rows_and_from_a_row_to_its_fields(screen):
    QTest.keyClick(screen.place.entries, Qt.Key.Key_Return)
    assert screen.place.rows.filter.hasFocus()
    screen.place.rows.table.setFocus()
    QTest.keyClick(screen.place.rows.table, Qt.Key.Key_Down)
    screen.settle()
    assert screen.place.row.view.title == "学习笔记不全"
    QTest.keyClick(screen.place.rows.table, Qt.Key.Key_Return)
    screen.settle()
    assert screen.field("source").hasFocus()


def test_a_new_row_that_is_given_up_leaves_nothing(screen, book):
    screen.place.begin()
    screen.settle()
    screen.pick_field("source", "自查")
    screen.place.rows.table.selectRow(0)
    screen.settle()
    assert screen.place.row.view.is_new, (
        "what is asked for is missing: it stays until it is filled in or given up"
    )
    screen.press(screen.place.row.give_up_button)
    assert screen.place.pages.currentWidget() is screen.place.nothing
    assert len(screen.rows) == 4
    screen.place.begin()
    screen.settle()
    assert screen.field("source").value() == ""


def test_what_is_typed_wrong_can_be_given_up_for_what_the_book_holds(screen):
    screen.place.show_row(screen.rows[0].id)
    screen.settle()
    assert not screen.place.row.give_up_button.isVisible()
    screen.type_field("due_on", "2026-01-01")
    assert "早于发现日期" in screen.problem("due_on")
    screen.press(screen.place.row.give_up_button)
    assert screen.field("due_on").text() == "2026-06-30"
    assert screen.problem("due_on") == ""


def test_a_row_that_is_not_whole_outlives_the_program_as_a_draft(shown, screen, book, qtbot):
    screen.place.begin()
    screen.settle()
    screen.type_field("problem", "公开栏没有更新")
    qtbot.waitUntil(lambda: bool(book.state.drafts))
    again = on_screen(shown, book)
    again.place.begin()
    again.settle()
    assert again.field("problem").toPlainText() == "公开栏没有更新"
    again.pick_field("source", "自查")
    assert again.rows[-1].values == {"source": "自查", "problem": "公开栏没有更新"}
    assert book.state.drafts == {}
    again.place.begin()
    again.settle()
    assert again.field("problem").toPlainText() == ""


def test_a_hit_of_the_search_opens_its_row(screen, book):
    with book.reading() as reading:
        (group,) = search(reading, "联系群众", TODAY).groups
    (hit,) = group.lines
    assert destination_of(hit) == Destination("ledgers", ShowLedgerRow(screen.rows[0].id))
