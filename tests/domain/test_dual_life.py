"""Dual organisational life in numbers (支部工作条例 第十五条; 党员教育管理工作条例 第十六条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.dual_life import LifeCount, LifeEntry, life_count
from tests.domain.rosters import identity


def entry(number: int, due: bool = True, present: bool = True, **more: Any) -> LifeEntry:
    day = date(2026, 1 + number % 12, 5)
    return LifeEntry(
        identity("record", number), day, "第一党支部", "支部党员大会", "学习", due, present, **more
    )


def test_a_year_is_counted():
    entries = [
        entry(1, spoke=True),
        entry(2, present=False, on_leave=True),
        entry(3, present=False),
        entry(4, due=False, lectured=True),
    ]
    assert life_count(entries) == LifeCount(3, 1, 1, 1, lectures=1, speeches=1, elsewhere=1)


def test_nothing_makes_nothing():
    assert life_count(()) == LifeCount()


ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(0, 99),
        st.booleans(),
        st.booleans(),
        on_leave=st.booleans(),
        lectured=st.booleans(),
        spoke=st.booleans(),
    )
)


@given(ENTRIES)
def test_every_entry_is_counted_once(entries):
    counted = life_count(entries)
    assert counted.due == counted.present + counted.on_leave + counted.absent
    assert counted.due + counted.elsewhere == len(entries)
    assert counted.absent >= 0


@given(ENTRIES, ENTRIES)
def test_two_halves_of_a_year_add_up(first, second):
    whole, one, other = life_count([*first, *second]), life_count(first), life_count(second)
    for name in LifeCount.__slots__:
        assert getattr(whole, name) == getattr(one, name) + getattr(other, name)
