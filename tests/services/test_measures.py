"""Numbers of a period from a book: every shipped measure, their records, the members' balance, a user's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from branchbook.app import Workshop
from branchbook.domain.dates import Period
from branchbook.domain.measures import Measure, Way
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.records import Record
from branchbook.services.measures import (
    balance,
    compared,
    count,
    facts_of,
    keep_own,
    measures_of,
    period_before,
    shipped_measures,
    whole_year,
)
from branchbook.services.statistics import counted_lines
from branchbook.services.store import Book
from branchbook.services.talks import CIRCLE_WORDS
from tests.services.small_book import actor, small_book

YEAR = 2026


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The example book, which holds something of everything."""
    workshop = Workshop()
    path: Path = tmp_path_factory.mktemp("example") / "示例.branchbook"
    made = workshop.shelf.create_filled(
        path, "测试", lambda book: workshop.fill_example(book, datetime(2026, 11, 29, tzinfo=UTC))
    )
    yield made
    made.close()


@pytest.mark.parametrize("measure", shipped_measures().measures, ids=lambda each: each.key)
def test_a_shipped_measure_says_what_it_counts_and_counts_it(example, measure):
    assert measure.name
    assert measure.definition
    assert measure.unit
    assert measure.group
    with example.reading() as reading:
        figure = {each.measure.key: each for each in count(reading, whole_year(YEAR))}[measure.key]
    assert figure.value is not None, figure.blank_reason
    for parts in (figure.parts or {}).values():
        several = measure.key == "party_lessons"  # one lesson may have two lecturers
        assert several or sum(part.value for part in parts) == figure.value


def test_a_number_opens_exactly_its_records(example):
    with example.reading() as reading:
        figures = {each.measure.key: each for each in count(reading, whole_year(YEAR))}
        lessons = [reading.get(Record, each.id) for each in figures["party_lessons"].facts]
    assert len(lessons) == figures["party_lessons"].value
    assert all(
        "party_lesson" in each.kinds and each.is_final and each.held_on.year == YEAR for each in lessons
    )


def test_months_make_the_year_and_branches_make_the_book(example):
    with example.reading() as reading:
        whole = count(reading, whole_year(YEAR))
        months = [
            count(reading, Period(date(YEAR, month, 1), period_before(Period(*_next(month))).end))
            for month in range(1, 13)
        ]
        places = [
            each.id for each in reading.roster().organisations if each.kind is not OrganisationKind.GROUP
        ]
        general = {each.kind: each.id for each in reading.roster().organisations}[
            OrganisationKind.GENERAL_BRANCH
        ]
        branches = [count(reading, whole_year(YEAR), each) for each in places if each != general]
    for at, figure in enumerate(whole):
        dated = not figure.measure.carried and figure.measure.source not in ("members", "resolutions")
        if figure.measure.way in (Way.COUNT, Way.SUM) and dated and not _as_it_stands(figure.measure):
            assert sum(month[at].value or 0 for month in months) == figure.value, figure.measure.key
        if figure.measure.way is Way.COUNT and figure.measure.source == "members":
            assert sum(branch[at].value or 0 for branch in branches) == figure.value, figure.measure.key


def _as_it_stands(measure: Measure) -> bool:
    """Whether it asks how something stands on the period's last day: July may say done what June did not."""
    return any(each.field in ("done", "overdue") for each in measure.filters)


@pytest.mark.parametrize("place", [None, "branch"])
def test_a_wider_period_never_counts_less(example, place):
    """However the days fall: what a period holds, every period around it holds."""
    with example.reading() as reading:
        roster = reading.roster()
        chosen = next(each.id for each in roster.organisations if each.kind is OrganisationKind.BRANCH)
        periods = [
            Period(date(YEAR, 6, 11 - n), date(YEAR, 6, 11) + timedelta(days=n * 17)) for n in range(10)
        ]
        periods += [
            Period(date(YEAR, 1, 1), date(YEAR, 12, 31)),
            Period(date(YEAR - 5, 3, 1), date(YEAR + 1, 3, 1)),
        ]
        counts = [count(reading, each, chosen if place else None) for each in periods]
    for narrow, wide in pairwise(counts):
        for less, more in zip(narrow, wide, strict=True):
            measure = less.measure
            counted = measure.way in (Way.COUNT, Way.DISTINCT) and measure.source not in (
                "members",
                "resolutions",
            )
            if counted and not measure.carried and not _as_it_stands(measure):
                assert (more.value or 0) >= (less.value or 0), measure.key


def test_a_grade_opens_its_member_in_its_round(example):
    with example.reading() as reading:
        figures = {each.measure.key: each for each in count(reading, whole_year(YEAR))}
        graded = figures["members_graded"]
        lines = counted_lines(reading, graded.facts)
    assert len(lines) == graded.value
    assert all(line.entity == "procedure" and line.family == "evaluation" for line in lines)
    assert len({line.person_id for line in lines}) == len(lines)
    parts = (graded.parts or {})["grade_name"]
    assert sum((part.value for part in parts), Decimal(0)) == graded.value
    assert len(figures["members_excellent"].facts) <= len(graded.facts)


def test_talks_and_dual_life_are_sources_for_a_users_measure(example):
    with example.reading() as reading:
        facts = facts_of(reading, whole_year(YEAR), None, {"talks", "dual_life"})
        plain = {each.measure.key: each.value for each in count(reading, whole_year(YEAR))}
    assert len(facts["talks"]) == plain["heart_to_heart_talks"]
    assert {each for fact in facts["talks"] for each in fact.cells["circle"]} <= set(CIRCLE_WORDS.values())
    assert {each.cells["leader"] for each in facts["dual_life"]}


def _next(month: int) -> tuple[date, date]:
    """The month after, whole; the one before it is the month asked for."""
    year, after = (YEAR, month + 1) if month < 12 else (YEAR + 1, 1)
    following = date(year + after // 12, after % 12 + 1, 1)
    return date(year, after, 1), date.fromordinal(following.toordinal() - 1)


def test_opening_and_changes_make_the_closing_of_every_branch(example):
    with example.reading() as reading:
        for place in (None, *(each.id for each in reading.roster().organisations)):
            opening, joined, left, closing = balance(reading, whole_year(YEAR), place)
            assert opening + joined - left == closing


@pytest.mark.parametrize(
    "start, end, before",
    [
        (date(2026, 7, 1), date(2026, 12, 31), (date(2026, 1, 1), date(2026, 6, 30))),
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 1), date(2026, 11, 24), (date(2025, 1, 1), date(2025, 11, 24))),
    ],
)
def test_which_period_stands_beside(start, end, before):
    assert period_before(Period(start, end)) == Period(*before)


def test_both_periods_stand_side_by_side(example):
    with example.reading() as reading:
        pairs = compared(reading, Period(date(YEAR, 7, 1), date(YEAR, 9, 30)))
        alone = count(reading, Period(date(YEAR, 4, 1), date(YEAR, 6, 30)))
    assert [pair.before for pair in pairs] == list(alone)


def test_a_period_that_ends_before_it_starts_is_refused(example):
    with example.reading() as reading, pytest.raises(RefusedProblem, match="早于开始"):
        count(reading, Period(date(2026, 3, 2), date(2026, 3, 1)))


OWN = """
[[measure]]
key = "late_lessons"
name = "补记的党课"
source = "records"
where = { kind = "party_lesson", late_entry = true }
"""


def test_a_user_adds_a_measure_and_a_faulty_one_changes_nothing():
    book = small_book()
    keep_own(book, OWN, actor())
    with pytest.raises(UnreadableProblem, match="weather"):
        keep_own(book, OWN.replace('"records"', '"weather"'), actor())
    with pytest.raises(UnreadableProblem, match="同名"):
        keep_own(book, OWN.replace("late_lessons", "party_lessons"), actor())
    with book.reading() as reading:
        assert [each.key for each in measures_of(reading)][-1] == "late_lessons"


def test_attendance_is_a_source_for_a_users_measure(example):
    with example.reading() as reading:
        facts = facts_of(reading, whole_year(YEAR), None, {"attendance"})["attendance"]
    assert {each.cells["presence"] for each in facts} >= {"present", "on_leave"}
