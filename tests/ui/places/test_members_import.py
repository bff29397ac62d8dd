"""党员: a roster from a real xlsx, step by step inside the card, and back out again."""

from datetime import date
from functools import partial
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.services.roster_plan import LineStatus
from branchbook.services.undo import undo_latest
from branchbook.ui.theme import Tone
from tests.services.roster_files import number_for
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    actor,
    named,
    small_book,
)
from tests.ui.conftest import NOW
from tests.ui.places.members_screen import Screen, on_screen, other_scope

HEAD = ("序号", "姓名", "性别", "民族", "出生年月", "入党日期", "人员类别", "身份证号码", "绰号")


def saved(tmp_path, *rows, name="花名册.xlsx"):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    path = tmp_path / name
    workbook.save(path)
    return path


@pytest.fixture
def screen(shown):
    book = small_book()
    return on_screen(shown, book, undo=partial(undo_latest, book, actor(600), NOW.replace(year=2000)))


def read(screen: Screen, path) -> None:
    screen.files.answer = path
    screen.press(screen.place.lists.import_button)


def roster_file(tmp_path):
    return saved(
        tmp_path,
        ("示例支部党员花名册",),
        HEAD,
        (1, "赵示例", "男", "汉", "1980.3", "2005年7月1日", "正式党员", "", "甲"),
        (2, "褚示例", "女", "回族", date(1990, 5, 6), "20160701", "正式", "", "乙"),
        (3, "", "男", "汉", "1980.3", "2005年7月1日", "正式党员", "", "丙"),
        (4, "卫示例", "男", "汉", "1985.2", "2010.7", "正式党员", "999999198502010000", "丁"),
    )


def statuses(screen: Screen) -> dict[str, LineStatus]:
    rows = screen.place.importing.preview_page.table.rows_model.rows
    return {row.line.name: row.line.status for row in rows}


def test_enter_goes_on_once_the_file_is_read(screen, tmp_path):
    """Otherwise Enter would ask for a file again."""
    read(screen, roster_file(tmp_path))
    assert screen.place.importing.forward.hasFocus()


def test_what_is_recognised_is_preset_and_the_rest_is_not_read(screen, tmp_path):
    read(screen, roster_file(tmp_path))
    card = screen.place.importing
    assert screen.place.pages.currentWidget() is card
    page = card.mapping_page
    assert page.head.value() == 2
    texts = [choice.currentText() for choice in page.choices]
    assert texts == [
        "不读取",
        "姓名",
        "性别",
        "民族",
        "出生日期",
        "入党时间",
        "党籍状态",
        "身份证号",
        "不读取",
    ]
    assert page.choices[8].accessibleName() == "“绰号”这一列读作"


def test_the_preview_says_row_by_row_what_would_happen_and_writes_nothing(screen, tmp_path):
    before = screen.labels()
    read(screen, roster_file(tmp_path))
    screen.press(screen.place.importing.forward)
    page = screen.place.importing.preview_page
    assert statuses(screen) == {
        "赵示例": LineStatus.CHANGED,
        "褚示例": LineStatus.NEW,
        "": LineStatus.REFUSED,
        "卫示例": LineStatus.NEW,
    }
    screen.chip(page.chips, "refused")
    (row,) = page.table.rows_model.rows
    assert (row.line.row, row.words) == (5, "姓名：没有姓名")
    screen.chip(page.chips, "to_check")
    assert "卫示例" in [row.line.name for row in page.table.rows_model.rows]
    page.table.selectRow(len(page.table.rows_model.rows) - 1)
    assert "第 6 行 卫示例：身份证号：" in page.details.text()
    assert screen.labels() == before


def test_the_import_is_one_operation_that_one_undo_takes_back(screen, tmp_path):
    before, people = screen.labels(), len(screen.roster().people)
    read(screen, roster_file(tmp_path))
    screen.press(screen.place.importing.forward)
    screen.press(screen.place.importing.take_in)
    assert screen.labels() == ["导入花名册：花名册.xlsx", *before]
    assert "褚示例" in screen.names()
    assert screen.person(named("赵示例")).ethnic_group == "汉族"
    assert "Ctrl+Z" in screen.place.banner.text
    assert screen.place.banner.tone is Tone.OK
    screen.commands.undo()
    screen.settle()
    assert len(screen.roster().people) == people
    assert "褚示例" not in screen.names()
    assert screen.person(named("赵示例")).ethnic_group == ""


def test_the_same_file_again_changes_nothing(screen, tmp_path):
    path = roster_file(tmp_path)
    read(screen, path)
    screen.press(screen.place.importing.forward)
    screen.press(screen.place.importing.take_in)
    read(screen, path)
    screen.press(screen.place.importing.forward)
    assert statuses(screen)["赵示例"] is LineStatus.UNCHANGED
    assert statuses(screen)["褚示例"] is LineStatus.UNCHANGED


def test_a_column_of_another_name_is_mapped_by_hand_and_remembered(screen, tmp_path):
    path = saved(tmp_path, ("性别", "姓名", "故乡"), ("女", "褚示例", "示例省"))
    read(screen, path)
    page = screen.place.importing.mapping_page
    screen.choose(page.choices[2], "native_place")
    screen.press(screen.place.importing.forward)
    screen.press(screen.place.importing.take_in)
    assert "示例省" in [person.native_place for person in screen.roster().people]
    read(screen, path)
    assert screen.place.importing.mapping_page.choices[2].value() == "native_place"


def test_one_field_is_read_from_one_column(screen, tmp_path):
    read(screen, saved(tmp_path, ("姓名", "学历", "文凭"), ("褚示例", "大学", "本科")))
    page = screen.place.importing.mapping_page
    screen.choose(page.choices[2], "education")
    assert [choice.value() for choice in page.choices] == ["name", "", "education"]


def test_where_no_head_is_found_the_user_says_which_row_it_is(screen, tmp_path):
    read(screen, saved(tmp_path, ("表一",), ("大名", "手机"), ("褚示例", "000-0000")))
    card = screen.place.importing
    assert not card.forward.isEnabled()
    screen.choose(card.mapping_page.head, 2)
    assert [choice.value() for choice in card.mapping_page.choices] == ["", "phone"]
    screen.press(card.forward)
    assert "没有找到“姓名”这一列" in screen.place.banner.text
    screen.choose(card.mapping_page.choices[0], "name")
    screen.press(card.forward)
    assert statuses(screen) == {"褚示例": LineStatus.NEW}
    assert not screen.place.banner.isVisible()


def test_in_a_general_branch_the_branch_of_rows_that_name_none_is_asked(screen, tmp_path):
    other_scope(screen, GENERAL_BRANCH)
    read(screen, saved(tmp_path, ("姓名", "性别"), ("褚示例", "女")))
    page = screen.place.importing.mapping_page
    assert page.branch._values == [FIRST_BRANCH, SECOND_BRANCH]
    screen.choose(page.branch, SECOND_BRANCH)
    screen.press(screen.place.importing.forward)
    screen.press(screen.place.importing.take_in)
    roster = screen.roster()
    (person,) = [each for each in roster.people if each.name == "褚示例"]
    assert roster.branch_of(person.id, NOW.date()).id == SECOND_BRANCH


def test_one_may_go_back_or_give_up_and_nothing_is_written(screen, tmp_path):
    before = screen.labels()
    read(screen, roster_file(tmp_path))
    screen.press(screen.place.importing.forward)
    screen.press(screen.place.importing.back)
    assert screen.place.importing.pages.currentIndex() == 0
    screen.press(screen.place.importing.give_up)
    assert screen.place.pages.currentWidget() is screen.place.person
    assert screen.labels() == before


def test_a_file_with_nothing_to_import_cannot_be_imported(screen, tmp_path):
    read(screen, saved(tmp_path, ("姓名", "性别"), (None, "男")))
    screen.press(screen.place.importing.forward)
    assert not screen.place.importing.take_in.isEnabled()


def test_the_wizard_goes_by_keys_alone(screen, tmp_path):
    screen.files.answer = roster_file(tmp_path)
    screen.place.lists.import_button.setFocus()
    QTest.keyClick(screen.place.lists.import_button, Qt.Key.Key_Space)
    screen.settle()
    screen.place.importing.forward.setFocus()
    QTest.keyClick(screen.place.importing.forward, Qt.Key.Key_Space)
    screen.settle()
    assert screen.place.importing.take_in.hasFocus()
    QTest.keyClick(screen.place.importing.take_in, Qt.Key.Key_Space)
    screen.settle()
    assert "褚示例" in screen.names()


# ------------------------------------------------------------------------------------ bad input


def old_workbook(path):
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))


def renamed_document(path):
    with path.open("wb") as file:
        Document().save(file)


def bomb(path):
    saved(path.parent, ("姓名",), name=path.name)
    with ZipFile(path, "a", compression=8) as archive:
        archive.writestr("xl/media/padding.bin", bytes(400_000_000))


@pytest.mark.parametrize(
    "make, said",
    [(old_workbook, "xls"), (renamed_document, "Word"), (bomb, "展开"), (lambda p: p.write_bytes(b""), "")],
    ids=["xls", "docx renamed", "zip bomb", "empty"],
)
def test_what_is_no_roster_is_named_in_the_banner_and_nothing_else_happens(screen, tmp_path, make, said):
    path = tmp_path / "花名册.xlsx"
    make(path)
    before = screen.labels()
    read(screen, path)
    assert screen.place.banner.tone is Tone.BAD
    assert said in screen.place.banner.text
    assert "花名册.xlsx" in screen.place.banner.text
    assert screen.place.pages.currentWidget() is screen.place.person
    assert screen.labels() == before


def test_giving_up_the_choice_of_a_file_does_nothing(screen):
    read(screen, None)
    assert screen.place.pages.currentWidget() is screen.place.person


# -------------------------------------------------------------------------------------- and out


def test_the_exported_roster_is_read_again_without_a_change(screen, tmp_path):
    screen.type_into(
        screen.place.person.fields.editors["identity_number"].line, number_for(date(1975, 2, 28), 3)
    )
    screen.type_into(screen.place.person.fields.editors["work_post"], "=1+1")
    path = tmp_path / "导出.xlsx"
    screen.files.answer = path
    screen.press(screen.place.lists.export_button)
    assert screen.files.suggested == "第一支部花名册 2026-11-24.xlsx"
    assert "已导出 6 人" in screen.place.banner.text
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    read(screen, path)
    screen.press(screen.place.importing.forward)
    assert set(statuses(screen).values()) == {LineStatus.UNCHANGED}


def test_the_export_is_as_of_the_day_shown(screen, tmp_path):
    screen.type_into(screen.place.lists.day_field, "2018-2-28")
    screen.files.answer = tmp_path / "导出.xlsx"
    screen.press(screen.place.lists.export_button)
    assert "已导出 0 人" in screen.place.banner.text
