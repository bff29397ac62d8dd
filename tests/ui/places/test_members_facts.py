"""党员: dated facts begun, ended and corrected in forms; transfers and receipts; the year of a person."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.people import FactKind, Mark, MembershipChange, Post, Restriction, Standing
from branchbook.domain.records import Attendance, PersonRef, Presence, Record, RecordState
from branchbook.services.operations import operate
from branchbook.services.people_facts import appoint, restrict
from branchbook.services.transfers import transfer_out
from branchbook.ui.place import Destination, ShowPerson, ShowRecord
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from tests.services.conversion_book import PROBATIONER, conversion_book
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    named,
    small_book,
)
from tests.ui.places.members_screen import Screen, day, on_screen, write

ZHAO, QIAN = named("赵示例"), named("钱示例")


@pytest.fixture
def screen(shown):
    found = on_screen(shown, small_book())
    found.place.person.show_page("facts")
    return found


def facts_page(screen: Screen):
    return screen.place.person.facts


def form(screen: Screen):
    return facts_page(screen).host.form


def editor(screen: Screen, label: str):
    """A field of the open form by its label."""
    found = [each for each in form(screen).fields._labels if each.accessibleName() == label]
    assert found, label
    return found[0]


def held(screen: Screen, kind: FactKind, person_id=ZHAO, on=TODAY):
    return screen.roster().facts_on(person_id, kind, on)


def select(screen: Screen, words: str) -> None:
    table = facts_page(screen).table
    lines = [line.words for line in table.rows_model.rows]
    table.selectRow(lines.index(words))
    screen.settle()


def test_the_facts_are_shown_by_kind_with_from_and_to(screen):
    model = facts_page(screen).table.rows_model
    shown = [[column.text(row) for column in model.columns] for row in model.rows]
    assert shown == [
        ["组织关系", "第一支部", "2018-03-01", "至今", ""],
        ["党小组", "第一小组", "2018-03-01", "至今", ""],
        ["身份", "正式党员", "2018-03-01", "至今", ""],
    ]


def test_the_probation_of_someone_probationary_stands_above_the_facts(shown):
    """What is owed until the conversion, with its article; of a full member nothing."""
    screen = on_screen(shown, conversion_book())
    screen.place.person.show_page("facts")
    assert not facts_page(screen).on_the_way.isVisible()
    screen.show_person(PROBATIONER)
    assert facts_page(screen).on_the_way.isVisible()
    assert facts_page(screen).on_the_way.text().startswith("预备期 2025-10-20 起，2026-10-20 满，已满 35 天")
    gone: list[Destination] = []
    screen.place.go.connect(gone.append)
    screen.press(facts_page(screen).to_conversions)
    assert gone == [Destination("conversions", ShowPerson(PROBATIONER))]


def test_a_post_is_taken_up_and_given_up_with_its_documents(screen):
    page = facts_page(screen)
    screen.press(page.post)
    screen.choose(editor(screen, "职务"), Post.ORGANISATION_MEMBER)
    screen.type_into(editor(screen, "起始日期"), "2024-3-18")
    write(editor(screen, "文号"), "示例委〔2024〕5号")
    screen.press(form(screen).act)
    (post,) = held(screen, FactKind.POST)
    assert (post.value, post.organisation_id, post.document) == (
        Post.ORGANISATION_MEMBER,
        FIRST_BRANCH,
        "示例委〔2024〕5号",
    )
    assert screen.place.people.table.rows_model.rows[0].posts == "组织委员"
    select(screen, "第一支部组织委员")
    assert page.end.text() == "免职"
    screen.press(page.end)
    screen.type_into(editor(screen, "日期"), "2026-11-1")
    screen.press(form(screen).act)
    assert held(screen, FactKind.POST) == ()
    assert held(screen, FactKind.POST, on=day("2026-10-31")) != ()


def test_a_post_of_a_group_is_offered_in_the_own_group_and_of_the_committee_above_it(screen):
    screen.press(facts_page(screen).post)
    where = editor(screen, "所在组织")
    assert where._values == [FIRST_BRANCH, GENERAL_BRANCH]
    screen.choose(editor(screen, "职务"), Post.GROUP_LEADER)
    assert where._values == [FIRST_GROUP]


def test_a_second_secretary_is_refused_in_the_form_which_keeps_what_was_typed(shown):
    book = small_book()
    appoint(book, QIAN, FIRST_BRANCH, Post.SECRETARY, day("2024-03-18"), "示例委1号", actor())
    screen = on_screen(shown, book)
    screen.place.person.show_page("facts")
    screen.press(facts_page(screen).post)
    write(editor(screen, "文号"), "示例委2号")
    screen.press(form(screen).act)
    assert "已由钱示例担任" in form(screen).banner.text
    assert form(screen).banner.tone is Tone.BAD
    assert editor(screen, "文号").value() == "示例委2号"


def test_a_form_needs_its_date_and_says_so_under_the_field(screen):
    screen.press(facts_page(screen).mark)
    screen.type_into(editor(screen, "起始日期"), "")
    screen.press(form(screen).act)
    assert "请填写日期" in editor(screen, "起始日期").accessibleDescription()
    assert held(screen, FactKind.MARK) == ()


def test_joining_another_group_leaves_the_former_the_same_day(screen):
    screen.press(facts_page(screen).group)
    assert editor(screen, "党小组")._values == [SECOND_GROUP, None]
    screen.type_into(editor(screen, "起始日期"), "2026-10-1")
    screen.press(form(screen).act)
    assert held(screen, FactKind.GROUP)[0].organisation_id == SECOND_GROUP
    assert held(screen, FactKind.GROUP, on=day("2026-09-30"))[0].organisation_id == FIRST_GROUP


def test_a_new_standing_ends_the_one_before(screen):
    screen.press(facts_page(screen).standing)
    screen.choose(editor(screen, "身份"), Standing.PROBATIONARY)
    screen.press(form(screen).act)
    (standing,) = held(screen, FactKind.STANDING)
    assert (standing.value, standing.from_on) == (Standing.PROBATIONARY, TODAY)


def test_a_restriction_needs_its_decision_and_so_does_the_return_of_rights(screen):
    """Rights do not come back by themselves when a period ends (选举条例 第五条; 处分条例)."""
    page = facts_page(screen)
    screen.press(page.restriction)
    screen.choose(editor(screen, "种类"), Restriction.DISCIPLINARY_PROBATION)
    screen.type_into(editor(screen, "起始日期"), "2025-1-10")
    screen.press(form(screen).act)
    assert "文号" in form(screen).banner.text
    write(editor(screen, "文号"), "示纪〔2025〕1号")
    screen.press(form(screen).act)
    assert held(screen, FactKind.RESTRICTION)[0].document == "示纪〔2025〕1号"
    select(screen, "留党察看")
    assert page.end.text() == "解除、恢复权利"
    screen.press(page.end)
    screen.press(form(screen).act)
    assert "恢复权利须有决定" in form(screen).banner.text
    write(editor(screen, "文号"), "示纪〔2026〕9号")
    screen.press(form(screen).act)
    assert held(screen, FactKind.RESTRICTION) == ()


@pytest.mark.parametrize("what", list(Mark))
def test_every_mark_can_be_set_and_taken_off(screen, what):
    page = facts_page(screen)
    screen.press(page.mark)
    screen.choose(editor(screen, "标记"), what)
    screen.type_into(editor(screen, "起始日期"), "2026-1-1")
    screen.press(form(screen).act)
    assert screen.roster().marks_on(ZHAO, TODAY) == {what}
    page.table.selectRow(len(page.table.rows_model.rows) - 1)
    screen.press(page.end)
    screen.press(form(screen).act)
    assert screen.roster().marks_on(ZHAO, TODAY) == frozenset()


def test_a_fact_is_corrected_with_the_same_id(screen):
    page = facts_page(screen)
    select(screen, "第一小组")
    (before,) = held(screen, FactKind.GROUP)
    screen.press(page.correct)
    screen.type_into(editor(screen, "起始日期"), "2019-5-1")
    write(editor(screen, "说明"), "原登记早了一年")
    screen.press(form(screen).act)
    (after,) = held(screen, FactKind.GROUP)
    assert (after.id, after.from_on, after.note) == (before.id, day("2019-05-01"), "原登记早了一年")


def test_a_fact_entered_by_mistake_is_removed(screen):
    select(screen, "第一小组")
    screen.press(facts_page(screen).remove)
    assert held(screen, FactKind.GROUP) == ()
    assert screen.labels()[0] == "删除一条登记"


def test_membership_is_not_ended_like_a_post(screen):
    """Who leaves is transferred or leaves in another recorded way."""
    select(screen, "第一支部")
    assert not facts_page(screen).end.isEnabled()


def test_escape_gives_a_form_up_and_the_keyboard_goes_back(screen):
    page = facts_page(screen)
    page.mark.setFocus()
    screen.press(page.mark)
    QTest.keyClick(editor(screen, "起始日期"), Qt.Key.Key_Escape)
    screen.settle()
    assert form(screen) is None
    assert page.mark.hasFocus()


def test_enter_in_a_field_is_the_button_but_on_cancel_it_gives_up(screen):
    page = facts_page(screen)
    screen.press(page.mark)
    form(screen).give_up.setFocus()
    QTest.keyClick(form(screen).give_up, Qt.Key.Key_Return)
    screen.settle()
    assert held(screen, FactKind.MARK) == ()
    screen.press(page.mark)
    QTest.keyClick(editor(screen, "文号"), Qt.Key.Key_Return)
    screen.settle()
    assert len(held(screen, FactKind.MARK)) == 1


def test_enter_that_ends_composing_does_not_submit(screen, compose):
    screen.press(facts_page(screen).mark)
    field = editor(screen, "文号")
    field.setFocus()
    compose(field, "shi")
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.settle()
    assert held(screen, FactKind.MARK) == ()
    assert form(screen) is not None


# ------------------------------------------------------------------------------------- transfers


def test_out_with_a_letter_and_then_the_receipt(screen):
    page = facts_page(screen)
    screen.press(page.leave)
    assert not editor(screen, "转入支部").isVisible()
    screen.type_into(editor(screen, "日期"), "2026-9-1")
    write(editor(screen, "转入单位"), "示例镇机关支部")
    write(editor(screen, "介绍信"), "〔2026〕12号")
    screen.press(form(screen).act)
    assert held(screen, FactKind.MEMBERSHIP) == ()
    assert "2026-09-01 转出" in screen.place.person.view.summary
    (button,) = page.transfers.buttons
    screen.press(button)
    screen.type_into(editor(screen, "回执日期"), "2026-9-20")
    write(editor(screen, "回执编号"), "回12")
    screen.press(form(screen).act)
    assert page.transfers.buttons == []
    assert "回执 2026-09-20 回12" in [badge.text() for badge in page.transfers.findChildren(Badge)]


def test_a_receipt_before_the_transfer_is_refused(shown):
    book = small_book()
    transfer_out(book, ZHAO, day("2026-09-01"), "示例镇机关支部", "", actor())
    screen = on_screen(shown, book)
    screen.show_person(ZHAO)
    screen.place.person.show_page("facts")
    screen.press(facts_page(screen).transfers.buttons[0])
    screen.type_into(editor(screen, "回执日期"), "2026-8-1")
    screen.press(form(screen).act)
    assert "早于转接日期" in form(screen).banner.text


def test_someone_who_left_can_come_back_and_keeps_the_past(shown):
    book = small_book()
    transfer_out(book, ZHAO, day("2026-05-01"), "示例镇机关支部", "", actor())
    screen = on_screen(shown, book)
    screen.show_person(ZHAO)
    screen.place.person.show_page("facts")
    page = facts_page(screen)
    assert not page.leave.isVisible()
    screen.press(page.come)
    write(editor(screen, "转出单位"), "示例镇机关支部")
    screen.press(form(screen).act)
    assert held(screen, FactKind.MEMBERSHIP)[0].value == MembershipChange.TRANSFERRED_IN
    assert len(screen.roster().facts_of(ZHAO, FactKind.MEMBERSHIP)) == 2


def test_to_another_branch_of_the_book_without_a_letter(screen):
    screen.press(facts_page(screen).leave)
    screen.choose(editor(screen, "方式"), "moved")
    assert editor(screen, "转入支部")._values == [SECOND_BRANCH]
    assert not editor(screen, "介绍信").isVisible()
    screen.press(form(screen).act)
    assert held(screen, FactKind.MEMBERSHIP)[0].organisation_id == SECOND_BRANCH
    assert screen.place.person.view.page.transfers == ()


def test_a_removal_needs_its_decision(screen):
    screen.press(facts_page(screen).leave)
    screen.choose(editor(screen, "方式"), MembershipChange.REMOVED)
    screen.press(form(screen).act)
    assert "文号" in form(screen).banner.text
    write(editor(screen, "文号"), "示例文9号")
    screen.press(form(screen).act)
    assert held(screen, FactKind.MEMBERSHIP) == ()
    assert held(screen, FactKind.STANDING) == ()


def test_a_restriction_stands_out_while_it_holds(shown):
    book = small_book()
    restrict(book, ZHAO, Restriction.RIGHTS_SUSPENDED, day("2026-01-01"), "示纪1号", actor())
    screen = on_screen(shown, book)
    model = facts_page(screen).table.rows_model
    tones = {line.words: model.columns[0].tone(line) for line in model.rows}
    assert tones["权利中止"] is Tone.BAD


# -------------------------------------------------------------------------------- the year's life


@pytest.fixture
def with_records(shown):
    book = small_book()
    meeting = Record(
        uuid4(),
        ("general_meeting", "party_lecture"),
        FIRST_BRANCH,
        held_on=day("2026-03-05"),
        subject="学习讨论",
        attendance=(Attendance(ZHAO, "赵示例", Presence.ON_LEAVE), Attendance(QIAN, "钱示例")),
        state=RecordState.FINAL,
    )
    talk = Record(
        uuid4(),
        ("heart_to_heart_talk",),
        FIRST_BRANCH,
        held_on=day("2026-04-05"),
        subject="思想情况",
        people={"speaker": (PersonRef("赵示例", ZHAO),)},
    )
    with operate(book, actor(), "补记") as operating:
        operating.writing.put_all((meeting, talk))
    screen = on_screen(shown, book)
    screen.place.person.show_page("life")
    return screen, meeting, talk


def test_attendance_of_the_year_is_counted_by_kind(with_records):
    screen, _, _ = with_records
    model = screen.place.person.life.attendance.rows_model
    counts = {row.kind: (row.due, row.present, row.on_leave) for row in model.rows}
    assert counts["general_meeting"] == (1, 0, 1)


def test_a_record_that_names_the_person_opens_in_its_place(with_records, qtbot):
    screen, meeting, talk = with_records
    life = screen.place.person.life
    assert [row.record_id for row in life.records.rows_model.rows] == [talk.id, meeting.id]
    screen.chip(life.chips, "talks")
    assert [row.record_id for row in life.records.rows_model.rows] == [talk.id]
    with qtbot.waitSignal(screen.place.go) as went:
        screen.press(life.open_record)
    assert went.args == [Destination("meetings", ShowRecord(talk.id))]


def test_someone_whom_a_record_names_cannot_be_removed(with_records):
    screen, _, _ = with_records
    assert not screen.place.person.delete.isVisible()
    screen.show_person(named("李示例"))
    assert screen.place.person.delete.isVisible()


def test_a_member_leaves_the_group_without_joining_another(screen):
    screen.press(facts_page(screen).group)
    screen.choose(editor(screen, "党小组"), None)
    screen.press(form(screen).act)
    assert held(screen, FactKind.GROUP) == ()
    screen.press(facts_page(screen).group)
    assert editor(screen, "党小组").findText("不编入小组") == -1, "who is in no group can't leave one"
