"""A roster comes in from a spreadsheet: previewed, then one operation; nothing guessed, nothing overwritten."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from branchbook.domain.identity_number import mask
from branchbook.domain.people import FactKind, Person, Sex, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.services.roster_import import LineStatus, import_roster, open_roster
from branchbook.services.roster_values import Severity
from branchbook.services.settings import book_settings
from branchbook.services.undo import undo
from tests.fakes import FakeBook
from tests.services.asking import roster_of
from tests.services.roster_files import (
    ACTOR,
    FOUNDED,
    HEAD,
    TablesInMemory,
    book_with_branch,
    imported,
    number_for,
    preview_of,
    table,
    texts,
)

BORN = date(1990, 3, 7)


def only_person(book: FakeBook) -> Person:
    (person,) = roster_of(book).people
    return person


def test_a_preview_writes_nothing() -> None:
    book, _ = book_with_branch()
    preview = preview_of(
        book, HEAD, ("张示例", "男", "汉", "1990-03-07", "2012-07-01", "2013-07-01", "正式党员")
    )
    assert preview.count(LineStatus.NEW) == 1
    assert len(book.state.operations) == 1  # the founding of the branch only


def test_the_whole_import_is_one_operation() -> None:
    book, _ = book_with_branch()
    rows = [(f"示例{n}", "女", "汉族", "1990-03-07", "2012-07-01", "2013-07-01", "正式") for n in range(30)]
    outcome = imported(book, HEAD, *rows)
    assert len(book.state.operations) == 2
    assert outcome.value.count(LineStatus.NEW) == 30
    assert outcome.changes.touches("person", "person_fact")


def test_one_undo_takes_the_whole_import_back() -> None:
    book, _ = book_with_branch()
    before = book.state.copy().values
    outcome = imported(
        book, ("姓名", "党小组", "党内职务"), ("甲示例", "第一党小组", "党小组组长"), ("乙示例", "", "书记")
    )
    assert outcome.changes.operation_id is not None
    undo(book, outcome.changes.operation_id, ACTOR, ACTOR.now)
    assert book.state.values == before


def test_a_new_member_has_membership_standing_and_dates() -> None:
    book, branch_id = book_with_branch()
    imported(book, HEAD, ("张示例", "男", "汉", "1990.3.7", "2019年7月1日", "20200701", "正式"))
    roster, person = roster_of(book), only_person(book)
    assert (person.sex, person.ethnic_group, person.born_on) == (Sex.MALE, "汉族", BORN)
    assert (person.accepted_on, person.full_member_since) == (date(2019, 7, 1), date(2020, 7, 1))
    assert "zsl" in person.initials
    branch = roster.branch_of(person.id, FOUNDED)
    assert branch is not None
    assert branch.id == branch_id
    assert roster.standing_on(person.id, date(2020, 6, 30)) == Standing.PROBATIONARY
    assert roster.standing_on(person.id, date(2020, 7, 1)) == Standing.FULL


def test_columns_are_found_in_any_order_under_other_names_below_a_title() -> None:
    book, _ = book_with_branch()
    preview = preview_of(
        book,
        ("示例支部党员花名册",) * 4,
        ("填表日期：2026年11月",),
        ("序号", "党员类别", "加入党组织时间", "党 员 姓 名", "公民身份号码"),
        ("1", "中共预备党员", "2026.6", "张　三", number_for(BORN)),
        ("合计", "1 人"),
    )
    (person,) = preview.people
    assert (person.name, person.born_on, person.sex) == (
        "张三",
        BORN,
        Sex.FEMALE if int(number_for(BORN)[16]) % 2 == 0 else Sex.MALE,
    )
    assert [fact.value for fact in preview.facts if fact.kind == FactKind.STANDING] == ["probationary"]
    assert len(preview.lines) == 1


def test_a_mapping_made_by_hand_is_remembered() -> None:
    book, _ = book_with_branch()
    rows = (("称呼", "姓名", "民族"), ("小张", "张示例", "汉族"))
    with book.reading() as reading:
        file = open_roster(TablesInMemory(table(*rows)), Path("a.xlsx"), reading)
        assert file.mapping.keys == ("", "name", "ethnic_group")
        assert not file.mapping.certain
    from branchbook.services.roster_columns import with_choice

    import_roster(book, file, with_choice(file.mapping, 0, "note"), ACTOR)
    assert only_person(book).note == "小张"
    with book.reading() as reading:
        assert book_settings(reading).roster_columns["称呼"] == "note"
        again = open_roster(TablesInMemory(table(*rows)), Path("a.xlsx"), reading)
    assert again.mapping.keys == ("note", "name", "ethnic_group")
    assert again.mapping.certain


def test_without_a_column_of_names_the_error_says_what_to_do() -> None:
    book, _ = book_with_branch()
    with pytest.raises(RefusedProblem) as caught:
        preview_of(book, ("性别", "民族"), ("男", "汉族"))
    assert "姓名" in str(caught.value)
    assert "花名册.xlsx" in caught.value.where


def test_a_number_damaged_by_excel_is_explained_and_not_taken() -> None:
    book, _ = book_with_branch()
    damaged = number_for(BORN, 12)[:15] + "000"
    preview = preview_of(
        book, (*HEAD, "身份证号"), ("张示例", "男", "汉族", "1990-03-07", "", "", "正式", damaged)
    )
    assert preview.people[0].identity_number == ""
    (finding,) = [each for each in preview.findings if each.column == "身份证号"]
    assert (finding.row, finding.severity) == (2, Severity.CELL_REFUSED)
    assert "000" in finding.text
    assert "不会猜" in finding.text


def test_a_wrong_check_digit_is_not_taken_and_the_row_is() -> None:
    book, _ = book_with_branch()
    right = number_for(BORN)
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    preview = preview_of(book, ("姓名", "身份证号"), ("张示例", wrong))
    assert preview.count(LineStatus.NEW) == 1
    assert preview.people[0].identity_number == ""
    assert "校验码" in texts(preview, 2)


def test_a_birthday_that_disagrees_is_kept_and_told() -> None:
    book, _ = book_with_branch()
    preview = preview_of(book, ("姓名", "出生日期", "身份证号"), ("张示例", "1990-03-08", number_for(BORN)))
    assert preview.people[0].born_on == date(1990, 3, 8)
    assert "1990-03-07" in texts(preview, 2)


def test_a_birth_month_takes_its_day_from_the_number() -> None:
    book, _ = book_with_branch()
    preview = preview_of(book, ("姓名", "出生年月", "身份证号"), ("张示例", "1990.03", number_for(BORN)))
    assert preview.people[0].born_on == BORN


def test_the_same_name_twice_is_two_people_told_apart() -> None:
    book, _ = book_with_branch()
    rows = (("姓名", "出生日期"), ("张示例", "1990-03-07"), ("张示例", "1985-05-01"))
    preview = imported(book, *rows).value
    assert preview.count(LineStatus.NEW) == 2
    assert "同名" in texts(preview, 2)
    assert "同名" in texts(preview, 3)
    again = preview_of(book, *rows)
    assert again.count(LineStatus.UNCHANGED) == 2
    assert {line.person_id for line in again.lines} == {person.id for person in roster_of(book).people}


def test_a_shared_name_without_a_second_sign_is_refused_not_guessed() -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "出生日期"), ("张示例", "1990-03-07"), ("张示例", "1985-05-01"))
    preview = preview_of(book, ("姓名", "联系电话"), ("张示例", "000-0000"))
    assert preview.lines[0].status is LineStatus.REFUSED
    assert "分清" in texts(preview, 2)


def test_the_same_number_twice_is_one_person() -> None:
    book, _ = book_with_branch()
    number = number_for(BORN)
    preview = preview_of(book, ("姓名", "身份证号"), ("张示例", number), ("张示例", number))
    assert [line.status for line in preview.lines] == [LineStatus.NEW, LineStatus.REFUSED]
    assert "第 2 行" in texts(preview, 3)


@pytest.mark.parametrize("masked", [mask(number_for(BORN)), mask(number_for(BORN)).replace("*", "＊")])
def test_a_masked_cell_never_overwrites(masked: str) -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "身份证号", "联系电话"), ("张示例", number_for(BORN), "000-0000"))
    before = only_person(book)
    imported(
        book,
        ("姓名", "身份证号", "联系电话", "职称"),
        ("张示例", before.identity_number, "000****", "工程师"),
    )
    preview = preview_of(book, ("姓名", "身份证号", "出生日期"), ("张示例", masked, "1990-03-07"))
    after = only_person(book)
    assert (after.identity_number, after.phone, after.title) == (before.identity_number, "000-0000", "工程师")
    assert all(
        person.identity_number == before.identity_number or not person.identity_number
        for person in preview.people
    )


def test_a_masked_number_of_someone_else_of_the_same_name_is_not_him() -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "身份证号"), ("张示例", number_for(BORN)))
    preview = preview_of(book, ("姓名", "身份证号"), ("张示例", "111111********9999"))
    assert preview.lines[0].status is LineStatus.NEW


def test_an_empty_cell_changes_nothing() -> None:
    book, _ = book_with_branch()
    imported(book, HEAD, ("张示例", "男", "汉", "1990-03-07", "2012-07-01", "2013-07-01", "正式"))
    preview = preview_of(book, HEAD, ("张示例", "", "", "", "", "", ""))
    assert preview.count(LineStatus.UNCHANGED) == 1
    assert preview.people == ()
    assert preview.facts == ()


def test_a_month_agrees_with_any_day_of_it() -> None:
    book, _ = book_with_branch()
    imported(book, HEAD, ("张示例", "男", "汉", "1990-03-07", "2012-07-01", "2013-07-01", "正式"))
    preview = preview_of(book, HEAD, ("张示例", "男", "汉族", "1990.3", "2012年7月", "201307", "正式党员"))
    assert preview.count(LineStatus.UNCHANGED) == 1


def test_changes_are_named_with_before_and_after() -> None:
    book, _ = book_with_branch()
    imported(book, HEAD, ("张示例", "男", "汉", "1990-03-07", "2025-12-01", "", "预备"))
    row = ("张示例", "男", "满族", "1990-03-07", "2025-12-01", "2026-11-20", "正式")
    line = preview_of(book, HEAD, row).lines[0]
    assert line.status is LineStatus.CHANGED
    told = {change.label: (change.before, change.after) for change in line.changes}
    assert told["民族"] == ("汉族", "满族")
    assert told["党籍状态"] == ("预备党员", "正式党员")
    imported(book, HEAD, row)
    roster, person = roster_of(book), only_person(book)
    assert roster.standing_on(person.id, date(2026, 11, 19)) == Standing.PROBATIONARY
    assert roster.standing_on(person.id, date(2026, 11, 20)) == Standing.FULL


def test_problems_name_row_and_column_and_the_rest_is_imported() -> None:
    book, _ = book_with_branch()
    preview = imported(
        book,
        HEAD,
        ("甲示例", "男", "汉族", "1990-02-30", "昨天", "", "正式"),
        ("", "女", "汉族", "1990-01-01", "", "", "正式"),
        ("乙示例", "不详", "火星族", "2030-01-01", "", "", "群众"),
    ).value
    found = {(each.row, each.column) for each in preview.findings if each.row}
    assert {
        (2, "出生日期"),
        (2, "入党时间"),
        (3, "姓名"),
        (4, "性别"),
        (4, "民族"),
        (4, "出生日期"),
        (4, "党籍状态"),
    } <= found
    assert [line.status for line in preview.lines] == [LineStatus.NEW, LineStatus.REFUSED, LineStatus.NEW]
    assert [person.name for person in roster_of(book).people] in (["甲示例", "乙示例"], ["乙示例", "甲示例"])


def test_nothing_importable_is_an_error_and_leaves_no_line_of_history() -> None:
    book, _ = book_with_branch()
    with pytest.raises(RefusedProblem) as caught:
        imported(book, ("姓名", "性别"), ("", "男"))
    assert "第 2 行" in caught.value.where
    assert len(book.state.operations) == 1


def test_members_whom_the_file_lacks_are_told_and_kept() -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "性别"), ("甲示例", "男"), ("乙示例", "女"))
    preview = imported(book, ("姓名", "性别"), ("甲示例", "男")).value
    assert preview.absent == ("乙示例",)
    assert len(roster_of(book).people) == 2


@pytest.mark.parametrize(
    "name", ["马文·阿不都热西提", "李𬭎", "王㭎", "欧阳示例", "O'Brien <b>&", "张\u200f示例", "示例😀"]
)
def test_names_are_kept_as_typed(name: str) -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "性别"), (name, "男"))
    assert only_person(book).name == name
    assert preview_of(book, ("姓名", "性别"), (name, "男")).count(LineStatus.UNCHANGED) == 1


def test_control_characters_are_dropped_and_an_endless_text_is_refused() -> None:
    book, _ = book_with_branch()
    preview = preview_of(book, ("姓名", "备注"), ("张\x00示例", "x" * 300_000))
    assert preview.people[0].name == "张示例"
    assert preview.people[0].note == ""
    assert "过长" in texts(preview, 2)


def test_our_own_id_finds_someone_whose_name_and_number_changed() -> None:
    book, _ = book_with_branch()
    imported(book, ("姓名", "性别"), ("甲示例", "男"))
    identity = only_person(book).id
    preview = preview_of(book, ("姓名", "簿内编号"), ("甲新名", str(identity)))
    assert preview.lines[0].person_id == identity
    assert preview.lines[0].changes[0].label == "姓名"


def test_an_id_of_another_book_is_kept_for_a_later_merge() -> None:
    book, _ = book_with_branch()
    foreign = UUID("11111111-2222-4333-8444-555555555555")
    imported(book, ("姓名", "簿内编号"), ("甲示例", str(foreign)))
    assert only_person(book).id == foreign
