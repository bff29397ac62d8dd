"""The election that is measured is one that stands: its count is valid and every paper of it prints."""

from benchmarks.elections import ELECTION, HELD_ON, SEATS, election
from branchbook.catalogue.papers_list import ELECTION_PAPERS
from branchbook.domain.organisations import Organisation
from branchbook.services.operations import operate
from branchbook.services.paper_binding import Binding, BookView, PaperRequest
from branchbook.services.paper_sheets import bound_sheets
from tests.services.election_sample import BRANCH, election_book, term_election
from tests.services.printing_sample import ACTOR


def test_its_count_is_valid_and_every_paper_prints():
    made = election_book(term_election(), members=42)
    with made.book.reading() as reading:
        members = reading.roster().members_on(BRANCH, HELD_ON)[:41]
        branch = reading.get(Organisation, BRANCH)
    assert branch is not None
    with operate(made.book, ACTOR, "建立选举") as operating:
        operating.writing.put(election(branch, members))
    with made.book.reading() as reading:
        view = BookView(reading)
        for paper in ELECTION_PAPERS:
            sheets = bound_sheets(Binding(view, PaperRequest(paper.key, HELD_ON, record_id=ELECTION)))
            assert sheets
            if paper.key == "election:result":
                elected = [row for row in sheets[0].values["candidates"] if row["outcome"] == "当选"]  # type: ignore[index]
                assert len(elected) == SEATS
