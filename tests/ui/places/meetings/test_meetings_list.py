"""The list of the year, what other places ask for, and the ledger of resolutions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import AgendaItem, PersonRef, Record, RecordState, Resolution
from branchbook.services.meetings import correct
from branchbook.ui.place import BeginRecord, ScopeChoice, ShowRecord
from branchbook.ui.places.meetings.wording import numeral
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
)
from tests.ui.places.meetings.meetings_place import at_hand, open_place, records_of, stored_record


def shown_in(place) -> list[tuple[str, str, str, str]]:
    return [(each.title, each.detail, each.right, each.badge) for each in place.list.entries.entries]


@pytest.fixture
def year(book):
    """A draft, a final, a corrected, a late and an undated record, of a branch and of its group."""
    stored_record(book, day=date(2026, 11, 3), final=True, subject="半年总结")
    stored_record(book, "theme_party_day", date(2026, 11, 10), subject="参观", fields={"content": "参观"})
    stored_record(book, "group_meeting", date(2026, 11, 12), whose=FIRST_GROUP, subject="学习")
    corrected = stored_record(book, day=date(2026, 11, 5), final=True)
    correct(book, replace(corrected, venue="礼堂"), "漏写", actor(2))
    stored_record(book, day=date(2026, 3, 6), final=True, subject="评议通报")
    stored_record(book, day=None, subject="打算")
    stored_record(book, day=date(2025, 3, 6), final=True, subject="去年")
    stored_record(book, day=date(2026, 11, 6), whose=SECOND_BRANCH, subject="别的支部")


class TestList:
    @pytest.fixture
    def place(self, year, shown, context, settled):
        return open_place(shown, context, settled)

    def test_the_year_of_the_branch_and_its_groups_newest_first_with_states(self, place):
        assert shown_in(place) == [
            ("支部党员大会", "打算", "日期未填", "草稿"),
            ("第一小组会", "学习", "11-12", "草稿"),
            ("主题党日", "参观", "11-10", "草稿"),
            ("支部党员大会", "讨论年度工作", "11-05", "已更正"),
            ("支部党员大会", "半年总结", "11-03", "已定稿"),
            ("支部党员大会", "评议通报", "03-06", "补记"),
        ]

    def test_chips_count_and_filter(self, place):
        chips = [button.text() for button in place.list.chips._group.buttons()]
        assert chips == ["全部", "大会 4", "支委会", "小组会 1", "党课", "党日 1"]
        place.list.chips._group.buttons()[3].click()
        assert [title for title, *_ in shown_in(place)] == ["第一小组会"]
        place.list.chips._group.buttons()[4].click()
        assert shown_in(place) == []
        assert place.list.empty.isVisible()

    def test_the_general_branch_shows_all_branches_by_name(self, place, settle):
        place.open(replace(place.context, scope=ScopeChoice(GENERAL_BRANCH, 2026)))
        settle()
        details = [detail for _, detail, *_ in shown_in(place)]
        assert "第二支部 · 别的支部" in details
        assert "第一支部 · 半年总结" in details

    def test_another_year_shows_its_own_records_and_undated_drafts(self, place, settle):
        place.open(replace(place.context, scope=ScopeChoice(FIRST_BRANCH, 2025)))
        settle()
        assert [(detail, right) for _, detail, right, _ in shown_in(place)] == [
            ("打算", "日期未填"),
            ("去年", "03-06"),
        ]

    def test_arrows_in_the_list_show_the_record(self, place, hand):
        place.list.focus_entries()
        hand.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
        assert place.editing.keeping.record.subject == "参观"

    def test_work_plan_and_summary_have_their_chip(self, place, book, settle):
        place.begin(("work_plan",), FIRST_BRANCH, date(2026, 1, 5))
        settle()
        place.editing.body_area.fields.subject.edited.emit("2026 年计划")
        place.leave()
        settle()
        place.list.chips._group.buttons()[-1].click()
        assert place.list.chips._group.buttons()[-1].text() == "计划总结 1"
        assert [title for title, *_ in shown_in(place)] == ["年度工作计划"]


class TestBeginning:
    def test_an_empty_year_explains_itself_and_offers_the_first_step(self, place, settle):
        assert place.list.empty.isVisible()
        place.list.empty.button.click()
        offered = [each.text() for each in place.list.new_menu.actions() if each.text()]
        assert place.list.new_menu.isVisible()
        place.list.new_menu.hide()
        names = [each.split("  ")[1] for each in offered]
        assert names == [kind.name for kind in KINDS if kind.held_by != {OrganisationKind.GENERAL_BRANCH}]

    def test_what_a_place_asks_for_is_begun_with_kind_organisation_and_day(self, place, settle):
        place.show_subject(BeginRecord(("theme_party_day",), SECOND_BRANCH, date(2026, 11, 2)))
        settle()
        record = at_hand(place)
        assert (record.kinds, record.organisation_id, record.held_on) == (
            ("theme_party_day",),
            SECOND_BRANCH,
            date(2026, 11, 2),
        )
        assert len(record.attendance) == 4
        assert place.right.currentWidget() is place.editing

    def test_a_period_that_is_over_begins_undated(self, place, settle):
        place.show_subject(BeginRecord(("general_meeting",), FIRST_BRANCH, None))
        settle()
        assert at_hand(place).held_on is None
        assert "填上日期后" in place.editing.body_area.attendance.sentence.text

    def test_several_kinds_begin_as_one_record(self, place, settle):
        place.show_subject(BeginRecord(("theme_party_day", "party_lesson"), FIRST_BRANCH, TODAY))
        settle()
        assert {"content", "summary"} <= set(place.editing.body_area.fields.editors)
        assert place.editing._title.text() == "主题党日 · 党课"

    def test_a_kind_that_the_organisation_does_not_hold_is_refused_in_the_banner(self, place, settle):
        place.show_subject(BeginRecord(("group_meeting",), SECOND_BRANCH, TODAY))
        settle()
        assert "不召开党小组会" in place.banner.text

    def test_a_record_is_shown_by_its_id_and_marked_in_the_list(self, place, book, settle):
        record = stored_record(book, final=True)
        place.open(place.context)
        place.show_subject(ShowRecord(record.id))
        settle()
        assert at_hand(place) == record
        assert place.list.entries.current_key == record.id

    def test_a_record_that_is_gone_leaves_the_card_empty(self, place, settle):
        place.show_subject(ShowRecord(uuid4()))
        settle()
        assert place.right.currentIndex() == 0


class TestLedger:
    @pytest.fixture
    def passed(self, book) -> Record:
        """A final meeting with two resolutions, one of them overdue."""
        item = AgendaItem(
            uuid4(),
            "修缮",
            resolutions=(
                Resolution(
                    uuid4(), "修缮资料室", (PersonRef("赵示例", named("赵示例")),), date(2026, 11, 22)
                ),
                Resolution(uuid4(), "整理档案"),
            ),
        )
        return stored_record(book, day=date(2026, 11, 20), final=True, agenda=(item,))

    @pytest.fixture
    def ledger(self, passed, place, settle):
        place.list.resolutions_button.click()
        settle()
        return place.ledger

    def rows(self, ledger) -> list[list[str]]:
        return [
            [column.text(row) for column in ledger.table.rows_model.columns]
            for row in ledger.table.rows_model.rows
        ]

    def test_it_lists_number_text_meeting_responsible_due_and_state(self, passed, place, ledger):
        assert self.rows(ledger) == [
            ["2026-2", "整理档案", "2026-11-20 第一支部", "", "", "待落实"],
            ["2026-1", "修缮资料室", "2026-11-20 第一支部", "赵示例", "2026-11-22", "逾期"],
        ]
        assert place.list.resolutions_button.text() == "决议 · 2 项待落实"

    def test_one_is_marked_done_with_day_and_outcome_and_reopened(
        self, place, ledger, passed, hand, settle, book
    ):
        ledger.table.select(passed.agenda[0].resolutions[0].id)
        ledger._show_chosen()
        ledger.done_on.setFocus()
        ledger.done_on.selectAll()
        hand.write("11月23日")
        hand.tab()
        hand.write("已验收")
        hand.press(Qt.Key.Key_Return)
        done = records_of(book)[0].agenda[0].resolutions[0]
        assert (done.done_on, done.outcome) == (date(2026, 11, 23), "已验收")
        assert records_of(book)[0].state == RecordState.FINAL
        assert [row[1] for row in self.rows(ledger)] == ["整理档案"]
        ledger.filters._group.buttons()[1].click()
        ledger.table.select(done.id)
        ledger._show_chosen()
        assert not ledger.done_button.isVisible()
        ledger.reopen_button.click()
        settle()
        assert records_of(book)[0].agenda[0].resolutions[0].done_on is None

    def test_a_day_before_the_meeting_is_refused(self, place, ledger, passed, settle):
        ledger.table.select(passed.agenda[0].resolutions[0].id)
        ledger._show_chosen()
        ledger.done_on.set_value(date(2026, 11, 1))
        ledger.done_button.click()
        settle()
        assert "落实日期早于" in place.banner.text

    def test_enter_opens_the_meeting_in_which_it_was_passed(self, place, ledger, passed, settle):
        ledger.table.opened.emit(ledger.table.rows_model.rows[0])
        settle()
        assert place.pages.currentIndex() == 0
        assert at_hand(place).id == passed.id

    def test_open_resolutions_come_up_in_the_next_agenda(self, place, ledger, settle):
        place.begin(("general_meeting",), FIRST_BRANCH, TODAY)
        settle()
        titles = [item.title.text() for item in place.editing.body_area.agenda.items]
        assert sorted(titles) == ["上次决议落实情况：修缮资料室", "上次决议落实情况：整理档案"]


@pytest.mark.parametrize(
    "number, words",
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (99, "九十九"), (100, "100")],
)
def test_items_are_numbered_in_chinese(number, words):
    assert numeral(number) == words
