"""A private talk: what lists, papers, handbook and history leave out, and what comes back when asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.dates import Period
from branchbook.domain.papers import RecordTable, Sheet
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import PRIVATE, AgendaItem, Record
from branchbook.services.attachments import describe_attachment, remove_attachment
from branchbook.services.codec import to_json
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.handbook import handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.history import history_lines, operation_changes, value_history
from branchbook.services.list_export import record_table
from branchbook.services.list_import import preview_lists
from branchbook.services.measures import facts_of
from branchbook.services.meetings import correct, finalise, remove_record, save_record
from branchbook.services.mentions import mentions_of
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printed_papers import note_paper, stale_papers
from branchbook.services.printing import texts_of
from branchbook.services.printing_press import PressedPaper
from branchbook.services.privacy import WITHHELD, is_private_json, may_be_private, open_part
from branchbook.services.record_defaults import copy_last
from branchbook.services.recycle_bin import bin_lines
from branchbook.services.reports import lists_of
from branchbook.services.reprinting import papers_to_reprint
from branchbook.services.search import search
from branchbook.services.statistics import counted_lines
from branchbook.services.store import Book
from tests.services.listed_year import opened
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    PEOPLE,
    TODAY,
    attach_photo,
    drafts,
    identity,
    meeting,
    ref,
    sample,
)

SECRETS = ("住院借款", "盼望调岗", "帮助联系医保", "家庭变故、生活困难", "谈家事")
TALK = meeting(
    "私密谈话",
    ("heart_to_heart_talk",),
    date(2026, 6, 8),
    attendance=(),
    subject="谈家事",
    people={"talker": (ref(1, "secretary"),), "talked_with": (ref(5),), "recorder": (ref(2),)},
    fields={
        "content": "住院借款",
        "requests": "盼望调岗",
        "follow_up": "帮助联系医保",
        "talk_kind": "委员与党员",
        "talk_occasion": "家庭变故、生活困难",
        "signed": ("谈话人已签",),
        PRIVATE: True,
    },
)


@pytest.fixture
def book() -> Book:
    made = sample(without=frozenset(drafts())).book
    save_record(made, TALK, ACTOR)
    finalise(made, TALK.id, ACTOR)
    return made


def words(sheets: tuple[Sheet, ...]) -> str:
    return "\n".join(text for sheet in sheets for text in (sheet.title, *texts_of(sheet)))


def printed(book: Book, **how: object) -> str:
    with book.reading() as reading:
        return words(sheets_for(reading, PaperRequest(day=TODAY, **how)))  # type: ignore[arg-type]


def none_of(text: str) -> bool:
    return not [secret for secret in SECRETS if secret in text]


def test_the_record_keeps_everything(book):
    with book.reading() as reading:
        kept = reading.get(Record, TALK.id)
    assert kept is not None
    assert kept.fields == TALK.fields
    assert kept.is_private


def test_the_open_part_says_who_when_and_of_which_kind_only():
    shown = open_part(replace(TALK, agenda=(AgendaItem(identity("i"), "住院借款"),), occasion="谈家事"))
    assert shown.people == TALK.people
    assert (shown.held_on, shown.venue) == (TALK.held_on, TALK.venue)
    assert set(shown.fields) == {"talk_kind", "signed", PRIVATE}
    assert none_of(to_json(shown))
    assert open_part(shown) == shown


def test_what_is_not_private_is_shown_as_it_is():
    usual = replace(TALK, fields={**TALK.fields, PRIVATE: False})
    assert open_part(usual) is usual


def test_only_talks_can_be_private():
    assert may_be_private(("heart_to_heart_talk",))
    assert not may_be_private(("general_meeting", "party_lesson"))


def test_the_mark_is_read_from_the_json_of_the_record_alone():
    assert is_private_json(to_json(TALK))
    typed = replace(TALK, fields={"content": '"private":true'}, subject='{"private":true}')
    assert not is_private_json(to_json(typed))
    assert not is_private_json(None)


def test_the_paper_leaves_the_content_out_unless_asked_for(book):
    left_out = printed(book, paper="talk_record", record_id=TALK.id)
    assert none_of(left_out)
    assert WITHHELD in left_out
    assert {"钱乙二（书记）", "吴己六", "委员与党员"} <= set(left_out.split("\n"))
    asked = printed(book, paper="talk_record", record_id=TALK.id, private_content=True)
    assert all(secret in asked for secret in SECRETS)
    assert WITHHELD not in asked


def test_so_does_the_table_of_the_year(book):
    left_out = printed(book, paper="talk_summary", organisation_id=BRANCH, year=2026)
    assert none_of(left_out)
    assert WITHHELD in left_out
    assert "吴己六" in left_out
    asked = printed(book, paper="talk_summary", organisation_id=BRANCH, year=2026, private_content=True)
    assert {"谈家事", "帮助联系医保", "家庭变故、生活困难"} <= set(asked.split("\n"))


def test_the_handbook_never_has_it(book):
    attach_photo(book, TALK.id, b"photo", "住院借款")
    with book.reading() as reading:
        made = handbook(reading, HandbookRequest(BRANCH, 2026, TODAY))
    parts = {each.part for each in made.sections}
    assert {"heart_to_heart_talk", "talk_summary"} <= parts
    assert "photo_page" not in parts
    text = "\n".join((each.section.bookmark + words((each.section.sheet,))) for each in made.sections)
    assert none_of(text)


def test_photos_of_a_private_talk_print_only_when_asked_for(book):
    attach_photo(book, TALK.id, b"photo", "住院借款")
    with pytest.raises(RefusedProblem):
        printed(book, paper="photo_page", record_id=TALK.id)
    assert "住院借款" in printed(book, paper="photo_page", record_id=TALK.id, private_content=True)


def test_history_tells_that_it_changed_and_not_what(book):
    with book.reading() as reading:
        changes = value_history(reading, "record", str(TALK.id))
        operations = reading.operations(5)
        of_operations = [each for made in operations for each in operation_changes(reading, made.head.id)]
    assert changes
    said = [line for each in (*changes, *of_operations) for line in each.differences]
    assert none_of("\n".join(f"{each.label}{each.before}{each.after}" for each in said))
    assert WITHHELD in {each.label for each in said}


def test_what_was_typed_before_it_was_marked_is_private_too():
    made = sample(without=frozenset(drafts())).book
    save_record(made, replace(TALK, fields={**TALK.fields, PRIVATE: False}), ACTOR)
    with made.reading() as reading:
        [before] = value_history(reading, "record", str(TALK.id))
    assert any("住院借款" in each.after for each in before.differences)
    save_record(made, TALK, ACTOR)
    with made.reading() as reading:
        changes = value_history(reading, "record", str(TALK.id))
    assert [line.label for each in changes for line in each.differences] == [WITHHELD, WITHHELD]


def test_lists_name_the_people_and_no_subject(book):
    with book.reading() as reading:
        [mention] = [each for each in mentions_of(reading, PEOPLE[5]) if each.record_id == TALK.id]
        table = record_table(reading, BRANCH, 2026, TODAY)
    assert (mention.subject, mention.roles) == ("", ("谈话对象",))
    assert none_of(str(table.rows))


def test_a_paper_printed_with_its_content_makes_the_handbook_no_reprint(book):
    request = PaperRequest("talk_record", TODAY, record_id=TALK.id, private_content=True)
    with book.reading() as reading:
        sheets = sheets_for(reading, request)
    note_paper(book, request, sheets, PressedPaper(b"pdf", 1, ()), ACTOR)
    with book.reading() as reading:
        assert stale_papers(reading, HandbookRequest(BRANCH, 2026, TODAY)) == ()
        assert papers_to_reprint(reading, TALK.id, TODAY) == ()
    with book.reading() as reading:
        kept = reading.get(Record, TALK.id)
    assert kept is not None
    correct(book, replace(kept, fields={**kept.fields, "content": "已还清"}), "写漏了", ACTOR)
    with book.reading() as reading:
        assert [each.paper for each in papers_to_reprint(reading, TALK.id, TODAY)] == ["talk_record"]


def test_a_draft_left_by_a_crash_does_not_tell_its_subject():
    made = sample(without=frozenset(drafts())).book
    keep_draft(made, TALK, ACTOR)
    [found] = found_drafts(made)
    assert found.words == "（未写主题） 2026-06-08"
    assert found.value == TALK


def test_a_blank_paper_has_both_signatures_and_no_word_of_privacy(book):
    with book.reading() as reading:
        [sheet] = sheets_for(reading, PaperRequest("talk_record", TODAY, organisation_id=BRANCH, blank=True))
    assert sheet.values is None
    assert isinstance(sheet.paper.layout, RecordTable)
    assert sheet.paper.layout.signatures == ("谈话人（签名）", "谈话对象（签名）")


def test_a_talk_after_the_pattern_of_a_private_one_takes_over_nothing_of_it(book):
    with book.reading() as reading:
        copied = copy_last(reading, "heart_to_heart_talk", BRANCH, TODAY, ACTOR)
    assert not copied.is_private
    assert copied.fields == {"talk_kind": "委员与党员"}, "neither signatures nor the occasion"
    assert copied.subject == ""


def test_a_reason_of_a_correction_is_not_told_either(book):
    with book.reading() as reading:
        kept = reading.get(Record, TALK.id)
    assert kept is not None
    correct(book, replace(kept, venue="会议室"), "住院借款写错", ACTOR)
    with book.reading() as reading:
        lines, changes = history_lines(reading), value_history(reading, "record", str(TALK.id))
    assert none_of("".join([*(each.reason for each in lines), *(each.reason for each in changes)]))


def test_a_hit_is_called_by_its_kind_where_its_subject_is_private(book):
    with book.reading() as reading:
        found = search(reading, "吴己六", TODAY)
    [line] = [line for group in found.groups for line in group.lines if line.entity_id == TALK.id]
    assert line.title == "谈话"
    assert none_of(f"{line.title}{line.where}{line.snippet}")


def test_the_records_behind_a_number_tell_no_subject(book):
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    with book.reading() as reading:
        facts = facts_of(reading, period, BRANCH, {"records"})["records"]
        said = counted_lines(reading, facts)
        listed = lists_of(reading, period, BRANCH)
    assert "谈心谈话" in {each.words for each in said}
    assert listed["谈心谈话"]
    assert none_of(str((facts, said, listed)))


def test_a_list_that_is_read_back_calls_a_private_talk_by_its_day():
    made = sample(without=frozenset(drafts())).book
    save_record(made, TALK, ACTOR)
    with made.reading() as reading:
        table = record_table(reading, BRANCH, 2026, TODAY)
        titles = [row.title for row in preview_lists(reading, opened(table), ACTOR).rows]
    assert "2026-06-08" in titles
    assert none_of("".join(titles))


def test_a_file_of_a_private_talk_is_named_neither_in_the_history_nor_in_the_bin(book):
    attached = attach_photo(book, TALK.id, b"photo", "住院借款")
    describe_attachment(book, attached.id, ACTOR, file_name="谈家事.png")
    with book.reading() as reading:
        [line] = [each for each in history_lines(reading) if each.label == "添加照片"]
        changes = operation_changes(reading, line.operation_id)
    assert line.subjects == ("附件",)
    assert [(each.name, each.differences[0].label) for each in changes] == [("附件", WITHHELD)]
    remove_attachment(book, attached.id, ACTOR)
    remove_record(book, TALK.id, ACTOR, reason="住院借款已还")
    with book.reading() as reading:
        told = [*bin_lines(reading), *history_lines(reading)]
        changes = value_history(reading, "attachment", str(attached.id))
    assert none_of(str((told, changes)))
