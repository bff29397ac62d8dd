"""What the round's steps show of other places: the talks of the year and the rectification ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.people import Post
from branchbook.domain.records import PersonRef
from branchbook.services.assessments import save_assessments
from branchbook.services.ledgers import change_row
from branchbook.services.procedures import abandon_procedure
from branchbook.services.rectifications import rectifications_of
from branchbook.ui.place import Destination, ShowLedger, ShowLedgerRow, ShowTalks
from branchbook.ui.places.evaluations.talks import TalksView
from branchbook.ui.places.evaluations.yearly.rectification_section import RectificationSection
from branchbook.ui.places.evaluations.yearly.talks_section import TalksSection
from tests.services.election_book import serves
from tests.services.evaluation_book import assessed, begun, everyone_graded
from tests.services.small_book import FIRST_BRANCH, actor, named


@pytest.fixture
def at(book, screen, reopened):
    """A round with its grades, 孙示例 不合格 and a problem named of 李示例, at a step; with its section."""
    procedure = everyone_graded(book)
    poor = assessed(procedure, "孙示例", Grade.UNQUALIFIED, departure_reason="多次不参加组织生活")
    told = assessed(procedure, "李示例", Grade.QUALIFIED, problems="联系群众不够")
    save_assessments(book, [poor, told], actor())
    reopened()

    def show(step: str) -> RectificationSection:
        screen.view.show_at(procedure.id, step)
        screen.settle()
        return screen.section(RectificationSection)

    return show


def rows(screen):
    with screen.book.reading() as reading:
        return rectifications_of(reading, screen.procedure.id)


@pytest.fixture
def went(screen):
    """Where the place asked the window to go."""
    found: list[Destination] = []
    screen.place.go.connect(found.append)
    return found


class TestRectification:
    @pytest.mark.parametrize("step", ["use", "rectification"])
    def test_what_was_found_is_entered_with_one_press(self, at, screen, step):
        section = at(step)
        assert section.take_button.text().endswith("2")
        screen.press(section.take_button)
        assert [(each.text("problem"), each.people["member"][0].name) for each in rows(screen)] == [
            ("2026年度民主评议评定为不合格", "孙示例"),
            ("联系群众不够", "李示例"),
        ]
        assert section.counted.text() == "由这次评议列入 2 条，没有销号的 2 条"
        assert not section.take_button.isVisible(), "nothing is entered twice"

    def test_a_problem_is_typed_and_entered_with_enter(self, at, screen):
        section = at("rectification")
        screen.choose(section.member, named("周示例"))
        section.problem.setFocus()
        section.problem.setText("党费收缴不及时")
        section.due_on.refresh(date(2026, 12, 20))
        screen.key(Qt.Key.Key_Return)
        (row,) = rows(screen)
        assert (row.text("problem"), row.text("due_on")) == ("党费收缴不及时", "2026-12-20")
        assert row.people["member"] == (PersonRef("周示例", named("周示例")),)
        assert section.problem.text() == ""
        assert section.problem.hasFocus()

    def test_what_the_service_refuses_is_said_and_what_was_typed_stays(self, at, screen):
        section = at("rectification")
        section.problem.setText("早就该改")
        section.due_on.refresh(date(2020, 1, 1))
        screen.press(section.enter_button)
        assert rows(screen) == ()
        assert "整改时限" in section.refusal.text
        assert section.problem.text() == "早就该改"

    def test_the_rows_follow_the_ledger(self, at, screen, book, reopened):
        section = at("rectification")
        screen.press(section.take_button)
        row = rows(screen)[0]
        done = replace(row, values={**row.values, "done_on": "2026-11-24", "due_on": "2026-11-24"})
        change_row(book, done, actor())
        reopened()
        assert section.counted.text().endswith("没有销号的 1 条")
        cells = section.table.cells
        assert cells.index(0, cells.column_of("state")).data() == "已销号"

    def test_a_row_and_the_ledger_are_opened_in_their_place(self, at, screen, went):
        section = at("rectification")
        screen.press(section.ledger_button)
        assert went == [Destination("ledgers", ShowLedger("rectification"))], "without rows, all of it"
        screen.press(section.take_button)
        screen.press(section.ledger_button)
        words = "2026-11-02 开始的组织生活会和民主评议党员"
        assert went[-1] == Destination("ledgers", ShowLedger("rectification", words))
        section.table.setFocus()
        section.table.select(rows(screen)[0].id, "problem")
        screen.key(Qt.Key.Key_Return)
        assert went[-1] == Destination("ledgers", ShowLedgerRow(rows(screen)[0].id))

    def test_nothing_is_entered_in_a_round_that_was_given_up(self, book, screen, reopened):
        procedure = begun(book)
        abandon_procedure(book, procedure.id, date(2026, 11, 20), "并入上级统一安排", actor())
        reopened()
        screen.view.show_at(procedure.id, "rectification")
        screen.settle()
        section = screen.section(RectificationSection)
        assert not section.enter_button.isVisible()
        assert not section.take_button.isVisible()


class TestTalks:
    def test_the_step_says_what_is_missing_and_leads_to_the_matrix(self, book, screen, reopened, went):
        serves(book, "赵示例", Post.SECRETARY, date(2024, 6, 1))
        serves(book, "钱示例", Post.DEPUTY_SECRETARY, date(2024, 6, 1))
        procedure = begun(book)
        reopened()
        screen.view.show_at(procedure.id, "talks")
        screen.settle()
        section = screen.section(TalksSection)
        assert section.sentence.text.startswith("2026 年已谈 0 次\n还缺 ")
        assert "赵示例 与 钱示例" in section.sentence.text
        section.open_talks()
        assert went == [Destination("evaluations", ShowTalks(FIRST_BRANCH))]
        screen.place.show_subject(went[0].subject)
        screen.settle()
        assert isinstance(screen.place.view, TalksView)
