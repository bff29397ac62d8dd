"""Measure files: what is read from them, and which error names file and key."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from branchbook.domain.measure_parsing import CellKind, SourceFields, parse_measures
from branchbook.domain.measures import Comparison, Filter, Way
from branchbook.domain.problems import UnreadableProblem

SOURCES = {
    "records": SourceFields(
        "records",
        "记录",
        {"kind": CellKind.TEXT, "hours": CellKind.NUMBER, "on": CellKind.DAY, "late": CellKind.YES_NO},
    )
}


def parse(text: str):
    return parse_measures("自用.toml", tomllib.loads(text), SOURCES)


def table(more: str = "") -> str:
    return f'[[measure]]\nkey = "a"\nname = "次数"\nsource = "records"\n{more}\n'


def test_a_plain_measure_counts():
    (found,) = parse(table('unit = "次"\nwhere = { kind = "lesson", hours = { at_least = 1.5, below = 9 } }'))
    assert (found.key, found.way, found.unit) == ("a", Way.COUNT, "次")
    assert found.filters == (
        Filter("kind", Comparison.IS, ("lesson",)),
        Filter("hours", Comparison.AT_LEAST, (Decimal("1.5"),)),
        Filter("hours", Comparison.BELOW, (9,)),
    )


def test_a_list_asks_for_any_of_its_values():
    (found,) = parse(table('where = { kind = ["lesson", "talk"] }'))
    assert found.filters == (Filter("kind", Comparison.AMONG, ("lesson", "talk")),)


@pytest.mark.parametrize(
    "text, place, what",
    [
        ("[other]\n", "自用.toml other", "不认识的键"),
        ("measure = 3\n", "自用.toml measure", "[[measure]]"),
        ("[[measure]]\nname = 'x'\n", "measure.key", "缺少"),
        (table("colour = 'red'"), "a.colour", "不认识的键"),
        (table().replace('"records"', '"weather"'), "a.source", "weather"),
        (table("where = { colour = 'red' }"), "a.where.colour", "没有栏目“colour”"),
        (table("where = { hours = { about = 3 } }"), "a.where.hours.about", "不认识的条件"),
        (table("where = 3"), "a.where", "应为表"),
        (table("sum = 'kind'"), "a.sum", "不是数字"),
        (table("sum = 'colour'"), "a.sum", "没有栏目“colour”"),
        (table("sum = 'hours'\nmean = 'hours'"), "a", "只能有一种算法"),
        (table("groups = ['colour']"), "a.groups", "没有栏目“colour”"),
        (table("groups = 'kind'"), "a.groups", "列表"),
        (table("divided = 'b'\ndivisor = 'c'"), "自用.toml a", "没有可以相除的指标“b”"),
        (table() + table(), "自用.toml a", "重复"),
    ],
)
def test_what_does_not_fit_is_named_by_file_and_key(text, place, what):
    with pytest.raises(UnreadableProblem) as caught:
        parse(text)
    assert place in caught.value.where
    assert what in caught.value.what
