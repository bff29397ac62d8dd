"""核定参评人员: the list by the roster, changed by hand with a reason, and what the roster says otherwise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from branchbook.domain.evaluations import Elsewhere
from branchbook.domain.people import FactKind, Mark
from tests.services.election_book import fact
from tests.services.evaluation_book import BEGUN, begun, listed
from tests.services.small_book import named


@pytest.fixture
def listing(book, screen, reopened):
    """A round that was begun, at its list."""
    procedure = begun(book)
    reopened()
    screen.view.show_at(procedure.id, "participants")
    screen.settle()
    return screen


def part(screen, name: str):
    return next(each for each in screen.procedure.participants if each.person_id == named(name))


def select(screen, name: str) -> None:
    table = screen.participants.table
    table.setFocus()
    table.setCurrentIndex(table.cells.index(table.cells.row_of(named(name)), 0))
    screen.settle()


class TestTheList:
    def test_it_is_taken_from_the_roster_with_reason_and_article(self, listing):
        assert "还没有核定" in listing.participants.sentence.text
        listing.press(listing.participants.take_button)
        said = listing.participants.sentence.text
        assert said == "党员 12 名；参加评议 12 名，评定等次 11 名，不评定 1 名"
        table = listing.participants.table.cells
        words = [str(table.index(table.row_of(named("卫示例")), column).data()) for column in range(5)]
        assert words[2:4] == ["参加", "不评定"]
        assert "预备党员参加评议，不评定等次" in words[4]

    def test_a_floating_member_is_evaluated_elsewhere(self, listing, book):
        fact(book, "周示例", FactKind.MARK, Mark.FLOATING, BEGUN)
        listing.press(listing.participants.take_button)
        assert part(listing, "周示例").elsewhere == Elsewhere.RECEIVED
        assert "在流入地评议 1 名" in listing.participants.sentence.text


class TestByHand:
    def test_another_part_wants_a_reason(self, listing):
        listing.press(listing.participants.take_button)
        select(listing, "赵示例")
        form = listing.participants.form
        listing.press(form.graded)
        assert "请写明原因" in listing.participants.refusal.text
        assert part(listing, "赵示例").graded
        assert form.reason.hasFocus()
        listing.type_into(form.reason, "借调外单位，由外单位评定")
        found = part(listing, "赵示例")
        assert (found.graded, found.manual) == (False, True)
        assert not listing.participants.refusal.isVisible()

    def test_a_probationary_member_can_not_be_marked_for_a_grade(self, listing):
        listing.press(listing.participants.take_button)
        select(listing, "卫示例")
        assert not listing.participants.form.graded.isEnabled()

    def test_a_result_received_from_elsewhere(self, listing, book):
        fact(book, "周示例", FactKind.MARK, Mark.FLOATING, BEGUN)
        listing.press(listing.participants.take_button)
        select(listing, "周示例")
        form = listing.participants.form
        listing.type_into(form.other_branch, "外地某支部")
        listing.type_into(form.exchanged_on, "2026-11-20")
        found = part(listing, "周示例")
        assert (found.other_branch, str(found.exchanged_on)) == ("外地某支部", "2026-11-20")

    def test_who_came_is_marked_by_keys(self, listing):
        listing.press(listing.participants.take_button)
        listing.press(listing.participants.everyone_button)
        select(listing, "钱示例")
        listing.key(Qt.Key.Key_3)
        assert part(listing, "钱示例").present is False
        assert part(listing, "赵示例").present is True
        assert listing.participants.table.current_row.name == "孙示例"


class TestChanges:
    def test_who_joined_during_the_round_is_told_and_taken_over(self, book, screen, reopened):
        from branchbook.domain.people import Person
        from branchbook.services.operations import operate
        from tests.services.evaluation_book import evaluation_book  # noqa: F401 - the roster of the same book
        from tests.services.small_book import FIRST_BRANCH, actor, member_facts

        procedure = listed(book)
        with operate(book, actor(), "转入") as operating:
            operating.writing.put(Person(named("新示例"), "新示例", initials="xsl", position=40))
            operating.writing.put_all(member_facts(named("新示例"), FIRST_BRANCH, None))
        reopened()
        screen.view.show_at(procedure.id, "participants")
        screen.settle()
        assert "新示例" in screen.participants.changes.text
        screen.participants.changes.linked.emit()
        screen.settle()
        assert part(screen, "新示例").graded
        assert not screen.participants.changes.isVisible()

    def test_changed_by_hand_stays_when_the_list_is_taken_anew(self, listing):
        listing.press(listing.participants.take_button)
        select(listing, "赵示例")
        listing.type_into(listing.participants.form.reason, "借调")
        listing.press(listing.participants.form.graded)
        listing.press(listing.participants.take_button)
        assert not part(listing, "赵示例").graded
