"""Rows and lines go down the pages: everything comes once, in order, inside the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.forms.flow import Cell, Flow, Table, TableRow, keep_together, split
from branchbook.forms.page import Frame, Text
from branchbook.forms.setting import SetLine
from tests.forms.checking import assert_inside, written

FRAME = Frame(210.0, 150.0, 20.0, 20.0, 100.0, 100.0, 20.0, 20.0)


def _block(body, first: int, count: int, height: float = 6.0):
    return tuple(
        SetLine(height, (Text(0.0, height * 0.7, f"<{number}>", body, 9.0),))
        for number in range(first, first + count)
    )


ROWS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([6.0, 12.0, 40.0, 99.0, 140.0]), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, reserve=st.sampled_from([0.0, 15.0]), headed=st.booleans())
def test_every_line_of_every_row_comes_once_and_in_order(body, rows, reserve, headed):
    flow = Flow(FRAME)
    head = TableRow((Cell(0.0, 100.0, _block(body, 9000, 1)),), 8.0)
    table = Table(flow, 0.0, 100.0, (head,) if headed else ())
    table.open()
    expected, number = "", 0
    for count, least, splits in rows:
        block = _block(body, number, count)
        table.add(TableRow((Cell(0.0, 20.0, repeats=True), Cell(20.0, 80.0, block)), least, splits), reserve)
        expected += written_block(block)
        number += count
    table.close()
    assert written(flow.pages).replace("<9000>", "") == expected
    assert_inside(flow.pages)
    assert flow.y <= FRAME.height + 1e-6


def written_block(block) -> str:
    return "".join(text.characters for line in block for text in line.texts)


def test_a_head_stands_again_on_every_page(body):
    flow = Flow(FRAME)
    head = TableRow((Cell(0.0, 100.0, _block(body, 9000, 1)),), 8.0)
    table = Table(flow, 0.0, 100.0, (head,))
    table.open()
    table.add(head)
    for number in range(30):
        table.add(TableRow((Cell(0.0, 100.0, _block(body, number, 1)),), 9.0))
    table.close()
    assert len(flow.pages) == 3
    assert [page.texts[0].characters for page in flow.pages] == ["<9000>"] * 3


def test_a_label_stands_again_where_its_row_goes_on(body):
    flow = Flow(FRAME)
    table = Table(flow, 0.0, 100.0)
    table.open()
    label = Cell(0.0, 20.0, _block(body, 9000, 1), repeats=True)
    table.add(TableRow((label, Cell(20.0, 80.0, _block(body, 0, 40))), 20.0, splits=True))
    assert [sum(text.characters == "<9000>" for text in page.texts) for page in flow.pages] == [1, 1, 1]


def test_a_row_that_fits_on_a_page_is_not_split(body):
    flow = Flow(FRAME)
    table = Table(flow, 0.0, 100.0)
    table.open()
    table.add(TableRow((Cell(0.0, 100.0, _block(body, 0, 1)),), 60.0))
    table.add(TableRow((Cell(0.0, 100.0, _block(body, 1, 10)),), 10.0))
    assert written(flow.pages[:1]) == "<0>"
    assert len(flow.pages) == 2


def test_room_is_kept_for_what_belongs_to_the_end(body):
    """The last row leaves room for the signatures, or takes lines over to the page where they stand."""
    flow = Flow(FRAME)
    table = Table(flow, 0.0, 100.0)
    table.open()
    table.add(TableRow((Cell(0.0, 100.0, _block(body, 0, 15)),), 10.0, splits=True), reserve=15.0)
    assert len(flow.pages) == 2
    assert written(flow.pages[1:]) != ""


def test_kept_lines_stay_with_the_next(body):
    flow = Flow(FRAME)
    flow.lines((*_block(body, 0, 15), *keep_together(_block(body, 15, 1)), *_block(body, 16, 1)))
    assert written(flow.pages[1:]) == "<15><16>"


def test_a_split_never_ends_on_a_heading(body):
    block = (*_block(body, 0, 3), *keep_together(_block(body, 3, 1)), *_block(body, 4, 5))
    first, rest = split(TableRow((Cell(0.0, 100.0, block),), 0.0, splits=True), 26.5)
    assert first is not None
    assert written_block(first.cells[0].block) == "<0><1><2>"
    assert written_block(rest.cells[0].block).startswith("<3>")


@pytest.mark.parametrize("forced", [True, False])
def test_a_line_higher_than_the_page_is_forced_only_at_the_top_of_one(body, forced):
    row = TableRow((Cell(0.0, 100.0, _block(body, 0, 2, height=200.0)),), 0.0)
    first, _rest = split(row, 50.0, forced=forced)
    assert (first is not None) is forced


def test_space_is_not_left_at_the_top_of_a_page():
    flow = Flow(FRAME)
    flow.space(10.0)
    assert flow.y == 0.0
