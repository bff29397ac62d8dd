"""Election papers without an election: the words of each shape, blanks for every fact, nothing invented."""

from __future__ import annotations

from functools import cache

import pypdfium2
import pytest

from branchbook.catalogue.papers_list import ELECTION_PAPERS
from branchbook.domain.problems import RefusedProblem
from branchbook.forms.press import PdfPress
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for, print_paper
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.settings import change_setting
from branchbook.services.store import Book
from tests.services.printing_sample import ACTOR, BRANCH, TODAY, Sample, sample

SHAPES = ("term_election", "secretary_election", "by_election", "general_branch_election")
KEYS = [paper.key for paper in ELECTION_PAPERS]
NOT_WITHOUT_COMMITTEE = {
    "election:ballot",
    "election:first_meeting_agenda",
    "election:first_meeting_method",
    "election:first_meeting_result",
    "election:division_of_work",
}
NOT_BY_ELECTION = (NOT_WITHOUT_COMMITTEE - {"election:ballot", "election:division_of_work"}) | {
    "election:ballot_secretary",
    "election:ballot_deputy",
    "election:work_report_cover",
}


@cache
def year() -> Sample:
    return sample()


@cache
def press() -> PdfPress:
    return PdfPress()


def text_of(
    key: str, shape: str = "term_election", *, organisation: bool = True, book: Book | None = None
) -> str:
    request = PaperRequest(
        key, TODAY, organisation_id=BRANCH if organisation else None, blank=True, kind=shape
    )
    with (book or year().book).reading() as reading:
        pressed = print_paper(reading, press(), request)
    assert pressed.missing == ()
    document = pypdfium2.PdfDocument(pressed.pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_blank_in_every_shape_that_has_it(key, shape):
    lacking = {"secretary_election": NOT_WITHOUT_COMMITTEE, "by_election": NOT_BY_ELECTION}.get(shape, set())
    if key in lacking:
        with pytest.raises(RefusedProblem):
            text_of(key, shape)
    else:
        assert text_of(key, shape)


@pytest.mark.parametrize("key", KEYS)
def test_nobody_of_the_roster_stands_on_a_blank_paper(key):
    text = text_of(key)
    assert "赵甲一" not in text
    assert "None" not in text


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_prints_blank_without_an_organisation(key):
    assert text_of(key, organisation=False)


def test_the_request_follows_the_shape():
    assert "关于召开党员大会进行换届选举的请示" in text_of("election:request")
    assert "关于召开党员大会补选委员的请示" in text_of("election:request", "by_election")
    assert "正式党员不足7名，不设支部委员会" in text_of("election:request", "secretary_election")
    assert "总支部委员会" in text_of("election:request", "general_branch_election", organisation=False)


def test_a_small_branch_gets_the_words_of_one_without_a_committee():
    """支部工作条例: a committee from seven full members on, or from as many as the user's document says."""
    smaller = sample()
    correction = RuleCorrection("B-32", "示例文件", value="50")
    change_setting(smaller.book, "rule_corrections", (correction,), ACTOR)
    text = text_of("election:request", "", book=smaller.book)
    assert "直接选举" in text
    assert "不设支部委员会" in text


def test_the_method_says_what_the_regulation_says():
    """选举条例: 4/5 (第十九条), 过实到会半数, 不得委托, 监票人不是候选人, 委员按笔画, 书记按批准顺序."""
    text = text_of("election:method")
    for words in (
        "不少于应到会人数的五分之四",
        "超过实到会有选举权人数的半数",
        "正好半数的不当选",
        "不得委托他人代为投票",
        "候选人不得担任监票人、计票人",
        "委员候选人以姓氏笔画为序",
        "书记、副书记候选人以上级党组织批准的顺序为序",
        "差额不少于应选人数的20%",
    ):
        assert words in text


def test_the_ballot_has_its_five_notes_and_no_number():
    text = text_of("election:ballot")
    for place in range(1, 6):
        assert text.count(f"{place}．") == 2, "two ballots on the sheet"
    assert "编号" not in text
    assert "候选人按姓氏笔画为序" in text
    assert "候选人按上级批准的顺序为序" in text_of("election:ballot_secretary")
    assert text.count("（支部盖章）") == 2


def test_the_order_of_a_by_election_is_told_on_its_ballot():
    assert "补选委员选票" in text_of("election:ballot", "by_election")


def test_all_papers_are_one_booklet_with_a_bookmark_each():
    with year().book.reading() as reading:
        request = PaperRequest("election:all", TODAY, organisation_id=BRANCH, blank=True)
        booklet = booklet_for(reading, request)
        pressed = press().press(booklet)
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(pressed.pdf).get_toc() if mark.level == 0]
    assert marks == [paper.name for paper in ELECTION_PAPERS]
    assert booklet.options.apart
