"""Every paper of an election as it is laid out: nothing outside the page, no text upon another, no page empty.

Blank, of an ordinary election, and of one with 15 candidates, 41 not counted, long reasons and a name of eleven.
"""

from __future__ import annotations

from functools import cache

import pytest

from branchbook.catalogue.papers_list import ELECTION_PAPERS
from branchbook.domain.ballot_papers import Ballots
from branchbook.domain.papers import PrintOptions, Sheet, single
from branchbook.forms.page import Page
from branchbook.forms.press import _ENGINES, PdfPress, frame_of
from branchbook.forms.setting import Setter
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.settings import change_setting
from tests.forms import reading
from tests.forms.checking import assert_inside, assert_texts_do_not_touch, written
from tests.services.election_printing import LONG_REASON, TODAY
from tests.services.election_sample import (
    BRANCH,
    ELECTION,
    LONG_NAME,
    ElectionBook,
    candidates,
    election_book,
    heads,
    held_round,
    term_election,
    voters,
)
from tests.services.printing_sample import ACTOR

KEYS = [paper.key for paper in ELECTION_PAPERS]


@cache
def ordinary() -> ElectionBook:
    return election_book(term_election())


@cache
def large() -> ElectionBook:
    marks = tuple((30 - place, 20 + place, 3) for place in range(15))
    committee = held_round(marks, due=60, present=56, seats=11, invalid=3)
    procedure = term_election(
        voters=voters(60, excluded=20, barred=41, reason=LONG_REASON),
        candidates=candidates(15),
        rounds=(committee, *heads()),
    )
    return election_book(procedure, members=61)


BOOKS = {"ordinary": ordinary, "large": large}


def sheets(made: ElectionBook, key: str, *, blank: bool = False) -> tuple[Sheet, ...]:
    request = (
        PaperRequest(key, TODAY, organisation_id=BRANCH, blank=True)
        if blank
        else PaperRequest(key, TODAY, record_id=ELECTION)
    )
    with made.book.reading() as book:
        return sheets_for(book, request)


def laid_out(sheet: Sheet, setter: Setter) -> list[Page]:
    layout = sheet.paper.layout
    return _ENGINES[type(layout)](sheet, layout, frame_of(sheet, PrintOptions()), setter)


def check(pages: list[Page]) -> None:
    assert_inside(pages)
    for page in pages:
        assert_texts_do_not_touch(page)
        assert page.texts, "no page is empty"


@pytest.mark.parametrize("key", KEYS)
def test_blank_it_stands_within_the_page(setter, key):
    for sheet in sheets(ordinary(), key, blank=True):
        check(laid_out(sheet, setter))


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("key", KEYS)
def test_filled_it_stands_within_the_page(setter, key, book):
    for sheet in sheets(BOOKS[book](), key):
        check(laid_out(sheet, setter))


@pytest.mark.parametrize("style", ["cells", "table"])
@pytest.mark.parametrize("per_sheet", ["one", "two"])
@pytest.mark.parametrize("count", [2, 4, 9, 15])
def test_a_ballot_in_every_form_stands_within_the_page(setter, style, per_sheet, count):
    made = election_book(term_election(rounds=(), candidates=candidates(count)))
    change_setting(made.book, "ballot_style", style, ACTOR)
    change_setting(made.book, "ballots_per_sheet", per_sheet, ACTOR)
    (sheet,) = sheets(made, "election:ballot")
    pages = laid_out(sheet, setter)
    check(pages)
    assert len(pages) == 1
    assert (LONG_NAME in written(pages)) == (count >= 4)


@pytest.mark.parametrize("key", KEYS)
def test_there_is_ink_on_every_page_and_none_at_its_edge(key):
    press = PdfPress()
    for sheet in sheets(ordinary(), key):
        printed = press.press(single(sheet))
        for page, (width, height) in enumerate(reading.sizes(printed.pdf)):
            left, top, right, bottom = reading.ink_box(printed.pdf, page)
            assert top > 5.0
            assert bottom < height - 5.0
            if not isinstance(sheet.paper.layout, Ballots) and key != "election:slips":
                assert left > 10.0
                assert right < width - 10.0
