"""The evaluation that is measured: fifty forms of two pages each, every one full and every one filled."""

from dataclasses import replace

from benchmarks.books import MEMBERS, TODAY
from benchmarks.evaluation_papers import EVALUATION, KEY, SAID, assessment, evaluation
from branchbook.domain.evaluations import Participant
from branchbook.domain.grade_ballots import round_faults
from branchbook.domain.people import Person
from branchbook.forms.press import PdfPress
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import print_paper
from tests.services.evaluation_printing import pages_of, person_id
from tests.services.small_book import FIRST_BRANCH, actor, small_book


def test_each_member_has_two_full_pages():
    people = [Participant(person_id(number), f"测评{number:02}", present=True) for number in range(MEMBERS)]
    book = small_book()
    made = evaluation(people)
    assert list(round_faults(made.grade_rounds[0])) == []
    with operate(book, actor(), "建立民主评议") as operating:
        for each in people:
            operating.writing.put(Person(each.person_id, each.name))
        operating.writing.put(replace(made, organisation_id=FIRST_BRANCH))
        for place, each in enumerate(people):
            operating.writing.put(assessment(place, each, people))
    with book.reading() as reading:
        pressed = print_paper(reading, PdfPress(), PaperRequest(KEY, TODAY, record_id=EVALUATION))
    pages = pages_of(pressed.pdf)
    assert len(pages) == 2 * MEMBERS
    assert all(f"8、第{place}人一年来" in page for place, page in enumerate(pages[::2]))
    assert all(f"6．{SAID}" in page and "评定等次：" in page for page in pages[1::2])
