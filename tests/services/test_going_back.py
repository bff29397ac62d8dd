"""Earlier states come back by a further operation; what is final does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record, RecordState
from branchbook.services.going_back import go_back, why_not_back
from branchbook.services.history import value_history
from branchbook.services.noting import note
from branchbook.services.operations import Actor
from branchbook.services.store import Setting
from tests.fakes import FakeBook
from tests.storage.conftest import make_book
from tests.storage.example import BRANCH, ROSTER, ZHOU, attached, head, identity, meeting

DRAFT = meeting("draft", state=RecordState.DRAFT, subject="一稿")
ACTOR = Actor("李操作", head(hour=15).at)


@pytest.fixture(params=["stored", "fake"])
def any_book(request, tmp_path):
    """A real book and one in memory."""
    if request.param == "stored":
        opened: Any = make_book(tmp_path / "簿.branchbook")
    else:
        opened = FakeBook()
        put(opened, "first", *ROSTER, meeting())
    yield opened
    opened.close()


def put(book, name, *values, hour=10):
    operation = head(name, name, hour)
    with book.writing(operation) as writing:
        writing.put_all(values)
    return operation.id


def remove(book, name, kind, key):
    operation = head(name, name, 13)
    with book.writing(operation) as writing:
        writing.remove(kind, key)
    return operation.id


def get(book, kind, key):
    with book.reading() as reading:
        return reading.get(kind, key)


def refused(book, operation, words, only=None):
    with pytest.raises(RefusedProblem, match=words):
        go_back(book, operation, ACTOR, only)
    with book.reading() as reading:
        return why_not_back(reading, operation, only)


def test_a_draft_becomes_what_it_was_and_the_history_grows(any_book):
    first = put(any_book, "一稿", DRAFT)
    put(any_book, "二稿", replace(DRAFT, subject="二稿"), hour=11)
    with any_book.reading() as reading:
        assert why_not_back(reading, first) == ""
    outcome = go_back(any_book, first, ACTOR)
    assert outcome.value == ("记录“2026-05-08 支部党员大会”",)
    assert get(any_book, Record, DRAFT.id) == DRAFT
    with any_book.reading() as reading:
        changes = value_history(reading, "record", str(DRAFT.id))
    assert [each.label for each in changes] == ["恢复到 2026-11-24 10:00 的内容", "二稿", "一稿"]
    (difference,) = changes[0].differences
    assert (difference.label, difference.before, difference.after) == ("主题", "二稿", "一稿")


def test_only_the_value_that_is_named(any_book):
    first = put(any_book, "一", DRAFT, replace(ZHOU, phone="1"))
    put(any_book, "二", replace(DRAFT, subject="二稿"), replace(ZHOU, phone="2"), hour=11)
    go_back(any_book, first, ACTOR, ("person", str(ZHOU.id)))
    assert get(any_book, Person, ZHOU.id).phone == "1"
    assert get(any_book, Record, DRAFT.id).subject == "二稿"
    go_back(any_book, first, ACTOR)
    assert get(any_book, Record, DRAFT.id) == DRAFT


def test_what_was_deleted_since_comes_back(any_book):
    first = put(any_book, "一稿", DRAFT)
    remove(any_book, "删", Record, DRAFT.id)
    go_back(any_book, first, ACTOR)
    assert get(any_book, Record, DRAFT.id) == DRAFT
    with any_book.reading() as reading:
        assert reading.removed() == ()


def test_a_final_record_is_only_corrected(any_book):
    first = put(any_book, "一稿", DRAFT)
    put(any_book, "定稿", replace(DRAFT, state=RecordState.FINAL), hour=11)
    assert "已经定稿" in refused(any_book, first, "已经定稿或办结")
    assert get(any_book, Record, DRAFT.id).state is RecordState.FINAL


def test_a_draft_does_not_become_final_so(any_book):
    final = put(any_book, "定稿", replace(DRAFT, state=RecordState.FINAL))
    put(any_book, "撤销", DRAFT, hour=11)
    assert "定稿" in refused(any_book, final, "那时的内容是定稿")


def test_attachments_of_a_final_record_stay(any_book):
    with any_book.writing(head("photo", "附件", 10)) as writing:
        sha256 = writing.keep_content(b"photo")
        writing.put(attached(meeting(), sha256))
    put(any_book, "说明", replace(attached(meeting(), sha256), caption="改"), hour=11)
    assert refused(any_book, head("photo").id, "已经定稿或办结")


@pytest.mark.parametrize("key", ["handbook.x:2026", "transfer.x"])
def test_what_was_done_is_not_taken_back_so(any_book, key):
    first = put(any_book, "一", Setting(key, "1"))
    put(any_book, "二", Setting(key, "2"), hour=11)
    assert refused(any_book, first, "这是办理的登记")


def test_nothing_to_do_a_deletion_and_an_unknown_step_are_refused(any_book):
    first = put(any_book, "一稿", DRAFT)
    assert "现在就是" in refused(any_book, first, "现在就是这一步之后的内容")
    gone = remove(any_book, "删", Record, DRAFT.id)
    put(any_book, "又", DRAFT, hour=14)
    assert "删除" in refused(any_book, gone, "这一步是删除")
    assert refused(any_book, ZHOU.id, "历史中没有这一步")


def test_a_procedure_does_not_go_back_behind_the_roster_it_wrote(any_book):
    procedure = Procedure(identity("p"), "term_election", BRANCH.id, date(2026, 11, 1))
    first = put(any_book, "开始", procedure)
    second = put(any_book, "填写", replace(procedure, note="二"), hour=11)
    with any_book.writing(head("就任", "就任", 12)) as writing:
        writing.put(replace(procedure, note="三"))
        writing.put(replace(ZHOU, note="书记"))
    assert "更新了名册" in refused(any_book, first, "更新了名册")
    third = put(any_book, "后来", replace(procedure, note="四"), hour=14)
    assert "更新了名册" in refused(any_book, second, "更新了名册")
    go_back(any_book, head("就任").id, ACTOR, ("procedure", str(procedure.id)))
    assert get(any_book, Procedure, procedure.id).note == "三"
    assert third


def test_what_was_noted_is_not_made_what_it_was_before(any_book):
    first = note(any_book, "identity_number", "显示完整身份证号：周试一", ACTOR).changes.operation_id
    note(any_book, "identity_number", "显示完整身份证号：陈试二", ACTOR)
    assert refused(any_book, first, "不能恢复到从前") == "这是办理的登记，不能恢复到从前"
