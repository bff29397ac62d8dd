"""A problem that a meeting found, entered into the rectification ledger from the record's own menu."""

from __future__ import annotations

import pytest

from branchbook.services.rectifications import rectifications_of_record, source_of
from branchbook.ui.place import Destination, ShowLedger
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP
from tests.ui.places.meetings.meetings_place import at_hand


@pytest.fixture
def went(place):
    found: list[Destination] = []
    place.go.connect(found.append)
    return found


def enter(place, settle, problem: str) -> None:
    place.editing.head.rectify.trigger()
    strip = place.editing.rectifying.strip
    assert strip.reason.hasFocus()
    strip.reason.setText(problem)
    strip.confirm_button.click()
    settle()


def test_a_problem_of_a_life_meeting_is_linked_to_it_and_shown_in_the_ledger(
    begin, place, settle, book, went
):
    begin("organisational_life_meeting")
    enter(place, settle, "理论学习不系统")
    with book.reading() as reading:
        (row,) = rectifications_of_record(reading, at_hand(place).id)
    assert (row.text("problem"), row.text("source")) == ("理论学习不系统", "组织生活会")
    assert row.organisation_id == FIRST_BRANCH
    assert went == [Destination("ledgers", ShowLedger("rectification", "2026-11-24 组织生活会"))]
    assert not place.editing.rectifying.strip.isVisible()


def test_what_a_group_found_belongs_to_its_branch(begin, place, settle, book, went):
    begin("group_meeting", whose=FIRST_GROUP)
    enter(place, settle, "发言准备不够")
    with book.reading() as reading:
        (row,) = rectifications_of_record(reading, at_hand(place).id)
    assert (row.organisation_id, row.text("source")) == (FIRST_BRANCH, "其他")


def test_nothing_is_entered_without_a_problem(begin, place, settle, book, went):
    begin("organisational_life_meeting")
    enter(place, settle, "  ")
    with book.reading() as reading:
        assert reading.ledger_rows("rectification") == ()
    assert went == []
    assert place.editing.rectifying.strip.isVisible()


def test_what_is_no_meeting_finds_nothing(begin, place):
    begin("organisational_life_meeting")
    assert place.editing.head.rectify.isVisible()
    begin("work_plan")
    assert not place.editing.head.rectify.isVisible()


@pytest.mark.parametrize(
    "kinds, source",
    [
        (("general_meeting", "democratic_evaluation"), "民主评议"),
        (("democratic_life_meeting",), "组织生活会"),
        (("general_meeting",), "其他"),
    ],
)
def test_the_source_follows_the_kind(kinds, source):
    assert source_of(kinds) == source
