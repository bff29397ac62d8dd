"""An acceptance rests on a vote that passed: more than half of those due (发展党员工作细则2014 第二十条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.people import Standing
from branchbook.domain.records import (
    AgendaItem,
    DecisionKind,
    FrozenCount,
    Record,
    RecordState,
    Vote,
    VoteMethod,
)
from branchbook.services.joining import joining_findings
from branchbook.services.procedures import save_step
from tests.services.asking import put, refused, roster_of
from tests.services.joining_book import APPLICANT, joining_book, kept, step, walked
from tests.services.small_book import FIRST_BRANCH, TODAY, actor

MET_ON = date(2024, 12, 10)
APPROVAL = step("approval", date(2025, 2, 10), document="示委〔2025〕1号", outcome="批准")


def voted_book(*items):
    """A joining whose meeting is a final record: six due, six present."""
    book = joining_book()
    procedure_id = walked(book, "form")
    frozen = FrozenCount(6, 6, 6, 6, 0, 0, 0, 4, True, "", "")
    record = Record(
        uuid4(),
        ("general_meeting",),
        FIRST_BRANCH,
        held_on=MET_ON,
        state=RecordState.FINAL,
        frozen=frozen,
        agenda=tuple(items),
    )
    put(book, record)
    entry = replace(step("meeting", MET_ON), record_id=record.id)
    save_step(book, procedure_id, entry, actor(30))
    save_step(book, procedure_id, step("interview", date(2025, 1, 8)), actor(31))
    return book, procedure_id


def item(votes_for, title="接收卫示例为预备党员", reason=""):
    vote = Vote(
        VoteMethod.SECRET,
        DecisionKind.ACCEPTANCE,
        votes_for,
        6 - votes_for,
        recorded_passed=True if reason else None,
        reason=reason,
    )
    return AgendaItem(uuid4(), title, vote=vote)


def test_exactly_half_does_not_pass_so_nothing_is_approved():
    book, procedure_id = voted_book(item(3))
    with book.reading() as reading:
        (found,) = joining_findings(reading, kept(book, procedure_id))
    assert "表决没有通过" in found.text
    assert "第二十条" in found.article
    refused(book, "表决没有通过", lambda: save_step(book, procedure_id, APPROVAL, actor(40)))
    no = replace(APPROVAL, values={**APPROVAL.values, "outcome": "不批准"})
    save_step(book, procedure_id, no, actor(41))


@pytest.mark.parametrize(
    "items",
    [
        (item(4),),
        (item(3, reason="会前书面意见另附，合计过半"),),
        (item(2, "接收蒋示例为预备党员"), item(5)),  # the item that names the person counts
        (item(2, "接收蒋示例为预备党员"), item(2, "接收沈示例为预备党员")),  # nothing about this person
        (),
    ],
)
def test_what_passed_or_says_nothing_is_approved(items):
    book, procedure_id = voted_book(*items)
    save_step(book, procedure_id, APPROVAL, actor(40))
    assert roster_of(book).standing_on(APPLICANT, TODAY) == Standing.PROBATIONARY
