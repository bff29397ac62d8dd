"""Ledgers as data: what a file may say, how rows are ordered, summed and found overdue."""

from __future__ import annotations

import tomllib
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.catalogue.ledgers_list import read_ledgers, shipped_ledgers
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledger_parsing import parse_ledger
from branchbook.domain.ledgers import (
    LedgerDefinition,
    LedgerRow,
    changed_ledger,
    is_overdue,
    own_ledger,
    sorted_rows,
    totals_of,
    within,
)
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.records import PersonRef

SPACE = UUID(int=7)
PLACE = uuid5(SPACE, "支部")
GIVEN = """
key = "visits"
name = "慰问台账"
title = "name"
date = "visited_on"
due = "due_on"
done = "done_on"
sort = ["-visited_on", "name"]
totals = ["money"]
filters = ["kind"]
evidence = ["photo"]
[paper]
layout = "grid"
[[field]]
key = "name"
label = "姓名"
type = "person"
required = true
[[field]]
key = "visited_on"
label = "日期"
type = "date"
[[field]]
key = "due_on"
label = "时限"
type = "date"
[[field]]
key = "done_on"
label = "完成"
type = "date"
[[field]]
key = "money"
label = "金额"
type = "money"
[[field]]
key = "kind"
label = "形式"
type = "choice"
choices = ["走访", "慰问金"]
[[field]]
key = "photo"
label = "照片"
type = "attachment"
evidence = "photo"
[[column]]
field = "name"
width_mm = 30
[[column]]
field = "money"
"""
LEDGER = parse_ledger("visits.toml", tomllib.loads(GIVEN))


def row(name: str, position: int = 0, **values) -> LedgerRow:
    people = {"name": (PersonRef(name),)} if name else {}
    return LedgerRow(uuid5(SPACE, f"{name}{position}"), "visits", PLACE, values, people, position)


def test_a_file_becomes_a_ledger():
    assert LEDGER.field("money").type is FieldType.MONEY
    assert [(spec.key, width) for spec, width in LEDGER.shown_columns] == [("name", 30.0), ("money", 30.0)]
    assert [spec.key for spec in LEDGER.summed] == ["money"]
    assert LEDGER.field("photo").choices == ("photo",)


@pytest.mark.parametrize(
    "before, after, where, what",
    [
        ('type = "money"', 'type = "gold"', "field 第 5 项 type", "不认识的类型“gold”"),
        ('key = "done_on"', 'key = "due_on"', "field due_on", "出现两次"),
        ('field = "money"', 'field = "gone"', "column 第 2 项 field", "没有“gone”"),
        ('totals = ["money"]', 'totals = ["gone"]', "totals", "没有“gone”"),
        ('totals = ["money"]', 'totals = ["name"]', "totals", "类型是 person"),
        ('filters = ["kind"]', 'filters = ["gone"]', "filters", "没有“gone”"),
        ('sort = ["-visited_on", "name"]', 'sort = ["-gone"]', "sort", "没有“gone”"),
        ('evidence = ["photo"]', 'evidence = ["kind"]', "evidence", "类型是 choice"),
        ('due = "due_on"', 'due = "money"', "due", "类型是 money"),
        ('title = "name"', 'title = ""', "title", "缺少"),
        ('name = "慰问台账"', "name = 5", "name", "应是文字"),
        ('label = "金额"', "", "field 第 5 项", "key 和 label"),
        ('choices = ["走访", "慰问金"]', "", "choices", "没有可选"),
        ('evidence = "photo"\n', 'evidence = "gold"\n', "field 第 7 项 evidence", "附件种类"),
        ('layout = "grid"', 'layout = "spiral"', "paper layout", "版式"),
        ("required = true", "required = 1", "field 第 1 项 required", "true 或 false"),
        ("width_mm = 30", "width_mm = -3", "column 第 1 项 width_mm", "1 到 300"),
        ('type = "money"', 'type = "number"\ndecimals = 9', "field 第 5 项 decimals", "0 到 3"),
        ('key = "visits"', 'key = "visits"\ncolour = "red"', "colour", "不认识的键"),
        ("[paper]", "[paper]\nsize = 3", "paper size", "不认识的键"),
    ],
)
def test_a_fault_is_told_with_file_and_key(before, after, where, what):
    assert before in GIVEN
    with pytest.raises(UnreadableProblem) as caught:
        parse_ledger("visits.toml", tomllib.loads(GIVEN.replace(before, after, 1)))
    assert "visits.toml" in caught.value.where
    assert where in caught.value.where
    assert what in caught.value.what


def test_a_faulty_file_leaves_the_other_ledgers_in_use(tmp_path):
    (tmp_path / "1.toml").write_text(GIVEN, encoding="utf-8")
    (tmp_path / "2.toml").write_text(GIVEN, encoding="utf-8")
    (tmp_path / "3.toml").write_text("key = ", encoding="utf-8")
    (tmp_path / "4.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "5.toml").write_text(GIVEN.replace('"visits"', '"other"'), encoding="utf-8")
    found = read_ledgers(tmp_path)
    assert [each.key for each in found.ledgers] == ["visits", "other"]
    assert [each.where for each in found.faults] == ["2.toml", "3.toml", "4.toml"]
    assert "重复" in found.faults[0].what


def test_every_shipped_ledger_can_be_used():
    shipped = shipped_ledgers()
    assert shipped.faults == ()
    assert {"rectification", "contact_points"} <= set(shipped.by_key)
    for ledger in shipped.ledgers:
        assert ledger.columns, ledger.key
        assert any(spec.required for spec in ledger.fields), ledger.key
        assert ledger.owner, ledger.key
        assert ledger.note, ledger.key


def test_rows_stand_in_the_ledgers_order_and_those_without_a_value_last():
    rows = [
        row("乙", 0, visited_on="2026-01-01"),
        row("甲", 1, visited_on="2026-03-01"),
        row("丙", 2),
        row("甲", 3, visited_on="2026-01-01"),
    ]
    assert [each.position for each in sorted_rows(LEDGER, rows)] == [1, 0, 3, 2]


@given(st.lists(st.none() | st.integers(0, 10**9), max_size=12))
def test_totals_are_exact_and_blank_where_nothing_was_entered(amounts):
    rows = [row("甲", at, **({} if each is None else {"money": each})) for at, each in enumerate(amounts)]
    given_amounts = [each for each in amounts if each is not None]
    assert totals_of(LEDGER, rows) == ({"money": sum(given_amounts)} if given_amounts else {})


@given(st.lists(st.dates(date(2024, 1, 1), date(2027, 1, 1)), max_size=8), st.dates(), st.dates())
def test_widening_a_period_never_lowers_the_count(days, first, last):
    rows = [row("甲", at, visited_on=each.isoformat()) for at, each in enumerate(days)]
    narrow = sum(within(LEDGER, each, first, last) for each in rows)
    assert narrow <= sum(within(LEDGER, each, first, None) for each in rows) <= len(rows)


@pytest.mark.parametrize(
    "values, inside",
    [
        ({"visited_on": "2026-01-01"}, True),
        ({"visited_on": "2026-12-31"}, True),
        ({"visited_on": "2027-01-01"}, False),
        ({"visited_on": "2025-05-01"}, True),  # not done yet: carried on
        ({"visited_on": "2025-05-01", "done_on": "2026-01-01"}, True),
        ({"visited_on": "2025-05-01", "done_on": "2025-12-31"}, False),
        ({}, True),
    ],
)
def test_what_is_left_over_belongs_to_the_period_in_which_it_is_done(values, inside):
    assert within(LEDGER, row("甲", **values), date(2026, 1, 1), date(2026, 12, 31)) is inside


@pytest.mark.parametrize(
    "values, today, late",
    [
        ({"due_on": "2026-06-30"}, date(2026, 6, 30), False),
        ({"due_on": "2026-06-30"}, date(2026, 7, 1), True),
        ({"due_on": "2026-06-30", "done_on": "2026-07-20"}, date(2026, 8, 1), False),
        ({}, date(2026, 8, 1), False),
        ({"due_on": "六月底"}, date(2026, 8, 1), False),
    ],
)
def test_a_row_is_overdue_from_the_day_after_unless_it_is_done(values, today, late):
    assert is_overdue(LEDGER, row("甲", **values), today) is late


def test_a_users_changes_lie_over_the_shipped_ledger_and_what_is_hidden_stays():
    change = LedgerDefinition(
        SPACE,
        "visits",
        fields=(FieldSpec("备注", "备注"), FieldSpec("name", "不再添一次")),
        hidden=("kind", "没有的"),
        labels={"money": "慰问金额", "备注": "说明"},
    )
    changed = changed_ledger(LEDGER, change)
    assert changed.name == "慰问台账"
    assert [each.key for each in changed.shown] == [
        "name", "visited_on", "due_on", "done_on", "money", "photo", "备注",
    ]  # fmt: skip
    assert changed.field("money").label == "慰问金额"
    assert changed.field("备注").label == "说明"
    assert changed.shown_columns[-1][0].key == "备注"


def test_a_users_own_ledger_has_every_field_as_a_column():
    fields = (FieldSpec("事项", "事项"), FieldSpec("日期", "日期", FieldType.DATE))
    ledger = own_ledger(LedgerDefinition(SPACE, "own-1", True, "本支部的台账", fields, date_field="日期"))
    assert ledger.own
    assert [spec.key for spec, _ in ledger.shown_columns] == ["事项", "日期"]
    assert ledger.title_field == "事项"
    assert ledger.sort == ("日期",)


@pytest.mark.parametrize(
    "fields, named",
    [
        ((FieldSpec("日期", "日期", FieldType.DATE), FieldSpec("事项", "事项")), "事项"),
        ((FieldSpec("备注", "备注"), FieldSpec("姓名", "姓名", FieldType.PERSON, required=True)), "姓名"),
        ((FieldSpec("日期", "日期", FieldType.DATE),), "日期"),
        ((), ""),
    ],
)
def test_a_row_of_an_own_ledger_is_named_by_words(fields, named):
    assert own_ledger(LedgerDefinition(SPACE, "own-1", True, "台账", fields)).title_field == named
