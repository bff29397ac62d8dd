"""The fourteen lines that an office's half-year report accounts for (design: the product): each has its records in the
book, its number in the statistics, and its place in the handbook. Walked with the example book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from branchbook.app import Workshop
from branchbook.catalogue.handbook import PART_BY_KEY
from branchbook.domain.measures import Figure
from branchbook.services.measures import count, whole_year
from branchbook.services.store import Book
from branchbook.storage.shelf import Shelf

YEAR = 2026


@dataclass(frozen=True)
class Line:
    """One line: what it is about, the measures that count it, and the parts of the handbook where it stands."""

    number: int
    about: str
    measures: tuple[str, ...]
    parts: tuple[str, ...]


LINES = (
    Line(
        1,
        "三会一课",
        ("general_meetings", "committee_meetings", "group_meetings", "party_lessons"),
        ("general_meeting", "committee_meeting", "group_meeting", "party_lesson"),
    ),
    Line(
        2,
        "组织生活会和民主评议、民主生活会",
        ("organisational_life_meetings", "democratic_evaluations"),
        ("organisational_life_meeting", "evaluation_summary", "democratic_life_meeting"),
    ),
    Line(3, "换届、支部调整", ("elections",), ("election_register", "committee_roster")),
    Line(4, "预备党员转正", ("converted_members",), ("member_roster",)),
    Line(5, "五必做手册及佐证", ("late_entries",), ("requirement_summary", "photo_page")),
    Line(6, "主题党日＋", ("theme_party_days",), ("theme_party_day", "ledger_volunteer_work")),
    Line(7, "联系点、双重组织生活", ("contact_point_visits",), ("ledger_contact_points", "dual_life")),
    Line(
        8,
        "学习培训、讲座",
        ("study_classes", "study_days", "lectures"),
        ("ledger_study_classes", "ledger_members_on_courses", "ledger_lecture_series"),
    ),
    Line(
        9,
        "两优一先、慰问",
        ("commendations", "hardship_visits"),
        ("ledger_commendations", "ledger_hardship_visits"),
    ),
    Line(10, "工作要点和任务", ("resolutions_done",), ("annual_work_plan", "ledger_plan_tasks")),
    Line(
        11,
        "廉洁提醒、主体责任",
        ("integrity_reminders",),
        ("ledger_integrity_reminders", "ledger_responsibility_list"),
    ),
    Line(
        12,
        "意识形态风险点、巡视整改",
        ("rectifications",),
        ("ledger_ideological_risks", "ledger_rectification"),
    ),
    Line(13, "宣传", ("published_articles",), ("ledger_published_articles",)),
    Line(14, "汇报材料", ("attendance_rate",), ("annual_work_summary",)),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The example book."""
    workshop = Workshop()
    path: Path = tmp_path_factory.mktemp("example") / "示例.branchbook"
    made = Shelf().create_filled(
        path, "测试", lambda book: workshop.fill_example(book, datetime(2026, 11, 29, tzinfo=UTC))
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def figures(example: Book) -> dict[str, Figure]:
    with example.reading() as reading:
        return {each.measure.key: each for each in count(reading, whole_year(YEAR))}


def test_there_are_fourteen():
    assert [each.number for each in LINES] == list(range(1, 15))


@pytest.mark.parametrize("line", LINES, ids=lambda each: each.about)
def test_each_has_a_number_that_opens_what_it_counts(line, figures):
    for key in line.measures:
        figure = figures[key]
        assert figure.value is not None, f"{key}: {figure.blank_reason}"
        assert figure.facts
        assert all(fact.id for fact in figure.facts)


@pytest.mark.parametrize("line", LINES, ids=lambda each: each.about)
def test_each_has_a_place_in_the_handbook(line):
    assert all(PART_BY_KEY[key].title for key in line.parts)
