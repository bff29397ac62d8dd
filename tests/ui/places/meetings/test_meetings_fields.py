"""The generated editor: a widget for each field of each kind, days, organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from branchbook.catalogue.kinds import COMMISSION
from branchbook.catalogue.kinds_list import KINDS, kind_of
from branchbook.domain.fields import FieldType
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, PersonFact
from branchbook.domain.records import (
    PersonRef,
    Presence,
)
from branchbook.domain.talks import OCCASIONS
from branchbook.services.operations import operate
from branchbook.ui.place import ScopeChoice
from branchbook.ui.places.meetings.record_fields import specs_of
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_GROUP,
    actor,
    named,
)
from tests.ui.places.meetings.meetings_place import (
    HELD_ON,
    at_hand,
    elect_committee,
    records_of,
    stored_record,
)


class TestFields:
    @pytest.mark.parametrize("kind", [kind.key for kind in KINDS])
    def test_every_field_of_every_kind_can_be_filled_and_is_stored(self, place, begin, hand, settle, kind):
        """One editor for each ``FieldSpec``; what is typed comes back from the book."""
        held_by = kind_of(kind).held_by
        below = FIRST_GROUP if OrganisationKind.GROUP in held_by else FIRST_BRANCH
        whose = GENERAL_BRANCH if held_by == {OrganisationKind.GENERAL_BRANCH} else below
        if whose == GENERAL_BRANCH:
            place.open(replace(place.context, scope=ScopeChoice(GENERAL_BRANCH, 2026)))
            settle()
        body = begin(kind, whose=whose)
        texts = {FieldType.TEXT, FieldType.LONG_TEXT}
        asked = [spec for spec in specs_of((kind,)) if spec != COMMISSION]
        for spec in asked:
            editor = body.fields.editor(spec.key)
            assert editor.accessibleName() == spec.label
            if spec.type in texts:
                editor.setFocus()
                hand.write(f"内容：{spec.label}")
            elif spec.type == FieldType.PERSON:
                editor.setFocus()
                editor.selectAll()
                hand.write("王示例" if spec.key == "author" else "钱示例")
            elif spec.type == FieldType.PERSONS:
                editor.setFocus()
                editor.selectAll()
                hand.write("钱示例、外单位某人（讲师）")
            elif spec.type == FieldType.CHOICE:
                editor.setCurrentIndex(1)
                editor.activated.emit(1)
        body.fields.subject.setFocus()
        settle()
        place.leave()
        settle()
        (record,) = records_of(place.context.book)
        for spec in asked:
            if spec.type in texts:
                assert record.fields[spec.key] == f"内容：{spec.label}"
            elif spec.type == FieldType.PERSONS:
                assert record.people[spec.key] == (
                    PersonRef("钱示例", named("钱示例")),
                    PersonRef("外单位某人", None, "讲师"),
                )
            elif spec.type == FieldType.PERSON and spec.key != "author":
                assert record.people[spec.key][0].person_id == named("钱示例")
            elif spec.type == FieldType.CHOICE:
                assert record.fields[spec.key] == (spec.choices or OCCASIONS)[0]

    def test_the_commission_is_asked_for_where_the_secretary_does_not_chair(self, place, begin, hand, settle):
        """支部工作条例 第十四条 (worked case 7): a member of the committee chairs on the secretary's commission."""
        elect_committee(place.context.book)
        body = begin("committee_meeting")
        field = body.fields.editor("commission")
        assert not field.isVisible()
        chair = body.fields.editor("chair")
        chair.setFocus()
        chair.selectAll()
        hand.write("孙示例")
        hand.tab()
        assert field.isVisible()
        hand.tab()
        assert field.hasFocus()
        hand.write("书记赵示例出差，委托组织委员孙示例主持")
        hand.tab()
        assert at_hand(place).fields["commission"] == "书记赵示例出差，委托组织委员孙示例主持"
        chair.setFocus()
        chair.selectAll()
        hand.write("赵示例")
        hand.tab()
        assert field.isVisible(), "what is written stays in sight"

    def test_a_lesson_within_another_meeting_has_a_title_of_its_own(self, place, begin, hand, settle):
        body = begin("party_lesson", "theme_party_day")
        body.fields.subject.setFocus()
        hand.write("走进档案室")
        body.fields.editor("lesson_title").setFocus()
        hand.write("一名普通党员的一天")
        hand.tab()
        record = at_hand(place)
        assert (record.subject, record.fields["lesson_title"]) == ("走进档案室", "一名普通党员的一天")
        assert body.fields.subject.accessibleName() == "活动主题"
        assert "lesson_title" not in begin("party_lesson").fields.editors

    def test_what_a_meeting_was_held_for_is_written_above_the_remark(self, place, begin, hand):
        body = begin("general_meeting")
        body.fields.occasion.setFocus()
        hand.write("补开第三季度")
        hand.tab()
        assert at_hand(place).occasion == "补开第三季度"
        assert not begin("work_plan").fields.occasion.isVisible()

    def test_a_plan_has_no_hours_and_no_attendance(self, begin):
        body = begin("work_plan")
        assert not body.fields.when.begins.isVisible()
        assert not body.fields.venue.isVisible()
        assert not body.attendance.isVisible()
        assert not body.agenda.isVisible()

    def test_initials_become_names_when_the_field_is_left(self, place, begin, hand):
        body = begin("party_lesson")
        lecturers = body.fields.editor("lecturer")
        lecturers.setFocus()
        hand.write("qs、zs、专家")
        hand.tab()
        assert lecturers.text() == "钱示例、zs、专家"  # zs may mean two people: nobody is guessed
        names = [(ref.name, ref.person_id) for ref in at_hand(place).people["lecturer"]]
        assert names == [("钱示例", named("钱示例")), ("zs", None), ("专家", None)]

    def test_a_second_kind_adds_its_fields_and_taking_it_away_removes_them(self, place, begin, hand, settle):
        """主题党日 with 党课: entered once, with the fields of both."""
        body = begin("theme_party_day")
        body.fields.editor("content").setFocus()
        hand.write("参观")
        lesson = next(each for each in place.editing.head.kinds.actions() if each.text() == "党课")
        lesson.trigger()
        settle()
        assert at_hand(place).kinds == ("theme_party_day", "party_lesson")
        assert {"content", "summary", "lecturer"} <= set(body.fields.editors)
        assert body.fields.editor("content").value() == "参观"
        body.fields.editor("summary").setFocus()
        hand.write("讲稿要点")
        next(each for each in place.editing.head.kinds.actions() if each.text() == "党课").trigger()
        settle()
        assert "summary" not in body.fields.editors
        assert dict(at_hand(place).fields) == {"content": "参观"}

    def test_ticked_standing_items_are_kept_in_order(self, place, begin, settle):
        body = begin("theme_party_day")
        ticked = body.fields.editor("standing_items").findChildren(QCheckBox)
        ticked[2].click()
        ticked[0].click()
        assert at_hand(place).fields["standing_items"] == ("重温入党誓词", "交纳党费")


class TestDayAndOrganisation:
    def test_another_day_asks_the_roster_anew_and_keeps_marks(self, place, begin, hand, settle):
        with operate(place.context.book, actor(), "转入") as operating:
            fact = PersonFact(
                uuid5(named("郑示例"), "x"), named("郑示例"), FactKind.MEMBERSHIP, "transferred_in",
                date(2026, 11, 10), organisation_id=FIRST_BRANCH,
            )  # fmt: skip
            operating.writing.put(fact)
        body = begin("general_meeting", day=date(2026, 11, 3))
        assert len(body.attendance.grid.attendance.lines) == 6
        body.attendance.grid.attendance.mark([1], Presence.ON_LEAVE)
        body.fields.when.day.setFocus()
        body.fields.when.day.selectAll()
        QTest.keyClicks(body.fields.when.day, "2026.11.20")
        hand.tab()
        marks = {line.name: line.presence for line in at_hand(place).attendance}
        assert len(marks) == 7
        assert marks["钱示例"] == Presence.ON_LEAVE
        assert marks["郑示例"] == Presence.PRESENT

    def test_a_group_meeting_chooses_among_the_groups(self, place, begin, settle):
        body = begin("group_meeting", whose=None)
        assert at_hand(place).organisation_id == FIRST_GROUP
        assert body.fields.organisation.isVisible()
        body.fields.organisation.set_value(SECOND_GROUP)
        body.fields.organisation.value_changed.emit(SECOND_GROUP)
        settle()
        assert [line.name for line in at_hand(place).attendance] == ["李示例", "周示例", "吴示例"]

    def test_the_general_branch_offers_its_branches(self, place, begin, settle):
        place.open(replace(place.context, scope=ScopeChoice(GENERAL_BRANCH, 2026)))
        settle()
        body = begin("general_meeting", whose=None)
        assert body.fields.organisation.count() == 3
        body.fields.organisation.value_changed.emit(FIRST_BRANCH)
        settle()
        assert len(at_hand(place).attendance) == 6

    def test_a_date_that_cannot_be_read_is_marked_and_stays(self, place, begin, hand):
        body = begin("general_meeting")
        body.fields.when.day.setFocus()
        body.fields.when.day.selectAll()
        hand.write("昨天下午")
        hand.tab()
        assert body.fields.when.day.text() == "昨天下午"
        assert body.fields.when.day.property("wrong")
        assert at_hand(place).held_on is None


def test_the_day_of_the_record_numbers_it_within_its_year(place, show):
    stored_record(place.context.book, day=date(2026, 3, 6), final=True)
    stored_record(place.context.book, day=date(2025, 3, 6), final=True)
    show(stored_record(place.context.book, day=HELD_ON))
    assert place.editing.view.number == 2
    assert place.editing._subtitle.text() == "2026 年第 2 次"
