"""The conversion that is measured is one that stands: its vote passed and every paper of it prints."""

from benchmarks.conversion_papers import CONVERSION, HELD_ON, PERSON, conversion, facts
from branchbook.catalogue.papers_list import CONVERSION_PAPERS
from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person
from branchbook.services.conversion_reading import conversion_facts
from branchbook.services.operations import operate
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_sheets import bound_sheets
from branchbook.services.paper_values_conversion import applies
from tests.services.small_book import FIRST_BRANCH, actor, small_book


def test_its_vote_passed_and_every_paper_prints():
    book = small_book()
    with book.reading() as reading:
        branch = reading.get(Organisation, FIRST_BRANCH)
    assert branch is not None
    with operate(book, actor(), "建立转正") as operating:
        operating.writing.put(
            Person(PERSON, "测量预备一", "clybr", accepted_on=HELD_ON.replace(year=2025, day=10))
        )
        operating.writing.put_all(facts(branch))
        operating.writing.put(conversion(branch))
    with book.reading() as reading:
        view = BookView(reading)
        first = Binding(view, PaperRequest(CONVERSION_PAPERS[0].key, HELD_ON, record_id=CONVERSION))
        told = conversion_facts(first)
        assert told.decided is not None
        assert told.decided.passed
        for paper in CONVERSION_PAPERS:
            if applies(paper, told):
                assert bound_sheets(Binding(view, PaperRequest(paper.key, HELD_ON, record_id=CONVERSION)))
