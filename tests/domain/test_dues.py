"""Dues: bands and their bounds, rounding, which months are owed where, arrears. Each case names its rule."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.dues import (
    Arrears,
    DuesRounding,
    Payer,
    PayingSpan,
    arrears_on,
    arrears_rule,
    check_fixing,
    is_late_payment,
    monthly_due,
    months_owed,
)
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.services.shipped_rules import shipped_rulebook

HERE, THERE = UUID(int=1), UUID(int=2)
RULES = shipped_rulebook().on(date(2026, 1, 1))


def due(payer: Payer, base: int | None, total: int | None = None, rounding: DuesRounding = DuesRounding.FEN):
    return monthly_due(payer, base, total, RULES, rounding)


@pytest.mark.parametrize(
    "base, permille, fen, rule",
    [
        (100, 5, 1, "F-01"),  # half a fen rounds up
        (300_000, 5, 1_500, "F-01"),  # 3000 元 itself: 以下 includes the number
        (300_001, 10, 3_000, "F-02"),
        (500_000, 10, 5_000, "F-02"),
        (500_001, 15, 7_500, "F-03"),
        (1_000_000, 15, 15_000, "F-03"),
        (1_000_001, 20, 20_000, "F-04"),
        (2_345_678, 20, 46_914, "F-04"),
    ],
)
def test_the_band_of_a_wage_holds_for_the_whole_base(base, permille, fen, rule):
    """第二条: F-01 to F-05."""
    found = due(Payer.WAGE, base)
    assert (found.permille, found.fen, found.rule.id) == (permille, fen, rule)


@pytest.mark.parametrize("base, fen", [(500_000, 2_500), (500_100, 5_001), (500_001, 5_000)])
def test_a_pension_of_5000_and_of_5001(base, fen):
    """Case 65: 25.00 and 50.01 (第五条, F-08)."""
    assert due(Payer.RETIRED, base).fen == fen


@pytest.mark.parametrize(
    "rounding, fen",
    [(DuesRounding.FEN, 5_001), (DuesRounding.DOWN, 5_000), (DuesRounding.JIAO, 5_000)],
)
def test_parts_of_a_fen_are_rounded_by_the_setting_and_told(rounding, fen):
    found = due(Payer.RETIRED, 500_055, rounding=rounding)  # 50.0055
    assert found.fen == fen
    assert found.rounded
    assert found.thousandths == 5_000_550
    assert not due(Payer.RETIRED, 500_000).rounded


def test_fixed_sums_and_what_is_not_known_yet():
    assert due(Payer.LOW_INCOME, None).fen == 20, "0.2 元 (第六条, F-10)"
    assert due(Payer.FARMER, None, 50).fen == 50
    assert due(Payer.REDUCED, None, 0).fen == 0
    assert due(Payer.WAGE, None) is None
    assert due(Payer.FARMER, None) is None
    before = shipped_rulebook().on(date(2000, 1, 1))
    assert monthly_due(Payer.WAGE, 300_000, None, before, DuesRounding.FEN) is None, "no rule in force then"


@given(st.integers(1, 10**8), st.sampled_from(DuesRounding))
def test_never_more_than_one_step_from_the_exact_amount(base, rounding):
    found = due(Payer.WAGE, base, rounding=rounding)
    step = 10_000 if rounding is DuesRounding.JIAO else 1_000
    assert abs(found.fen * 1000 - found.thousandths) < step
    assert found.thousandths == base * found.permille
    assert found.fen >= 0


@given(st.integers(1, 10**8), st.integers(0, 10**6))
def test_who_earns_more_never_owes_less(base, more):
    assert due(Payer.WAGE, base + more).fen >= due(Payer.WAGE, base).fen


@pytest.mark.parametrize(
    "payer, base, total, approval, where",
    [
        (Payer.WAGE, None, None, "", "计算基数"),
        (Payer.WAGE, 0, None, "", "计算基数"),
        (Payer.RETIRED, 10**10, None, "", "计算基数"),
        (Payer.FARMER, None, None, "", "月应交"),
        (Payer.FARMER, None, 19, "", "月应交"),
        (Payer.FARMER, None, 101, "", "月应交"),
        (Payer.REDUCED, None, 0, "", "批准依据"),
    ],
)
def test_what_cannot_be_fixed(payer, base, total, approval, where):
    with pytest.raises(RefusedProblem) as caught:
        check_fixing(payer, base, total, approval, RULES)
    assert caught.value.where == where


def test_less_needs_an_approval_and_bounds_are_allowed():
    with pytest.raises(ReasonProblem, match="第七条"):
        check_fixing(Payer.REDUCED, None, 0, " ", RULES)
    check_fixing(Payer.REDUCED, None, 0, "示党〔2026〕9号", RULES)
    for fen in (20, 100):
        check_fixing(Payer.FARMER, None, fen, "", RULES)


@pytest.mark.parametrize(
    "spans, months",
    [
        ([PayingSpan(HERE, date(2020, 1, 1))], range(1, 13)),
        ([PayingSpan(HERE, date(2026, 3, 20), accepted=True)], range(3, 13)),  # F-12: from that day
        ([PayingSpan(HERE, date(2026, 3, 20))], range(4, 13)),  # came from elsewhere: March is paid there
        ([PayingSpan(HERE, date(2026, 3, 1))], range(3, 13)),
        ([PayingSpan(HERE, date(2020, 1, 1), date(2026, 6, 1))], range(1, 6)),
        ([PayingSpan(HERE, date(2020, 1, 1), date(2026, 6, 2))], range(1, 7)),
        (
            [
                PayingSpan(HERE, date(2020, 1, 1), date(2026, 6, 15)),
                PayingSpan(THERE, date(2026, 6, 15)),
            ],
            range(1, 7),
        ),
        ([PayingSpan(THERE, date(2020, 1, 1))], ()),
        (
            # suspended from May until August
            [PayingSpan(HERE, date(2020, 1, 1), date(2026, 5, 1)), PayingSpan(HERE, date(2026, 8, 1))],
            (1, 2, 3, 4, 8, 9, 10, 11, 12),
        ),
    ],
)
def test_which_months_are_owed(spans, months):
    assert months_owed(spans, HERE, 2026) == tuple(months)


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(st.lists(days, min_size=1, max_size=5, unique=True), st.booleans())
def test_nobody_owes_a_month_in_two_places(cuts, accepted):
    ordered = [*sorted(cuts), None]
    spans = [
        PayingSpan((HERE, THERE)[at % 2], start, end, accepted and at == 0)
        for at, (start, end) in enumerate(pairwise(ordered))
        if start is not None
    ]
    here, there = (set(months_owed(spans, place, 2026)) for place in (HERE, THERE))
    assert not here & there
    assert len(here | there) <= 12


def year(*months: int) -> list[tuple[int, int]]:
    return [(2026, month) for month in months]


@pytest.mark.parametrize(
    "paid, day, months, run, rule",
    [
        (range(1, 13), date(2026, 11, 29), 0, 0, None),
        (range(1, 11), date(2026, 11, 29), 0, 0, None),  # November is not over
        (range(1, 10), date(2026, 11, 1), 1, 1, "M-15"),
        (range(6, 13), date(2026, 11, 29), 5, 5, "M-15"),  # case 63: five months
        (range(7, 13), date(2026, 11, 29), 6, 6, "F-14"),  # six months running
        ((2, 4, 6, 8, 10), date(2026, 11, 29), 5, 1, "M-15"),
        ((1, 2, 9), date(2026, 11, 29), 7, 6, "F-14"),
    ],
)
def test_arrears_as_of_a_day(paid, day, months, run, rule):
    found = arrears_on(year(*range(1, 13)), year(*paid), day)
    assert (len(found.months), found.run) == (months, run)
    under = arrears_rule(found, RULES)
    assert (under.id if under else None) == rule


def test_arrears_run_over_the_end_of_a_year_and_over_months_that_are_not_owed():
    owed = [(2025, 11), (2025, 12), (2026, 1), (2026, 4)]
    assert arrears_on(owed, [], date(2026, 5, 1)) == Arrears(tuple(owed), 4)


@given(st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12)), st.integers(1, 12), st.integers(1, 12))
def test_paying_never_makes_arrears_and_time_never_takes_them_away(owed, paid, month, more):
    day = date(2026, month, 15)
    found = arrears_on(year(*owed), year(*paid), day)
    assert set(found.months) <= set(year(*owed)) - set(year(*paid))
    assert found.run <= len(found.months)
    assert len(arrears_on(year(*owed), year(*paid, more), day).months) <= len(found.months)
    assert len(arrears_on(year(*owed), year(*paid), date(2026, 12, 31)).months) >= len(found.months)


@pytest.mark.parametrize("day, late", [(date(2026, 7, 31), False), (date(2026, 8, 1), True)])
def test_paying_back_usually_within_six_months(day, late):
    """第十二条 (F-13)."""
    assert is_late_payment((2026, 1), day, RULES) is late
