"""The dues of a branch in the Ledgers place: months marked by the keyboard, fixed in a form, written out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.dues import Payer
from branchbook.services.dues import dues_of_year, fix_dues
from branchbook.services.undo import undo_latest
from branchbook.ui.place import Destination, ShowLedger, ShowPaper
from branchbook.ui.theme import Tone
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, TODAY, actor, named, small_book
from tests.ui.places.ledgers_screen import on_screen

MEMBER = named("赵示例")


@pytest.fixture
def book():
    made = small_book()
    fix_dues(made, FIRST_BRANCH, MEMBER, 2026, Payer.WAGE, actor(), base_fen=812_300)
    return made


@pytest.fixture
def screen(shown, book):
    made = on_screen(shown, book, lambda: undo_latest(book, actor(500), actor(-500).now))
    made.place.show_subject(ShowLedger("dues"))
    made.settle()
    return made


def line(book, person=MEMBER):
    with book.reading() as reading:
        return dues_of_year(reading, FIRST_BRANCH, 2026, TODAY).line(person)


def press(screen, key):
    QTest.keyClick(screen.place.dues.table, key)
    screen.settle()


def stand_on(screen, person, column):
    table = screen.place.dues.table
    table.setFocus()
    table.setCurrentIndex(table.cells.index(table.cells.row_of(person), table.cells.column_of(column)))
    screen.settle()


def test_the_months_of_a_branch_stand_in_place_of_rows(screen):
    place = screen.place
    assert place.dues.isVisible()
    assert not place.rows.isVisible()
    assert "已核定 1 名" in place.dues.totals.text()
    place.show_ledger("rectification")
    screen.settle()
    assert place.rows.isVisible()
    assert not place.dues.isVisible()


def test_a_general_branch_sees_the_rows_of_all(shown, book):
    screen = on_screen(shown, book, scope=GENERAL_BRANCH)
    screen.place.show_subject(ShowLedger("dues"))
    screen.settle()
    assert screen.place.rows.isVisible()
    assert screen.titles == ["赵示例"]


def test_space_marks_a_month_and_takes_it_back_and_undo_too(screen, book):
    stand_on(screen, MEMBER, "m1")
    press(screen, Qt.Key.Key_Space)
    press(screen, Qt.Key.Key_Right)
    press(screen, Qt.Key.Key_Space)
    assert line(book).paid == {1: 12_185, 2: 12_185}
    press(screen, Qt.Key.Key_Space)
    assert line(book).paid == {1: 12_185}
    screen.place.context.commands.undo()
    screen.settle()
    assert line(book).paid == {1: 12_185, 2: 12_185}


def test_a_marks_the_month_for_everyone_who_was_fixed(screen, book):
    stand_on(screen, MEMBER, "m3")
    press(screen, Qt.Key.Key_A)
    assert line(book).paid == {3: 12_185}
    press(screen, Qt.Key.Key_A)
    assert line(book).paid == {3: 12_185}, "nobody was left"


def test_who_is_not_fixed_is_asked_for_first(screen, book):
    other = next(each for each in screen.place.dues.view.lines if each.payer is None)
    stand_on(screen, other.person_id, "m1")
    assert "还没有核定" in screen.place.dues.said.text()
    press(screen, Qt.Key.Key_Space)
    form = screen.place.dues.forms.form
    screen.choose(form.payer, Payer.RETIRED)
    screen.type_into(form.base, "5001")
    form.submit()
    screen.settle()
    assert line(book, other.person_id).due.fen == 5_001
    assert screen.place.dues.forms.form is None
    assert "第五条" in screen.place.dues.said.text()


def test_what_the_rules_refuse_is_said_in_the_form(screen, book):
    stand_on(screen, MEMBER, "m1")
    press(screen, Qt.Key.Key_Return)
    form = screen.place.dues.forms.form
    assert form.base.units() == 812_300
    screen.choose(form.payer, Payer.FARMER)
    screen.type_into(form.sum, "5")
    form.submit()
    screen.settle()
    assert "0.20 元至 1.00 元" in form.banner.text
    assert line(book).payer is Payer.WAGE
    QTest.keyClick(form, Qt.Key.Key_Escape)
    screen.settle()
    assert screen.place.dues.forms.form is None


def test_the_year_goes_out_as_xlsx_and_to_both_papers(screen, tmp_path):
    screen.files.answer = tmp_path / "党费.xlsx"
    screen.place.dues.export()
    screen.settle()
    assert (tmp_path / "党费.xlsx").is_file()
    assert screen.place.banner.tone is Tone.OK
    gone: list[Destination] = []
    screen.place.go.connect(gone.append)
    screen.place.dues._print("dues_published")
    assert gone == [Destination("print", ShowPaper("dues_published"))]


def test_every_column_has_room_in_the_smallest_window(screen):
    table = screen.place.dues.table
    shown = [at for at in range(len(table.cells.columns)) if not table.isColumnHidden(at)]
    assert sum(table.columnWidth(at) for at in shown) <= table.viewport().width()
    assert table.cells.columns[shown[-1]].key == "late"
