"""What a private record leaves out of lists and search, and what the book keeps of it all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.domain.records import PRIVATE, AgendaItem, PersonRef, Record, RecordState
from branchbook.services.store import RecordQuery
from branchbook.storage import search_index
from tests.fakes import FakeBook
from tests.storage.example import ABDU, ROSTER, ZHOU, attached, head, identity, meeting
from tests.storage.test_search import ids, put


def change(book, value, operation):
    with book.writing(head(operation)) as writing:
        writing.put(value)


TALK = replace(
    meeting("talk", subject="家里老人住院"),
    kinds=("heart_to_heart_talk",),
    state=RecordState.FINAL,
    people={"talker": (PersonRef(ZHOU.name, ZHOU.id),), "talked_with": (PersonRef(ABDU.name, ABDU.id),)},
    fields={"content": "谈到借款周转", "talk_kind": "委员与党员", PRIVATE: True},
    agenda=(AgendaItem(identity("talk-item"), "困难补助"),),
    observers=(),
    venue="活动室",
)
OPEN = replace(TALK, fields={**TALK.fields, PRIVATE: False})
SECRETS = ("老人住院", "借款", "困难补助", "周转")


def summary(book):
    with book.reading() as reading:
        [found] = reading.summaries(RecordQuery(ids=(TALK.id,)))
        return found


def test_a_private_record_is_found_by_its_people_and_day_alone(book):
    put(book, TALK)
    assert all(TALK.id not in ids(book, secret) for secret in SECRETS)
    assert TALK.id in ids(book, ABDU.name)
    assert TALK.id in ids(book, TALK.held_on.isoformat())


def test_no_snippet_shows_what_is_private(book):
    put(
        book, replace(TALK, subject=f"{ABDU.name}的事", fields={"content": f"{ABDU.name}借款", PRIVATE: True})
    )
    with book.reading() as reading:
        [hit] = [each for each in reading.search(ABDU.name) if each.entity_id == TALK.id]
    assert (hit.title, hit.snippet) == ("", ABDU.name)


def test_marking_and_unmarking_moves_the_text_out_of_the_index_and_back(book):
    put(book, OPEN)
    assert TALK.id in ids(book, "借款")
    change(book, replace(TALK, venue="会议室"), "mark")
    assert TALK.id not in ids(book, "借款")
    change(book, replace(OPEN, venue="图书室"), "unmark")
    assert TALK.id in ids(book, "借款")


def test_what_hangs_on_a_private_record_is_not_found_either(book):
    with book.writing(head("keep")) as writing:
        sha256 = writing.keep_content(b"12345")
    file = attached(TALK, sha256, "借条扫描.jpg")
    put(book, OPEN, file)
    assert file.id in ids(book, "借条")
    change(book, replace(TALK, venue="会议室"), "mark")
    assert file.id not in ids(book, "借条")
    change(book, replace(OPEN, venue="图书室"), "unmark")
    assert file.id in ids(book, "借条")


def test_the_index_agrees_with_what_is_private(book):
    put(book, TALK)
    connection = book.file.connection
    assert not search_index.index_differs(connection)
    search_index.rebuild_index(connection)
    assert not search_index.index_differs(connection)


@pytest.fixture(params=["file", "memory"])
def either(request, book):
    """A book of either kind with a roster."""
    if request.param == "file":
        return book
    fake = FakeBook()
    put(fake, *ROSTER)
    return fake


def test_a_list_has_no_subject_of_a_private_record(either):
    put(either, TALK)
    found = summary(either)
    assert (found.subject, found.people) == ("", TALK.people)
    with either.reading() as reading:
        assert reading.get(Record, TALK.id) == TALK


@pytest.mark.parametrize("text", ['"private":true', '{"private":true}', '\\"private":true'])
def test_a_text_that_looks_like_the_mark_makes_nothing_private(book, text):
    put(book, replace(TALK, fields={"content": text}))
    assert summary(book).subject == TALK.subject
