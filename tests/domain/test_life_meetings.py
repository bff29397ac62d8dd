"""Criticism and self-criticism in the agenda of an organisational life meeting (支部工作条例 第十七条)."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.life_meetings import examination_in, examinations, other_items, without_criticism
from branchbook.domain.records import AgendaItem, Attendance, Record, Speech
from tests.domain.rosters import identity


def item(title: str, *speeches: tuple[str, str]) -> AgendaItem:
    made = tuple(Speech(name, text, identity("person", name) if name else None) for name, text in speeches)
    return AgendaItem(identity("item", title), title, made)


def meeting(*items: AgendaItem, present: str = "") -> Record:
    lines = tuple(Attendance(identity("person", name), name) for name in present)
    return Record(uuid4(), ("organisational_life_meeting",), uuid4(), attendance=lines, agenda=items)


def texts(speeches: tuple[Speech, ...]) -> list[str]:
    return [each.text for each in speeches]


def test_an_item_with_a_name_holds_self_criticism_criticisms_and_reply():
    held = meeting(item("甲", ("甲", "学习不够"), ("乙", "少下基层"), ("丙", "同意"), ("甲", "接受")))
    [found] = examinations(held)
    assert (found.name, found.person_id) == ("甲", identity("person", "甲"))
    assert texts(found.self_criticism) == ["学习不够"]
    assert [(each.name, each.text) for each in found.criticisms] == [("乙", "少下基层"), ("丙", "同意")]
    assert texts(found.reply) == ["接受"]


def test_minutes_without_a_name_go_on_from_whoever_spoke():
    held = meeting(item("甲", ("甲", "一"), ("", "二"), ("乙", "三"), ("", "四")))
    [found] = examinations(held)
    assert texts(found.self_criticism) == ["一", "二"]
    assert texts(found.reply) == ["四"]


def test_an_item_is_someones_only_by_a_name_that_the_record_knows():
    other = item("通报上年整改情况", ("甲", "已经完成"))
    announced = item("乙")
    unknown = item("己")
    held = meeting(other, announced, unknown, present="乙")
    assert [each.name for each in examinations(held)] == ["乙"]
    assert other_items(held) == (other, unknown)
    assert examination_in(item("  "), held) is None


def test_whom_nobody_criticised_is_told():
    held = meeting(item("甲", ("甲", "一"), ("乙", "二")), item("乙", ("乙", "三")), present="甲乙")
    assert without_criticism(held) == ("乙",)


NAMES = st.sampled_from(("甲", "乙", "丙", ""))


@given(st.lists(st.tuples(NAMES, st.text("述说", min_size=1, max_size=3)), max_size=8))
def test_nothing_that_was_said_is_lost_or_told_twice(speeches):
    held = meeting(item("甲", *speeches), present="甲")
    [found] = examinations(held)
    said = (*found.self_criticism, *found.criticisms, *found.reply)
    assert sorted(texts(said)) == sorted(text for _, text in speeches)
    assert all(each.name not in ("甲", "") for each in found.criticisms)
