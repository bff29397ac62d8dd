"""A record from the first key to 定稿: what freezes, what is refused, what a correction keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.people import FactKind, Person, PersonFact, Restriction
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import (
    AgendaItem,
    Attachment,
    AttachmentKind,
    PersonRef,
    Presence,
    Record,
    RecordState,
    Resolution,
    Speech,
    Vote,
)
from branchbook.services.counting import standing_of
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.meetings import (
    correct,
    finalise,
    following_roster,
    missing_fields,
    remove_record,
    save_record,
    with_day_changed,
)
from branchbook.services.operations import operate
from branchbook.services.people import Joining, add_person
from branchbook.services.record_defaults import copy_last, new_record
from branchbook.services.resolutions import close_resolution
from branchbook.services.transfers import transfer_out
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP, actor, named, small_book

HELD_ON = date(2026, 11, 20)


def general_meeting(book: FakeBook, held_on: date | None = HELD_ON) -> Record:
    """A general meeting of six with everything that it needs, not stored."""
    with book.reading() as reading:
        record = new_record(reading, "general_meeting", FIRST_BRANCH, held_on, actor())
    return replace(
        record,
        subject="讨论年度工作",
        people={"chair": (PersonRef("赵示例"),), "minute_taker": (PersonRef("钱示例"),)},
        agenda=(AgendaItem(uuid4(), "讨论年度工作", (Speech("赵示例", "同意。"),), Vote(votes_for=6)),),
    )


def finalised(book: FakeBook, record: Record) -> Record:
    """Save and finalise."""
    save_record(book, record, actor())
    return finalise(book, record.id, actor()).value


def test_a_new_record_starts_with_everyone_due_present() -> None:
    book = small_book()
    with book.reading() as reading:
        record = new_record(reading, "general_meeting", FIRST_BRANCH, HELD_ON, actor())
        group = new_record(reading, "group_meeting", FIRST_GROUP, HELD_ON, actor())
    assert len(record.attendance) == 6
    assert {line.presence for line in record.attendance} == {Presence.PRESENT}
    assert len(group.attendance) == 3


def test_a_group_holds_no_general_meeting() -> None:
    book = small_book()
    with book.reading() as reading, pytest.raises(RefusedProblem, match="不召开支部党员大会"):
        new_record(reading, "general_meeting", FIRST_GROUP, HELD_ON, actor())


def test_finalising_freezes_the_number_due_whatever_the_roster_does_later() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    assert final.state is RecordState.FINAL
    assert final.frozen is not None
    assert (final.frozen.due, final.frozen.due_votes, final.frozen.quorum_needed) == (6, 6, 3)
    suspended = PersonFact(
        uuid4(), named("赵示例"), FactKind.RESTRICTION, Restriction.RIGHTS_SUSPENDED, date(2026, 1, 1)
    )
    with operate(book, actor(), "补记") as operating:
        operating.writing.put(suspended)
    with book.reading() as reading:
        stored = reading.get(Record, final.id)
        assert stored == final
        assert standing_of(reading, stored).count.due_votes == 6


def test_the_sentence_names_numbers_and_the_article_of_the_regulation() -> None:
    """支部工作条例 第十一条: 半数以上 of those with the right to vote must come."""
    book = small_book()
    record = general_meeting(book)
    away = tuple(
        replace(line, presence=Presence.ON_LEAVE, reason="公差") if index < 4 else line
        for index, line in enumerate(record.attendance)
    )
    with book.reading() as reading:
        count = standing_of(reading, replace(record, attendance=away)).count
    assert count.quorum is not None
    assert not count.quorum.met
    assert "需 3 名到会；实到 2 名，还差 1 名，不能表决" in count.sentence
    assert count.article == "支部工作条例 第十一条"


@pytest.mark.parametrize("lacking", ["日期", "主持人", "议题"])
def test_finalising_names_every_required_field_that_is_empty(lacking: str) -> None:
    book = small_book()
    record = general_meeting(book)
    changes = {
        "日期": replace(record, held_on=None),
        "主持人": replace(record, people={"minute_taker": (PersonRef("钱示例"),)}),
        "议题": replace(record, agenda=()),
    }
    save_record(book, changes[lacking], actor())
    assert missing_fields(changes[lacking]) == (lacking,)
    with pytest.raises(RefusedProblem, match=lacking):
        finalise(book, record.id, actor())
    with book.reading() as reading:
        stored = reading.get(Record, record.id)
    assert stored is not None
    assert stored.state is RecordState.DRAFT


def test_a_meeting_in_the_future_is_planned_and_cannot_be_finalised() -> None:
    book = small_book()
    record = general_meeting(book, date(2026, 12, 20))
    save_record(book, record, actor())
    with pytest.raises(RefusedProblem, match="今天之后"):
        finalise(book, record.id, actor())


@pytest.mark.parametrize("held_on, late", [(date(2026, 10, 24), False), (date(2026, 10, 23), True)])
def test_an_old_meeting_entered_late_is_marked(held_on: date, late: bool) -> None:
    book = small_book()
    assert save_record(book, general_meeting(book, held_on), actor()).value.late_entry is late


def test_a_final_record_is_only_corrected_and_only_with_a_reason() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    with pytest.raises(RefusedProblem, match="已经定稿"):
        save_record(book, replace(final, subject="改题"), actor())
    with pytest.raises(RefusedProblem, match="写明原因"):
        correct(book, replace(final, subject="改题"), " ", actor())
    corrected = correct(book, replace(final, subject="改题"), "题目抄错", actor(5)).value
    assert (corrected.state, corrected.correction_reason) == (RecordState.CORRECTED, "题目抄错")
    assert corrected.frozen == final.frozen
    with book.reading() as reading:
        history = reading.history_of("record", str(final.id))
    assert history[0].head.reason == "题目抄错"
    assert "讨论年度工作" in (history[0].touches[0].before or "")


def test_a_correction_of_marks_recounts_on_the_frozen_base() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    first, *others = final.attendance
    changed = replace(final, attendance=(replace(first, presence=Presence.ABSENT), *others))
    corrected = correct(book, changed, "签到表漏看", actor(5)).value
    assert corrected.frozen is not None
    assert (corrected.frozen.due, corrected.frozen.present) == (6, 5)


def test_saving_what_is_already_stored_leaves_no_line_of_history() -> None:
    book = small_book()
    record = save_record(book, general_meeting(book), actor()).value
    assert save_record(book, record, actor(1)).changes.operation_id is None


def test_a_typed_draft_is_found_again_and_gone_once_saved() -> None:
    book = small_book()
    record = save_record(book, general_meeting(book), actor()).value
    typed = replace(record, subject="讨论年度工作和")
    keep_draft(book, typed, actor(1))
    assert [each.value for each in found_drafts(book)] == [typed]
    save_record(book, typed, actor(2))
    assert found_drafts(book) == ()


def test_changing_the_day_asks_the_roster_again_and_keeps_marks() -> None:
    book = small_book()
    record = general_meeting(book)
    marked = replace(record.attendance[0], presence=Presence.ON_LEAVE, reason="公差")
    record = replace(record, attendance=(marked, *record.attendance[1:]), held_on=date(2017, 5, 1))
    with book.reading() as reading:
        assert with_day_changed(reading, record, actor()).attendance == ()
        again = with_day_changed(reading, replace(record, held_on=HELD_ON), actor())
    assert again.attendance[0] == marked


def test_copying_carries_no_old_date_number_name_or_text() -> None:
    book = small_book()
    items = (
        "学习讨论",
        "研究11月工作",
        "讨论赵示例的申请",
        "研究十月工作",
        "第三季度小结",
        "上半年小结",
        "检查三会一课",
    )
    record = replace(
        general_meeting(book),
        venue="示例会议室",
        subject="十一月例会",
        agenda=tuple(
            AgendaItem(uuid4(), title, (Speech("赵示例", "说了话"),), Vote(votes_for=6)) for title in items
        ),
        people={
            "chair": (PersonRef("赵示例", named("赵示例")),),
            "minute_taker": (PersonRef("外单位某人"),),
        },
    )
    finalised(book, record)
    with book.reading() as reading:
        copied = copy_last(reading, "general_meeting", FIRST_BRANCH, None, actor())
    assert copied.venue == "示例会议室"
    assert (copied.held_on, copied.subject) == (None, "")
    assert [item.title for item in copied.agenda] == ["学习讨论", "检查三会一课"]
    assert all(item.speeches == () and item.vote is None for item in copied.agenda)
    assert copied.people["chair"][0].name == "赵示例"
    assert "minute_taker" not in copied.people


def test_an_open_resolution_comes_up_in_the_next_agenda() -> None:
    book = small_book()
    record = general_meeting(book)
    item = replace(record.agenda[0], resolutions=(Resolution(uuid4(), "修缮资料室"),))
    finalised(book, replace(record, agenda=(item,)))
    with book.reading() as reading:
        following = new_record(reading, "general_meeting", FIRST_BRANCH, None, actor())
    assert [each.follows_resolution_id for each in following.agenda] == [item.resolutions[0].id]
    assert "修缮资料室" in following.agenda[0].title


def test_removing_a_final_record_needs_a_reason_and_takes_its_attachments_along() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    with operate(book, actor(), "附件") as operating:
        sha256 = operating.writing.keep_content(b"sign-in")
        operating.writing.put(
            Attachment(uuid4(), final.id, AttachmentKind.SIGN_IN, "签到.txt", sha256, 7, "text/plain")
        )
    with pytest.raises(RefusedProblem, match="写明原因"):
        remove_record(book, final.id, actor())
    remove_record(book, final.id, actor(), "重复录入")
    with book.reading() as reading:
        assert reading.get(Record, final.id) is None
        assert {each.entity for each in reading.removed()} == {"record", "attachment"}


def test_a_draft_opened_again_follows_the_roster_of_its_day_and_keeps_marks() -> None:
    book = small_book()
    record = general_meeting(book)
    marked = (
        replace(record.attendance[0], presence=Presence.ABSENT, reason="未说明"),
        *record.attendance[1:],
    )
    draft = save_record(book, replace(record, attendance=marked), actor()).value
    with book.reading() as reading:
        assert following_roster(reading, draft, actor()).record is draft
    came = Person(uuid4(), "新来示例", position=50)
    add_person(book, came, Joining(FIRST_BRANCH, date(2026, 11, 1)), actor(1))
    transfer_out(book, named("吴示例"), date(2026, 11, 10), "外单位", "1", actor(2))
    with book.reading() as reading:
        followed = following_roster(reading, draft, actor(3))
    assert (followed.added, followed.gone) == (("新来示例",), ("吴示例",))
    assert followed.record.attendance[0] == marked[0]
    assert len(followed.record.attendance) == 6


def test_a_final_record_never_follows_the_roster() -> None:
    book = small_book()
    final = finalised(book, general_meeting(book))
    transfer_out(book, named("吴示例"), date(2026, 11, 10), "外单位", "1", actor(2))
    with book.reading() as reading:
        assert following_roster(reading, final, actor(3)).record is final


def with_resolution(book: FakeBook) -> Record:
    """A final general meeting that passed one resolution."""
    record = general_meeting(book)
    item = replace(record.agenda[0], resolutions=(Resolution(uuid4(), "整理档案室"),))
    return finalised(book, replace(record, agenda=(item,)))


def only_resolution(record: Record) -> Resolution:
    return record.agenda[0].resolutions[0]


def test_a_correction_begun_before_a_resolution_was_carried_out_keeps_that_it_was() -> None:
    book = small_book()
    begun = with_resolution(book)
    close_resolution(book, begun.id, only_resolution(begun).id, date(2026, 11, 22), "已整理", actor(1))
    corrected = correct(book, replace(begun, venue="302"), "地点写错", actor(2), begun).value
    assert (only_resolution(corrected).done_on, only_resolution(corrected).outcome) == (
        date(2026, 11, 22),
        "已整理",
    )
    assert corrected.venue == "302"


def test_a_correction_may_not_drop_a_resolution_that_was_carried_out_meanwhile() -> None:
    book = small_book()
    begun = with_resolution(book)
    close_resolution(book, begun.id, only_resolution(begun).id, date(2026, 11, 22), "已整理", actor(1))
    without = replace(begun, agenda=(replace(begun.agenda[0], resolutions=()),))
    with pytest.raises(RefusedProblem, match="已有别的改动（整理档案室）"):
        correct(book, without, "并未形成决议", actor(2), begun)
    with book.reading() as reading:
        now = reading.get(Record, begun.id)
    assert correct(book, replace(without, agenda=without.agenda), "并未形成决议", actor(3), now).value.agenda


def test_a_correction_of_an_old_copy_is_refused() -> None:
    book = small_book()
    begun = finalised(book, general_meeting(book))
    correct(book, replace(begun, venue="302"), "地点写错", actor(1), begun)
    with pytest.raises(RefusedProblem, match="已有别的改动"):
        correct(book, replace(begun, subject="讨论全年工作"), "主题写错", actor(2), begun)
