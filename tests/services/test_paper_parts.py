"""The parts of a paper that can be changed, and each change there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.catalogue.papers_list import PAPERS, paper_of
from branchbook.domain.paper_change import PaperChange
from branchbook.services.paper_changes import changed_paper
from branchbook.services.paper_parts import (
    TITLE_WORDS,
    moved,
    paper_parts,
    title_for_user,
    title_of_user,
    with_height,
    with_label,
    with_shown,
    with_title,
)

MINUTES = paper_of("general_meeting_minutes")
ROSTER = paper_of("member_roster")
WITH_PARTS = tuple(paper for paper in PAPERS if paper_parts(paper))
NOTHING = PaperChange()


def now(paper, change):
    return paper_parts(changed_paper(paper, change))


def part(paper, key, change=NOTHING):
    return next(each for each in now(paper, change) if each.key == key)


def lines(paper, change, table=0):
    return [each.line for each in now(paper, change) if each.movable and each.table == table]


def test_running_text_has_no_parts():
    assert paper_parts(paper_of("resolution_document")) == ()


def test_a_row_of_two_fields_is_two_parts_of_one_line():
    chair, minute_taker = part(MINUTES, "chair"), part(MINUTES, "minute_taker")
    assert (chair.line, minute_taker.line) == ("chair", "chair")
    assert chair.movable
    assert not minute_taker.movable
    assert chair.height_mm is not None
    assert minute_taker.height_mm is None


def test_what_a_paper_leaves_out_by_default_is_a_part_that_is_not_shown():
    assert not part(ROSTER, "identity_number").shown
    change = with_shown(ROSTER, NOTHING, "identity_number", True)
    assert part(ROSTER, "identity_number", change).shown
    assert with_shown(ROSTER, change, "identity_number", False) == NOTHING


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_no_english_word_stands_in_a_title_as_the_user_sees_it(paper):
    shown = title_for_user(paper.title)
    assert not any(letter.isascii() and letter.isalpha() for letter in shown)
    assert title_of_user(shown) == paper.title
    assert with_title(paper, NOTHING, shown) == NOTHING


def test_a_title_of_ones_own_keeps_the_words_that_are_filled_in():
    change = with_title(MINUTES, NOTHING, f"{TITLE_WORDS['{organisation}']}会议纪要")
    assert change.title == "{organisation}会议纪要"
    assert with_title(MINUTES, change, "") == NOTHING


@pytest.mark.parametrize("paper", WITH_PARTS, ids=lambda paper: paper.key)
@given(data=st.data())
def test_a_label_a_tick_and_a_height_change_that_part_and_come_back(paper, data):
    chosen = data.draw(st.sampled_from(paper_parts(paper)))
    change = with_label(paper, NOTHING, chosen.key, "另一标题")
    assert part(paper, chosen.key, change).label == "另一标题"
    own = next(each for each in paper_parts(paper) if each.key == chosen.key)
    assert with_label(paper, change, chosen.key, own.label) == NOTHING
    change = with_shown(paper, NOTHING, chosen.key, not own.shown)
    assert with_shown(paper, change, chosen.key, own.shown) == NOTHING
    if chosen.height_mm is not None:
        change = with_height(paper, NOTHING, chosen, chosen.height_mm + 3)
        there = next(
            each for each in now(paper, change) if (each.table, each.line) == (chosen.table, chosen.line)
        )
        assert there.height_mm == chosen.height_mm + 3
        assert with_height(paper, change, chosen, chosen.height_mm) == NOTHING


@pytest.mark.parametrize("paper", WITH_PARTS, ids=lambda paper: paper.key)
@given(data=st.data())
def test_moving_a_line_changes_places_with_its_neighbour_and_nothing_else(paper, data):
    movable = [each for each in paper_parts(paper) if each.movable]
    if not movable:
        return
    chosen, step = data.draw(st.sampled_from(movable)), data.draw(st.sampled_from((-1, 1)))
    before = lines(paper, NOTHING, chosen.table)
    change = moved(paper, NOTHING, chosen, step)
    after = lines(paper, change, chosen.table)
    at = before.index(chosen.line)
    if 0 <= at + step < len(before):
        before[at], before[at + step] = before[at + step], before[at]
    else:
        assert change == NOTHING
    assert after == before


def test_moving_again_goes_on_from_where_it_is():
    change = moved(MINUTES, NOTHING, part(MINUTES, "chair"), 1)
    change = moved(MINUTES, change, part(MINUTES, "chair", change), 1)
    order = lines(MINUTES, NOTHING)
    assert lines(MINUTES, change).index("chair") == order.index("chair") + 2
