"""The history in words: every operation a line, every value field by field, nothing private in it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.history import Touch
from branchbook.domain.identity_number import check_digit
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Mark, Person, Post, Sex
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import (
    AgendaItem,
    Attendance,
    PersonRef,
    Presence,
    Record,
    RecordState,
    Resolution,
    Speech,
    Vote,
)
from branchbook.services.history import differences, history_lines, operations_from, value_history
from branchbook.services.meetings import remove_record
from branchbook.services.operations import operate
from branchbook.services.organisations import rename
from branchbook.services.people import correct_person, remove_person
from branchbook.services.people_facts import appoint, mark, remove_fact
from branchbook.services.recycle_bin import bin_lines, restore_removed
from branchbook.services.settings import change_setting
from branchbook.services.undo import undo
from branchbook.services.value_words import field_values, subject_words
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, actor, named, small_book

START = actor(-60).now
ZHAO = named("赵示例")
MAY = date(2026, 5, 1)
NUMBER = "11010119750228002"


def test_a_line_says_who_when_what_and_about_whom() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor(5))
    with book.reading() as reading:
        line, founding = history_lines(reading)
    assert (line.who, line.at, line.label, line.count) == ("李操作", actor(5).now, "标记：离退休", 1)
    assert line.subjects == ("人员经历“赵示例 离退休”",)
    assert (founding.number, founding.label) == (1, "建立示例簿")
    assert len(founding.subjects) == 3
    assert founding.count == 41


def test_what_was_undone_is_marked_and_what_was_redone_is_not() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    done = book.state.operations[-1].head.id
    undo(book, done, actor(1), START)
    with book.reading() as reading:
        assert [line.undone for line in history_lines(reading)] == [False, True, False]
        (only,) = history_lines(reading, 1, before_number=3)
        assert (only.number, only.undone) == (2, True)
    undo(book, book.state.operations[-1].head.id, actor(2), START)
    with book.reading() as reading:
        assert [line.undone for line in history_lines(reading)] == [False, True, False, False]


def test_the_history_is_read_page_by_page() -> None:
    book = small_book()
    for minute in range(450):
        correct_person(book, Person(ZHAO, "赵示例", note=str(minute)), actor(minute))
    with book.reading() as reading:
        assert [line.number for line in operations_from(reading, 100)] == list(range(451, 99, -1))
        assert len(history_lines(reading, 100, before_number=51)) == 50
        assert history_lines(reading, 10, before_number=1) == ()


def test_a_value_s_history_shows_the_fields_that_differ_in_chinese() -> None:
    book = small_book()
    correct_person(
        book, Person(ZHAO, "赵示例", phone="010-0000", born_on=date(1975, 2, 28), sex=Sex.MALE), actor()
    )
    correct_person(book, Person(ZHAO, "赵改名", phone="010-0000", sex=Sex.MALE), actor(1))
    with book.reading() as reading:
        renamed, first, made = value_history(reading, "person", str(ZHAO))
    assert [(each.label, each.before, each.after) for each in renamed.differences] == [
        ("姓名", "赵示例", "赵改名"),
        ("出生日期", "1975-02-28", ""),
    ]
    assert {each.label for each in first.differences} == {"性别", "出生日期", "电话"}
    assert (made.what, made.differences[0].after) == ("新增", "赵示例")
    assert renamed.what == "更改"


def test_the_identity_number_never_stands_whole_in_the_history() -> None:
    book, number = small_book(), NUMBER + check_digit(NUMBER)
    correct_person(book, Person(ZHAO, "赵示例", identity_number=number), actor())
    with book.reading() as reading:
        (shown,) = value_history(reading, "person", str(ZHAO))[0].differences
    assert (shown.label, shown.before) == ("身份证号", "")
    assert shown.after.startswith("110101********")
    assert number not in shown.after


def test_a_fact_and_a_name_are_said_in_words() -> None:
    book = small_book()
    post = appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, MAY, "示批1号", actor()).value
    rename(book, FIRST_BRANCH, "机关支部", MAY, "示组1号", actor(1))
    with book.reading() as reading:
        (appointed,) = value_history(reading, "person_fact", str(post.id))
        (renamed, _) = value_history(reading, "organisation", str(FIRST_BRANCH))
    shown = {each.label: each.after for each in appointed.differences}
    assert shown == {
        "人员": "赵示例",
        "种类": "职务",
        "内容": "书记",
        "起始日期": "2026-05-01",
        "所在组织": "机关支部",
        "文号": "示批1号",
    }
    (names,) = renamed.differences
    assert names.after == "第一支部（2015-07-01 起）；机关支部（2026-05-01 起，示组1号）"


def test_a_record_is_said_with_its_agenda_votes_and_attendance() -> None:
    item = AgendaItem(
        uuid4(),
        "讨论计划",
        (Speech("赵示例", "同意", ZHAO),),
        Vote(votes_for=5),
        (Resolution(uuid4(), "通过计划", (PersonRef("赵示例", ZHAO),), MAY),),
    )
    record = Record(
        uuid4(),
        ("general_meeting", "party_lesson"),
        FIRST_BRANCH,
        MAY,
        people={"chair": (PersonRef("赵示例", ZHAO),)},
        fields={"remark": "备注一"},
        attendance=(Attendance(ZHAO, "赵示例", Presence.ON_LEAVE, "出差"),),
        agenda=(item,),
        late_entry=True,
    )
    book = small_book()
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(record)
    with book.reading() as reading:
        roster = reading.roster()
        payload = reading.current_json("record", str(record.id))
        shown = field_values(roster, "record", payload)
        assert subject_words(roster, "record", payload) == "记录“2026-05-01 支部党员大会”"
    assert shown["种类"] == "支部党员大会、党课"
    assert shown["主持、记录等人员"] == "主持人：赵示例"
    assert shown["栏目"] == "备注：备注一"
    assert shown["考勤"] == "名称 赵示例，出席情况 请假，原因 出差"
    assert "标题 讨论计划，发言 名称 赵示例，内容 同意，表决 赞成 5" in shown["议题"]
    assert "责任人 赵示例，完成时限 2026-05-01" in shown["议题"]
    assert (shown["补记"], shown["状态"]) == ("是", "草稿")


def test_a_setting_is_named_by_its_label() -> None:
    book = small_book()
    change_setting(book, "half_period_rule", False, actor())
    with book.reading() as reading:
        line = history_lines(reading)[0]
        (change,) = value_history(reading, "setting", "book.half_period_rule")
    assert line.subjects == ("设置“存续不足半个周期的不作要求”",)
    assert [(each.label, each.after) for each in change.differences] == [("内容", "false")]


def test_what_this_version_cannot_read_does_not_break_the_history() -> None:
    with small_book().reading() as reading:
        touch = Touch("person", str(ZHAO), '{"unknown": 1}', None)
        assert differences(reading.roster(), touch) == ()
        assert subject_words(reading.roster(), "person", touch.before) == "人员"


# ---- the recycle bin ----


def test_a_removed_person_comes_back_with_every_fact() -> None:
    book = small_book()
    mark(book, ZHAO, Mark.RETIRED, MAY, actor())
    before = book.state.values
    remove_person(book, ZHAO, actor(1))
    with book.reading() as reading:
        (line,) = bin_lines(reading)
    assert (line.name, line.others, line.label, line.who) == ("人员“赵示例”", 4, "删除人员", "李操作")
    assert restore_removed(book, line.operation_id, actor(2)).value == 5
    assert book.state.values == before
    with book.reading() as reading:
        assert bin_lines(reading) == ()
    with pytest.raises(RefusedProblem, match="已没有这一项"):
        restore_removed(book, line.operation_id, actor(3))


def test_a_removed_record_says_why_it_was_removed() -> None:
    book = small_book()
    record = Record(uuid4(), ("general_meeting",), FIRST_BRANCH, MAY, state=RecordState.FINAL)
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(record)
    remove_record(book, record.id, actor(1), "重复录入")
    with book.reading() as reading:
        (line,) = bin_lines(reading)
    assert (line.name, line.reason) == ("记录“2026-05-01 支部党员大会”", "重复录入")
    restore_removed(book, line.operation_id, actor(2))
    with book.reading() as reading:
        assert reading.get(Record, record.id) == record


def test_what_contradicts_the_present_stays_in_the_bin() -> None:
    book = small_book()
    post = appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, MAY, "", actor()).value
    remove_fact(book, post.id, actor(1))
    appoint(book, named("钱示例"), FIRST_BRANCH, Post.SECRETARY, MAY, "", actor(2))
    with book.reading() as reading:
        (line,) = bin_lines(reading)
    before = book.state
    with pytest.raises(RefusedProblem, match="已由钱示例担任"):
        restore_removed(book, line.operation_id, actor(3))
    assert book.state is before


def test_what_belongs_to_someone_in_the_bin_needs_them_first() -> None:
    book = small_book()
    fact = mark(book, ZHAO, Mark.RETIRED, MAY, actor()).value
    remove_fact(book, fact.id, actor(1))
    removed_fact = book.state.operations[-1].head.id
    remove_person(book, ZHAO, actor(2))
    removed_person = book.state.operations[-1].head.id
    with pytest.raises(RefusedProblem, match="需要：人员“赵示例”"):
        restore_removed(book, removed_fact, actor(3))
    restore_removed(book, removed_person, actor(4))
    restore_removed(book, removed_fact, actor(5))
    with book.reading() as reading:
        assert reading.roster().marks_on(ZHAO, MAY) == {Mark.RETIRED}


def test_every_name_in_the_book_can_be_said() -> None:
    book: FakeBook = small_book()
    with book.reading() as reading:
        roster = reading.roster()
        for organisation in reading.all(Organisation):
            payload = reading.current_json("organisation", str(organisation.id))
            assert organisation.name in subject_words(roster, "organisation", payload)
            assert replace(organisation) == organisation
