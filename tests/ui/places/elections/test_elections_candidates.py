"""Candidates: added by initials, ordered by strokes or by hand with a reason, and everything that is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.people import FactKind
from branchbook.domain.records import PersonRef
from branchbook.services.operations import operate
from branchbook.services.procedures import save_step
from branchbook.ui.theme import Tone
from tests.services.election_books import begun, entry
from tests.services.small_book import actor, named
from tests.ui.places.elections.elections_place import COMMITTEE, PREPARED, Screen, chosen
from tests.ui.places.elections.screen_fixtures import reopened as reopened
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book
from tests.ui.places.members_screen import write


@pytest.fixture
def election(term_book):
    return begun(term_book, "term_election", date(2026, 3, 1), PREPARED)


@pytest.fixture
def named_four(election, screen) -> Screen:
    for name in COMMITTEE:
        screen.candidates.add(chosen(name))
        screen.settle()
    return screen


def names(screen: Screen, kind: ElectionKind = ElectionKind.COMMITTEE) -> list[str]:
    return [each.name for each in screen.procedure.candidates if each.kind == kind]


def select(screen: Screen, name: str) -> None:
    table = screen.candidates.table
    row = [each.name for each in table.rows_model.rows].index(name)
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, 0))
    screen.settle()


class TestAdding:
    def test_initials_and_enter_add_a_candidate(self, election, screen):
        picker = screen.candidates.picker
        picker.setFocus()
        write(picker, "lsl")
        screen.keys(picker, Qt.Key.Key_Return)
        assert names(screen) == ["李示例"]
        assert picker.text() == ""
        assert picker.hasFocus()

    def test_committee_candidates_take_their_place_by_strokes(self, named_four):
        """基层组织选举工作条例 第二十四条: 孙 6, 李 7, 赵 9, 蒋 12 strokes."""
        assert names(named_four) == ["孙示例", "李示例", "赵示例", "蒋增补"]
        assert not named_four.candidates.order_button.isVisible()

    def test_the_margin_is_told_with_its_article(self, named_four):
        """第十三条: three seats want four candidates."""
        said = [line.text for line in named_four.candidates.findings.lines]
        assert any("差额至少 1 名" in text and "第十三条" in text for text in said)
        select(named_four, "蒋增补")
        named_four.keys(named_four.candidates.table, Qt.Key.Key_Delete)
        worst = named_four.candidates.findings.lines[0]
        assert "差额不足" in worst.text
        assert worst.tone == Tone.BAD

    def test_a_name_that_means_nobody_is_told_and_stays(self, named_four):
        """Whoever stands is a member of the roster; a slip of the hand is put right where it was typed."""
        screen, picker = named_four, named_four.candidates.picker
        picker.setFocus()
        write(picker, "查无此人")
        screen.keys(picker, Qt.Key.Key_Return)
        assert "名册里没有“查无此人”" in screen.candidates.refusal.text
        assert picker.text() == "查无此人"
        assert len(names(screen)) == 4

    def test_a_name_that_means_several_is_told_and_stays(self, named_four):
        picker = named_four.candidates.picker
        picker.setFocus()
        write(picker, "示例")
        named_four.candidates.table.setFocus()
        assert "“示例”不止一人" in named_four.candidates.refusal.text
        assert picker.text() == "示例"

    def test_the_same_person_twice_is_refused_beside_the_work(self, named_four):
        named_four.candidates.add(chosen("李示例"))
        named_four.settle()
        assert "两次" in named_four.candidates.refusal.text
        assert len(names(named_four)) == 4

    def test_a_scrutineer_cannot_stand(self, election, term_book, screen, reopened):
        """第二十二条: scrutineers are members who are not candidates."""
        people = {"scrutineers": (PersonRef("李示例", named("李示例")),)}
        save_step(term_book, election.id, replace(entry("method", None), people=people), actor())
        reopened()
        screen.candidates.add(chosen("李示例"))
        screen.settle()
        assert "监票人不能是候选人" in screen.candidates.refusal.text
        assert names(screen) == []

    def test_each_kind_has_its_own_list(self, named_four):
        named_four.candidates.kinds.choose("secretary")
        named_four.candidates.kinds.chosen.emit("secretary")
        named_four.candidates.add(chosen("赵示例"))
        named_four.settle()
        assert names(named_four, ElectionKind.SECRETARY) == ["赵示例"]
        assert len(names(named_four)) == 4

    def test_someone_who_left_since_the_nomination_is_told(self, named_four, reopened):
        with operate(named_four.book, actor(9), "转出") as operating:
            membership = next(
                each
                for each in operating.writing.roster().facts_of(named("李示例"), FactKind.MEMBERSHIP)
                if each.to_on is None
            )
            operating.writing.put(replace(membership, to_on=date(2026, 9, 1)))
        reopened()
        said = named_four.candidates.findings.lines[0]
        assert "李示例" in said.text
        assert said.tone == Tone.BAD


class TestOrder:
    def test_another_order_wants_a_reason(self, named_four):
        select(named_four, "孙示例")
        named_four.keys(named_four.candidates.table, Qt.Key.Key_Down, alt=True)
        strip = named_four.candidates.moving
        assert strip.reason.hasFocus()
        named_four.press(strip.confirm_button)
        assert "孙示例" in named_four.candidates.refusal.text
        assert names(named_four)[0] == "孙示例"
        named_four.type_into(strip.reason, "按上级批复的顺序")
        named_four.press(strip.confirm_button)
        assert names(named_four) == ["李示例", "孙示例", "赵示例", "蒋增补"]
        assert not strip.isVisible()
        rows = named_four.candidates.table.rows_model
        assert rows.index(1, 3).data() == "不按笔画：按上级批复的顺序"

    def test_the_order_of_strokes_can_be_put_back(self, named_four):
        select(named_four, "孙示例")
        named_four.candidates.move_by(1)
        named_four.candidates.moving.reason.set_value("示例原因")
        named_four.press(named_four.candidates.moving.confirm_button)
        named_four.press(named_four.candidates.order_button)
        assert names(named_four) == ["孙示例", "李示例", "赵示例", "蒋增补"]
        assert all(not each.manual_reason for each in named_four.procedure.candidates)

    def test_deputies_stand_as_approved_without_a_reason(self, election, screen):
        section = screen.candidates
        section.kinds.choose("deputy")
        section.kinds.chosen.emit("deputy")
        for name in ("孙示例", "李示例"):
            section.add(chosen(name))
            screen.settle()
        select(screen, "李示例")
        screen.press(section.up_button)
        assert names(screen, ElectionKind.DEPUTY) == ["李示例", "孙示例"]
        assert not section.moving.isVisible()


class TestVotesAndWithdrawal:
    def test_recommendation_votes_are_kept_when_the_field_is_left(self, named_four):
        select(named_four, "李示例")
        named_four.type_into(named_four.candidates.votes, "17")
        held = {each.name: each.nominated_votes for each in named_four.procedure.candidates}
        assert held["李示例"] == 17

    def test_what_is_no_number_of_votes_is_told_beside_the_work(self, named_four):
        select(named_four, "李示例")
        field = named_four.candidates.votes
        field.setFocus()
        field.selectAll()
        write(field, "十七")
        assert "整数" in named_four.candidates.refusal.text
        field.selectAll()
        write(field, "17")
        assert not named_four.candidates.refusal.isVisible()

    def test_leaving_the_step_keeps_them_too(self, named_four):
        select(named_four, "李示例")
        field = named_four.candidates.votes
        field.setFocus()
        field.selectAll()
        write(field, "16")
        named_four.go_to("reply")
        held = {each.name: each.nominated_votes for each in named_four.procedure.candidates}
        assert held["李示例"] == 16

    def test_a_withdrawal_has_its_reason_and_can_be_taken_back(self, named_four):
        select(named_four, "蒋增补")
        named_four.press(named_four.candidates.withdraw_button)
        named_four.type_into(named_four.candidates.withdrawing.reason, "本人申请")
        named_four.press(named_four.candidates.withdrawing.confirm_button)
        rows = named_four.candidates.table.rows_model
        assert rows.index(3, 0).data() == "—"
        assert rows.index(3, 3).data() == "退出：本人申请"
        select(named_four, "蒋增补")
        named_four.press(named_four.candidates.withdraw_button)
        assert all(not each.withdrawn_reason for each in named_four.procedure.candidates)

    def test_undo_of_a_candidate_goes_to_the_candidates(self, named_four):
        shown = named_four.step
        named_four.go_to("reply")
        named_four.place.context.commands.undo()
        named_four.settle()
        assert named_four.step in ("nomination", "candidate_approval")
        assert len(names(named_four)) == 3
        assert shown in ("nomination", "candidate_approval")

    def test_undo_takes_a_candidate_back(self, named_four):
        named_four.place.context.commands.undo()
        named_four.settle()
        assert len(names(named_four)) == 3
        assert len(named_four.candidates.table.rows_model.rows) == 3
