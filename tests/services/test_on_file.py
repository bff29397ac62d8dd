"""The same use cases on the book in memory and on a file: the same values, refusals, undo and redo."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from branchbook.domain.ballots import Question
from branchbook.domain.checklists import Cadence as Every
from branchbook.domain.checklists import Checklist, ChecklistItem
from branchbook.domain.organisations import Term
from branchbook.domain.people import Mark, MembershipChange, Person, Post, Restriction, Standing
from branchbook.domain.problems import Problem
from branchbook.domain.records import AttachmentKind, Record, RecordState
from branchbook.services.attachments import NewFile, add_attachment, remove_attachment
from branchbook.services.checklists import add_examples, save_checklist, tick
from branchbook.services.codec import ENTITY_TYPES
from branchbook.services.conversions import begin_conversion
from branchbook.services.election_office import apply_reply, take_office
from branchbook.services.history import history_lines, value_history
from branchbook.services.meetings import remove_record
from branchbook.services.member_table import member_rows
from branchbook.services.operations import operate
from branchbook.services.organisations import add_group, dissolve_group, rename
from branchbook.services.people import Joining, add_person, correct_person, remove_person
from branchbook.services.people_facts import appoint, mark, restrict, set_standing
from branchbook.services.procedures import reopen_step, save_step
from branchbook.services.recycle_bin import bin_lines, restore_removed
from branchbook.services.redrawing import NewPart, divide, merge
from branchbook.services.sealing import Sealing, seal_finals
from branchbook.services.search import search
from branchbook.services.settings import change_setting, reset_setting
from branchbook.services.stage_dates import import_dates, open_dates
from branchbook.services.store import Book
from branchbook.services.terms import Appointment, begin_term
from branchbook.services.transfers import Direction, end_membership, note_receipt, transfer_in, transfer_out
from branchbook.services.undo import next_redo, next_undo, undo
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.services.conversion_book import (
    PROBATIONER,
    add_probationer,
    done,
    prepared,
    reported,
    voted,
)
from tests.services.election_books import add_committee, counted, entry, put_procedure
from tests.services.joining_book import add_applicant, walked
from tests.services.joining_book import step as way_step
from tests.services.roster_files import TablesInMemory, table
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    NAMES,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    fill,
    named,
)

START = actor(-600).now
MAY = date(2026, 5, 1)
ZHAO, QIAN, ZHENG = named("赵示例"), named("钱示例"), named("郑示例")
NEW = Person(named("新示例"), "单示例", phone="010-0000")
RECORD = Record(named("大会"), ("general_meeting",), FIRST_BRANCH, MAY, subject="学习大会")
CHECKLIST = Checklist(
    named("清单"), "支部清单", Every.QUARTERLY, (ChecklistItem(named("读书"), "读书班"),), date(2026, 1, 1)
)


class NoPictures:
    def reduced(self, content: bytes) -> bytes:
        return b"\xff\xd8\xff reduced"


def put_record(book: Book) -> None:
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(RECORD)


def attach(book: Book) -> None:
    put_record(book)
    file = NewFile(b"\xff\xd8\xff original", "照片.jpg", AttachmentKind.PHOTO, "会场")
    added = add_attachment(book, RECORD.id, file, actor(1), NoPictures()).value.attachment
    remove_attachment(book, added.id, actor(2))


def transfer_and_receive(book: Book) -> None:
    ended = transfer_out(book, ZHAO, MAY, "外单位", "示信1号", actor()).value
    note_receipt(book, ended.id, Direction.OUT, TODAY, "示回1号", actor(1))


def list_and_tick(book: Book) -> None:
    add_examples(book, date(2026, 1, 1), actor())
    save_checklist(book, CHECKLIST, actor(1))
    tick(book, CHECKLIST.id, named("读书"), FIRST_BRANCH, TODAY, "照片", actor(2))


def elect(book: Book) -> None:
    """A committee and its secretary, in office and approved."""
    add_committee(book)
    procedure = counted(book)
    reported = procedure.with_entry(entry("result_report", date(2026, 9, 9)))
    put_procedure(book, reported)
    take_office(book, procedure.id, date(2026, 9, 10), actor(3))
    reply = entry("result_reply", date(2026, 9, 20), outcome="批准", document="示1号")
    apply_reply(book, procedure.id, reply, actor(4))


def join(book: Book) -> None:
    """The whole way to the acceptance; before it a step corrected, and one taken back and done again."""
    add_applicant(book)
    procedure_id = walked(book, "interview")
    save_step(book, procedure_id, way_step("activist", date(2023, 5, 20)), actor(30))
    reopen_step(book, procedure_id, "candidate", actor(31))
    save_step(book, procedure_id, way_step("candidate", date(2024, 7, 1)), actor(32))
    approval = way_step("approval", date(2025, 2, 10), document="示委〔2025〕1号", outcome="批准")
    save_step(book, procedure_id, approval, actor(33))


def convert(question: Question) -> Callable[[Book], None]:
    """A conversion with this outcome, approved; after an extension the next is begun."""

    def step(book: Book) -> None:
        add_probationer(book)
        procedure_id = prepared(book)
        voted(book, procedure_id, question, months=6 if question is Question.EXTEND else 0)
        reported(book, procedure_id)
        approval = done("approval", date(2026, 11, 10), document="示组〔2026〕9号", outcome="批准")
        save_step(book, procedure_id, approval, actor(40))
        if question is Question.EXTEND:
            begin_conversion(book, PROBATIONER, date(2026, 11, 12), actor(41))

    return step


def convert_and_transfer(book: Book) -> None:
    add_probationer(book)
    prepared(book)
    transfer_out(book, PROBATIONER, date(2026, 10, 18), "外单位", "示信1号", actor(40))


def bring_in_dates(book: Book) -> None:
    add_applicant(book)
    sheet = table(("姓名", "申请时间", "确定积极分子时间"), ("卫示例", "2023-03-01", "2023.6.1"))
    import_dates(book, open_dates(TablesInMemory(sheet), Path("日期表.xlsx")), actor(1))


STEPS: tuple[Callable[[Book], object], ...] = (
    lambda book: add_person(book, NEW, Joining(FIRST_BRANCH, MAY, group_id=FIRST_GROUP), actor()),
    lambda book: correct_person(book, Person(ZHAO, "赵改名", note="一\n二"), actor()),
    lambda book: remove_person(book, ZHAO, actor()),
    lambda book: set_standing(book, ZHAO, Standing.PROBATIONARY, MAY, "", actor()),
    lambda book: restrict(book, ZHAO, Restriction.DISCIPLINARY_PROBATION, MAY, "示纪1号", actor()),
    lambda book: appoint(book, ZHAO, GENERAL_BRANCH, Post.SECRETARY, MAY, "", actor()),
    transfer_and_receive,
    lambda book: transfer_in(book, NEW, Joining(FIRST_BRANCH, MAY, counterpart="外单位"), "1", actor()),
    lambda book: end_membership(book, ZHAO, MembershipChange.DIED, MAY, "", actor()),
    lambda book: rename(book, FIRST_BRANCH, "新名", MAY, "示组1号", actor()),
    lambda book: add_group(book, SECOND_BRANCH, "又一小组", MAY, actor()),
    lambda book: dissolve_group(book, FIRST_GROUP, MAY, "", actor(), moves={ZHAO: SECOND_GROUP}),
    lambda book: divide(
        book,
        FIRST_BRANCH,
        [NewPart("甲", tuple(map(named, NAMES[:2]))), NewPart("乙", tuple(map(named, NAMES[2:6])))],
        MAY,
        "示组2号",
        actor(),
    ),
    lambda book: merge(book, [FIRST_BRANCH, SECOND_BRANCH], "合并支部", MAY, "示组3号", actor()),
    lambda book: begin_term(
        book,
        Term(named("届"), FIRST_BRANCH, MAY, 3, False),
        actor(),
        [Appointment(ZHAO, Post.SECRETARY), Appointment(QIAN, Post.DEPUTY_SECRETARY)],
    ),
    lambda book: change_setting(book, "local_cadences", (), actor()),
    lambda book: change_setting(book, "half_period_rule", False, actor()),
    attach,
    list_and_tick,
    elect,
    join,
    convert(Question.CONVERT),
    convert(Question.EXTEND),
    convert(Question.CANCEL),
    convert_and_transfer,
    bring_in_dates,
)


@pytest.fixture
def file_book(tmp_path: Path) -> Iterator[Book]:
    book = Shelf().create(tmp_path / "示例.branchbook", "李操作")
    fill(book)
    yield book
    book.close()


def values_of(book: Book) -> dict[str, tuple[object, ...]]:
    with book.reading() as reading:
        found = {name: reading.all(kind) for name, kind in ENTITY_TYPES.items() if name != "setting"}
        return {**found, "setting": tuple(sorted(reading.settings().items()))}


def shape(book: Book) -> dict[str, int]:
    """How many values of each type there are: ids made anew differ between two books."""
    return {name: len(values) for name, values in values_of(book).items()}


@pytest.mark.parametrize("step", STEPS)
def test_a_use_case_does_the_same_on_a_file_and_its_undo_and_redo_are_exact(
    step: Callable[[Book], object], file_book: Book
) -> None:
    memory = FakeBook()
    fill(memory)
    states = [values_of(file_book)]
    step(file_book)
    step(memory)
    assert shape(file_book) == shape(memory)
    states.append(values_of(file_book))
    done = 0
    while (target := target_of(file_book, next_undo)) is not None:
        undo(file_book, target, actor(100 + done), START)
        done += 1
    assert values_of(file_book) == states[0]
    for minute in range(done):
        again = target_of(file_book, next_redo)
        assert again is not None
        undo(file_book, again, actor(200 + minute), START)
    assert values_of(file_book) == states[1]


def target_of(book: Book, asked: Callable) -> UUID | None:
    with book.reading() as reading:
        found = asked(reading)
    return None if found is None or found.number == 1 else found.head.id


@pytest.mark.parametrize(
    "refusal",
    [
        lambda book: add_person(book, NEW, Joining(SECOND_BRANCH, MAY, group_id=FIRST_GROUP), actor()),
        lambda book: mark(book, named("无此人"), Mark.RETIRED, MAY, actor()),
        lambda book: merge(book, [FIRST_BRANCH, GENERAL_BRANCH], "合并", MAY, "", actor()),
        lambda book: change_setting(book, "attachment_megabytes", 0, actor()),
    ],
)
def test_a_refusal_leaves_the_file_as_it_was(refusal: Callable[[Book], object], file_book: Book) -> None:
    before = values_of(file_book)
    with pytest.raises(Problem):
        refusal(file_book)
    assert values_of(file_book) == before
    with file_book.reading() as reading:
        assert len(reading.operations(10)) == 1


def test_the_recycle_bin_of_a_file(file_book: Book) -> None:
    before = values_of(file_book)
    remove_person(file_book, ZHENG, actor())
    put_record(file_book)
    remove_record(file_book, RECORD.id, actor(2))
    with file_book.reading() as reading:
        record, person = bin_lines(reading)
    assert (record.name, person.name, person.others) == ("记录“2026-05-01 支部党员大会”", "人员“郑示例”", 2)
    restore_removed(file_book, person.operation_id, actor(3))
    assert values_of(file_book) == before


def test_finals_of_a_file_are_sealed_without_a_line_of_history(file_book: Book) -> None:
    put_record(file_book)
    with operate(file_book, actor(5), "定稿") as operating:
        final = Record(**{**as_fields(RECORD), "state": RecordState.FINAL})
        operating.writing.put(final)
    seal_finals(file_book, Sealing.BACKUP, actor(6))
    with file_book.reading() as reading:
        assert [line.label for line in history_lines(reading)] == ["定稿", "准备", "建立示例簿"]
        newest = reading.operations(1)[0].head.id
        assert [each.label for each in value_history(reading, "record", str(RECORD.id))] == ["定稿", "准备"]
    with pytest.raises(Problem, match="已经备份或导出"):
        undo(file_book, newest, actor(7), START)


def as_fields(record: Record) -> dict:
    return {name: getattr(record, name) for name in Record.__dataclass_fields__}


def test_a_setting_goes_back_to_its_default_in_a_file(file_book: Book) -> None:
    change_setting(file_book, "identity_masked", False, actor())
    assert reset_setting(file_book, "identity_masked", actor(1)).value.identity_masked is True


def test_search_and_table_of_a_file(file_book: Book) -> None:
    put_record(file_book)
    add_person(file_book, NEW, Joining(FIRST_BRANCH, MAY), actor(1))
    with file_book.reading() as reading:
        for words in ("单示", "ssl", "010-0000"):
            assert search(reading, words, TODAY).groups[0].lines[0].entity_id == NEW.id, words
        for words in ("学习", "5月1日", "20260501"):
            assert search(reading, words, TODAY).groups[0].lines[0].opens == ("record", RECORD.id), words
        assert len(member_rows(reading, GENERAL_BRANCH, TODAY)) == 11
