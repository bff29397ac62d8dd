"""Papers as data: what stands on them fits the page, and every kind of record has one."""

import re
from dataclasses import replace

import pytest

from branchbook.catalogue.kinds_list import KINDS
from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.catalogue.papers.conversions.observation_register import register_for
from branchbook.catalogue.papers.evaluations.ballots import item_columns
from branchbook.catalogue.papers.evaluations.registers import item_count_columns
from branchbook.catalogue.papers.measures import (
    LANDSCAPE_MM,
    PORTRAIT_MM,
    row_width,
    tables_of,
    width_of,
)
from branchbook.catalogue.papers.meeting_rows import NEVER_BLANK
from branchbook.catalogue.papers_list import (
    CONVERSION_PAPERS,
    ELECTION_PAPERS,
    EVALUATION_PAPERS,
    PAPERS,
    paper_for_kind,
    paper_of,
)
from branchbook.catalogue.procedures.conversions import EXTENDED, HALF_YEARLY, QUARTERLY
from branchbook.catalogue.procedures.election_steps import FAMILY
from branchbook.catalogue.procedures.evaluation import YEARLY
from branchbook.catalogue.procedures_list import SHAPES
from branchbook.domain.fields import FieldType
from branchbook.domain.papers import (
    Field,
    Grid,
    GridRow,
    Leaves,
    LongRow,
    OfficialDocument,
    Orientation,
    Paper,
    RecordTable,
    Row,
    Subject,
)
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.records import PRIVATE

EVERY = tuple(dict.fromkeys((*PAPERS, *(paper_for_kind(kind.key) for kind in KINDS))))
PAGE_MM = 255.0
"""Room between the margins of a portrait page: 297 less 22 at the top and 20 at the foot."""
TITLE_AND_SIGNATURES_MM = 28.0


def ids(paper: Paper) -> str:
    return f"{paper.key}-{'-'.join(paper.kinds)}"


def fields_of(paper: Paper) -> list[Field]:
    found: list[Field] = []
    for table in tables_of(paper):
        if isinstance(table, Grid):
            found.extend((*table.heading, *table.footing))
            continue
        for row in table.rows:
            found.extend(
                row.fields if isinstance(row, Row) else (row.field,) if isinstance(row, LongRow) else ()
            )
    return found


@pytest.mark.parametrize("paper", EVERY, ids=ids)
def test_columns_and_cells_fill_the_width_of_the_page_exactly(paper):
    full = LANDSCAPE_MM if paper.orientation == Orientation.LANDSCAPE else PORTRAIT_MM
    for table in tables_of(paper):
        if isinstance(table, Grid):
            times = 2 if table.two_up else 1
            assert times * width_of(table.columns) == pytest.approx(full)
        else:
            assert [row_width(row) for row in table.rows] == pytest.approx([full] * len(table.rows))


@pytest.mark.parametrize("paper", EVERY, ids=ids)
def test_lines_above_and_below_a_grid_fit_beside_one_another(paper):
    full = LANDSCAPE_MM if paper.orientation == Orientation.LANDSCAPE else PORTRAIT_MM
    for table in tables_of(paper):
        if isinstance(table, Grid):
            assert all(f.label_width_mm + f.width_mm <= full for f in (*table.heading, *table.footing))


@pytest.mark.parametrize("paper", EVERY, ids=ids)
def test_a_label_fits_its_cell_in_at_most_two_lines(paper):
    for field in fields_of(paper):
        if field.label_width_mm:
            per_line = int((field.label_width_mm - 3.0) / (12 * 25.4 / 72) + 0.15)
            assert len(field.label) <= 2 * max(per_line, 1), field


@pytest.mark.parametrize("paper", EVERY, ids=ids)
def test_no_two_places_of_a_table_have_the_same_key(paper):
    """Hiding one by its key must not hide another."""
    for table in tables_of(paper):
        if isinstance(table, Grid):
            keys = [
                *(column.key for column in table.columns),
                *(f.key for f in (*table.heading, *table.footing)),
            ]
        else:
            grids = [row for row in table.rows if isinstance(row, GridRow)]
            keys = [column.key for row in grids for column in row.columns]
            keys += [field.key for field in fields_of(replace(paper, layout=table))]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "paper", [paper for paper in EVERY if isinstance(paper.layout, RecordTable)], ids=ids
)
def test_a_blank_record_fits_one_page(paper):
    def height(row: Row | LongRow | GridRow) -> float:
        if isinstance(row, GridRow):
            return 9.0 + (row.blank_rows + 1) * row.row_height_mm + 5.0  # its label and a head of two lines
        return row.height_mm

    def key(row: Row | LongRow | GridRow) -> str:
        return (
            row.fields[0].key
            if isinstance(row, Row)
            else row.field.key
            if isinstance(row, LongRow)
            else row.key
        )

    total = sum(height(row) for row in paper.layout.rows if key(row) not in NEVER_BLANK)
    least = sum(12.0 for row in paper.layout.rows if isinstance(row, LongRow))
    slack = sum(row.height_mm for row in paper.layout.rows if isinstance(row, LongRow)) - least
    assert total - 0.7 * slack <= PAGE_MM - TITLE_AND_SIGNATURES_MM
    assert total >= 0.85 * (PAGE_MM - TITLE_AND_SIGNATURES_MM), (
        "a blank sheet leaves no large gap at the foot"
    )


def test_keys_are_glossary_terms_in_snake_case_and_unique():
    keys = [paper.key for paper in PAPERS]
    assert len(keys) == len(set(keys))
    assert all(
        re.fullmatch(r"((election|conversion|evaluation|ledger):)?[a-z]+(_[a-z]+)*", key) for key in keys
    )


def test_the_papers_of_the_first_release_are_all_there():
    wanted = {"A1", "A2", "A3", "A4", "A5", "A7", "A8", "A10", "E1", "E2", "E3", "E4", "E8", "E9", "E10"}
    assert wanted <= {paper.code for paper in PAPERS}


def test_minutes_notices_and_resolutions_can_be_edited_in_word():
    editable = {paper.code for paper in PAPERS if paper.docx}
    assert {"A1", "A2", "A3", "A4", "A5", "A8", "A10"} <= editable


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.is_meeting], ids=lambda kind: kind.key)
def test_every_field_of_a_meeting_has_a_place_on_its_paper(kind):
    """A title of its own beside another kind's subject stands in the place of the subject."""
    places = {field.key for field in fields_of(paper_for_kind(kind.key))}
    assert {spec.key for spec in kind.fields if not spec.beside_others} <= places | {"remark", PRIVATE}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_long_text_has_a_place_that_runs_on_to_the_next_page(kind):
    paper = paper_for_kind(kind.key)
    if not isinstance(paper.layout, RecordTable):
        return
    long_rows = {row.field.key for row in paper.layout.rows if isinstance(row, LongRow)}
    assert {spec.key for spec in kind.fields if spec.type == FieldType.LONG_TEXT} <= long_rows


def test_the_general_record_names_its_kind_in_the_title():
    assert paper_for_kind("heart_to_heart_talk").title == "{organisation}谈心谈话记录"


def test_a_talk_is_signed_by_both():
    layout = paper_for_kind("heart_to_heart_talk").layout
    assert isinstance(layout, RecordTable)
    assert layout.signatures == ("谈话人（签名）", "谈话对象（签名）")


def test_the_roster_and_the_dues_lie_on_their_side():
    assert {paper.key for paper in PAPERS if paper.orientation == Orientation.LANDSCAPE} == {
        "member_roster",
        "dues_register",
        "plan_schedule",
        "plan_time_line",
        "weekly_summary",
        "election:candidate_roster",
        "election:tally_sheet",
        "joining_ledger",
        "evaluation:ballot_items",
        "evaluation:summary",
        *(f"ledger:{each.key}" for each in shipped_ledgers().ledgers),
        "talk_summary",
        "dual_life",
    }


def test_the_identity_number_is_not_among_the_columns_shown_by_default():
    layout = paper_of("member_roster").layout
    assert isinstance(layout, Grid)
    assert [column.hidden for column in layout.columns if column.key == "identity_number"] == [True]


def test_a_slip_is_half_a_sheet():
    layout = paper_of("meeting_notice_slip").layout
    assert isinstance(layout, OfficialDocument)
    assert layout.half_sheet


def test_an_unknown_paper_is_named_and_the_list_pointed_to():
    with pytest.raises(UnreadableProblem) as caught:
        paper_of("nonsense")
    assert "nonsense" in str(caught.value)
    assert "papers" in str(caught.value)


def test_a_paper_of_a_record_says_of_which_kinds():
    of_records = [paper for paper in PAPERS if paper.subject == Subject.RECORD and paper.key != "photo_page"]
    assert all(paper.kinds for paper in of_records)


def test_the_papers_of_an_election_are_all_there_in_order_of_handling():
    """Forms C2–C19 (C1 and C6 print from the record of the meeting)."""
    codes = [paper.code.split("-")[0] for paper in ELECTION_PAPERS]
    assert codes == sorted(codes, key=lambda code: int(code.removeprefix("C")))
    assert set(codes) == {f"C{number}" for number in range(2, 20)} - {"C6"}


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.family == FAMILY], ids=lambda s: s.key)
def test_every_paper_that_a_step_of_an_election_names_is_there(shape):
    named = {paper for step in shape.steps for paper in step.papers}
    assert named <= {paper.key for paper in ELECTION_PAPERS}


def test_the_papers_of_a_conversion_are_all_there():
    """Forms D1–D12, and the contents of the file."""
    codes = {paper.code.split("-")[0] for paper in CONVERSION_PAPERS}
    assert codes == {f"D{number}" for number in range(1, 13)} | {"E16"}
    editable = {paper.code for paper in CONVERSION_PAPERS if paper.docx}
    assert {"D5", "D6", "D6-1", "D10", "D12", "D12-1"} <= editable


@pytest.mark.parametrize(
    "shape", [shape for shape in SHAPES if shape.family == "conversion"], ids=lambda s: s.key
)
def test_every_paper_that_a_step_of_a_conversion_names_is_there_and_every_paper_is_named(shape):
    named = {paper for step in shape.steps for paper in step.papers}
    assert named == {paper.key for paper in CONVERSION_PAPERS}


def test_the_papers_of_an_evaluation_are_all_there():
    """Forms B1–B5 with B5-1 and B5-2; the report, the notice can be edited."""
    codes = {paper.code for paper in EVALUATION_PAPERS}
    assert {"B1", "B2", "B3", "B4", "B5", "B5-1", "B5-2"} <= codes
    assert {paper.code for paper in EVALUATION_PAPERS if paper.docx} == {"B5", "B5-1"}


def test_every_paper_of_an_evaluation_is_named_by_a_step():
    """Those of talks and the ledger of rectification belong to other families."""
    named = {paper for step in YEARLY.steps for paper in step.papers}
    assert {paper.key for paper in EVALUATION_PAPERS} <= named


def test_each_page_of_the_registration_form_fits_and_is_filled():
    layout = paper_of("evaluation:member_form").layout
    assert isinstance(layout, Leaves)
    assert len(layout.parts) == 2
    for part in layout.parts:
        assert isinstance(part, RecordTable)
        height = sum(row.height_mm for row in part.rows if not isinstance(row, GridRow))
        assert 0.85 * (PAGE_MM - TITLE_AND_SIGNATURES_MM) <= height <= PAGE_MM - 12.0


@pytest.mark.parametrize("items", [("甲",), ("甲", "乙", "丙"), tuple("甲乙丙丁戊己")])
def test_columns_of_items_fill_the_width_whatever_their_number(items):
    assert width_of(item_columns(items)) == pytest.approx(LANDSCAPE_MM)
    assert width_of(item_count_columns(items)) == pytest.approx(LANDSCAPE_MM)


@pytest.mark.parametrize("shape", [QUARTERLY, HALF_YEARLY, EXTENDED], ids=lambda s: s.key)
@pytest.mark.parametrize("general_branch", [True, False])
def test_every_page_of_the_register_fits_and_is_filled(shape, general_branch):
    """D2: six to eight pages, with the observations of the shape."""
    layout = register_for(shape, general_branch=general_branch).layout
    assert isinstance(layout, Leaves)
    assert 6 <= len(layout.parts) <= 8
    for part in layout.parts[1:]:
        assert isinstance(part, RecordTable)
        assert [row_width(row) for row in part.rows] == pytest.approx([PORTRAIT_MM] * len(part.rows))
        height = sum(row.height_mm for row in part.rows if not isinstance(row, GridRow))
        assert 0.85 * (PAGE_MM - TITLE_AND_SIGNATURES_MM) <= height <= PAGE_MM - 12.0


def test_documents_to_the_higher_organisation_can_be_edited_in_word():
    editable = {paper.key for paper in ELECTION_PAPERS if paper.docx}
    assert {
        "election:request",
        "election:candidates_request",
        "election:method",
        "election:first_meeting_method",
        "election:result_report",
    } <= editable


def test_the_cell_in_which_votes_for_are_counted_is_at_least_nine_centimetres_wide():
    """Forms C14: 赞成格宽 ≥ 9 cm."""
    table, _others = tables_of(paper_of("election:tally_sheet"))
    assert next(column.width_mm for column in table.columns if column.key == "for") >= 90.0
