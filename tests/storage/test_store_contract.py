"""What services may rely on, whoever keeps the book: the file on disk and the fake in memory alike."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from branchbook.domain.checklists import Checklist, ChecklistTick
from branchbook.domain.history import Touch
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment, Record, RecordState
from branchbook.services.codec import from_json, to_json
from branchbook.services.store import Draft, PrintedPaper, RecordQuery, Setting
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.storage.either_book import everything, put
from tests.storage.example import (
    ABDU,
    BRANCH,
    CHECKLIST,
    FACTS,
    ROSTER,
    TERM,
    TICK,
    ZHOU,
    attached,
    head,
    identity,
    meeting,
)


@pytest.fixture(params=["file", "memory"])
def book(request, tmp_path):
    """An empty book of either kind."""
    opened = FakeBook() if request.param == "memory" else Shelf().create(tmp_path / "簿.branchbook", "试用员")
    yield opened
    opened.close()


@pytest.fixture
def peopled(book):
    """The book with a branch and two members."""
    put(book, *ROSTER, operation="roster")
    return book


def test_values_come_back_equal(peopled):
    record = meeting()
    put(peopled, record, CHECKLIST, TICK, Setting("a", '"值"'))
    with peopled.reading() as reading:
        assert reading.get(Record, record.id) == record
        assert reading.get(Organisation, BRANCH.id) == BRANCH
        assert reading.get(Checklist, CHECKLIST.id) == CHECKLIST
        assert reading.get(ChecklistTick, TICK.id) == TICK
        assert reading.get(Person, identity("nobody")) is None
        assert reading.setting("a") == '"值"'
        assert reading.setting("b") is None


def test_the_roster_holds_people_facts_organisations_and_terms(peopled):
    with peopled.reading() as reading:
        roster = reading.roster()
    assert set(roster.people) == {ZHOU, ABDU}
    assert set(roster.facts) == set(FACTS)
    assert roster.organisations == (BRANCH,)
    assert roster.terms == (TERM,)
    assert [person.name for person in roster.members_on(BRANCH.id, date(2026, 1, 1))] == [
        ZHOU.name,
        ABDU.name,
    ]


def test_all_is_in_order_of_id(peopled):
    found = everything(peopled, PersonFact)
    assert [fact.id for fact in found] == sorted((fact.id for fact in FACTS), key=str)


def test_put_replaces_by_id_and_all_that_the_value_owns(peopled):
    record = meeting()
    put(peopled, record, operation="one")
    shorter = replace(
        record, attendance=record.attendance[1:], agenda=record.agenda[:1], kinds=("theme_day",)
    )
    put(peopled, shorter, operation="two")
    assert everything(peopled, Record) == (shorter,)
    with peopled.reading() as reading:
        assert reading.summaries(RecordQuery(kinds=("general_meeting",))) == ()
        assert len(reading.summaries(RecordQuery(kinds=("theme_day",)))) == 1


def test_a_block_that_fails_leaves_nothing(peopled):
    def fail():
        with peopled.writing(head("fails")) as writing:
            writing.put(meeting())
            writing.keep_content(b"bytes")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert everything(peopled, Record) == ()
    with peopled.reading() as reading:
        assert reading.content(hashlib.sha256(b"bytes").hexdigest()) is None
        assert [operation.head.id for operation in reading.operations(10)] == [identity("roster")]


def test_a_value_that_refers_to_nothing_is_refused_at_the_end(book):
    with pytest.raises(RefusedProblem):
        put(book, *FACTS)
    assert everything(book, PersonFact) == ()


def test_order_within_an_operation_is_free(book):
    put(book, *reversed(ROSTER))
    assert len(everything(book, PersonFact)) == len(FACTS)


def test_what_is_referred_to_cannot_be_removed(peopled):
    with pytest.raises(RefusedProblem), peopled.writing(head("gone")) as writing:
        writing.remove(Person, ZHOU.id)
    with peopled.reading() as reading:
        assert reading.get(Person, ZHOU.id) == ZHOU


def test_an_operation_notes_each_value_once_before_and_after(peopled):
    renamed, final = replace(ZHOU, name="周试三"), replace(ZHOU, name="周试四")
    with peopled.writing(head("rename", "改名")) as writing:
        writing.put(renamed)
        writing.put(final)
        writing.put(ABDU)
        assert writing.touches() == (Touch("person", str(ZHOU.id), to_json(ZHOU), to_json(final)),)
    with peopled.reading() as reading:
        latest = reading.operations(1)[0]
        assert latest.head == head("rename", "改名")
        assert latest.touches == (Touch("person", str(ZHOU.id), to_json(ZHOU), to_json(final)),)
        assert reading.operation(identity("rename")) == latest
        assert reading.operation(identity("no such")) is None
        assert reading.current_json("person", str(ZHOU.id)) == to_json(final)


def test_an_operation_that_changed_nothing_leaves_no_line(peopled):
    with peopled.writing(head("same")) as writing:
        writing.put(ZHOU)
        writing.put(replace(ABDU, note="a"))
        writing.put(ABDU)
        assert writing.touches() == ()
    with peopled.reading() as reading:
        assert len(reading.operations(10)) == 1


def test_history_of_a_value_and_pages_of_history(peopled):
    for number in range(3):
        put(
            peopled,
            replace(ZHOU, note=str(number)),
            replace(ABDU, note=str(number)),
            operation=f"note {number}",
        )
    with peopled.reading() as reading:
        lines = reading.history_of("person", str(ZHOU.id))
        assert [line.head.id for line in lines] == [
            identity(name) for name in ("note 2", "note 1", "note 0", "roster")
        ]
        assert all({touch.entity_id for touch in line.touches} == {str(ZHOU.id)} for line in lines)
        first = reading.operations(2)
        second = reading.operations(2, before_number=first[-1].number)
        numbers = [line.number for line in first + second]
        assert numbers == sorted(numbers, reverse=True)
        assert len(set(numbers)) == 4


def test_undo_by_json(peopled):
    record = meeting()
    put(peopled, record)
    with peopled.writing(head("undo", "撤销")) as writing:
        writing.put_json("record", str(record.id), None)
    assert everything(peopled, Record) == ()
    with peopled.writing(head("redo", "重做")) as writing:
        writing.put_json("record", str(record.id), to_json(record))
    assert everything(peopled, Record) == (record,)


def test_the_recycle_bin_keeps_what_was_removed_until_it_is_back(peopled):
    record, setting = meeting(), Setting("width", "3")
    put(peopled, record, setting)
    with peopled.writing(head("remove", "删除", hour=10)) as writing:
        writing.remove(Record, record.id)
        writing.put_json("setting", "width", None)
        writing.remove(Record, identity("never was"))
    with peopled.reading() as reading:
        (kept,) = reading.removed()
        assert (kept.entity, kept.entity_id, kept.removed_at) == (
            "record",
            str(record.id),
            datetime(2026, 11, 24, 10, tzinfo=UTC),
        )
        assert kept.operation_id == identity("remove")
        assert from_json("record", kept.payload) == record
        assert reading.setting("width") is None
    put(peopled, record, operation="restore")
    with peopled.reading() as reading:
        assert reading.removed() == ()


def test_lists_by_organisation_kind_and_day(peopled):
    may, june = (
        meeting("may", date(2026, 5, 31)),
        meeting("june", date(2026, 6, 1), kinds=("theme_day", "party_lesson")),
    )
    undated = meeting("undated", None, state=RecordState.DRAFT)
    put(peopled, may, june, undated)
    with peopled.reading() as reading:

        def ids(**query):
            return [each.id for each in reading.summaries(RecordQuery(**query))]

        assert ids() == [undated.id, june.id, may.id]
        assert [each.id for each in reading.records(RecordQuery())] == [may.id, june.id, undated.id]
        assert ids(undated=False) == [june.id, may.id]
        assert ids(from_on=date(2026, 6, 1), undated=False) == [june.id]
        assert ids(to_on=date(2026, 5, 31)) == [undated.id, may.id]
        assert ids(kinds=("party_lesson",)) == [june.id]
        assert ids(ids=(may.id,)) == [may.id]
        assert ids(organisation_ids=(identity("other"),)) == []
        summary = reading.summaries(RecordQuery(ids=(june.id,)))[0]
        assert (summary.kinds, summary.people, summary.held_on) == (june.kinds, june.people, june.held_on)


def test_attendance_of_the_year_counts_final_records_only(peopled):
    first, draft = meeting("first"), meeting("draft", state=RecordState.DRAFT)
    put(peopled, first, draft, meeting("last year", date(2025, 12, 31)))
    with peopled.reading() as reading:
        lines = reading.attendance_lines((BRANCH.id,), 2026)
        assert [(line.record_id, line.person_id, line.presence) for line in lines] == [
            (first.id, ZHOU.id, "present"),
            (first.id, ABDU.id, "on_leave"),
        ]
        assert lines[0].held_on == first.held_on
        assert lines[0].kinds == first.kinds
        assert reading.attendance_lines((), 2026) == ()


def test_the_first_day_is_that_of_the_earliest_dated_record(peopled):
    with peopled.reading() as reading:
        assert reading.first_day() is None
    put(peopled, meeting("first"), meeting("last year", date(2025, 12, 31)), meeting("undated", None))
    with peopled.reading() as reading:
        assert reading.first_day() == date(2025, 12, 31)


def test_resolutions_the_latest_first_open_or_all(peopled):
    old, new = meeting("old", date(2025, 1, 1)), meeting("new", done_on=date(2026, 5, 20))
    put(peopled, old, new)
    with peopled.reading() as reading:
        everything_resolved = reading.resolutions((BRANCH.id,), open_only=False)
        assert [each.record_id for each in everything_resolved] == [new.id, old.id]
        assert (everything_resolved[0].item_number, everything_resolved[0].item_title) == (1, "防汛值班")
        assert everything_resolved[0].resolution == new.agenda[0].resolutions[0]
        assert [each.record_id for each in reading.resolutions((BRANCH.id,), open_only=True)] == [old.id]
        assert reading.resolutions((), open_only=False) == ()


def test_contents_are_kept_once_and_attachments_come_in_order(peopled):
    first, second = meeting("first"), meeting("second")
    with peopled.writing(head("attach")) as writing:
        sha256 = writing.keep_content(b"bytes")
        assert writing.keep_content(b"bytes") == sha256 == hashlib.sha256(b"bytes").hexdigest()
        late, early = attached(first, sha256, "b.jpg", 1), attached(first, sha256, "a.jpg", 0)
        other = attached(second, sha256)
        writing.put_all((first, second, late, early, other))
    with peopled.reading() as reading:
        assert reading.attachments_of((second.id, first.id)) == (other, early, late)
        assert reading.attachments_of(()) == ()
        assert reading.content(sha256) == b"bytes"
        assert reading.content("0" * 64) is None
        assert len(reading.all(Attachment)) == 3


def test_settings_by_prefix(book):
    put(book, Setting("paper.a", "1"), Setting("paper.b", "2"), Setting("papers", "3"), Setting("name", "4"))
    put(book, Setting("paper.a", "5"), operation="again")
    with book.reading() as reading:
        assert reading.settings("paper.") == {"paper.a": "5", "paper.b": "2"}
        assert len(reading.settings()) == 4


def test_drafts_leave_no_history(book):
    early = Draft(identity("a"), "record", '{"字":1}', datetime(2026, 1, 1, 8, tzinfo=UTC))
    late = Draft(identity("b"), "person", "{}", datetime(2026, 1, 1, 9, tzinfo=UTC))
    book.save_draft(early)
    book.save_draft(late)
    book.save_draft(replace(early, payload='{"字":2}'))
    book.drop_draft(identity("never was"))
    with book.reading() as reading:
        assert reading.drafts() == (late, replace(early, payload='{"字":2}'))
        assert reading.operations(10) == ()
    book.drop_draft(late.id)
    with book.reading() as reading:
        assert [draft.id for draft in reading.drafts()] == [early.id]


def kept_drafts(book):
    with book.reading() as reading:
        return [draft.id for draft in reading.drafts()]


def two_drafts(book):
    for name in ("a", "b"):
        book.save_draft(Draft(identity(name), "record", "{}", datetime(2026, 1, 1, 8, tzinfo=UTC)))


def test_an_operation_that_takes_up_a_draft_forgets_it_and_only_it(peopled):
    two_drafts(peopled)
    with peopled.writing(head("take up")) as writing:
        writing.put(meeting())
        writing.drop_draft(identity("a"))
        assert [draft.id for draft in writing.drafts()] == [identity("b")]
        writing.drop_draft(identity("never was"))
    assert kept_drafts(peopled) == [identity("b")]


def test_an_operation_that_fails_keeps_the_draft(peopled):
    two_drafts(peopled)

    def fail():
        with peopled.writing(head("fails")) as writing:
            writing.put(meeting())
            writing.drop_draft(identity("a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sorted(kept_drafts(peopled), key=str) == sorted([identity("a"), identity("b")], key=str)


def test_forgetting_a_draft_alone_leaves_no_line_of_history(book):
    two_drafts(book)
    with book.writing(head("forget")) as writing:
        writing.drop_draft(identity("a"))
    assert kept_drafts(book) == [identity("b")]
    with book.reading() as reading:
        assert reading.operations(10) == ()


def test_printed_papers_are_noted_without_history(book):
    first = PrintedPaper(identity("p"), "A1", "x", datetime(2026, 1, 1, tzinfo=UTC), "c", "d")
    second = PrintedPaper(identity("q"), "A1", "y", datetime(2026, 1, 2, tzinfo=UTC), "c", "d", "e")
    with book.writing(head("print")) as writing:
        writing.put_printed(first)
        writing.put_printed(second)
        writing.put_printed(replace(first, content_hash="new"))
    with book.reading() as reading:
        assert reading.printed() == (second, replace(first, content_hash="new"))
        assert reading.printed("y") == (second,)
        assert reading.operations(10) == ()


@pytest.mark.parametrize(
    "words, found",
    [
        ("防汛", "record"),
        ("防汛 值班表", "record"),
        ("2026-05-08", "record"),
        ("周试", "person"),
        ("zsy", "person"),
        ("全景", "attachment"),
    ],
)
def test_search_finds_words_dates_and_initials(peopled, words, found):
    record = meeting()
    with peopled.writing(head("search")) as writing:
        writing.put_all((record, attached(record, writing.keep_content(b"bytes"))))
    with peopled.reading() as reading:
        assert found in [hit.entity for hit in reading.search(words)]
        assert reading.search("防汛 没有这个词") == ()
        assert reading.search("   ") == ()
        assert len(reading.search("试", limit=1)) == 1


def test_values_of_an_operation_are_seen_within_it(peopled):
    with peopled.writing(head("inside")) as writing:
        writing.put(meeting(minutes="独一无二的措辞"))
        assert len(writing.search("独一无二")) == 1
        assert len(writing.records(RecordQuery())) == 1


def test_the_roster_within_an_operation_follows_its_changes(peopled):
    with peopled.writing(head("roster again")) as writing:
        assert len(writing.roster().people) == 2
        writing.put(replace(ZHOU, id=identity("third")))
        assert len(writing.roster().people) == 3
        writing.put(meeting())
        assert writing.roster().person_by_id[identity("third")].name == ZHOU.name
        writing.remove(Person, identity("third"))
        assert len(writing.roster().people) == 2
