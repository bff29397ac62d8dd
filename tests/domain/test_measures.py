"""Measures: what is counted, when a number is blank and when it is 0, and that parts make the whole."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.measures import (
    NO_VALUE,
    NOTHING_RECORDED,
    NOTHING_TO_DIVIDE_BY,
    Comparison,
    Fact,
    Filter,
    Measure,
    Way,
    figures,
    fits,
)

DAY = date(2026, 3, 5)


def fact(on: date = DAY, **cells) -> Fact:
    return Fact("record", uuid4(), uuid4(), on, cells)


def one(measure: Measure, *facts: Fact):
    return figures([measure], {measure.source: facts})[0]


COUNT = Measure("held", "次数", "records", filters=(Filter("kind", Comparison.IS, ("lesson",)),))


def test_a_number_with_nothing_behind_it_is_blank_and_says_why():
    figure = one(COUNT)
    assert (figure.value, figure.facts, figure.blank_reason) == (None, (), NOTHING_RECORDED)


def test_0_stands_where_facts_were_looked_through_and_none_fits():
    figure = one(COUNT, fact(kind=("meeting",)))
    assert (figure.value, figure.facts, figure.blank_reason) == (0, (), "")


def test_a_number_brings_exactly_the_facts_that_it_counts():
    lesson, both, other = fact(kind=("lesson",)), fact(kind=("meeting", "lesson")), fact(kind=("meeting",))
    figure = one(COUNT, lesson, both, other)
    assert figure.value == 2
    assert figure.facts == (lesson, both)


@pytest.mark.parametrize(
    "test, values, cell, expected",
    [
        (Comparison.IS, ("a",), "a", True),
        (Comparison.IS, ("a",), "b", False),
        (Comparison.IS, ("a",), ("b", "a"), True),
        (Comparison.IS, ("a",), None, False),
        (Comparison.IS, (True,), True, True),
        (Comparison.IS_NOT, ("a",), "b", True),
        (Comparison.IS_NOT, ("a",), None, True),
        (Comparison.IS_NOT, ("a",), ("b", "a"), False),
        (Comparison.AMONG, ("a", "b"), "b", True),
        (Comparison.AMONG, ("a", "b"), "c", False),
        (Comparison.AT_LEAST, (3,), 3, True),
        (Comparison.AT_LEAST, (3,), 2, False),
        (Comparison.AT_LEAST, (3,), None, False),
        (Comparison.AT_LEAST, (Decimal("2.5"),), Decimal("2.5"), True),
        (Comparison.AT_LEAST, (3,), "3", False),
        (Comparison.AT_MOST, (3,), 3, True),
        (Comparison.AT_MOST, (3,), 4, False),
        (Comparison.BELOW, (3,), 3, False),
        (Comparison.BELOW, (3,), 2, True),
        (Comparison.AT_LEAST, (DAY,), DAY, True),
        (Comparison.BELOW, (DAY,), DAY, False),
        (Comparison.CONTAINS, ("专家",), "外请专家", True),
        (Comparison.CONTAINS, ("专家",), "书记", False),
        (Comparison.FILLED, (True,), "x", True),
        (Comparison.FILLED, (True,), "", False),
        (Comparison.FILLED, (False,), None, True),
        (Comparison.FILLED, (False,), ("x",), False),
    ],
)
def test_what_a_filter_lets_through(test, values, cell, expected):
    assert fits([Filter("field", test, values)], fact(field=cell)) is expected


def test_a_sum_takes_the_values_that_are_there_and_is_blank_where_none_is():
    hours = Measure("hours", "学时", "records", Way.SUM, field="hours")
    assert one(hours, fact(hours=2), fact(hours=None), fact(hours=Decimal("1.5"))).value == Decimal("3.5")
    blank = one(hours, fact(hours=None), fact())
    assert (blank.value, blank.blank_reason) == (None, NO_VALUE)


def test_different_values_are_counted_once_each_of_several():
    people = Measure("people", "人数", "records", Way.DISTINCT, field="who")
    assert one(people, fact(who=("甲", "乙")), fact(who=("甲",)), fact(who="")).value == 2


def test_a_mean_is_of_those_that_have_a_value():
    age = Measure("age", "平均年龄", "members", Way.MEAN, field="age")
    assert one(age, fact(age=30), fact(age=31), fact(age=None), fact(age=31)).value == Decimal("30.67")


@pytest.mark.parametrize("facts", [(), (fact(kind=("meeting",)),)])
def test_what_divides_by_nothing_is_blank(facts):
    part = Measure("part", "实到", "records", filters=COUNT.filters)
    whole = Measure("whole", "应到", "records", filters=COUNT.filters)
    rate = Measure("rate", "率", "records", Way.RATIO, divided="part", divisor="whole", percent=True)
    figure = figures([part, whole, rate], {"records": facts})[2]
    assert (figure.value, figure.blank_reason) == (None, NOTHING_TO_DIVIDE_BY)


def test_a_ratio_is_in_hundredths_where_it_says_so():
    part = Measure("part", "讲课", "records", filters=COUNT.filters)
    whole = Measure("whole", "全部", "records")
    rate = Measure("rate", "率", "records", Way.RATIO, divided="part", divisor="whole", percent=True)
    facts = [fact(kind=("lesson",)), fact(kind=("meeting",)), fact(kind=("meeting",))]
    assert figures([part, whole, rate], {"records": facts})[2].value == Decimal("33.33")


CELLS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["lesson", "meeting", "talk"]),
        "month": st.integers(1, 12).map(lambda month: f"2026-{month:02d}"),
        "hours": st.none() | st.decimals(0, 99, places=1),
    }
)
FACTS = st.lists(
    st.builds(
        lambda offset, cells: Fact("record", uuid4(), uuid4(), DAY + timedelta(days=offset), cells),
        st.integers(-200, 200),
        CELLS,
    ),
    min_size=1,
    max_size=30,
)
COUNTED = st.sampled_from(
    [
        COUNT,
        Measure("all", "全部", "records", groups=("kind", "month")),
        Measure("hours", "学时", "records", Way.SUM, field="hours", groups=("kind", "month")),
    ]
)


@given(FACTS, COUNTED)
def test_the_parts_make_the_whole(facts, measure):
    figure = one(measure, *facts)
    for parts in (figure.parts or {}).values():
        assert sum(part.value for part in parts) == (figure.value or 0)


@given(FACTS, COUNTED, st.integers(0, 100), st.integers(0, 100))
def test_a_wider_period_never_lowers_a_count(facts, measure, days, more):
    def within(limit: int):
        return [each for each in facts if abs((each.on - DAY).days) <= limit]

    narrow, wide = (one(measure, *within(limit)).value or 0 for limit in (days, days + more))
    assert narrow <= wide
