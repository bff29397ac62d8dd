"""Printing the papers of a sample election: as values and as the text of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pypdfium2

from branchbook.domain.papers import Sheet
from branchbook.forms.press import PdfPress
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.printing import print_paper, texts_of
from tests.services.election_sample import ELECTION, ElectionBook, election_book, term_election

TODAY = date(2026, 6, 1)
LONG_REASON = (
    "留党察看期间（恢复前）没有表决权、选举权和被选举权；被依法留置、逮捕，党员权利中止；"
    "组织关系不在本支部，仅持临时证明"
)


@cache
def press() -> PdfPress:
    return PdfPress()


@cache
def term() -> ElectionBook:
    return election_book(term_election())


def sheets(made: ElectionBook, key: str) -> tuple[Sheet, ...]:
    with made.book.reading() as reading:
        return sheets_for(reading, PaperRequest(f"election:{key}", TODAY, record_id=ELECTION))


def words(made: ElectionBook, key: str) -> str:
    """Everything that the paper says, as values."""
    return "\n".join(text for sheet in sheets(made, key) for text in (sheet.title, *texts_of(sheet)))


def printed(made: ElectionBook, key: str) -> list[str]:
    """The text of every page without blank space."""
    with made.book.reading() as reading:
        request = PaperRequest(f"election:{key}", TODAY, record_id=ELECTION)
        pressed = print_paper(reading, press(), request)
    assert pressed.missing == ()
    document = pypdfium2.PdfDocument(pressed.pdf)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def counted(*rounds: object) -> ElectionBook:
    return election_book(term_election(rounds=tuple(rounds)))


def value(sheet: Sheet, key: str) -> str:
    """A value that is text; empty where there is none."""
    found = (sheet.values or {}).get(key, "")
    assert isinstance(found, str)
    return found


def rows_of(sheet: Sheet, key: str) -> list[Mapping[str, str]]:
    """A value that is rows of a table."""
    return [row for row in (sheet.values or {}).get(key, ()) if isinstance(row, Mapping)]
