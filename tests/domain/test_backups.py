"""The rotation: what is kept by day, week, month and year; the newest always."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.backups import LATEST, RotationCounts, kept_by_rotation

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # a Tuesday

moments = st.integers(0, 20 * 366 * 24).map(
    lambda hours: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)
made = st.dictionaries(st.integers(0, 10_000).map(str), moments, max_size=60)
small = st.integers(0, 9)
some_counts = st.builds(RotationCounts, small, small, small, small)


def ago(**past: int) -> datetime:
    return NOW - timedelta(**past)


CASES = [
    ("nothing", {}, RotationCounts(), set()),
    ("one is kept even by counts of zero", {"a": NOW}, RotationCounts(0, 0, 0, 0), {"a"}),
    (
        "the newest of a day stands for the day, and the one before is kept",
        {"first": ago(hours=9), "early": ago(hours=5), "late": NOW},
        RotationCounts(),
        {"early", "late"},
    ),
    (
        "days without a backup do not count",
        {"today": NOW, "last month": ago(days=30), "older": ago(days=60)},
        RotationCounts(2, 0, 0, 0),
        {"today", "last month"},
    ),
    (
        "a week begins on Monday",
        {"noon": NOW, "morning": ago(hours=5), "Monday": ago(days=1), "Sunday": ago(days=2)},
        RotationCounts(0, 2, 0, 0),
        {"noon", "morning", "Sunday"},
    ),
    (
        "the week of New Year is one week",
        {str(day): datetime(2026, 12, 28, tzinfo=UTC) + timedelta(days=day) for day in range(7)},
        RotationCounts(0, 2, 0, 0),
        {"6", "5"},
    ),
    (
        "months and years",
        {
            "now": NOW,
            "October": ago(days=40),
            "2025": datetime(2025, 3, 1, tzinfo=UTC),
            "2024": datetime(2024, 3, 1, tzinfo=UTC),
        },
        RotationCounts(0, 0, 2, 2),
        {"now", "October", "2025"},
    ),
]


@pytest.mark.parametrize(
    "made_at, counts, kept", [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_what_is_kept(made_at, counts, kept):
    assert kept_by_rotation(made_at, counts) == kept


def test_moments_with_and_without_a_zone_stand_side_by_side():
    made_at = {"a": NOW, "b": NOW.replace(hour=2, tzinfo=None), "c": NOW.replace(hour=1)}
    assert kept_by_rotation(made_at, RotationCounts()) == {"a", "b"}


@given(made, some_counts)
def test_some_of_them_are_kept_and_the_newest_is_among_them(made_at, counts):
    kept = kept_by_rotation(made_at, counts)
    assert kept <= made_at.keys()
    if made_at:
        assert max(made_at.values()) in {made_at[key] for key in kept}
    assert len(kept) >= min(LATEST, len(made_at))
    assert len(kept) <= LATEST + counts.days + counts.weeks + counts.months + counts.years


@given(made, some_counts)
def test_a_second_rotation_removes_nothing_more(made_at, counts):
    kept = kept_by_rotation(made_at, counts)
    assert kept_by_rotation({key: made_at[key] for key in kept}, counts) == kept


@given(made, some_counts, some_counts)
def test_larger_counts_never_keep_less(made_at, counts, more):
    larger = RotationCounts(
        counts.days + more.days,
        counts.weeks + more.weeks,
        counts.months + more.months,
        counts.years + more.years,
    )
    assert kept_by_rotation(made_at, counts) <= kept_by_rotation(made_at, larger)


@given(made, some_counts)
def test_the_last_of_each_kept_day_is_kept(made_at, counts):
    kept = kept_by_rotation(made_at, counts)
    days = sorted({moment.date() for moment in made_at.values()}, reverse=True)[: counts.days]
    for day in days:
        last = max(moment for moment in made_at.values() if moment.date() == day)
        assert last in {made_at[key] for key in kept}


@given(st.lists(moments, min_size=1, max_size=60, unique=True), some_counts)
def test_rotating_after_each_backup_never_loses_the_latest_years(times, counts):
    """As the program does it: one more backup, then the rotation, again and again."""
    held: dict[str, datetime] = {}
    for moment in sorted(times):
        held[moment.isoformat()] = moment
        held = {key: held[key] for key in kept_by_rotation(held, counts)}
        assert moment in held.values()
    years = sorted({moment.year for moment in times}, reverse=True)[: counts.years]
    assert set(years) <= {moment.year for moment in held.values()}
