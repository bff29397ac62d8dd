"""What limits an undo: a record that has left the book, rows edited since an import, attachments."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from branchbook.domain.people import Mark, Person, Standing
from branchbook.domain.problems import Problem
from branchbook.domain.records import Attachment, AttachmentKind, Record, RecordState
from branchbook.services.operations import operate
from branchbook.services.people import Joining, correct_person, save_new
from branchbook.services.people_facts import mark, set_standing
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.store import PrintedPaper
from branchbook.services.undo import redo, undo
from tests.fakes import FakeBook
from tests.services.asking import last, put, refused
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP, TODAY, actor, named, small_book

START = actor(-60).now
ZHAO = named("赵示例")
MAY = date(2026, 5, 1)


# ---- 定稿 ----


def finalised(book: FakeBook) -> tuple[Record, UUID]:
    draft = Record(uuid4(), ("general_meeting",), FIRST_BRANCH, date(2026, 11, 20))
    put(book, draft)
    final = replace(draft, state=RecordState.FINAL)
    return final, put(book, final, label="定稿", minutes=5)


def printed(book: FakeBook, subject: str, minutes: int) -> None:
    with operate(book, actor(minutes), "打印") as operating:
        paper = PrintedPaper(uuid4(), "general_meeting_minutes", subject, actor(minutes).now, "", "")
        operating.writing.put_printed(paper)


def test_finalising_can_be_undone_at_once() -> None:
    book = small_book()
    final, done = finalised(book)
    undo(book, done, actor(6), START)
    with book.reading() as reading:
        stored = reading.get(Record, final.id)
        assert stored is not None
        assert stored.state == RecordState.DRAFT


@pytest.mark.parametrize(
    "leave, said",
    [
        (lambda book, record: printed(book, str(record.id), 7), "已经打印"),
        (lambda book, record: printed(book, f"handbook:{FIRST_BRANCH}:2026", 7), "已经打印"),
        (lambda book, record: seal_finals(book, Sealing.BACKUP, actor(7)), "已经备份或导出"),
        (lambda book, record: seal_finals(book, Sealing.EXPORT, actor(7)), "已经备份或导出"),
    ],
)
def test_once_it_has_left_the_book_it_is_only_corrected(
    leave: Callable[[FakeBook, Record], None], said: str
) -> None:
    book = small_book()
    final, done = finalised(book)
    leave(book, final)
    refused(book, said, lambda: undo(book, done, actor(8), START))


@pytest.mark.parametrize(
    "leave",
    [
        lambda book, record: printed(book, str(record.id), 4),
        lambda book, record: printed(book, str(uuid4()), 7),
        lambda book, record: printed(book, f"handbook:{FIRST_BRANCH}:2025", 7),
        lambda book, record: seal_finals(book, Sealing.BACKUP, actor(4)),
    ],
)
def test_what_left_before_or_is_another_does_not_hinder(leave: Callable[[FakeBook, Record], None]) -> None:
    book = small_book()
    final, done = finalised(book)
    leave(book, final)
    assert undo(book, done, actor(8), START).value.kept == ()


def test_after_the_program_was_closed_it_is_only_corrected() -> None:
    book = small_book()
    _, done = finalised(book)
    next_start = actor(30).now
    refused(book, "程序关闭过", lambda: undo(book, done, actor(31), next_start))
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    assert undo(book, last(book), actor(32), next_start).changes.entities


def test_a_redone_finalising_is_sealed_like_the_first() -> None:
    book = small_book()
    final, done = finalised(book)
    undo(book, done, actor(6), START)
    redo(book, last(book), actor(7), START)
    again = last(book)
    printed(book, str(final.id), 8)
    refused(book, "已经打印", lambda: undo(book, again, actor(9), START))
    refused(book, "已经打印", lambda: undo(book, done, actor(9), START))


def test_the_seal_leaves_no_line_of_history() -> None:
    book = small_book()
    lines = book.state.operations
    seal_finals(book, Sealing.BACKUP, actor())
    assert book.state.operations == lines
    seal_finals(FakeBook(read_only=True), Sealing.BACKUP, actor())


# ---- the undo of a whole import ----


def imported(book: FakeBook) -> tuple[UUID, tuple[Person, ...]]:
    people = tuple(Person(uuid4(), name) for name in ("甲示例", "乙示例", "丙示例"))
    with operate(book, actor(), "导入花名册") as operating:
        for person in people:
            save_new(operating.writing, person, Joining(FIRST_BRANCH, MAY, group_id=FIRST_GROUP))
    return last(book), people


def test_an_import_goes_as_a_whole() -> None:
    book = small_book()
    before = book.state.values
    done, _ = imported(book)
    undo(book, done, actor(1), START)
    assert book.state.values == before


def test_a_row_edited_since_is_named_and_on_request_kept() -> None:
    book = small_book()
    done, (first, *others) = imported(book)
    correct_person(book, replace(first, phone="010-0000"), actor(1))
    refused(book, "人员“甲示例”", lambda: undo(book, done, actor(2), START))
    outcome = undo(book, done, actor(2), START, keep_changed=True)
    assert outcome.value.kept == ("人员“甲示例”",)
    with book.reading() as reading:
        roster = reading.roster()
        assert first.id in roster.person_by_id
        assert len(roster.facts_of(first.id)) == 3
        assert not {person.id for person in others} & roster.person_by_id.keys()


def test_an_edited_fact_keeps_its_person() -> None:
    book = small_book()
    done, (first, *others) = imported(book)
    set_standing(book, first.id, Standing.PROBATIONARY, TODAY, "", actor(1))
    undo(book, done, actor(2), START, keep_changed=True)
    with book.reading() as reading:
        names = {person.name for person in reading.roster().people}
        assert "甲示例" in names
        assert not {person.name for person in others} & names


def test_a_read_only_book_is_left_alone() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    closed = FakeBook(read_only=True)
    closed.state = book.state
    with pytest.raises(Problem, match="只读"):
        undo(closed, last(book), actor(1), START)


def test_a_record_goes_after_its_attachment() -> None:
    book = small_book()
    record = Record(uuid4(), ("general_meeting",), FIRST_BRANCH)
    file = Attachment(uuid4(), record.id, AttachmentKind.NOTICE, "通知.pdf", "0" * 64, 1, "application/pdf")
    done = put(book, record, file)
    undo(book, done, actor(1), START)
    redo(book, last(book), actor(2), START)
    with book.reading() as reading:
        assert reading.attachments_of((record.id,)) == (file,)
    attached_alone = put(book, replace(file, id=uuid4(), file_name="照片.jpg"))
    refused(book, "还有附件属于它", lambda: undo(book, done, actor(3), START))
    undo(book, attached_alone, actor(4), START)


def test_the_clock_of_the_test_runs_forward() -> None:
    assert actor(1).now - actor().now == timedelta(minutes=1)
