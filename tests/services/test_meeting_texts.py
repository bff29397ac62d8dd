"""What is typed into a record is kept as typed; what no file or paper can keep never gets into the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, PersonRef, Record, Speech
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.guards import TEXT_LIMIT
from branchbook.services.meetings import correct, finalise, save_record
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, actor, small_book

KEPT_AS_TYPED = (
    "<b>粗</b> & <img src=x>",
    "😀👍🏽",
    "\u200fעברית\u200e",
    "阿卜杜拉·示例",
    "=1+1",
    "甲" * TEXT_LIMIT,
)
HALF = "前半\ud83d"


def meeting(text: str) -> Record:
    item = AgendaItem(uuid4(), "讨论年度工作", (Speech("赵示例", text),))
    return Record(
        uuid4(),
        ("general_meeting",),
        FIRST_BRANCH,
        date(2026, 11, 20),
        subject="讨论年度工作",
        people={"chair": (PersonRef("赵示例"),), "minute_taker": (PersonRef("钱示例"),)},
        agenda=(item,),
    )


def speech(record: Record) -> str:
    return record.agenda[0].speeches[0].text


def stored(book: FakeBook, record_id: UUID) -> Record:
    with book.reading() as reading:
        found = reading.get(Record, record_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text", KEPT_AS_TYPED, ids=("markup", "emoji", "right-to-left", "dot", "sum", "long")
)
def test_minutes_are_kept_as_typed(text: str) -> None:
    book, record = small_book(), meeting(text)
    save_record(book, record, actor())
    assert speech(stored(book, record.id)) == text
    final = finalise(book, record.id, actor()).value
    assert speech(correct(book, replace(final, venue="会议室"), "地点", actor()).value) == text


def test_control_characters_are_taken_out_wherever_they_stand() -> None:
    book, record = small_book(), meeting("同\x00意\x07。\r\n散会")
    record = replace(record, venue="会议\x1b室", fields={"note": "无\x00"})
    kept = save_record(book, record, actor()).value
    assert (speech(kept), kept.venue, kept.fields["note"]) == ("同意。\n散会", "会议室", "无")
    assert stored(book, record.id) == kept
    final = finalise(book, record.id, actor()).value
    corrected = correct(book, replace(final, venue="大\x00厅"), "地点写错\x07", actor()).value
    assert (corrected.venue, corrected.correction_reason) == ("大厅", "地点写错")


def test_a_reason_of_control_characters_is_no_reason() -> None:
    book, record = small_book(), meeting("同意。")
    save_record(book, record, actor())
    final = finalise(book, record.id, actor()).value
    with pytest.raises(RefusedProblem, match="更正需要写明原因"):
        correct(book, final, " \x00\x07 ", actor())
    assert stored(book, record.id) == final


@pytest.mark.parametrize(
    "text, word", [(HALF, "不完整的字符（第 3 个字）"), ("甲" * (TEXT_LIMIT + 1), "文字过长")]
)
def test_what_cannot_be_kept_is_refused_by_its_place_and_changes_nothing(text: str, word: str) -> None:
    book, record = small_book(), meeting("同意。")
    save_record(book, record, actor())
    bad = replace(record, agenda=meeting(text).agenda)
    for write in (
        lambda: save_record(book, bad, actor(1)),
        lambda: keep_draft(book, bad, actor(1)),
        lambda: correct(book, bad, "改一改", actor(1)),
    ):
        with pytest.raises(RefusedProblem) as caught:
            write()
        assert word in caught.value.what
        assert "发言" in caught.value.where
    assert speech(stored(book, record.id)) == "同意。"
    assert found_drafts(book) == ()


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_whatever_is_typed_can_be_saved_or_is_refused_in_words(text: str) -> None:
    book, record = small_book(), meeting(text)
    if any("\ud800" <= each <= "\udfff" for each in text):
        with pytest.raises(RefusedProblem, match="不完整的字符"):
            save_record(book, record, actor())
        return
    kept = save_record(book, record, actor()).value
    speech(kept).encode("utf-8")
    assert not any(ord(each) < 32 and each not in "\n\t" for each in speech(kept))
    assert save_record(book, kept, actor(1)).changes.entities == frozenset()
