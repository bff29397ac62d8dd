"""Every paper of an election at once: pages, docx, one PDF with bookmarks; what cannot be printed."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdfium2
import pytest

from branchbook.catalogue.papers_list import ELECTION_PAPERS, paper_of
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.exchange.docx import Docx
from branchbook.services.election_reading import facts_of
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.printing import booklet_for, texts_of, word_paper
from branchbook.services.procedures import remove_procedure
from tests.services.election_printing import (
    TODAY,
    press,
    printed,
    rows_of,
    sheets,
    term,
)
from tests.services.election_sample import (
    BRANCH,
    ELECTION,
    HELD_ON,
    MAIN,
    election_book,
    heads,
    term_election,
)
from tests.services.election_shapes import secretary_election
from tests.services.printing_sample import ACTOR

# ------------------------------------------------------------------------------- every paper at once


@pytest.mark.parametrize("key", [paper.key.removeprefix("election:") for paper in ELECTION_PAPERS])
def test_every_paper_of_a_term_election_comes_out_with_its_text(key):
    pages = printed(term(), key)
    assert all(len(page) > 20 for page in pages), "no page is empty"
    assert "None" not in "".join(pages)


@pytest.mark.parametrize(
    "paper", [paper for paper in ELECTION_PAPERS if paper.docx], ids=lambda each: each.key
)
def test_documents_open_again_as_docx_with_the_same_words(paper):
    with term().book.reading() as reading:
        content = word_paper(reading, Docx(), PaperRequest(paper.key, TODAY, record_id=ELECTION))
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    (sheet,) = sheets(term(), paper.key.removeprefix("election:"))
    assert sheet.title in text
    assert all(part in text for part in texts_of(sheet))


def test_all_papers_of_an_election_are_one_pdf_with_bookmarks_in_order_of_handling():
    """Issue: all papers of one election as one PDF with bookmarks."""
    with term().book.reading() as reading:
        booklet = booklet_for(reading, PaperRequest("election:all", TODAY, record_id=ELECTION))
    pressed = press().press(booklet)
    document = pypdfium2.PdfDocument(pressed.pdf)
    marks = [mark.get_title() for mark in document.get_toc() if mark.level == 0]
    assert marks == [paper.name for paper in ELECTION_PAPERS]
    assert booklet.title == "示例机关第一党支部选举材料"
    below = [mark.get_title() for mark in document.get_toc() if mark.level == 1]
    assert "示例机关第一党支部副书记选举计票单" in below
    assert pressed.pdf == press().press(booklet).pdf


def test_the_same_papers_but_those_that_the_shape_has():
    with election_book(secretary_election(), members=6).book.reading() as reading:
        booklet = booklet_for(reading, PaperRequest("election:all", TODAY, record_id=ELECTION))
    keys = {section.sheet.paper.key for section in booklet.sections}
    assert "election:ballot_secretary" in keys
    assert not keys & {"election:ballot", "election:first_meeting_agenda", "election:division_of_work"}


def test_all_together_cannot_be_a_word_file():
    with term().book.reading() as reading, pytest.raises(RefusedProblem):
        word_paper(reading, Docx(), PaperRequest("election:all", TODAY, record_id=ELECTION))


def test_an_election_that_is_gone_is_refused():
    made = election_book(term_election())
    remove_procedure(made.book, ELECTION, ACTOR)
    with pytest.raises(RefusedProblem) as caught:
        sheets(made, "request")
    assert "找不到" in caught.value.what


def test_a_procedure_that_is_no_election_has_no_such_papers():
    other = Procedure(ELECTION, "term_extension", BRANCH, date(2026, 1, 1))
    with pytest.raises(RefusedProblem) as caught:
        sheets(election_book(other), "request")
    assert "不是选举" in caught.value.what


def test_the_roster_is_asked_on_the_day_of_the_election():
    made = term()
    with made.book.reading() as reading:
        request = PaperRequest("election:request", date(2030, 1, 1), record_id=ELECTION)
        binding = Binding(BookView(reading), request)
        assert binding.day == HELD_ON
        facts = facts_of(binding)
    assert facts.due == 23
    assert facts.meeting.present == 19
    assert facts.elected_to(ElectionKind.COMMITTEE) == ("丁一", "王小五", "令狐少东")


def test_a_title_that_the_user_changed_is_kept():
    from branchbook.domain.paper_change import PaperChange
    from branchbook.services.paper_changes import change_paper

    made = election_book(term_election())
    change_paper(made.book, "election:result", PaperChange(title="{organisation}计票结果（{office}）"), ACTOR)
    assert sheets(made, "result")[0].title == "示例机关第一党支部计票结果（委员）"
    assert paper_of("election:result").title != "x"


def test_heads_are_shown_as_the_first_meeting_elected_them():
    made = election_book(term_election(assignments=(), rounds=(MAIN, *heads())))
    (sheet,) = sheets(made, "division_of_work")
    posts = [(row["name"], row["post"]) for row in rows_of(sheet, "rows")]
    assert posts == [("丁一", "书记"), ("王小五", "副书记"), ("令狐少东", "委员")]
