"""The look before 定稿, over a record of the small book."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from branchbook.domain.people import Person, Post
from branchbook.domain.records import AgendaItem, PersonRef, Presence, Speech, Vote
from branchbook.services.leftover_check import look_over
from branchbook.services.meetings import finalise, save_record
from branchbook.services.people import Joining, add_person
from branchbook.services.people_facts import appoint
from branchbook.services.record_defaults import new_record
from branchbook.services.transfers import move_between_branches
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, actor, small_book


def general_meeting(book, minutes):
    with book.reading() as reading:
        record = new_record(reading, "general_meeting", FIRST_BRANCH, date(2026, 11, 20), actor())
    lines = [replace(line, presence=Presence.ABSENT) for line in record.attendance[:1]]
    return replace(
        record,
        subject="十一月支部党员大会",
        attendance=(*lines, *record.attendance[1:]),
        agenda=(AgendaItem(uuid4(), "学习文件", speeches=(Speech("赵示例", minutes),)),),
    )


def found(minutes, **changes):
    book = small_book()
    record = replace(general_meeting(book, minutes), **changes)
    with book.reading() as reading:
        return [(each.where, each.found, each.text) for each in look_over(reading, record)]


def test_what_is_missing_comes_first_in_the_words_of_the_editor():
    assert [where for where, _, _ in found("无")] == ["主持人", "记录人"]


def test_the_name_of_another_branch_is_noticed_and_the_own_ones_are_not():
    assert len(found("第一支部、示例总支、第一小组、第二小组参加")) == 2
    *_, last = found("第二支部召开党员大会")
    assert last == ("议题1的发言", "第二支部", "这里写的是“第二支部”，不是本组织")


def test_a_total_is_compared_with_the_attendance():
    assert len(found("应到6人，实到5人")) == 2
    *_, last = found("应到6人，实到6人")
    assert last == ("议题1的发言", "实到6人", "写的是实到 6 名，按名单是 5 名")


def test_a_title_of_another_month_is_named_by_its_label():
    *_, last = found("无", subject="10月支部党员大会")
    assert last[0] == "会议主题"
    assert last[2] == "会议在 11 月，这里写的是 10 月"


def test_a_speaker_who_was_away_and_initials_that_mean_nobody_present_are_noticed():
    book = small_book()
    record = general_meeting(book, "同意")
    away = record.attendance[0]
    speeches = (
        Speech("赵示例", "同意。", away.person_id),
        Speech("zsl", "同意。"),
        Speech("Tom", "列席发言。"),
    )
    record = replace(
        record,
        agenda=(AgendaItem(uuid4(), "学习文件", speeches),),
        observers=(PersonRef("Tom", None, "讲师"),),
    )
    with book.reading() as reading:
        said = [(each.found, each.text) for each in look_over(reading, record) if each.where == "议题1的发言"]
    assert said == [
        ("赵示例", "这次会议缺席，却记有发言"),
        ("zsl", "像是拼音首字母，到会的人中没有对上；赵示例没有到会"),
    ]


def test_advice_never_blocks():
    """A record full of leftovers is saved, and final where its required fields are there."""
    book = small_book()
    record = general_meeting(book, "第二支部xx同志发言，实到99人")
    chair = record.attendance[1]
    named = replace(record, people={key: (reference(chair),) for key in ("chair", "minute_taker")})
    save_record(book, named, actor())
    assert finalise(book, named.id, actor(1)).value.is_final
    with book.reading() as reading:
        assert len(look_over(reading, named)) == 3


def reference(line):
    return PersonRef(line.name, line.person_id)


def test_whoever_joined_after_the_draft_was_begun_is_named():
    """应到 is asked of the roster on the day; a name that is not in the grid would be missing at 定稿."""
    book = small_book()
    record = general_meeting(book, "无")
    add_person(book, Person(uuid4(), "卫示例"), Joining(FIRST_BRANCH, date(2026, 6, 1)), actor())
    move_between_branches(book, record.attendance[1].person_id, SECOND_BRANCH, date(2026, 11, 1), actor())
    with book.reading() as reading:
        *_, missing, strange = look_over(reading, record)
    assert (missing.where, missing.found) == ("到会情况", "卫示例")
    assert (strange.where, strange.found) == ("到会情况", record.attendance[1].name)


def test_more_votes_than_voters_are_named_before_finalising():
    book = small_book()
    record = general_meeting(book, "无")
    items = (replace(record.agenda[0], vote=Vote(votes_for=100)),)
    with book.reading() as reading:
        *_, last = look_over(reading, replace(record, agenda=items))
    assert last.where == "议题1的表决"
    assert last.text == "赞成、不赞成、弃权合计 100 票，多于到会有表决权的 5 名"


def test_a_chair_who_is_not_the_secretary_wants_the_commission_recorded():
    """支部工作条例 第十四条 (worked case 7): allowed, and advised to be written down."""
    book = small_book()
    record = general_meeting(book, "无")
    secretary, other = record.attendance[1], record.attendance[2]
    appoint(book, secretary.person_id, FIRST_BRANCH, Post.SECRETARY, date(2024, 3, 1), "", actor())

    def advised(chair, **fields):
        people = {"chair": (reference(chair),), "minute_taker": (reference(chair),)}
        with book.reading() as reading:
            return [each.text for each in look_over(reading, replace(record, people=people, fields=fields))]

    assert advised(secretary) == []
    (said,) = advised(other)
    assert "请写明受谁委托" in said
    assert "第十四条" in said
    assert advised(other, commission="书记出差，委托其主持") == []
