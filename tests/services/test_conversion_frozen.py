"""A meeting that was finalised between the end of the probation and the approval keeps its frozen count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.records import AgendaItem, PersonRef, Presence, Record
from branchbook.services.conversion_approval import record_approval
from branchbook.services.meetings import finalise, save_record
from branchbook.services.record_defaults import new_record
from branchbook.services.rule_choices import RightsFrom
from branchbook.services.settings import change_setting
from tests.services.conversion_book import PROBATIONER, conversion_book, done, prepared, reported, voted
from tests.services.small_book import FIRST_BRANCH, actor, named

CHAIR = (PersonRef("赵示例", named("赵示例")),)


@pytest.mark.parametrize("rights_from", RightsFrom)
def test_the_frozen_count_stays_and_a_later_meeting_counts_the_new_member(rights_from):
    """D-20: 党龄 runs from the end, yet no 应到 of the days between moves when the approval is entered."""
    book = conversion_book()
    change_setting(book, "rights_from", rights_from, actor())
    procedure_id = prepared(book)
    voted(book, procedure_id)
    reported(book, procedure_id)
    with book.reading() as reading:
        drafted = new_record(reading, "general_meeting", FIRST_BRANCH, date(2026, 11, 2), actor(30))
    record = replace(
        drafted,
        subject="十一月支部党员大会",
        people={"chair": CHAIR, "minute_taker": CHAIR},
        agenda=(AgendaItem(uuid4(), "学习文件"),),
        attendance=tuple(replace(each, presence=Presence.PRESENT) for each in drafted.attendance),
    )
    save_record(book, record, actor(31))
    final = finalise(book, record.id, actor(32)).value
    assert final.frozen is not None
    assert final.frozen.due_votes == 6
    approval = done("approval", date(2026, 11, 10), document="示组〔2026〕9号", outcome="批准")
    record_approval(book, procedure_id, approval, actor(40))
    with book.reading() as reading:
        assert reading.get(Record, record.id) == final
        later = new_record(reading, "general_meeting", FIRST_BRANCH, date(2026, 11, 11), actor(41))
    assert [each.votes for each in later.attendance if each.person_id == PROBATIONER] == [True]
