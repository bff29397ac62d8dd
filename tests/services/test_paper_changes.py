"""The user's own titles, labels, order and heights, and putting a paper back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.catalogue.papers.measures import LANDSCAPE_MM, tables_of, width_of
from branchbook.catalogue.papers_list import PAPERS, paper_of
from branchbook.domain.paper_change import PaperChange
from branchbook.domain.papers import Grid, LongRow, Paper, RecordTable, Row
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_changes import (
    change_of,
    change_paper,
    changed_paper,
    put_paper_back,
    row_key,
)
from branchbook.services.paper_sheets import sheet_for
from tests.services.printing_sample import ACTOR, BRANCH, TODAY, sample

MINUTES = paper_of("general_meeting_minutes")
ROSTER = paper_of("member_roster")


def rows_of(paper: Paper) -> list[str]:
    assert isinstance(paper.layout, RecordTable)
    return [row_key(row) for row in paper.layout.rows]


def shown(paper: Paper) -> list[str]:
    assert isinstance(paper.layout, Grid)
    return [column.key for column in paper.layout.columns if not column.hidden]


def test_no_change_leaves_the_paper_itself():
    assert changed_paper(MINUTES, PaperChange()) is MINUTES


def test_a_title_and_a_label_change():
    changed = changed_paper(MINUTES, PaperChange(title="{organisation}会议纪要", labels={"chair": "召集人"}))
    assert changed.title == "{organisation}会议纪要"
    assert isinstance(changed.layout, RecordTable)
    second = changed.layout.rows[1]
    assert isinstance(second, Row)
    assert [field.label for field in second.fields] == ["召集人", "记录人"]


def test_a_hidden_field_is_hidden_and_its_neighbour_is_not():
    changed = changed_paper(MINUTES, PaperChange(hidden=("minute_taker",)))
    assert isinstance(changed.layout, RecordTable)
    second = changed.layout.rows[1]
    assert isinstance(second, Row)
    assert [field.hidden for field in second.fields] == [False, True]


def test_the_great_cell_gets_another_height():
    changed = changed_paper(MINUTES, PaperChange(heights_mm={"minutes": 60.0}))
    assert isinstance(changed.layout, RecordTable)
    heights = {row_key(row): row.height_mm for row in changed.layout.rows if isinstance(row, LongRow)}
    assert heights["minutes"] == 60.0


def test_rows_named_take_one_anothers_places():
    before = rows_of(MINUTES)
    after = rows_of(changed_paper(MINUTES, PaperChange(order=("observers", "absent"))))
    assert after.index("observers") == before.index("absent")
    assert after.index("absent") == before.index("observers")
    assert sorted(after) == sorted(before)


@given(st.permutations(rows_of(MINUTES)))
def test_any_order_keeps_every_row(order):
    assert rows_of(changed_paper(MINUTES, PaperChange(order=tuple(order)))) == order


@given(st.sets(st.sampled_from([column.key for table in tables_of(ROSTER) for column in table.columns])))
def test_whatever_columns_are_chosen_they_fill_the_width(chosen):
    everything = [column.key for table in tables_of(ROSTER) for column in table.columns]
    hidden = tuple(key for key in everything if key not in chosen)
    changed = changed_paper(ROSTER, PaperChange(hidden=hidden, shown=tuple(chosen)))
    assert isinstance(changed.layout, Grid)
    assert width_of(changed.layout.columns) == pytest.approx(LANDSCAPE_MM)
    if chosen:
        assert set(shown(changed)) == chosen


def test_columns_left_out_by_default_can_be_shown():
    changed = changed_paper(ROSTER, PaperChange(shown=("identity_number",), hidden=("native_place",)))
    assert "identity_number" in shown(changed)
    assert "native_place" not in shown(changed)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_unknown_keys_are_ignored_on_every_paper(paper):
    change = PaperChange("", {"没有": "x"}, ("没有",), ("没有",), ("没有",), {"没有": 10.0})
    assert changed_paper(paper, change) == paper


def test_a_change_is_kept_with_the_book_printed_and_put_back():
    made = sample()
    request = PaperRequest("general_meeting_minutes", TODAY, record_id=made.records["general"])

    def title() -> str:
        with made.book.reading() as reading:
            return sheet_for(reading, request).title

    before = title()
    change_paper(made.book, "general_meeting_minutes", PaperChange(title="{organisation}会议记录簿"), ACTOR)
    change_paper(made.book, "member_roster", PaperChange(hidden=("note",)), ACTOR)
    assert title() == "示例第一党支部会议记录簿"
    put_paper_back(made.book, "general_meeting_minutes", ACTOR)
    assert title() == before
    with made.book.reading() as reading:
        assert change_of(reading, "member_roster").hidden == ("note",), "the other paper keeps its change"


def test_a_title_of_the_users_own_may_hold_braces():
    made = sample()
    change_paper(made.book, "branch_basics", PaperChange(title="{organisation}{未知}"), ACTOR)
    with made.book.reading() as reading:
        sheet = sheet_for(reading, PaperRequest("branch_basics", TODAY, organisation_id=BRANCH))
    assert sheet.title == "示例第一党支部{未知}"


@pytest.mark.parametrize("height", [0.0, -5.0, 1000.0])
def test_a_height_that_no_page_has_is_refused(height):
    with pytest.raises(RefusedProblem) as caught:
        change_paper(
            sample().book, "general_meeting_minutes", PaperChange(heights_mm={"minutes": height}), ACTOR
        )
    assert "毫米" in str(caught.value)


def test_an_unknown_paper_cannot_be_changed():
    with pytest.raises(UnreadableProblem):
        change_paper(sample().book, "nonsense", PaperChange(), ACTOR)
