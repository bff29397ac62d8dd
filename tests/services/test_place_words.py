"""Branches and groups of a general branch are told apart by short names."""

from branchbook.services.desk import desk, line_title
from branchbook.services.place_words import _shared_beginning, short_places
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    small_book,
)


def desk_of(organisation_id):
    with small_book().reading() as reading:
        return desk(reading, organisation_id, TODAY.year, TODAY)


def test_every_line_of_a_general_branch_names_place_and_work() -> None:
    view = desk_of(GENERAL_BRANCH)
    found = {line_title(each, view.place_words) for each in view.findings}
    assert {"第一支部大会", "第二支部大会", "第一支部第一小组会", "第一支部党课"} <= found


def test_no_two_lines_of_a_general_branch_read_the_same() -> None:
    view = desk_of(GENERAL_BRANCH)
    lines = {
        (each.requirement, each.organisation_id): line_title(each, view.place_words) for each in view.findings
    }
    assert len(set(lines.values())) == len(lines)


def test_a_due_group_meeting_says_of_which_branch() -> None:
    due = desk_of(GENERAL_BRANCH).due
    details = {each.detail.split(" · ")[0] for each in due if each.begin_kind == "group_meeting"}
    assert details == {"第一支部第一小组", "第一支部第二小组"}


def test_one_branch_needs_no_name() -> None:
    view = desk_of(FIRST_BRANCH)
    assert view.place_words == {}
    assert "支部党员大会" in {line_title(each, view.place_words) for each in view.findings}


def test_a_beginning_that_all_share_is_left_out() -> None:
    assert _shared_beginning(["示例机关第一党支部", "示例机关第二党支部"]) == len("示例机关")
    assert _shared_beginning(["甲村党支部", "甲镇党支部"]) == 0
    assert _shared_beginning(["示例机关党支部"]) == 0
    assert _shared_beginning(["示例机关", "示例机关离退休党支部"]) == 0


def test_groups_are_named_with_their_branch() -> None:
    with small_book().reading() as reading:
        words = short_places(reading.roster(), (FIRST_BRANCH, SECOND_BRANCH, GENERAL_BRANCH), TODAY)
    assert (words[FIRST_GROUP], words[SECOND_BRANCH], words[GENERAL_BRANCH]) == (
        "第一支部第一小组",
        "第二支部",
        "总支",
    )
