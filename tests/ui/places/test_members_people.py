"""党员: the list with its filters, the identity fields, and what is saved when a field is left."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from branchbook.catalogue.papers_list import PAPERS
from branchbook.domain.history import Changes
from branchbook.domain.identity_number import mask
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Mark, MembershipChange, Person, Restriction, Sex, Standing
from branchbook.services.operations import operate
from branchbook.services.people import Joining, add_person, correct_person
from branchbook.services.people_facts import mark, restrict, set_standing
from branchbook.services.settings import change_setting
from branchbook.services.transfers import transfer_out
from branchbook.ui.place import Destination, ShowPaper
from branchbook.ui.places.members.new_person import NewPersonForm
from branchbook.ui.theme import Tone
from tests.fakes import FakeBook
from tests.services.roster_files import number_for
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    SECOND_GROUP,
    actor,
    named,
    organisation,
    small_book,
)
from tests.ui.places.members_screen import day, on_screen, other_scope, write

ZHAO, QIAN, ZHENG = named("赵示例"), named("钱示例"), named("郑示例")


@pytest.fixture
def screen(shown):
    return on_screen(shown, small_book())


def test_the_first_member_is_shown_at_once(screen):
    assert screen.names() == ["赵示例", "钱示例", "孙示例", "李示例", "周示例", "吴示例"]
    assert screen.place.person.view.person.id == ZHAO
    assert screen.place.person._title.text() == "赵示例"


@pytest.mark.parametrize("typed, names", [("zsl", ["赵示例", "周示例"]), ("李", ["李示例"]), ("xx", [])])
def test_the_list_narrows_while_a_name_or_initials_are_typed(screen, typed, names):
    write(screen.place.people.filter, typed)
    assert screen.names() == names
    assert screen.place.people.none_found.isVisible() == (not names)


def test_initials_still_being_composed_do_not_filter(screen, compose):
    compose(screen.place.people.filter, "zhao")
    assert len(screen.names()) == 6
    compose(screen.place.people.filter, "", "赵")
    assert screen.names() == ["赵示例"]


def test_enter_in_the_filter_shows_the_first_who_matches_and_the_arrows_go_on(screen):
    screen.place.focus_first()
    assert screen.place.people.filter.hasFocus()
    write(screen.place.people.filter, "zsl")
    QTest.keyClick(screen.place.people.filter, Qt.Key.Key_Return)
    screen.settle()
    assert screen.place.person.view.person.id == ZHAO
    QTest.keyClick(screen.place.people.table, Qt.Key.Key_Down)
    screen.settle()
    assert screen.place.person.view.person.name == "周示例"


def test_the_roster_is_printed_in_the_place_of_papers(screen, qtbot):
    with qtbot.waitSignal(screen.place.go) as went:
        screen.press(screen.place.lists.print_button)
    assert went.args == [Destination("print", ShowPaper("member_roster"))]
    assert "member_roster" in {paper.key for paper in PAPERS}


def test_chips_narrow_by_group_and_standing(screen):
    set_standing(screen.book, QIAN, Standing.PROBATIONARY, day("2026-06-01"), "示例文1号", actor())
    screen.place.reload(_everything())
    screen.settle()
    screen.chip(screen.place.people.places, str(FIRST_GROUP))
    assert screen.names() == ["赵示例", "钱示例", "孙示例"]
    screen.chip(screen.place.people.standings, "probationary")
    assert screen.names() == ["钱示例"]
    assert screen.place.people.standings._group.checkedButton().text() == "预备 1"


def test_applicants_and_those_who_left_have_chips_of_their_own(shown):
    book = small_book()
    applicant = Person(uuid4(), "褚示例")
    add_person(book, applicant, Joining(FIRST_BRANCH, day("2026-01-01"), Standing.APPLICANT), actor())
    transfer_out(book, QIAN, day("2026-05-01"), "示例镇机关支部", "〔2026〕1号", actor(1))
    screen = on_screen(shown, book)
    assert "钱示例" not in screen.names()
    screen.chip(screen.place.people.standings, "applicants")
    assert screen.names() == ["褚示例"]
    screen.chip(screen.place.people.standings, "former")
    assert screen.names() == ["钱示例"]


def test_the_list_is_as_of_any_past_day(shown):
    book = small_book()
    transfer_out(book, QIAN, day("2026-05-01"), "示例镇机关支部", "", actor())
    screen = on_screen(shown, book)
    screen.type_into(screen.place.lists.day_field, "2026.4.30")
    assert screen.place.day == day("2026-04-30")
    assert "钱示例" in screen.names()
    screen.type_into(screen.place.lists.day_field, "")
    assert screen.place.day == day("2026-11-24")
    assert "钱示例" not in screen.names()


def test_a_general_branch_lists_its_branches_members_with_their_branch(screen):
    other_scope(screen, GENERAL_BRANCH)
    assert len(screen.names()) == 10
    screen.chip(screen.place.people.places, str(SECOND_BRANCH))
    assert screen.names() == ["郑示例", "王示例", "冯示例", "陈示例"]
    screen.place.people.table.selectAll()
    assert screen.place.people.table.copied_text().count("第二支部") == 4


def test_another_scope_forgets_the_person_of_the_one_before(screen):
    other_scope(screen, SECOND_BRANCH)
    assert screen.place.person.view.person.id == ZHENG


def test_an_empty_branch_explains_itself_and_offers_both_first_steps(shown):
    book = FakeBook()
    with operate(book, actor(), "建簿") as operating:
        operating.writing.put(organisation("空支部", OrganisationKind.BRANCH, None, 0))
    screen = on_screen(shown, book, scope=named("空支部"))
    assert screen.place.people.nobody.isVisible()
    screen.press(screen.place.people.add_first)
    form = screen.place.addition.form
    assert isinstance(form, NewPersonForm)
    assert form.name.hasFocus()


def test_restrictions_and_marks_stand_in_the_list(shown):
    book = small_book()
    restrict(book, ZHAO, Restriction.WARNING, day("2026-01-01"), "示纪1号", actor())
    mark(book, QIAN, Mark.RETIRED, day("2026-01-01"), actor(1))
    model = on_screen(shown, book).place.people.table.rows_model
    column = model.columns[-1]
    assert [column.text(row) for row in model.rows[:3]] == ["警告", "离退休", ""]
    assert column.tone is not None
    assert [column.tone(row) for row in model.rows[:3]] == [Tone.BAD, Tone.QUIET, None]


def test_a_long_name_is_not_cut(shown):
    book = small_book()
    name = "买买提·艾合买提江"
    add_person(book, Person(uuid4(), name), Joining(FIRST_BRANCH, day("2020-01-01")), actor())
    table = on_screen(shown, book).place.people.table
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(name)


def test_two_of_one_name_leave_room_for_posts(shown):
    """At 1366 x 768 the list is some 590 wide; a namesake's birth and branch must not push the posts out."""
    book = small_book()
    for born in ("1970-03-01", "1988-05-06"):
        person = Person(uuid4(), "张示例", born_on=day(born))
        add_person(book, person, Joining(FIRST_BRANCH, day("2020-01-01")), actor())
    table = on_screen(shown, book).place.people.table
    fixed = sum(table.columnWidth(n) for n, each in enumerate(table.rows_model.columns) if each.width)
    assert fixed <= 590 - 50


def test_the_chosen_rows_are_copied_for_a_spreadsheet(screen):
    table = screen.place.people.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, row = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[0] == "姓名"
    assert row.split("\t")[:3] == ["赵示例", "", "第一小组"]


# ------------------------------------------------------------------------------------- the fields


def test_a_field_is_saved_when_it_is_left_as_one_operation(screen):
    before = len(screen.labels())
    screen.type_into(screen.place.person.fields.editors["native_place"], "示例省示例市")
    assert screen.person(ZHAO).native_place == "示例省示例市"
    assert screen.labels()[:-before] == ["更正人员：赵示例"]


def test_leaving_a_field_unchanged_writes_nothing(screen):
    before = screen.labels()
    for editor in screen.place.person.fields.editors.values():
        editor.setFocus()
        screen.settle()
    assert screen.labels() == before


@pytest.mark.parametrize("typed", ["1975-2-28", "1975.2.28", "19750228", "1975年2月28日"])
def test_dates_are_typed_as_people_write_them(screen, typed):
    field = screen.place.person.fields.editors["born_on"]
    screen.type_into(field, typed)
    assert screen.person(ZHAO).born_on == date(1975, 2, 28)
    assert field.text() == "1975-02-28"


def test_a_date_that_cannot_be_read_stays_typed_and_changes_nothing(screen):
    field = screen.place.person.fields.editors["accepted_on"]
    screen.type_into(field, "2001-7-1")
    screen.type_into(field, "去年夏天")
    assert field.text() == "去年夏天"
    assert screen.person(ZHAO).accepted_on == date(2001, 7, 1)
    assert "看不懂" in field.accessibleDescription()


def test_a_choice_is_saved_at_once(screen):
    screen.choose(screen.place.person.fields.editors["sex"], Sex.FEMALE)
    assert screen.person(ZHAO).sex is Sex.FEMALE


def test_a_name_is_kept_as_typed_and_an_empty_one_is_refused_under_its_field(screen):
    field = screen.place.person.fields.editors["name"]
    screen.type_into(field, "阿依古丽·<b>𬭎</b>")
    assert screen.person(ZHAO).name == "阿依古丽·<b>𬭎</b>"
    assert screen.place.person._title.text() == "阿依古丽·<b>𬭎</b>"
    screen.type_into(field, "")
    assert screen.person(ZHAO).name == "阿依古丽·<b>𬭎</b>"
    assert field.property("wrong")


def test_text_still_composed_when_the_focus_leaves_is_not_half_saved(screen, compose):
    field = screen.place.person.fields.editors["work_post"]
    field.setFocus()
    compose(field, "zhuren")
    assert field.value() == ""
    compose(field, "", "主任")
    screen.place.people.filter.setFocus()
    screen.settle()
    assert screen.person(ZHAO).work_post == "主任"


def test_what_is_being_typed_survives_a_reload(screen):
    field = screen.place.person.fields.editors["phone"]
    field.setFocus()
    write(field, "000-0000")
    person = screen.person(ZHAO)
    screen.place.do(lambda: correct_person(screen.book, replace(person, title="工程师"), actor()))
    screen.settle()
    assert field.value() == "000-0000"
    assert screen.place.person.fields.editors["title"].value() == "工程师"


def test_another_person_is_shown_only_after_the_field_was_saved(screen):
    field = screen.place.person.fields.editors["phone"]
    field.setFocus()
    write(field, "000-1111")
    screen.place.people.table.setFocus()
    screen.place.people.table.selectRow(1)
    screen.settle()
    assert screen.place.person.view.person.id == QIAN
    assert screen.person(ZHAO).phone == "000-1111"
    assert screen.person(QIAN).phone == ""


def test_leaving_the_place_saves_the_field_with_the_keyboard(screen):
    write(screen.place.person.fields.editors["address"], "示例路 1 号")
    screen.place.leave()
    screen.settle()
    assert screen.person(ZHAO).address == "示例路 1 号"


# ---------------------------------------------------------------------------- the identity number


def test_the_identity_number_is_covered_until_it_is_asked_for(shown):
    book, number = small_book(), number_for(date(1975, 2, 28))
    with book.reading() as reading:
        person = reading.roster().person_by_id[ZHAO]
    correct_person(book, replace(person, identity_number=number), actor())
    screen = on_screen(shown, book)
    field = screen.place.person.fields.editors["identity_number"]
    assert field.value() == mask(number) == f"{number[:6]}********{number[-4:]}"
    assert field.line.isReadOnly()
    screen.type_into(screen.place.person.fields.editors["phone"], "000-2222")
    assert screen.person(ZHAO).identity_number == number
    screen.press(field.button)
    assert field.value() == number
    assert not field.line.isReadOnly()
    with book.reading() as reading:
        (latest,) = reading.operations(1)
    assert (latest.head.who, latest.head.label) == ("李操作", f"显示完整身份证号：{person.name}")
    screen.show_person(QIAN)
    screen.show_person(ZHAO)
    assert field.value() == mask(number)


def test_a_wrong_check_digit_and_a_birthday_that_disagrees_are_said_under_the_field(shown):
    book = small_book()
    change_setting(book, "identity_masked", False, actor())
    screen = on_screen(shown, book)
    fields = screen.place.person.fields
    number = number_for(date(1975, 2, 28))
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    screen.type_into(fields.editors["identity_number"].line, wrong)
    assert screen.person(ZHAO).identity_number == wrong
    assert "校验码不对" in fields.editors["identity_number"].line.accessibleDescription()
    screen.type_into(fields.editors["identity_number"].line, number)
    screen.type_into(fields.editors["born_on"], "1975-2-27")
    assert "不一致" in fields.editors["identity_number"].line.accessibleDescription()
    screen.type_into(fields.editors["born_on"], "1975-2-28")
    assert not fields.editors["identity_number"].line.property("wrong")


def test_other_warnings_stand_above_the_fields_and_block_nothing(screen):
    fields = screen.place.person.fields
    screen.type_into(fields.editors["accepted_on"], "2001-7-1")
    screen.type_into(fields.editors["full_member_since"], "2000-7-1")
    assert screen.person(ZHAO).full_member_since == date(2000, 7, 1)
    assert "早于入党时间" in fields.warning.text


# -------------------------------------------------------------------------- adding and removing


def test_a_person_is_added_with_name_standing_and_place(screen):
    screen.press(screen.place.lists.add_button)
    form = screen.place.addition.form
    assert form.name.hasFocus()
    write(form.name, "褚䶮")
    screen.choose(form.group, SECOND_GROUP)
    screen.choose(form.standing, Standing.PROBATIONARY)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    screen.settle()
    view = screen.place.person.view
    assert (view.person.name, view.page.group, view.page.standing) == ("褚䶮", "第二小组", "预备党员")
    assert screen.place.people.table.current_row.name == "褚䶮"
    assert screen.place.addition.form is None


def test_someone_from_elsewhere_comes_with_a_letter_and_awaits_the_receipt(screen):
    screen.press(screen.place.lists.add_button)
    form = screen.place.addition.form
    assert not form.counterpart.isVisible()
    write(form.name, "卫示例")
    screen.choose(form.way, MembershipChange.TRANSFERRED_IN)
    screen.press(form.act)
    assert "转出单位" in form.banner.text
    write(form.counterpart, "示例镇机关支部")
    write(form.letter, "〔2026〕7号")
    screen.press(form.act)
    (transfer,) = screen.place.person.view.page.transfers
    assert (transfer.counterpart, transfer.letter, transfer.received_on) == (
        "示例镇机关支部",
        "〔2026〕7号",
        None,
    )


def test_a_person_without_a_name_is_refused_in_the_form_and_nothing_is_lost(screen):
    screen.press(screen.place.lists.add_button)
    form = screen.place.addition.form
    write(form.number, "12")
    screen.press(form.act)
    assert "姓名" in form.banner.text
    assert form.number.value() == "12"
    QTest.keyClick(form.number, Qt.Key.Key_Escape)
    screen.settle()
    assert screen.place.pages.currentWidget() is screen.place.person


def test_someone_whom_nothing_names_can_be_removed_and_undo_is_said(screen):
    screen.press(screen.place.person.delete)
    assert ZHAO not in screen.roster().person_by_id
    assert "已删除赵示例" in screen.place.banner.text
    assert screen.names()[0] == "钱示例"


def _everything() -> Changes:
    return Changes(None, "", frozenset({("person_fact", str(FactKind.STANDING))}))
