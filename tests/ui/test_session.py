"""An open book: what the top bar is told of it, undo and redo under the operator's name, and its end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.organisations import rename
from branchbook.storage.shelf import Shelf
from branchbook.storage.thread import StorageThread
from branchbook.ui.place import ScopeChoice
from branchbook.ui.session import Session, first_scope, heading_of
from branchbook.ui.top_bar import BookHeading
from tests.fakes import FakeBook
from tests.services.small_book import (
    FIRST_BRANCH,
    FOUNDED,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    fill,
    named,
    organisation,
    small_book,
)

TODAYS_NAME = "机关支部"


def heading(book: FakeBook, day: date = TODAY) -> BookHeading:
    with book.reading() as reading:
        return heading_of(reading, day)


def put(book: FakeBook, *values: Organisation | Record) -> None:
    with operate(book, actor(), "准备") as operating:
        operating.writing.put_all(values)


class TestHeading:
    def test_branches_come_before_the_general_branch_with_their_members(self):
        shown = heading(small_book())
        assert shown.owner == "示例总支"
        assert shown.organisations == (
            (FIRST_BRANCH, "第一支部（6 人）"),
            (SECOND_BRANCH, "第二支部（4 人）"),
            (GENERAL_BRANCH, "示例总支（10 人）"),
        )

    def test_a_branch_alone_owns_its_book(self):
        book = FakeBook()
        put(book, organisation("独立支部", OrganisationKind.BRANCH, None, 0))
        shown = heading(book)
        assert (shown.owner, [text for _, text in shown.organisations]) == ("独立支部", ["独立支部（0 人）"])

    def test_names_are_those_of_the_day_and_a_closed_branch_is_not_offered(self):
        book = small_book()
        rename(book, FIRST_BRANCH, TODAYS_NAME, date(2026, 9, 1), "示组1号", actor())
        assert heading(book).organisations[0][1] == f"{TODAYS_NAME}（6 人）"
        assert heading(book, date(2026, 8, 31)).organisations[0][1] == "第一支部（6 人）"
        with book.reading() as reading:
            second = reading.get(Organisation, SECOND_BRANCH)
        assert second is not None
        put(book, replace(second, closed_on=date(2026, 6, 1)))
        assert [each for each, _ in heading(book).organisations] == [FIRST_BRANCH, GENERAL_BRANCH]

    def test_the_years_reach_from_the_next_to_the_first_record(self):
        book = small_book()
        assert heading(book).years == (2027, 2026, 2025)
        put(book, Record(named("旧会"), ("general_meeting",), FIRST_BRANCH, date(2021, 3, 1), subject="旧会"))
        assert heading(book).years == (2027, 2026, 2025, 2024, 2023, 2022, 2021)

    def test_the_first_branch_of_this_year_is_shown_first(self):
        assert first_scope(heading(small_book()), TODAY) == ScopeChoice(FIRST_BRANCH, 2026)
        assert first_scope(BookHeading("", (), ()), TODAY) is None

    def test_a_branch_founded_later_is_offered_too(self):
        """Old meetings are entered late, coming ones are planned: only a closed branch is left out."""
        book = small_book()
        later = organisation("明年支部", OrganisationKind.BRANCH, GENERAL_BRANCH, 3)
        put(book, replace(later, founded_on=FOUNDED.replace(year=2027), names=(replace(later.names[0]),)))
        assert [text for _, text in heading(book).organisations][2] == "明年支部（0 人）"


@dataclass
class Clock:
    """A clock that the test moves."""

    minutes: int = 0

    def __call__(self):
        return actor(self.minutes).now


@dataclass
class Opened:
    """A session on a file of its own."""

    session: Session
    thread: StorageThread
    clock: Clock
    path: Path

    def run(self, operation, qtbot) -> None:
        """Do it as a place does, a minute later."""
        self.clock.minutes += 1
        self.session.commands.do(operation)
        self.settle(qtbot)

    def settle(self, qtbot) -> None:
        qtbot.waitUntil(lambda: self.session.commands.idle)

    def name(self) -> str:
        def ask() -> str:
            with self.session.book.reading() as reading:
                return reading.roster().organisation_by_id[FIRST_BRANCH].name

        return self.thread.run(ask)

    def lines(self) -> list[tuple[str, str]]:
        """The latest operations: label and who."""

        def ask() -> list[tuple[str, str]]:
            with self.session.book.reading() as reading:
                return [(each.head.label, each.head.who) for each in reading.operations(3)]

        return self.thread.run(ask)


@pytest.fixture
def opened(qapp, tmp_path):
    path, clock, thread = tmp_path / "簿.branchbook", Clock(), StorageThread()

    def make():
        book = Shelf().create(path, "")
        fill(book)
        return book

    try:
        session = Session(thread.run(make), thread, clock, clock(), "李操作")
        yield Opened(session, thread, clock, path)
        if not thread._closed:
            session.close()
    finally:
        thread.close()


def renaming(opened: Opened, name: str, day: int = 1):
    book = opened.session.book
    return lambda: rename(book, FIRST_BRANCH, name, date(2026, 9, day), "", actor())


class TestUndo:
    def test_what_was_done_last_is_undone_and_redone(self, opened, qtbot):
        opened.run(renaming(opened, "甲支部"), qtbot)
        assert opened.name() == "甲支部"
        opened.clock.minutes += 1
        opened.session.commands.undo()
        opened.settle(qtbot)
        assert opened.name() == "第一支部"
        opened.clock.minutes += 1
        opened.session.commands.redo()
        opened.settle(qtbot)
        assert opened.name() == "甲支部"

    def test_whoever_operates_then_is_named_in_the_history(self, opened, qtbot):
        opened.run(renaming(opened, "甲支部"), qtbot)
        opened.session.operator = "钱操作"
        opened.clock.minutes += 1
        opened.session.commands.undo()
        opened.settle(qtbot)
        assert opened.lines()[0][1] == "钱操作"
        assert opened.lines()[1][1] == "李操作"

    def test_with_nothing_left_it_says_so(self, opened, qtbot):
        told: list[object] = []
        opened.session.commands.problem.connect(told.append)
        opened.session.commands.redo()
        opened.settle(qtbot)
        (problem,) = told
        assert isinstance(problem, RefusedProblem)
        assert problem.what == "没有可以重做的操作"

    def test_a_final_record_of_an_earlier_run_is_not_undone(self, opened, qtbot):
        """What was final when the program closed can only be corrected (screens: undo)."""
        told: list[RefusedProblem] = []
        book, record = opened.session.book, named("会")
        meeting = Record(
            record, ("work_plan",), FIRST_BRANCH, date(2026, 1, 9), subject="计划", fields={"content": "计划"}
        )
        opened.run(lambda: save_record(book, meeting, actor(1)), qtbot)
        opened.run(lambda: finalise(book, record, actor(2)), qtbot)
        opened.session.run_started_at = actor().now + timedelta(hours=1)
        opened.session.commands.problem.connect(told.append)
        opened.session.commands.undo()
        opened.settle(qtbot)
        assert [each.what for each in told] == ["定稿之后程序关闭过，不能撤销定稿"]


class TestClosing:
    def test_what_was_accepted_is_carried_out_before_the_file_is_closed(self, opened):
        for day, name in enumerate(("甲支部", "乙支部", "丙支部"), start=1):
            opened.session.commands.do(renaming(opened, name, day))
        opened.session.close()
        again = Shelf().open(opened.path, None, writable=True, holder="")
        with again.reading() as reading:
            assert reading.roster().organisation_by_id[FIRST_BRANCH].name == "丙支部"
        again.close()

    def test_the_context_carries_the_operator_and_the_clock(self, opened):
        context = opened.session.context(ScopeChoice(SECOND_BRANCH, 2025))
        assert (context.operator, context.scope.year) == ("李操作", 2025)
        assert context.commands is opened.session.commands
        opened.clock.minutes = 7
        assert context.now() == actor(7).now
