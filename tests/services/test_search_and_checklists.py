"""Search results as a reader sees them; checklists edited and ticked with evidence."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.people import Post
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import AgendaItem, AttachmentKind, Record, RecordState, Speech
from branchbook.services.attachments import NewFile, add_attachment
from branchbook.services.checklists import (
    add_examples,
    checklist_cells,
    copied,
    remove_checklist,
    save_checklist,
    tick,
    untick,
)
from branchbook.services.due import year_findings
from branchbook.services.operations import operate
from branchbook.services.people_facts import appoint
from branchbook.services.search import query_words, search
from branchbook.services.undo import undo
from tests.fakes import FakeBook
from tests.services.asking import refused
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

RECORD = named("学习大会")
ZHAO = named("赵示例")


class NoPictures:
    """No test here adds a picture."""

    def reduced(self, content: bytes) -> bytes:
        raise AssertionError(content)


def searched_book() -> FakeBook:
    book = small_book()
    speech = Speech("赵示例", "围绕廉洁自律谈体会", ZHAO)
    record = Record(
        RECORD,
        ("general_meeting",),
        FIRST_BRANCH,
        date(2026, 3, 5),
        subject="学习大会",
        agenda=(AgendaItem(uuid4(), "学习文件", (speech,)),),
        state=RecordState.FINAL,
    )
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(record)
    appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, date(2024, 1, 1), "", actor(1))
    file = NewFile(b"%PDF-1.7", "学习通知.pdf", AttachmentKind.NOTICE)
    add_attachment(book, RECORD, file, actor(2), NoPictures())
    add_attachment(book, ZHAO, replace(file, file_name="学习证书.pdf"), actor(3), NoPictures())
    return book


@pytest.mark.parametrize(
    "typed, asked",
    [
        ("  张三  党课 ", "张三 党课"),
        ("20260305", "2026-03-05"),
        ("3月5日 大会", "2026-03-05 大会"),
        ("2026-03-05", "2026-03-05"),
        ("13月45日", "13月45日"),
        ("99999999", "99999999"),
        ("示组发〔2026〕1号", "示组发〔2026〕1号"),
        ("张\x00三\n李四", "张三 李四"),
        ("   ", ""),
    ],
)
def test_the_words_are_asked_as_they_stand_in_the_book(typed: str, asked: str) -> None:
    assert query_words(typed, TODAY) == asked


def test_hits_are_grouped_and_say_whose_they_are() -> None:
    with searched_book().reading() as reading:
        result = search(reading, "学习", TODAY)
    assert [group.heading for group in result.groups] == ["记录", "附件"]
    (record,) = result.groups[0].lines
    assert (record.title, record.where, record.held_on) == (
        "学习大会",
        "第一支部 · 大会 · 定稿",
        date(2026, 3, 5),
    )
    assert record.opens == ("record", RECORD)
    assert {(line.opens, line.where) for line in result.groups[1].lines} == {
        (("record", RECORD), "第一支部 · 大会 · 定稿"),
        (("person", ZHAO), "赵示例"),
    }
    assert (result.count, result.more) == (3, False)


def test_a_person_is_found_with_branch_standing_and_post() -> None:
    with searched_book().reading() as reading:
        result = search(reading, "赵示例", TODAY)
        person = result.groups[0].lines[0]
        assert (person.title, person.where) == ("赵示例", "第一支部 · 正式党员 · 书记")
        assert search(reading, "赵示例", date(2010, 1, 1)).groups[0].lines[0].where == "已离开"
        assert [group.entity for group in result.groups] == ["person", "record"]


def test_a_date_finds_the_meeting_of_that_day() -> None:
    with searched_book().reading() as reading:
        assert search(reading, "3月5日", TODAY).groups[0].lines[0].entity_id == RECORD


def test_a_procedure_is_called_by_its_shape_and_says_whose_it_is() -> None:
    book = searched_book()
    election = Procedure(named("换届"), "by_election", FIRST_BRANCH, date(2026, 3, 2), note="因调动补选")
    about = replace(election, id=named("转正"), shape="joining", subject_id=ZHAO, note="因调动补录")
    with operate(book, actor(4), "准备") as operating:
        operating.writing.put_all((election, about))
    with book.reading() as reading:
        (group,) = search(reading, "因调动", TODAY).groups
    assert (group.entity, group.heading) == ("procedure", "办理事项")
    lines = {line.entity_id: line for line in group.lines}
    line = lines[election.id]
    assert (line.title, line.where) == (SHAPE_BY_KEY["by_election"].name, "第一支部 · 办理中")
    assert (line.opens, line.held_on) == (("procedure", election.id), date(2026, 3, 2))
    assert line.family == "election"
    assert lines[about.id].title.endswith(" · 赵示例")
    assert lines[about.id].family == "joining"


def test_nothing_typed_finds_nothing_and_the_limit_is_said() -> None:
    with searched_book().reading() as reading:
        assert search(reading, " ", TODAY).count == 0
        limited = search(reading, "示例", TODAY, limit=2)
        assert (limited.count, limited.more) == (2, True)
        assert search(reading, "甲" * 5000, TODAY).count == 0


# ---- checklists ----


def checklist(*items: ChecklistItem, cadence: Cadence = Cadence.QUARTERLY) -> Checklist:
    made = items or (
        ChecklistItem(named("读书"), "读书班"),
        ChecklistItem(named("小组会"), "党小组会", ("group_meeting",)),
    )
    return Checklist(named("清单"), "支部清单", cadence, made, date(2026, 1, 1))


def book_with_checklist() -> FakeBook:
    book = small_book()
    save_checklist(book, checklist(), actor())
    return book


def make_tick(
    book: FakeBook, day: date = TODAY, place: UUID = FIRST_BRANCH, evidence: str = "照片 3 张"
) -> ChecklistTick:
    return tick(book, named("清单"), named("读书"), place, day, evidence, actor(1)).value


def test_the_example_is_added_once_and_says_that_it_is_one() -> None:
    book = small_book()
    (example,) = add_examples(book, date(2026, 1, 1), actor()).value
    assert (example.name, example.label, len(example.items)) == ("五必做", "示例，非官方定义", 5)
    assert add_examples(book, date(2026, 1, 1), actor(1)).value == ()
    mine = copied(example, date(2027, 1, 1))
    assert mine.id != example.id
    assert not {item.id for item in mine.items} & {item.id for item in example.items}


def test_a_tick_holds_for_its_period_and_place_with_its_evidence() -> None:
    book = book_with_checklist()
    made = make_tick(book, date(2026, 5, 20))
    assert (made.period_start, made.ticked_on, made.evidence) == (date(2026, 4, 1), TODAY, "照片 3 张")
    again = make_tick(book, date(2026, 6, 1), evidence="照片 5 张")
    assert again.id == made.id
    with book.reading() as reading:
        cells = checklist_cells(reading, named("清单"), FIRST_BRANCH, 2026)
        assert [cell.satisfied for cell in cells] == [False, True, False, False] + [False] * 4
        assert cells[1].tick == again
        elsewhere = checklist_cells(reading, named("清单"), SECOND_BRANCH, 2026)
        assert not any(cell.satisfied for cell in elsewhere)
    untick(book, made.id, actor(3))
    refused(book, "已不在簿中", lambda: untick(book, made.id, actor(4)))


def test_a_group_s_meeting_satisfies_its_branch_on_the_page_and_on_the_desk() -> None:
    book = book_with_checklist()
    made = replace(checklist(), items=checklist().items[1:])
    save_checklist(book, made, actor())
    meeting = Record(uuid4(), ("group_meeting",), FIRST_GROUP, date(2026, 2, 1), state=RecordState.FINAL)
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(meeting)
    with book.reading() as reading:
        cells = checklist_cells(reading, named("清单"), FIRST_BRANCH, 2026)
        found = year_findings(reading, (FIRST_BRANCH,), 2026, TODAY)
    assert [cell.record_ids for cell in cells] == [(meeting.id,), (), (), ()]
    own = [each for each in found if each.requirement == f"checklist:{named('清单')}"]
    assert [each.records for each in own] == [cell.record_ids for cell in cells]
    assert [each.state == "held" for each in own] == [cell.satisfied for cell in cells]


def test_refusals_of_ticks() -> None:
    book = book_with_checklist()
    refused(book, "佐证说明不能为空", lambda: make_tick(book, evidence=" "))
    refused(book, "不在清单的适用时间内", lambda: make_tick(book, date(2025, 12, 31)))
    refused(book, "已不在簿中", lambda: make_tick(book, place=uuid4()))
    refused(
        book,
        "已没有这一项",
        lambda: tick(book, named("清单"), uuid4(), FIRST_BRANCH, TODAY, "有", actor()),
    )
    save_checklist(book, replace(checklist(), organisation_ids=(SECOND_BRANCH,)), actor())
    refused(book, "不适用于这个组织", lambda: make_tick(book))


@pytest.mark.parametrize(
    "change, said",
    [
        ({"name": " "}, "清单名称不能为空"),
        ({"items": ()}, "还没有项目"),
        ({"items": (ChecklistItem(UUID(int=1), ""),)}, "第 1 项的名称不能为空"),
        ({"items": (ChecklistItem(UUID(int=1), "甲", ("nonsense",)),)}, "不认识的记录种类"),
        ({"items": (ChecklistItem(UUID(int=1), "甲"), ChecklistItem(UUID(int=1), "乙"))}, "出现了两次"),
        ({"to_on": date(2025, 1, 1)}, "早于起始日期"),
        ({"organisation_ids": (UUID(int=1),)}, "已不在簿中"),
    ],
)
def test_a_checklist_that_cannot_be_kept(change: dict, said: str) -> None:
    refused(book := small_book(), said, lambda: save_checklist(book, replace(checklist(), **change), actor()))


def test_a_ticked_item_stays_and_an_unticked_one_goes() -> None:
    book = book_with_checklist()
    make_tick(book)
    first, second = checklist().items
    refused(
        book,
        "已有登记的项目不能删去：读书班",
        lambda: save_checklist(book, replace(checklist(), items=(second,)), actor(2)),
    )
    save_checklist(book, replace(checklist(), items=(first,)), actor(3))


def test_a_removed_checklist_takes_its_ticks_and_undo_brings_both_back() -> None:
    book = book_with_checklist()
    make_tick(book)
    before = book.state.values
    remove_checklist(book, named("清单"), actor(2))
    assert book.state.values["checklist_tick"] == {}
    undo(book, book.state.operations[-1].head.id, actor(3), actor(-60).now)
    assert book.state.values == before
