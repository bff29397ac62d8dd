"""What services may rely on about the rows of ledgers: the file on disk and the fake in memory alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.problems import RefusedProblem
from branchbook.storage.shelf import Shelf
from tests.fakes import FakeBook
from tests.storage.either_book import put
from tests.storage.example import BRANCH, ROSTER, ROW, identity


@pytest.fixture(params=["file", "memory"])
def book(request, tmp_path):
    """An empty book of either kind."""
    opened = FakeBook() if request.param == "memory" else Shelf().create(tmp_path / "簿.branchbook", "试用员")
    yield opened
    opened.close()


@pytest.fixture
def peopled(book):
    """The book with a branch and two members."""
    put(book, *ROSTER, operation="roster")
    return book


def test_the_rows_of_a_ledger_come_in_order_of_entry_and_of_some_organisations(peopled):
    later = replace(ROW, id=identity("later"), position=1)
    other = replace(ROW, id=identity("other"), ledger="awards")
    put(peopled, later, other, ROW)
    with peopled.reading() as reading:
        assert reading.get(LedgerRow, ROW.id) == ROW
        assert reading.ledger_rows("rectification") == (ROW, later)
        assert reading.ledger_rows("rectification", (BRANCH.id,)) == (ROW, later)
        assert reading.ledger_rows("rectification", (identity("nobody"),)) == ()
        assert {hit.entity_id for hit in reading.search("值班表")} == {ROW.id, later.id, other.id}
        assert {hit.title for hit in reading.search("值班表")} == {"rectification", "awards"}


def test_a_row_of_an_organisation_that_is_not_there_is_refused(book):
    with pytest.raises(RefusedProblem):
        put(book, ROW)
